package tonghop_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	exact "github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Only what nobody doubts is said of the last report.
func TestLastOf(t *testing.T) {
	v := func(field, figure string) tonghop.Value {
		return tonghop.Value{Field: field, Number: exact.NewNullDecimal(exact.RequireFromString(figure))}
	}
	doubtful := v("17.4", "3")
	doubtful.Doubt = true
	open := tonghop.Value{Field: "10", Empty: tonghop.Unreadable, Doubt: true}
	mark := tonghop.Value{Field: "9.1", Mark: tonghop.Met, Doubt: true}
	r := tonghop.Return{Form: "xa-ntm", Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 5}, AsOf: "2023-05-31",
		Submission: tonghop.Submission{Receipt: "TH-000007"}, Rows: []tonghop.Row{
			{Unit: "1", Values: []tonghop.Value{v("10", "43.2"), doubtful, v("9.1", "0"), mark}},
			{Unit: "2", Values: []tonghop.Value{v("10", "43.2"), open, v("9.1", "4"), v("9.1", "5"), v("17.4", "2"), v("17.4", "2.0")}},
			{Unit: "3", Values: []tonghop.Value{v("10", "1")}, LeftOut: "DV-012"},
			{Unit: "4", Values: []tonghop.Value{v("10", "1")}}, {Unit: "4", Values: []tonghop.Value{v("10", "1")}},
			{Unit: "", Values: []tonghop.Value{v("10", "1")}},
			{Unit: "5", Values: []tonghop.Value{{Field: "10", Empty: tonghop.NotReported}}},
		}}
	d := exact.RequireFromString
	want := tonghop.Last{Form: "xa-ntm", Period: r.Period, AsOf: "2023-05-31", Receipt: "TH-000007", Figures: map[string]map[string]exact.Decimal{
		"1": {"10": d("43.2"), "9.1": d("0")}, "2": {"17.4": d("2")}}}
	if diff := cmp.Diff(want, tonghop.LastOf(&r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	h := tonghop.History{tonghop.LastOf(&r), {Receipt: "TH-000002", Figures: map[string]map[string]exact.Decimal{"1": {"10": d("40"), "17.4": d("3")}}}}
	if got, from, ok := h.Figure("1", "17.4"); !ok || !got.Equal(d("3")) || from.Receipt != "TH-000002" {
		t.Errorf("a figure in doubt: %s of %s, %v; want that of the report before", got, from.Receipt, ok)
	}
	if got, from, ok := h.Figure("1", "10"); !ok || !got.Equal(d("43.2")) || from.Receipt != "TH-000007" {
		t.Errorf("the nearest: %s of %s, %v", got, from.Receipt, ok)
	}
	if _, _, ok := h.Figure("3", "10"); ok {
		t.Error("a row that does not count says something")
	}
}
