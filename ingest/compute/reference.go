package compute

import (
	"strings"

	"github.com/tonghop/tonghop"
)

// sizes is how large the sheets of a format are. A word beyond is no address
// but a name, such as TAX2024 in an xls file.
type sizes struct{ rows, cols int }

func sizesOf(format string) sizes {
	switch format {
	case "xls":
		return sizes{1 << 16, 1 << 8}
	case "ods", "fods":
		return sizes{1 << 20, 1 << 10}
	}
	return sizes{1 << 20, 1 << 14}
}

// area is a rectangle of cells of one sheet.
type area struct {
	sheet int
	tonghop.Area
}

func (a area) single() bool { return a.Top == a.Bottom && a.Left == a.Right }

// corner is one side of a reference: a cell, or a column or a row alone, the
// other figure being 0.
type corner struct{ row, col int }

// cornerOf reads $C$5, C or 5.
func (p *parser) cornerOf(word string) (c corner, ok bool) {
	rest := strings.TrimPrefix(word, "$")
	n := 0
	for n < len(rest) && (rest[n]|0x20) >= 'a' && (rest[n]|0x20) <= 'z' {
		n++
	}
	if n > 3 {
		return c, false
	}
	if n > 0 {
		c.col = tonghop.ColumnNumber(rest[:n])
		if rest = rest[n:]; rest == "" {
			return c, c.col <= p.f.sizes.cols
		}
		rest = strings.TrimPrefix(rest, "$")
	}
	if rest == "" || len(rest) > 7 || rest[0] == '0' || strings.Trim(rest, "0123456789") != "" {
		return c, false
	}
	for i := range len(rest) {
		c.row = c.row*10 + int(rest[i]-'0')
	}
	return c, c.col <= p.f.sizes.cols && c.row <= p.f.sizes.rows
}

// foreign reports whether a word of an XML table of 2003 may be in its own
// notation: C5 is column 5 there. The reader translates formulas that it can
// and leaves the others; one cannot be told from the other.
func (p *parser) foreign(word string) bool {
	if p.f.book.Format != "xmlss" || word == "" || strings.Contains(word, "$") {
		return false
	}
	return (word[0]|0x20 == 'c' || word[0]|0x20 == 'r') && strings.Trim(word[1:], "0123456789") == ""
}

// join makes the area between two corners of the same kind.
func (p *parser) join(sheet int, a, z corner) (area, bool) {
	whole := a.row == 0 || a.col == 0
	if (a.row == 0) != (z.row == 0) || (a.col == 0) != (z.col == 0) || whole && p.f.book.Format == "xmlss" {
		return area{}, false
	}
	if a.row == 0 {
		a.row, z.row = 1, p.f.sizes.rows
	}
	if a.col == 0 {
		a.col, z.col = 1, p.f.sizes.cols
	}
	return area{sheet, tonghop.Area{
		Top: min(a.row, z.row), Left: min(a.col, z.col), Bottom: max(a.row, z.row), Right: max(a.col, z.col),
	}}, true
}

// sheetAt finds a sheet by its name, in capital or small letters. Names of
// other workbooks and of several sheets have signs that no sheet's name has.
func (f *filler) sheetAt(name string) (int, bool) {
	i, ok := f.names[strings.ToLower(name)]
	return i, ok && i >= 0 && !strings.ContainsAny(name, "[]:")
}
