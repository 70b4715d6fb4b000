//go:build !race

package main

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// sampled is a sample as it was understood.
type sampled struct {
	name string
	book *tonghop.Book
	want tonghop.Return
}

// metamorphosis is what the tests of changes share.
type metamorphosis struct {
	readers *sync.Pool // of *pipeline.Reader, which serve one goroutine at a time
	samples []sampled
}

func newMetamorphosis(t *testing.T) *metamorphosis {
	t.Helper()
	m, err := metamorphoses()
	if err != nil || len(m.samples) != 9 {
		t.Fatalf("no samples to change: %v", err)
	}
	return m
}

// metamorphoses reads the samples once for all tests.
var metamorphoses = sync.OnceValues(func() (*metamorphosis, error) {
	reader, err := pipeline.NewReader(templates.FS(""), "84", "")
	if err != nil {
		return nil, err
	}
	m := &metamorphosis{readers: &sync.Pool{New: func() any { return reader.Fresh() }}}
	files, err := filepath.Glob("samples/*.xlsx")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		book, err := format.Open(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
		m.samples = append(m.samples, sampled{name, book, reader.Read(tonghop.Parcel{Name: name, Bytes: raw})})
	}
	m.readers.Put(reader)
	return m, nil
})

// faults lists what is wrong with how a changed workbook was understood.
func (m *metamorphosis) faults(s sampled, w *workbook, raw []byte) []string {
	reader := m.readers.Get().(*pipeline.Reader)
	defer m.readers.Put(reader)
	got := reader.Read(tonghop.Parcel{Name: s.name, Bytes: raw})
	c := comparison{w: w, got: got, now: w.now(), values: map[tonghop.Ref]tonghop.Value{}, units: map[tonghop.Ref]string{}}
	return c.faults()
}

// What a sample says stays what it says, at the addresses where it now stands,
// whatever is done to how it looks; or somebody is asked, at the cell. Each
// change is made to one sample, another one for the next change; with
// TONGHOP_SAME=all to all of them.
func TestSameAfterChange(t *testing.T) {
	t.Parallel()
	m := newMetamorphosis(t)
	for i, c := range allChanges() {
		for j, s := range m.samples {
			if os.Getenv("TONGHOP_SAME") != "all" && (i+j)%len(m.samples) != 0 {
				continue
			}
			t.Run(c.name+"/"+s.name, func(t *testing.T) {
				t.Parallel()
				w := newWorkbook(s.book, s.want)
				c.do(w, rand.New(rand.NewPCG(uint64(i), uint64(j))).IntN)
				if f := m.faults(s, w, w.written(t)); len(f) > 0 {
					t.Errorf("%d faults:\n%s", len(f), strings.Join(f[:min(12, len(f))], "\n"))
				}
			})
		}
	}
}

// allChanges lists every change once, and none at all.
func allChanges() []change {
	nothing := change{"nothing", func(*workbook, func(int) int) {}}
	return slices.Concat([]change{nothing}, shapeChanges, markChanges, figureChanges, nameChanges, textChanges, layoutChanges, cutChanges)
}

// What was once read wrong stays right: rows that vanished beside a legend on a
// table's side, marks taken for figures, columns passed over, needless
// questions.
func TestSameOnceWrong(t *testing.T) {
	t.Parallel()
	m := newMetamorphosis(t)
	for _, c := range []struct{ sample, changes string }{
		{"BC NTM T6 - Trà Cú", "marks x and - with a legend, on its side"},
		{"BC NTM T6 - Trà Cú", "communes on two sheets"},
		{"BC NTM T6 - Càng Long", "marks C and K with a legend"},
		{"Cầu Kè", "marks x and 0 with a legend"},
		{"Cầu Kè", "figures shown as dates"},
		{"tiểu cần", "marks 1 and 0 without a legend"},
		{"tiểu cần", "marks 1 and 0 with a legend"},
		{"TX Duyên Hải", "marks 1 and 0 without a legend"},
	} {
		t.Run(c.sample+": "+c.changes, func(t *testing.T) {
			t.Parallel()
			at := slices.IndexFunc(m.samples, func(s sampled) bool { return strings.HasPrefix(s.name, c.sample) })
			s := m.samples[at]
			w, made := newWorkbook(s.book, s.want), 0
			for _, one := range allChanges() {
				if slices.Contains(strings.Split(c.changes, ", "), one.name) {
					one.do(w, func(int) int { return 0 })
					made++
				}
			}
			if f := m.faults(s, w, w.written(t)); len(f) > 0 || made == 0 {
				t.Errorf("%d changes, %d faults:\n%s", made, len(f), strings.Join(f[:min(12, len(f))], "\n"))
			}
		})
	}
}

// composed is how many compositions are drawn; the flags of rapid, if they are
// given, draw others.
const composed = "16"

// So it does after two or three changes together. Which ones is drawn, the same
// ones in every run.
func TestSameAfterChanges(t *testing.T) {
	m := newMetamorphosis(t)
	for name, value := range map[string]string{"rapid.checks": composed, "rapid.seed": "2023"} {
		if f := flag.Lookup(name); f.Value.String() == f.DefValue {
			defer flag.Set(name, f.DefValue)
			if err := flag.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := m.samples[rapid.IntRange(0, len(m.samples)-1).Draw(rt, "sample")]
		w := newWorkbook(s.book, s.want)
		names := compose(w, func(n int) int { return rapid.IntRange(0, n-1).Draw(rt, "pick") })
		if f := m.faults(s, w, w.written(t)); len(f) > 0 {
			rt.Errorf("%s: %s: %d faults:\n%s", s.name, strings.Join(names, ", "), len(f), strings.Join(f[:min(12, len(f))], "\n"))
		}
	})
}

// compose makes two or three changes, in the order in which they do not undo
// each other, and gives their names.
func compose(w *workbook, pick func(n int) int) (names []string) {
	stages := [][]change{shapeChanges, shapeChanges, markChanges, figureChanges, nameChanges, textChanges, layoutChanges}
	chosen := map[int]int{}
	for range 2 + pick(2) {
		stage := pick(len(stages))
		chosen[stage] = pick(len(stages[stage]))
	}
	if a, b := chosen[0], chosen[1]; a > b && len(chosen) > 1 {
		chosen[0], chosen[1] = b, a // as they are listed
	}
	for stage, list := range stages {
		i, ok := chosen[stage]
		if !ok || stage == 1 && i == chosen[0] {
			continue
		}
		if loose := slices.Contains(names, headerLoose); loose && list[i].name == criteriaApart {
			continue // nobody could tell any more what belongs to which criterion
		}
		list[i].do(w, pick)
		names = append(names, list[i].name)
	}
	return names
}

// So it does where LibreOffice saved the changed workbook again, in the formats
// that districts send.
func TestSameSavedAgain(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("soffice"); err != nil {
		missing(t, "soffice")
	}
	m := newMetamorphosis(t)
	for i, kind := range []string{"xlsx", "xls", "ods"} {
		t.Run(kind, func(t *testing.T) {
			dir, books := t.TempDir(), map[string]*workbook{}
			for j, s := range m.samples {
				if j%3 != i {
					continue
				}
				w := newWorkbook(s.book, s.want)
				w.pasteValues() // what LibreOffice makes of formulas is another test's
				names := compose(w, rand.New(rand.NewPCG(uint64(i), uint64(j))).IntN)
				t.Logf("%s: %s", s.name, strings.Join(names, ", "))
				put(t, dir, s.name+".xlsx", w.written(t))
				books[s.name] = w
			}
			saveAgain(t, dir, kind)
			for _, s := range m.samples {
				w := books[s.name]
				if w == nil {
					continue
				}
				raw, err := os.ReadFile(filepath.Join(dir, "again", s.name+"."+kind))
				if err != nil {
					t.Fatal(err)
				}
				if f := m.faults(s, w, raw); len(f) > 0 {
					t.Errorf("%s: %d faults:\n%s", s.name, len(f), strings.Join(f[:min(12, len(f))], "\n"))
				}
			}
		})
	}
}

// saveAgain lets LibreOffice save the workbooks of a folder, all at once.
func saveAgain(t *testing.T, dir, kind string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", kind, "--outdir", filepath.Join(dir, "again")}
	if out, err := exec.CommandContext(t.Context(), "soffice", append(args, files...)...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}
