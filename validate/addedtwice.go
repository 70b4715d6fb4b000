package validate

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// addedTwice asks about totals that are larger than the communes give by exactly what
// another summing row of the return says: that row was added as if it were a commune.
func addedTwice(ret *tonghop.Return) (out []tonghop.Finding) {
	for _, total := range ret.Totals {
		wrong := wrongOf(ret, total)
		if len(wrong) < fewestOfLine {
			continue
		}
		for _, part := range ret.Totals {
			if part.Label == total.Label || part.Kind != total.Kind {
				continue
			}
			proof := 0
			for _, v := range part.Values {
				if over, ok := wrong[placeOf(v, total)]; ok && v.Number.Valid && v.Number.Decimal.Equal(over) {
					proof++
				}
			}
			if proof < fewestOfLine || proof*5 < len(wrong)*4 {
				continue
			}
			area := tonghop.Area{Top: total.Label.Row, Left: total.Label.Col, Bottom: total.Label.Row, Right: total.Label.Col}
			for _, v := range total.Values {
				area = join(area, tonghop.Area{Top: v.Ref.Row, Left: v.Ref.Col, Bottom: v.Ref.Row, Right: v.Ref.Col})
			}
			f := tonghop.Finding{Rule: "TONG-012", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: total.Text}.Over(total.Label.Sheet, area)
			out = append(out, f.Arg("label", total.Text).Arg("part", part.Text).
				Arg("proof", strconv.Itoa(proof)).Arg("of", strconv.Itoa(len(wrong))))
			break
		}
	}
	return out
}

// placeOf is the column, or in a table on its side the row, of a summing row's value.
func placeOf(v tonghop.Value, in tonghop.Total) int {
	if lineOf(in, in.Values[0]).turned {
		return v.Ref.Row
	}
	return v.Ref.Col
}

// wrongOf tells by how much the cells of a total are larger than the communes give, by
// their place.
func wrongOf(ret *tonghop.Return, total tonghop.Total) map[int]decimal.Decimal {
	over := map[int]decimal.Decimal{}
	for _, f := range ret.Findings {
		if !ofTotals(f.Rule) {
			continue
		}
		want, err := decimal.NewFromString(strings.ReplaceAll(f.Expected, ",", "."))
		for _, v := range total.Values {
			if err == nil && f.Names(v.Ref) && v.Number.Valid && v.Number.Decimal.GreaterThan(want) {
				over[placeOf(v, total)] = v.Number.Decimal.Sub(want)
			}
		}
	}
	return over
}
