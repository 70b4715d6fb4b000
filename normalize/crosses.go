package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// settleCrosses joins neighbouring columns that each stand for one mark of the
// same criterion or indicator, "Đạt | Chưa đạt": a cross in one of them is the
// mark. The first carries the field, the others are read with it.
func (n *Normalizer) settleCrosses(h *header, cols []tonghop.Column, all map[int]evidence) {
	for i := 0; i < len(cols); {
		var group []tonghop.Cross
		seen := map[tonghop.Mark]bool{}
		first := all[cols[i].Col]
		j := i
		for ; j < len(cols); j++ {
			e := all[cols[j].Col]
			m, _, ok := n.words.mark(e.lowest.text)
			if !ok || seen[m] || e.criterion != first.criterion || e.indicator != first.indicator || cols[j].Col != cols[i].Col+j-i || !crossable(h.content[cols[j].Col]) {
				break
			}
			seen[m] = true
			group = append(group, tonghop.Cross{Col: cols[j].Col, Mark: m})
		}
		if len(group) < 2 || !seen[tonghop.Met] || first.criterion == 0 && first.indicator == "" {
			i++
			continue
		}
		own := first.indicator
		if own == "" {
			own = n.criterionField(first.criterion)
		}
		at := first.critAt
		if first.indicator != "" {
			at = first.numberAt
		}
		cols[i] = field(cols[i], own, true, "crosses", at)
		cols[i].Crosses = group
		for k := i + 1; k < j; k++ {
			cols[k].Role, cols[k].Field = tonghop.ColCross, ""
		}
		i = j
	}
}

// crossable reports whether nothing but crosses may stand in a column.
func crossable(m mix) bool { return m.figures == m.binary && m.others <= m.marks }

// crossed reads the mark of a row from the columns that hold a cross each. One
// cross is the mark; none is nothing reported; several are asked about.
func (r *reader) crossed(row int, c tonghop.Column) (tonghop.Value, []tonghop.Finding) {
	v := tonghop.Value{Field: c.Field, Ref: r.g.ref(row, c.Col), Empty: tonghop.NotReported}
	crosses := c.Crosses
	if r.beside != nil {
		crosses = r.cover.Alone.Crosses
	}
	var at []tonghop.Ref
	var strange bool
	for _, x := range crosses {
		ref, sheet := r.g.ref(row, x.Col), r.g.sheet
		if r.beside != nil { // a list on its side: the rows of its copy are columns
			ref, sheet = r.g.ref(x.Col, c.Col), r.beside
		}
		cell := sheet.Cell(ref.Row, ref.Col)
		if uncrossedCell(cell) {
			continue
		}
		at = append(at, ref)
		v.Raw, v.Shown, v.Mark, v.Ref = cell.Stored, shownText(cell), x.Mark, ref
		strange = strange || !r.n.crossFor(cell, x.Mark)
	}
	switch {
	case len(at) == 0:
		return v, nil
	case len(at) > 1 || strange:
		v.Mark, v.Empty = tonghop.MarkNone, tonghop.Unreadable
		f := tonghop.Finding{Rule: "COT-021", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Field: c.Field, Found: v.Shown}
		return v, []tonghop.Finding{f.At(at...)}
	}
	v.Empty = tonghop.EmptyNone
	if v.Mark == tonghop.MarkNotApplicable {
		v.Empty = tonghop.NotApplicable
	}
	return v, nil
}

// uncrossedCell reports whether a cell says that no cross stands in it.
func uncrossedCell(c *tonghop.Cell) bool { return c.Blank() || uncrossed[strings.TrimSpace(c.Stored)] }

// crossFor reports whether a cell of a column of crosses is one, or the word for
// the column's mark.
func (n *Normalizer) crossFor(c *tonghop.Cell, m tonghop.Mark) bool {
	said, _, _ := n.words.mark(c.Stored)
	return said == m || cross(c)
}

// cross tells a cell that holds a cross and no word: one sign, but not a letter
// that stands for something, nor a zero.
func cross(c *tonghop.Cell) bool {
	text := strings.TrimSpace(c.Stored)
	if c.HasForm && !c.Cached && !c.Computed || len([]rune(text)) != 1 {
		return false
	}
	key := viet.Key(text)
	return key == "" || key == "x" || key == "v" || key == "1" || key == "d"
}

// uncrossed are signs that stand where no cross does.
var uncrossed = map[string]bool{"0": true, "-": true, "–": true, "—": true, "/": true, ".": true}
