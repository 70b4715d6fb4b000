//go:build !race

package normalize_test

import (
	"strconv"
	"testing"

	"github.com/tonghop/tonghop/normalize"
)

// TestSpareColumnBesideZeros reads marks of which one is the figure 0, with a column
// left free between two criteria: nothing slid, for no header stands over it.
func TestSpareColumnBesideZeros(t *testing.T) {
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Ngọc Biên", "Xã Hàm Giang")
	n := newNormalizer(t)
	for _, free := range []int{16, 18} { // the criterion before the free column
		c := canvas{}
		for i, h := range p.heading {
			c.put(i+1, 1, text(h))
		}
		const head = 6
		c.put(head, 1, text("TT"))
		c.put(head, 2, text("Đơn vị"))
		c.put(head, 23, text("Số TC đạt"))
		for i, name := range p.names {
			c.put(head+1+i, 1, num(strconv.Itoa(i+1)))
			c.put(head+1+i, 2, text(name))
			met := 0
			for no := 1; no <= 19; no++ {
				col := 2 + no
				if no > free {
					col++
				}
				c.put(head, col, text(strconv.Itoa(no)+". "+criterionNames[no]))
				mark := text("✓")
				if no == free && i > 0 {
					mark = text("0")
				} else {
					met++
				}
				c.put(head+1+i, col, mark)
			}
			c.put(head+1+i, 23, num(strconv.Itoa(met)))
		}
		c.put(head+3+len(p.names), 2, text("Ghi chú: ✓: đạt; 0: chưa đạt"))
		r := read(t, n, sheets(c.sheet("Biểu 1")), normalize.Hints{Province: "84"})
		marks := 0
		for _, row := range r.Rows {
			for _, v := range row.Values {
				if v.Mark != "" {
					marks++
				}
			}
		}
		if marks != 5*19 || asks(r.Findings) != "" {
			t.Errorf("free behind %d: read %d marks, want %d; asked %q", free, marks, 5*19, asks(r.Findings))
		}
	}
}
