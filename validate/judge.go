package validate

import (
	"fmt"
	"slices"

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
		"printed_threshold":       printedThreshold,
		"printed_unsure":          printedUnsure,
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
	at  place // of the row that is looked at
	out Result

	differing map[string]bool              // communes with two rows that differ
	asked     map[string][]tonghop.Finding // questions that the reading asked, by field
}

// Check judges a return by the rules in force on its as-of date. It changes
// nothing in it; rows that cannot be used are named in the result.
func (j *Judge) Check(ret *tonghop.Return) Result {
	r := &run{Judge: j, ret: ret, at: j.place(ret, ret.Office.Code), out: Result{LeftOut: map[int]string{}}}
	known := kinds()
	for _, rule := range j.rules {
		if ret.AsOf.Within(rule.From, rule.To) {
			known[rule.Kind](r, rule)
		}
	}
	return r.out
}

// place is the threshold region of a commune and the year of the return's as-of
// date. The region is the commune's own where a province joins several, and
// the office's where the register does not know the commune on that day.
func (j *Judge) place(ret *tonghop.Return, commune string) place {
	region, sure := j.register.Region(commune, ret.AsOf)
	if region == "" {
		region, sure = j.register.Region(ret.Office.Code, ret.AsOf)
	}
	year, _, _ := ret.AsOf.Parts()
	return place{region, sure, year, j.zones(commune, ret.AsOf)}
}

// say adds a finding of a rule.
func (r *run) say(rule tonghop.Rule, f tonghop.Finding) {
	f.Rule, f.Owner = rule.ID, rule.Owner
	if f.Severity == "" {
		f.Severity = rule.Severity
	}
	r.out.Findings = append(r.out.Findings, f)
}

// sayAt adds a finding about several cells: one for each sheet that they stand
// on, since a finding is of one sheet.
func (r *run) sayAt(rule tonghop.Rule, f tonghop.Finding, refs ...tonghop.Ref) {
	var said []string
	for _, ref := range refs {
		if slices.Contains(said, ref.Sheet) {
			continue
		}
		said = append(said, ref.Sheet)
		var here []tonghop.Ref
		for _, o := range refs {
			if o.Sheet == ref.Sheet && !slices.Contains(here, o) {
				here = append(here, o)
			}
		}
		r.say(rule, f.At(here...))
	}
}

// seenFrom names a cell as one writes it beside another one: with its sheet if
// that is another.
func seenFrom(at, cell tonghop.Ref) string {
	if cell.Sheet == at.Sheet {
		return cell.Cell()
	}
	return cell.String()
}

// rows yields the rows that count, with their index; meanwhile r.at is the place
// of the row's commune.
func (r *run) rows(yield func(int, *tonghop.Row) bool) {
	for i := range r.ret.Rows {
		if r.ret.Rows[i].LeftOut != "" || r.out.LeftOut[i] != "" {
			continue
		}
		r.at = r.place(r.ret, r.ret.Rows[i].Unit)
		if !yield(i, &r.ret.Rows[i]) {
			return
		}
	}
}
