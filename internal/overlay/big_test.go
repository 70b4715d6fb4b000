package overlay_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/overlay"
	"github.com/tonghop/tonghop/internal/overlay/overlaytest"
)

// Of a very large file the stretch that matters is drawn, what is left out is
// said, and the page stays small.
func TestLargeSheet(t *testing.T) {
	const rows, cols = 6000, 40
	var content [][]string
	for r := range rows {
		row := make([]string, cols)
		for c := range row {
			row[c] = fmt.Sprint(r*cols + c)
		}
		content = append(content, row)
	}
	p := page(t, "vi")
	p.Taken = []overlay.Taken{{Ref: tonghop.Ref{Sheet: "B", Row: 3000, Col: 2}, Kind: overlay.KindHead, Label: "Chỉ tiêu 1.1"}}
	p.Items = []overlay.Item{{No: 1, Severity: tonghop.Query, Weight: "?", Sheet: "B", Where: "B!C5999", Message: "m", Rule: "R-1",
		Areas: []tonghop.Area{{Top: 5999, Left: 3, Bottom: 5999, Right: 3}}},
		{No: 2, Severity: tonghop.Query, Weight: "?", Sheet: "B", Where: "B!D:D", Message: "m", Rule: "R-2", Areas: []tonghop.Area{{Top: 1, Left: 4, Bottom: 1 << 20, Right: 4}}}}
	raw, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{grid("B", content...), grid("C", content...), grid("D", content...)}}, p)
	ids := overlaytest.ByID(t, all)
	if ids["s1-B3000"] == nil || ids["s1-C5999"] == nil || ids["s1-A1"] == nil {
		t.Error("what matters is not drawn")
	}
	if ids["s1-A3999"] != nil || len(raw) > 12<<20 {
		t.Errorf("too much is drawn: %d bytes", len(raw))
	}
	if ids["s1-D2"] == nil || !strings.Contains(ids["s1-D2"].Attrs["class"], "a-query") || strings.Contains(ids["s1-D2"].Text, "2") && len(ids["s1-D2"].Links) > 0 {
		t.Error("a column that is asked about is tinted, and flagged once")
	}
	if said := ids["s1"].Text; !strings.Contains(said, "chỉ vẽ 400 trên 6000 dòng") || !strings.Contains(said, "Dòng 3001–5998: không vẽ ở đây") {
		t.Errorf("nothing says what is left out: %.300q", said)
	}
	if !strings.Contains(ids["s2"].Text, "chỉ vẽ 40 trên 6000 dòng") || !strings.Contains(ids["s2"].Text, "Cột U–AN: không vẽ ở đây") {
		t.Error("nothing says what is left out of a sheet that was not used")
	}
}

// A cell far away from the others does not stretch the table: what is blank
// between is said.
func TestFarCell(t *testing.T) {
	s := grid("B", []string{"a", "b"})
	s.Lines = append(s.Lines, tonghop.Line{Row: 1_048_576, Cells: []tonghop.Cell{{Row: 1_048_576, Col: 16_384, Kind: tonghop.CellText, Stored: "z", Shown: "z", Style: &tonghop.Style{}}}})
	s.Merges = []tonghop.Area{{Top: 1, Left: 2, Bottom: 1_048_576, Right: 2}}
	_, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, page(t, "vi"))
	ids := overlaytest.ByID(t, all)
	if ids["s1-XFD1048576"] == nil || len(all) > 200 {
		t.Errorf("%d elements; the far cell: %v", len(all), ids["s1-XFD1048576"])
	}
	for _, said := range []string{"Dòng 2–1048575: trống", "Cột C–XFC: trống"} {
		if !strings.Contains(ids["s1"].Text, said) {
			t.Errorf("nothing says %q", said)
		}
	}
}

// On paper a wide table is several: each as wide as a page, with the names of its
// rows, and together they are the table.
func TestWideOnPaper(t *testing.T) {
	const cols = 60
	rows := make([][]string, 4)
	p := page(t, "vi")
	for r := range rows {
		rows[r] = make([]string, cols)
		for c := range rows[r] {
			rows[r][c] = fmt.Sprintf("r%dc%d and more", r, c)
		}
		p.Taken = append(p.Taken, overlay.Taken{Ref: tonghop.Ref{Sheet: "B", Row: r + 1, Col: 2}, Kind: overlay.KindName, Label: "Xã"})
	}
	s := grid("B", rows...)
	s.Merges = []tonghop.Area{{Top: 1, Left: 1, Bottom: 1, Right: cols}, {Top: 2, Left: 5, Bottom: 3, Right: 50}}
	_, all := draw(t, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, p)
	var tables []*overlaytest.Element
	for _, e := range all {
		if e.Name == "table" {
			tables = append(tables, e)
		}
	}
	if len(tables) < 4 {
		t.Fatalf("%d tables", len(tables))
	}
	var whole, bands []string
	for c := range cols {
		if c != 1 {
			whole = append(whole, fmt.Sprintf("r3c%d and", c))
		}
	}
	for i, table := range tables[1:] {
		if !strings.Contains(table.Text, "r3c1 and") {
			t.Errorf("band %d lacks the names", i)
		}
		for _, w := range whole {
			if strings.Contains(table.Text, w) {
				bands = append(bands, w)
			}
		}
		if strings.Count(table.Text, "r0c0 and") == 0 {
			t.Errorf("band %d lacks the title", i)
		}
	}
	if diff := cmp.Diff(whole, bands); diff != "" {
		t.Errorf("the bands are not the table:\n%s", diff)
	}
	rectangular(t, all)
}

// rectangular checks that every row of every table fills its header's columns.
func rectangular(t *testing.T, all []*overlaytest.Element) {
	t.Helper()
	width, at, row := 0, 0, 0
	open := map[int]int{} // column → rows that a cell above still covers
	number := func(s string) int {
		n := 1
		fmt.Sscan(s, &n)
		return n
	}
	end := func() {
		for open[at] > 0 {
			open[at]--
			at++
		}
		if row > 1 && at != width {
			t.Errorf("row %d has %d columns of %d", row, at, width)
		}
	}
	for _, e := range all {
		switch e.Name {
		case "table":
			end()
			width, at, row, open = 0, 0, 0, map[int]int{}
		case "tr":
			end()
			if row == 1 {
				width = at
			}
			at, row = 0, row+1
		case "td", "th":
			for open[at] > 0 {
				open[at]--
				at++
			}
			for range number(e.Attrs["colspan"]) {
				open[at] = number(e.Attrs["rowspan"]) - 1
				at++
			}
		}
	}
	end()
}
