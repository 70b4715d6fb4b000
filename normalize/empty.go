package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// nothingFilled says of a table in which nobody has written anything yet that
// it is a blank form, once, instead of asking about each of its columns. What
// its own formulas count is nothing that somebody wrote.
func nothingFilled(r tonghop.Reading) tonghop.Reading {
	for _, row := range r.Rows {
		for _, v := range row.Values {
			counted := ownCounts[v.Field] && (v.Empty == tonghop.Zero || v.Empty == tonghop.Unreadable)
			if !unwritten(v) && !counted {
				return r
			}
		}
	}
	if len(r.Rows) == 0 {
		return r
	}
	first, last := r.Rows[0].Area, r.Rows[len(r.Rows)-1].Area
	f := reject("COT-040").Over(r.Cover.Sheet, tonghop.Area{Top: first.Top, Left: first.Left,
		Bottom: max(first.Bottom, last.Bottom), Right: max(first.Right, last.Right)})
	r.Findings = append(append([]tonghop.Finding(nil), r.Cover.Findings...), f.Arg("count", strconv.Itoa(len(r.Rows))).
		Arg("office", r.Cover.Office.Name).Arg("period", r.Cover.Period.String()))
	r.Totals = nil
	return r
}
