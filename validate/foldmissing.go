package validate

import (
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// foldMissing puts totals that are too large by no more than the communes without a
// row can account for under the first of these: who adds the rows makes them right.
// So many cells of one line must show it that no slip of the hand explains them.
func foldMissing(all []tonghop.Finding) {
	first, missing := -1, int64(0)
	for i, f := range all {
		if f.Rule == "DV-030" && (f.Cause == "" || first < 0) {
			if missing++; first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return
	}
	groups := map[string][]int{}
	for i, f := range all {
		over, ok := difference(f)
		if !ofTotals(f.Rule) || f.Cause != "" || !ok || over.Sign() <= 0 || f.Weight() > all[first].Weight() {
			continue
		}
		if f.Field == tonghop.FieldTotalMet || f.Args["unmet"] == "" || over.LessThanOrEqual(decimal.NewFromInt(missing)) {
			groups[f.Sheet+"!"+f.Args["label_cell"]] = append(groups[f.Sheet+"!"+f.Args["label_cell"]], i)
		}
	}
	for _, group := range groups {
		for _, i := range group {
			if len(group) >= fewestOfLine {
				all[i].Cause = all[first].Key()
			}
		}
	}
}
