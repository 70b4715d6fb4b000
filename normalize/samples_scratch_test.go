package normalize_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
	"github.com/tonghop/tonghop/normalize"
	"github.com/tonghop/tonghop/templates"
)

func TestScratch(t *testing.T) {
	fsys := templates.FS("")
	reg, err := templates.Units(fsys)
	if err != nil {
		t.Fatal(err)
	}
	crit, err := templates.Criteria(fsys, "xa-ntm-2021-2025")
	if err != nil {
		t.Fatal(err)
	}
	form, err := templates.Form(fsys, "xa-ntm", "2023-06-30")
	if err != nil {
		t.Fatal(err)
	}
	n := normalize.New(tonghop.Known{Register: reg, Form: &form, Criteria: crit})
	files, _ := filepath.Glob("../cmd/tonghop/samples/*.xlsx")
	for _, f := range files {
		raw, _ := os.ReadFile(f)
		book, err := xlsx.Load(bytes.NewReader(raw), int64(len(raw)), container.Limits{})
		if err != nil {
			t.Error(f, err)
			continue
		}
		covers, found := n.Identify(book, normalize.Hints{})
		fmt.Println("==", filepath.Base(f), len(covers), found)
		for _, c := range covers {
			r := n.Read(book, c, normalize.Hints{})
			fmt.Println(r.Cover.Sheet, r.Cover.Office.Name, r.Cover.Period, r.Cover.Header, "score", r.Cover.Score, "rows", len(r.Rows), "totals", len(r.Totals))
			for _, f := range r.Findings {
				if f.Severity != tonghop.Note {
					fmt.Println("   ", f.Severity, f.Rule, f.Holds, f.Sheet, f.Cells(), f.Field, f.Found, f.Args)
				}
			}
			for _, c := range r.Cover.Columns {
				if c.Role == "unknown" {
					fmt.Println("   unknown", tonghop.ColumnName(c.Col), c.Label, c.Why)
				}
			}
		}
	}
}
