package normalize

import (
	"cmp"
	"slices"

	"github.com/tonghop/tonghop"
)

// pane is a part of a sheet that is read as if it were a sheet of its own: all
// of it, one of several tables on it, or a table that lies on its side.
type pane struct {
	sheet  *tonghop.Sheet
	area   tonghop.Area  // zero for the whole sheet
	turned bool          // rows are taken for columns, and columns for rows
	half   tonghop.Half  // of a turned table, one of two columns for each commune
	alone  tonghop.Alone // of a turned table of one commune, the column that is read
}

// mostTurned bounds the cells of a sheet that is searched for several tables, or
// turned: copies are made of them, and no form has more.
const mostTurned = 60_000

// within is the pane cut down to an area.
func (p pane) within(a tonghop.Area) pane {
	p.area = a
	return p
}

// view is the part as a sheet: addresses stay, unless it is turned.
func (p pane) view() *tonghop.Sheet {
	if p.area == (tonghop.Area{}) && !p.turned {
		return p.sheet
	}
	out := &tonghop.Sheet{Name: p.sheet.Name, Hidden: p.sheet.Hidden, HiddenCols: p.sheet.HiddenCols, Arrays: p.sheet.Arrays}
	for i := range p.sheet.Lines {
		if l := p.cut(&p.sheet.Lines[i]); len(l.Cells) > 0 {
			out.Lines = append(out.Lines, l)
		}
	}
	for _, m := range p.sheet.Merges {
		if p.holds(m.Top, m.Left) {
			out.Merges = append(out.Merges, m)
		}
	}
	if p.turned {
		out = turnSheet(out)
	}
	if p.half != (tonghop.Half{}) {
		out = halved(out, p.half)
	}
	if p.alone.Col > 0 {
		out = underOwnName(out, p.alone)
	}
	return out
}

// holds reports whether the pane has the cell.
func (p pane) holds(row, col int) bool {
	return p.area == (tonghop.Area{}) || p.area.Contains(row, col)
}

// cut is the part of a row inside the pane; it shares the row's cells.
func (p pane) cut(l *tonghop.Line) tonghop.Line {
	out := *l
	if p.area == (tonghop.Area{}) {
		return out
	}
	if l.Row < p.area.Top || l.Row > p.area.Bottom {
		out.Cells = nil
		return out
	}
	byCol := func(c tonghop.Cell, col int) int { return cmp.Compare(c.Col, col) }
	from, _ := slices.BinarySearchFunc(l.Cells, p.area.Left, byCol)
	to, _ := slices.BinarySearchFunc(l.Cells, p.area.Right+1, byCol)
	out.Cells = l.Cells[from:to]
	return out
}

// turnSheet is a copy of a sheet with rows for columns.
func turnSheet(s *tonghop.Sheet) *tonghop.Sheet {
	out := &tonghop.Sheet{Name: s.Name, Hidden: s.Hidden, HiddenCols: map[int]bool{}}
	at := map[int]int{} // column of the sheet → line of the copy
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Hidden {
			out.HiddenCols[l.Row] = true
		}
		for _, c := range l.Cells {
			j, ok := at[c.Col]
			if !ok {
				j = len(out.Lines)
				at[c.Col] = j
				out.Lines = append(out.Lines, tonghop.Line{Row: c.Col, Hidden: s.HiddenCols[c.Col]})
			}
			c.Row, c.Col = c.Col, c.Row
			out.Lines[j].Cells = append(out.Lines[j].Cells, c)
		}
	}
	slices.SortFunc(out.Lines, func(a, b tonghop.Line) int { return cmp.Compare(a.Row, b.Row) })
	for _, m := range s.Merges {
		out.Merges = append(out.Merges, turnArea(m))
	}
	for _, a := range s.Arrays {
		out.Arrays = append(out.Arrays, turnArea(a))
	}
	return out
}

// cells counts the stored cells of a sheet, up to a bound.
func cells(s *tonghop.Sheet, bound int) int {
	n := 0
	for i := range s.Lines {
		if n += len(s.Lines[i].Cells); n > bound {
			break
		}
	}
	return n
}
