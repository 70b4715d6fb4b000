package normalize

import "github.com/tonghop/tonghop"

// ownHeads lets a column that nothing but a heading over several columns names be
// known by its own cell below that, where its heading belongs: whoever is asked
// about one of them must not look at the cell of all.
func (n *Normalizer) ownHeads(g *grid, h *header, cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) {
	for i := range cols {
		c := &cols[i]
		shared := all[c.Col].lowest
		own := g.ref(h.bottom, c.Col)
		if shared.span() < 2 || shared.area.Bottom >= h.bottom || c.Header != g.ref(shared.area.Top, shared.area.Left) ||
			g.text(own.Row, own.Col) != "" || !g.own(own.Row, own.Col) {
			continue
		}
		for j := range found {
			if f := &found[j]; f.Args["column"] == tonghop.ColumnName(c.Col) && len(f.Areas) > 0 && f.Areas[0] == areaOf(c.Header) {
				f.Areas[0] = areaOf(own)
			}
		}
		c.Header = own
	}
}

// areaOf is the area of one cell.
func areaOf(r tonghop.Ref) tonghop.Area {
	return tonghop.Area{Top: r.Row, Left: r.Col, Bottom: r.Row, Right: r.Col}
}
