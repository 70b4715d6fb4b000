package validate_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
	"github.com/tonghop/tonghop/validate"
)

// world is the judge that the program ships, and a return of Trà Vinh city,
// which has one commune, to judge.
func world(t testing.TB) (*validate.Judge, *tonghop.Register, []tonghop.Rule) {
	t.Helper()
	fsys := templates.FS("")
	register, err := templates.Units(fsys)
	if err != nil {
		t.Fatal(err)
	}
	form, err := templates.Form(fsys, "xa-ntm", "2023-06-30")
	if err != nil {
		t.Fatal(err)
	}
	criteria, err := templates.Criteria(fsys, form.Criteria)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := templates.Rules(fsys, form)
	if err != nil {
		t.Fatal(err)
	}
	j, err := validate.Compile(criteria, rules, register)
	if err != nil {
		t.Fatal(err)
	}
	return j, register, rules
}

// returnOf builds a return with one row a commune; cells are written as
// "15.3=25", "15.3=25/Đạt" or "TC15=Đạt", each in a column of its own.
func returnOf(r *tonghop.Register, office string, rows ...string) *tonghop.Return {
	unit, _ := r.Unit(office, "2023-06-30")
	ret := &tonghop.Return{Form: "xa-ntm", Office: unit, Province: "84", AsOf: "2023-06-30",
		Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}}
	for i, row := range rows {
		parts := strings.Fields(row)
		u, _ := r.Unit(parts[0], "2023-06-30")
		out := tonghop.Row{Unit: u.Code, Official: u.Name, Name: u.Name, NameRef: tonghop.Ref{Sheet: "S", Row: 10 + i, Col: 2},
			Area: tonghop.Area{Top: 10 + i, Left: 2, Bottom: 10 + i, Right: 2 + len(parts)}}
		for k, cell := range parts[1:] {
			out.Values = append(out.Values, value(cell, tonghop.Ref{Sheet: "S", Row: 10 + i, Col: 3 + k}))
		}
		ret.Rows = append(ret.Rows, out)
	}
	return ret
}

func value(cell string, at tonghop.Ref) tonghop.Value {
	field, content, _ := strings.Cut(cell, "=")
	v := tonghop.Value{Field: field, Ref: at, Raw: content, Shown: content}
	marks := map[string]tonghop.Mark{"Đạt": tonghop.Met, "Chưa": tonghop.NotMet, "CB": tonghop.BasicallyMet}
	for _, part := range strings.Split(content, "/") {
		if m, ok := marks[part]; ok {
			v.Mark = m
		} else if d, err := decimal.NewFromString(part); err == nil {
			v.Number = decimal.NewNullDecimal(d)
		}
	}
	return v
}

// marks writes all nineteen criteria as met but those listed.
func marks(notMet ...int) string {
	var cells []string
	for c := 1; c <= 19; c++ {
		field := "TC" + strconv.Itoa(c)
		if c == 5 || c == 7 || c == 10 || c == 11 || c == 16 {
			field = strconv.Itoa(c)
		}
		mark := "Đạt"
		for _, n := range notMet {
			if n == c {
				mark = "Chưa"
			}
		}
		cells = append(cells, field+"="+mark)
	}
	return strings.Join(cells, " ")
}

// TestRules trips and passes every rule; a rule without both fails the test.
func TestRules(t *testing.T) {
	j, register, rules := world(t)
	const city, commune = "842", "29263" // its only xã is Long Đức
	cases := []struct {
		rule   string
		office string
		rows   []string
		total  *tonghop.Total
		cells  string // of the finding; "" = the rule must pass
	}{
		{"DV-030", city, []string{commune}, nil, ""},
		{"DV-030", "851", []string{"29515", "29518", "29524", "29527"}, nil, "B10:B13"},
		{"DV-031", city, []string{commune + " 1.1=Đạt"}, nil, ""},
		{"DV-031", city, []string{commune + " 1.1=Đạt", commune + " 1.1=Chưa"}, nil, "B10:D10,B11:D11"},
		{"DV-031", city, []string{commune + " 1.1=Đạt", commune + " 1.1=Đạt"}, nil, "B10:D10,B11:D11"},
		{"TONG-001", city, []string{commune + " total_met=19 " + marks()}, nil, ""},
		{"TONG-001", city, []string{commune + " total_met=19 " + marks(3)}, nil, "C10"},
		{"TONG-002", city, []string{commune + " total_met=18 1.1=Chưa"}, nil, ""},
		{"TONG-002", city, []string{commune + " total_met=19 1.1=Chưa"}, nil, "C10"},
		{"TONG-002", city, []string{commune + " total_met=1 1.1=Đạt 1.2=Đạt TC2=Đạt"}, nil, "C10"},
		{"TONG-010", city, []string{commune + " TC1=Đạt"}, total(tonghop.TotalCount, "TC1=1"), ""},
		{"TONG-010", city, []string{commune + " TC1=Đạt"}, total(tonghop.TotalCount, "TC1=2"), "C20"},
		{"TONG-010", city, []string{commune + " 10=60"}, total(tonghop.TotalAverage, "10=60.0"), ""},
		{"TONG-010", city, []string{commune + " 10=60"}, total(tonghop.TotalAverage, "10=61"), "C20"},
		{"TC-001", city, []string{commune + " 10=56 10=Đạt"}, nil, ""},
		{"TC-001", city, []string{commune + " 10=43.2 10=Đạt"}, nil, "C10,D10"},
		{"TC-001", city, []string{commune + " 15.3=25/Đạt"}, nil, "C10"},
		{"TC-002", city, []string{commune + " 15.3=25 15.3=Chưa"}, nil, ""},
		{"TC-003", city, []string{commune + " 15.3=19 TC15=Đạt"}, nil, ""},
		{"TC-003", city, []string{commune + " 15.3=19.1 TC15=Đạt"}, nil, "C10,D10"},
		{"TC-003", city, []string{commune + " 15.3=19.1 TC15=CB"}, nil, ""},
		{"TC-003", city, []string{commune + " 9.1=0 TC9=Đạt"}, nil, ""},
		{"TC-003", city, []string{commune + " 9.1=17 TC9=Đạt"}, nil, "C10,D10"},
		{"TC-004", city, []string{commune + " 1.1=Đạt TC1=Đạt"}, nil, ""},
		{"TC-004", city, []string{commune + " 1.1=Chưa TC1=Đạt"}, nil, "D10,C10"},
		{"TC-005", city, []string{commune + " 1.1=Đạt 1.2=Chưa TC1=Chưa"}, nil, ""},
		{"TC-005", city, []string{commune + " 1.1=Đạt 1.2=Đạt TC1=Chưa"}, nil, "E10,C10,D10"},
		{"TC-006", city, []string{commune + " 7=Đạt 7=Đạt"}, nil, ""},
		{"TC-006", city, []string{commune + " 7=Đạt 7=Chưa"}, nil, "C10,D10"},
	}
	// TC-002 needs a threshold that is sure: TestSureThresholdsDecide trips it.
	// Those of printed thresholds are tripped and passed by TestPrinted.
	tripped := map[string]bool{"TC-002": true, "COT-041": true, "GC-103": true}
	passed := map[string]bool{"COT-041": true, "GC-103": true}
	for _, c := range cases {
		ret := returnOf(register, c.office, c.rows...)
		if c.total != nil {
			ret.Totals = append(ret.Totals, *c.total)
		}
		got := ""
		for _, f := range j.Check(ret).Findings {
			if f.Rule == c.rule {
				got = f.Cells()
			}
		}
		if got != c.cells {
			t.Errorf("%s on %q names %q; want %q", c.rule, c.rows, got, c.cells)
		}
		if c.cells == "" {
			passed[c.rule] = true
		} else {
			tripped[c.rule] = true
		}
	}
	for _, r := range rules {
		if !tripped[r.ID] || !passed[r.ID] {
			t.Errorf("rule %s has no case that trips it, or none that passes", r.ID)
		}
	}
}

func total(kind tonghop.TotalKind, cell string) *tonghop.Total {
	return &tonghop.Total{Kind: kind, Label: tonghop.Ref{Sheet: "S", Row: 20, Col: 2}, Text: "Tổng",
		Values: []tonghop.Value{value(cell, tonghop.Ref{Sheet: "S", Row: 20, Col: 3})}}
}

// TestTwiceLeavesOut keeps the first of two equal rows, and none of two
// different ones.
func TestTwiceLeavesOut(t *testing.T) {
	j, register, _ := world(t)
	same := j.Check(returnOf(register, "842", "29263 1.1=Đạt", "29263 1.1=Đạt")).LeftOut
	if len(same) != 1 || same[1] != "DV-031" {
		t.Errorf("equal rows: left out %v; want the second", same)
	}
	different := j.Check(returnOf(register, "842", "29263 1.1=Đạt", "29263 1.1=Chưa")).LeftOut
	if len(different) != 2 {
		t.Errorf("different rows: left out %v; want both", different)
	}
}

// TestUnsureThresholdsDecideNothing leaves every judgement open as long as the
// thresholds or the region are from memory, even where the figure is far below.
func TestUnsureThresholdsDecideNothing(t *testing.T) {
	j, register, _ := world(t)
	for _, s := range j.Standings(returnOf(register, "842", "29263 10=1 15.3=99 "+marks())) {
		if s.Judged != tonghop.JudgedOpen {
			t.Errorf("criterion %d is judged %s because %s", s.Criterion, s.Judged, s.Why)
		}
		if s.Claimed != tonghop.Met && s.Criterion != 10 {
			t.Errorf("criterion %d: the claim %q is lost", s.Criterion, s.Claimed)
		}
	}
}

// TestSureThresholdsDecide judges a set whose figures are verified: the figure
// at the threshold is met, the one below is not, and the claim stands beside.
func TestSureThresholdsDecide(t *testing.T) {
	_, register, _ := world(t)
	set := &tonghop.Criteria{ID: "x", Criteria: []tonghop.Criterion{{No: 1, Indicators: []tonghop.Indicator{{No: "1",
		Type: tonghop.TypePercent, Operator: ">=", Thresholds: []tonghop.Threshold{{Figure: decimal.NewFromInt(80), Certainty: tonghop.Verified}}}}}}}
	j, err := validate.Compile(set, []tonghop.Rule{{ID: "TC-002", Kind: "mark_below_value", Severity: tonghop.Query}}, register)
	if err != nil {
		t.Fatal(err)
	}
	if found := j.Check(returnOf(register, "842", "29263 1=80 1=Chưa")).Findings; len(found) != 1 || found[0].Cells() != "C10,D10" {
		t.Errorf("a figure that reaches the threshold beside a mark that denies it: %v; want TC-002 at both cells", found)
	}
	for cell, want := range map[string]tonghop.Judgement{"1=80": tonghop.JudgedMet, "1=79.99": tonghop.JudgedNotMet, "1=Đạt": tonghop.JudgedOpen} {
		s := j.Standings(returnOf(register, "842", "29263 "+cell))
		if len(s) != 1 || s[0].Judged != want {
			t.Errorf("%s is judged %v; want %s", cell, s, want)
		}
	}
}

// TestUnknownKind stops a rule file that names a check nobody knows.
func TestUnknownKind(t *testing.T) {
	_, register, _ := world(t)
	_, err := validate.Compile(&tonghop.Criteria{}, []tonghop.Rule{{ID: "X-1", Kind: "guess"}}, register)
	if err == nil || !strings.Contains(err.Error(), "X-1") {
		t.Errorf("got %v; want an error that names the rule", err)
	}
}
