package normalize_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestSheetOfZeroOnes: a second sheet of the same shape in which nothing but 1
// and 0 stands holds the marks of the results on the first.
func TestSheetOfZeroOnes(t *testing.T) {
	n, p := newNormalizer(t), tidyPlate()
	p = p.only(func(l string) bool { return l != "Tổng số tiêu chí đạt" })
	digits, words := p, p
	digits.cells, words.cells = nil, nil
	for i := range p.names {
		var ones, marks []tonghop.Cell
		for j := range p.labels {
			c := p.cells[i][j]
			met := c.Stored != "Chưa đạt" && (c.Kind == tonghop.CellText || (i+j)%6 != 0)
			one, mark := num("0"), text("Chưa đạt")
			if met {
				one, mark = num("1"), text("Đạt")
			}
			ones, marks = append(ones, one), append(marks, mark)
		}
		digits.cells, words.cells = append(digits.cells, ones), append(words.cells, marks)
	}
	h := normalize.Hints{Province: "84"}
	said := sheets(one("Số liệu", p), one("Đánh giá", words))
	want := meant(t, said, read(t, n, said, h))
	if len(want) < len(p.names)*len(p.labels) {
		t.Fatalf("%d values, want at least %d", len(want), len(p.names)*len(p.labels))
	}
	for name, b := range map[string]*tonghop.Book{
		"behind": sheets(one("Số liệu", p), one("Đánh giá", digits)),
		"before": sheets(one("Đánh giá", digits), one("Số liệu", p)),
	} {
		r := read(t, n, b, h)
		if got := asks(r.Findings); got != "" {
			t.Errorf("%s: asked %s", name, got)
		}
		if d := cmp.Diff(want, meant(t, b, r)); d != "" {
			t.Errorf("%s: facts differ (-words +digits):\n%s", name, d)
		}
	}
	last := digits.cells[2]
	last[0] = num("0") // 1.1 of the third commune is met on the first sheet
	b := sheets(one("Số liệu", p), one("Đánh giá", digits))
	if got := asks(read(t, n, b, h).Findings); strings.Count(got, "BIEU-022") != 2 {
		t.Errorf("a mark that differs: asked %s", got)
	}
	alone := sheets(one("Đánh giá", digits))
	if got := asks(read(t, n, alone, h).Findings); !strings.Contains(got, "O-011") {
		t.Errorf("without the figures: asked %s", got)
	}
}
