package normalize_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
	"github.com/tonghop/tonghop/normalize"
)

// newNormalizer compiles the form, criteria and register that the program
// ships.
func newNormalizer(t testing.TB) *normalize.Normalizer {
	t.Helper()
	return normalize.New(normalize.Shipped(t))
}

// read identifies and reads the first table of a book.
func read(t testing.TB, n *normalize.Normalizer, b *tonghop.Book, h normalize.Hints) tonghop.Reading {
	t.Helper()
	covers, found := n.Identify(b, h)
	if len(covers) == 0 {
		t.Fatalf("recognised %d tables, findings %v", len(covers), found)
	}
	return n.Read(b, covers, h)
}

// sampleBooks opens the sample workbooks.
func sampleBooks(t testing.TB) map[string]*tonghop.Book {
	t.Helper()
	files, err := filepath.Glob("../cmd/tonghop/samples/*.xlsx")
	if err != nil || len(files) != 9 {
		t.Fatalf("found %d samples, %v; want 9", len(files), err)
	}
	out := map[string]*tonghop.Book{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := xlsx.Load(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = b
	}
	return out
}

// form builds a small tidy form of Trà Cú: a heading, a header that numbers
// the indicators, and two communes. Tests change one thing of it.
type form struct {
	sheet   string
	heading []string
	labels  []string // of the columns behind TT and the name
	names   []string
	cells   map[string]tonghop.Cell // by name and label: "Phước Hưng/10"
	tail    [][]string              // rows behind the table
}

func tidy() *form {
	f := &form{sheet: "Biểu 03", names: []string{"Xã Phước Hưng", "Xã Tập Sơn"}, cells: map[string]tonghop.Cell{},
		heading: []string{"UBND HUYỆN TRÀ CÚ", "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", "Tháng 6 năm 2023"}}
	for _, c := range [][2]int{{1, 2}, {2, 4}, {3, 2}, {4, 2}, {5, 1}, {6, 3}, {7, 1}, {8, 4}, {9, 2}, {10, 1}, {11, 1}, {12, 2},
		{13, 5}, {14, 2}, {15, 4}, {16, 1}, {17, 12}, {18, 6}, {19, 2}} {
		for i := 1; i <= c[1]; i++ {
			label := strconv.Itoa(c[0]) + "." + strconv.Itoa(i)
			if c[1] == 1 {
				label = strconv.Itoa(c[0])
			}
			f.labels = append(f.labels, label)
		}
	}
	f.labels = append(f.labels, "Tổng số tiêu chí đạt")
	return f
}

// set puts a cell into the form; the name is that of the row.
func (f *form) set(name, label string, c tonghop.Cell) *form {
	f.cells[name+"/"+label] = c
	return f
}

func text(s string) tonghop.Cell {
	return tonghop.Cell{Kind: tonghop.CellText, Stored: s, Shown: s, Style: &tonghop.Style{}}
}

func num(s string) tonghop.Cell {
	return tonghop.Cell{Kind: tonghop.CellNumber, Stored: s, Shown: s, Style: &tonghop.Style{}}
}

func percent(stored, shown string) tonghop.Cell {
	return tonghop.Cell{Kind: tonghop.CellNumber, Stored: stored, Shown: shown, Style: &tonghop.Style{NumberFormat: "0.0%", Percent: true}}
}

// putInto puts cells into a sheet, row by row from the left.
func putInto(s *tonghop.Sheet) func(row, col int, c tonghop.Cell) {
	return func(row, col int, c tonghop.Cell) {
		for len(s.Lines) < row {
			s.Lines = append(s.Lines, tonghop.Line{Row: len(s.Lines) + 1})
		}
		c.Row, c.Col = row, col
		s.Lines[row-1].Cells = append(s.Lines[row-1].Cells, c)
	}
}

// value is what a tidy cell holds.
func (f *form) value(label string) tonghop.Cell {
	switch label {
	case "10":
		return num("60.5")
	case "15.3", "11":
		return num("8")
	case "9.1":
		return num("0")
	case "17.4":
		return num("3")
	case "Tổng số tiêu chí đạt":
		return num("19")
	case "2.1", "2.2", "2.3", "2.4", "3.1", "4.2", "5", "6.3", "9.2", "12.1", "12.2", "14.2", "15.1", "15.4", "17.1",
		"17.2", "17.6", "17.7", "17.8", "17.9", "17.10", "17.11", "17.12", "18.3", "16":
		return num("95.5")
	}
	return text("Đạt")
}

// book lays the form out.
func (f *form) book() *tonghop.Book {
	s := tonghop.Sheet{Name: f.sheet}
	row := 0
	line := func(cells ...tonghop.Cell) {
		row++
		l := tonghop.Line{Row: row}
		for i, c := range cells {
			if c.Style == nil {
				continue
			}
			c.Row, c.Col = row, i+1
			l.Cells = append(l.Cells, c)
		}
		s.Lines = append(s.Lines, l)
	}
	for _, h := range f.heading {
		line(text(h))
	}
	header := []tonghop.Cell{text("TT"), text("Tên xã")}
	for _, l := range f.labels {
		header = append(header, text(l))
	}
	line(header...)
	for i, name := range f.names {
		cells := []tonghop.Cell{num(strconv.Itoa(i + 1)), text(name)}
		for _, l := range f.labels {
			c, ok := f.cells[name+"/"+l]
			if !ok {
				c = f.value(l)
			}
			cells = append(cells, c)
		}
		line(cells...)
	}
	for _, t := range f.tail {
		var cells []tonghop.Cell
		for _, s := range t {
			if s == "" {
				cells = append(cells, tonghop.Cell{})
				continue
			}
			cells = append(cells, text(s))
		}
		line(cells...)
	}
	return &tonghop.Book{Format: "xlsx", Sheets: []tonghop.Sheet{s}}
}

// asks lists rules and cells of the findings that are no notes.
func asks(found []tonghop.Finding) string {
	var out []string
	for _, f := range found {
		if f.Severity != tonghop.Note {
			out = append(out, f.Rule+" "+f.Cells())
		}
	}
	return strings.Join(out, "; ")
}

// valueOf finds the value of a field in the row of a unit.
func valueOf(t testing.TB, r tonghop.Reading, unit, field string) tonghop.Value {
	t.Helper()
	for _, row := range r.Rows {
		for _, v := range row.Values {
			if row.Unit == unit && v.Field == field {
				return v
			}
		}
	}
	t.Fatalf("no value %s of %s", field, unit)
	return tonghop.Value{}
}
