package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// headsNoCommune reports whether one cell of a row heads names of communes, and
// none stands below it: they may stand beside it.
func (n *Normalizer) headsNoCommune(g *grid, row int, cols []int) bool {
	at := 0
	for _, c := range cols {
		if n.columnRole(n.label(g, row, c)) != tonghop.ColUnit {
			continue
		}
		if at > 0 {
			return false
		}
		at = c
	}
	for below := row + 1; at > 0 && below <= min(g.rows, row+nameRows); below++ {
		if !g.wordless(below) && n.isCommune(n.name(g.text(below, at))) && !n.namesCriterion(n.label(g, below, at)) {
			return false
		}
	}
	return at > 0
}

// topOf is the first row of the header that the row of names belongs to.
func topOf(g *grid, row int) int {
	top := row
	for _, m := range g.byRow[row] {
		if m.Bottom >= row {
			top = min(top, m.Top)
		}
	}
	return top
}

// lastOf is the last row of a lying table: signatures and notes stand below it.
func (n *Normalizer) lastOf(g *grid, names, end int) int {
	for row := names + 1; row <= end; row++ {
		cols := g.filled(row)
		if n.headsOther(g, row) {
			return row - 1
		}
		if len(cols) == 0 || len(cols) > 4 {
			continue
		}
		if n.legend.stands(&tonghop.Cover{Sheet: g.sheet.Name}, row) && !fuller(g, row, end, len(cols)+1) {
			return row - 1
		}
		for _, c := range cols {
			text := g.text(row, c)
			ends := n.words.rowRole(text) == tonghop.RowEnd || footnote(text) && len(cols) == 1 || placeDate.MatchString(viet.Fold(text))
			if ends && !fuller(g, row, end, len(cols)+1) {
				return row - 1
			}
		}
	}
	return end
}

// footnote tells a remark that a star announces.
func footnote(text string) bool {
	return strings.HasPrefix(text, "*") && len(strings.Fields(text)) > 3
}

// fuller reports whether a row behind another has that many cells: then the
// table goes on.
func fuller(g *grid, row, end, many int) bool {
	for next := row + 1; next <= end; next++ {
		if len(g.filled(next)) >= max(many, 4) {
			return true
		}
	}
	return false
}
