package normalize_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// criteriaPlate has a mark for each criterion, and the total.
func criteriaPlate(names ...string) plate {
	p := plate{heading: []string{"UBND HUYỆN TRÀ CÚ", "Tháng 6 năm 2023"}, names: names}
	for no := 1; no <= 19; no++ {
		p.labels = append(p.labels, strconv.Itoa(no)+". "+criterionNames[no])
	}
	for i := range names {
		var row []tonghop.Cell
		for no := range p.labels {
			mark := "Đạt"
			if (i+no)%6 == 0 {
				mark = "Chưa đạt"
			}
			row = append(row, text(mark))
		}
		p.cells = append(p.cells, row)
	}
	return p
}

// TestCountedCommunes turns a form with a mark for each criterion: the row of
// numbers above or below the communes counts them and names no criterion.
func TestCountedCommunes(t *testing.T) {
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Lưu Nghiệp Anh", "Xã Ngọc Biên", "Xã An Quảng Hữu",
		"Xã Long Hiệp", "Xã Hàm Giang", "Xã Hàm Tân", "Xã Đại An", "Xã Kim Sơn", "Xã Thanh Sơn")
	n := newNormalizer(t)
	upright := sheets(one("Biểu 1", p))
	want := meant(t, upright, read(t, n, upright, normalize.Hints{}))
	if len(want) != len(p.names)*19 {
		t.Fatalf("the upright table gives %d values; want %d", len(want), len(p.names)*19)
	}
	for _, below := range []int{0, 1} {
		c := canvas{}
		for i, h := range p.heading {
			c.put(1+i, 1, text(h))
		}
		c.put(4+below, 1, text("STT"))
		c.put(5-below, 1, text("Tên xã"))
		for i, name := range p.names {
			c.put(4+below, 2+i, num(strconv.Itoa(i+1)))
			c.put(5-below, 2+i, text(name))
			for j, l := range p.labels {
				c.put(6+j, 1, text(l))
				c.put(6+j, 2+i, p.cells[i][j])
			}
		}
		b := sheets(c.sheet("Biểu 1"))
		r := read(t, n, b, normalize.Hints{})
		if q := asks(r.Findings); q != asks(read(t, n, upright, normalize.Hints{}).Findings) {
			t.Errorf("numbers %d rows below the names: asked %s", below, q)
		}
		if d := cmp.Diff(want, meant(t, b, r)); d != "" {
			t.Errorf("numbers %d rows below the names: facts differ (-upright +lying):\n%s", below, d)
		}
	}
}

// TestBlockOfMarks reads the mark of a criterion with one indicator from a block
// of marks, beside that indicator's own: both are statements, and no question.
func TestBlockOfMarks(t *testing.T) {
	n := newNormalizer(t)
	var cols []column
	for no := 1; no <= 19; no++ {
		for _, in := range indicatorsOf(no) {
			cols = append(cols, column{heads: []string{"=" + strconv.Itoa(no) + ". " + criterionNames[no], in}, field: in})
		}
	}
	for no := 1; no <= 19; no++ {
		cols = append(cols, column{heads: []string{"=Kết quả đánh giá các tiêu chí", "TC " + strconv.Itoa(no)}, field: fieldOf(no), mark: true})
	}
	checkHeader(t, n, "a block of marks", cols, 2, "")
}
