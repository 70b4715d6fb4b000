package validate

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// Standings gives for every row that counts, and every criterion, what the
// office claims and what follows from its figures by thresholds that are sure.
func (j *Judge) Standings(ret *tonghop.Return) []tonghop.Standing {
	var out []tonghop.Standing
	for i := range ret.Rows {
		row := &ret.Rows[i]
		if row.LeftOut != "" || row.Unit == "" {
			continue
		}
		at := j.place(ret, row.Unit)
		for _, cr := range j.criteria.Criteria {
			out = append(out, standing(row, cr, at))
		}
	}
	return out
}

// place is by which thresholds a commune is judged.
type place struct {
	region string
	sure   tonghop.Certainty // of the region
	year   int
	zones  []tonghop.Zone // statuses of the commune on the date, as far as somebody wrote them down
}

func standing(row *tonghop.Row, cr tonghop.Criterion, at place) tonghop.Standing {
	s := tonghop.Standing{Unit: row.Unit, Criterion: cr.No, Judged: tonghop.JudgedMet, Why: "by_threshold"}
	if c, ok := claim(row, cr); ok {
		s.Claimed, s.ClaimRef = c.Mark, c.Ref
	}
	for _, in := range cr.Indicators {
		judged, why, sources := judgeIndicator(row, in, at)
		s.Sources = append(s.Sources, sources...)
		switch {
		case judged == tonghop.JudgedNotMet:
			s.Judged, s.Why = judged, why
		case judged == tonghop.JudgedOpen && s.Judged == tonghop.JudgedMet:
			s.Judged, s.Why = judged, why
		}
	}
	return s
}

// judgeIndicator judges one indicator from its figure, or from its mark where
// the decision asks for no figure. Only thresholds that are sure decide, and
// one of a region only if it is sure that the province lies in it.
func judgeIndicator(row *tonghop.Row, in tonghop.Indicator, at place) (tonghop.Judgement, string, []tonghop.Value) {
	t, ok := at.threshold(in)
	if !ok || at.mayDiffer(t) {
		return tonghop.JudgedOpen, "threshold_unknown", nil
	}
	if !t.Certainty.Sure() {
		return tonghop.JudgedOpen, "threshold_unsure", nil
	}
	if t.Region != "" && !at.sure.Sure() {
		return tonghop.JudgedOpen, "region_unsure", nil
	}
	if t.Word == "" {
		v, ok := row.Value(in.No, false)
		if !ok || !v.Number.Valid {
			return tonghop.JudgedOpen, "no_value", nil
		}
		if v.Doubt {
			return tonghop.JudgedOpen, "in_doubt", nil
		}
		if reaches(v, in, t) {
			return tonghop.JudgedMet, "by_threshold", []tonghop.Value{v}
		}
		return tonghop.JudgedNotMet, "by_threshold", []tonghop.Value{v}
	}
	v, ok := row.Value(in.No, true)
	switch {
	case !ok:
		return tonghop.JudgedOpen, "no_value", nil
	case v.Mark == tonghop.Met:
		return tonghop.JudgedMet, "by_mark", []tonghop.Value{v}
	}
	return tonghop.JudgedNotMet, "by_mark", []tonghop.Value{v}
}

// reaches compares a figure with a threshold by the indicator's operator.
func reaches(v tonghop.Value, in tonghop.Indicator, t tonghop.Threshold) bool {
	switch in.Operator {
	case "<=":
		return v.Number.Decimal.LessThanOrEqual(t.Figure)
	case "=":
		return v.Number.Decimal.Equal(t.Figure)
	}
	return v.Number.Decimal.GreaterThanOrEqual(t.Figure)
}

// claim is the mark that the office gives a criterion: in a column for the
// whole criterion, or the only indicator's own.
func claim(row *tonghop.Row, cr tonghop.Criterion) (tonghop.Value, bool) {
	field := "TC" + strconv.Itoa(cr.No)
	if len(cr.Indicators) == 1 {
		field = cr.Indicators[0].No
	}
	return markOf(row, field)
}

// markOf is the value of a field that carries a mark.
func markOf(row *tonghop.Row, field string) (tonghop.Value, bool) {
	for _, v := range row.Values {
		if v.Field == field && v.Mark != tonghop.MarkNone {
			return v, true
		}
	}
	return tonghop.Value{}, false
}

// figureOf is the value of a field that carries a figure.
func figureOf(row *tonghop.Row, field string) (tonghop.Value, bool) {
	for _, v := range row.Values {
		if v.Field == field && v.Number.Valid {
			return v, true
		}
	}
	return tonghop.Value{}, false
}
