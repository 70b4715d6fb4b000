package normalize

import (
	"github.com/tonghop/tonghop"
)

// Where the legend gives signs to marks, a column that asks for a figure may
// hold marks all the same: a sheet of marks beside the sheet of figures, or an
// indicator that offices answer with a mark. A digit or a dash says so only by
// the company that it keeps.

// fewestSigned is how many columns of figures must hold nothing but explained
// signs before the whole table is one of marks.
const fewestSigned = 5

// takeSign adds what the legend says of one cell to the evidence.
func (p *profile) takeSign(l legend, c *tonghop.Cell) {
	p.cells++
	if c.Style.Percent || c.Style.Date || c.Kind != tonghop.CellNumber && c.Kind != tonghop.CellText {
		return
	}
	s, ok := l.known[signKey(c.Stored)]
	if !ok || s.Mark == tonghop.MarkNone || s.Also != tonghop.MarkNone {
		return
	}
	p.signed++
	p.met = p.met || s.Mark == tonghop.Met
	p.unmet = p.unmet || s.Mark != tonghop.Met
}

// settleSigns decides which columns hold the legend's marks instead of figures:
// those of shares in which two different signs and nothing else stand, for no
// column has only shares of 0 and of 1; those whose indicator is a mark anyway;
// and every column of a table in which all columns of shares are so.
func settleSigns(all map[string]*profile) {
	shares, signed := 0, 0
	for _, p := range all {
		if p.share && p.cells > 0 && !p.marksOnly {
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
		p.signs = table || p.share && (mark || p.met && p.unmet)
	}
}
