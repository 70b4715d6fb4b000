package normalize_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// counted is a sheet with an upright table whose columns are numbered below
// the header by what mark says: A, B, 1, 2, 3 …
func counted(name string, p plate, mark func(col int) string) tonghop.Sheet {
	body := plate{heading: p.heading, labels: p.labels, names: append([]string{mark(1)}, p.names...)}
	ordinals := make([]tonghop.Cell, len(p.labels))
	for j := range ordinals {
		ordinals[j] = text(mark(j + 2))
	}
	body.cells = append([][]tonghop.Cell{ordinals}, p.cells...)
	c := canvas{}
	c.upright(body, 1, 1)
	if c.put(len(p.heading)+2, 1, text(mark(0))); mark(0) == "" {
		for row := 1; row <= len(p.heading)+2+len(p.names); row++ { // communes without a number before them
			if delete(c, [2]int{row, 1}); row <= len(p.heading) {
				c.put(row, 1, text(p.heading[row-1]))
			}
		}
	}
	return c.sheet(name)
}

// TestCountedColumns reads a table whose columns are numbered, however few of
// them a sheet holds: those numbers are no criteria, and "B" is no commune.
func TestCountedColumns(t *testing.T) {
	n, p := newNormalizer(t), tidyPlate()
	plain := sheets(one("Biểu 1", p))
	want := meant(t, plain, read(t, n, plain, normalize.Hints{}))
	marks := map[string]func(int) string{
		"letters": func(col int) string {
			if col < 2 {
				return []string{"A", "B"}[col]
			}
			return strconv.Itoa(col - 1)
		},
		"one letter": func(col int) string {
			if col == 0 {
				return ""
			}
			if col == 1 {
				return "A"
			}
			return strconv.Itoa(col - 1)
		},
		"brackets": func(col int) string { return "(" + strconv.Itoa(col+1) + ")" },
	}
	for kind, mark := range marks {
		t.Run(kind, func(t *testing.T) {
			b := sheets(
				counted("Biểu 1", p.only(criteria(1, 1)), mark),
				counted("Biểu 2", p.only(criteria(2, 9)), mark),
				counted("Biểu 3", p.only(criteria(10, 13)), mark),
				counted("Biểu 4", p.only(criteria(14, 17)), mark),
				counted("Biểu 5", p.only(func(l string) bool { return !criteria(1, 17)(l) }), mark))
			r := read(t, n, b, normalize.Hints{})
			if q := asks(r.Findings); q != "" {
				t.Errorf("asked %s", q)
			}
			if d := cmp.Diff(want, meant(t, b, r)); d != "" {
				t.Errorf("facts differ (-plain +got):\n%s", d)
			}
		})
	}
}
