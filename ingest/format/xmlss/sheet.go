package xmlss

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// sheetReader reads one worksheet.
type sheetReader struct {
	x        *reader
	sheet    tonghop.Sheet
	top      int // rows above the table
	left     int // columns beside it
	row, col int // where the reader stands
	table    string
	rowStyle string
	columns  map[int]string // styles of columns
	slab     []tonghop.Cell
}

// slabCells is how many cells one allocation holds.
const slabCells = 1024

// worksheet reads a sheet.
func (x *reader) worksheet() error {
	w := sheetReader{x: x, columns: map[int]string{}}
	w.sheet.Name = x.attr("Name")
	if w.sheet.Name == "" {
		return errors.New("sheet without a name")
	}
	if len(x.book.Sheets) >= sheetsMax {
		return tonghop.Fail("file.too_many_parts", nil, "limit", fmt.Sprint(sheetsMax))
	}
	for i := range x.book.Sheets {
		if strings.EqualFold(x.book.Sheets[i].Name, w.sheet.Name) {
			return fmt.Errorf("sheet %q is there twice", w.sheet.Name)
		}
	}
	tables := 0
	for x.s.Child() {
		switch {
		case x.s.Is(nsSheet, "Table"):
			if tables++; tables > 1 {
				return fmt.Errorf("sheet %q has two tables", w.sheet.Name)
			}
			if err := w.readTable(); err != nil {
				return fmt.Errorf("sheet %q, row %d, column %d: %w", w.sheet.Name, w.row, w.col, err)
			}
		case x.s.Is(nsExcel, "WorksheetOptions"):
			for x.s.Child() {
				if !x.s.Is(nsExcel, "Visible") {
					x.s.Skip()
					continue
				}
				v := string(x.s.Content(nil))
				w.sheet.Hidden = v == "SheetHidden" || v == "SheetVeryHidden"
			}
		default:
			x.s.Skip()
		}
	}
	x.book.Sheets = append(x.book.Sheets, w.sheet)
	return nil
}

// readTable reads columns and rows.
func (w *sheetReader) readTable() error {
	x := w.x
	top, err1 := x.number("TopCell", 1)
	left, err2 := x.number("LeftCell", 1)
	if err := errors.Join(err1, err2); err != nil || top < 1 || left < 1 {
		return fmt.Errorf("place of the table: %w", errors.Join(err, errors.New("not on the sheet")))
	}
	w.top, w.left, w.table = top-1, left-1, x.attr("StyleID")
	w.row, w.col = w.top, w.left
	for x.s.Child() {
		var err error
		switch {
		case x.s.Is(nsSheet, "Column"):
			err = w.readColumn()
		case x.s.Is(nsSheet, "Row"):
			err = w.readRow()
		default:
			x.s.Skip()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// step moves on to the next place, or to the one that the element names.
func (w *sheetReader) step(at *int, before, limit int) error {
	n, err := w.x.number("Index", *at-before+1)
	switch {
	case err != nil:
		return err
	case before+n <= *at:
		return fmt.Errorf("index %d after %d", n, *at-before)
	case before+n > limit:
		return tonghop.Fail("file.beyond_sheet", nil, "rows", fmt.Sprint(rowsMax), "columns", fmt.Sprint(colsMax))
	}
	*at = before + n
	return nil
}

// readColumn notes what a column looks like, and as many behind it as it spans.
func (w *sheetReader) readColumn() error {
	x := w.x
	if err := w.step(&w.col, w.left, colsMax); err != nil {
		return err
	}
	span, err := x.number("Span", 0)
	if err != nil {
		return err
	}
	style, hidden := x.attr("StyleID"), x.flag("Hidden")
	last := min(w.col+span, colsMax)
	for c := w.col; c <= last; c++ {
		if hidden {
			if w.sheet.HiddenCols == nil {
				w.sheet.HiddenCols = map[int]bool{}
			}
			w.sheet.HiddenCols[c] = true
		}
		if style != "" {
			w.columns[c] = style
		}
	}
	w.col = last
	x.s.Skip()
	return nil
}

// readRow reads a row.
func (w *sheetReader) readRow() error {
	x := w.x
	if err := w.step(&w.row, w.top, rowsMax); err != nil {
		return err
	}
	span, err := x.number("Span", 0)
	if err != nil {
		return err
	}
	w.rowStyle, w.col = x.attr("StyleID"), w.left
	line := tonghop.Line{Row: w.row, Hidden: x.flag("Hidden")}
	from := len(w.slab)
	for x.s.Child() {
		if !x.s.Is(nsSheet, "Cell") {
			return fmt.Errorf("unknown element %s in a row", x.s.Local)
		}
		if cap(w.slab) == len(w.slab) { // the cells of a row stay together
			slab := make([]tonghop.Cell, len(w.slab)-from, max(2*(len(w.slab)-from), slabCells))
			copy(slab, w.slab[from:])
			w.slab, from = slab, 0
		}
		if err := w.readCell(); err != nil {
			return err
		}
	}
	if len(w.slab) > from {
		line.Cells = w.slab[from:len(w.slab):len(w.slab)]
		w.sheet.Lines = append(w.sheet.Lines, line)
	}
	w.row += span
	return nil
}

// readCell reads a cell and keeps it unless it is blank.
func (w *sheetReader) readCell() error {
	x := w.x
	if err := w.step(&w.col, w.left, colsMax); err != nil {
		return err
	}
	across, err1 := x.number("MergeAcross", 0)
	down, err2 := x.number("MergeDown", 0)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if across+down > 0 {
		if len(w.sheet.Merges) >= x.lim.Merges {
			return tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(x.lim.Merges))
		}
		w.sheet.Merges = append(w.sheet.Merges, tonghop.Area{
			Top: w.row, Left: w.col, Bottom: min(w.row+down, rowsMax), Right: min(w.col+across, colsMax)})
	}
	l := w.lookOf(x.attr("StyleID"))
	c := tonghop.Cell{Row: w.row, Col: w.col, Style: &l.style}
	if f := x.attr("Formula"); f != "" {
		c.HasForm, c.Formula = true, toA1(strings.TrimPrefix(f, "="), w.row, w.col)
	}
	values := 0
	for x.s.Child() {
		if !x.s.Is(nsSheet, "Data") {
			x.s.Skip()
			continue
		}
		if values++; values > 1 {
			return errors.New("cell with two values")
		}
		if err := x.data(&c, l); err != nil {
			return err
		}
	}
	w.col += across
	if c.Kind == tonghop.CellBlank && !c.HasForm {
		return x.s.Err
	}
	c.Cached = c.HasForm && c.Kind != tonghop.CellBlank
	w.slab = append(w.slab, c)
	return x.count(&c)
}

// count keeps to the limits.
func (x *reader) count(c *tonghop.Cell) error {
	if x.cells++; x.cells > x.lim.Cells {
		return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(x.lim.Cells))
	}
	if x.text += int64(len(c.Shown) + len(c.Formula)); x.text > x.lim.Text {
		return tonghop.TooLarge(x.lim.Text, 0)
	}
	return x.s.Err
}

// lookOf picks the style: the cell's, the row's, the column's, the table's.
func (w *sheetReader) lookOf(own string) *look {
	for _, id := range []string{own, w.rowStyle, w.columns[w.col], w.table} {
		if id != "" {
			return w.x.look(id)
		}
	}
	return w.x.look("")
}

// content is the text of the current element, runs of fonts joined.
func (x *reader) content() string {
	var b []byte
	for depth := 0; ; {
		switch x.s.Next() {
		case xmlscan.Chars:
			b = append(b, x.s.Text...)
		case xmlscan.Start:
			depth++
		case xmlscan.End:
			if depth--; depth < 0 {
				return string(b)
			}
		default:
			return ""
		}
	}
}
