package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// fewestAgree is how many communes' own numbers of criteria met must disagree
// with their marks as they stand, and agree with them moved back, before a
// column of marks is said to have slid.
const fewestAgree = 3

// slidMarks asks about columns of marks in which one cell is blank and the
// numbers of criteria met that the communes state fit only if the cells beside it
// stand one row further: a cell was taken out or pushed in, which leaves nothing
// but one blank cell to see.
func (r *reader) slidMarks(rows []tonghop.Row) []tonghop.Finding {
	if !r.everyCriterion() {
		return nil
	}
	var found []tonghop.Finding
	for i, c := range r.fields {
		if !r.isCriterion(c) {
			continue
		}
		col := r.countsWithout(rows, i)
		at := col.onlyBlank()
		if at < 0 {
			continue
		}
		for _, move := range []int{-1, +1} {
			if end, proof := col.slid(at, move); proof >= fewestAgree {
				found = append(found, r.slidFinding(c, rows, i, at, end, move, proof))
				break
			}
		}
	}
	return found
}

// markColumn is one column of marks: how many each commune must have met in it by
// the number that it states, and what stands there.
type markColumn []struct {
	owed  int  // stated, less what it met elsewhere
	met   int  // 1 where the mark says met
	blank bool // nothing stands there
	known bool // the commune states its number, and all its other marks can be read
}

// countsWithout looks at a column of marks beside what each commune states.
func (r *reader) countsWithout(rows []tonghop.Row, at int) markColumn {
	out := make(markColumn, len(rows))
	for k, row := range rows {
		c := &out[k]
		if row.LeftOut != "" || at >= len(row.Values) {
			continue
		}
		stated, unread := false, false
		for i, v := range row.Values {
			isMet := 0
			if v.Mark == tonghop.Met || v.Mark == tonghop.MarkNotApplicable {
				isMet = 1
			}
			switch {
			case i == at:
				c.met, c.blank = isMet, unwritten(v)
			case v.Field == tonghop.FieldTotalMet && v.Number.Valid:
				n, err := strconv.Atoi(v.Figure())
				stated = err == nil
				c.owed += n
			case r.isCriterion(r.fields[i]):
				c.owed -= isMet
				unread = unread || v.Mark == tonghop.MarkNone
			}
		}
		c.known = stated && !unread
	}
	return out
}

// onlyBlank is the only row of a column in which nothing stands; -1 where there
// is none, or another one.
func (c markColumn) onlyBlank() int {
	at := -1
	for k := range c {
		if !c[k].blank {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = k
	}
	return at
}

// slid follows the rows from a blank one, up (-1) or down (+1), whose marks may
// belong to the row before each: it gives the last row that slid and how many
// communes show it. Every commune must agree: those that slid with the mark
// beside theirs, all others with their own. The mark of the last was overwritten
// or taken out.
func (c markColumn) slid(blank, step int) (end, proof int) {
	end = -1
	for k := range c {
		if !c[k].known || c[k].blank {
			continue
		}
		if wrong := c[k].owed != c[k].met; wrong && (k-blank)*step < 0 {
			return -1, 0 // on the other side nothing slid
		} else if wrong && (end < 0 || step > 0 || k < end) {
			end = k
		}
	}
	if end < 0 {
		return -1, 0
	}
	for k := blank; k != end; k += step {
		switch {
		case !c[k].known:
			return -1, 0
		case c[k].owed != c[k+step].met:
			return -1, 0
		case c[k].blank || c[k].owed != c[k].met:
			proof++
		}
	}
	return end, proof
}

// slidFinding names the cells that slid and the blank one.
func (r *reader) slidFinding(c tonghop.Column, rows []tonghop.Row, at, blank, end, step, proof int) tonghop.Finding {
	first, last, hole := rows[blank+step].Values[at].Ref, rows[end].Values[at].Ref, rows[blank].Values[at].Ref
	move := "down"
	if step < 0 { // the blank cell is below: they were pulled up
		first, last, move = last, first, "up"
	}
	block := tonghop.Area{Top: first.Row, Left: first.Col, Bottom: last.Row, Right: last.Col}
	f := tonghop.Finding{Rule: "DONG-013", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Field: c.Field, Found: c.Label}.Over(r.cover.Sheet, block, tonghop.Area{Top: hole.Row, Left: hole.Col, Bottom: hole.Row, Right: hole.Col})
	return f.Arg("area", block.String()).Arg("hole", hole.Cell()).Arg("move", move).Arg("target", targetOf(block, move)).
		Arg("proof", strconv.Itoa(proof))
}
