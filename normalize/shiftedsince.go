package normalize

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// slidSince finds a block whose communes report what their neighbours reported
// last: figures of a stretch of rows that slid by one row. A cell is a witness
// only where the two communes differed.
func (t *contents) slidSince(rows []tonghop.Row) (tonghop.Finding, bool) {
	const enough = 8
	for _, by := range []int{1, -1} {
		w := t.witnesses(rows, by)
		if w.slid < enough || w.slid < 4*w.still || len(w.rows) < 2 {
			continue
		}
		cols := t.stretchOf(func(c tonghop.Column) bool { return w.cols[c.Col] })
		move, left := "down", w.top-1
		if by < 0 {
			move, left = "up", w.bottom+1
		}
		// marks say nothing of the last report; they slid too where the row that was left is blank
		cols = t.widened(cols, func(c tonghop.Column) bool {
			return slices.Contains(t.lines, left) && t.at(left, c.Col) == holdsNothing
		})
		f := t.slidBlock("NG-003", move, over(cols, w.top, w.bottom), over(cols, left, left), w.slid, w.slid+w.still)
		return f.Arg("period", w.in.Period.String()).Arg("receipt", w.in.Receipt), true
	}
	return tonghop.Finding{}, false
}

// witness counts the cells that say what a neighbour reported last, and those in
// the same columns and rows that say what their own commune did.
type witness struct {
	slid, still int
	rows, cols  map[int]bool
	top, bottom int
	in          tonghop.Last
}

// witnesses looks at every commune beside the one by rows above it.
func (t *contents) witnesses(rows []tonghop.Row, by int) witness {
	w := witness{rows: map[int]bool{}, cols: map[int]bool{}}
	before := t.r.n.known.Before
	var kept []tonghop.Ref
	for i, row := range rows {
		j := i - by
		if j < 0 || j >= len(rows) || row.Unit == "" || rows[j].Unit == "" {
			continue
		}
		for _, v := range row.Values {
			own, _, ok := before.Figure(row.Unit, v.Field)
			other, in, known := before.Figure(rows[j].Unit, v.Field)
			if !v.Number.Valid || !ok || !known || own.Equal(other) {
				continue
			}
			switch {
			case v.Number.Decimal.Equal(other):
				w.take(v.Ref, in)
			case v.Number.Decimal.Equal(own):
				kept = append(kept, v.Ref)
			}
		}
	}
	for _, at := range kept {
		if at.Row >= w.top && at.Row <= w.bottom && w.cols[at.Col] {
			w.still++
		}
	}
	return w
}

// take adds a cell that says what a neighbour reported last.
func (w *witness) take(at tonghop.Ref, in tonghop.Last) {
	if w.slid == 0 {
		w.top, w.in = at.Row, in
	}
	w.slid++
	w.rows[at.Row], w.cols[at.Col] = true, true
	w.top, w.bottom = min(w.top, at.Row), max(w.bottom, at.Row)
}
