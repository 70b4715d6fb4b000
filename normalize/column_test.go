package normalize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// traCu are communes of Trà Cú: enough rows to make a column.
var traCu = []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã An Quảng Hữu", "Xã Lưu Nghiệp Anh", "Xã Ngãi Xuyên", "Xã Kim Sơn", "Xã Thanh Sơn"}

// column puts cells into one field, a commune each, and reads the form.
func columnOf(t testing.TB, n *normalize.Normalizer, field string, cells ...tonghop.Cell) tonghop.Reading {
	t.Helper()
	f := tidy()
	f.names = traCu[:len(cells)]
	for i, c := range cells {
		f.set(traCu[i], field, c)
	}
	return read(t, n, f.book(), normalize.Hints{})
}

// figures lists what a field was read as, row by row; "?" for what was not read.
func figures(r tonghop.Reading, field string) string {
	var out []string
	for _, row := range r.Rows {
		for _, v := range row.Values {
			if v.Field != field {
				continue
			}
			if v.Empty == tonghop.Unreadable {
				out = append(out, "?")
				continue
			}
			out = append(out, v.Figure())
		}
	}
	return strings.Join(out, " ")
}

func cells(kind func(string) tonghop.Cell, values ...string) []tonghop.Cell {
	var out []tonghop.Cell
	for _, v := range values {
		out = append(out, kind(v))
	}
	return out
}

// TestColumns reads figures that only their column can decide.
func TestColumns(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		name, field string
		cells       []tonghop.Cell
		want, ask   string
	}{
		{"counts with thousands signs", "9.1", cells(text, "1.250", "2.100", "1.000", "12"), "1250 2100 1000 12", ""},
		{"counts in English style", "9.1", cells(text, "1,250", "2,100", "1,000", "12"), "1250 2100 1000 12", ""},
		{"counts in both styles", "9.1", cells(text, "1,250", "2.100", "1.000", "2,000"), "1250 2100 ? ?", "O-015 V7; O-015 V8"},
		{"a count alone", "9.1", cells(text, "1.000", "12", "5", "0"), "? 12 5 0", "O-015 V5"},
		{"grouped with blanks", "9.1", cells(text, "1 250", "2\u00a0100", "05", "0"), "1250 2100 5 0", ""},
		{"decimal point and comma", "2.1", cells(text, "85.5", "85,5", "90", "99.25"), "85.5 85.5 90 99.25", ""},
		{"one fraction among points", "2.1", cells(num, "85.5", "0.855", "90", "99.25"), "85.5 0.855 90 99.25", "O-005 E6"},
		{"one per cent or all", "2.1", cells(num, "85.5", "1", "90", "99.25"), "85.5 1 90 99.25", "O-005 E6"},
		{"fractions in one column only", "2.1", cells(num, "0.855", "0.9", "1", "0.7825"), "85.5 90 100 78.25", "O-034 E5:E8"},
		{"percent format beside points", "2.1", []tonghop.Cell{percent("0.855", "85.5%"), num("85.5"), text("85,5%"), percent("1", "100%")}, "85.5 85.5 85.5 100", ""},
		{"a fraction that lost its format", "2.1", []tonghop.Cell{percent("0.855", "85.5%"), num("0.9"), num("0.7"), num("0.8")}, "85.5 0.9 0.7 0.8", "O-005 E6:E8"},
		{"a fraction where less is better", "11", cells(num, "4.3", "0.043", "3.1", "2.5"), "4.3 0.043 3.1 2.5", "O-005 Y6"},
		{"a small share where less is better", "11", cells(num, "4.3", "0.8", "3.1", "2.5"), "4.3 0.8 3.1 2.5", ""},
		{"small shares where less is better", "11", cells(num, "0.7", "0.8", "0.95", "0"), "0.7 0.8 0.95 0", ""},
		{"tiny shares where less is better", "11", cells(num, "0.07", "0.08", "0.095", "0.12"), "0.07 0.08 0.095 0.12", "O-005 Y5:Y8"},
		{"thousands among millions", "10", cells(num, "56.2", "61500", "60", "58.3"), "56.2 61500 60 58.3", "O-030 X6"},
		{"a lost decimal sign", "10", cells(num, "56.2", "6.15", "60", "58.3"), "56.2 6.15 60 58.3", "O-030 X6"},
		{"incomes that differ", "10", cells(num, "36.2", "61.5", "90", "28.3"), "36.2 61.5 90 28.3", ""},
		{"a column in thousands", "10", cells(num, "56200", "61500", "90000", "28300"), "56.2 61.5 90 28.3", "COT-031 X4,X5:X8"},
		{"thousands of unequal size", "10", cells(num, "56200", "61500", "90", "28300"), "56200 61500 90 28300", "O-030 X5; O-030 X6; O-030 X8"},
		{"units in cells", "10", cells(text, "56,2 triệu", "61.500 nghìn đồng", "60 trđ/người/năm", "58.300.000 đồng"), "56.2 61.5 60 58.3", ""},
		{"houses by the thousand", "9.1", cells(num, "3", "5", "12", "4000"), "3 5 12 4000", "O-030 V8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := columnOf(t, n, c.field, c.cells...)
			if got := figures(r, c.field); got != c.want {
				t.Errorf("read %s; want %s", got, c.want)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
		})
	}
}

// TestSheetOfFractions reads a form all of whose shares stand as fractions of
// one: a habit of the sheet, taken with a note.
func TestSheetOfFractions(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.names = traCu[:4]
	for i, name := range f.names {
		for _, l := range f.labels {
			if f.value(l).Stored == "95.5" {
				f.set(name, l, num([]string{"0.955", "0.8", "1", "0.7825"}[i]))
			}
		}
		f.set(name, "11", num("0.043"))
		f.set(name, "15.3", num("0.12"))
		f.set(name, "6.3", num("1"))
	}
	r := read(t, n, f.book(), normalize.Hints{})
	for field, want := range map[string]string{"2.1": "95.5 80 100 78.25", "6.3": "100 100 100 100", "11": "4.3 4.3 4.3 4.3", "15.3": "12 12 12 12", "10": "60.5 60.5 60.5 60.5"} {
		if got := figures(r, field); got != want {
			t.Errorf("%s: read %s; want %s", field, got, want)
		}
	}
	if got := asks(r.Findings); got != "" {
		t.Errorf("asked %q", got)
	}
}

// TestFewCommunesOfFractions reads the same habit in an office of two communes,
// where no column alone says enough.
func TestFewCommunesOfFractions(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	i := 0
	for _, name := range f.names {
		for _, l := range f.labels {
			if f.value(l).Stored == "95.5" {
				f.set(name, l, num([]string{"0.955", "0.8", "1", "0.7825", "0.61", "0.77"}[i%6]))
				i++
			}
		}
		f.set(name, "11", num("0.043"))
		f.set(name, "15.3", num("0.12"))
	}
	r := read(t, n, f.book(), normalize.Hints{})
	for field, want := range map[string]string{"2.1": "95.5 80", "2.2": "80 100", "11": "4.3 4.3"} {
		if got := figures(r, field); got != want {
			t.Errorf("%s: read %s; want %s", field, got, want)
		}
	}
	if got := asks(r.Findings); got != "" {
		t.Errorf("asked %q", got)
	}
}

// TestUnitsOfMeasure converts exactly what the header or the line above the
// table says, and asks where the figures say otherwise.
func TestUnitsOfMeasure(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		name, above, header string
		value               tonghop.Cell
		want, ask           string
	}{
		{"header in thousands", "", "10 Thu nhập (nghìn đồng)", num("60500"), "60.5 60.5", ""},
		{"line above in thousands", "Đơn vị tính: nghìn đồng", "10", num("60500"), "60.5 60.5", ""},
		{"dotted thousands", "", "10 Thu nhập (1.000 đồng/người)", text("60.500"), "60.5 60.5", ""},
		{"without tính", "(Đơn vị: nghìn đồng)", "10", num("60500"), "60.5 60.5", ""},
		{"a unit alone", "(nghìn đồng)", "10", num("60500"), "60.5 60.5", ""},
		{"dong", "ĐVT: đồng", "10", text("60.500.000"), "60.5 60.5", ""},
		{"the header is nearer", "Đơn vị tính: nghìn đồng", "10 Thu nhập (triệu đồng/người/năm)", num("60.5"), "60.5 60.5", ""},
		{"the cell is nearest", "", "10 Thu nhập (nghìn đồng)", text("60,5 triệu đồng"), "60.5 60.5", ""},
		{"the form's own unit", "Đơn vị tính: %, triệu đồng/người/năm", "10", num("60.5"), "60.5 60.5", ""},
		{"figures contradict", "Đơn vị tính: nghìn đồng", "10", num("60.5"), "60.5 60.5", "COT-030 X5,X6:X7"},
		{"by the month", "", "10 Thu nhập (triệu đồng/người/tháng)", num("5.5"), "5.5 5.5", "COT-008 X5,X6:X7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := tidy()
			f.heading = append(f.heading, c.above)
			for i, l := range f.labels {
				if l == "10" {
					f.labels[i] = c.header
				}
			}
			for _, name := range f.names {
				f.set(name, c.header, c.value)
			}
			r := read(t, n, f.book(), normalize.Hints{})
			if got := figures(r, "10"); got != c.want {
				t.Errorf("read %s; want %s", got, c.want)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
		})
	}
}

// TestOvertyped asks about a number among formulas that nothing else checks.
func TestOvertyped(t *testing.T) {
	n := newNormalizer(t)
	formula := func(row int) tonghop.Cell {
		c := num("19")
		c.HasForm, c.Cached, c.Formula = true, true, fmt.Sprintf(`COUNTIF(C%d:BG%d,"Đạt")`, row, row)
		return c
	}
	cs := []tonghop.Cell{formula(5), formula(6), num("18"), formula(8), formula(9)}
	r := columnOf(t, n, "Tổng số tiêu chí đạt", cs...)
	if got := asks(r.Findings); got != "O-033 BH7" {
		t.Errorf("asked %q; want the typed number", got)
	}
	cs[1] = num("17")
	if got := asks(columnOf(t, n, "Tổng số tiêu chí đạt", cs...).Findings); got != "" {
		t.Errorf("asked %q about a column that is half typed", got)
	}
}

// typed is a way in which one author writes figures.
type typed struct {
	name  string
	write func(d decimal.Decimal) tonghop.Cell
}

func grouped(d decimal.Decimal, thousands, sign string) string {
	whole, fraction, _ := strings.Cut(d.String(), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + thousands + whole[i:]
	}
	if fraction != "" {
		whole += sign + fraction
	}
	return whole
}

// TestColumnsReadBack writes a column of known figures in the style of one
// author, with noise around some of them: every figure comes back exactly or is
// asked about at its cell, and a column without noise raises no question.
func TestColumnsReadBack(t *testing.T) {
	n := newNormalizer(t)
	ways := []typed{
		{"number", func(d decimal.Decimal) tonghop.Cell { return num(d.String()) }},
		{"Vietnamese", func(d decimal.Decimal) tonghop.Cell { return text(grouped(d, ".", ",")) }},
		{"English", func(d decimal.Decimal) tonghop.Cell { return text(grouped(d, ",", ".")) }},
		{"blanks", func(d decimal.Decimal) tonghop.Cell { return text(grouped(d, "\u00a0", ",")) }},
	}
	noise := []string{"'%s", " %s ", "\u00a0%s", "%s.", "≥%s", "(%s)", "- %s", "%s; 5", "%s (x)", "khoảng %s", "%s?", "%s ha"}
	fields := []struct {
		no        string
		low, high int64
		places    int32
	}{{"2.1", 400, 1000, 1}, {"10", 4000, 9000, 2}, {"9.1", 0, 9000, 0}, {"11", 20, 140, 1}, {"17.4", 100, 290, 2}}
	rapid.Check(t, func(rt *rapid.T) {
		way := rapid.SampledFrom(ways).Draw(rt, "way")
		field := rapid.SampledFrom(fields).Draw(rt, "field")
		noisy := rapid.Bool().Draw(rt, "noisy")
		var want []decimal.Decimal
		var cs []tonghop.Cell
		quiet := true
		for i := 0; i < len(traCu); i++ {
			d := decimal.New(rapid.Int64Range(field.low, field.high).Draw(rt, "figure"), -field.places)
			c := way.write(d)
			if noisy && rapid.IntRange(0, 3).Draw(rt, "touched") == 0 {
				c = text(strings.Replace(rapid.SampledFrom(noise).Draw(rt, "noise"), "%s", strings.TrimSpace(c.Stored), 1))
				quiet = false
			}
			want, cs = append(want, d), append(cs, c)
		}
		r := columnOf(t, n, field.no, cs...)
		asked := 0
		for i, row := range r.Rows {
			v, _ := row.Value(field.no, false)
			for _, each := range row.Values {
				if each.Field == field.no {
					v = each
				}
			}
			named := false
			for _, f := range r.Findings {
				named = named || f.Severity != tonghop.Note && f.Names(v.Ref)
			}
			if named {
				asked++
			} else if !v.Number.Valid || !v.Number.Decimal.Equal(want[i]) {
				rt.Fatalf("%s %s: %q was read as %q without a question; want %s", way.name, field.no, cs[i].Stored, v.Figure(), want[i])
			}
		}
		// Only a count of three zeros, with nothing beside it, has two readings.
		if quiet && asked > 0 && field.no != "9.1" {
			rt.Fatalf("%s %s: asked about %d cells of a clean column: %s", way.name, field.no, asked, asks(r.Findings))
		}
	})
}

// TestDays shows what a cell that became a date may have been, in both date
// systems.
func TestDays(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		stored        string
		date1904      bool
		first, second string
	}{
		{"45143", false, "5/8", "8/5"},
		{"43681", true, "5/8", "8/5"},
		{"45178", false, "9/9", ""},
		{"45279", false, "19/12", "12/19"},
		{"19", false, "19", ""}, // a total typed into a cell for dates
	} {
		f := tidy()
		f.set(f.names[0], "Tổng số tiêu chí đạt", tonghop.Cell{Kind: tonghop.CellNumber, Stored: c.stored, Shown: c.stored,
			Style: &tonghop.Style{NumberFormat: "d-mmm", Date: true}})
		b := f.book()
		b.Date1904 = c.date1904
		r := read(t, n, b, normalize.Hints{})
		if got := asks(r.Findings); got != "O-031 BH5" {
			t.Fatalf("%s: asked %q", c.stored, got)
		}
		for _, f := range r.Findings {
			if f.Rule == "O-031" && (f.Args["first"] != c.first || f.Args["second"] != c.second) {
				t.Errorf("%s: showed %q and %q; want %q and %q", c.stored, f.Args["first"], f.Args["second"], c.first, c.second)
			}
		}
		if got := figures(r, tonghop.FieldTotalMet); got != "? 19" {
			t.Errorf("%s: read %s; want the cell unread", c.stored, got)
		}
	}
}

// TestBefore asks about a jump by a thousand against the last period, where the
// column itself says nothing.
func TestBefore(t *testing.T) {
	k := normalize.Shipped(t)
	k.Before = tonghop.History{{Figures: map[string]map[string]decimal.Decimal{"29464": {"9.1": decimal.NewFromInt(4), "10": decimal.RequireFromString("55.1")}}}}
	f := tidy()
	f.set(f.names[0], "9.1", num("4000"))
	r := read(t, normalize.New(k), f.book(), normalize.Hints{})
	if got := asks(r.Findings); got != "O-036 V5" {
		t.Errorf("asked %q; want the jump", got)
	}
	if got := figures(r, "9.1"); got != "4000 0" {
		t.Errorf("read %s", got)
	}
}
