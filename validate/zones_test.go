package validate_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// TestZones judges a commune with a status of its own by the figure of that status;
// where the set has none, the region's is noted and decides nothing. A commune of
// which nobody wrote a status is judged by its region.
func TestZones(t *testing.T) {
	const commune = "29263"
	_, register, rules := world(t)
	criteria := func(figures ...tonghop.Threshold) *tonghop.Criteria {
		in := tonghop.Indicator{No: "1", Name: "Tỷ lệ", Type: tonghop.TypePercent, Operator: ">=", Certainty: tonghop.Verified,
			Thresholds: append(figures, tonghop.Threshold{Region: "DBSCL", Figure: decimal.NewFromInt(90), Certainty: tonghop.Verified})}
		return &tonghop.Criteria{Criteria: []tonghop.Criterion{{No: 1, Indicators: []tonghop.Indicator{in}}}}
	}
	special := tonghop.Threshold{Zone: tonghop.ZoneDBKK, Figure: decimal.NewFromInt(70), Certainty: tonghop.Verified}
	listed := func(from, to tonghop.Date) *tonghop.Register {
		return register.WithZones([]tonghop.Zone{{Code: commune, Kind: tonghop.ZoneDBKK, Decision: "QĐ của bài thử", From: from, To: to}})
	}
	for _, c := range []struct {
		name     string
		register *tonghop.Register
		criteria *tonghop.Criteria
		figure   string
		said     string
		judged   tonghop.Judgement
	}{
		{"no status", register, criteria(special), "75", "TC-001 query", tonghop.JudgedOpen}, // the region is not verified
		{"its figure is reached", listed("2022-01-01", ""), criteria(special), "75", "", tonghop.JudgedMet},
		{"its figure is not", listed("2022-01-01", ""), criteria(special), "65", "TC-001 query", tonghop.JudgedNotMet},
		{"no figure", listed("2022-01-01", ""), criteria(), "75", "GC-125 note", tonghop.JudgedOpen},
		{"no figure, and the region's is reached", listed("2022-01-01", ""), criteria(), "95", "", tonghop.JudgedOpen},
		{"not any more", listed("2022-01-01", "2023-01-31"), criteria(special), "75", "TC-001 query", tonghop.JudgedOpen},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, err := validate.Compile(c.criteria, rules, c.register)
			if err != nil {
				t.Fatal(err)
			}
			number := decimal.NewNullDecimal(decimal.RequireFromString(c.figure))
			at := func(col int) tonghop.Ref { return tonghop.Ref{Sheet: "Biểu", Row: 10, Col: col} }
			row := tonghop.Row{Unit: commune, Official: "Xã Long Đức", NameRef: at(2), Values: []tonghop.Value{
				{Field: "1", Shown: c.figure, Number: number, Ref: at(3)},
				{Field: "1", Shown: "Đạt", Mark: tonghop.Met, Ref: at(4)}}}
			office, _ := register.Unit("842", "2023-06-30")
			ret := tonghop.Return{Office: office, AsOf: "2023-06-30", Rows: []tonghop.Row{row}}
			var said []string
			for _, f := range j.Check(&ret).Findings {
				if strings.HasPrefix(f.Rule, "TC-") || strings.HasPrefix(f.Rule, "GC-") {
					said = append(said, f.Rule+" "+string(f.Severity))
					if f.Cells() != "C10,D10" && f.Cells() != "C10:D10" {
						t.Errorf("%s at %s", f.Rule, f.Cells())
					}
				}
			}
			if got := strings.Join(said, "; "); got != c.said {
				t.Errorf("said %q, want %q", got, c.said)
			}
			if got := j.Standings(&ret)[0].Judged; got != c.judged {
				t.Errorf("judged %q, want %q", got, c.judged)
			}
		})
	}
}
