package normalize

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// holding is what a cell holds, as far as it tells where it belongs.
type holding int

const (
	holdsNothing holding = iota
	holdsMark
	holdsFigure
	holdsEither // a 0 or 1, which may be a mark, or a text that is neither
)

// contents tells what stands in the cells of a table, whatever its columns ask for.
type contents struct {
	r     *reader
	cols  []tonghop.Column // by place in the sheet
	lines []int            // rows of communes, rising
	aside map[int]bool     // of these, townships and wards, which owe nothing
	tail  []seenRow        // summing and nameless rows right below them
	marks map[int]bool     // columns most of whose communes have marks
}

// contentsOf looks at the rows that were told apart.
func (r *reader) contentsOf(seen []seenRow) *contents {
	t := &contents{r: r, cols: slices.Clone(r.fields), marks: map[int]bool{}, aside: map[int]bool{}}
	slices.SortFunc(t.cols, func(a, b tonghop.Column) int { return cmp.Compare(a.Col, b.Col) })
	for _, s := range seen {
		if s.kind == rowCommune {
			t.lines, t.tail = append(t.lines, s.row), nil
			t.aside[s.row] = s.match.unit.Kind != tonghop.Xa
		} else if len(t.lines) > 0 && (s.kind == rowTotal || s.kind == rowNameless) && s.row == t.lines[len(t.lines)-1]+len(t.tail)+1 {
			t.tail = append(t.tail, s)
		}
	}
	for _, c := range t.cols {
		marks, figures := 0, 0
		for _, row := range t.lines {
			switch t.at(row, c.Col) {
			case holdsMark:
				marks++
			case holdsFigure:
				figures++
			}
		}
		t.marks[c.Col] = marks > figures
	}
	return t
}

// at is what a cell holds.
func (t *contents) at(row, col int) holding {
	c := t.r.g.sheet.Cell(row, col)
	if c.Blank() {
		return holdsNothing
	}
	if c.Kind == tonghop.CellNumber || c.Kind == tonghop.CellText && len(viet.Numbers(c.Stored)) > 0 {
		if s := strings.TrimSpace(c.Stored); s == "0" || s == "1" { // typed or stored as a text: a mark as well
			return holdsEither
		}
		return holdsFigure
	}
	if c.Kind == tonghop.CellText && (t.r.n.lookUp(c.Stored, c.Style.Font).mark != tonghop.MarkNone || t.r.n.legend.met(c.Stored)) {
		return holdsMark
	}
	return holdsEither
}

// figure is the number of a cell that stores one.
func (t *contents) figure(row, col int) (decimal.Decimal, bool) {
	c := t.r.g.sheet.Cell(row, col)
	if c.Blank() || c.Kind != tonghop.CellNumber {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(c.Stored)
	return d, err == nil
}

// filled counts the columns of a stretch in which a row has content.
func (t *contents) filled(row int, cols []tonghop.Column) int {
	n := 0
	for _, c := range cols {
		if t.at(row, c.Col) != holdsNothing {
			n++
		}
	}
	return n
}

// stretchOf is the columns from the first to the last of which keep says yes.
func (t *contents) stretchOf(keep func(tonghop.Column) bool) []tonghop.Column {
	first := slices.IndexFunc(t.cols, keep)
	if first < 0 {
		return nil
	}
	last := first
	for i := range t.cols {
		if keep(t.cols[i]) {
			last = i
		}
	}
	return t.cols[first : last+1]
}

// over is the area of a stretch of columns between two rows.
func over(cols []tonghop.Column, top, bottom int) tonghop.Area {
	return tonghop.Area{Top: top, Left: cols[0].Col, Bottom: bottom, Right: cols[len(cols)-1].Col}
}

// slidBlock asks once about a block of cells that stand one row or one column
// away from where they belong. Areas are the block and the cells that are blank for
// it. move is the way that it slid; proof counts the cells that show it.
func (t *contents) slidBlock(rule, move string, block, hole tonghop.Area, proof, of int) tonghop.Finding {
	f := hold(rule).Over(t.r.cover.Sheet, block, hole).Arg("area", block.String()).Arg("hole", hole.String()).Arg("move", move).
		Arg("target", targetOf(block, move))
	return f.Arg("proof", strconv.Itoa(proof)).Arg("of", strconv.Itoa(of))
}

// targetOf is the cell into which the first cell of a block goes when it is moved
// back.
func targetOf(block tonghop.Area, move string) string {
	row, col := block.Top, block.Left
	switch move {
	case "down":
		row--
	case "up":
		row++
	case "right":
		col--
	case "left":
		col++
	}
	return tonghop.Ref{Row: row, Col: col}.Cell()
}

// shiftedBlocks asks about blocks of cells that slid, with what was reported last
// as a witness where the cells alone do not show it.
func (r *reader) shiftedBlocks(seen []seenRow, rows []tonghop.Row) []tonghop.Finding {
	if len(r.fields) == 0 {
		return nil
	}
	t := r.contentsOf(seen)
	if len(t.lines) == 0 {
		return nil
	}
	for _, find := range []func() (tonghop.Finding, bool){t.slidAcross, t.slidDown, t.slidUp, t.slidIntoTownship} {
		if f, ok := find(); ok {
			if !f.Holds {
				notUsed(rows, f.Areas[0])
			}
			return []tonghop.Finding{f}
		}
	}
	if f, ok := t.slidSince(rows); ok {
		return []tonghop.Finding{f}
	}
	return nil
}

// notUsed takes the values of an area out of what was read, where the rest of the report
// is not held for them.
func notUsed(rows []tonghop.Row, at tonghop.Area) {
	for i := range rows {
		for j := range rows[i].Values {
			if v := &rows[i].Values[j]; at.Contains(v.Ref.Row, v.Ref.Col) && !unwritten(*v) {
				v.Number, v.Mark, v.Empty = decimal.NullDecimal{}, tonghop.MarkNone, tonghop.Unreadable
			}
		}
	}
}
