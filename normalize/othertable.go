package normalize

import (
	"github.com/tonghop/tonghop"
)

// headsOther tells the header of a table of something else below a table of the
// form, such as one that counts the communes by how many criteria they meet: it
// begins with a head for numbers, and nothing but words stands behind it, none
// of them a mark or a commune's name.
func (n *Normalizer) headsOther(g *grid, row int) bool {
	cols := g.filled(row)
	if len(cols) < 4 || g.wordless(row) || n.columnRole(n.label(g, row, cols[0])) != tonghop.ColNumber {
		return false
	}
	for _, c := range cols {
		cell := g.cell(row, c)
		if cell.Kind != tonghop.CellText || g.area(row, c).Top < row {
			return false
		}
		if _, _, isMark := n.words.mark(cell.Stored); isMark || n.isCommune(n.name(cell.Stored)) || n.legend.met(cell.Stored) {
			return false
		}
	}
	return true
}

// communesFollow reports whether rows of communes with figures stand close
// below a row.
func (r *reader) communesFollow(row int) bool {
	for next := row + 1; next <= min(r.g.rows, row+40); next++ {
		if len(r.g.filled(next)) > 0 && r.tell(next).kind == rowCommune && r.figures(next) > 0 {
			return true
		}
	}
	return false
}
