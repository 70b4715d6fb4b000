package validate

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// threshold looks up what the indicator asks of the return's communes, and
// whether it may be compared with a figure at all.
func (r *run) threshold(in tonghop.Indicator) (tonghop.Threshold, bool) {
	t, ok := r.at.threshold(in)
	if ok && in.Type == tonghop.TypeCount && strings.EqualFold(strings.TrimSpace(t.Word), "Không") { // "Không": there may be none of them
		t.Word, t.Figure = "", decimal.Zero
	}
	return t, ok && t.Word == ""
}

// certainty is how sure it is that this threshold holds here: a figure of a
// region is no surer than that the province lies in it.
func (r *run) certainty(t tonghop.Threshold) tonghop.Certainty {
	if t.Region != "" && t.Certainty.Sure() && !r.at.sure.Sure() {
		return r.at.sure
	}
	return t.Certainty
}

// weigh lets a figure that is remembered with doubt only be noted.
func weigh(rule tonghop.Rule, t tonghop.Threshold) tonghop.Severity {
	if t.Certainty == tonghop.Doubtful || t.Certainty == tonghop.Unknown {
		return tonghop.Note
	}
	return rule.Severity
}

// against builds the finding for a figure that contradicts a mark, naming both
// cells, the threshold, how sure it is and where it comes from.
func (r *run) against(rule tonghop.Rule, row *tonghop.Row, in tonghop.Indicator, t tonghop.Threshold, v, m tonghop.Value) tonghop.Finding {
	sign := map[string]string{">=": "≥ ", "<=": "≤ ", "=": ""}[in.Operator]
	f := tonghop.Finding{Severity: weigh(rule, t), Unit: row.Unit, Field: in.No, Found: v.Shown,
		Expected: sign + comma(t.Figure.String())}
	return f.Arg("unit", row.Official).Arg("value", comma(v.Figure())).Arg("mark", m.Shown).Arg("mark_cell", seenFrom(v.Ref, m.Ref)).
		Arg("certainty", string(r.certainty(t))).Arg("basis", in.Basis).Arg("indicator", in.Name).
		Arg("region", r.at.region).Arg("year", strconv.Itoa(r.at.year)).Arg("measure", in.Unit)
}

// valueAgainstMark: marked as met, but the figure does not reach the threshold.
func valueAgainstMark(r *run, rule tonghop.Rule) {
	r.eachPair(func(row *tonghop.Row, in tonghop.Indicator, t tonghop.Threshold, v, m tonghop.Value) {
		if m.Mark == tonghop.Met && !reaches(v, in, t) {
			r.sayZoned(rule, t, r.against(rule, row, in, t, v, m), v.Ref, m.Ref)
		}
	})
}

// markBelowValue: marked as not met, but the figure reaches a threshold that
// is sure.
func markBelowValue(r *run, rule tonghop.Rule) {
	r.eachPair(func(row *tonghop.Row, in tonghop.Indicator, t tonghop.Threshold, v, m tonghop.Value) {
		if m.Mark == tonghop.NotMet && r.certainty(t).Sure() && !r.at.mayDiffer(t) && reaches(v, in, t) {
			r.sayAt(rule, r.against(rule, row, in, t, v, m), v.Ref, m.Ref)
		}
	})
}

// eachPair yields every indicator that has both a figure and its own mark.
func (r *run) eachPair(do func(*tonghop.Row, tonghop.Indicator, tonghop.Threshold, tonghop.Value, tonghop.Value)) {
	r.rows(func(_ int, row *tonghop.Row) bool {
		for _, cr := range r.criteria.Criteria {
			for _, in := range cr.Indicators {
				t, ok := r.threshold(in)
				v, hasFigure := figureOf(row, in.No)
				m, hasMark := markOf(row, in.No)
				if ok && hasFigure && hasMark {
					do(row, in, t, v, m)
				}
			}
		}
		return true
	})
}

// criterionAgainstValue: the whole criterion is marked as met, but the figure
// of one of its indicators, which has no mark of its own, is below.
func criterionAgainstValue(r *run, rule tonghop.Rule) {
	r.eachCriterion(func(row *tonghop.Row, cr tonghop.Criterion, m tonghop.Value) {
		for _, in := range cr.Indicators {
			t, ok := r.threshold(in)
			v, hasFigure := figureOf(row, in.No)
			_, hasMark := markOf(row, in.No)
			if m.Mark == tonghop.Met && ok && hasFigure && !hasMark && !reaches(v, in, t) {
				r.sayZoned(rule, t, r.against(rule, row, in, t, v, m).Arg("criterion", strconv.Itoa(cr.No)), v.Ref, m.Ref)
			}
		}
	})
}

// criterionAgainstMarks: the whole criterion is marked as met, but an
// indicator of it as not met.
func criterionAgainstMarks(r *run, rule tonghop.Rule) {
	r.eachCriterion(func(row *tonghop.Row, cr tonghop.Criterion, m tonghop.Value) {
		for _, in := range cr.Indicators {
			own, ok := markOf(row, in.No)
			if m.Mark != tonghop.Met || !ok || own.Mark != tonghop.NotMet && own.Mark != tonghop.BasicallyMet {
				continue
			}
			f := tonghop.Finding{Unit: row.Unit, Field: m.Field, Found: m.Shown}
			r.sayAt(rule, f.Arg("unit", row.Official).Arg("criterion", strconv.Itoa(cr.No)).
				Arg("indicator", in.No).Arg("mark_cell", seenFrom(m.Ref, own.Ref)).Arg("mark", own.Shown), m.Ref, own.Ref)
		}
	})
}

// criterionBelowMarks: every indicator is marked as met, the criterion as not.
func criterionBelowMarks(r *run, rule tonghop.Rule) {
	r.eachCriterion(func(row *tonghop.Row, cr tonghop.Criterion, m tonghop.Value) {
		if m.Mark != tonghop.NotMet {
			return
		}
		refs := []tonghop.Ref{m.Ref}
		for _, in := range cr.Indicators {
			own, ok := markOf(row, in.No)
			if !ok || own.Mark != tonghop.Met && own.Mark != tonghop.MarkNotApplicable {
				return
			}
			refs = append(refs, own.Ref)
		}
		f := tonghop.Finding{Unit: row.Unit, Field: m.Field, Found: m.Shown}
		r.sayAt(rule, f.Arg("unit", row.Official).Arg("criterion", strconv.Itoa(cr.No)).
			Arg("count", strconv.Itoa(len(cr.Indicators))), refs...)
	})
}

// twoMarks: two cells of one commune mark the same field, and differ.
func twoMarks(r *run, rule tonghop.Rule) {
	r.rows(func(_ int, row *tonghop.Row) bool {
		first := map[string]tonghop.Value{}
		for _, v := range row.Values {
			if v.Mark == tonghop.MarkNone {
				continue
			}
			a, twice := first[v.Field]
			if !twice {
				first[v.Field] = v
			} else if a.Mark != v.Mark {
				f := tonghop.Finding{Unit: row.Unit, Field: v.Field, Found: a.Shown}
				r.sayAt(rule, f.Arg("unit", row.Official).Arg("criterion", strings.TrimPrefix(v.Field, "TC")).
					Arg("mark", v.Shown).Arg("mark_cell", seenFrom(a.Ref, v.Ref)), a.Ref, v.Ref)
			}
		}
		return true
	})
}

// eachCriterion yields every criterion of several indicators that the office
// marks as a whole.
func (r *run) eachCriterion(do func(*tonghop.Row, tonghop.Criterion, tonghop.Value)) {
	r.rows(func(_ int, row *tonghop.Row) bool {
		for _, cr := range r.criteria.Criteria {
			if m, ok := claim(row, cr); ok && len(cr.Indicators) > 1 {
				do(row, cr, m)
			}
		}
		return true
	})
}

// comma writes a figure as offices read it.
func comma(figure string) string { return strings.Replace(figure, ".", ",", 1) }
