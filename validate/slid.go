package validate

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
)

// How many blank cells beside one another a commune must have for a block to be sought
// that slid over it, and how many contradictions must vanish once that is moved back.
const (
	fewestSlid  = 3
	fewestCured = 2
)

// gap is a stretch of blank cells of one row, by the places of its values.
type gap struct {
	row, from, to int
}

// slidByRow looks for a block that slid by a row where the sheet alone does not show
// it: a commune is blank in a stretch, and totals and marks that contradict each
// other agree once the rows on one side of it are moved over it.
func slidByRow(ret *tonghop.Return) []tonghop.Finding {
	rows := likeRows(ret)
	if len(rows) < 3 || anyOf(ret, "NG-001", "NG-002", "NG-003", "NG-004", "NG-005", "NG-007") {
		return nil
	}
	before := contradictions(rows, gap{}, nil)
	if before < fewestCured {
		return nil
	}
	var best gap
	var starts []int // rows whose figures may be the ones that are lost
	fewest := before
	for _, g := range gapsOf(rows) {
		for lost := range rows {
			if lost == g.row {
				continue
			}
			switch after := contradictions(rows, g, movedBack(g, lost)); {
			case after < fewest:
				fewest, best, starts = after, g, []int{lost}
			case after == fewest && after < before && g == best:
				starts = append(starts, lost)
			}
		}
	}
	if before-fewest < fewestCured || (before-fewest)*4 < before*3 {
		return nil
	}
	return []tonghop.Finding{sayMoved(rows, best, starts, before-fewest, before)}
}

// likeRows are the rows that count and hold the same fields, as they follow one another
// on the sheet, each with its values as they stand beside one another.
func likeRows(ret *tonghop.Return) (out []*tonghop.Row) {
	for i := range ret.Rows {
		row := &ret.Rows[i]
		if row.LeftOut != "" || len(row.Values) == 0 {
			continue
		}
		if len(out) > 0 && (len(row.Values) != len(out[0].Values) || row.NameRef.Sheet != out[0].NameRef.Sheet) {
			return nil
		}
		in := *row
		in.Values = slices.Clone(row.Values)
		slices.SortStableFunc(in.Values, func(a, b tonghop.Value) int {
			return cmp.Or(cmp.Compare(a.Ref.Sheet, b.Ref.Sheet), cmp.Compare(a.Ref.Col, b.Ref.Col), cmp.Compare(a.Ref.Row, b.Ref.Row))
		})
		out = append(out, &in)
	}
	return out
}

// anyOf reports whether a return holds a finding of one of the rules.
func anyOf(ret *tonghop.Return, rules ...string) bool {
	for _, f := range ret.Findings {
		for _, rule := range rules {
			if f.Rule == rule {
				return true
			}
		}
	}
	return false
}

// gapsOf lists the stretches of at least fewestSlid blank cells of one sheet.
func gapsOf(rows []*tonghop.Row) (out []gap) {
	for i, row := range rows {
		from := 0
		for j := 0; j <= len(row.Values); j++ {
			if j < len(row.Values) && row.Values[j].Empty == tonghop.NotReported && row.Values[j].Ref.Sheet == row.Values[from].Ref.Sheet {
				continue
			}
			if j-from >= fewestSlid && row.Values[from].Empty == tonghop.NotReported {
				out = append(out, gap{i, from, j - 1})
			}
			from = j
			if j < len(row.Values) && row.Values[j].Empty != tonghop.NotReported {
				from = j + 1
			}
		}
	}
	return out
}

// movedBack tells from which row each row takes the cells of a stretch if those of one
// row are lost and the others between it and the gap slid; -1 for the lost ones.
func movedBack(g gap, lost int) func(int) int {
	return func(row int) int {
		switch {
		case row == lost:
			return -1
		case lost < row && row <= g.row:
			return row - 1
		case g.row <= row && row < lost:
			return row + 1
		}
		return row
	}
}

// contradictions counts totals of criteria met that are not what the marks give, and
// criteria whose mark is not what the marks of their indicators give. from moves the
// cells of a stretch; nil leaves them.
func contradictions(rows []*tonghop.Row, g gap, from func(int) int) (count int) {
	for i := range rows {
		claims, parts, all := map[string]tonghop.Mark{}, map[string][]tonghop.Mark{}, map[string]bool{}
		var total tonghop.Value
		for j := range rows[i].Values {
			v := rows[i].Values[j]
			if from != nil && j >= g.from && j <= g.to {
				at := from(i)
				if at < 0 {
					v = tonghop.Value{Field: v.Field}
				} else {
					v = rows[at].Values[j]
				}
			}
			no := criterionOf(v.Field)
			switch {
			case v.Field == tonghop.FieldTotalMet:
				total = v
				continue
			case v.Mark == tonghop.MarkNone:
			case "TC"+no == v.Field || no == v.Field:
				claims[no] = v.Mark
			default:
				parts[no] = append(parts[no], v.Mark)
			}
			all[no] = true
		}
		count += disagreeing(claims, parts, all, total)
	}
	return count
}

// disagreeing counts the contradictions of one row.
func disagreeing(claims map[string]tonghop.Mark, parts map[string][]tonghop.Mark, all map[string]bool, total tonghop.Value) (count int) {
	met := 0
	for no, claim := range claims {
		if claim == tonghop.Met || claim == tonghop.MarkNotApplicable {
			met++
		}
		for _, part := range parts[no] {
			if claim == tonghop.Met && (part == tonghop.NotMet || part == tonghop.BasicallyMet) {
				count++
			}
		}
	}
	if total.Number.Valid && len(claims) == len(all) && total.Number.Decimal.IntPart() != int64(met) {
		count++
	}
	return count
}

// sayMoved asks about the block that slid over a gap. Where it may begin in several
// rows, the block is what has slid in any case.
func sayMoved(rows []*tonghop.Row, g gap, lost []int, cured, all int) tonghop.Finding {
	near, far := lost[0], lost[0]
	for _, i := range lost {
		if (i < g.row) != (near < g.row) {
			continue
		}
		if abs(i-g.row) < abs(near-g.row) {
			near = i
		}
		if abs(i-g.row) > abs(far-g.row) {
			far = i
		}
	}
	hole := areaOf(rows, g, g.row, g.row)
	block, may, step := areaOf(rows, g, near, g.row-1), areaOf(rows, g, far, near-1), 1
	if near > g.row {
		block, may, step = areaOf(rows, g, g.row+1, near), areaOf(rows, g, near+1, far), -1
	}
	target := rows[g.row].Values[g.from].Ref
	if step > 0 {
		target = rows[near+1].Values[g.from].Ref
	}
	first := rows[g.row].Values[g.from].Ref
	move := map[int]string{1: "up", -1: "down"}[step]
	if areaOf(rows, g, 0, 0).Left == areaOf(rows, g, 0, 0).Right { // communes stand side by side
		move = map[int]string{1: "left", -1: "right"}[step]
	}
	areas := []tonghop.Area{block, hole}
	f := tonghop.Finding{Rule: "NG-006", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Holds: true}
	if near != far {
		areas = append(areas, may)
		f = f.Arg("maybe", may.String())
	}
	f = f.Over(first.Sheet, areas...).Arg("area", block.String()).Arg("hole", hole.String()).Arg("move", move).Arg("target", target.Cell())
	return f.Arg("proof", strconv.Itoa(cured)).Arg("of", strconv.Itoa(all))
}

// areaOf is where the cells of a stretch stand in the rows from one to another.
func areaOf(rows []*tonghop.Row, g gap, from, to int) (out tonghop.Area) {
	for i := max(from, 0); i <= min(to, len(rows)-1); i++ {
		for j := g.from; j <= g.to; j++ {
			r := rows[i].Values[j].Ref
			cell := tonghop.Area{Top: r.Row, Left: r.Col, Bottom: r.Row, Right: r.Col}
			if out.Top == 0 {
				out = cell
			}
			out = join(out, cell)
		}
	}
	return out
}

func abs(n int) int { return max(n, -n) }
