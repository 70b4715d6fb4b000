//go:build !race

package normalize_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestTableOfSomethingElseBelow leaves a table that counts communes by how many
// criteria they meet to itself, below an upright form and below a lying one.
func TestTableOfSomethingElseBelow(t *testing.T) {
	n := newNormalizer(t)
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Ngọc Biên", "Xã Hàm Giang", "Xã Đại An")
	below := func(c canvas, row int) tonghop.Sheet {
		c.put(row, 1, text("Phân loại xã theo mức độ đạt tiêu chí"))
		for j, h := range []string{"STT", "Huyện", "Tổng số xã", "Đạt 19", "15-18", "10-14", "5-9", "Dưới 5"} {
			c.put(row+1, 1+j, text(h))
		}
		c.put(row+2, 1, num("1"))
		c.put(row+2, 2, text("Huyện Trà Cú"))
		for j, v := range []string{"6", "0", "6", "0", "0", "0"} {
			c.put(row+2, 3+j, num(v))
		}
		return c.sheet("Biểu 1")
	}
	upright, lying := canvas{}, canvas{}
	for name, s := range map[string][2]tonghop.Sheet{
		"upright": {below(upright, upright.upright(p, 1, 1)+1), one("Biểu 1", p)},
		"lying":   {below(lying, lying.lying(p, 1)+1), func() tonghop.Sheet { c := canvas{}; c.lying(p, 1); return c.sheet("Biểu 1") }()},
	} {
		t.Run(name, func(t *testing.T) {
			with, without := sheets(s[0]), sheets(s[1])
			got, want := read(t, n, with, normalize.Hints{}), read(t, n, without, normalize.Hints{})
			if diff := cmp.Diff(meant(t, without, want), meant(t, with, got)); diff != "" {
				t.Errorf("read otherwise (-alone +with):\n%s", diff)
			}
			if asks(got.Findings) != asks(want.Findings) || len(got.Totals) != len(want.Totals) {
				t.Errorf("asked %q with %d totals; alone %q with %d", asks(got.Findings), len(got.Totals), asks(want.Findings), len(want.Totals))
			}
		})
	}
}
