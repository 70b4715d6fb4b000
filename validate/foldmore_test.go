package validate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// about is a question at cells of sheet S about a commune, with what stands there and
// what should.
func about(rule, unit, found, want string, cells ...tonghop.Ref) tonghop.Finding {
	f := tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: unit, Found: found, Expected: want}
	return f.At(cells...)
}

func cell(row, col int) tonghop.Ref { return tonghop.Ref{Sheet: "S", Row: row, Col: col} }

// What one slip of the hand makes a return contradict is one question, and what it does
// not explain is asked for itself.
func TestFoldOneSlip(t *testing.T) {
	twin := func(sheet, value string) tonghop.Finding {
		f := about("TC-001", "1", value, "≥ 47", cell(5, 3)).Arg("unit", "Xã A").Arg("value", value)
		f.Field, f.Sheet = "10", sheet
		return f
	}
	criterion := about("TC-004", "1", "Đạt", "", cell(7, 9), cell(7, 6))
	missing := about("DV-030", "4", "", "Xã D", cell(5, 2))
	totals := func(n int, over string) (out []tonghop.Finding) {
		for i := range n {
			out = append(out, about("TONG-010", "", over, "9", cell(20, 3+i)).Arg("label_cell", "B20").Arg("unmet", "C7"))
		}
		return out
	}
	income := func(n int) (out []tonghop.Finding) {
		for i := range n {
			f := at("O-030", "S", 2+i, 4)
			f.Field = "10"
			out = append(out, f)
		}
		return out
	}
	for name, c := range map[string]struct {
		found []tonghop.Finding
		rows  int
		want  []int // the index of each one's cause, -1 for none
	}{
		"one contradiction of two sheets":      {[]tonghop.Finding{twin("S", "7"), twin("T", "7")}, 3, []int{-1, 0}},
		"two contradictions":                   {[]tonghop.Finding{twin("S", "7"), twin("T", "8")}, 3, []int{-1, -1}},
		"a count of the doubtful mark":         {[]tonghop.Finding{criterion, about("TONG-010", "", "14", "13", cell(20, 6))}, 3, []int{-1, 0}},
		"a count that is less":                 {[]tonghop.Finding{criterion, about("TONG-010", "", "12", "13", cell(20, 6))}, 3, []int{-1, -1}},
		"a count of another column":            {[]tonghop.Finding{criterion, about("TONG-010", "", "14", "13", cell(20, 7))}, 3, []int{-1, -1}},
		"the commune's total":                  {[]tonghop.Finding{criterion, about("TONG-001", "1", "17", "18", cell(7, 30))}, 3, []int{-1, 0}},
		"another commune's total":              {[]tonghop.Finding{criterion, about("TONG-001", "2", "17", "18", cell(8, 30))}, 3, []int{-1, -1}},
		"totals that hold a missing commune":   {append(totals(4, "10"), missing), 3, []int{4, 4, 4, 4, -1}},
		"few such totals":                      {append(totals(3, "10"), missing), 3, []int{-1, -1, -1, -1}},
		"totals that are larger by more":       {append(totals(4, "11"), missing), 3, []int{-1, 0, 0, 0, -1}}, // a line of its own
		"half a column in another unit":        {income(5), 12, []int{-1, 0, 0, 0, 0}},
		"a few cells of a column":              {income(3), 12, []int{-1, -1, -1}},
		"a figure in doubt against its mark":   {[]tonghop.Finding{at("O-005", "S", 5, 3), about("TC-003", "1", "0,9", "≥ 90", cell(5, 3), cell(5, 9))}, 3, []int{-1, 0}},
		"a row that slid":                      {[]tonghop.Finding{about("O-060", "1", "Xã A", "", cell(5, 20)), about("O-020", "1", "", "", cell(5, 15)), about("O-020", "2", "", "", cell(6, 15)), about("TONG-010", "", "7", "8", cell(20, 16)), about("TONG-010", "", "5", "8", cell(20, 17))}, 3, []int{-1, 0, -1, 0, -1}},
		"the table of an office that is named": {[]tonghop.Finding{held(at("DV-002", "S", 1, 1)), at("DV-090", "S", 9, 2)}, 3, []int{-1, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			ret := returned(2, c.rows)
			for i := range ret.Rows {
				for j := range ret.Rows[i].Values {
					ret.Rows[i].Values[j].Field = fmt.Sprint(j)
				}
			}
			folded := validate.Fold(c.found, ret)
			var got []int
			for _, f := range folded {
				cause := -1
				for i, o := range folded {
					if f.Cause != "" && f.Cause == o.Key() {
						cause = i
					}
				}
				got = append(got, cause)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("causes (-want +got):\n%s", d)
			}
		})
	}
}

func held(f tonghop.Finding) tonghop.Finding {
	f.Holds = true
	return f
}

// One commune twice and one without a row: one of the two rows may be the other's. Where
// several are missing nobody can say whose.
func TestMistakenName(t *testing.T) {
	for missing, want := range map[int]string{0: "", 1: "DV-091 A6:D6,A8:D8;", 2: ""} {
		ret := figures(6, 3)
		ret.Rows[3].Unit = "1"
		twice := tonghop.Finding{Rule: "DV-031", Severity: tonghop.Query, Unit: "1", Found: "Xã 1"}.
			Over("S", ret.Rows[1].Area, ret.Rows[3].Area).Arg("unit", "Xã 1").Arg("different", "yes")
		ret.Findings = append(ret.Findings, twice)
		for i := range missing {
			ret.Findings = append(ret.Findings, tonghop.Finding{Rule: "DV-030", Severity: tonghop.Query}.
				Over("S", tonghop.Area{Top: 5, Left: 1, Bottom: 10, Right: 1}).Arg("unit", fmt.Sprint("Xã X", i)))
		}
		found := validate.Causes(ret)
		if got := rulesOf(found); got != want {
			t.Errorf("%d missing: %q, want %q", missing, got, want)
		}
		if want == "" {
			continue
		}
		if found[0].Args["first_cell"] != "A6" || found[0].Args["second_cell"] != "A8" || found[0].Args["missing"] != "Xã X0" {
			t.Errorf("%v", found[0].Args)
		}
		if first, _ := tonghop.Folded(validate.Fold(append(found, ret.Findings...), ret)); rulesOf(first) != want {
			t.Errorf("stand for themselves: %q", rulesOf(first))
		}
	}
}

// Marks that slid by a row over a commune that is blank are found by the totals that they
// contradict, in either direction; a blank alone shows nothing.
func TestSlidByRow(t *testing.T) {
	for name, c := range map[string]struct {
		blank, lost int
		want        string
	}{
		"pulled up":   {5, 1, "NG-006 C6:F9,C10:F10;"},
		"pushed down": {1, 5, "NG-006 C7:F10,C6:F6;"},
		"blank alone": {5, 5, ""},
	} {
		ret := &tonghop.Return{}
		marks := make([][4]tonghop.Mark, 6)
		for i := range marks {
			met := int64(0)
			for j := range marks[i] {
				marks[i][j] = tonghop.Met
				if (i*5+j*3+i*j)%4 == 0 || i%2 == 0 && j == 1 {
					marks[i][j] = tonghop.NotMet
				} else {
					met++
				}
			}
			row := tonghop.Row{Unit: fmt.Sprint(i), NameRef: cell(5+i, 2), Area: tonghop.Area{Top: 5 + i, Left: 2, Bottom: 5 + i, Right: 7}}
			for j := range 4 {
				row.Values = append(row.Values, tonghop.Value{Field: fmt.Sprint("TC", j+1), Ref: cell(5+i, 3+j)})
			}
			row.Values = append(row.Values, tonghop.Value{Field: tonghop.FieldTotalMet, Ref: cell(5+i, 7), Number: decimal.NewNullDecimal(decimal.New(met, 0))})
			ret.Rows = append(ret.Rows, row)
		}
		for i := range marks {
			from := i
			if c.lost <= i && i < c.blank {
				from = i + 1
			} else if c.blank < i && i <= c.lost {
				from = i - 1
			}
			for j := range 4 {
				v := &ret.Rows[i].Values[j]
				if v.Mark = marks[from][j]; i == c.blank {
					v.Mark, v.Empty = tonghop.MarkNone, tonghop.NotReported
				}
			}
		}
		if got := rulesOf(validate.Causes(ret)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
