//go:build !race

package pipeline_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/ingest/source/folder"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/store/pgtest"
	"github.com/tonghop/tonghop/internal/vault"
	"github.com/tonghop/tonghop/templates"
)

// rewritten changes the parts of a workbook.
func rewritten(t *testing.T, raw []byte, change func(part string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") || f.Name == "xl/sharedStrings.xml" {
			part = []byte(change(string(part)))
		}
		w, err := out.Create(f.Name)
		if err == nil {
			_, err = w.Write(part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// typedInto types a text into the first line of a rule in the list of an
// annotated workbook.
func typedInto(t *testing.T, raw []byte, rule, text string) []byte {
	t.Helper()
	done := false
	out := rewritten(t, raw, func(part string) string {
		if !strings.Contains(part, tonghop.OwnLineTag) {
			return part
		}
		for _, row := range regexp.MustCompile(`<row .*?</row>`).FindAllString(part, -1) {
			cell := regexp.MustCompile(`<c r="(I\d+)" s="(\d+)"/>`).FindStringSubmatch(row)
			if done || cell == nil || !strings.Contains(row, ">"+rule+"<") {
				continue
			}
			done = true
			typed := `<c r="` + cell[1] + `" s="` + cell[2] + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
			part = strings.Replace(part, row, strings.Replace(row, cell[0], typed, 1), 1)
		}
		return part
	})
	if !done {
		t.Fatalf("no line of %s in the list", rule)
	}
	return out
}

// explaining is a reception over a ledger, with one folder as its door.
type explaining struct {
	*testing.T
	rec  *pipeline.Reception
	door *folder.Folder
}

func newExplaining(t *testing.T, place string) *explaining {
	db, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	v, err := vault.Open(filepath.Join(t.TempDir(), "vault"))
	if err != nil {
		t.Fatal(err)
	}
	letters, err := templates.ReadLetters(templates.FS(""), "vi")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	readers := pipeline.NewLocal(r, 1)
	readers.Recall = db.Last
	door := &folder.Folder{Door: "drop", Root: t.TempDir(), Settle: time.Millisecond, MinAge: time.Millisecond,
		Office: func(name string) (string, bool) { return "849", name == "Trà Cú" }}
	noon := func() time.Time { return time.Date(2023, 7, 5, 5, 0, 0, 0, time.UTC) }
	in := &pipeline.Intake{Reader: r, Readers: readers, Desk: &ingest.Desk{Ledger: db, Vault: v, Clock: noon}, Ledger: db, Originals: v}
	return &explaining{t, &pipeline.Reception{Intake: in, Readers: readers, Originals: v, Letters: letters,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Doors: map[string]ingest.Source{"drop": door}}, door}
}

// drop lays a file into the office's folder and gives the letter that comes back.
func (e *explaining) drop(name string, raw []byte) string {
	e.Helper()
	at := filepath.Join(e.door.Root, "Trà Cú")
	if err := os.MkdirAll(at, 0o755); err != nil {
		e.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(at, name), raw, 0o644); err != nil {
		e.Fatal(err)
	}
	time.Sleep(5 * time.Millisecond) // it lies still
	var receipt string
	if err := e.door.Collect(e.Context(), func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
		taken, err := e.rec.Intake.Desk.Deliver(ctx, parcels)
		for _, subs := range taken {
			receipt = subs[0].Receipt
		}
		return taken, err
	}); err != nil {
		e.Fatal(err)
	}
	if err := e.rec.Settle(e.Context(), receipt); err != nil {
		e.Fatal(err)
	}
	letter, err := os.ReadFile(filepath.Join(at, "đã nhận", receipt+" "+name+".txt"))
	if err != nil {
		e.Fatal(err)
	}
	return string(letter)
}

// says fails where a letter lacks a text.
func (e *explaining) says(letter string, texts ...string) {
	e.Helper()
	for _, text := range texts {
		if !strings.Contains(letter, text) {
			e.Errorf("the letter does not say %q:\n%s", text, letter)
		}
	}
}

// An explained workbook that came through a folder is answered through it, and
// what the office decides counts for the next one, whatever the ledger stands in.
func TestExplainedThroughTheFolder(t *testing.T) {
	places := map[string]func(testing.TB) string{"PostgreSQL": pgtest.Database,
		"SQLite": func(t testing.TB) string { return filepath.Join(t.TempDir(), "tonghop.db") }}
	p := parcel(sample(t, "BC NTM T6 - Trà Cú"))
	a := annotator(t)
	made, err := a.Annotate(t.Context(), p, a.Reader.Read(p))
	if err != nil || !made.InPlace {
		t.Fatal(made.InPlace, err)
	}
	june := typedInto(t, made.Workbook, "TC-001", "theo quyết định của tỉnh")
	next := func(from, to string) []byte {
		return rewritten(t, p.Bytes, func(part string) string {
			return strings.ReplaceAll(strings.ReplaceAll(part, "áng 6", "áng 7"), from, to)
		})
	}
	for name, place := range places {
		t.Run(name, func(t *testing.T) {
			e := newExplaining(t, place(t))
			e.says(e.drop("june.xlsx", june), "ĐÃ GIẢI TRÌNH, CHỜ XEM (1)", "“theo quyết định của tỉnh”", "Không phải sửa gì; chờ Văn phòng Điều phối")
			db := e.rec.Intake.Ledger
			all, err := db.Explanations(t.Context(), store.ExplanationFilter{State: tonghop.ExplanationOpen})
			if err != nil || len(all) != 1 || all[0].Rule != "TC-001" || all[0].Value != "43,2" || all[0].Figure != "43.2" || all[0].Office.Code != "849" {
				t.Fatalf("kept %+v: %v", all, err)
			}
			known, err := e.rec.Intake.Reader.KnownOf(all[0].Form, all[0].Period.AsOf())
			if err != nil {
				t.Fatal(err)
			}
			x := all[0]
			within := &tonghop.Tolerance{Rule: x.Rule, Form: x.Form, Version: known.Form.Key(), Province: x.Province, Office: x.Office.Code, Unit: x.Unit, Field: x.Field,
				Kind: tonghop.TolerancePercent, Amount: "5"}
			by := store.Decision{By: "Trần Văn A", At: time.Date(2023, 7, 5, 6, 0, 0, 0, time.UTC)}
			if _, err := db.Decide(t.Context(), x.Number, tonghop.ExplanationAccepted, by, within); err != nil {
				t.Fatal(err)
			}
			e.says(e.drop("july.xlsx", next("43,2", "44,2")), "GIẢI TRÌNH ĐÃ ĐƯỢC CHẤP NHẬN (1)", "Được chấp nhận theo dung sai số 1", "Trần Văn A duyệt")
			e.says(e.drop("again.xlsx", next("43,2", "49,2")), "Vượt dung sai số 1", "nay lệch 13,89 %")
		})
	}
}
