package normalize

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// slidIntoTownship finds a block that was pushed down by one row onto the row of a
// township or a ward, of which nothing is asked: that row holds something in these
// columns alone, and one commune above it alone has nothing there. A single column is
// not used, but the report is not held for it.
func (t *contents) slidIntoTownship() (tonghop.Finding, bool) {
	for i, row := range t.lines {
		if i < 2 || !t.aside[row] || t.lines[i-1] != row-1 || t.aside[row-1] {
			continue
		}
		held := t.filled(row, t.cols)
		cols := t.stretchOf(func(c tonghop.Column) bool { return t.at(row, c.Col) != holdsNothing })
		if held == 0 || held < len(cols) || held*2 > len(t.cols) {
			continue
		}
		hole, ok := t.holeIn(cols)
		if !ok || hole > row || !t.fullBut(hole, cols) {
			continue
		}
		f := t.slidBlock("NG-007", "down", over(cols, hole+1, row), over(cols, hole, hole), held, held)
		f.Holds = held > 1
		return f.Arg("unit", t.r.g.text(row, t.r.cover.NameCol)), true
	}
	return tonghop.Finding{}, false
}

// fullBut reports whether every commune but the one in a row holds something in each of
// some columns.
func (t *contents) fullBut(hole int, cols []tonghop.Column) bool {
	return !slices.ContainsFunc(t.lines, func(row int) bool {
		return row != hole && !t.aside[row] && t.filled(row, cols) < len(cols)
	})
}
