package validate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/validate"
)

// onDay builds a return of an office on a day, with a blank row for each code.
func onDay(r *tonghop.Register, office string, on tonghop.Date, codes ...string) *tonghop.Return {
	unit := tonghop.Unit{Code: office}
	for _, u := range r.Lines(office) {
		if u.Presence(on) != tonghop.Absent {
			unit = u
		}
	}
	if u, ok := r.Unit(office, on); ok {
		unit = u
	}
	ret := &tonghop.Return{Form: "xa-ntm", Office: unit, AsOf: on}
	for i, code := range codes {
		u, _ := r.Unit(code, on)
		at := tonghop.Ref{Sheet: "S", Row: 10 + i, Col: 2}
		ret.Rows = append(ret.Rows, tonghop.Row{Unit: code, Official: u.Name, Name: u.Name, NameRef: at,
			Area: tonghop.Area{Top: at.Row, Left: 2, Bottom: at.Row, Right: 4}})
	}
	return ret
}

// said lists the rules and units of what is said about missing communes.
func said(found []tonghop.Finding) []string {
	var out []string
	for _, f := range found {
		if f.Rule == "DV-030" || f.Rule == "DV-045" || f.Rule == "DV-048" {
			out = append(out, strings.TrimSpace(f.Rule+" "+f.Unit))
		}
	}
	return out
}

// Where a commune may have been merged away between two lists its absence is
// asked, not claimed; the commune that took its place explains it.
func TestMissingBetweenLists(t *testing.T) {
	j, register, _ := world(t)
	var certain, ended, began []string
	for _, u := range register.Communes("018", "2024-12-31") { // Gia Lâm
		if u.Presence("2024-12-31") == tonghop.Perhaps {
			ended = append(ended, u.Code)
		} else {
			certain = append(certain, u.Code)
		}
	}
	for _, u := range register.Communes("018", "2025-01-01") {
		if u.Presence("2024-12-31") == tonghop.Perhaps {
			began = append(began, u.Code)
		}
	}
	if len(ended) != 8 || len(began) != 3 {
		t.Fatalf("%d communes ended and %d began between the lists; want 8 and 3", len(ended), len(began))
	}
	all := slices.Concat(certain, ended)
	if got := said(j.Check(onDay(register, "018", "2024-12-31", all...)).Findings); len(got) > 0 {
		t.Errorf("by the earlier list: %v", got)
	}
	if got := said(j.Check(onDay(register, "018", "2024-12-31", slices.Concat(certain, began)...)).Findings); len(got) > 0 {
		t.Errorf("by the later list: %v", got)
	}
	if got := said(j.Check(onDay(register, "018", "2024-12-31", certain...)).Findings); len(got) != 8 || got[0] != "DV-045 "+ended[0] {
		t.Errorf("without any of them: %v; want eight questions", got)
	}
	if got := said(j.Check(onDay(register, "018", "2024-12-31", all[1:]...)).Findings); !slices.Equal(got, []string{"DV-030 " + all[0]}) {
		t.Errorf("without %s: %v", all[0], got)
	}
}

// The table of the province's office is asked once where most communes are not
// in it, and for each where few are not.
func TestMissingInTheProvincesTable(t *testing.T) {
	j, register, _ := world(t)
	var codes []string
	for _, u := range register.Communes("86", "2025-09-30") {
		codes = append(codes, u.Code)
	}
	if len(codes) != 105 {
		t.Fatalf("%d xã in the province, want 105", len(codes))
	}
	if got := said(j.Check(onDay(register, "86", "2025-09-30", codes...)).Findings); len(got) > 0 {
		t.Errorf("all are there: %v", got)
	}
	if got := said(j.Check(onDay(register, "86", "2025-09-30", codes[2:]...)).Findings); !slices.Equal(got, []string{"DV-030 " + codes[0], "DV-030 " + codes[1]}) {
		t.Errorf("two are missing: %v", got)
	}
	if got := said(j.Check(onDay(register, "86", "2025-09-30", codes[:5]...)).Findings); !slices.Equal(got, []string{"DV-048"}) {
		t.Errorf("a hundred are missing: %v", got)
	}
	if got := said(j.Check(onDay(register, codes[0], "2025-09-30", codes[0])).Findings); len(got) > 0 {
		t.Errorf("a commune's own: %v", got)
	}
}

// Communes of one province are judged by the thresholds of their own regions:
// Gia Lai of 2025 joins the coast (Bình Định) and the highlands.
func TestRegionIsTheCommunes(t *testing.T) {
	_, register, _ := world(t)
	regions := map[string]string{}
	for _, u := range register.Communes("52", "2025-09-30") {
		region, _ := register.Region(u.Code, "2025-09-30")
		regions[region] = u.Code
	}
	if regions["TN"] == "" || regions["DHNTB"] == "" || len(regions) != 2 {
		t.Fatalf("regions of the province: %v", regions)
	}
	figure := func(region string, n int64) tonghop.Threshold {
		return tonghop.Threshold{Region: region, Figure: decimal.NewFromInt(n), Certainty: tonghop.FromMemory}
	}
	set := &tonghop.Criteria{ID: "x", Criteria: []tonghop.Criterion{{No: 1, Indicators: []tonghop.Indicator{{No: "1",
		Type: tonghop.TypePercent, Operator: ">=", Thresholds: []tonghop.Threshold{figure("TN", 70), figure("DHNTB", 90)}}}}}}
	j, err := validate.Compile(set, []tonghop.Rule{{ID: "TC-001", Kind: "value_against_mark", Severity: tonghop.Query}}, register)
	if err != nil {
		t.Fatal(err)
	}
	ret := onDay(register, "52", "2025-09-30", regions["TN"], regions["DHNTB"])
	for i := range ret.Rows {
		ret.Rows[i].Values = []tonghop.Value{value("1=80/Đạt", tonghop.Ref{Sheet: "S", Row: 10 + i, Col: 3})}
	}
	var got []string
	for _, f := range j.Check(ret).Findings {
		got = append(got, f.Cells()+" "+f.Args["region"]+" "+f.Expected)
	}
	if !slices.Equal(got, []string{"C11 DHNTB ≥ 90"}) {
		t.Errorf("80 against 70 in the highlands and 90 on the coast: %v", got)
	}
}

// TestTwiceInOneOfTwoTables: a commune that stands twice in the second of two
// tables is asked about at both of its rows there, and at its row in the first,
// which is not used either; twice the same is no reason to leave it out.
func TestTwiceInOneOfTwoTables(t *testing.T) {
	j, register, _ := world(t)
	for _, c := range []struct{ again, want string }{
		{"TC2=Chưa", "S B10:E10; T B30:C30,B31:C31"},
		{"TC2=Đạt", "T B30:C30,B31:C31"},
	} {
		ret := returnOf(register, "851", "29515 TC1=Đạt TC2=Đạt", "29515 "+c.again)
		ret.Rows[0].Values[1].Ref = tonghop.Ref{Sheet: "T", Row: 30, Col: 3}
		second := &ret.Rows[1]
		second.NameRef = tonghop.Ref{Sheet: "T", Row: 31, Col: 2}
		second.Area = tonghop.Area{Top: 31, Left: 2, Bottom: 31, Right: 3}
		second.Values[0].Ref = tonghop.Ref{Sheet: "T", Row: 31, Col: 3}
		var got []string
		for _, f := range j.Check(ret).Findings {
			if f.Rule == "DV-031" {
				got = append(got, f.Sheet+" "+f.Cells())
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: asked at %q, want %q", c.again, got, c.want)
		}
	}
}

// Rows of former communes that went into one are no row given twice: none of
// them is the whole, even if all say the same. A return of which no row is left
// is held; one with other rows is not.
func TestPartsOfOneCommune(t *testing.T) {
	j, register, _ := world(t)
	const merged, other = "29461", "29467"
	for _, c := range []struct {
		name, office string
		rows         string // name and how it was matched, for each row of the merged commune
		others       []string
		rule         string
		left         int
		holds        bool
	}{
		{"two former ones", merged, "Xã Ngãi Xuyên=former|Xã Thanh Sơn=former", nil, "DV-081", 2, true},
		{"one beside its name of today", merged, "Xã Ngãi Xuyên=former|Xã Trà Cú=exact", nil, "DV-081", 2, true},
		{"in the province's table", "86", "Xã Ngãi Xuyên=former|Xã Thanh Sơn=former", []string{other}, "DV-081", 2, false},
		{"one former name twice", merged, "Xã Ngãi Xuyên=former|xã ngãi xuyên =former", nil, "DV-031", 1, false},
		{"the name of today twice", merged, "Xã Trà Cú=exact|Xã Trà Cú=exact", nil, "DV-031", 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			ret := onDay(register, c.office, "2025-08-31", append([]string{merged, merged}, c.others...)...)
			for i, row := range strings.Split(c.rows, "|") {
				ret.Rows[i].Name, ret.Rows[i].Match.Why, _ = strings.Cut(row, "=")
			}
			got := j.Check(ret)
			at := slices.IndexFunc(got.Findings, func(f tonghop.Finding) bool { return f.Rule == "DV-081" || f.Rule == "DV-031" })
			if at < 0 || len(got.LeftOut) != c.left {
				t.Fatalf("%d rows left out, findings %v", len(got.LeftOut), got.Findings)
			}
			if f := got.Findings[at]; f.Rule != c.rule || f.Holds != c.holds || f.Cells() != "B10:D10,B11:D11" {
				t.Errorf("%s at %s, holds %v; want %s, %v", f.Rule, f.Cells(), f.Holds, c.rule, c.holds)
			}
		})
	}
}

// TestTwiceWithTwoColumnsEach: where communes stand side by side with a column
// of results and one of marks each, a commune given twice is asked about at both
// columns of both, down to the last row of either.
func TestTwiceWithTwoColumnsEach(t *testing.T) {
	j, register, _ := world(t)
	ret := returnOf(register, "851", "29515 TC1=Đạt TC2=Đạt", "29515 TC1=Đạt TC2=Chưa")
	for i := range ret.Rows {
		row, col := &ret.Rows[i], 4+6*i
		row.NameRef = tonghop.Ref{Sheet: "S", Row: 6, Col: col}
		row.Area = tonghop.Area{Top: 6, Left: col, Bottom: 20, Right: col}
		row.Values[0].Ref = tonghop.Ref{Sheet: "S", Row: 8, Col: col + 1}
		row.Values[1].Ref = tonghop.Ref{Sheet: "S", Row: 22, Col: col + 1}
	}
	var got []string
	for _, f := range j.Check(ret).Findings {
		if f.Rule == "DV-031" {
			got = append(got, f.Sheet+" "+f.Cells())
		}
	}
	if want := "S D6:E22,J6:K22"; strings.Join(got, "; ") != want {
		t.Errorf("asked at %q, want %q", got, want)
	}
}
