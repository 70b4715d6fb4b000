package ods

import (
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// slabCells is how many cells one allocation holds.
const slabCells = 1024

// keeper holds on to rows within the limits of a book.
type keeper struct {
	lim   tonghop.Limits
	cells int   // kept so far, all sheets together
	text  int64 // bytes of their texts, repeated ones counted each time
	slab  []tonghop.Cell
}

// rows appends the line to lines as often as it is repeated, having asked the
// limits first.
func (k *keeper) rows(lines []tonghop.Line, line tonghop.Line, repeat int) ([]tonghop.Line, error) {
	n := len(line.Cells)
	if n*repeat > k.lim.Cells-k.cells {
		return nil, tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(k.lim.Cells))
	}
	var text int64
	for i := range line.Cells {
		text += int64(len(line.Cells[i].Shown) + len(line.Cells[i].Formula))
	}
	if text > 0 && int64(repeat) > (k.lim.Text-k.text)/text {
		return nil, tonghop.TooLarge(k.lim.Text, 0)
	}
	if line.Row+repeat-1 > rowsMax {
		return nil, fmt.Errorf("row %d is outside the sheet", line.Row+repeat-1)
	}
	k.cells += n * repeat
	k.text += text * int64(repeat)
	if repeat > 1 {
		lines = slices.Grow(lines, repeat)
	}
	for range repeat {
		if cap(k.slab)-len(k.slab) < n {
			k.slab = make([]tonghop.Cell, 0, max(n, min(slabCells, 16+k.cells)))
		}
		from := len(k.slab)
		k.slab = append(k.slab, line.Cells...)
		cells := k.slab[from:len(k.slab):len(k.slab)]
		for i := range cells {
			cells[i].Row = line.Row
		}
		lines = append(lines, tonghop.Line{Row: line.Row, Hidden: line.Hidden, Cells: cells})
		line.Row++
	}
	return lines, nil
}
