//go:build !race

package normalize_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// inHalves are the marks of 19 criteria on two sheets. On the second the number
// met stands behind them, and the share that it is, as given for each count.
func inHalves(share func(row, met int) string) *tonghop.Book {
	names := []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn"}
	var out []tonghop.Sheet
	for half, from := range []int{1, 11} {
		c := canvas{}
		c.put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
		c.put(2, 1, text("KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"))
		c.put(3, 1, text("Tháng 6 năm 2023"))
		c.put(5, 1, text("STT"))
		c.put(5, 2, text("Tên xã"))
		for i, name := range names {
			c.put(6+i, 1, num(strconv.Itoa(1+i)))
			c.put(6+i, 2, text(name))
			met := 0
			for no := 1; no <= 19; no++ {
				mark := "Đạt"
				if (no+i)%(3+i) == 0 {
					mark = "Chưa đạt"
				} else {
					met++
				}
				if no >= from && no < from+10 {
					c.put(5, 3+no-from, text("TC"+strconv.Itoa(no)))
					c.put(6+i, 3+no-from, text(mark))
				}
			}
			if half == 1 {
				c.put(5, 12, text("Tổng số tiêu chí đạt"))
				c.put(5, 13, text("Tỷ lệ (%)"))
				c.put(6+i, 12, num(strconv.Itoa(met)))
				c.put(6+i, 13, num(share(i, met)))
			}
		}
		out = append(out, c.sheet("Biểu "+strconv.Itoa(1+half)))
	}
	return sheets(out...)
}

// TestShareOfTotal leaves aside the share that the criteria met are of all, and
// asks about a column that only looks like it.
func TestShareOfTotal(t *testing.T) {
	n := newNormalizer(t)
	points := func(_, met int) string { return strconv.FormatFloat(float64(met)/0.19, 'f', 1, 64) }
	for name, c := range map[string]struct {
		share func(row, met int) string
		asks  bool
	}{
		"points":      {points, false},
		"whole":       {func(_, met int) string { return strconv.FormatFloat(float64(met)/0.19, 'f', 0, 64) }, false},
		"of one":      {func(_, met int) string { return strconv.FormatFloat(float64(met)/19, 'f', 3, 64) }, false},
		"one differs": {func(i, met int) string { return points(i, met-i/2) }, true},
	} {
		got := asks(read(t, n, inHalves(c.share), normalize.Hints{}).Findings)
		if strings.Contains(got, "COT-006 M5") != c.asks || !c.asks && strings.Contains(got, "COT-") {
			t.Errorf("%s: asked %q", name, got)
		}
	}
}
