//go:build !race

package normalize_test

import (
	"strconv"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// numbersOnly lays out the marks of some criteria under their bare numbers, with
// a head over them that may say what the numbers are.
func numbersOnly(c canvas, row int, p plate, from, to int, head string) tonghop.Sheet {
	c.put(row, 1, text("TT"))
	c.put(row, 2, text("Huyện/xã"))
	c.put(row, 3, text(head))
	for no := from; no <= to; no++ {
		c.put(row+1, 3+no-from, num(strconv.Itoa(no)))
	}
	for i, name := range p.names {
		c.put(row+2+i, 1, num(strconv.Itoa(i+1)))
		c.put(row+2+i, 2, text(name))
		for no := from; no <= to; no++ {
			c.put(row+2+i, 3+no-from, p.cells[i][no-1])
		}
	}
	s := c.sheet("Tiêu chí " + strconv.Itoa(from))
	s.Merges = []tonghop.Area{{Top: row, Left: 1, Bottom: row + 1, Right: 1}, {Top: row, Left: 2, Bottom: row + 1, Right: 2},
		{Top: row, Left: 3, Bottom: row, Right: 3 + to - from}}
	return s
}

// TestNumbersOnTwoSheets reads the second half of a form that is headed by bare
// numbers, where a head says that they are criteria.
func TestNumbersOnTwoSheets(t *testing.T) {
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Ngọc Biên")
	first := canvas{}
	for i, h := range p.heading {
		first.put(i+1, 1, text(h))
	}
	b := sheets(numbersOnly(first, 4, p, 1, 10, "Kết quả thực hiện các tiêu chí"), numbersOnly(canvas{}, 2, p, 11, 19, "Kết quả thực hiện các tiêu chí"))
	r := read(t, newNormalizer(t), b, normalize.Hints{Province: "84"})
	meant(t, b, r)
	read := 0
	for _, row := range r.Rows {
		for _, v := range row.Values {
			if v.Mark != "" {
				read++
			}
		}
	}
	if read != 4*19 {
		t.Errorf("read %d marks; want %d; asked %q", read, 4*19, asks(r.Findings))
	}
}
