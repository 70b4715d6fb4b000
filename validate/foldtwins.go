package validate

import (
	"maps"

	"github.com/tonghop/tonghop"
)

// foldTwins puts what is said of cells of a second sheet under the same thing said of
// those of the first: a finding is of one sheet, a contradiction may be of two.
func foldTwins(all []tonghop.Finding) {
	for j := range all {
		for i := range j {
			a, b := all[i], all[j]
			same := a.Rule == b.Rule && a.Unit == b.Unit && a.Field == b.Field && a.Found == b.Found && a.Weight() == b.Weight()
			if same && a.Unit != "" && a.Sheet != b.Sheet && len(a.Args) > 0 && maps.Equal(a.Args, b.Args) && a.Cause == "" && b.Cause == "" {
				all[j].Cause = a.Key()
			}
		}
	}
}
