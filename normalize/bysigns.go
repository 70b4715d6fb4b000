package normalize

import (
	"regexp"

	"github.com/tonghop/tonghop"
)

// Where the legend gives signs to marks, a column that asks for a figure may
// hold marks all the same: a sheet of marks beside the sheet of figures, or an
// indicator that offices answer with a mark. A digit or a dash says so only by
// the company that it keeps.

// fewestSigned is how many columns of figures must hold nothing but explained
// signs before the whole table is one of marks.
const fewestSigned = 5

// takeSign adds what the legend says of one cell to the evidence, and reports
// whether it says a mark.
func (p *profile) takeSign(l legend, c *tonghop.Cell) bool {
	p.cells++
	if c.Style.Percent || c.Style.Date || c.Kind != tonghop.CellNumber && c.Kind != tonghop.CellText {
		return false
	}
	s, ok := l.known[signKey(c.Stored)]
	if !ok || s.Mark == tonghop.MarkNone || s.Also != tonghop.MarkNone {
		return false
	}
	p.signed++
	p.drawn = p.drawn || s.Text != "0" && s.Text != "1"
	p.met = p.met || s.Mark == tonghop.Met
	p.unmet = p.unmet || s.Mark != tonghop.Met
	return true
}

// settleSigns decides which columns hold the legend's marks instead of figures:
// those in which two different signs and nothing else stand, for no column has
// only shares of 0 and of 1, and no count is a cross; those whose indicator is a mark anyway;
// and every column of a table in which all columns of shares are so.
func settleSigns(all map[string]*profile) {
	shares, signed := 0, 0
	for _, p := range all {
		if (p.share || p.marksOnly) && p.cells > 0 {
			if shares++; p.signed == p.cells {
				signed++
			}
		}
	}
	table := signed >= fewestSigned && signed == shares
	for field, p := range all {
		if p.cells == 0 || p.signed < p.cells || ownCounts[field] {
			continue
		}
		mark := p.kind == tonghop.TypeMark || p.kind == tonghop.TypeGrade
		p.signs = table || p.share && mark || p.met && p.unmet && (p.share || p.drawn)
	}
}

// blankSign is the sign of a legend that says what an empty cell means.
const blankSign = "để trống"

var blankPair = regexp.MustCompile(`(?:^|[;,:.( ])(?:ô )?(?:để|bỏ)? ?(?:trống|trắng) *(?::|=|là|->|→|-|nghĩa là|tức là|coi là|được hiểu là) *(chưa đạt|không đạt)(?:$|[^\pL])`)

// explainsBlank reads "x: đạt; để trống: chưa đạt". An empty cell says something
// only where the same line explains the sign that stands in the others.
func (v *vocabulary) explainsBlank(fold string, others []tonghop.Sign) []tonghop.Sign {
	m := blankPair.FindStringSubmatch(fold)
	if m == nil || len(others) == 0 {
		return nil
	}
	return []tonghop.Sign{{Text: blankSign, Mark: v.marks[m[1]]}}
}

// fillBlanks gives the empty cells of marks in a commune's row what the legend
// says of them. A row without any mark is not filled in, and a column without
// any is nobody's: there an empty cell stays one.
func (r *reader) fillBlanks(row *tonghop.Row, profiles map[string]*profile) {
	s, ok := r.n.legend.known[blankSign]
	if !ok || s.Also != tonghop.MarkNone {
		return
	}
	filled := false
	for _, v := range row.Values {
		filled = filled || v.Mark != tonghop.MarkNone
	}
	for i := range row.Values {
		v, p := &row.Values[i], profiles[profileKey(r.fields[i])]
		if filled && v.Empty == tonghop.NotReported && v.Raw == "" && p.signed > 0 && p.signed+p.worded == p.cells && !ownCounts[v.Field] {
			v.Empty, v.Mark = "", s.Mark
		}
	}
}
