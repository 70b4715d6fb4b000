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
	total, missing := n.missing(covers)
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
		f := tonghop.Finding{Rule: "COT-001", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}.Over(cv.Sheet, first.band())
		cv.Findings = append(cv.Findings, f.Arg("missing", strings.Join(missing, ", ")).
			Arg("count", strconv.Itoa(len(missing))).Arg("unknown", unknownColumns(covers)))
	}
}

// missing lists the indicators that no table has a column for, and counts all.
func (n *Normalizer) missing(covers []tonghop.Cover) (total int, missing []string) {
	held := map[string]bool{}
	for _, cv := range covers {
		for _, col := range cv.Columns {
			held[col.Field] = held[col.Field] || col.Role == tonghop.ColField
		}
	}
	for _, cr := range n.known.Criteria.Criteria {
		for _, in := range cr.Indicators {
			total++
			if !held[in.No] {
				missing = append(missing, in.No)
			}
		}
	}
	return total, missing
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
