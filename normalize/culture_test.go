package normalize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop/internal/viet"
	"github.com/tonghop/tonghop/normalize"
)

// TestCriterionLikeCommune: "16. Văn hóa" beside other criteria is no commune
// Văn Hóa, neither in a row of headings nor in a column of them.
func TestCriterionLikeCommune(t *testing.T) {
	n := newNormalizer(t)
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Lưu Nghiệp Anh", "Xã Ngọc Biên", "Xã An Quảng Hữu",
		"Xã Long Hiệp", "Xã Hàm Giang", "Xã Hàm Tân", "Xã Đại An", "Xã Kim Sơn", "Xã Thanh Sơn")
	h := normalize.Hints{Province: "84"}
	whole := sheets(one("Biểu 1", p))
	want := meant(t, whole, read(t, n, whole, h))

	var cut []string
	b := sheets()
	for i, part := range p.parts(6, 12) {
		cut = append(cut, fmt.Sprint(part.labels))
		b.Sheets = append(b.Sheets, one(fmt.Sprint("Biểu ", i+1), part))
	}
	if d := cmp.Diff(want, meant(t, b, read(t, n, b, h))); d != "" {
		t.Errorf("three sheets %v: facts differ:\n%s", cut, d)
	}

	c := canvas{}
	c.put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
	c.put(2, 1, text("Tháng 6 năm 2023"))
	c.put(4, 1, text("Xã"))
	for i, name := range p.names {
		if name = strings.TrimPrefix(name, "Xã "); i > 1 {
			name = viet.Plain(name)
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		c.put(4, 3+i, text(name))
		for j, l := range p.labels {
			c.put(5+j, 1, text(l))
			c.put(5+j, 3+i, p.cells[i][j])
		}
	}
	b = sheets(c.sheet("Biểu 1"))
	if d := cmp.Diff(want, meant(t, b, read(t, n, b, h))); d != "" {
		t.Errorf("on its side, most names without accents: facts differ:\n%s", d)
	}
}
