package normalize_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// parts cuts a plate before the labels that stand at the places.
func (p plate) parts(at ...int) []plate {
	var out []plate
	from := 0
	for _, to := range append(at, len(p.labels)) {
		place := -1
		start := from
		out = append(out, p.only(func(string) bool { place++; return start <= place && place < to }))
		from = to
	}
	return out
}

// TestThreeStacked reads one report that is laid out as three tables under one
// another, whichever of them is the largest.
func TestThreeStacked(t *testing.T) {
	n := newNormalizer(t)
	indicators := tidyPlate()
	marks := criteriaPlate(indicators.names...)
	for name, c := range map[string]struct {
		whole plate
		at    []int
	}{
		"indicators, the last is the largest":   {indicators, []int{10, 21}},
		"indicators, the first is the largest":  {indicators, []int{30, 37}},
		"indicators, the second is the largest": {indicators, []int{8, 45}},
		"indicators, a small one between":       {indicators, []int{25, 29}},
		"criteria, none is large":               {marks, []int{7, 13}},
		"criteria, the last is the largest":     {marks, []int{4, 8}},
		"criteria, the first is the largest":    {marks, []int{11, 15}},
	} {
		t.Run(name, func(t *testing.T) {
			h := normalize.Hints{Province: "84"}
			whole := sheets(one("Biểu 1", c.whole))
			want := meant(t, whole, read(t, n, whole, h))
			sheet, row := canvas{}, 1
			for i, part := range c.whole.parts(c.at...) {
				if i > 0 {
					part = part.under()
				}
				row = sheet.upright(part, row, 1) + 2
			}
			b := sheets(sheet.sheet("Biểu 1"))
			r := read(t, n, b, h)
			if got := asks(r.Findings); got != "" {
				t.Errorf("asked %s", got)
			}
			if d := cmp.Diff(want, meant(t, b, r)); d != "" {
				t.Error(d)
			}
		})
	}
}

// pairs lays the plate out with two columns for each label, which is merged
// over both, and names the merges.
func (c canvas) pairs(p plate, row int) (next int, merges []tonghop.Area) {
	c.put(row, 1, text("TT"))
	c.put(row, 2, text("Tên xã"))
	for j, l := range p.labels {
		at := 3 + 2*j
		c.put(row, at, text(l))
		c.put(row+1, at, text("Kết quả"))
		c.put(row+1, at+1, text("Đánh giá"))
		merges = append(merges, tonghop.Area{Top: row, Left: at, Bottom: row, Right: at + 1})
	}
	for i, name := range p.names {
		c.put(row+2+i, 1, num(strconv.Itoa(i+1)))
		c.put(row+2+i, 2, text(name))
		for j, cell := range p.cells[i] {
			c.put(row+2+i, 3+2*j, cell)
			c.put(row+2+i, 4+2*j, text("Đạt"))
		}
	}
	return row + 2 + len(p.names), merges
}

// TestStackedPairs: headers whose lowest row says the same words over other
// indicators are not one header printed twice.
func TestStackedPairs(t *testing.T) {
	p := tidyPlate()
	p = p.only(func(l string) bool { // the indicators that hold figures
		for j, label := range p.labels {
			if label == l {
				return p.cells[1][j].Kind == tonghop.CellNumber && j+1 < len(p.labels)
			}
		}
		return false
	})
	c, row := canvas{}, 1
	for _, h := range p.heading {
		c.put(row, 1, text(h))
		row++
	}
	var merges []tonghop.Area
	for _, part := range p.parts(12, 16) {
		next, m := c.pairs(part, row)
		row, merges = next+2, append(merges, m...)
	}
	s := c.sheet("Biểu 1")
	s.Merges = merges
	b := sheets(s)
	r := read(t, newNormalizer(t), b, normalize.Hints{Province: "84"})
	if got := asks(r.Findings); strings.Contains(got, "DONG") || strings.Contains(got, "COT-006") {
		t.Errorf("asked %s", got)
	}
	if got, want := len(meant(t, b, r)), 2*len(p.labels)*len(p.names); got != want {
		t.Errorf("%d values, want %d", got, want)
	}
}

// TestHeadingOfNextPage: a line above a header that is printed again is no
// row, over whichever column it stands.
func TestHeadingOfNextPage(t *testing.T) {
	n, p := newNormalizer(t), tidyPlate()
	for col := 1; col <= 6; col++ {
		c := canvas{}
		row := c.upright(p.rows(0, 1, 2), 1, 1)
		c.put(row+1, col, text("Kèm theo báo cáo số 12/BC-UBND"))
		c.upright(p.rows(3, 4).under(), row+3, 1)
		b := sheets(c.sheet("S"))
		r := read(t, n, b, normalize.Hints{Province: "84"})
		if got := asks(r.Findings); got != "" {
			t.Errorf("in column %d: asked %s", col, got)
		}
		if got, want := len(meant(t, b, r)), len(p.labels)*len(p.names); got != want {
			t.Errorf("in column %d: %d values, want %d", col, got, want)
		}
	}
}
