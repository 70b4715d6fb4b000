package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// unmetColumns reads columns of marks in which nobody wrote anything, where the
// file says that an empty cell is "chưa đạt": alone that may as well be a column
// that is not filled in. Where the row's own number of criteria met is that of
// its other columns, the empty cells are not met, and a note says so.
func (r *reader) unmetColumns(rows []tonghop.Row, profiles map[string]*profile) []tonghop.Finding {
	s, ok := r.n.legend.known[blankSign]
	if !ok || s.Also != tonghop.MarkNone || !r.everyCriterion() {
		return nil
	}
	empty := map[int]bool{}
	for i, c := range r.fields {
		empty[i] = r.isCriterion(c) && profiles[profileKey(c)].cells == 0
	}
	read := map[int][]tonghop.Ref{}
	for k := range rows {
		row := &rows[k]
		if row.LeftOut != "" || !r.countsAll(*row) {
			continue
		}
		for i := range row.Values {
			if v := &row.Values[i]; empty[i] && unwritten(*v) {
				v.Empty, v.Mark = tonghop.EmptyNone, s.Mark
				read[i] = append(read[i], v.Ref)
			}
		}
	}
	var found []tonghop.Finding
	for i, c := range r.fields {
		if len(read[i]) > 0 {
			f := note("O-062", read[i][0], c.Field, c.Label).At(read[i]...)
			found = append(found, f.Arg("column", tonghop.ColumnName(c.Col)).Arg("meaning", string(s.Mark)))
		}
	}
	return found
}

// isCriterion reports whether a column holds the mark of a criterion.
func (r *reader) isCriterion(c tonghop.Column) bool {
	no := criterionOf(c)
	return no > 0 && c.Field == r.n.criterionField(no) && (c.Mark || c.Field[0] == 'T')
}

// everyCriterion reports whether the table has the mark of every criterion in
// one column each.
func (r *reader) everyCriterion() bool {
	times := map[string]int{}
	for _, c := range r.fields {
		if r.isCriterion(c) {
			times[c.Field]++
		}
	}
	for _, n := range times {
		if n != 1 {
			return false
		}
	}
	return len(times) == len(r.n.known.Criteria.Criteria)
}

// countsAll reports whether the number of criteria met that a row states is
// that of its marks.
func (r *reader) countsAll(row tonghop.Row) bool {
	met, stated := 0, ""
	for i, v := range row.Values {
		switch {
		case v.Field == tonghop.FieldTotalMet && v.Number.Valid:
			stated = v.Figure()
		case r.isCriterion(r.fields[i]) && (v.Mark == tonghop.Met || v.Mark == tonghop.MarkNotApplicable):
			met++
		}
	}
	return stated == strconv.Itoa(met)
}

// blankColumn asks about a column in which nothing stands. Where the file says
// what an empty mark means, it is doubtful whether nobody met it or nobody
// wrote it down.
func (r *reader) blankColumn(c tonghop.Column, count int, p *profile) tonghop.Finding {
	rule := "O-021"
	if s, ok := r.n.legend.known[blankSign]; ok && s.Also == tonghop.MarkNone && p.kind == tonghop.TypeMark && !ownCounts[c.Field] {
		rule = "O-061"
	}
	return r.n.columnFinding(rule, c).Arg("count", strconv.Itoa(count))
}
