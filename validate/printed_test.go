package validate_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// TestPrinted asks the office where its form prints another threshold than one
// that is sure, and tells only the province where ours is not.
func TestPrinted(t *testing.T) {
	_, register, rules := world(t)
	threshold := func(figure int64, c tonghop.Certainty, region string) []tonghop.Threshold {
		return []tonghop.Threshold{{Figure: decimal.NewFromInt(figure), Certainty: c, Region: region}}
	}
	set := &tonghop.Criteria{ID: "x", Criteria: []tonghop.Criterion{{No: 1, Indicators: []tonghop.Indicator{
		{No: "1.1", Type: tonghop.TypePercent, Operator: ">=", Unit: "%", Basis: "QĐ", Thresholds: threshold(80, tonghop.Verified, "")},
		{No: "1.2", Type: tonghop.TypePercent, Operator: "<=", Unit: "%", Thresholds: threshold(5, tonghop.FromMemory, "")},
		{No: "1.3", Type: tonghop.TypePercent, Operator: "<=", Unit: "%", Thresholds: threshold(19, tonghop.Verified, "DBSCL")}, // the province's region is remembered
		{No: "1.4", Type: tonghop.TypePercent, Operator: ">=", Unit: "%", ByProvince: true},
		{No: "1.5", Type: tonghop.TypeMark, Operator: "=", Thresholds: []tonghop.Threshold{{Word: "Đạt", Certainty: tonghop.Verified}}},
		{No: "1.6", Type: tonghop.TypeNumber, Operator: ">=", Unit: "m2/người", Thresholds: threshold(2, tonghop.Verified, "")},
	}}}}
	j, err := validate.Compile(set, rules, register)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field, operator, figure string
		rule, expected          string
	}{
		{"1.1", ">=", "80", "", ""}, {"1.1", "", "80", "", ""}, {"1.1", "", "0.8", "", ""},
		{"1.1", ">=", "75", "COT-041", "≥ 80"}, {"1.1", "<=", "80", "COT-041", "≥ 80"}, {"1.1", "", "75.5", "COT-041", "≥ 80"},
		{"1.2", "<=", "5", "", ""}, {"1.2", "<=", "4", "GC-103", "≤ 5"},
		{"1.3", "<=", "19", "", ""}, {"1.3", "<=", "20", "GC-103", "≤ 19"},
		{"1.4", ">=", "50", "", ""}, {"1.5", "", "50", "", ""}, {"1.6", ">=", "0.02", "COT-041", "≥ 2"}, {"9.9", "", "1", "", ""},
	} {
		ret := returnOf(register, "842", "29263")
		ret.Printed = []tonghop.Printed{{Field: c.field, Operator: c.operator, Figure: decimal.RequireFromString(c.figure),
			Text: "?", Ref: tonghop.Ref{Sheet: "S", Row: 4, Col: 7}}}
		got := tonghop.Finding{}
		for _, f := range j.Check(ret).Findings {
			if f.Rule == "COT-041" || f.Rule == "GC-103" {
				got = f
			}
		}
		owner := map[string]tonghop.Owner{"COT-041": tonghop.OwnerOffice, "GC-103": tonghop.OwnerProvince}[c.rule]
		weighs := map[string]tonghop.Severity{"COT-041": tonghop.Query, "GC-103": tonghop.Note}[c.rule]
		if got.Rule != c.rule || got.Expected != c.expected || got.Owner != owner || got.Severity != weighs {
			t.Errorf("%s printed as %s %s gives %s %s of %q for %q; want %s, %q", c.field, c.operator, c.figure,
				got.Severity, got.Rule, got.Owner, got.Expected, c.rule, c.expected)
		}
		if c.rule != "" && (got.Cells() != "G4" || got.Found != "?") {
			t.Errorf("%s names %s, found %q; want G4", c.rule, got.Cells(), got.Found)
		}
	}
}
