package validate

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// printedThreshold: the form prints another threshold than the one in force,
// which is sure.
func printedThreshold(r *run, rule tonghop.Rule) { r.eachPrinted(rule, true) }

// printedUnsure: the form prints another threshold than the one that is
// remembered; nobody here can know which is right.
func printedUnsure(r *run, rule tonghop.Rule) { r.eachPrinted(rule, false) }

// eachPrinted says of each printed threshold that it differs from the one of
// the return's date and region, if how sure that one is fits.
func (r *run) eachPrinted(rule tonghop.Rule, sure bool) {
	for _, p := range r.ret.Printed {
		in, _, ok := r.criteria.Indicator(p.Field)
		if !ok {
			continue
		}
		t, ok := r.threshold(in)
		if !ok || r.certainty(t).Sure() != sure || agrees(p, in, t) {
			continue
		}
		sign := map[string]string{">=": "≥ ", "<=": "≤ "}
		f := tonghop.Finding{Field: in.No, Found: p.Text, Expected: sign[in.Operator] + comma(t.Figure.String())}.At(p.Ref)
		r.say(rule, f.Arg("printed", sign[p.Operator]+comma(p.Figure.String())).Arg("certainty", string(r.certainty(t))).
			Arg("basis", in.Basis).Arg("region", r.at.region).Arg("year", strconv.Itoa(r.at.year)).Arg("measure", in.Unit))
	}
}

// agrees compares a printed threshold with one in force. A share printed as a
// fraction is the same share.
func agrees(p tonghop.Printed, in tonghop.Indicator, t tonghop.Threshold) bool {
	if p.Operator != "" && p.Operator != in.Operator && in.Operator != "=" {
		return false
	}
	share := in.Type == tonghop.TypePercent || strings.Contains(in.Unit, "%")
	return p.Figure.Equal(t.Figure) || share && p.Figure.Mul(decimal.NewFromInt(100)).Equal(t.Figure)
}
