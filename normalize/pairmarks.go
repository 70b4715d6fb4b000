package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// pairMarks gives columns headed "Đánh giá" to the indicators before them, not
// to the criterion: where both stand under one header below the criterion's,
// and where a criterion has more than one such column.
func (n *Normalizer) pairMarks(h *header, cols []tonghop.Column, all map[int]evidence) {
	n.blockMarks(h, cols)
	marks, pairs := map[int]int{}, map[int][]int{}
	for i, c := range cols {
		e := all[c.Col]
		if c.Role == tonghop.ColUnknown && e.mark && i > 0 && cols[i-1].Role == tonghop.ColField && !cols[i-1].Mark && oneHeader(h, cols[i-1].Col, c.Col, e) {
			cols[i] = field(c, cols[i-1].Field, true, cols[i-1].Why, e.lowest) // the name above is not the criterion's
			continue
		}
		itsOwn := e.critAt.prefixed && e.critAt.area.Left == c.Col // "Đánh giá TC2"
		if !e.mark || e.indicator != "" || c.Field != "TC"+strconv.Itoa(e.criterion) || itsOwn {
			continue
		}
		j := beforeSpare(h, cols, i)
		before := n.figuresBefore(h, cols, i, j, all)
		if before && (oneHeader(h, cols[j].Col, c.Col, e) || n.result(h, cols[j], all[cols[j].Col], e)) {
			cols[i].Field = cols[j].Field
			continue
		}
		if marks[e.criterion]++; before {
			pairs[e.criterion] = append(pairs[e.criterion], i)
		}
	}
	for criterion, at := range pairs {
		if marks[criterion] < 2 {
			continue
		}
		for _, i := range at {
			cols[i].Field = cols[beforeSpare(h, cols, i)].Field
		}
	}
}

// beforeSpare is the place of the column before one, leaving out spare columns
// in which nothing stands; -1 if there is none.
func beforeSpare(h *header, cols []tonghop.Column, i int) int {
	for i--; i >= 0 && cols[i].Role == tonghop.ColUnknown && h.content[cols[i].Col].none(); i-- {
	}
	return i
}

// figuresBefore reports whether the column j before a column of marks holds what
// an indicator of the same criterion came to. Marks under the name of an
// indicator are all that it has, and need no second column.
func (n *Normalizer) figuresBefore(h *header, cols []tonghop.Column, i, j int, all map[int]evidence) bool {
	if j < 0 {
		return false
	}
	before := cols[j]
	e := all[before.Col]
	return before.Role == tonghop.ColField && !before.Mark && e.criterion == all[cols[i].Col].criterion &&
		(n.words.valCols[e.lowest.key] || !h.content[before.Col].mostlyMarks())
}

// result reports whether a column is headed "Kết quả" right beside "Đánh giá",
// below the name of an indicator: the two are a pair even where the name stands
// over the first of them only. A column that is headed at the height of that
// name is nobody's second half, whatever unit of measure stands below.
func (n *Normalizer) result(h *header, c tonghop.Column, e, mark evidence) bool {
	named := c.Why == "number" || c.Why == "name"
	for _, l := range h.labels[mark.lowest.area.Left] {
		if !l.carried && l.area.Top == c.Header.Row && l.area.Left > c.Header.Col {
			return false
		}
	}
	return named && n.words.valCols[e.lowest.key] && e.lowest.area.Top == mark.lowest.area.Top && c.Header.Row < e.lowest.area.Top
}

// oneHeader reports whether two columns stand under one header below that of
// their criterion, and narrower.
func oneHeader(h *header, a, b int, e evidence) bool {
	for _, l := range h.labels[b] {
		if !l.group && !l.carried && l.area.Top > e.critAt.area.Top && l.span() < e.critAt.span() && l.area.Left <= a && a < b && b <= l.area.Right {
			return true
		}
	}
	return false
}

// blockMarks tells the mark of a criterion with a single indicator from the
// indicator where both hold marks: of two such columns the criterion's own
// stands among those of other criteria, in a block of marks.
func (n *Normalizer) blockMarks(h *header, cols []tonghop.Column) {
	for i := range cols {
		c := &cols[i]
		if c.Role != tonghop.ColField || !n.singleMark(h, *c) || !n.inBlock(cols, i) {
			continue
		}
		for j := range cols {
			o := &cols[j]
			if j != i && o.Role == tonghop.ColField && o.Field == c.Field && o.Mark == c.Mark && n.singleMark(h, *o) && !n.inBlock(cols, j) {
				c.Mark, o.Mark = true, false // whatever unit of measure stands below: "Đạt"
			}
		}
	}
}

// singleMark tells a column of marks of a criterion's only indicator.
func (n *Normalizer) singleMark(h *header, c tonghop.Column) bool {
	in, cr, ok := n.known.Criteria.Indicator(c.Field)
	m := h.content[c.Col]
	return ok && len(cr.Indicators) == 1 && in.No == c.Field && (m.mostlyMarks() || m.figures == m.binary && m.others == 0)
}

// inBlock reports whether a column stands right beside the mark of another
// criterion, with nothing of its own criterion between them.
func (n *Normalizer) inBlock(cols []tonghop.Column, i int) bool {
	own := criterionOf(cols[i])
	for _, step := range []int{-1, 1} {
		for j := i + step; j >= 0 && j < len(cols); j += step {
			c := cols[j]
			if c.Role != tonghop.ColField || criterionOf(c) == 0 || criterionOf(c) == own {
				break
			}
			if c.Mark && strings.HasPrefix(c.Field, "TC") && n.wholeBlock(cols, j) {
				return true
			}
			if !n.wholeSingle(c) {
				break
			}
		}
	}
	return false
}

// wholeBlock reports whether the mark of a criterion stands apart from the
// criterion's indicators: none of them is its neighbour.
func (n *Normalizer) wholeBlock(cols []tonghop.Column, i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(cols) && cols[j].Role == tonghop.ColField && criterionOf(cols[j]) == criterionOf(cols[i]) {
			return false
		}
	}
	return true
}

// wholeSingle reports whether a field is the only indicator of its criterion.
func (n *Normalizer) wholeSingle(c tonghop.Column) bool {
	in, cr, ok := n.known.Criteria.Indicator(c.Field)
	return ok && len(cr.Indicators) == 1 && in.No == c.Field
}

// criterionOf is the number of the criterion that a column's field is of; 0 for
// a field of the form's own.
func criterionOf(c tonghop.Column) int { return criterionOfField(strings.TrimPrefix(c.Field, "TC")) }
