package normalize_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// lastOf is a report of May that says so much of a field, commune by commune of
// the reading; "" says nothing.
func lastOf(r tonghop.Reading, field string, figures []string) tonghop.Last {
	l := tonghop.Last{Form: "xa-ntm", Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 5}, Receipt: "TH-000003",
		Figures: map[string]map[string]decimal.Decimal{}}
	for i, f := range figures {
		if f != "" {
			l.Figures[r.Rows[i].Unit] = map[string]decimal.Decimal{field: decimal.RequireFromString(f)}
		}
	}
	return l
}

// TestLast reads figures beside what was reported last.
func TestLast(t *testing.T) {
	n := newNormalizer(t)
	names := []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã An Quảng Hữu", "Xã Lưu Nghiệp Anh"}
	for _, c := range []struct {
		name, field  string
		cells        []tonghop.Cell
		last         []string
		figures, ask string
		notes        int // that a text was read by what was reported last
	}{
		{"nothing known", "9.1", cells(num, "4000", "1", "2", "3", "5"), nil, "4000 1 2 3 5", "O-030 V5", 0},
		{"nothing to ask", "9.1", cells(num, "4", "1", "2", "3", "5"), []string{"5", "1", "3", "0", "9"}, "4 1 2 3 5", "", 0},
		{"a thousand times", "9.1", cells(num, "4000", "3000", "0", "900", "5000"), []string{"4", "", "", "1000", "5100"}, "4000 3000 0 900 5000", "O-036 V5", 0},
		{"a thousandth", "9.1", cells(num, "4", "0", "2", "3", "5"), []string{"4100", "1", "", "", ""}, "4 0 2 3 5", "O-036 V5", 0},
		{"a column in another unit", "9.1", cells(num, "4000", "2000", "0", "3000", "5000"), []string{"4", "2", "0", "3", ""},
			"4000 2000 0 3000 5000", "O-041 V5:V6,V8", 0},
		{"two of a column", "9.1", cells(num, "4000", "2000", "0", "3000", "5000"), []string{"4", "2", "0", "2900", ""},
			"4000 2000 0 3000 5000", "O-036 V5; O-036 V6", 0},
		{"ten times is no slip of this kind", "9.1", cells(num, "40", "1", "2", "3", "5"), []string{"4", "1", "2", "3", "5"}, "40 1 2 3 5", "", 0},
		{"a text with two readings", "9.1", append(cells(text, "1.000"), cells(num, "900", "700", "0", "1200")...), []string{"1100", "", "", "", ""}, "1000 900 700 0 1200", "", 1},
		{"the same, far from its column", "9.1", cells(text, "1.000", "12", "5", "0", "3"), []string{"1100", "", "", "", ""}, "1000 12 5 0 3", "O-030 V5", 1},
		{"a count is no fraction", "9.1", cells(text, "1.000", "12", "5", "0", "3"), []string{"1", "", "", "", ""}, "? 12 5 0 3", "O-015 V5", 0},
		{"neither reading", "9.1", cells(text, "1.000", "12", "5", "0", "3"), []string{"30", "", "", "", ""}, "? 12 5 0 3", "O-015 V5", 0},
		{"zero before says nothing", "9.1", cells(text, "1.000", "12", "5", "0", "3"), []string{"0", "", "", "", ""}, "? 12 5 0 3", "O-015 V5", 0},
		{"marks are not compared", "TC9", cells(text, "Đạt", "Đạt", "Đạt", "Đạt", "Đạt"), []string{"1000", "", "", "", ""}, "    ", "", 0},
	} {
		f := tidy()
		f.names = names
		for i, cell := range c.cells {
			f.set(names[i], c.field, cell)
		}
		plain := read(t, n, f.book(), normalize.Hints{})
		r := read(t, n.After(tonghop.History{lastOf(plain, c.field, c.last)}), f.book(), normalize.Hints{})
		if got := asks(r.Findings); got != c.ask {
			t.Errorf("%s: asked %q; want %q", c.name, got, c.ask)
		}
		if got := figures(r, c.field); c.field != "TC9" && got != c.figures {
			t.Errorf("%s: read %q; want %q", c.name, got, c.figures)
		}
		notes := 0
		for _, f := range r.Findings {
			if f.Rule == "O-040" {
				notes++
			}
			if (f.Rule == "O-036" || f.Rule == "O-040" || f.Rule == "O-041") && (f.Args["last"] != "2023-05" || f.Args["since"] != "TH-000003" || f.Args["before"] == "") {
				t.Errorf("%s: %s does not say what it was compared with: %v", c.name, f.Rule, f.Args)
			}
		}
		if notes != c.notes {
			t.Errorf("%s: %d notes; want %d", c.name, notes, c.notes)
		}
	}
}

// What is asked about a figure anyway says what was reported last, and asks no
// second time.
func TestLastIsCited(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.set(f.names[0], "10", num("60500")).set(f.names[1], "10", text("năm mươi lăm"))
	plain := read(t, n, f.book(), normalize.Hints{})
	if strings.Contains(asks(plain.Findings), "O-036") || len(plain.Rows) != 2 {
		t.Fatalf("asked %q", asks(plain.Findings))
	}
	r := read(t, n.After(tonghop.History{lastOf(plain, "10", []string{"60.1", "54"})}), f.book(), normalize.Hints{})
	if asks(r.Findings) != asks(plain.Findings) {
		t.Errorf("asked %q; want %q", asks(r.Findings), asks(plain.Findings))
	}
	var cited []string
	for _, f := range r.Findings {
		if f.Args["last"] != "" {
			cited = append(cited, f.Rule+" "+f.Args["before"])
		}
	}
	if !slices.Equal(cited, []string{"O-030 60,1", "O-001 54"}) {
		t.Errorf("cited %q", cited)
	}
}
