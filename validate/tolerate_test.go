package validate

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// An explanation answers a question of one value, and a tolerance lets pass what
// lies in it, never more.
func TestExplain(t *testing.T) {
	june, july := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}, tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 7}
	form := &tonghop.Form{ID: "xa-ntm", Version: "2021-2025"}
	said := tonghop.Explanation{Rule: "O-003", Unit: "29503", Field: "10", Value: "100", Figure: "100", Period: june, Text: "đúng", State: tonghop.ExplanationOpen}
	with := func(state tonghop.ExplanationState) []tonghop.Explanation {
		e := said
		e.State = state
		return []tonghop.Explanation{e}
	}
	allow := func(kind, amount string, until tonghop.Date) []tonghop.Tolerance {
		return []tonghop.Tolerance{{Number: 1, Rule: "O-003", Form: "xa-ntm", Version: form.Key(), Province: "84", Office: "842", Unit: "29503", Field: "10",
			Kind: kind, Amount: amount, Value: "100", Figure: "100", Period: june, Until: until}}
	}
	for _, c := range []struct {
		name, value  string
		period       tonghop.Period
		severity     tonghop.Severity
		holds        bool
		explained    []tonghop.Explanation
		tolerances   []tonghop.Tolerance
		answer       string
		wantSeverity tonghop.Severity
	}{
		{"nobody explained", "100", june, tonghop.Query, false, nil, nil, "", tonghop.Query},
		{"waiting", "100", june, tonghop.Query, false, with(tonghop.ExplanationOpen), nil, "waiting", tonghop.Query},
		{"accepted", "100", june, tonghop.Query, false, with(tonghop.ExplanationAccepted), nil, "accepted", tonghop.Note},
		{"refused", "100", june, tonghop.Query, false, with(tonghop.ExplanationRefused), nil, "refused", tonghop.Query},
		{"another value", "101", june, tonghop.Query, false, with(tonghop.ExplanationAccepted), nil, "changed", tonghop.Query},
		{"a reject stays", "100", june, tonghop.Reject, false, with(tonghop.ExplanationAccepted), allow("same", "", ""), "reject", tonghop.Reject},
		{"what holds stays", "100", june, tonghop.Query, true, with(tonghop.ExplanationAccepted), allow("same", "", ""), "holds", tonghop.Query},
		{"last month", "100", july, tonghop.Query, false, with(tonghop.ExplanationAccepted), nil, "last", tonghop.Query},
		{"same value", "100", july, tonghop.Query, false, nil, allow("same", "", ""), "tolerated", tonghop.Note},
		{"not the same", "101", july, tonghop.Query, false, nil, allow("same", "", ""), "exceeded", tonghop.Query},
		{"just within percent", "105", july, tonghop.Query, false, nil, allow("percent", "5", ""), "tolerated", tonghop.Note},
		{"just beyond percent", "105.01", july, tonghop.Query, false, nil, allow("percent", "5", ""), "exceeded", tonghop.Query},
		{"within absolute", "98", july, tonghop.Query, false, nil, allow("absolute", "2", ""), "tolerated", tonghop.Note},
		{"beyond absolute", "97.9", july, tonghop.Query, false, nil, allow("absolute", "2", ""), "exceeded", tonghop.Query},
		{"on its last day", "100", july, tonghop.Query, false, nil, allow("same", "", "2023-07-31"), "tolerated", tonghop.Note},
		{"ended", "100", july, tonghop.Query, false, nil, allow("same", "", "2023-07-30"), "expired", tonghop.Query},
		{"one cell", "5", july, tonghop.Query, false, nil, allow("cells", "1", ""), "tolerated", tonghop.Note},
		{"too many cells", "5", july, tonghop.Query, false, nil, allow("cells", "0", ""), "exceeded", tonghop.Query},
	} {
		ref := tonghop.Ref{Sheet: "Biểu 03", Row: 14, Col: 6}
		f := tonghop.Finding{Rule: "O-003", Severity: c.severity, Holds: c.holds, Unit: "29503", Field: "10", Found: c.value}.At(ref)
		ret := tonghop.Return{Form: "xa-ntm", Province: "84", Office: tonghop.Unit{Code: "842"}, Period: c.period, AsOf: c.period.AsOf(), Findings: []tonghop.Finding{f},
			Rows: []tonghop.Row{{Unit: "29503", Values: []tonghop.Value{{Field: "10", Number: decimal.NewNullDecimal(decimal.RequireFromString(c.value)), Ref: ref}}}}}
		got := Explain(&ret, tonghop.Known{Form: form, Explained: c.explained, Tolerances: c.tolerances}).Findings[0]
		if got.Args[tonghop.ArgAnswer] != c.answer || got.Severity != c.wantSeverity {
			t.Errorf("%s: %q %s, want %q %s", c.name, got.Args[tonghop.ArgAnswer], got.Severity, c.answer, c.wantSeverity)
		}
	}
}
