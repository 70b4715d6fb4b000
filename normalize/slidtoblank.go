package normalize

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// slidToBlank finds the stretch of a row that slid away from its only blank cell, where
// too few cells stand wrong to see it by their number: figures stand among marks and marks
// among figures, and all of them are right one column back towards the blank. It goes on
// as far as cells may have slid, for one that fits in both places shows nothing.
func (r *reader) slidToBlank(values []tonghop.Value, profiles map[string]*profile) (first, last int, ok bool) {
	order := r.acrossSheet() // the mark of a pair is read before its figure
	blank := slices.Index(order, onlyUnwritten(values))
	if blank < 0 || len(values) != len(order) {
		return 0, 0, false
	}
	for _, back := range []int{+1, -1} { // slid to the left of the blank cell, or to its right
		var slid []int
		figures, marks := 0, 0
		for i := blank - back; i >= 0 && i < len(order) && r.fitsAt(values[order[i]], order[i+back], profiles); i -= back {
			slid = append(slid, order[i])
			switch v := values[order[i]]; {
			case !r.misplaced(v, r.fields[order[i]], profiles):
			case v.Number.Valid:
				figures++
			default:
				marks++
			}
		}
		if figures > 0 && marks > 0 && figures+marks == r.allMisplaced(values, profiles) {
			return slices.Min(slid), slices.Max(slid), true
		}
	}
	return 0, 0, false
}

// acrossSheet lists the table's fields as they stand from left to right.
func (r *reader) acrossSheet() []int {
	out := make([]int, len(r.fields))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return r.fields[a].Col - r.fields[b].Col })
	return out
}

// onlyUnwritten is the only cell of a row in which nothing stands; -1 where there is none,
// or another one.
func onlyUnwritten(values []tonghop.Value) int {
	at := -1
	for i, v := range values {
		if !unwritten(v) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// fitsAt reports whether a cell holds what a column beside it asks for.
func (r *reader) fitsAt(v tonghop.Value, col int, profiles map[string]*profile) bool {
	return (v.Number.Valid || v.Mark != tonghop.MarkNone) && !r.misplaced(v, r.fields[col], profiles)
}

// allMisplaced counts the cells of a row that stand wrong.
func (r *reader) allMisplaced(values []tonghop.Value, profiles map[string]*profile) int {
	count := 0
	for i, v := range values {
		if r.misplaced(v, r.fields[i], profiles) {
			count++
		}
	}
	return count
}
