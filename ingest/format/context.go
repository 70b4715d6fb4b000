package format

import "sort"

// side is what a text shows itself to be.
type side uint8

const (
	silent  side = iota // it may be either
	old                 // in an old encoding
	unicode             // Unicode
)

// witness is what one text of a sheet shows, with its row.
type witness struct {
	row  int
	side side
}

// context is what the texts of one sheet show, for those that show nothing by
// themselves: the half of a sheet that was pasted from an old file is some of
// its rows, or some of its columns.
type context struct {
	rows map[int]side      // what all of a row show; silent if they differ
	torn map[int]bool      // rows that show both
	cols map[int][]witness // by rising row
}

func newContext() *context {
	return &context{rows: map[int]side{}, torn: map[int]bool{}, cols: map[int][]witness{}}
}

// add notes what a text shows. Cells come row by row.
func (c *context) add(row, col int, is side) {
	if is == silent {
		return
	}
	if before := c.rows[row]; before != silent && before != is {
		c.torn[row] = true
	}
	c.rows[row] = is
	c.cols[col] = append(c.cols[col], witness{row, is})
}

// at tells what the neighbours of a cell show: its row, and the nearest texts
// above and below. sure is false where they contradict each other.
func (c *context) at(row, col int) (is side, sure bool) {
	across := c.rows[row]
	if c.torn[row] {
		across = silent
	}
	down, column := silent, c.cols[col]
	i := sort.Search(len(column), func(i int) bool { return column[i].row >= row })
	if i > 0 {
		down = column[i-1].side
	}
	if i < len(column) && (down == silent || down == column[i].side) {
		down = column[i].side
	} else if i < len(column) {
		down = silent
	}
	switch {
	case across == silent:
		return down, down != silent
	case down == silent || down == across:
		return across, true
	}
	return silent, false
}
