package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// A block that looks like a table has this many rows and columns at least, in
// which figures or marks stand.
const (
	blockRows = 3
	blockCols = 3
)

// block is a stretch of rows with figures or marks in the same columns.
type block struct {
	area    tonghop.Area // with the labels left of the figures
	cols    []int        // where figures or marks stand
	figures int
	marks   int
}

// blocks finds the blocks in the unread parts of a sheet. One row without
// figures between two others does not end a block.
func (n *Normalizer) blocks(u unread) []block {
	var out []block
	var rows []*tonghop.Line
	flush := func() {
		if b, ok := n.blockOf(u, rows); ok {
			out = append(out, b)
		}
		rows = nil
	}
	for i := range u.sheet.Lines {
		l := &u.sheet.Lines[i]
		if l.Hidden || len(n.tellingIn(u, l)) < blockCols {
			continue
		}
		if len(rows) > 0 && l.Row > rows[len(rows)-1].Row+2 {
			flush()
		}
		rows = append(rows, l)
	}
	flush()
	return out
}

// tellingIn lists the cells of a row in which a figure or a mark stands, in the
// parts of it that nothing covers.
func (n *Normalizer) tellingIn(u unread, l *tonghop.Line) []*tonghop.Cell {
	var cells []*tonghop.Cell
	for i := range l.Cells {
		c := &l.Cells[i]
		if !c.Blank() && !u.sheet.HiddenCols[c.Col] && u.holds(l.Row, c.Col) && (isFigure(c) || n.isMark(c)) {
			cells = append(cells, c)
		}
	}
	return cells
}

// isFigure tells a number, or a text that is one: no date, and no label.
func isFigure(c *tonghop.Cell) bool {
	if c.Kind == tonghop.CellNumber {
		return !c.Style.Date
	}
	text := viet.Clean(c.Stored)
	return c.Kind == tonghop.CellText && len(text) < 20 && strings.Trim(text, "0123456789.,% ") == "" && strings.ContainsAny(text, "0123456789")
}

func (n *Normalizer) isMark(c *tonghop.Cell) bool {
	if c.Kind != tonghop.CellText {
		return false
	}
	_, _, ok := n.words.mark(shownText(c))
	return ok
}

// blockOf is the block that some rows make, if enough of their columns hold
// figures or marks in several rows. A column that only counts is none of them.
func (n *Normalizer) blockOf(u unread, rows []*tonghop.Line) (block, bool) {
	var b block
	if len(rows) < blockRows {
		return b, false
	}
	in := map[int][]*tonghop.Cell{}
	for _, l := range rows {
		for _, c := range n.tellingIn(u, l) {
			in[c.Col] = append(in[c.Col], c)
		}
	}
	for c, filled := range in {
		if len(filled) < blockRows || counts(filled) {
			continue
		}
		b.cols = append(b.cols, c)
		for _, cell := range filled {
			if isFigure(cell) {
				b.figures++
			} else {
				b.marks++
			}
		}
	}
	if len(b.cols) < blockCols {
		return b, false
	}
	slices.Sort(b.cols)
	b.area = tonghop.Area{Top: rows[0].Row, Left: b.cols[0], Bottom: rows[len(rows)-1].Row, Right: b.cols[len(b.cols)-1]}
	for _, l := range rows {
		for _, c := range u.filled(l.Row) {
			if c < b.area.Left && u.holds(l.Row, c) {
				b.area.Left = c
			}
		}
	}
	return b, true
}

// counts tells the numbers 1, 2, 3 … under one another, which only count rows.
func counts(filled []*tonghop.Cell) bool {
	for i, c := range filled {
		no, _, ok := columnOrdinal(viet.Clean(shownText(c)))
		before, _, _ := columnOrdinal(viet.Clean(shownText(filled[max(i-1, 0)])))
		if !ok || i > 0 && no != before+1 {
			return false
		}
	}
	return true
}
