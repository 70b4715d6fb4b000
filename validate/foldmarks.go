package validate

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// foldCounts puts a count of marks under the contradictions between a criterion and
// its indicators that account for it: once the doubtful mark is turned round, the
// count is right. Whoever changed the count as well would make it wrong.
func foldCounts(all []tonghop.Finding) {
	for i := range all {
		f := &all[i]
		if f.Cause != "" || len(f.Areas) != 1 || !slices.Contains([]string{"TONG-001", "TONG-010"}, f.Rule) {
			continue
		}
		over, ok := difference(*f)
		if !ok || over.IsZero() {
			continue
		}
		doubts := doubtful(all, *f, over.Sign())
		if len(doubts) > 0 && over.Abs().Equal(decimal.NewFromInt(int64(len(doubts)))) && f.Weight() <= all[doubts[0]].Weight() {
			f.Cause = all[doubts[0]].Key()
		}
	}
}

// doubtful lists contradictions of which one mark counts for a total: sign 1 where
// a mark that is not met may be met, -1 where one that is met may not be.
func doubtful(all []tonghop.Finding, total tonghop.Finding, sign int) (at []int) {
	for j, f := range all {
		var place int // of the mark among the cells of the finding
		switch {
		case f.Cause != "" || f.Sheet != total.Sheet || len(f.Areas) < 2:
			continue
		case f.Rule == "TC-004" && sign < 0, f.Rule == "TC-005" && sign > 0:
			place = 0 // that of the criterion
		case f.Rule == "TC-004" && total.Rule == "TONG-010":
			place = 1 // that of the indicator
		default:
			continue
		}
		if total.Rule == "TONG-001" && f.Unit == total.Unit || total.Rule == "TONG-010" && inLine(f.Areas[place], total.Areas[0]) {
			at = append(at, j)
		}
	}
	return at
}
