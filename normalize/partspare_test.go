//go:build !race

package normalize_test

import (
	"strconv"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestPartsWithSpareColumns reads a form of criteria in two halves of which each
// has columns of something else behind the marks.
func TestPartsWithSpareColumns(t *testing.T) {
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Ngọc Biên", "Xã Hàm Giang")
	half := func(c canvas, row, from, to int) tonghop.Sheet {
		c.put(row, 1, text("STT"))
		c.put(row, 2, text("Tên đơn vị"))
		spare := []string{"Số tiêu chí đạt cuối năm 2022", "Đăng ký đạt chuẩn năm", "Tỷ lệ (%)"}
		for no := from; no <= to; no++ {
			c.put(row+1, 3+no-from, text("TC"+strconv.Itoa(no)))
			c.put(row+2, 3+no-from, text(criterionNames[no]))
		}
		for j, h := range spare {
			c.put(row, 4+to-from+j, text(h))
		}
		for i, name := range p.names {
			c.put(row+3+i, 1, num(strconv.Itoa(i+1)))
			c.put(row+3+i, 2, text(name))
			for no := from; no <= to; no++ {
				c.put(row+3+i, 3+no-from, p.cells[i][no-1])
			}
			for j, v := range []string{"14", "2025", "73.7"} {
				c.put(row+3+i, 4+to-from+j, num(v))
			}
		}
		s := c.sheet("Từ " + strconv.Itoa(from))
		for _, col := range []int{1, 2, 4 + to - from, 5 + to - from, 6 + to - from} {
			s.Merges = append(s.Merges, tonghop.Area{Top: row, Left: col, Bottom: row + 2, Right: col})
		}
		return s
	}
	first := canvas{}
	for i, h := range p.heading {
		first.put(i+1, 1, text(h))
	}
	b := sheets(half(first, 4, 1, 9), half(canvas{}, 2, 10, 19))
	r := read(t, newNormalizer(t), b, normalize.Hints{Province: "84"})
	marks := 0
	for _, row := range r.Rows {
		for _, v := range row.Values {
			if v.Mark != "" {
				marks++
			}
		}
	}
	if marks != 5*19 || asks(r.Findings) != "COT-006 N4,N7:N11; COT-006 O2,O5:O9" { // what the share is of, nobody says
		t.Errorf("read %d marks; want %d; asked %q", marks, 5*19, asks(r.Findings))
	}
}
