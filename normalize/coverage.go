package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// checkCoverage says which indicators have no column in any of the tables. Too
// few mean another form; so does a title that names one, if the columns do not
// fit either.
func (n *Normalizer) checkCoverage(covers []tonghop.Cover, gr group) {
	cv, first := &covers[0], gr.tables[0]
	conflicts := 0
	for _, c := range covers {
		for _, f := range c.Findings {
			if f.Rule == "COT-002" {
				conflicts++
			}
		}
	}
	missing, total, rule := n.missing(covers)
	for _, c := range gr.tables {
		t, ok := c.head.otherForm(n.words.others)
		if !ok {
			continue
		}
		f := reject("BIEU-003").At(t.ref)
		f.Owner, f.Found = tonghop.OwnerSystem, t.text
		if conflicts < 3 && len(missing) <= 5 { // the columns fit: a person decides
			f.Severity, f.Holds = tonghop.Query, true
		}
		cv.Findings = append(cv.Findings, f)
		return
	}
	if len(missing)*2 > total || conflicts >= 5 {
		f := reject("BIEU-002").Over(cv.Sheet, first.band())
		f.Owner = tonghop.OwnerSystem
		cv.Findings = append(cv.Findings, f.Arg("known", strconv.Itoa(total-len(missing))).
			Arg("all", strconv.Itoa(total)).Arg("missing", strings.Join(missing, ", ")))
		return
	}
	if len(missing) > 0 {
		f := tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice}.Over(cv.Sheet, first.band())
		cv.Findings = append(cv.Findings, f.Arg("missing", strings.Join(missing, ", ")).
			Arg("count", strconv.Itoa(len(missing))).Arg("unknown", unknownColumns(covers)))
	}
}

// missing lists what the tables of a return should have and have not, of how
// many, and the question that says so. Tables with a mark for each criterion
// have 19 columns and owe no indicator; any others owe the 57 indicators.
func (n *Normalizer) missing(covers []tonghop.Cover) (missing []string, total int, rule string) {
	held := map[string]bool{}
	for _, cv := range covers {
		for _, c := range cv.Columns {
			held[c.Field] = held[c.Field] || c.Role == tonghop.ColField
		}
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
// criterion with several, or marks them all and has a few indicators beside.
func (n *Normalizer) onlyCriteria(held map[string]bool) bool {
	marks, indicators, several, all := 0, 0, 0, 0
	for _, cr := range n.known.Criteria.Criteria {
		if len(cr.Indicators) == 1 {
			continue
		}
		several, all = several+1, all+len(cr.Indicators)
		if held["TC"+strconv.Itoa(cr.No)] {
			marks++
		}
		for _, in := range cr.Indicators {
			if held[in.No] {
				indicators++
			}
		}
	}
	return marks > 0 && indicators == 0 || marks == several && indicators*4 <= all
}

// unknownColumns names the columns that were not understood, with their sheet
// where it is not the first one; of a table on its side they are rows.
func unknownColumns(covers []tonghop.Cover) string {
	var names []string
	for _, cv := range covers {
		for _, c := range cv.Columns {
			if c.Role != tonghop.ColUnknown || c.Label == "" {
				continue
			}
			name := tonghop.ColumnName(c.Col)
			if cv.Turned {
				name = strconv.Itoa(c.Col)
			}
			if cv.Sheet != covers[0].Sheet {
				name = cv.Sheet + "!" + name
			}
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
