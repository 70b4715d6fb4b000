package normalize

import (
	"cmp"
	"slices"

	"github.com/tonghop/tonghop"
)

// A list of one commune may have its marks as crosses in two columns, "Đạt |
// Chưa đạt". The copy it is read from has one line of words for them, so that it
// is recognised like any other; what a row says is read from the columns
// themselves.

// crossesOf are the columns of crosses of a list: one for each mark, met among
// them, and little else than crosses in them. Where they are, they are all the
// marks.
func (n *Normalizer) crossesOf(g *grid, l list) ([]tonghop.Cross, bool) {
	seen := map[tonghop.Mark]bool{}
	for _, x := range l.crosses {
		if seen[x.Mark] {
			return nil, false
		}
		seen[x.Mark] = true
	}
	for _, c := range l.marks {
		if !slices.ContainsFunc(l.crosses, func(x tonghop.Cross) bool { return x.Col == c }) {
			return nil, false
		}
	}
	crossed, filled := 0, 0
	for row := l.body; row <= n.lastOf(g, l.head, g.rows); row++ {
		for _, x := range l.crosses {
			if c := g.sheet.Cell(row, x.Col); !uncrossedCell(c) {
				filled++
				if n.crossFor(c, x.Mark) {
					crossed++
				}
			}
		}
	}
	return l.crosses, seen[tonghop.Met] && crossed > 0 && crossed*5 >= filled*4
}

// metOf is the column whose crosses mean met.
func metOf(crosses []tonghop.Cross) int {
	for _, x := range crosses {
		if x.Mark == tonghop.Met {
			return x.Col
		}
	}
	return 0
}

// markWords are what the copy of a list says where a cross stands.
var markWords = map[tonghop.Mark]string{
	tonghop.Met: "Đạt", tonghop.NotMet: "Chưa đạt", tonghop.BasicallyMet: "Cơ bản đạt", tonghop.MarkNotApplicable: "Không áp dụng",
}

// crossLine is the line of a turned list that says in words what the crosses of
// several say. Other things stay, as the count below the crosses; of two the one
// under met.
func crossLine(s *tonghop.Sheet, a tonghop.Alone) []tonghop.Cell {
	var out []tonghop.Cell
	add := func(x tonghop.Cross) {
		l := s.Line(x.Col)
		if l == nil {
			return
		}
		for _, c := range l.Cells {
			if c.Col < a.Body || uncrossedCell(&c) || slices.ContainsFunc(out, func(o tonghop.Cell) bool { return o.Col == c.Col }) {
				continue
			}
			if c.Row = a.Col; cross(&c) {
				c = tonghop.Cell{Row: a.Col, Col: c.Col, Kind: tonghop.CellText, Stored: markWords[x.Mark], Shown: markWords[x.Mark], Style: c.Style}
			}
			out = append(out, c)
		}
	}
	add(tonghop.Cross{Col: a.Col, Mark: tonghop.Met})
	for _, x := range a.Crosses {
		add(x)
	}
	slices.SortFunc(out, func(a, b tonghop.Cell) int { return cmp.Compare(a.Col, b.Col) })
	return out
}
