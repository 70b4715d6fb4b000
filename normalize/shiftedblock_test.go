package normalize_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

const traCuSample = "BC NTM T6 - Trà Cú.xlsx"

// areaOf reads an area as findings write it.
func areaOf(t *testing.T, name string) tonghop.Area {
	t.Helper()
	corner := func(s string) (row, col int) {
		i := strings.IndexAny(s, "0123456789")
		if i < 1 {
			t.Fatalf("%q is no area", name)
		}
		for _, d := range s[i:] {
			row = row*10 + int(d-'0')
		}
		return row, tonghop.ColumnNumber(s[:i])
	}
	first, last, several := strings.Cut(name, ":")
	if !several {
		last = first
	}
	var a tonghop.Area
	a.Top, a.Left = corner(first)
	a.Bottom, a.Right = corner(last)
	return a
}

// moveCells cuts the cells of an area and pastes them so many rows and columns away,
// as a spreadsheet program does.
func moveCells(s *tonghop.Sheet, a tonghop.Area, rows, cols int) {
	var moved []tonghop.Cell
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Cells = slices.DeleteFunc(l.Cells, func(c tonghop.Cell) bool {
			if !a.Contains(c.Row, c.Col) {
				return false
			}
			c.Row, c.Col = c.Row+rows, c.Col+cols
			moved = append(moved, c)
			return true
		})
	}
	for _, c := range moved {
		i := slices.IndexFunc(s.Lines, func(l tonghop.Line) bool { return l.Row >= c.Row })
		if i < 0 || s.Lines[i].Row != c.Row {
			if i < 0 {
				i = len(s.Lines)
			}
			s.Lines = slices.Insert(s.Lines, i, tonghop.Line{Row: c.Row})
		}
		l := &s.Lines[i]
		l.Cells = slices.DeleteFunc(l.Cells, func(o tonghop.Cell) bool { return o.Col == c.Col })
		at := slices.IndexFunc(l.Cells, func(o tonghop.Cell) bool { return o.Col > c.Col })
		if at < 0 {
			at = len(l.Cells)
		}
		l.Cells = slices.Insert(l.Cells, at, c)
	}
}

// slid lists what is asked about blocks that slid.
func slid(found []tonghop.Finding) (out []tonghop.Finding) {
	for _, f := range found {
		if strings.HasPrefix(f.Rule, "NG-") {
			out = append(out, f)
		}
	}
	return out
}

// A block that slid is one question with the cells to move and where to; doing just
// that gives back what the sample says, and nothing is asked any more.
func TestSlidBlock(t *testing.T) {
	n := newNormalizer(t)
	want := facts(read(t, n, sampleBooks(t)[traCuSample], normalize.Hints{}), 0, 0)
	for _, c := range []struct {
		name, area string
		rows, cols int
		want       string // rule, area, target
	}{
		{"all columns, down", "D23:CA35", 1, 0, "NG-001 D24:CA36 D23"},
		{"some columns, down", "D23:M35", 1, 0, "NG-001 D24:M36 D23"},
		{"from a column on, right", "AA19:CA34", 0, 1, "NG-004 AB19:CB34 AA19"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := sampleBooks(t)[traCuSample]
			sheet := &book.Sheets[slices.IndexFunc(book.Sheets, func(s tonghop.Sheet) bool { return s.Name == "Biểu 03" })]
			moveCells(sheet, areaOf(t, c.area), c.rows, c.cols)
			asked := slid(read(t, n, book, normalize.Hints{}).Findings)
			if len(asked) != 1 {
				t.Fatalf("asked %q", asks(asked))
			}
			f := asked[0]
			if got := f.Rule + " " + f.Args["area"] + " " + f.Args["target"]; got != c.want || !f.Holds {
				t.Errorf("asked %q, holds %v; want %q", got, f.Holds, c.want)
			}
			block, target := areaOf(t, f.Args["area"]), areaOf(t, f.Args["target"])
			moveCells(sheet, block, target.Top-block.Top, target.Left-block.Left)
			repaired := read(t, n, book, normalize.Hints{})
			if d := cmp.Diff(want, facts(repaired, 0, 0)); d != "" {
				t.Errorf("after the repair (-want +got):\n%s", d)
			}
			if again := slid(repaired.Findings); len(again) > 0 {
				t.Errorf("still asked %q", asks(again))
			}
		})
	}
}

// Cells of a commune that were deleted pull the summing row up to the last commune.
func TestSlidUp(t *testing.T) {
	n := newNormalizer(t)
	book := sampleBooks(t)[traCuSample]
	sheet := &book.Sheets[slices.IndexFunc(book.Sheets, func(s tonghop.Sheet) bool { return s.Name == "Biểu 03" })]
	moveCells(sheet, tonghop.Area{Top: 24, Left: 4, Bottom: 35, Right: 79}, -1, 0)
	asked := slid(read(t, n, book, normalize.Hints{}).Findings)
	if len(asked) != 1 || asked[0].Rule != "NG-002" || asked[0].Args["move"] != "up" || !strings.HasSuffix(asked[0].Args["hole"], "35") {
		t.Fatalf("asked %q", asks(asked))
	}
}

// What the communes reported last shows a block that slid and left no other trace;
// a commune that says again what it said is no witness, and few cells are none either.
func TestSlidSinceLast(t *testing.T) {
	n := newNormalizer(t)
	book := func() *tonghop.Book { return sampleBooks(t)[traCuSample] }
	first := read(t, n, book(), normalize.Hints{})
	last := tonghop.LastOf(&tonghop.Return{Form: "xa-ntm", Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 5}, Rows: first.Rows})
	after := n.After(tonghop.History{last})
	if asked := slid(read(t, after, book(), normalize.Hints{}).Findings); len(asked) > 0 {
		t.Errorf("the same figures again: %q", asks(asked))
	}
	moved := book()
	sheet := &moved.Sheets[slices.IndexFunc(moved.Sheets, func(s tonghop.Sheet) bool { return s.Name == "Biểu 03" })]
	moveCells(sheet, tonghop.Area{Top: 20, Left: 4, Bottom: 23, Right: 79}, 1, 0) // over what stood in row 24
	asked := slid(read(t, after, moved, normalize.Hints{}).Findings)
	if len(asked) != 1 || asked[0].Rule != "NG-003" || asked[0].Args["area"] != "D21:CA24" || asked[0].Args["target"] != "D20" || asked[0].Args["period"] != "2023-05" {
		t.Errorf("asked %q", asks(asked))
	}
	if asked := slid(read(t, n, moved, normalize.Hints{}).Findings); len(asked) > 0 {
		t.Errorf("without an earlier report: %q", asks(asked))
	}
}

// No sample has a block that slid.
func TestNothingSlid(t *testing.T) {
	n := newNormalizer(t)
	for name, book := range sampleBooks(t) {
		if asked := slid(read(t, n, book, normalize.Hints{}).Findings); len(asked) > 0 {
			t.Errorf("%s: %q", name, asks(asked))
		}
	}
}

// Figures and marks of a criterion's only indicator are told apart by what stands in
// them; where they slid, their headers tell better how far.
func TestSlidOverOnlyIndicators(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		area string
		by   int
		want string // rule, area, target
	}{
		{"I13:AG25", 1, "NG-004 J13:AH25 I13"},
		{"N13:AL25", 1, "NG-004 O13:AL25 N13"},  // AM is not told from AL: both hold marks
		{"N13:AL25", -1, "NG-005 N13:AK25 O13"}, // K to M could be of the block, and are said to be
	} {
		book := sampleBooks(t)["BC NTM T6 - Càng Long.xlsx"]
		moveCells(&book.Sheets[0], areaOf(t, c.area), 0, c.by)
		asked := slid(read(t, n, book, normalize.Hints{}).Findings)
		if len(asked) != 1 {
			t.Errorf("%s by %d: asked %q", c.area, c.by, asks(asked))
			continue
		}
		if f := asked[0]; f.Rule+" "+f.Args["area"]+" "+f.Args["target"] != c.want {
			t.Errorf("%s by %d: asked %s %s %s, want %s", c.area, c.by, f.Rule, f.Args["area"], f.Args["target"], c.want)
		}
	}
}

// TestSlidDownPastTownship finds figures that were pushed down by a row where a township,
// of which nothing is asked, is blank as well, and a single column pushed down, which
// does not hold the report but is not used.
func TestSlidDownPastTownship(t *testing.T) {
	for _, c := range []struct {
		name   string
		labels []string // nil = all
		holds  bool
	}{{"all", nil, true}, {"one column", []string{"12.1"}, false}} {
		f := tidy()
		f.names = append([]string{"Thị trấn Trà Cú"}, traCu...)
		labels := c.labels
		if labels == nil {
			labels = f.labels
		}
		blank := tonghop.Cell{}
		for _, l := range f.labels {
			f.set(f.names[0], l, blank)
		}
		f.names = append(f.names, "")
		for _, l := range f.labels {
			f.set("", l, blank)
		}
		for _, l := range labels {
			for i := len(f.names) - 1; i > 3; i-- {
				f.set(f.names[i], l, f.value(l))
			}
			f.set(f.names[3], l, blank)
		}
		r := read(t, newNormalizer(t), f.book(), normalize.Hints{})
		i := slices.IndexFunc(r.Findings, func(f tonghop.Finding) bool { return f.Rule == "NG-001" })
		if i < 0 || r.Findings[i].Holds != c.holds {
			t.Errorf("%s: asked %q", c.name, asks(r.Findings))
		}
	}
}

// TestSlidIntoTownship finds figures that were pushed down onto a township's row, which
// holds nothing else, and asks nothing where the township reports them itself or where
// no commune is blank.
func TestSlidIntoTownship(t *testing.T) {
	for _, c := range []struct {
		name   string
		labels []string // that slid
		own    []string // that the township reports
		want   string   // "" = no question
		holds  bool
	}{
		{"one column", []string{"12.1"}, nil, "NG-007", false},
		{"two columns", []string{"12.1", "12.2"}, nil, "NG-007", true},
		{"its own figure", nil, []string{"12.1"}, "", false},
	} {
		f := tidy()
		f.names = append(slices.Clone(traCu), "Thị trấn Trà Cú")
		last := len(f.names) - 1
		for _, l := range f.labels {
			if !slices.Contains(c.own, l) {
				f.set(f.names[last], l, tonghop.Cell{})
			}
		}
		for _, l := range c.labels {
			for i := 4; i <= last; i++ {
				f.set(f.names[i], l, f.value(l))
			}
			f.set(f.names[3], l, tonghop.Cell{})
		}
		r := read(t, newNormalizer(t), f.book(), normalize.Hints{})
		i := slices.IndexFunc(r.Findings, func(f tonghop.Finding) bool { return f.Rule == "NG-007" })
		if (i >= 0) != (c.want != "") || i >= 0 && r.Findings[i].Holds != c.holds {
			t.Errorf("%s: asked %q", c.name, asks(r.Findings))
			continue
		}
		for _, row := range r.Rows {
			for _, v := range row.Values {
				if slices.Contains(c.labels, v.Field) && len(c.labels) == 1 && v.Number.Valid && v.Ref.Row > 0 && slices.Index(f.names, row.Name) > 3 {
					t.Errorf("%s: %s of %s is read as %s", c.name, v.Field, row.Name, v.Number.Decimal)
				}
			}
		}
	}
}
