package validate

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// block is what a slid block of cells touches.
type block struct {
	root   tonghop.Finding
	units  map[string]bool    // communes with cells in it
	fields map[string]bool    // of these cells
	claims map[[2]string]bool // communes and criteria of these cells
	marks  map[string]bool    // texts that are marks elsewhere in the table
}

// blockOf looks at the cells that a finding names.
func blockOf(ret *tonghop.Return, root tonghop.Finding) block {
	b := block{root, map[string]bool{}, map[string]bool{}, map[[2]string]bool{}, map[string]bool{}}
	for i := range ret.Rows {
		for _, v := range ret.Rows[i].Values {
			if v.Mark != tonghop.MarkNone {
				b.marks[strings.TrimSpace(v.Raw)] = true
			}
			if root.Names(v.Ref) {
				b.units[ret.Rows[i].Unit], b.fields[v.Field] = true, true
				b.claims[[2]string{ret.Rows[i].Unit, criterionOf(v.Field)}] = true
			}
		}
	}
	return b
}

// criterionOf is the number of the criterion to which a field belongs: 17 for 17.2
// and for TC17.
func criterionOf(field string) string {
	no, _, _ := strings.Cut(strings.TrimPrefix(field, "TC"), ".")
	return no
}

// explains reports whether a finding may follow from cells that stand in the wrong
// place: it names one of them, or sums up a row or a column that holds some, or holds
// a claim, perhaps of another sheet, against one. A text that nobody understands is
// explained only if it is a mark in its own place.
func (b block) explains(f tonghop.Finding) bool {
	switch f.Rule {
	case "TONG-001", "TONG-002":
		return b.units[f.Unit]
	case "O-020":
		if b.root.Rule == "O-060" { // the row that slid begins or ends beside what is certain
			return f.Unit == b.root.Unit
		}
	case "TONG-010":
		over, ok := difference(f)
		one := ok && over.Abs().Equal(decimal.NewFromInt(1)) // what one row changes in a count
		return b.fields[f.Field] || b.root.Rule == "O-060" && one
	case "TC-001", "TC-002", "TC-003", "TC-004", "TC-005", "TC-006":
		return b.claims[[2]string{f.Unit, criterionOf(f.Field)}] && (f.Sheet != b.root.Sheet || within(f, b.root, ownCell))
	case "BIEU-022": // what two tables say of a commune
		return b.claims[[2]string{f.Unit, criterionOf(f.Field)}]
	case "COT-021", "COT-022": // a column that is not known by its header alone
		return within(f, b.root, ownColumn)
	case "O-001":
		return within(f, b.root, ownCell) && b.marks[strings.TrimSpace(f.Found)]
	}
	return within(f, b.root, ownCell)
}
