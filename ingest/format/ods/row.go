package ods

import (
	"fmt"

	"github.com/tonghop/tonghop"
)

// readRow reads a row and keeps it as often as it is there. An empty one costs
// nothing, however often.
func (w *tableReader) readRow() error {
	s := w.s
	repeat, err := w.count("number-rows-repeated")
	if err != nil {
		return err
	}
	w.rowStyle = nil
	if name, ok := s.AttrNS(nsTable, "default-cell-style-name"); ok {
		w.rowStyle = w.d.auto.cell(name)
	}
	hidden := w.invisible()
	w.row, w.repeat, w.col, w.run = w.row+1, repeat, 0, 0
	w.cells, w.pending, w.merges, w.text = w.cells[:0], w.pending[:0], w.merges[:0], w.text[:0]
	for s.Child() {
		switch {
		case s.Is(nsTable, "table-cell"), s.Is(nsTable, "covered-table-cell"):
			err = w.readCell()
		case s.NS == nsTable:
			err = fmt.Errorf("unknown element %s in row %d", s.Local, w.row)
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	if s.Err != nil {
		return s.Err
	}
	if err := w.finishRow(hidden); err != nil {
		return err
	}
	w.row = min(w.row+repeat-1, 2*rowsMax) // blank rows may reach beyond the sheet
	return nil
}

// finishRow gives the cells their texts, cut from one string for the row, and
// keeps the row.
func (w *tableReader) finishRow(hidden bool) error {
	n := len(w.cells)
	if n > 0 {
		all := string(w.text)
		for i := range w.cells {
			w.pending[i].resolve(&w.cells[i], all)
		}
		w.lastCol = max(w.lastCol, w.cells[n-1].Col)
		lines, err := w.d.keep.rows(w.sheet.Lines, tonghop.Line{Row: w.row, Hidden: hidden, Cells: w.cells}, w.repeat)
		if err != nil {
			return err
		}
		w.sheet.Lines = lines
	}
	for _, a := range w.merges {
		// Of blank rows that are there many times the first is enough.
		times := 1
		if n > 0 && a.Top == a.Bottom {
			times = w.repeat
		}
		if times > w.d.lim.Merges-len(w.sheet.Merges) {
			return tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(w.d.lim.Merges))
		}
		for i := range times {
			w.sheet.Merges = append(w.sheet.Merges, tonghop.Area{Top: a.Top + i, Left: a.Left, Bottom: a.Bottom + i, Right: a.Right})
		}
		w.lastCol = max(w.lastCol, a.Right)
	}
	return nil
}

// columnEnd is the last column that shares the settings of this one.
func (w *tableReader) columnEnd(col int) int {
	w.columnStyle(col)
	if w.run < len(w.columns) {
		return w.columns[w.run].last
	}
	return colsMax
}

// columnStyle is what the current column states for its cells; nil if nothing.
func (w *tableReader) columnStyle(col int) *cellStyle {
	for w.run < len(w.columns) && w.columns[w.run].last < col {
		w.run++
	}
	if w.run < len(w.columns) {
		return w.columns[w.run].style
	}
	return nil
}
