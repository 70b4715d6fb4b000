//go:build !race

package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestHeadingInPieces reads the period of a heading whose parts stand in cells
// side by side: neither is another period taken for the expected one, nor is
// the right one asked for.
func TestHeadingInPieces(t *testing.T) {
	n := newNormalizer(t)
	day := func(serial, shown string) tonghop.Cell {
		return tonghop.Cell{Kind: tonghop.CellNumber, Stored: serial, Shown: shown, Style: &tonghop.Style{Date: true}}
	}
	year := func(y int) tonghop.Period { return tonghop.Period{Kind: tonghop.Year, Year: y} }
	for _, c := range []struct {
		name   string
		cells  []tonghop.Cell
		expect tonghop.Period
		ask    string
	}{
		{"a date", []tonghop.Cell{text("Tính đến ngày"), day("45291", "31/12/2023")}, year(2023), ""},
		{"month first", []tonghop.Cell{text("Tính đến ngày:"), day("45291", "12/31/2023")}, year(2023), ""},
		{"another year's", []tonghop.Cell{text("Tính đến ngày"), day("44926", "2022-12-31")}, year(2023), "KY-001 A3"},
		{"typed", []tonghop.Cell{text("Tính đến ngày"), text("31/12/2022")}, year(2023), "KY-001 A3"},
		{"numbers", []tonghop.Cell{text("Tháng"), num("6"), text("năm"), num("2023")}, tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}, ""},
		{"other numbers", []tonghop.Cell{text("Tháng"), num("5"), text("năm"), num("2023")}, tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}, "KY-001 A3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn")
			p.heading = []string{"UBND HUYỆN TRÀ CÚ", "KẾT QUẢ THỰC HIỆN TIÊU CHÍ XÃ NÔNG THÔN MỚI", "x"}
			sheet := canvas{}
			sheet.upright(p, 1, 1)
			for j, cell := range c.cells {
				sheet.put(3, 1+j, cell)
			}
			r := read(t, n, sheets(sheet.sheet("Biểu 1")), normalize.Hints{Province: "84", Expect: c.expect})
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
		})
	}
}
