package validate

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// How many figures a return must share with the last one before it is asked whether
// it is that one again: so many that can be compared, so many different ones among
// them, and of a hundred so many that are equal.
const (
	fewestRepeated  = 40
	variedRepeated  = 20
	percentRepeated = 98
)

// Repeated asks whether a return is the one of an earlier period again: all or nearly
// all of many and varied figures say what the nearest earlier report says, which is of
// the same office and form. A quiet month is possible, so nobody is blamed, and a
// report with few figures, or with few different ones, is never asked.
func Repeated(ret *tonghop.Return, before tonghop.History) []tonghop.Finding {
	if len(before) == 0 || before[0].Period == ret.Period {
		return nil
	}
	last := before[0]
	equal, all, varied := SameFigures(ret.Rows, last)
	if all < fewestRepeated || varied < variedRepeated || equal*100 < all*percentRepeated {
		return nil
	}
	f := tonghop.Finding{Rule: "KY-010", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}
	if at := slices.IndexFunc(ret.Rows, func(row tonghop.Row) bool { return row.LeftOut == "" }); at >= 0 {
		f = f.Over(ret.Rows[at].NameRef.Sheet)
	}
	f = f.Arg("equal", strconv.Itoa(equal)).Arg("all", strconv.Itoa(all)).Arg("period", ret.Period.String())
	return []tonghop.Finding{f.Arg("last", last.Period.String()).Arg("receipt", last.Receipt)}
}

// SameFigures counts the figures of rows that an earlier report says too, those of
// them that can be compared with it, and the different figures among the equal ones.
// Sums of criteria met hardly change and count for nothing; nor does it say much
// that what was none or all of a hundred still is.
func SameFigures(rows []tonghop.Row, last tonghop.Last) (equal, all, varied int) {
	seen, whole := map[string]bool{}, decimal.NewFromInt(100)
	for _, row := range rows {
		if row.LeftOut != "" {
			continue
		}
		for _, v := range row.Values {
			figure, ok := last.Figures[row.Unit][v.Field]
			if !ok || !v.Number.Valid || v.Field == tonghop.FieldTotalMet {
				continue
			}
			if all++; v.Number.Decimal.Equal(figure) {
				equal++
				if !figure.IsZero() && !figure.Equal(whole) {
					seen[plain(figure)] = true
				}
			}
		}
	}
	return equal, all, len(seen)
}

// plain writes a figure one way, whatever zeros it ends in.
func plain(d decimal.Decimal) string { return d.Truncate(6).String() }
