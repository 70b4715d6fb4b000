//go:build !race

package pipeline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// annotator annotates in this process.
func annotator(t *testing.T) *pipeline.Annotator {
	t.Helper()
	l, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	return &pipeline.Annotator{Reader: r, Readers: pipeline.NewLocal(r, 1), Letters: l}
}

// A sample comes back with marks in it, reads as before, and annotated once
// more is the same file.
func TestAnnotateSamples(t *testing.T) {
	a, r := annotator(t), newReader(t)
	for _, start := range []string{"UBND huyện Cầu Ngang", "Châu Thành"} {
		p := parcel(sample(t, start))
		ret := r.Read(p)
		made, err := a.Annotate(t.Context(), p, ret)
		if err != nil || !made.InPlace {
			t.Fatalf("%s: in place %v, %v", p.Name, made.InPlace, err)
		}
		p.Bytes = made.Workbook
		again := r.Read(p)
		if diff := cmp.Diff(facts(ret), facts(again)); diff != "" {
			t.Errorf("%s reads otherwise:\n%.500s", p.Name, diff)
		}
		if len(ret.Findings) != len(again.Findings) {
			t.Errorf("%s: %d findings, %d with marks", p.Name, len(ret.Findings), len(again.Findings))
		}
		twice, err := a.Annotate(t.Context(), p, again)
		if err != nil || !bytes.Equal(twice.Workbook, made.Workbook) {
			t.Errorf("%s: annotated twice differs from once, %v", p.Name, err)
		}
	}
}

// Other formats, and what is no workbook, give the list and a copy of the values
// that reads as the file does.
func TestAnnotateOthers(t *testing.T) {
	a, r := annotator(t), newReader(t)
	for pattern, reads := range map[string]bool{
		"../../ingest/format/xls/testdata/samples/BC NTM T6 - Trà Cú.xls": true,
		"../../ingest/format/ods/testdata/sample-BC NTM T6 - Trà Cú.ods":  true,
		"../../ingest/format/ods/testdata/encrypted.ods":                  false,
		"annotate_test.go": false,
	} {
		raw, err := os.ReadFile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		p := parcel(filepath.Base(pattern), raw)
		ret := r.Read(p)
		made, err := a.Annotate(t.Context(), p, ret)
		if err != nil || made.InPlace {
			t.Fatalf("%s: in place %v, %v", p.Name, made.InPlace, err)
		}
		p.Bytes = made.Workbook
		if again := r.Read(p); reads && len(again.Rows) != len(ret.Rows) || reads && len(ret.Rows) == 0 {
			t.Errorf("%s: %d rows, %d in the copy", p.Name, len(ret.Rows), len(again.Rows))
		}
	}
}

// A file that is damaged on the way is annotated or not, but never breaks the
// program down, and a sentence says what to do.
func TestAnnotateDamaged(t *testing.T) {
	a, r := annotator(t), newReader(t)
	name, raw := sample(t, "TP Trà Vinh")
	l, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	for i := 3; i < len(raw); i += len(raw) / 12 {
		p := parcel(name, bytes.Clone(raw))
		p.Bytes[i] ^= 0x15
		made, err := a.Annotate(t.Context(), p, r.Read(p))
		if err == nil && !bytes.HasPrefix(made.Workbook, []byte("PK")) {
			t.Errorf("byte %d: no workbook", i)
		}
		if err == nil {
			continue
		}
		if message, hint := l.Error(err); tonghop.CodeOf(err) == "" || message == "" || hint == "" {
			t.Errorf("byte %d: %v says nothing", i, err)
		}
	}
}
