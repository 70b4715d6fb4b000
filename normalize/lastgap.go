package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// fillLast gives the only column that nobody understood to the only indicator
// that has none. Where it stands beside the indicator's neighbour and its label
// could be that name badly typed, there is nothing to ask.
func (n *Normalizer) fillLast(h *header, cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) []tonghop.Finding {
	missing, _, rule := n.missing([]tonghop.Cover{{Columns: cols}})
	if len(missing) != 1 || rule != "COT-001" {
		return found
	}
	open := -1
	for i, c := range cols {
		e := all[c.Col]
		if c.Role != tonghop.ColUnknown || e.mark || e.criterion > 0 || !e.lowest.named || !h.content[c.Col].asks(true, true) {
			continue
		}
		if open >= 0 {
			return found
		}
		open = i
	}
	if open < 0 {
		return found
	}
	c := &cols[open]
	text := withoutMeasure(all[c.Col].lowest.rest)
	like := n.names.likenessOfIndicator(missing[0], text)
	near := like >= 0.35 || n.names.nearIndicator(missing[0], text)
	if !near {
		return found
	}
	*c = field(*c, missing[0], false, "name", all[c.Col].lowest)
	if n.besideNeighbour(cols, open, missing[0]) {
		return found
	}
	c.Why = "position"
	return append(found, n.columnFinding("COT-004", *c).Arg("field", missing[0]))
}

// besideNeighbour reports whether the field before or behind a column in the
// criteria set stands there in the table too.
func (n *Normalizer) besideNeighbour(cols []tonghop.Column, i int, no string) bool {
	var order []string
	at := 0
	for _, cr := range n.known.Criteria.Criteria {
		for _, in := range cr.Indicators {
			if in.No == no {
				at = len(order)
			}
			order = append(order, in.No)
		}
	}
	before, after := neighbour(cols, i, -1), neighbour(cols, i, +1)
	return at > 0 && before == order[at-1] || at+1 < len(order) && after == order[at+1]
}

// marksUnder gives a column of marks under a header that no name explained to
// the criterion of the indicators under the same header.
func (n *Normalizer) marksUnder(h *header, cols []tonghop.Column, all map[int]evidence) {
	held := map[string]bool{}
	for _, c := range cols {
		held[c.Field] = held[c.Field] || c.Mark
	}
	for i := range cols {
		c := &cols[i]
		e := all[c.Col]
		if c.Role != tonghop.ColUnknown || !e.mark || e.criterion > 0 || !h.content[c.Col].mostlyMarks() {
			continue
		}
		no := n.criterionBeside(h, cols, c.Col)
		if no == 0 || held[n.criterionField(no)] {
			continue
		}
		*c = field(*c, n.criterionField(no), true, "position", e.lowest)
		held[c.Field] = true
	}
}

// criterionBeside is the one criterion of all fields under the lowest merged
// header over a column; 0 if there are several or none.
func (n *Normalizer) criterionBeside(h *header, cols []tonghop.Column, col int) int {
	var over tonghop.Area
	for _, l := range h.labels[col] {
		if l.span() > 1 && l.span() <= widest {
			over = l.area
		}
	}
	no := 0
	for _, c := range cols {
		if c.Role != tonghop.ColField || c.Col < over.Left || c.Col > over.Right || over.Top == 0 {
			continue
		}
		if _, cr, ok := n.known.Criteria.Indicator(c.Field); !ok || no > 0 && cr.No != no {
			return 0
		} else if no == 0 {
			no = cr.No
		}
	}
	if no > 0 && n.criterionField(no) != strconv.Itoa(no) && n.underElsewhere(cols, over, no) {
		return 0
	}
	return no
}

// underElsewhere reports whether indicators of the criterion stand outside the
// header: then it is a group's, not the criterion's.
func (n *Normalizer) underElsewhere(cols []tonghop.Column, over tonghop.Area, no int) bool {
	for _, c := range cols {
		if c.Role == tonghop.ColField && (c.Col < over.Left || c.Col > over.Right) && criterionOfField(c.Field) == no {
			return true
		}
	}
	return false
}
