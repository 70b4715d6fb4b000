package compute_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// build makes a workbook of cells written as
//
//	A1=5   A1='text   A1==SUM(B1:B3)   A1=#REF!   A1=TRUE   A1={3}=1+2   Biểu 02!A1=5
//
// where {3} is a cached value of a formula. A sheet without a name is Sheet1,
// the first one.
func build(t testing.TB, format string, cells ...string) *tonghop.Book {
	t.Helper()
	b := &tonghop.Book{Format: format, Sheets: []tonghop.Sheet{{Name: "Sheet1"}}}
	for _, text := range cells {
		at, content, ok := strings.Cut(text, "=")
		if !ok {
			t.Fatalf("no cell: %s", text)
		}
		name, address, ok := strings.Cut(at, "!")
		if !ok {
			name, address = "Sheet1", at
		}
		i := slices.IndexFunc(b.Sheets, func(s tonghop.Sheet) bool { return s.Name == name })
		if i < 0 {
			i = len(b.Sheets)
			b.Sheets = append(b.Sheets, tonghop.Sheet{Name: name})
		}
		put(t, &b.Sheets[i], address, content)
	}
	return b
}

// put adds a cell to a sheet, in order.
func put(t testing.TB, s *tonghop.Sheet, address, content string) {
	t.Helper()
	c := cellOf(content)
	c.Row, c.Col = position(t, address)
	at, found := slices.BinarySearchFunc(s.Lines, c.Row, func(l tonghop.Line, row int) int { return cmp.Compare(l.Row, row) })
	if !found {
		s.Lines = slices.Insert(s.Lines, at, tonghop.Line{Row: c.Row})
	}
	l := &s.Lines[at]
	at, found = slices.BinarySearchFunc(l.Cells, c.Col, func(c tonghop.Cell, col int) int { return cmp.Compare(c.Col, col) })
	if found {
		t.Fatalf("two cells at %s", address)
	}
	l.Cells = slices.Insert(l.Cells, at, c)
}

func position(t testing.TB, address string) (row, col int) {
	t.Helper()
	letters := strings.TrimRight(address, "0123456789")
	for _, digit := range address[len(letters):] {
		row = row*10 + int(digit-'0')
	}
	if col = tonghop.ColumnNumber(letters); row == 0 || col == 0 {
		t.Fatalf("no address: %s", address)
	}
	return row, col
}

func cellOf(content string) tonghop.Cell {
	c := tonghop.Cell{Style: &tonghop.Style{}}
	if cached, formula, ok := strings.Cut(content, "}="); ok && strings.HasPrefix(content, "{") {
		c = cellOf(cached[1:])
		c.HasForm, c.Cached, c.Formula = true, true, formula
		return c
	}
	switch {
	case strings.HasPrefix(content, "="):
		c.HasForm, c.Formula = true, content[1:]
	case strings.HasPrefix(content, "'"):
		c.Kind, c.Stored, c.Shown = tonghop.CellText, content[1:], content[1:]
	case strings.HasPrefix(content, "#"):
		c.Kind, c.Stored, c.Shown = tonghop.CellError, content, content
	case content == "TRUE" || content == "FALSE":
		c.Kind, c.Stored, c.Shown = tonghop.CellBool, content, content
	default:
		c.Kind, c.Stored, c.Shown = tonghop.CellNumber, content, content
	}
	return c
}

// cellAt finds a cell by its address on a sheet, the first if it is not named.
func cellAt(t testing.TB, b *tonghop.Book, at string) *tonghop.Cell {
	t.Helper()
	name, address, ok := strings.Cut(at, "!")
	if !ok {
		name, address = b.Sheets[0].Name, at
	}
	row, col := position(t, address)
	for i := range b.Sheets {
		if c := b.Sheets[i].Cell(row, col); b.Sheets[i].Name == name && c != nil {
			return c
		}
	}
	t.Fatalf("no cell %s", at)
	return nil
}
