package normalize

import "github.com/tonghop/tonghop"

// struck asks about a row whose name is struck out: whether it is withdrawn, or
// still counts, nobody here can know. What stands in it is kept meanwhile.
func (r *reader) struck(row *tonghop.Row, s seenRow) []tonghop.Finding {
	c := r.g.cell(s.row, s.at)
	if c.Blank() || c.Style == nil || !c.Style.Struck {
		return nil
	}
	f := tonghop.Finding{Rule: "DONG-010", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit, Found: s.name}.
		Over(r.cover.Sheet, row.Area)
	return []tonghop.Finding{f.Arg("unit", row.Official)}
}
