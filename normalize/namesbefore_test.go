//go:build !race

package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestNameOfTodayAmongFormer asks about a name of today that was also that of
// another commune before, only where the table is made by the names of before.
func TestNameOfTodayAmongFormer(t *testing.T) {
	n := newNormalizer(t)
	const both = "Xã Tân An" // 11167 of today; 10840, now in Xã Hà Tây, before
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"by the names of before", []string{"Xã Bình Lăng", "Xã An Phượng", both}, "DV-095 B7"},
		{"without its kind", []string{"Bình Lăng", "An Phượng", "Tân An"}, "DV-095 B7"},
		{"by those of today", []string{"Xã Hà Bắc", "Xã Thanh Hà", both}, ""},
		{"one of before", []string{"Xã Hà Bắc", "Xã An Phượng", both}, ""},
		{"some of before", []string{"Xã Hà Nam", "Xã Hà Đông", "Xã Bình Lăng", "Xã An Phượng", both}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := autumn("VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI THÀNH PHỐ HẢI PHÒNG", c.rows...)
			r := read(t, n, f.book(), normalize.Hints{Province: "31"})
			if got := asks(r.Findings); got != c.want {
				t.Errorf("asked %q; want %q", got, c.want)
			}
			if got := r.Rows[len(r.Rows)-1].Unit; got != "11167" {
				t.Errorf("taken for %q", got)
			}
			for _, f := range r.Findings {
				if f.Rule == "DV-095" && f.Args["heirs"] != "Xã Hà Tây" {
					t.Errorf("says the former one is in %q", f.Args["heirs"])
				}
			}
		})
	}
}

// TestUnaccentedNameOfTwo takes the name of a commune that has no accents for no
// commune where nobody types accents and another one's would be the same.
func TestUnaccentedNameOfTwo(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		rows []string
		unit string // of the first row: Xã Nga Thanh is 16123, Xã Nga Thành 16141
		ask  string
	}{
		{[]string{"Nga Thanh", "Nga Thach", "Nga Thang"}, "", "DV-020"},
		{[]string{"Xã Nga Thanh", "Xã Nga Thach", "Xã Nga Thang"}, "", "DV-020"},
		{[]string{"Nga Thanh", "Nga Thạch", "Nga Thang"}, "16123", ""},
		{[]string{"Nga Thanh", "Nga Trung", "Nga An"}, "16123", ""}, // names that have no accents
	} {
		f := tidy()
		f.heading[0], f.names = "UBND HUYỆN NGA SƠN", c.rows
		r := read(t, n, f.book(), normalize.Hints{})
		if got := asks(r.Findings); r.Rows[0].Unit != c.unit || !strings.HasPrefix(got, c.ask) || c.ask == "" && got != "" {
			t.Errorf("%v: taken for %q, asked %q; want %q, %q", c.rows, r.Rows[0].Unit, got, c.unit, c.ask)
		}
		for _, f := range r.Findings {
			if f.Rule == "DV-020" && (f.Args["first_code"] != "16123" || f.Args["second_code"] != "16141" || f.Severity != tonghop.Query) {
				t.Errorf("%v: asked %v", c.rows, f.Args)
			}
		}
	}
}
