package compute

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// blockSize is how many cells of a column are summed up beforehand.
const blockSize = 64

// wideWork is the work of adding a number of many digits.
const wideWork = 400

// sheet finds the cells of a column; it is made when it is needed first.
type sheet struct {
	made    bool
	numbers []int // columns with cells, rising
	columns []column
}

// column is the cells of a column from above.
type column struct {
	rows    []int32
	entries []entry
	waiting []int32 // which entries were formulas without a value
	marks   []mark  // marks[i] sums up the first i blocks, waiting ones left out
}

// mark is the sum of all cells above.
type mark struct {
	counts
	sum  decimal.Decimal
	size float64
}

// sheetOf makes the columns of a sheet.
func (f *filler) sheetOf(n int) *sheet {
	s := &f.sheets[n]
	if s.made {
		return s
	}
	s.made = true
	lengths := map[int]int{}
	cells := 0
	lines := f.book.Sheets[n].Lines
	for i := range lines {
		cells += len(lines[i].Cells)
		for j := range lines[i].Cells {
			lengths[lines[i].Cells[j].Col]++
		}
	}
	f.spend(cells)
	places := map[int]int{}
	for col := range lengths {
		s.numbers = append(s.numbers, col)
	}
	slices.Sort(s.numbers)
	s.columns = make([]column, len(s.numbers))
	for i, col := range s.numbers {
		places[col] = i
		s.columns[i].rows = make([]int32, 0, lengths[col])
		s.columns[i].entries = make([]entry, 0, lengths[col])
	}
	for i := range lines {
		for j := range lines[i].Cells {
			c := &lines[i].Cells[j]
			s.columns[places[c.Col]].append(f.entryOf(c), lines[i].Row)
		}
	}
	return s
}

func (c *column) append(e entry, row int) {
	if e.is == isWaiting {
		c.waiting = append(c.waiting, int32(len(c.entries)))
	}
	c.rows, c.entries = append(c.rows, int32(row)), append(c.entries, e)
}

// within lists the columns that an area has cells in.
func (s *sheet) within(a tonghop.Area) []column {
	from, _ := slices.BinarySearch(s.numbers, a.Left)
	to, _ := slices.BinarySearch(s.numbers, a.Right+1)
	return s.columns[from:max(from, to)]
}

// between tells which entries stand in the rows.
func (c *column) between(top, bottom int) (from, to int) {
	from, _ = slices.BinarySearch(c.rows, int32(top))
	to, _ = slices.BinarySearch(c.rows, int32(bottom+1))
	return from, max(from, to)
}

// waitingBetween lists the formulas without a value among entries from and to.
func (c *column) waitingBetween(from, to int) []int32 {
	a, _ := slices.BinarySearch(c.waiting, int32(from))
	z, _ := slices.BinarySearch(c.waiting, int32(to))
	return c.waiting[a:z]
}

// openCells appends the formulas of an area that wait for their value; false
// if one cannot have any, or waits for this one.
func (f *filler) openCells(dst []place, a area) ([]place, bool) {
	if a.single() {
		c := f.book.Sheets[a.sheet].Cell(a.Top, a.Left)
		if c == nil || !waits(c) {
			return dst, true
		}
		return append(dst, place{a.sheet, c}), f.state[c] == 0
	}
	columns := f.sheetOf(a.sheet).within(a.Area)
	for i := range columns {
		c := &columns[i]
		open := c.waitingBetween(c.between(a.Top, a.Bottom))
		if !f.spend(8 + 8*len(open)) {
			return dst, false
		}
		for _, n := range open {
			cell := c.entries[n].cell
			if cell.Computed {
				continue
			}
			if f.state[cell] != 0 {
				return dst, false
			}
			dst = append(dst, place{a.sheet, cell})
		}
	}
	return dst, true
}

// tally adds the cells of an area. All its formulas have values.
func (f *filler) tally(t *tally, a area) bool {
	if a.single() {
		e := f.entryOf(f.book.Sheets[a.sheet].Cell(a.Top, a.Left))
		t.add(&e)
		return f.spend(8) && e.is != isWaiting
	}
	columns := f.sheetOf(a.sheet).within(a.Area)
	for i := range columns {
		c := &columns[i]
		from, to := c.between(a.Top, a.Bottom)
		open := c.waitingBetween(from, to)
		for _, n := range open {
			e := f.entryOf(c.entries[n].cell)
			if e.is == isWaiting {
				return false
			}
			t.add(&e)
		}
		work, wides := 8+8*len(open)+f.stretch(c, t, from, to), t.wides
		if t.wides = 0; !f.spend(work + wideWork*wides) {
			return false
		}
	}
	return true
}

// stretch adds the entries from and to, by blocks where that is shorter. It
// returns what work that was.
func (f *filler) stretch(c *column, t *tally, from, to int) int {
	first, last := (from+blockSize-1)/blockSize, to/blockSize
	if last-first < 2 {
		c.visit(t, from, to)
		return (to - from) / 2
	}
	if c.marks == nil {
		f.spend(len(c.entries) + wideWork*c.mark())
	}
	c.visit(t, from, first*blockSize)
	c.visit(t, last*blockSize, to)
	a, z := &c.marks[first], &c.marks[last]
	t.counts.add(&z.counts, 1)
	t.counts.add(&a.counts, -1)
	t.rest = t.rest.Add(z.sum.Sub(a.sum))
	t.size += z.size - a.size
	return blockSize + 32
}

func (c *column) visit(t *tally, from, to int) {
	for i := from; i < to; i++ {
		t.add(&c.entries[i])
	}
}

// mark sums the blocks up and returns how many numbers took long.
func (c *column) mark() (wides int) {
	c.marks = make([]mark, 1, len(c.entries)/blockSize+1)
	var t tally
	for i := range c.entries {
		t.add(&c.entries[i])
		if (i+1)%blockSize == 0 {
			c.marks = append(c.marks, mark{t.counts, t.sum(), t.size})
		}
	}
	return t.wides
}
