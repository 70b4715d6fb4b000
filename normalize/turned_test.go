package normalize_test

import (
	"strconv"
	"strings"
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

// TestNumbersAlone turns a form that knows its criteria by bare numbers, with
// more communes than criteria: their numbers are no criteria either.
func TestNumbersAlone(t *testing.T) {
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Lưu Nghiệp Anh", "Xã Ngọc Biên", "Xã An Quảng Hữu",
		"Xã Long Hiệp", "Xã Hàm Giang", "Xã Hàm Tân", "Xã Đại An", "Xã Kim Sơn", "Xã Thanh Sơn")
	n := newNormalizer(t)
	upright := sheets(one("Biểu 1", p))
	want := meant(t, upright, read(t, n, upright, normalize.Hints{}))
	c := canvas{}
	c.put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
	c.put(2, 1, text("Kết quả thực hiện 19 tiêu chí nông thôn mới tháng 6 năm 2023"))
	c.put(4, 1, text("Số TT"))
	c.put(5, 1, text("Tên đơn vị"))
	c.put(5, 3, text("ĐVT"))
	for i, name := range p.names {
		c.put(4, 4+i, text(strconv.Itoa(i+1)+"."))
		c.put(5, 4+i, text(name))
		for j := range p.labels {
			c.put(6+j, 2, num(strconv.Itoa(j+1)))
			c.put(6+j, 4+i, p.cells[i][j])
		}
	}
	for row, group := range map[int]string{6: "I. Quy hoạch", 7: "II. Hạ tầng kinh tế - xã hội", 15: "III. Kinh tế và tổ chức sản xuất"} {
		c.put(row, 1, text(group))
		c.put(row, 3, text("Đạt"))
	}
	b := sheets(c.sheet("Biểu 1"))
	r := read(t, n, b, normalize.Hints{Province: "84"})
	if d := cmp.Diff(want, meant(t, b, r)); d != "" {
		t.Errorf("facts differ (-upright +lying):\n%s", d)
	}
}

// TestEmptyColumnBeforeCommunes turns a form in which totals stand before the
// communes: the word over a column without figures makes it no header.
func TestEmptyColumnBeforeCommunes(t *testing.T) {
	figures, p := tidyPlate(), plate{}
	marks := criteriaPlate(figures.names...)
	p.heading, p.names, p.cells = figures.heading, figures.names, make([][]tonghop.Cell, len(figures.names))
	for no := 1; no <= 19; no++ {
		for _, from := range []plate{marks, figures} {
			part := from.only(func(l string) bool { return criteria(no, no)(strings.TrimRight(strings.Fields(l)[0], ".")) })
			p.labels = append(p.labels, part.labels...)
			for i := range p.names {
				p.cells[i] = append(p.cells[i], part.cells[i]...)
			}
		}
	}
	n := newNormalizer(t)
	upright := sheets(one("Biểu 1", p))
	want := meant(t, upright, read(t, n, upright, normalize.Hints{}))
	for _, heads := range [][]string{{"Số xã đạt", "Bình quân"}, {"Bình quân"}, {"Tổng cộng", "Bình quân", "Ghi chú"}} {
		c := canvas{}
		for i, h := range p.heading {
			c.put(1+i, 1, text(h))
		}
		c.put(5, 1, text("STT"))
		c.put(5, 2, text("Nội dung tiêu chí"))
		for i, h := range heads {
			c.put(5, 3+i, text(h))
		}
		at := 3 + len(heads)
		for i, name := range p.names {
			c.put(5, at+i, text(name))
		}
		for j, l := range p.labels {
			no, name, _ := strings.Cut(l, " ")
			c.put(6+j, 1, text(no))
			c.put(6+j, 2, text(name))
			if len(heads) > 1 && name != "" {
				c.put(6+j, 3, num(strconv.Itoa(11+j%6)))
			}
			for i := range p.names {
				c.put(6+j, at+i, p.cells[i][j])
			}
		}
		b := sheets(c.sheet("Biểu 1"))
		r := read(t, n, b, normalize.Hints{Province: "84"})
		if q := asks(r.Findings); q != "" {
			t.Errorf("%v: asked %s", heads, q)
		}
		if d := cmp.Diff(want, meant(t, b, r)); d != "" {
			t.Errorf("%v: facts differ (-upright +lying):\n%s", heads, d)
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
