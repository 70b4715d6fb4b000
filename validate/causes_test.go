package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// figures is a return of communes with different figures in so many columns from
// column 2 on, one commune a row from row 5 on.
func figures(rows, cols int) *tonghop.Return {
	ret := &tonghop.Return{Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}}
	for i := range rows {
		at := 5 + i
		row := tonghop.Row{Unit: fmt.Sprint(i), Name: fmt.Sprint("Xã ", i), NameRef: tonghop.Ref{Sheet: "S", Row: at, Col: 1},
			Area: tonghop.Area{Top: at, Left: 1, Bottom: at, Right: cols + 1}}
		for j := range cols {
			row.Values = append(row.Values, tonghop.Value{Field: fmt.Sprint(j), Ref: tonghop.Ref{Sheet: "S", Row: at, Col: j + 2},
				Number: decimal.NewNullDecimal(decimal.New(int64(7*i*i+13*j+1), -1))})
		}
		ret.Rows = append(ret.Rows, row)
	}
	return ret
}

// rulesOf lists findings by rule and place.
func rulesOf(found []tonghop.Finding) (out string) {
	for _, f := range found {
		out += f.Rule + " " + f.Cells() + ";"
	}
	return out
}

// A report that says what the last one said is asked about once, and only if it says
// much and of many kinds.
func TestRepeated(t *testing.T) {
	may := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 5}
	for name, c := range map[string]struct {
		rows, cols, change int
		alike              bool
		want               bool
	}{
		"all the same":             {10, 10, 0, false, true},
		"nearly all":               {10, 10, 2, false, true},
		"some changed":             {10, 10, 3, false, false},
		"few figures":              {3, 10, 0, false, false},
		"all figures are the same": {10, 10, 0, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			ret := figures(c.rows, c.cols)
			if c.alike {
				for i := range ret.Rows {
					for j := range ret.Rows[i].Values {
						ret.Rows[i].Values[j].Number.Decimal = decimal.New(100, 0)
					}
				}
			}
			last := tonghop.LastOf(ret)
			last.Period, last.Receipt = may, "TC-1"
			for i := range c.change {
				ret.Rows[i].Values[i].Number.Decimal = decimal.New(9999, -1)
			}
			found := validate.Repeated(ret, tonghop.History{last})
			if (len(found) == 1) != c.want {
				t.Fatalf("asked %q, want %v", rulesOf(found), c.want)
			}
			if c.want && (found[0].Holds || found[0].Args["equal"] != fmt.Sprint(c.rows*c.cols-c.change) || found[0].Args["last"] != "2023-05") {
				t.Errorf("%+v", found[0])
			}
			if len(validate.Repeated(ret, nil)) > 0 {
				t.Error("asked without an earlier report")
			}
		})
	}
}

// Rows of one other office below one another are one question; two are two.
func TestForeignBlock(t *testing.T) {
	for count, want := range map[int]string{2: "", 3: "DV-090 A7:D9;"} {
		ret := figures(8, 3)
		for i := 2; i < 2+count; i++ {
			row := &ret.Rows[i]
			row.LeftOut = "DV-021"
			f := tonghop.Finding{Rule: "DV-021", Severity: tonghop.Query}.Over("S", row.Area).Arg("other", "Huyện Càng Long").Arg("office", "Huyện Trà Cú")
			ret.Findings = append(ret.Findings, f)
		}
		found := validate.Causes(ret)
		if got := rulesOf(found); got != want {
			t.Errorf("%d rows: %q, want %q", count, got, want)
		}
		if want != "" {
			folded := validate.Fold(append(ret.Findings, found...), ret)
			first, _ := tonghop.Folded(folded)
			if got := rulesOf(first); got != want {
				t.Errorf("stands for itself: %q", got)
			}
		}
	}
}

// A row with an unknown name that sums up the communes above it is said to be that,
// with the cells that show it; one that does not is only unknown.
func TestSumTakenForACommune(t *testing.T) {
	for name, spoil := range map[string]bool{"a sum": false, "no sum": true, "a sum under a town's name": false, "a town": true} {
		t.Run(name, func(t *testing.T) {
			ret := figures(6, 8)
			sum := &ret.Rows[5]
			sum.LeftOut, sum.Name = "DV-020", "Cụm 1"
			if strings.Contains(name, "town") { // which its district is called by as well
				sum.LeftOut, sum.Name = "DV-012", "Càng Long"
			}
			for j := range sum.Values {
				all := decimal.Zero
				for i := range 5 {
					all = all.Add(ret.Rows[i].Values[j].Number.Decimal)
				}
				if spoil && j%2 == 0 {
					all = all.Add(decimal.New(1, 0))
				}
				sum.Values[j].Number.Decimal = all
			}
			want := "TONG-011 A10:I10;"
			if spoil {
				want = ""
			}
			found := validate.Causes(ret)
			if got := rulesOf(found); got != want {
				t.Fatalf("%q, want %q", got, want)
			}
			if !spoil && (found[0].Args["proof"] != "8" || found[0].Args["area"] != "A5:I9") {
				t.Errorf("%v", found[0].Args)
			}
		})
	}
}

// A total that is too large by exactly another summing row holds that twice.
func TestAddedTwice(t *testing.T) {
	for name, by := range map[string]int64{"the partial sum": 1, "something else": 2} {
		t.Run(name, func(t *testing.T) {
			ret := figures(6, 6)
			part := tonghop.Total{Kind: tonghop.TotalSum, Text: "Cộng cụm 1", Label: tonghop.Ref{Sheet: "S", Row: 8, Col: 1}}
			total := tonghop.Total{Kind: tonghop.TotalSum, Text: "Tổng cộng", Label: tonghop.Ref{Sheet: "S", Row: 11, Col: 1}}
			for j := range 6 {
				own, want := decimal.New(int64(10+j), 0), decimal.New(int64(100+j), 0)
				value := func(row int, d decimal.Decimal) tonghop.Value {
					return tonghop.Value{Field: fmt.Sprint(j), Ref: tonghop.Ref{Sheet: "S", Row: row, Col: j + 2}, Number: decimal.NewNullDecimal(d)}
				}
				typed := value(11, want.Add(own.Mul(decimal.New(by, 0))))
				part.Values, total.Values = append(part.Values, value(8, own)), append(total.Values, typed)
				f := tonghop.Finding{Rule: "TONG-010", Severity: tonghop.Query, Expected: want.String()}.At(typed.Ref)
				ret.Findings = append(ret.Findings, f)
			}
			ret.Totals = []tonghop.Total{part, total}
			found := validate.Causes(ret)
			if (len(found) == 1) != (by == 1) {
				t.Fatalf("%q", rulesOf(found))
			}
			if by == 1 {
				first, follow := tonghop.Folded(validate.Fold(append(ret.Findings, found...), ret))
				if len(first) != 1 || first[0].Rule != "TONG-012" || len(follow[first[0].Key()]) != 6 {
					t.Errorf("stands for itself: %q", rulesOf(first))
				}
			}
		})
	}
}

// Under a block that slid stands what follows from that: not a claim elsewhere, not a
// text in the block that has no place anywhere, not an error of a formula.
func TestSlidBlockHidesNothing(t *testing.T) {
	ret := figures(10, 10)
	ret.Rows[0].Values[0].Mark, ret.Rows[0].Values[0].Raw = tonghop.Met, "Đạt"
	slid := tonghop.Finding{Rule: "NG-004", Severity: tonghop.Query, Holds: true}.Over("S", tonghop.Area{Top: 6, Left: 4, Bottom: 9, Right: 8})
	typed := func(text string, row int) tonghop.Finding {
		f := at("O-001", "S", row, 5)
		f.Found = text
		return f
	}
	total := at("TONG-001", "S", 7, 11)
	total.Unit = "2"
	other := at("TONG-001", "S", 11, 11)
	other.Unit = "6"
	found := []tonghop.Finding{slid, at("O-017", "S", 7, 5), typed("Đạt", 8), total, // follow from it
		typed("???", 9), at("O-007", "S", 8, 6), at("TC-001", "S", 12, 3), other}
	first, follow := tonghop.Folded(validate.Fold(found, ret))
	if got, want := rulesOf(first), "NG-004 D6:H9;O-001 E9;O-007 F8;TC-001 C12;TONG-001 K11;"; got != want {
		t.Errorf("stand for themselves: %q, want %q", got, want)
	}
	if got := len(follow[slid.Key()]); got != 3 {
		t.Errorf("%d follow, want 3", got)
	}
}
