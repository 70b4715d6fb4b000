package viet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbers(t *testing.T) {
	one := func(figure string, why Why) []Reading { return []Reading{{Figure: figure, Why: why}} }
	two := func(f1 string, w1 Why, f2 string, w2 Why) []Reading { return append(one(f1, w1), one(f2, w2)...) }
	cases := []struct {
		in   string
		want []Reading
	}{
		{"85,5", one("85.5", DecimalComma)},
		{"85.5", one("85.5", DecimalPoint)},
		{"12,50", one("12.5", DecimalComma)},
		{"100", one("100", WholeDigits)},
		{"05", one("5", WholeDigits)},
		{"0", one("0", WholeDigits)},
		{"1057010", one("1057010", WholeDigits)},
		{"1.234,5", one("1234.5", ThousandsDot)},
		{"1,234.5", one("1234.5", ThousandsComma)},
		{"1.234.567,89", one("1234567.89", ThousandsDot)},
		{"1.234", two("1234", ThousandsDot, "1.234", DecimalPoint)},
		{"1,234", two("1.234", DecimalComma, "1234", ThousandsComma)},
		{"255.142", two("255142", ThousandsDot, "255.142", DecimalPoint)},
		{"1.234.567", one("1234567", ThousandsDot)},
		{"1,234,567", one("1234567", ThousandsComma)},
		{"0,125", one("0.125", DecimalComma)},
		{"0.125", one("0.125", DecimalPoint)},
		{"012.345", one("12.345", DecimalPoint)},
		{",5", one("0.5", DecimalComma)},
		{"29 789", one("29789", ThousandsBlank)},
		{"29\u00a0789", one("29789", ThousandsBlank)},
		{"29\u202f789,5", one("29789.5", ThousandsBlank)},
		{"１２,５", one("12.5", DecimalComma)},
		{"-3", one("-3", WholeDigits)},
		{"−3,5", one("-3.5", DecimalComma)},
		{"+3", one("3", WholeDigits)},
		{"-0,0", one("0", DecimalComma)},
		{" 7 ", one("7", WholeDigits)},
		{"72,2 %", []Reading{{Figure: "72.2", Why: DecimalComma, Percent: true}}},
		{"72%", []Reading{{Figure: "72", Why: WholeDigits, Percent: true}}},
		{"≥90%", []Reading{{Figure: "90", Why: WholeDigits, Percent: true, Operator: ">="}}},
		{">= 90", []Reading{{Figure: "90", Why: WholeDigits, Operator: ">="}}},
		{"=> 90", []Reading{{Figure: "90", Why: WholeDigits, Operator: ">="}}},
		{"Dưới 05 xã", []Reading{{Figure: "5", Why: WholeDigits, Operator: "<", Unit: "xã"}}},
		{"ít nhất 30%", []Reading{{Figure: "30", Why: WholeDigits, Percent: true, Operator: ">="}}},
		{"từ 80% trở lên", []Reading{{Figure: "80", Why: WholeDigits, Percent: true, Operator: ">="}}},
		{"80% trở xuống", []Reading{{Figure: "80", Why: WholeDigits, Percent: true, Operator: "<="}}},
		{"43,2 triệu đồng/người/năm", []Reading{{Figure: "43.2", Why: DecimalComma, Unit: "triệu đồng/người/năm"}}},
		{"2,5m2/người", []Reading{{Figure: "2.5", Why: DecimalComma, Unit: "m2/người"}}},
		{"2,5 m²", []Reading{{Figure: "2.5", Why: DecimalComma, Unit: "m2"}}},
		{"5x", []Reading{{Figure: "5", Why: WholeDigits, Unit: "x"}}},
		{"123456789012345", one("123456789012345", WholeDigits)},
		{"'85,5", one("85.5", DecimalComma)},
		{"’85.5", one("85.5", DecimalPoint)},
		{"\"12\"", one("12", WholeDigits)},
		{"85,5 phần trăm", []Reading{{Figure: "85.5", Why: DecimalComma, Percent: true}}},
		{"0,00000000000000000001", one("0.00000000000000000001", DecimalComma)},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, Numbers(c.in)); diff != "" {
			t.Errorf("Numbers(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestNumbersNone(t *testing.T) {
	for _, in := range []string{
		"", " ", "-", "–", ".", ",", "x", "Đạt", "(5)", "- 5", "1.23.4", "1,5.2", "12.34,5", "1 2", "85 5", "0 123",
		"12 345 67", "1e3", "1E+2", "5/8", "15-18", "10 - 14", "T6", "30/6/2023", "30.6.2023", "5%%", "5 xã 3 ấp",
		"Có16 xóm", "1234567890123456", "12.", "85, 5", "1. 234", "±5", "85*", "≥90 trở xuống", "5 -", "5-",
		"0x10", "Infinity", "NaN", "1_000", "1'234", strings.Repeat("1", 500),
	} {
		if got := Numbers(in); got != nil {
			t.Errorf("Numbers(%q) = %+v, want none", in, got)
		}
	}
}

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"0.85499999999999998": "0.855", "1E+2": "100", "5.0000000000000001E-2": "0.05", "72.2": "72.2",
		"0": "0", "-0": "0", "-0.0": "0", "1.0": "1", "007": "7", "-3.50": "-3.5", "1e15": "1000000000000000",
		"0.1": "0.1", "0.30000000000000004": "0.3", "99.999999999999986": "100", "1234567.8900000001": "1234567.89",
		"12345678901234567": "12345678901234600", "1E-7": "0.0000001", " 5 ": "5", ".5": "0.5",
	} {
		if got, ok := Canonical(in); !ok || got != want {
			t.Errorf("Canonical(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", " ", "x", "1,5", "NaN", "Inf", "0x1p4", "1_0", "1E+31", "1E-41", "1E+400", "--1", "1e"} {
		if got, ok := Canonical(in); ok {
			t.Errorf("Canonical(%q) = %q, want none", in, got)
		}
	}
}

func TestRatio(t *testing.T) {
	for in, want := range map[string][2]int{
		"15/19": {15, 19}, "05/08": {5, 8}, "19 / 19": {19, 19}, "02/17": {2, 17}, "１５／１９": {15, 19},
		"15/19 tiêu chí": {15, 19}, "0/19": {0, 19},
	} {
		if n, d, ok := Ratio(in); !ok || [2]int{n, d} != want {
			t.Errorf("Ratio(%q) = %d, %d, %v, want %v", in, n, d, ok, want)
		}
	}
	for _, in := range []string{"", "/", "15", "15/", "/19", "15/0", "30/6/2023", "1,5/2", "a/b", "15/19/2", "-1/19", "1234567/2", "5/8-9"} {
		if n, d, ok := Ratio(in); ok {
			t.Errorf("Ratio(%q) = %d, %d, want none", in, n, d)
		}
	}
}

func TestMaybeNegative(t *testing.T) {
	for in, want := range map[string]string{"(5)": "5", "( 12,5 )": "12.5", "- 5": "5", "– 12,5": "12.5", "(85,5%)": "85.5"} {
		if got := MaybeNegative(in); len(got) != 1 || got[0].Figure != want {
			t.Errorf("MaybeNegative(%q) = %+v, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "-", "()", "(Đạt)", "-5", "5", "(5", "(-5)", "- Đạt", "(≥5)", "( )", "-  "} {
		if got := MaybeNegative(in); got != nil {
			t.Errorf("MaybeNegative(%q) = %+v, want none", in, got)
		}
	}
}

func TestSeveral(t *testing.T) {
	for in, want := range map[string][]string{
		"12/15 ấp (80%)": {"12", "15", "80"}, "85,5 - 90": {"85,5", "90"}, "85, 5": {"85", "5"}, "85,5%": nil, "Đạt": nil, "1.234,5": nil, "8o,5": nil,
	} {
		if d := cmp.Diff(want, Several(in)); d != "" {
			t.Errorf("Several(%q) (-want +got):\n%s", in, d)
		}
	}
}
