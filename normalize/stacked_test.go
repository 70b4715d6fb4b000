package normalize_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// marksPlate has a column of marks for each criterion and the number met.
func marksPlate() plate {
	p := tidyPlate()
	out := plate{heading: p.heading, names: p.names, cells: make([][]tonghop.Cell, len(p.names))}
	for no := 1; no <= 19; no++ {
		out.labels = append(out.labels, strconv.Itoa(no)+". "+criterionNames[no])
	}
	out.labels = append(out.labels, "Tổng số tiêu chí đạt")
	for i := range p.names {
		met := 0
		for no := 1; no <= 19; no++ {
			mark := "Đạt"
			if (i+no)%5 == 0 {
				mark = "Chưa đạt"
			} else {
				met++
			}
			out.cells[i] = append(out.cells[i], text(mark))
		}
		out.cells[i] = append(out.cells[i], text(strconv.Itoa(met)+"/19"))
	}
	return out
}

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
	indicators, marks := tidyPlate(), marksPlate()
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
