package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// missing lists what a table of the form should have and has not, of how many,
// and the question that says so. A table with a mark for each criterion has 19
// columns and owes no indicator; any other owes the 57 indicators.
func (n *Normalizer) missing(cols []tonghop.Column) (missing []string, total int, rule string) {
	held := map[string]bool{}
	for _, c := range cols {
		held[c.Field] = held[c.Field] || c.Role == tonghop.ColField
	}
	if n.onlyCriteria(held) {
		for _, cr := range n.known.Criteria.Criteria {
			if !held[n.criterionField(cr.No)] {
				missing = append(missing, "TC"+strconv.Itoa(cr.No))
			}
		}
		return missing, len(n.known.Criteria.Criteria), "COT-022"
	}
	for _, cr := range n.known.Criteria.Criteria {
		for _, in := range cr.Indicators {
			total++
			if !held[in.No] {
				missing = append(missing, in.No)
			}
		}
	}
	return missing, total, "COT-001"
}

// onlyCriteria tells a table that marks criteria and no indicator of a
// criterion with several.
func (n *Normalizer) onlyCriteria(held map[string]bool) bool {
	marks, indicators := 0, 0
	for _, cr := range n.known.Criteria.Criteria {
		if len(cr.Indicators) == 1 {
			continue
		}
		if held["TC"+strconv.Itoa(cr.No)] {
			marks++
		}
		for _, in := range cr.Indicators {
			if held[in.No] {
				indicators++
			}
		}
	}
	return marks > 0 && indicators == 0
}
