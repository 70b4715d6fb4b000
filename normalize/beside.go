package normalize

import (
	"github.com/tonghop/tonghop"
)

// sideBySide cuts a pane between tables that stand beside one another in it,
// each with a column of names of its own.
func (n *Normalizer) sideBySide(p pane, g *grid, h *header) []pane {
	cuts := n.nameBlocks(g, h)
	if len(cuts) < 2 {
		return []pane{p}
	}
	area := p.area
	if area == (tonghop.Area{}) {
		area = g.all()
	}
	var out []pane
	for i, left := range cuts {
		a := area
		a.Left = left
		if i == 0 {
			a.Left = area.Left
		}
		if i+1 < len(cuts) {
			a.Right = cuts[i+1] - 1
		}
		side := p.within(a)
		if c, ok := n.tableIn(side); !ok || !c.holdsFields() {
			return []pane{p} // one table that names its communes twice
		}
		out = append(out, side)
	}
	return out
}

// holdsFields reports whether any column of the table holds a field.
func (c candidate) holdsFields() bool { return firstField(c.cols) > 0 }

// nameBlocks lists the first columns of the tables in a band: each begins with
// its column of names, or with the running number before that.
func (n *Normalizer) nameBlocks(g *grid, h *header) []int {
	var cuts []int
	for col := 1; col <= g.cols; col++ {
		role, _ := n.roleOf(h.labels[col])
		if role != tonghop.ColUnit || n.communesIn(g, h, col) == 0 {
			continue
		}
		left := col
		for left > 1 {
			before, _ := n.roleOf(h.labels[left-1])
			if before != tonghop.ColNumber && before != tonghop.ColCode && before != tonghop.ColDistrict {
				break
			}
			left--
		}
		cuts = append(cuts, left)
	}
	return cuts
}

// communesIn counts the names of communes in a column below a header.
func (n *Normalizer) communesIn(g *grid, h *header, col int) int {
	hits := 0
	for row := h.bottom + 1; row <= min(g.rows, h.bottom+nameRows); row++ {
		if g.own(row, col) && n.isCommune(n.name(g.text(row, col))) {
			hits++
		}
	}
	return hits
}
