package validate_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// TestTotalsOfUnsureAddends: a total is not asked about for what its addends
// leave open, and still is where no reading of them gives it.
func TestTotalsOfUnsureAddends(t *testing.T) {
	const a, b = "29515", "29518" // two xã of thị xã Duyên Hải
	mark, average := tonghop.TotalCount, tonghop.TotalAverage
	for _, c := range []struct {
		name  string
		rows  string
		kind  tonghop.TotalKind
		total string
		open  string // cell that is empty, or about which the reading asks
		want  bool   // asked about
	}{
		{"twins that agree here count once", a + " TC1=Đạt TC2=Đạt|" + a + " TC1=Đạt TC2=Chưa|" + b + " TC1=Đạt TC2=Đạt", mark, "TC1=2", "", false},
		{"and no other number", a + " TC1=Đạt TC2=Đạt|" + a + " TC1=Đạt TC2=Chưa|" + b + " TC1=Đạt TC2=Đạt", mark, "TC1=1", "", true},
		{"of twins that differ either may count", a + " TC1=Đạt|" + a + " TC1=Chưa|" + b + " TC1=Đạt", mark, "TC1=1", "", false},
		{"one of them", a + " TC1=Đạt|" + a + " TC1=Chưa|" + b + " TC1=Đạt", mark, "TC1=2", "", false},
		{"never more", a + " TC1=Đạt|" + a + " TC1=Chưa|" + b + " TC1=Đạt", mark, "TC1=3", "", true},
		{"an empty cell may be meant", a + " TC1=Đạt|" + b + " TC1=", mark, "TC1=2", "C11", false},
		{"but is one commune", a + " TC1=Đạt|" + b + " TC1=", mark, "TC1=3", "C11", true},
		{"a mean over a doubtful figure", a + " 10=50|" + b + " 10=60000", average, "10=55", "C11", false},
		{"a mean over sure figures", a + " 10=50|" + b + " 10=60", average, "10=56", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, register, _ := world(t)
			ret := returnOf(register, "851", strings.Split(c.rows, "|")...)
			ret.Totals = []tonghop.Total{{Kind: c.kind, Label: tonghop.Ref{Sheet: "S", Row: 20, Col: 2},
				Values: []tonghop.Value{value(c.total, tonghop.Ref{Sheet: "S", Row: 20, Col: 3})}}}
			if c.open != "" {
				v := &ret.Rows[1].Values[0]
				if v.Mark == tonghop.MarkNone && !v.Number.Valid {
					v.Empty = tonghop.NotReported
				} else {
					ret.Findings = []tonghop.Finding{tonghop.Finding{Rule: "O-030", Severity: tonghop.Query, Field: v.Field}.At(v.Ref)}
				}
			}
			asked := false
			for _, f := range j.Check(ret).Findings {
				asked = asked || f.Rule == "TONG-010"
			}
			if asked != c.want {
				t.Errorf("asked about the total: %v, want %v", asked, c.want)
			}
		})
	}
}
