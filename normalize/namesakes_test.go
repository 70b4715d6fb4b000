package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop/normalize"
)

// TestNamesakes: Trà Cú has a xã and a township called Định An. Under a header
// that does not say which, the bare name is asked about only where the table
// lists townships and not every xã.
func TestNamesakes(t *testing.T) {
	n := newNormalizer(t)
	every := append([]string{"Hàm Giang", "Hàm Tân", "Đại An", "Ngọc Biên", "Long Hiệp", "Tân Hiệp", "Định An"}, traCu...)
	for _, c := range []struct {
		name  string
		rows  []string
		asked bool
	}{
		{"every xã", every, false},
		{"every xã, and the other township", append([]string{"Thị trấn Trà Cú"}, every...), false},
		{"no township", every[3:], false},
		{"a township, and not every xã", append([]string{"Thị trấn Trà Cú"}, every[3:]...), true},
		{"the name twice", append([]string{"Định An"}, every...), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := tidy()
			f.names = c.rows
			b := f.book()
			for _, l := range b.Sheets[0].Lines {
				for i := range l.Cells {
					if strings.Contains(l.Cells[i].Stored, "Tên xã") {
						l.Cells[i] = text("Đơn vị")
					}
				}
			}
			got := asks(read(t, n, b, normalize.Hints{}).Findings)
			if strings.Contains(got, "DV-011") != c.asked {
				t.Errorf("asked %q", got)
			}
		})
	}
}
