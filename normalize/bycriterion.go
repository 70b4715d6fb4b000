package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// mapCriterion decides for a column of a form that has one mark, or a result
// and its mark, for each criterion.
func (n *Normalizer) mapCriterion(h *header, c tonghop.Column, e evidence) (tonghop.Column, []tonghop.Finding) {
	content := h.content[c.Col]
	own := n.criterionField(e.criterion)
	single := own == strconv.Itoa(e.criterion)
	value := n.words.valCols[e.lowest.key]
	figures := content.figures > content.binary && content.figures > content.marks
	at := e.critAt
	if !at.named && e.lowest.named && !e.mark && !value {
		at = e.lowest // the name says more than the number above it
	}
	switch {
	case n.remark(e):
		c.Role = tonghop.ColIgnored
		return c, nil
	case e.critAt.span() > 1 && !e.mark && !value: // something under the criterion that we do not know
		return c, nil
	case single:
		c = field(c, own, e.mark || !figures && !value || value && content.mostlyMarks(), "criterion", at)
	case figures && e.indicator != "" && e.numberAt.area == e.lowest.area && e.lowest.span() == 1:
		c = field(c, e.indicator, false, "number", e.numberAt) // beside the marks of the criteria
		return c, nil
	case figures: // no field holds the result of a whole criterion
		return c, nil
	default:
		c = field(c, own, true, "criterion", at)
	}
	if e.critAt.criterion == 0 {
		c.Why = "name"
	}
	if other := n.disagrees(e, h.labels[c.Col]); other > 0 {
		return c, []tonghop.Finding{n.columnFinding("COT-002", c).
			Arg("number", "TC"+strconv.Itoa(e.criterion)).Arg("name", "TC"+strconv.Itoa(other))}
	}
	return c, nil
}

// ofOneIndicator tells a column that its own label gives to an indicator, by
// number and name: it stands beside the marks of the criteria.
func (e evidence) ofOneIndicator() bool {
	return e.indicator != "" && !e.typed && e.numberAt.named && e.numberAt.area == e.lowest.area && strings.Contains(e.indicator, ".")
}

// criterionField is the field of a criterion's mark: TC2, or the only indicator
// of a criterion with one.
func (n *Normalizer) criterionField(no int) string {
	if cr := n.known.Criteria.Criteria[no-1]; len(cr.Indicators) == 1 {
		return cr.Indicators[0].No
	}
	return "TC" + strconv.Itoa(no)
}

// disagrees is the criterion whose name stands where another's number does; 0
// for none.
func (n *Normalizer) disagrees(e evidence, labels []label) int {
	if e.critAt.criterion == 0 {
		return 0
	}
	for _, l := range labels {
		if !l.named || l.group || l.span() > 4 {
			continue
		}
		text := withoutMeasure(l.rest)
		g := n.names.criterion(text)
		if g.score >= 0.75 && g.margin >= 0.1 && g.no != strconv.Itoa(e.criterion) && n.names.likenessOf(e.criterion, text) < 0.45 {
			no, _ := strconv.Atoi(g.no)
			return no
		}
	}
	return 0
}

// remark tells a column for remarks under the header of an indicator or a
// criterion: what stands in it is none of theirs.
func (n *Normalizer) remark(e evidence) bool {
	if e.criterion == 0 && e.indicator == "" || e.lowest.criterion != 0 || e.lowest.area == e.critAt.area || e.lowest.area == e.numberAt.area {
		return false
	}
	above := e.critAt
	if e.indicator != "" {
		above = e.numberAt
	}
	if above.span() < 2 && !above.carried { // the only column under it is what it says
		return false
	}
	if e.name.score >= 0.5 && e.nameAt.area == e.lowest.area { // "TL đất SXNN được tưới" begins like "tỷ lệ đạt"
		return false
	}
	return n.columnRole(e.lowest) == tonghop.ColIgnored && !n.words.markCols[e.lowest.key] && !n.words.valCols[e.lowest.key] &&
		!n.markOf(e.lowest)
}

// fillCriteria gives columns that nobody understood, between those of two
// criteria and exactly as many as the criteria between these, to them in their
// order. One whose name comes near needs no question.
func (n *Normalizer) fillCriteria(h *header, cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) []tonghop.Finding {
	held := map[string]bool{}
	for _, c := range cols {
		held[c.Field] = true
	}
	last, open := 0, []int(nil)
	for i := range cols {
		c := &cols[i]
		no := 0
		if c.Role == tonghop.ColField && c.Field != tonghop.FieldTotalMet {
			no = all[c.Col].criterion
		} else if c.Field == tonghop.FieldTotalMet && last > 0 {
			no = len(n.known.Criteria.Criteria) + 1
		}
		if c.Role == tonghop.ColUnknown && all[c.Col].criterion == 0 && (h.content[c.Col].mostlyMarks() || len(h.labels[c.Col]) > 0) {
			open = append(open, i)
		}
		if no == 0 {
			continue
		}
		if len(open) > 0 && no-last-1 == len(open) {
			found = n.fillRun(cols, open, last+1, all, held, found)
		}
		last, open = no, nil
	}
	return found
}

func (n *Normalizer) fillRun(cols []tonghop.Column, open []int, first int, all map[int]evidence, held map[string]bool, found []tonghop.Finding) []tonghop.Finding {
	for k, i := range open {
		own := n.criterionField(first + k)
		if held[own] {
			return found
		}
		e := all[cols[i].Col]
		cols[i] = field(cols[i], own, true, "position", e.lowest)
		text := withoutMeasure(e.lowest.rest)
		if g := n.names.criterion(text); g.no == strconv.Itoa(first+k) && g.score >= 0.35 || n.names.nearCriterion(first+k, text) {
			cols[i].Why = "name"
			continue
		}
		found = append(found, n.columnFinding("COT-004", cols[i]).Arg("field", own))
	}
	return found
}

// settleResults looks at columns of results beside the mark of a criterion of
// several indicators: no field holds such a result. Where it repeats the mark it
// is left aside, otherwise all such columns are asked about together.
func (n *Normalizer) settleResults(g *grid, h *header, cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) []tonghop.Finding {
	marks := map[string]int{}
	for _, c := range cols {
		if c.Role == tonghop.ColField && c.Mark && all[c.Col].mark {
			marks[c.Field] = c.Col
		}
	}
	f := tonghop.Finding{Rule: "COT-020", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}
	names := ""
	for i := range cols {
		c := &cols[i]
		e := all[c.Col]
		if e.criterion == 0 || !n.words.valCols[e.lowest.key] || marks[n.criterionField(e.criterion)] == 0 {
			continue
		}
		content := h.content[c.Col]
		if c.Role == tonghop.ColField && !c.Mark && !content.none() {
			continue // the figure of the only indicator
		}
		c.Role, c.Why, c.Mark, c.Field = tonghop.ColIgnored, "result", false, ""
		if own := n.criterionField(e.criterion); own == strconv.Itoa(e.criterion) && n.sameMarks(g, h, c.Col, marks[own]) {
			*c = field(*c, own, false, "criterion", e.critAt) // the only indicator and its criterion: one fact twice
			continue
		}
		if content.marks+content.figures+content.open == 0 || content.figures == 0 && n.sameMarks(g, h, c.Col, marks[n.criterionField(e.criterion)]) {
			continue
		}
		c.Role = tonghop.ColUnknown
		if names != "" {
			names += ", "
		}
		names += tonghop.ColumnName(c.Col)
		f.Sheet = c.Header.Sheet
		f.Areas = append(f.Areas, tonghop.Area{Top: h.bottom + 1, Left: c.Col, Bottom: g.rows, Right: c.Col})
	}
	if names == "" {
		return found
	}
	return append(found, f.Arg("columns", names))
}

// sameMarks reports whether two columns hold the same marks in every row.
func (n *Normalizer) sameMarks(g *grid, h *header, a, b int) bool {
	for row := h.bottom + 1; row <= g.rows; row++ {
		ma, _, oka := n.words.mark(g.text(row, a))
		mb, _, okb := n.words.mark(g.text(row, b))
		if oka != okb || ma != mb {
			return false
		}
	}
	return true
}
