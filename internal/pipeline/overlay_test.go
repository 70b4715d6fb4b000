//go:build !race

package pipeline_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/internal/overlay/overlaytest"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/templates"
)

// explained draws the page of a file that was judged, and reads it.
func explained(t *testing.T, a *pipeline.Annotator, p tonghop.Parcel, ret tonghop.Return) (all []*overlaytest.Element, ids map[string]*overlaytest.Element) {
	t.Helper()
	page, style, err := templates.OverlayPage(templates.FS(""))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := a.Explain(t.Context(), p, ret, page, style)
	if err != nil {
		t.Fatalf("%s: %v", p.Name, err)
	}
	all = overlaytest.Elements(t, raw)
	ids = overlaytest.ByID(t, all)
	for _, e := range all {
		if to, ok := strings.CutPrefix(e.Attrs["href"], "#"); e.Name == "a" && (!ok || ids[to] == nil) {
			t.Errorf("%s: a link leads to %q", p.Name, e.Attrs["href"])
		}
	}
	return all, ids
}

// shows checks that all that was understood and found stands on the page: each
// value at its cell, each finding with a flag and a line.
func shows(t *testing.T, p tonghop.Parcel, ret tonghop.Return, ids map[string]*overlaytest.Element) {
	t.Helper()
	book, err := format.Open(bytes.NewReader(p.Bytes), int64(len(p.Bytes)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	id := func(sheet string, row, col int) string {
		at := slices.IndexFunc(book.Sheets, func(s tonghop.Sheet) bool { return s.Name == sheet })
		for _, m := range book.Sheets[at].Merges {
			if m.Contains(row, col) {
				row, col = m.Top, m.Left
			}
		}
		return fmt.Sprintf("s%d-%s", at+1, tonghop.Ref{Row: row, Col: col}.Cell())
	}
	values := 0
	for _, row := range ret.Rows {
		if name := ids[id(row.NameRef.Sheet, row.NameRef.Row, row.NameRef.Col)]; name == nil || name.Attrs["scope"] != "row" || !strings.Contains(name.Text, row.Official) {
			t.Errorf("%s: the name %s is not shown: %+v", p.Name, row.NameRef, name)
		}
		for _, v := range row.Values {
			values++
			cell := ids[id(v.Ref.Sheet, v.Ref.Row, v.Ref.Col)]
			want := strings.Replace(v.Figure(), ".", ",", 1)
			if cell == nil || !strings.Contains(cell.Text, "→") || !strings.Contains(cell.Text, want) {
				t.Fatalf("%s: %s is not shown as %q: %+v", p.Name, v.Ref, want, cell)
			}
		}
	}
	if values == 0 {
		t.Fatalf("%s: nothing was read", p.Name)
	}
	for _, place := range ret.Places {
		if cell := ids[id(place.Ref.Sheet, place.Ref.Row, place.Ref.Col)]; cell == nil || !strings.Contains(cell.Attrs["class"], "k-") {
			t.Errorf("%s: %s (%s) is not shown: %+v", p.Name, place.Ref, place.What, cell)
		}
	}
	flags := map[string]int{}
	for _, e := range ids {
		for _, link := range e.Links {
			flags[link]++
		}
	}
	for i := range ret.Findings {
		no := fmt.Sprintf("f%d", i+1)
		if ids[no] == nil || flags["#"+no] == 0 {
			t.Errorf("%s: finding %s: line %v, %d flags", p.Name, no, ids[no] != nil, flags["#"+no])
		}
	}
	for _, f := range ret.Findings {
		if f.Sheet == "" || len(f.Areas) == 0 {
			continue
		}
		first := ids[id(f.Sheet, f.Areas[0].Top, f.Areas[0].Left)]
		if first == nil || !strings.Contains(first.Attrs["class"], "a-") {
			t.Errorf("%s: %s is not marked at %s", p.Name, f.Rule, f.Cells())
		}
	}
}

// On the page of each sample stands all that was understood and found.
func TestExplainSamples(t *testing.T) {
	a, r := annotator(t), newReader(t)
	for _, start := range []string{"UBND huyện Cầu Ngang", "Châu Thành", "BC NTM T6 - Trà Cú", "tiểu cần", "TX Duyên Hải"} {
		p := parcel(sample(t, start))
		ret := r.Read(p)
		_, ids := explained(t, a, p, ret)
		shows(t, p, ret, ids)
	}
}

// So it is with other formats, and what cannot be opened has the page without its
// sheets.
func TestExplainOthers(t *testing.T) {
	a, r := annotator(t), newReader(t)
	for path, reads := range map[string]bool{
		"../../ingest/format/xls/testdata/samples/BC NTM T6 - Trà Cú.xls": true,
		"../../ingest/format/ods/testdata/sample-BC NTM T6 - Trà Cú.ods":  true,
		"../../ingest/format/ods/testdata/encrypted.ods":                  false,
		"overlay_test.go": false,
	} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p := parcel(filepath.Base(path), raw)
		ret := r.Read(p)
		all, ids := explained(t, a, p, ret)
		if len(ret.Rows) > 0 {
			shows(t, p, ret, ids)
		}
		if (ids["s1"] != nil) != reads || ids["f1"] == nil {
			t.Errorf("%s: sheet %v, line %v", p.Name, ids["s1"] != nil, ids["f1"] != nil)
		}
		for _, e := range all {
			if e.Name == "ol" && e.Attrs["class"] == "steps" && strings.TrimSpace(e.Text) == "" {
				t.Errorf("%s: nothing to do is said", p.Name)
			}
		}
	}
}

// Verdict and counts of the page are those of the annotated workbook.
func TestExplainAgrees(t *testing.T) {
	a, r := annotator(t), newReader(t)
	p := parcel(sample(t, "UBND huyện Cầu Ngang"))
	ret := r.Read(p)
	made, err := a.Annotate(t.Context(), p, ret)
	if err != nil {
		t.Fatal(err)
	}
	book, err := format.Open(bytes.NewReader(made.Workbook), int64(len(made.Workbook)), tonghop.Limits{})
	if err != nil || len(book.Own) != 2 {
		t.Fatalf("%d sheets of ours, %v", len(book.Own), err)
	}
	all, _ := explained(t, a, p, ret)
	verdict, known := "", ""
	for _, e := range all {
		if e.Name == "h1" {
			verdict = e.Text
		}
		if e.Attrs["class"] == "known" {
			known = e.Text
		}
	}
	list := book.Own[0]
	if got := list.Cell(2, 1).Stored; got != verdict {
		t.Errorf("the workbook says %q, the page %q", got, verdict)
	}
	counts := false
	for _, l := range list.Lines[:12] {
		if c := l.At(1); c != nil && strings.HasPrefix(c.Stored, "Danh sách: ") {
			counts = strings.Contains(known, strings.TrimPrefix(c.Stored, "Danh sách: "))
		}
	}
	if !counts {
		t.Errorf("the counts differ; the page says %q", known)
	}
}

// What is held is never said to be merely looked at: the page says what keeps the
// report from being accepted, and counts it as the verdict does.
func TestExplainHeld(t *testing.T) {
	a, r := annotator(t), newReader(t)
	p := parcel(sample(t, "UBND huyện Cầu Ngang"))
	p.Expect = tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 7}
	ret := r.Read(p)
	if ret.State != tonghop.Held {
		t.Fatalf("the report for another month is %s", ret.State)
	}
	all, _ := explained(t, a, p, ret)
	steps, known := "", ""
	for _, e := range all {
		switch e.Attrs["class"] {
		case "steps":
			steps = e.Text
		case "known":
			known = e.Text
		}
	}
	if !strings.Contains(steps, "Cần làm rõ") || strings.Contains(steps, "đã được nhận") {
		t.Errorf("to do: %q", steps)
	}
	if !strings.Contains(known, "1 cần làm rõ trước, ") {
		t.Errorf("counted: %q", known)
	}
}
