package templates

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// baseGrid reads a grid of cases/bases, row by row. One that stands elsewhere, or
// none, is nil: nothing can be quoted of it.
func baseGrid(fsys fs.FS, base string) ([][]string, error) {
	if base == "" || strings.Contains(base, "/") {
		return nil, nil
	}
	name := "cases/bases/" + base + ".csv"
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read base: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read base %q: %w", name, err)
	}
	return rows, nil
}

// stood says in words what a case changed, as it stood in its base: nothing is said
// of that. It is the right example of a rule that asks for no repair. What was not
// just typed over is named by the base alone; "" where no base without a fault stands
// beside the example.
func (l *Letters) stood(c *Case, grid [][]string) string {
	if c.Base == "" || strings.Contains(c.Base, "/") || len(c.Edits) == 0 { // the base itself is the example
		return ""
	}
	var said []string
	for _, e := range c.Edits {
		if e.Sheet != "" || len(e.Also) > 0 || len(e.Set) == 0 {
			return l.Say("edit", "as_base", "at", "`"+c.Base+"`")
		}
		for _, at := range slices.Sorted(maps.Keys(e.Set)) {
			was, ok := stoodAt(grid, at)
			if !ok {
				return l.Say("edit", "as_base", "at", "`"+c.Base+"`")
			}
			said = append(said, l.Say("edit", "set", "at", "`"+at+"`", "what", was.String()))
		}
	}
	return l.some(said)
}

// stoodAt is what stands in a cell of a grid, or in every cell of an area; ok is
// false where that is nothing, or not the same in all of them.
func stoodAt(grid [][]string, at string) (c Content, ok bool) {
	first, last, several := strings.Cut(at, ":")
	if !several {
		last = first
	}
	top, left := cornerOf(first)
	bottom, right := cornerOf(last)
	text := ""
	for row := top; row <= bottom; row++ {
		for col := left; col <= right; col++ {
			if row < 1 || row > len(grid) || col < 1 || col > len(grid[row-1]) {
				return Content{}, false
			}
			here := grid[row-1][col-1]
			if here == "" || text != "" && here != text {
				return Content{}, false
			}
			text = here
		}
	}
	if text != "" && strings.Trim(text, "-.0123456789") == "" {
		return Content{Number: text}, true
	}
	return Content{Text: text}, text != ""
}

// cornerOf reads an address such as C8; 0 for what is none.
func cornerOf(at string) (row, col int) {
	i := strings.IndexAny(at, "0123456789")
	if i < 1 {
		return 0, 0
	}
	row, err := strconv.Atoi(at[i:])
	if err != nil {
		return 0, 0
	}
	return row, tonghop.ColumnNumber(at[:i])
}
