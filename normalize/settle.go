package normalize

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// settleNumbers repairs the one thing that a spreadsheet does to indicator
// numbers: 17.10 stored as a number becomes 17.1. The one behind 17.9, or
// before 17.11, or with the name of 17.10, was 17.10; a second one without
// such evidence stays a double.
func (n *Normalizer) settleNumbers(g *grid, cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) ([]tonghop.Column, []tonghop.Finding) {
	for i := range cols {
		c := &cols[i]
		e := all[c.Col]
		if c.Role != tonghop.ColField || !e.typed || e.numberAt.sub != 1 {
			continue
		}
		ten := strconv.Itoa(e.criterion) + ".10"
		if !n.isIndicator(ten) || e.criterion != e.numberAt.criterion {
			continue
		}
		before, after := neighbour(cols, i, -1), neighbour(cols, i, +1)
		nine, eleven := strconv.Itoa(e.criterion)+".9", strconv.Itoa(e.criterion)+".11"
		named := e.name.score >= 0.6 && e.name.no == ten
		if before != nine && after != eleven && !named {
			continue
		}
		c.Field = ten
		found = append(found, note("COT-005", g.ref(c.Header.Row, c.Header.Col), c.Field, c.Label).Arg("field", ten))
	}
	return cols, found
}

// neighbour is the field of the nearest field column on one side that holds
// another field.
func neighbour(cols []tonghop.Column, i, step int) string {
	for j := i + step; j >= 0 && j < len(cols); j += step {
		if cols[j].Role == tonghop.ColField && cols[j].Field != cols[i].Field {
			return cols[j].Field
		}
	}
	return ""
}

// fillGaps gives the columns under a criterion whose labels say too little to
// the indicators of it that no other column holds, in their order and only if
// there are as many, and asks whether that is right unless the name comes near.
func (n *Normalizer) fillGaps(cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) []tonghop.Finding {
	held := map[string]bool{}
	open := map[int][]int{}
	for i, c := range cols {
		if c.Role == tonghop.ColField {
			held[c.Field] = true
		} else if cr := all[c.Col].criterion; c.Role == tonghop.ColUnknown && cr > 0 {
			open[cr] = append(open[cr], i)
		}
	}
	for _, cr := range n.known.Criteria.Criteria {
		var missing []string
		for _, in := range cr.Indicators {
			if !held[in.No] {
				missing = append(missing, in.No)
			}
		}
		if len(missing) != len(open[cr.No]) {
			continue
		}
		for k, i := range open[cr.No] {
			c := &cols[i]
			e := all[c.Col]
			*c = field(*c, missing[k], e.mark, "position", e.lowest)
			if e.name.no == missing[k] && e.name.score >= 0.35 || n.names.nearIndicator(missing[k], withoutMeasure(e.lowest.rest)) {
				c.Why = "name"
				continue
			}
			found = append(found, n.columnFinding("COT-004", *c).Arg("field", missing[k]))
		}
	}
	return found
}

// settleDoubles handles two columns that claim the same field: a value and its
// mark, or an indicator and the mark of the criterion that has only this one,
// are a pair; anything else is asked, and only the first is read.
func (n *Normalizer) settleDoubles(h *header, cols []tonghop.Column, found []tonghop.Finding) ([]tonghop.Column, []tonghop.Finding) {
	first := map[string]int{}
	for i := range cols {
		c := &cols[i]
		if c.Role != tonghop.ColField && c.Role != tonghop.ColUnit && c.Role != tonghop.ColNumber {
			continue
		}
		key := c.Role + c.Field
		if c.Mark {
			key += "+"
		}
		j, double := first[key]
		if !double {
			first[key] = i
			continue
		}
		if c.Role != tonghop.ColField {
			c.Role = tonghop.ColIgnored
			continue
		}
		if h.content[c.Col].none() { // a spare column, or the second half of a merged header
			c.Role = tonghop.ColIgnored
			continue
		}
		if h.content[cols[j].Col].none() {
			cols[j].Role = tonghop.ColIgnored
			first[key] = i
			continue
		}
		answered := c.Why == whyAnswer || cols[j].Why == whyAnswer
		if _, _, indicator := n.known.Criteria.Indicator(c.Field); (indicator || !answered) && n.pair(h, &cols[j], c) {
			continue
		}
		if old := olderTotal(&cols[j], c); old != nil {
			if old != c {
				first[key] = i
			}
			old.Role, old.Field = tonghop.ColIgnored, ""
			continue
		}
		if c.Why == whyAnswer && n.contradicts(*c, h.content[c.Col]) == "" { // then it is the other one that nobody has vouched for
			c, j, first[key] = &cols[j], i, i
		}
		found = append(found, n.columnFinding("COT-003", *c).Arg("other", tonghop.ColumnName(cols[j].Col)))
		c.Role, c.Why = tonghop.ColUnknown, "double"
	}
	return cols, found
}

// olderTotal is that of two totals which names a year, if the other names none:
// it stands there for comparison. nil if that is not so.
func olderTotal(a, b *tonghop.Column) *tonghop.Column {
	if a.Field != tonghop.FieldTotalMet || a.Mark || b.Mark {
		return nil
	}
	switch dated, other := yearIn.MatchString(viet.Key(a.Label)), yearIn.MatchString(viet.Key(b.Label)); {
	case dated && !other:
		return a
	case other && !dated:
		return b
	}
	return nil
}

var yearIn = regexp.MustCompile(`\b20[0-9]{2}\b`)

// pair tells two columns of one field that belong together, and which of them
// holds the mark.
func (n *Normalizer) pair(h *header, a, b *tonghop.Column) bool {
	ma, mb := h.content[a.Col], h.content[b.Col]
	in, cr, ok := n.known.Criteria.Indicator(a.Field)
	single := ok && len(cr.Indicators) == 1 && in.No == a.Field
	if a.Header != b.Header && !single && !a.Mark && !b.Mark {
		return false // two headers with one number: one of them is mistyped
	}
	switch {
	case ma.mostlyMarks() && !mb.mostlyMarks() && mb.figures > 0:
		a.Mark = true
	case mb.mostlyMarks() && !ma.mostlyMarks() && ma.figures > 0:
		b.Mark = true
	case single && ma.figures == ma.binary && mb.figures == mb.binary:
		key := viet.Key(a.Label)
		a.Mark = n.words.markCols[key] || n.words.valCols[key]
		b.Mark = !a.Mark
	default:
		return false
	}
	return true
}

// otherMeasures asks about columns whose header states another unit of measure
// than the criteria set: income by the month, or in thousands.
func (n *Normalizer) otherMeasures(cols []tonghop.Column, h *header) []tonghop.Finding {
	var found []tonghop.Finding
	for _, c := range cols {
		in, _, ok := n.known.Criteria.Indicator(c.Field)
		if c.Role != tonghop.ColField || c.Mark || !ok || in.Type != tonghop.TypeNumber {
			continue
		}
		for _, l := range h.labels[c.Col] {
			if unit := otherMeasure(n.words.key(l.text), n.words.key(in.Unit)); unit {
				found = append(found, n.columnFinding("COT-008", c).Arg("measure", in.Unit))
				break
			}
		}
	}
	return found
}

// otherMeasure tells a label that names a unit which the measure does not; one
// that is only a power of ten apart is converted when the figures are read.
func otherMeasure(label, measure string) bool {
	for _, w := range []string{"thang", "ngay", "ho"} {
		if strings.Contains(" "+label+" ", " "+w+" ") && strings.Contains(" "+measure+" ", " nguoi ") && !strings.Contains(" "+measure+" ", " "+w+" ") {
			return true
		}
	}
	return false
}

// note records a liberty at a cell.
func note(rule string, at tonghop.Ref, field, shown string) tonghop.Finding {
	return tonghop.Finding{Rule: rule, Severity: tonghop.Note, Owner: tonghop.OwnerSystem, Field: field, Found: shown}.At(at)
}
