package validate

import (
	"fmt"

	"github.com/tonghop/tonghop"
)

// Judge is a compiled set of rules over one criteria set.
type Judge struct {
	criteria *tonghop.Criteria
	register *tonghop.Register
	rules    []tonghop.Rule
}

// check is one kind of rule: it looks at a whole return.
type check func(*run, tonghop.Rule)

// kinds are the kinds of rules that rules.yaml may name.
func kinds() map[string]check {
	return map[string]check{
		"commune_missing":         communeMissing,
		"commune_missing_few":     communeMissingFew,
		"commune_unlisted":        communeUnlisted,
		"commune_twice":           communeTwice,
		"total_against_marks":     totalAgainstMarks,
		"total_out_of_reach":      totalOutOfReach,
		"total_row":               totalRow,
		"value_against_mark":      valueAgainstMark,
		"mark_below_value":        markBelowValue,
		"criterion_against_value": criterionAgainstValue,
		"criterion_against_marks": criterionAgainstMarks,
		"criterion_below_marks":   criterionBelowMarks,
		"two_marks":               twoMarks,
	}
}

// Compile prepares the rules; a kind that nobody knows stops the program at
// start.
func Compile(c *tonghop.Criteria, rules []tonghop.Rule, r *tonghop.Register) (*Judge, error) {
	known := kinds()
	for _, rule := range rules {
		if known[rule.Kind] == nil {
			return nil, fmt.Errorf("compile rule %s: unknown kind %q", rule.ID, rule.Kind)
		}
	}
	return &Judge{criteria: c, register: r, rules: rules}, nil
}

// Result is what judging a return gives.
type Result struct {
	Findings []tonghop.Finding
	LeftOut  map[int]string // index of a row → rule that keeps it out of the edition
}

// run is one return under judgement.
type run struct {
	*Judge
	ret *tonghop.Return
	at  place
	out Result
}

// Check judges a return by the rules in force on its as-of date. It changes
// nothing in it; rows that cannot be used are named in the result.
func (j *Judge) Check(ret *tonghop.Return) Result {
	r := &run{Judge: j, ret: ret, at: j.place(ret), out: Result{LeftOut: map[int]string{}}}
	known := kinds()
	for _, rule := range j.rules {
		if ret.AsOf.Within(rule.From, rule.To) {
			known[rule.Kind](r, rule)
		}
	}
	return r.out
}

// place is the threshold region of the return's office and the year of its
// as-of date.
func (j *Judge) place(ret *tonghop.Return) place {
	region, sure := j.register.Region(ret.Office.Code, ret.AsOf)
	year, _, _ := ret.AsOf.Parts()
	return place{region, sure, year}
}

// say adds a finding of a rule.
func (r *run) say(rule tonghop.Rule, f tonghop.Finding) {
	f.Rule, f.Owner = rule.ID, rule.Owner
	if f.Severity == "" {
		f.Severity = rule.Severity
	}
	r.out.Findings = append(r.out.Findings, f)
}

// rows yields the rows that count, with their index.
func (r *run) rows(yield func(int, *tonghop.Row) bool) {
	for i := range r.ret.Rows {
		if r.ret.Rows[i].LeftOut != "" || r.out.LeftOut[i] != "" {
			continue
		}
		if !yield(i, &r.ret.Rows[i]) {
			return
		}
	}
}
