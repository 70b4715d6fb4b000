package xlsx

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// slabCells is how many cells one allocation of a book holds.
const slabCells = 1024

// keeper holds on to the lines of a sheet, within the limits of a book.
type keeper struct {
	lim    tonghop.Limits
	cells  int   // kept so far, all sheets together
	text   int64 // bytes of their texts
	lines  []tonghop.Line
	rows   []rowMark // all rows, also empty ones
	sorted bool
	slab   []tonghop.Cell
}

// rowMark is the number of a row, four times, plus two if it is hidden, plus
// one if it is bare: without any cells, even blank ones.
type rowMark int32

func markRow(row int, hidden, bare bool) rowMark {
	m := rowMark(row) << 2
	if hidden {
		m |= 2
	}
	if bare {
		m |= 1
	}
	return m
}

// keep copies the line.
func (k *keeper) keep(line *tonghop.Line, row int, bare bool) error {
	mark := markRow(row, line.Hidden, bare)
	if n := len(k.rows); n > 0 && mark>>2 <= k.rows[n-1]>>2 {
		k.sorted = false
	}
	k.rows = append(k.rows, mark)
	n := len(line.Cells)
	if n == 0 {
		return nil
	}
	if k.cells += n; k.cells > k.lim.Cells {
		return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(k.lim.Cells))
	}
	for i := range line.Cells {
		k.text += int64(len(line.Cells[i].Shown) + len(line.Cells[i].Formula))
	}
	if k.text > k.lim.Text {
		return tonghop.TooLarge(k.lim.Text, 0)
	}
	if cap(k.slab)-len(k.slab) < n {
		k.slab = make([]tonghop.Cell, 0, max(n, min(slabCells, 16+k.cells)))
	}
	from := len(k.slab)
	k.slab = append(k.slab, line.Cells...)
	k.lines = append(k.lines, tonghop.Line{Row: line.Row, Hidden: line.Hidden, Cells: k.slab[from:len(k.slab):len(k.slab)]})
	return nil
}

// sort puts lines that came out of order in order and refuses a row that came
// twice, unless nothing but its number was repeated.
func (k *keeper) sort() error {
	if k.sorted {
		return nil
	}
	slices.Sort(k.rows)
	for i := 1; i < len(k.rows); i++ {
		a, b := k.rows[i-1], k.rows[i]
		if a>>2 == b>>2 && (a>>1 != b>>1 || (a|b)&1 == 0) {
			return fmt.Errorf("row %d is there twice", b>>2)
		}
	}
	slices.SortFunc(k.lines, func(a, b tonghop.Line) int { return cmp.Compare(a.Row, b.Row) })
	return nil
}
