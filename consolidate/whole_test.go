package consolidate_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/consolidate/consolidatetest"
)

// claims is an accepted return that claims a total for each commune, in the
// order given.
func claims(office tonghop.Unit, p tonghop.Period, receipt string, met int64, codes ...string) tonghop.Return {
	r := tonghop.Return{Form: "xa-ntm", Office: office, Province: "86", Period: p, AsOf: p.AsOf(), Version: 1,
		State: tonghop.Accepted, Current: true, Submission: tonghop.Submission{Receipt: receipt, Name: receipt + ".xlsx"}}
	for i, code := range codes {
		at := tonghop.Ref{Sheet: "S", Row: 9 + i, Col: 2}
		r.Rows = append(r.Rows, tonghop.Row{Unit: code, Name: code, NameRef: at, Area: tonghop.Area{Top: at.Row, Left: 2, Bottom: at.Row, Right: 3},
			Values: []tonghop.Value{{Field: tonghop.FieldTotalMet, Number: decimal.NewNullDecimal(decimal.NewFromInt(met)),
				Ref: tonghop.Ref{Sheet: "S", Row: at.Row, Col: 3}}}})
		r.Findings = append(r.Findings, tonghop.Finding{Rule: "O-020", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: code}.At(at))
	}
	return r
}

// A commune's own form counts before the province's table, which speaks for the
// others; what does not count of it is named, and nothing is said twice.
func TestCommunesBesideTheProvincesTable(t *testing.T) {
	in := inputs(t)
	in.Period = tonghop.Period{Kind: tonghop.Month, Year: 2025, N: 9}
	on := in.Period.AsOf()
	in.Province, _ = in.Known.Register.Unit("86", on)
	own, _ := in.Known.Register.Unit("29365", on)
	mine := claims(own, in.Period, "TH-000001", 19, "29365")
	table := claims(in.Province, in.Period, "TH-000002", 17, "29365", "29461")
	in.Accepted, in.Before = consolidatetest.List(mine, table), consolidatetest.List(claims(in.Province, in.Period.Previous(), "TH-000000", 15, "29365", "29461"))
	in.All, in.Standings = consolidatetest.List(mine, table), nil
	e := assemble(t, in)
	s := sheet(t, e, "Xã")
	for code, want := range map[string]int64{"29365": 19, "29461": 17} {
		cells := row(t, s, 1, code)
		if total := cells[3+19]; !total.Number.Valid || !total.Number.Decimal.Equal(decimal.NewFromInt(want)) {
			t.Errorf("%s: total %v, want %d", code, total.Number, want)
		}
	}
	var receipts []string
	for _, i := range e.Inputs {
		receipts = append(receipts, i.Receipt)
	}
	slices.Sort(receipts)
	if !slices.Equal(receipts, []string{"TH-000001", "TH-000002"}) {
		t.Errorf("made from %v, want each return once", receipts)
	}
	named, rules := 0, map[string]int{}
	for _, r := range sheet(t, e, "Tình hình nộp").Rows {
		for _, c := range r.Cells {
			if slices.Contains([]string{"Tỉnh Vĩnh Long"}, c.Text) {
				named++
			}
		}
	}
	for _, r := range sheet(t, e, "Cần xử lý").Rows {
		if len(r.Cells) >= 13 && r.Cells[12].Text == "O-020" {
			rules[r.Cells[11].Text]++
		}
	}
	if named != 1 || rules["TH-000001"] != 1 || rules["TH-000002"] != 2 {
		t.Errorf("the table stands on %d lines of the deliveries, findings %v; want 1, and each finding once", named, rules)
	}
	if _, err := consolidate.Assemble(in); err != nil {
		t.Errorf("again: %v", err)
	}
}

// A commune of the later of two lists counts where the report names it.
func TestCommunesBetweenLists(t *testing.T) {
	in := inputs(t)
	in.Period = tonghop.Period{Kind: tonghop.Month, Year: 2024, N: 12}
	on := in.Period.AsOf()
	in.Province, _ = in.Known.Register.Unit("24", on)
	late := tonghop.Unit{Code: "224"}
	for _, u := range in.Known.Register.Perhaps("24", on) {
		if u.Code == "224" {
			late = u
		}
	}
	in.Accepted = consolidatetest.List(claims(late, in.Period, "TH-000001", 19, "07576", "07600"))
	in.Before, in.All, in.Standings = nil, nil, nil
	s := sheet(t, assemble(t, in), "Xã")
	count := map[string]int{}
	for _, r := range s.Rows {
		if len(r.Cells) > 2 {
			count[r.Cells[0].Text]++
		}
	}
	if count["07576"] != 1 || count["07600"] != 1 {
		t.Errorf("the communes of the new district stand %v times, want once", []int{count["07576"], count["07600"]})
	}
	if cells := row(t, s, 1, "07576"); cells[1].Text != late.Name {
		t.Errorf("07576 is said to be of %q, want %q", cells[1].Text, late.Name)
	}
}
