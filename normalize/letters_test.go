package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// Phú Ninh has a Tam Thành; Tam Kỳ, its neighbour, has a Tam Thanh. The name
// without accents is taken for its own only where the clerk types so, and only
// if the row cannot be the neighbour's.
func TestTypedAsElsewhere(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		name  string
		rows  []string
		unit  string // of the first row
		asked string
	}{
		{"others without accents too", []string{"Tam Thanh", "Tam Loc", "Tam Đàn"}, "20365", ""},
		{"others with accents", []string{"Tam Thanh", "Tam Lộc", "Tam Đàn"}, "20359", "DV-021 B5:BH5"},
		{"its own has a row", []string{"Tam Thanh", "Tam Thành", "Tam Loc"}, "20359", "DV-021 B5:BH5"},
		{"twice", []string{"Tam Thanh", "Tam Thanh", "Tam Loc", "Tam Đàn"}, "20359", "DV-021 B5:BH5; DV-021 B6:BH6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := tidy()
			f.heading[0], f.names = "UBND HUYỆN PHÚ NINH, TỈNH QUẢNG NAM", c.rows
			r := read(t, n, f.book(), normalize.Hints{})
			if got := r.Rows[0].Unit; got != c.unit || asks(r.Findings) != c.asked {
				t.Errorf("taken for %q, asked %q; want %q, %q", got, asks(r.Findings), c.unit, c.asked)
			}
		})
	}
}

// Where letters can be read in several ways the office's list tells which, and
// what it has both of is asked.
func TestNamesOfSeveralWays(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		name      string
		ways      []string
		unit, why string
		asked     string
	}{
		{"the second is ours", []string{"Xã Long Hiêp Đại", "Xã Long Hiệp"}, "29506", "letters", ""},
		{"the first is ours", []string{"Xã Long Hiệp", "Xã Long Hiêp Đại"}, "29506", "exact", ""},
		{"both are", []string{"Xã Long Hiệp", "Xã Tân Hiệp"}, "29506", "letters", "DV-070 B5"},
		{"neither is", []string{"Xã Lạ", "Xã Lá"}, "", "", "DV-020 B5:BH5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := tidy()
			f.names[0] = c.ways[0]
			b := f.book()
			b.Respelt = []tonghop.Respelt{{Ref: tonghop.Ref{Sheet: f.sheet, Row: 5, Col: 2}, Stored: c.ways[0], Read: c.ways[0], Ways: c.ways}}
			r := read(t, n, b, normalize.Hints{})
			if got := r.Rows[0]; got.Unit != c.unit || got.Match.Why != c.why || asks(r.Findings) != c.asked {
				t.Errorf("taken for %q because %q, asked %q; want %q, %q, %q", got.Unit, got.Match.Why, asks(r.Findings), c.unit, c.why, c.asked)
			}
		})
	}
}

// What stands around a name is no part of it.
func TestUndressedNames(t *testing.T) {
	n := newNormalizer(t)
	for _, typed := range []string{`"Xã Phước Hưng"`, "“Phước Hưng”", "IV. Phước Hưng", "II) Xã Phước Hưng", "XII. Phước Hưng", "X. Phước Hưng", "V.Phước Hưng",
		"UBND xã Phước Hưng", "Uỷ ban nhân dân xã Phước Hưng", "Xã_Phước_Hưng", "III. UBND xã Phước Hưng"} {
		f := tidy()
		f.names[0] = typed
		r := read(t, n, f.book(), normalize.Hints{})
		if got := r.Rows[0]; got.Unit != "29464" || got.NameRef.Cell() != "B5" || asks(r.Findings) != "" {
			t.Errorf("%s: taken for %q, asked %q", typed, got.Unit, asks(r.Findings))
		}
	}
}
