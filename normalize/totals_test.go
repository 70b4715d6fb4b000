package normalize_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// summarySheet says how many criteria each commune met, under other headings
// each with a number of its own.
func summarySheet(p plate, title string, heads ...string) tonghop.Sheet {
	out := plate{heading: []string{title}, labels: heads, names: p.names, cells: make([][]tonghop.Cell, len(p.names))}
	for i := range p.names {
		for j := range heads {
			out.cells[i] = append(out.cells[i], num(strconv.Itoa(15+i%4-3*j)))
		}
	}
	return one("Tổng hợp", out)
}

// TestSummarySheet: the numbers of criteria met are read from a sheet of their
// own where the table has none. Beside a table that has them, and of another
// month, such a sheet is no concern; two such numbers are a question.
func TestSummarySheet(t *testing.T) {
	p, n := tidyPlate(), newNormalizer(t)
	without := p.only(func(l string) bool { return l != "Tổng số tiêu chí đạt" })
	hints := normalize.Hints{Province: "84"}
	plain, bare := sheets(one("Biểu 1", p)), sheets(one("Biểu 1", without))
	all, lacking := meant(t, plain, read(t, n, plain, hints)), meant(t, bare, read(t, n, bare, hints))
	const total, title = "Tổng số tiêu chí đạt", "Tổng hợp tháng 6 năm 2023"
	for name, c := range map[string]struct {
		book *tonghop.Book
		want []string
		asks string
	}{
		"behind":              {sheets(one("Biểu 1", without), summarySheet(p, title, total)), all, ""},
		"before":              {sheets(summarySheet(p, title, total), one("Biểu 1", without)), all, ""},
		"without a title":     {sheets(one("Biểu 1", without), summarySheet(p, "", total)), all, ""},
		"with another column": {sheets(one("Biểu 1", without), summarySheet(p, title, total, "Số thôn")), all, ""},
		"beside one that has": {sheets(one("Biểu 1", p), summarySheet(p, title, total)), all, ""},
		"of another month":    {sheets(one("Biểu 1", without), summarySheet(p, "Tổng hợp tháng 5 năm 2023", total)), lacking, ""},
		"with two such":       {sheets(one("Biểu 1", without), summarySheet(p, title, total, "Số tiêu chí đạt")), lacking, "COT-046 A2:D7"},
		"of planned numbers":  {sheets(one("Biểu 1", without), summarySheet(p, title, "Tổng số tiêu chí đạt kế hoạch")), lacking, ""},
		"twice the same":      {sheets(one("Biểu 1", without), summarySheet(p, title, total), renamed(summarySheet(p, title, total), "Phụ lục")), all, ""},
		"two that differ":     {sheets(one("Biểu 1", without), summarySheet(p, title, total), renamed(summarySheet(p.rows(1, 2, 3, 4, 0), title, total), "Phụ lục")), all, "COT-046 A2:C7"},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, n, c.book, hints)
			if got := asks(r.Findings); got != c.asks {
				t.Errorf("asked %q, want %q", got, c.asks)
			}
			if d := cmp.Diff(c.want, meant(t, c.book, r)); d != "" {
				t.Errorf("facts differ:\n%s", d)
			}
		})
	}
}

func renamed(s tonghop.Sheet, name string) tonghop.Sheet {
	s.Name = name
	return s
}
