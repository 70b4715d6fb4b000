package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// pairMarks gives columns headed "Đánh giá" to the indicators before them, not
// to the criterion: where both stand under one header below the criterion's,
// and where a criterion has more than one such column.
func (n *Normalizer) pairMarks(h *header, cols []tonghop.Column, all map[int]evidence) {
	marks, pairs := map[int]int{}, map[int][]int{}
	for i, c := range cols {
		e := all[c.Col]
		itsOwn := e.critAt.prefixed && e.critAt.area.Left == c.Col // "Đánh giá TC2"
		if !e.mark || e.indicator != "" || c.Field != "TC"+strconv.Itoa(e.criterion) || itsOwn {
			continue
		}
		j := beforeSpare(h, cols, i)
		before := n.figuresBefore(h, cols, i, j, all)
		if before && (oneHeader(h, cols[j].Col, c.Col, e) || n.result(cols[j], all[cols[j].Col], e)) {
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
// over the first of them only.
func (n *Normalizer) result(c tonghop.Column, e, mark evidence) bool {
	named := c.Why == "number" || c.Why == "name"
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
