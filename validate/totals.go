package validate

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// reach is how many criteria a commune can have met, by its own marks.
type reach struct {
	met, claimed int      // criteria marked as met; criteria marked at all
	failed       int      // criteria that cannot be met
	metRefs      []string // fields marked as met
	failedNos    []string
}

func (r *run) reach(row *tonghop.Row) reach {
	var out reach
	for _, cr := range r.criteria.Criteria {
		no := strconv.Itoa(cr.No)
		if m, ok := claim(row, cr); ok {
			out.claimed++
			if m.Mark == tonghop.Met || m.Mark == tonghop.MarkNotApplicable {
				out.met++
				out.metRefs = append(out.metRefs, no)
			} else {
				out.failed++
				out.failedNos = append(out.failedNos, no+" ["+m.Ref.Cell()+"]")
			}
			continue
		}
		switch byIndicators(row, cr) {
		case tonghop.Met:
			out.met++
			out.metRefs = append(out.metRefs, no)
		case tonghop.NotMet:
			out.failed++
			out.failedNos = append(out.failedNos, no)
		}
	}
	return out
}

// byIndicators is what the marks of its indicators make of a criterion that
// has none itself: not met if one of them is missed, met if all are there.
func byIndicators(row *tonghop.Row, cr tonghop.Criterion) tonghop.Mark {
	met := 0
	for _, in := range cr.Indicators {
		switch m, _ := markOf(row, in.No); m.Mark {
		case tonghop.NotMet, tonghop.BasicallyMet:
			return tonghop.NotMet
		case tonghop.Met, tonghop.MarkNotApplicable:
			met++
		}
	}
	if met == len(cr.Indicators) {
		return tonghop.Met
	}
	return tonghop.MarkNone
}

// totalAgainstMarks: with all criteria marked, the total is their number.
func totalAgainstMarks(r *run, rule tonghop.Rule) {
	r.rows(func(_ int, row *tonghop.Row) bool {
		v, ok := figureOf(row, tonghop.FieldTotalMet)
		got := r.reach(row)
		if !ok || got.claimed < len(r.criteria.Criteria) || v.Number.Decimal.Equal(decimal.NewFromInt(int64(got.met))) {
			return true
		}
		f := tonghop.Finding{Unit: row.Unit, Field: v.Field, Found: v.Shown, Expected: strconv.Itoa(got.met)}.At(v.Ref)
		r.say(rule, f.Arg("unit", row.Official).Arg("failed", strings.Join(got.failedNos, ", ")))
		return true
	})
}

// totalOutOfReach: with some criteria marked, the total lies between those
// marked as met and those not marked as missed.
func totalOutOfReach(r *run, rule tonghop.Rule) {
	all := len(r.criteria.Criteria)
	r.rows(func(_ int, row *tonghop.Row) bool {
		v, ok := figureOf(row, tonghop.FieldTotalMet)
		got := r.reach(row)
		if !ok || got.claimed == all {
			return true
		}
		low, high := decimal.NewFromInt(int64(got.met)), decimal.NewFromInt(int64(all-got.failed))
		if v.Number.Decimal.GreaterThanOrEqual(low) && v.Number.Decimal.LessThanOrEqual(high) {
			return true
		}
		f := tonghop.Finding{Unit: row.Unit, Field: v.Field, Found: v.Shown,
			Expected: between(low.String(), high.String())}.At(v.Ref)
		r.say(rule, f.Arg("unit", row.Official).Arg("failed", strings.Join(got.failedNos, ", ")).
			Arg("met", strings.Join(got.metRefs, ", ")))
		return true
	})
}

// between writes the numbers that are possible.
func between(low, high string) string {
	if low == high {
		return low
	}
	return low + " – " + high
}
