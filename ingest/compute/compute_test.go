package compute_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
)

// left says in a table that a formula is to stay without a value.
const left = ""

// given is what the formulas of the tables refer to.
func given() []string {
	return []string{
		"A1=1", "A2=2.5", "A3=-4", "A4=100", // figures
		"B1=0.1", "B2=0.2", "B3=0.3",
		"C1='Đạt", "C2='đạt", "C3='Chưa đạt", "C4='ĐẠT", "C6='x", // words
		"D1='85,5", "D2=10", // a number as text
		"E1=#DIV/0!", "E2=3",
		"F1=TRUE", "F2=7",
		"G1='không", "G2=8", "G3='-",
		"H1='  ", "H2=1",
		"I1==A1/A2", "I2=4", // cannot be computed
		"J1={6}=A1*6", "J2={'ba}=\"ba\"", "J3={'}=\"\"",
		"K1=5", "K2=5", "K3=6", "K4=-1",
		"L1='Đạt ", "M1='Đa\u0323t", "N1='12 xã", "O1='30/6/2023",
		"P1=0.30000000000000004", "P2=1E-7", "P3=12345678901234567890", "P4=1E308", "P5=1E308",
		"R1=43.200000000000003", "R2=88.400000000000006", "R3=9.9999999999999992E-2", "S1=0.33333333333333331", "S2=0.33333333333333331", "S3=0.33333333333333337",
		"Q1=1234567890123.4", "Q2=0.1",
		"Biểu 02!C5=11", "Biểu 02!C6=22", "Biểu 02!C9=33", "O'Hare!A1=9",
		"T1=2.25", "T2=2.34", "T3=14", "T4=1E-320",
	}
}

// Every rule of what a formula gives, or that it is left.
func TestFill(t *testing.T) {
	for _, tt := range []struct{ formula, want string }{
		// Sums.
		{"SUM(A1:A4)", "99.5"}, {"sum(a1:a4)", "99.5"}, {"SUM($A$1:A$4)", "99.5"}, {"SUM(A4:A1)", "99.5"},
		{"SUM(A1,A2,5,-2)", "6.5"}, {" SUM( A1 , A2:A3 ) ", "-0.5"}, {"SUM(A1:B2)", "3.8"}, {"SUM(B1:B2)", "0.3"},
		{"SUM(A:A)", "99.5"}, {"SUM(A:B)", "100.1"}, {"SUM(B1:B2)+SUM(A1:A2)", "3.8"}, {"SUM(SUM(A1:A2),A3)", "-0.5"},
		{"SUM(A1+A2,-A3)", "7.5"}, {"SUM(A100:A200)", "0"}, {"SUM((A1))", "1"}, {"SUM(A1:A1)", "1"}, {"SUM(5)", "5"},
		{"SUM('Biểu 02'!C5:C9)", "66"}, {"SUM('biểu 02'!C:C)+'BIỂU 02'!C5", "77"}, {"'O''Hare'!A1+1", "10"},
		{"SUM('Biểu 02'!5:6)", "33"}, {"SUM('Biểu 02'!$5:$6,A1)", "34"},
		{"SUM(J1:J3)", "6"}, {"SUM(K1:K2,K1:K2)", "20"},
		// What spreadsheets ignore in ranges, and what is a doubt there.
		{"SUM(C1:C6)", "0"}, {"SUM(G1:G3)", "8"}, {"SUM(F1:F2)", "7"}, {"SUM(H1:H2)", "1"},
		{"SUM(D1:D2)", left}, {"SUM(N1:N2)", left}, {"SUM(O1:O2,A1)", left}, {"SUM(D1)", left}, {"SUM(E1:E2)", left},
		{"SUM(I1:I2)", left}, {"SUM(A:I)", left}, {"SUM(A1:A4)+I1", left},
		// Chains.
		{"A1+A2", "3.5"}, {"A1-A2-A3", "2.5"}, {"+A1+A2", "3.5"}, {"-A3", "4"}, {"--A3", "-4"}, {"A1-(A2-A3)", "-5.5"},
		{"A1+-A2", "-1.5"}, {"(A1+A2)", "3.5"}, {"A1+A50", "1"}, {"A50+A51", "0"}, {"12+5.5", "17.5"}, {"1e2+1E-1", "100.1"},
		{"B1+B2", "0.3"}, {"B1+B2-B3", "0"}, {".5+A1", "1.5"}, {"A1+SUM(A2:A3)-2", "-2.5"}, {"A1\n + A2", "3.5"}, {"5", "5"},
		{"A1+C1", left}, {"A1+D1", left}, {"A1+F1", left}, {"A1+E1", left}, {"A1+J3", left}, {"A1+H1", left}, {"A1+I1", left},
		{"J1+1", "7"},
		// One reference and nothing else.
		{"A1", "1"}, {"+A1", "1"}, {"('Biểu 02'!C5)", "11"}, {"A50", left}, {"-A50", left}, {"(A50)", left}, {"C1", left},
		// Counts.
		{"COUNT(A1:C4)", "7"}, {"COUNT(C1:C6)", "0"}, {"COUNT(E1:E2)", "1"}, {"COUNT(F1:F2,5)", "2"}, {"COUNT(A50)", "0"},
		{"COUNT(D1:D2)", left}, {"COUNT(I1:I2)", left}, {"COUNT(A1+1)", left}, {"COUNT(\"x\")", left},
		{"COUNTA(A1:C4)", "11"}, {"COUNTA(D1:G3)", "9"}, {"COUNTA(H1:H2)", left}, {"COUNTA(J1:J3)", left}, {"COUNTA(C1,C2,C5,1)", "3"},
		// Counts of what meets a criterion.
		{`COUNTIF(C1:C6,"Đạt")`, "3"}, {`COUNTIF(C1:C6,"=đạt")`, "3"}, {`COUNTIF(C:C,"x")`, "1"}, {`COUNTIF(C1:C6,"X")+1`, "2"},
		{`COUNTIF(K1:K4,5)`, "2"}, {`COUNTIF(K1:K4,"5")`, "2"}, {`COUNTIF(K1:K4,"=5")`, "2"}, {`COUNTIF(K1:K4,">=5")`, "3"},
		{`COUNTIF(K1:K9,"<5")`, "1"}, {`COUNTIF(K1:K4,">5")`, "1"}, {`COUNTIF(K1:K4,"<=5")`, "3"}, {`COUNTIF(K1:K4,-1)`, "1"},
		{`COUNTIF(K1:K4,">=-1")`, "4"}, {`COUNTIF(K1:K9,0)`, "0"}, {`COUNTIF(A1:A4,2.5)`, "1"}, {`COUNTIF(A50:A60,"x")`, "0"},
		{`COUNTIF(F1:F2,1)`, "0"}, {`COUNTIF(E1:E2,3)`, "1"}, {`COUNTIF(C3,"Chưa đạt")`, "1"},
		{`COUNTIFS(K1:K4,5,K1:K4,">=5")`, "2"}, {`COUNTIFS(C1:C4,"Đạt",K1:K4,">=5")`, "2"}, {`COUNTIFS(K1:K4,5)`, "2"},
		{`COUNTIF(C1:C6,"Đ*")`, left}, {`COUNTIF(C1:C6,"?")`, left}, {`COUNTIF(C1:C6,"~x")`, left}, {`COUNTIF(C1:C6,"<>x")`, left},
		{`COUNTIF(C1:C6,"")`, left}, {`COUNTIF(C1:C6,"=")`, left}, {`COUNTIF(C1:C6,">x")`, left}, {`COUNTIF(C1:C6,"Đạt ")`, left},
		{`COUNTIF(K1:K4,">=5.5")`, left}, {`COUNTIF(K1:K4,">=5,5")`, left}, {`COUNTIF(K1:K4,"05")`, left}, {`COUNTIF(K1:K4,">=")`, left},
		{`COUNTIF(C1:C6,"TRUE")`, left}, {`COUNTIF(C1:C6,TRUE)`, left}, {`COUNTIF(K1:K4,"30/6")`, left}, {`COUNTIF(K1:K4,"5%")`, left},
		{`COUNTIF(K1:K4,"T6")`, left}, {`COUNTIF(K1:K4,"-")`, left}, {`COUNTIF(K1:K4,K1)`, left}, {`COUNTIF(K1:K4,K1:K2)`, left},
		{`COUNTIF(L1:L2,"Đạt")`, left}, {`COUNTIF(M1:M2,"Đạt")`, left}, {`COUNTIF(D1:D2,">=5")`, left}, {`COUNTIF(P1,0.3)`, left},
		{`COUNTIF(I1:I2,4)`, left}, {`COUNTIF(K1:K4)`, left}, {`COUNTIF(K1:K4,5,K1:K4,5)`, left}, {`COUNTIFS(K1:K4,5,K1:K3,5)`, left},
		{`COUNTIF(5,5)`, left}, {`COUNTIF(K1:K4,5+1)`, left},
		// Subtotals without other subtotals or hidden rows.
		{"SUBTOTAL(9,A1:A4)", "99.5"}, {"SUBTOTAL(109,A1:A4,5:5)", "1E+308"}, {"SUBTOTAL(2,A1:C4)", "7"}, {"SUBTOTAL(103,A1:C4)", "11"},
		{"SUBTOTAL(1,A1:A4)", left}, {"SUBTOTAL(A1,A1:A4)", left}, {"SUBTOTAL(9,D1:D2)", left}, {"SUBTOTAL(9,5)", left},
		{"SUBTOTAL(3,H1:H2)", left}, {"SUBTOTAL(9.5,A1:A4)", left}, {"SUBTOTAL(9)", left}, {"SUBTOTAL(9,I1:I2)", left},
		// Rounding.
		{"ROUND(SUM(A1:B3),1)", "0.1"}, {"ROUND(T2,1)", "2.3"}, {"ROUND(-T2,1)+1", "-1.3"}, {"ROUND(T3,-1)", "10"}, {"ROUND(K1,-1)", "10"},
		{"ROUND(-K1,-1)", "-10"}, {"ROUND(A1+A2+B1,0)", "4"}, {"ROUND(T1,1)", left}, {"ROUND(A2,0)", left}, {"ROUND(A2,K1)", left},
		{"ROUND(A2,0.5)", left}, {"ROUND(A2)", left}, {"ROUND(A1:A2,1)", left}, {"ROUND(A2,99)", left}, {"ROUND(A2,1E2)", left}, {"ROUND(A1/A2,1)", left},
		// Nothing before enough is filled in.
		{`IF(COUNTA(A1,A2,C1)<3,"",COUNTIF(C1:C6,"Đạt")+COUNTIF(K1:K4,5))`, "5"}, {`IF(COUNT(A1:C4)<7,"",SUM(A1:A4))`, "99.5"},
		{`IF(COUNTA(H1:H2)<1,"",5)`, left}, {`IF(COUNTA(A1)<1,"",I1)`, left}, {`IF(COUNTA(A1)<1,"",A1:A4)`, left},
		{`IF(COUNTA(A1)<1,"x",5)`, left}, {`IF(COUNTA(A1)>1,"",5)`, left}, {`IF(COUNTA(A1)<1,5,5)`, left}, {`IF(COUNTA(A1)<0.5,"",5)`, left},
		{`IF(COUNTA(A1)<1,"")`, left}, {`IF(A1<1,"",5)`, left}, {`1+IF(COUNTA(A1)<1,"",5)`, left}, {`SUM(IF(COUNTA(A1)<1,"",5))`, left},
		{`IF(COUNTA(A1)<1,"",IF(COUNTA(A1)<1,"",5))`, left}, {`(IF(COUNTA(A1)<1,"",5))`, left}, {`-IF(COUNTA(A1)<1,"",5)`, left}, {`IF(COUNTA(Z1:Z20)<1,"",5)`, left},
		// Figures as files have them.
		{"P1+0.1", "0.4"}, {"SUM(P1)", "0.30000000000000004"}, {"P2+0", "1E-07"}, {"P3+0", "12345678901234567000"}, {"R1+R2", "131.6"}, {"SUM(R1:R2,R3)", "131.7"}, {"SUM(S1:S3)", "1"}, {"P4+1", "1E+308"},
		{"P4+P5", left}, {"Q1-Q1+Q2", left}, {"T4+0", "1E-320"},
		// Everything else.
		{"A1*2", left}, {"A1/2", left}, {"A1^2", left}, {"A1%", left}, {"5%", left}, {"A1&A2", left}, {"A1=A2", left}, {"A1>A2", left},
		{"AVERAGE(A1:A4)", left}, {"IF(A1,1,2)", left}, {"SUMIF(A1:A4,1)", left}, {"SUMPRODUCT(A1:A4)", left}, {"MAX(A1:A4)", left},
		{"SUM(A1:A4)/COUNT(A1:A4)", left}, {"SUM(A1:A4*2)", left}, {"SUM(IF(A1:A4>1,1))", left}, {"INDIRECT(\"A1\")", left},
		{"A1:A4", left}, {"A1:A4+1", left}, {"SUM(-A1:A4)", left}, {"-A1:A4", left}, {"SUM(A1:A4 A2:B3)", left}, {"SUM((A1,A2))", left},
		{"SUM(A1:A2:A3)", left}, {"SUM(A1:INDEX(A1:A4,2))", left}, {"SUM(OFFSET(A1,0,0))", left}, {"SUM(A1#)", left}, {"SUM(@A1:A4)", left},
		{"SUM(Tổng)", left}, {"Tổng+1", left}, {"SUM(Table1[Số xã])", left}, {"SUM([1]Sheet1!A1)", left}, {"SUM('[x.xlsx]Sheet1'!A1)", left},
		{"SUM(Sheet1:Sheet3!A1)", left}, {"SUM('Sheet1:Sheet3'!A1)", left}, {"SUM(Nowhere!A1:A4)", left}, {"SUM(Sheet1!A1:Sheet1!A4)", left},
		{"SUM(R1C1:R4C1)", left}, {"SUM(R[-1]C)", left}, {"SUM(#REF!)", left}, {"SUM(Sheet1!#REF!)", left}, {"SUM(A1,#N/A)", left},
		{`SUM(A1,"5")`, left}, {"SUM(A1,TRUE)", left}, {"SUM(A1,)", left}, {"SUM()", left}, {"SUM({1,2})", left}, {"SUM(A1;A2)", left},
		{"SUM(A1", left}, {"SUM(A1))", left}, {"SUM A1", left}, {"", left}, {"SUM(XFE1)", left}, {"SUM(A1048577)", left}, {"SUM(A0)", left},
		{"SUM(A:1)", left}, {"SUM(A)", left}, {"A1,5+1", left}, {"1.2.3", left}, {"1E+", left}, {"SUM(A1:)", left}, {"'Biểu 02'", left}, {"'Biểu 02!C5", left},
		{"_xlfn.SUM(A1)", left}, {"SUM(A01)", left}, {"A1 A2", left}, {"+", left}, {"(", left}, {"()", left}, {"A1+", left}, {"1E999", left},
		// Itself.
		{"SUM(Z:Z)", left}, {"Z9+1", left}, {"SUBTOTAL(9,Z1:Z20)", left}, {"COUNTA(Y1:Z20)", left}, {`COUNTIF(Z1:Z20,"x")`, left},
	} {
		t.Run(tt.formula, func(t *testing.T) {
			b := build(t, "xlsx", append(given(), "Z9=="+tt.formula)...)
			n := compute.Fill(b)
			c := cellAt(t, b, "Z9")
			if c.Stored != tt.want || c.Computed != (tt.want != left) || c.Cached || n != btoi(c.Computed) {
				t.Fatalf("%d computed, %+v, want %q", n, *c, tt.want)
			}
			if c.Computed != (c.Kind == tonghop.CellNumber) || !c.Computed && (c.Kind != tonghop.CellBlank || c.Shown != "") {
				t.Fatalf("%+v", *c)
			}
		})
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Formulas wait for one another, wherever they stand; those in a circle, and
// all that wait for one that cannot be computed, are left.
func TestFillChains(t *testing.T) {
	b := build(t, "xlsx",
		"A1==A2+A3", "A2==SUM(A4:A6)", "A3==A2", "A4=1", "A5=2", "A6==Khác!B2+1", "Khác!B2==SUM(B3:B4)", "Khác!B3=3", "Khác!B4=4",
		"C1==C2+1", "C2==C3+1", "C3==C1+1", "C4==C1+1", "C5=1", "C6==C5+1",
		"D1==D2+D3", "D2==D4/2", "D3==D4+1", "D4=4", "D5==SUM(D1:D4)", "D6==SUM(D3:D4)",
		"E1==E1",
	)
	n := compute.Fill(b)
	want := map[string]string{"A1": "22", "A2": "11", "A3": "11", "A6": "8", "Khác!B2": "7", "C6": "2", "D3": "5", "D6": "9",
		"C1": left, "C2": left, "C3": left, "C4": left, "D1": left, "D2": left, "D5": left, "E1": left}
	for at, w := range want {
		if c := cellAt(t, b, at); c.Stored != w || c.Computed != (w != left) {
			t.Errorf("%s: %+v, want %q", at, *c, w)
		}
	}
	if n != 8 {
		t.Errorf("%d computed", n)
	}
}

// A result is shown in its cell's format, as a reader shows a stored number.
func TestFillShown(t *testing.T) {
	for _, tt := range []struct{ format, want string }{
		{"", "1234.5"}, {"General", "1234.5"}, {"0", "1235"}, {"#,##0.00", "1,234.50"}, {"0.0%", "123450.0%"}, {"@", "1234.5"}, {"0.00E+00", "1.23E+03"},
	} {
		b := build(t, "xlsx", "A1=1234", "A2=0.5", "A3==A1+A2")
		cellAt(t, b, "A3").Style = &tonghop.Style{NumberFormat: tt.format, Percent: tt.format == "0.0%"}
		if n := compute.Fill(b); n != 1 {
			t.Fatalf("%s: %d computed", tt.format, n)
		}
		if c := cellAt(t, b, "A3"); c.Shown != tt.want || c.Stored != "1234.5" {
			t.Errorf("%s: %+v, want %q", tt.format, *c, tt.want)
		}
	}
	for _, style := range []*tonghop.Style{{NumberFormat: "dd/mm/yyyy", Date: true}, {NumberFormat: "h:mm"}, {NumberFormat: "BOOLEAN"}} {
		b := build(t, "xlsx", "A1=45000", "A2==SUM(A1)", "A3==COUNT(A1)")
		cellAt(t, b, "A2").Style = style
		if n := compute.Fill(b); n != 1 || cellAt(t, b, "A2").Computed {
			t.Errorf("%v: %d computed", *style, n)
		}
	}
	b := build(t, "xlsx", "A1=1", "A2==A1+1")
	cellAt(t, b, "A2").Style = nil
	if compute.Fill(b) != 1 || cellAt(t, b, "A2").Shown != "2" {
		t.Errorf("%+v", *cellAt(t, b, "A2"))
	}
	b = build(t, "xlsx", "A1=0.1", "A2==A1+0.012345678901234")
	if compute.Fill(b) != 1 || cellAt(t, b, "A2").Shown != "0.112345679" {
		t.Errorf("%+v", *cellAt(t, b, "A2"))
	}
}

// What a formula means depends on the format of the file.
func TestFillFormats(t *testing.T) {
	cells := []string{"A1=1", "A2='x", "A3=TRUE", "C5=4", "C6=5", "B1='Tháng 12", "TAX2024=3", "AMK1=2", "D1=2"}
	for _, tt := range []struct{ format, formula, want string }{
		{"xlsx", "SUM(A1:A3)", "1"}, {"xls", "SUM(A1:A3)", "1"}, {"ods", "SUM(A1:A3)", left}, {"fods", "COUNT(A1:A3)", left},
		{"ods", "SUM(A1:A2)", "1"}, {"ods", "A1+C5", "5"}, {"ods", `COUNTIF(A1:A2,"x")`, left}, {"ods", `COUNTIF(A1:A2,">0")`, "1"},
		{"ods", `COUNTIF(A1:A3,1)`, left}, {"xlsx", `COUNTIF(A1:A3,1)`, "1"},
		{"xlsx", "SUM(TAX2024)", "3"}, {"xls", "SUM(TAX2024)", left}, {"ods", "SUM(TAX2024)", left}, {"ods", "SUM(AMK1)", left}, {"xls", "SUM(A70000)", left},
		{"xmlss", "SUM($C$5:$C$6)", "9"}, {"xmlss", "SUM(A1:D1)", "3"}, {"xmlss", "SUM(C5)", left}, {"xmlss", "SUM(C5:C6)", left}, {"xmlss", "SUM(R5)", left},
		{"xmlss", "SUM(C:C)", left}, {"xmlss", "SUM(1:5)", left}, {"xmlss", "D1+R2", left}, {"xmlss", "SUBTOTAL(9,A1:D1)", left},
		{"csv", "SUM(A1:D1)", left}, {"csv", "SUM(C5:C6)", "9"}, {"csv", "COUNTA(A1:A3)", left}, {"csv", "SUM(A1:A2)", "1"}, {"csv", "SUBTOTAL(9,C5:C6)", left},
		{"xlsx", "SUM(A1:D1)", "3"},
		{"html", "SUM(C5:C6)", left}, {"html", "A1+1", left},
	} {
		b := build(t, tt.format, append(cells, "Z9=="+tt.formula)...)
		compute.Fill(b)
		if c := cellAt(t, b, "Z9"); c.Stored != tt.want || c.Computed != (tt.want != left) {
			t.Errorf("%s %s: %q computed %v, want %q", tt.format, tt.formula, c.Stored, c.Computed, tt.want)
		}
	}
}

// LibreOffice shows a sum without a format of its own as what went into it: in
// percent, as a date. Such a sum has two readings in its files; in Excel's not.
func TestFillInheritedFormat(t *testing.T) {
	for _, tt := range []struct{ format, code, want string }{
		{"ods", "", left}, {"fods", "General", left}, {"ods", "0.0%", "0.75"}, {"xlsx", "", "0.75"},
	} {
		b := build(t, tt.format, "A1=0.5", "A2=0.25", "A3==SUM(A1:A2)", "A4==A1+A2", "A5==COUNT(A1:A2)")
		percent := &tonghop.Style{NumberFormat: "0%", Percent: true}
		cellAt(t, b, "A1").Style, cellAt(t, b, "A2").Style = percent, percent
		for _, at := range []string{"A3", "A4"} {
			cellAt(t, b, at).Style = &tonghop.Style{NumberFormat: tt.code}
		}
		compute.Fill(b)
		got := []string{cellAt(t, b, "A3").Stored, cellAt(t, b, "A4").Stored, cellAt(t, b, "A5").Stored}
		if diff := cmp.Diff([]string{tt.want, tt.want, "2"}, got); diff != "" {
			t.Errorf("%s %q: %s", tt.format, tt.code, diff)
		}
	}
}

// A subtotal leaves other subtotals out, and hidden rows if it says so; where
// the rows may be hidden by a filter or by hand, it is left.
func TestFillSubtotal(t *testing.T) {
	cells := []string{"A1=1", "A2=2", "A3==SUBTOTAL(9,A1:A2)", "A4=4", "A5={4}=SUBTOTAL(9,A4)", "A6==SUBTOTAL(9,A1:A5)", "A7==SUBTOTAL(109,A1:A5)",
		"A8==SUBTOTAL(3,A1:A5)", "A9==SUM(A1:A5)", "B1=1", "B2==SUBTOTAL(9,B1)+1", "B3==SUBTOTAL(9,B1:B2)", "C1==SUBTOTAL(9,C2)", "C2==SUBTOTAL(9,C1)",
		"D1={3}=", "D2==SUBTOTAL(9,D1)", "E1={3}=SUBTOTAL(1,A1:A2)", "E2==SUBTOTAL(9,E1)", "E3==SUBTOTAL(109,A1:A4)"}
	want := map[string]string{"A3": "3", "A6": "7", "A7": "7", "A8": "3", "A9": "14", "B2": "2", "B3": left, "C1": left, "C2": left, "D2": left, "E2": "0", "E3": "7"}
	hidden := map[string]string{"A3": left, "A6": left, "A7": "5", "A8": left, "A9": left, "B2": "2", "B3": left, "E2": "0", "E3": "5"}
	for i, want := range []map[string]string{want, hidden} {
		b := build(t, "xlsx", cells...)
		b.Sheets[0].Lines[1].Hidden = i == 1
		if i == 1 { // A7 and E3 need A3, which is left
			want["A7"], want["E3"] = left, left
		}
		compute.Fill(b)
		for at, w := range want {
			if c := cellAt(t, b, at); c.Stored != w {
				t.Errorf("hidden %d, %s: %q, want %q", i, at, c.Stored, w)
			}
		}
	}
	b := build(t, "xlsx", "A1=1", "A2=2", "A3=4", "B5==SUBTOTAL(109,A1:A3)", "B6==SUBTOTAL(102,A1:A3)", "B7==SUBTOTAL(9,A1:A3)", "B8==SUBTOTAL(9,A2:A3)")
	b.Sheets[0].Lines[0].Hidden = true
	compute.Fill(b)
	got := []string{cellAt(t, b, "B5").Stored, cellAt(t, b, "B6").Stored, cellAt(t, b, "B7").Stored, cellAt(t, b, "B8").Stored}
	if diff := cmp.Diff([]string{"6", "2", left, "6"}, got); diff != "" {
		t.Error(diff)
	}
}

// Two sheets of one name, which files of other programs may have, are not told
// apart; a book without formulas, or none at all, is no trouble.
func TestFillOdd(t *testing.T) {
	b := build(t, "xlsx", "A1==SUM(a!A1)", "a!A1=1", "A!A1=2")
	if n := compute.Fill(b); n != 0 {
		t.Errorf("%d computed", n)
	}
	if n := compute.Fill(nil); n != 0 {
		t.Errorf("%d computed", n)
	}
	if n := compute.Fill(&tonghop.Book{Format: "xlsx"}); n != 0 {
		t.Errorf("%d computed", n)
	}
	// Values beneath a merged area count, as they do in Excel.
	b = build(t, "xlsx", "A1=1", "A2=2", "A3==SUM(A1:A2)")
	b.Sheets[0].Merges = []tonghop.Area{{Top: 1, Left: 1, Bottom: 2, Right: 1}}
	if compute.Fill(b); cellAt(t, b, "A3").Stored != "3" {
		t.Errorf("%+v", *cellAt(t, b, "A3"))
	}
}

// A formula that shows nothing before enough is filled in gives a cell that
// reads as blank, and one that looks at it finds nothing certain there.
func TestFillNothing(t *testing.T) {
	b := build(t, "xlsx", append(given(), `Z9==IF(COUNTA(A50:A60)<2,"",COUNTIF(A50:A60,"Đạt"))`, "Z10==Z9+1")...)
	if n := compute.Fill(b); n != 1 {
		t.Errorf("%d formulas computed; want the one", n)
	}
	if c := cellAt(t, b, "Z9"); !c.Computed || !c.Blank() || c.Cached {
		t.Errorf("the cell is %+v; want one that reads as blank", *c)
	}
	if c := cellAt(t, b, "Z10"); c.Computed {
		t.Errorf("a chain over it gave %q", c.Stored)
	}
}
