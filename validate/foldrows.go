package validate

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// foldNamesakes puts a commune that is missing under the row whose name is nearest to
// its own, or may be its own without accents, and is no commune: once that is corrected, nothing is missing.
func foldNamesakes(all []tonghop.Finding) {
	for i := range all {
		row := &all[i]
		if row.Rule != "DV-020" || row.Cause != "" || row.Args["near"]+row.Args["first"] == "" {
			continue
		}
		mayBe := []string{row.Args["near"], row.Args["first"], row.Args["second"]}
		for j := range all {
			f := &all[j]
			near := f.Rule == "DV-030" && f.Cause == "" && slices.Contains(mayBe, f.Args["unit"])
			if near && f.Weight() <= row.Weight() {
				f.Cause = row.Key()
			}
		}
	}
}

// foldLeftOut puts what is asked about several cells of a row that is not used under
// the question whose row it is.
func foldLeftOut(all []tonghop.Finding) {
	for i := range all {
		row := &all[i]
		if row.Cause != "" || !slices.Contains([]string{"DV-020", "DV-021", "DV-049", "DV-047"}, row.Rule) || len(row.Areas) != 1 {
			continue
		}
		var inside []int
		for j, f := range all {
			cell, ok := cellOf(f)
			if ok && f.Cause == "" && j != i && f.Sheet == row.Sheet && row.Names(cell) && strings.HasPrefix(f.Rule, "O-") && f.Weight() <= row.Weight() {
				inside = append(inside, j)
			}
		}
		if len(inside) < fewestOfLine {
			continue
		}
		for _, j := range inside {
			all[j].Cause = row.Key()
		}
	}
}
