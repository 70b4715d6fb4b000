//go:build !race

package main

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// layoutChanges lay the same table out in another way. After one of them the
// communes no longer stand in the rows of one table.
var layoutChanges = []change{
	{"communes on two sheets", func(w *workbook, pick func(int) int) {
		w.pasteValues()
		t := w.table()
		if len(t.rows) < 4 {
			return
		}
		w.split(t, func(at place) bool { return at.row < t.rows[2] || at.row > t.last })
	}},
	{criteriaApart, func(w *workbook, pick func(int) int) {
		w.pasteValues()
		t := w.table()
		blocks := t.blocks()
		if len(blocks) < 5 {
			return
		}
		cut := blocks[1+pick(len(blocks)/2)][0] // no sheet shall be left with nothing but the totals
		w.split(t, func(at place) bool { return at.col < cut || at.row < t.top || at.row > t.last })
	}},
	{"on its side", func(w *workbook, pick func(int) int) {
		w.pasteValues()
		t := w.table()
		deeper := t.right - t.left - (t.last - t.top)
		t.move(func(at place) place {
			switch {
			case at.row > t.last:
				at.row += deeper
			case at.row >= t.top && at.col >= t.left && at.col <= t.right:
				at = place{t.top + at.col - t.left, t.left + at.row - t.top}
			}
			return at
		})
		clear(t.hiddenCols)
		clear(t.hiddenRows)
	}},
}

// split moves what does not stay to a sheet of its own, under a copy of the
// title and of the header, beside a copy of the names.
func (w *workbook) split(t laid, stays func(place) bool) {
	second := newPage(&tonghop.Sheet{Name: t.page.name + " (2)"})
	for at, c := range t.cells {
		body := at.row >= t.rows[0] && at.row <= t.last
		switch {
		case stays(at) && (at.row < t.rows[0] || body && at.col <= t.name && !stays(place{at.row, t.right})):
			second.cells[at] = c.copied()
		case !stays(at):
			second.cells[at] = c
			delete(t.cells, at)
			if at.row < t.rows[0] { // a header stays over nothing
				continue
			}
		}
	}
	header := func(m tonghop.Area) bool { return m.Bottom < t.rows[0] }
	for _, m := range t.merges {
		if header(m) && second.cells[place{m.Top, m.Left}] != nil {
			second.merges = append(second.merges, m)
		}
	}
	t.merges = slices.DeleteFunc(t.merges, func(m tonghop.Area) bool { return t.cells[place{m.Top, m.Left}] == nil })
	w.pages = slices.Insert(w.pages, slices.Index(w.pages, t.page)+1, second)
	second.closeGaps(t)
}

// closeGaps deletes the rows and columns of the table in which nothing stands.
func (p *page) closeGaps(t laid) {
	rows, cols := map[int]bool{}, map[int]bool{}
	for at, c := range p.cells {
		if at.row >= t.top && !c.Blank() {
			rows[at.row] = true
		}
		if at.row >= t.rows[0] && !c.Blank() {
			cols[at.col] = true
		}
	}
	for col := t.right; col > t.name; col-- {
		if !cols[col] {
			p.deleteCol(col)
		}
	}
	for row := t.last; row >= t.rows[0]; row-- {
		if !rows[row] {
			p.deleteRow(row)
		}
	}
}
