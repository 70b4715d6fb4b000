package validate

import (
	"github.com/tonghop/tonghop"
)

// mistakenNames asks once where one commune has two rows and one has none: one of the
// two rows may be the other's. Told only to delete a row, a clerk would lose its
// figures.
func mistakenNames(ret *tonghop.Return) []tonghop.Finding {
	var twice, missing []tonghop.Finding
	for _, f := range ret.Findings {
		switch f.Rule {
		case "DV-031":
			twice = append(twice, f)
		case "DV-030":
			missing = append(missing, f)
		}
	}
	if len(twice) != 1 || len(missing) != 1 || twice[0].Weight() < missing[0].Weight() {
		return nil
	}
	var cells []tonghop.Ref
	for i := range ret.Rows {
		if row := &ret.Rows[i]; row.Unit == twice[0].Unit && twice[0].Names(row.NameRef) {
			cells = append(cells, row.NameRef)
		}
	}
	if len(cells) != 2 {
		return nil
	}
	f := tonghop.Finding{Rule: "DV-091", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: twice[0].Unit,
		Found: twice[0].Found, Holds: twice[0].Holds}.Over(twice[0].Sheet, twice[0].Areas...)
	f = f.Arg("unit", twice[0].Args["unit"]).Arg("missing", missing[0].Args["unit"]).
		Arg("first_cell", cells[0].Cell()).Arg("second_cell", cells[1].Cell())
	if twice[0].Args["different"] == "" {
		f = f.Arg("same", "yes")
	}
	return []tonghop.Finding{f}
}
