package normalize

import (
	"slices"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// A lying table may have two columns for each commune: "Kết quả | Đánh giá".
// It is read as two tables, one of the first columns and one of the second, as
// if the office had put its figures and its marks on two sheets.

// halfOf finds the two columns of each commune below the row of names; ok is
// false where the communes have one each. What the office adds up behind its
// communes has two columns as well, and so has a name that nobody knows or one
// typed without its accents: under so regular a row a fifth is enough.
func (n *Normalizer) halfOf(g *grid, names int) (tonghop.Half, bool) {
	out := tonghop.Half{Names: names}
	cols := n.halfCols(g, names)
	if len(cols) < 2 || len(cols)%2 != 0 {
		return out, false
	}
	hits := 0
	for i := 0; i < len(cols); i += 2 {
		a := g.area(names, cols[i])
		if g.text(names, cols[i]) == "" || a.Left != cols[i] || a.Right > cols[i+1] || a.Right == cols[i] && g.text(names, cols[i+1]) != "" {
			return out, false
		}
		if n.isCommune(n.name(g.text(names, cols[i]))) {
			hits++
		}
	}
	out.First, out.Last = cols[0], cols[len(cols)-1]
	return out, hits > 0 && hits*5 >= len(cols)/2
}

// halfCols lists the columns that are headed as results and marks in turn, side
// by side, below the row of names.
func (n *Normalizer) halfCols(g *grid, names int) (cols []int) {
	for _, c := range g.filled(names + 1) {
		key := viet.Key(g.text(names+1, c))
		value, mark := n.words.valCols[key], n.words.markCols[key] || n.markOf(n.label(g, names+1, c))
		second, beside := len(cols)%2 == 1, len(cols) > 0 && c == cols[max(0, len(cols)-1)]+1
		switch {
		case second && mark && beside, !second && value && (len(cols) == 0 && g.text(names, c) != "" || beside):
			cols = append(cols, c)
		case len(cols) == 1:
			cols = nil // a lone result, left of the communes
		case len(cols) > 0:
			return cols
		}
	}
	return cols
}

// halved is the turned copy of a lying table with one of the two rows that each
// commune has in it, under the commune's name, and without the label that says
// which of the two it is.
func halved(s *tonghop.Sheet, h tonghop.Half) *tonghop.Sheet {
	out := *s
	out.Lines, out.Merges = nil, nil
	var name tonghop.Cell
	for _, l := range s.Lines {
		inside := l.Row >= h.First && l.Row <= h.Last
		at := (l.Row - h.First) % 2
		if inside && at == 0 {
			name = *s.Cell(l.Row, h.Names)
		}
		switch {
		case !inside && (l.Row < h.First || h.Which == 0):
			out.Lines = append(out.Lines, l)
		case inside && at == h.Which:
			out.Lines = append(out.Lines, underName(l, name, h.Names))
		}
	}
	for _, m := range s.Merges {
		if !(m.Left == h.Names && m.Right == h.Names && m.Top >= h.First && m.Bottom <= h.Last) {
			out.Merges = append(out.Merges, m)
		}
	}
	return &out
}

// underName is a line with the name in the column of names and nothing in the
// one behind it.
func underName(l tonghop.Line, name tonghop.Cell, names int) tonghop.Line {
	name.Row = l.Row
	var cells []tonghop.Cell
	for _, c := range l.Cells {
		if c.Col < names {
			cells = append(cells, c)
		}
	}
	cells = append(cells, name)
	for _, c := range l.Cells {
		if c.Col > names+1 {
			cells = append(cells, c)
		}
	}
	l.Cells = cells
	return l
}

// settleHalves leaves the rows of indicators that have no figures, only marks,
// to the half with the marks, and so the other way round.
func settleHalves(a, b *candidate) {
	for i := range a.cols {
		c := &a.cols[i]
		j := slices.IndexFunc(b.cols, func(o tonghop.Column) bool { return o.Col == c.Col })
		if j < 0 {
			continue
		}
		o := &b.cols[j]
		switch none, other := a.unfilled(c.Col), b.unfilled(o.Col); {
		case none && !other:
			c.Role = tonghop.ColIgnored
		case other && !none:
			o.Role = tonghop.ColIgnored
		}
	}
}

// unfilled reports whether no commune of the half has anything in a column.
func (c *candidate) unfilled(col int) bool {
	first, last := c.half.First, c.half.Last
	if c.alone.Col > 0 {
		first, last = c.alone.Col, c.alone.Col
	}
	for row := first; row <= last; row++ {
		if !c.g.sheet.Cell(row, col).Blank() {
			return false
		}
	}
	return true
}
