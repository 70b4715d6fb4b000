//go:build !race

package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestGroupsWithSums reads sums in the headings of groups of any name as what
// they are; a commune that nobody knows stays a question, Roman number or not.
func TestGroupsWithSums(t *testing.T) {
	n := newNormalizer(t)
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Ngọc Biên")
	for _, c := range []struct {
		no, name string
		cell     tonghop.Cell
		ask      string
		totals   int
	}{
		{"I", "Phía Bắc quốc lộ", num("2"), "", 1},
		{"", "Cụm phía Bắc", num("2"), "", 1},
		{"", "Vùng I", num("2"), "", 1},
		{"", "Phía Bắc quốc lộ", num("1"), "DV-020", 0}, // a mark, perhaps
		{"II", "Xã ven biển", num("2"), "", 1},
		{"I", "Xã Lạ", num("2"), "DV-020", 0},
		{"I", "Phía Bắc", text("Đạt"), "DV-020", 0},
	} {
		t.Run(c.no+" "+c.name, func(t *testing.T) {
			sheet := canvas{}
			sheet.upright(p, 1, 1)
			row := len(p.heading) + 2
			shifted := canvas{}
			for at, cell := range sheet {
				if at[0] >= row {
					at[0]++
				}
				shifted[at] = cell
			}
			shifted.put(row, 1, text(c.no))
			shifted.put(row, 2, text(c.name))
			for j := range p.labels {
				shifted.put(row, 3+j, c.cell)
			}
			r := read(t, n, sheets(shifted.sheet("Biểu 1")), normalize.Hints{})
			got := ""
			for _, f := range r.Findings {
				if f.Severity != tonghop.Note && f.Rule == "DV-020" {
					got = f.Rule
				}
			}
			if got != c.ask || len(r.Totals) != c.totals {
				t.Errorf("asked %q with %d totals; want %q with %d; all: %s", got, len(r.Totals), c.ask, c.totals, asks(r.Findings))
			}
		})
	}
}
