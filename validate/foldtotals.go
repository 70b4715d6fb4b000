package validate

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// foldTotals puts a total under the wrong totals of communes that it sums up, where
// it says just what their sum is once they are right: whoever changed it as well
// would make it wrong.
func foldTotals(all []tonghop.Finding) {
	for i := range all {
		total := &all[i]
		if total.Rule != "TONG-010" || total.Field != tonghop.FieldTotalMet || total.Cause != "" || len(total.Areas) != 1 {
			continue
		}
		over, ok := difference(*total)
		first := -1
		for j, f := range all {
			if f.Rule != "TONG-001" || f.Sheet != total.Sheet || len(f.Areas) == 0 || !inLine(f.Areas[0], total.Areas[0]) {
				continue
			}
			wrong, known := difference(f)
			over, ok = over.Add(wrong), ok && known
			if first < 0 {
				first = j
			}
		}
		if ok && first >= 0 && over.IsZero() && total.Weight() <= all[first].Weight() {
			total.Cause = all[first].Key()
		}
	}
}

// inLine reports whether two cells stand in one column or one row.
func inLine(a, b tonghop.Area) bool { return a.Left == b.Left || a.Top == b.Top }

// difference is by how much what a cell says is more than what is expected of it;
// false if one of them is no number.
func difference(f tonghop.Finding) (decimal.Decimal, bool) {
	found, err := decimal.NewFromString(strings.ReplaceAll(f.Found, ",", "."))
	if err != nil {
		return found, false
	}
	want, err := decimal.NewFromString(strings.ReplaceAll(f.Expected, ",", "."))
	return found.Sub(want), err == nil
}
