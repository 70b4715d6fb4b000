package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// fillByContent looks at the columns that no label explained: marks under a
// criterion's header are the criterion's, counts of criteria behind a word such
// as "Tổng cộng" are the total. Whatever still holds marks or figures among the
// indicators is asked about, cell by cell: it must not be passed over.
func (n *Normalizer) fillByContent(h *header, cols []tonghop.Column, all map[int]evidence, found []tonghop.Finding) ([]tonghop.Column, []tonghop.Finding) {
	held := map[string]bool{}
	first, last := 0, 0
	for _, c := range cols {
		if c.Role != tonghop.ColField {
			continue
		}
		held[c.Field] = true
		if c.Mark {
			held[c.Field+"+"] = true
		}
		if _, own := n.known.Form.OwnFields[c.Field]; !own {
			if first == 0 {
				first = c.Col
			}
			last = c.Col
		}
	}
	missing, _, _ := n.missing([]tonghop.Cover{{Columns: cols}})
	for i := range cols {
		c := &cols[i]
		content := h.content[c.Col]
		// What is missing may stand beside the others, and so may what a criterion came to.
		among := c.Col > first && c.Col < last || len(missing) > 0 || all[c.Col].criterion > 0
		switch {
		case c.Why == "double" || c.Why == "result" || c.Why == whyAnswer: // asked about already
		case c.Role == tonghop.ColUnknown && content.mostlyMarks() && n.takeMarks(c, all[c.Col], held):
			found = append(found, n.columnFinding("COT-007", *c).Arg("field", c.Field))
		case !held[tonghop.FieldTotalMet] && (c.Col > last || c.Col < first) && n.vagueTotal(*c, content):
			*c = n.ownColumn(*c, tonghop.FieldTotalMet, all[c.Col].lowest)
			held[tonghop.FieldTotalMet] = true
			found = append(found, note("GC-015", c.Header, c.Field, c.Label))
		case c.Role == tonghop.ColUnknown && content.asks(among, held[tonghop.FieldTotalMet] || c.Col < first):
			found = append(found, n.columnFinding("COT-006", *c))
		}
	}
	return cols, found
}

// takeMarks gives a column of marks to the criterion whose header it stands
// under, if that has no marks of its own yet.
func (n *Normalizer) takeMarks(c *tonghop.Column, e evidence, held map[string]bool) bool {
	if e.criterion == 0 {
		return false
	}
	field := "TC" + strconv.Itoa(e.criterion)
	if len(n.known.Criteria.Criteria[e.criterion-1].Indicators) == 1 {
		field = strconv.Itoa(e.criterion)
	}
	if held[field+"+"] {
		return false
	}
	c.Role, c.Field, c.Mark, c.Why = tonghop.ColField, field, true, "content"
	held[field], held[field+"+"] = true, true
	return true
}

// vagueTotal tells a column called "Tổng cộng" or the like in which nothing
// but numbers of criteria stands.
func (n *Normalizer) vagueTotal(c tonghop.Column, content mix) bool {
	if c.Role == tonghop.ColField || c.Role == tonghop.ColUnit || content.figures == 0 || content.counts < content.figures || content.marks+content.others > 0 {
		return false
	}
	return n.words.vague[viet.Key(c.Label)] || n.words.vague[viet.Key(withoutMeasure(c.Label))] ||
		n.words.vague[strings.Join(n.words.tokens(c.Label), " ")]
}

// asks reports whether a column that nobody understood may hold what a form
// reports: any mark or figure among the indicators, or a formula whose result is
// not known; beside them only marks, and numbers of criteria as long as no
// column is the total.
func (m mix) asks(among, hasTotal bool) bool {
	if among {
		return m.marks+m.figures+m.open > 0
	}
	return m.mostlyMarks() || !hasTotal && m.open > 0 && m.marks+m.figures+m.others == 0 || !hasTotal && m.figures > 0 && m.counts == m.figures && m.others == 0
}
