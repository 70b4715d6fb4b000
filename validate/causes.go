package validate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Causes looks for what explains several findings of a judged return at once, to be
// folded under it: a block that slid by a row, a block of rows of another office, a row under another commune's
// name, a row that sums up communes and is taken for one, and a total that holds a partial sum twice. It adds findings and
// changes nothing.
func Causes(ret *tonghop.Return) []tonghop.Finding {
	return slices.Concat(slidByRow(ret), foreignBlocks(ret), mistakenNames(ret), sumsAsCommunes(ret), addedTwice(ret))
}

// fewestForeign is how many rows of one other office, one below the other, are a
// block that was copied from its table.
const fewestForeign = 3

// foreignBlocks asks once about each run of rows of one other office.
func foreignBlocks(ret *tonghop.Return) (out []tonghop.Finding) {
	officeOf := func(row *tonghop.Row) (string, tonghop.Finding) {
		for _, f := range ret.Findings {
			if f.Rule == "DV-021" && row.LeftOut == f.Rule && f.Sheet == row.NameRef.Sheet && slices.Contains(f.Areas, row.Area) {
				return f.Args["other"], f
			}
		}
		return "", tonghop.Finding{}
	}
	for i := 0; i < len(ret.Rows); {
		other, of := officeOf(&ret.Rows[i])
		area, count, names := ret.Rows[i].Area, 1, []string{ret.Rows[i].Name}
		for other != "" && i+count < len(ret.Rows) {
			if next, _ := officeOf(&ret.Rows[i+count]); next != other || ret.Rows[i+count].NameRef.Sheet != of.Sheet {
				break
			}
			area, names = join(area, ret.Rows[i+count].Area), append(names, ret.Rows[i+count].Name)
			count++
		}
		if other != "" && count >= fewestForeign {
			f := tonghop.Finding{Rule: "DV-090", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: someOf(names)}.Over(of.Sheet, area)
			out = append(out, f.Arg("other", other).Arg("office", of.Args["office"]).Arg("count", strconv.Itoa(count)).Arg("area", area.String()))
		}
		i += count
	}
	return out
}

// someOf lists names, at most ten.
func someOf(names []string) string {
	if len(names) > 10 {
		names = append(slices.Clone(names[:10]), "…")
	}
	return strings.Join(names, ", ")
}

// join is the smallest area that holds two.
func join(a, b tonghop.Area) tonghop.Area {
	return tonghop.Area{Top: min(a.Top, b.Top), Left: min(a.Left, b.Left), Bottom: max(a.Bottom, b.Bottom), Right: max(a.Right, b.Right)}
}

// fewestSums is how many cells must show that a row is a sum.
const fewestSums = 5

// sumsAsCommunes asks about rows with an unknown name, or that of a town, which the
// district may bear as well, that sum up the communes above
// them, back to the last row that is none, or those below.
func sumsAsCommunes(ret *tonghop.Return) (out []tonghop.Finding) {
	for i := range ret.Rows {
		row := &ret.Rows[i]
		if row.LeftOut != "DV-020" && row.LeftOut != "DV-012" {
			continue
		}
		for _, of := range [][]tonghop.Row{above(ret.Rows, i), below(ret.Rows, i)} {
			proof, all := 0, 0
			for j, v := range row.Values {
				if want, ok := columnSum(of, j); ok && v.Number.Valid {
					if all++; v.Number.Decimal.Equal(want) {
						proof++
					}
				}
			}
			if len(of) < 2 || proof < fewestSums || proof*5 < all*4 {
				continue
			}
			area := of[0].Area
			for _, o := range of {
				area = join(area, o.Area)
			}
			f := tonghop.Finding{Rule: "TONG-011", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: row.Name}.Over(row.NameRef.Sheet, row.Area)
			out = append(out, f.Arg("area", area.String()).Arg("name_cell", row.NameRef.Cell()).
				Arg("proof", strconv.Itoa(proof)).Arg("of", strconv.Itoa(all)))
			break
		}
	}
	return out
}

// above are the communes right before a row.
func above(rows []tonghop.Row, i int) []tonghop.Row {
	from := i
	for from > 0 && rows[from-1].LeftOut == "" && rows[from-1].NameRef.Sheet == rows[i].NameRef.Sheet {
		from--
	}
	return rows[from:i]
}

// below are the communes right behind a row.
func below(rows []tonghop.Row, i int) []tonghop.Row {
	to := i + 1
	for to < len(rows) && rows[to].LeftOut == "" && rows[to].NameRef.Sheet == rows[i].NameRef.Sheet {
		to++
	}
	return rows[i+1 : to]
}

// columnSum is the sum of a column of rows, or the number of those that are met where
// it holds marks; false where nothing can be told from it.
func columnSum(rows []tonghop.Row, place int) (sum decimal.Decimal, ok bool) {
	figures, marks, met := 0, 0, int64(0)
	for _, row := range rows {
		if place >= len(row.Values) {
			return sum, false
		}
		switch v := row.Values[place]; {
		case v.Number.Valid:
			figures, sum = figures+1, sum.Add(v.Number.Decimal)
		case v.Mark != tonghop.MarkNone:
			if marks++; v.Mark == tonghop.Met {
				met++
			}
		}
	}
	if marks > figures {
		return decimal.NewFromInt(met), true
	}
	return sum, figures > 1 && !sum.IsZero()
}
