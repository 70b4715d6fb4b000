package html

import (
	"fmt"

	"github.com/tonghop/tonghop"
)

const (
	depthMax = 64      // tables inside tables
	stepsMax = 1 << 24 // work that cells reaching over many rows may cause
)

// item is one thing in the flow of a page or a cell: a line of text or a table.
type item struct {
	line  []tonghop.Cell // the line, as the one cell it will be; none for a table
	t     *table         // nil for a line
	start bool           // a sheet starts behind this line, which names it
}

// holder is a cell with tables in it, instead of text.
type holder struct {
	line, at int // its place in lines, and in the cells there
	items    []item
}

// slab keeps cells, many in one piece of memory: a page may have millions.
type slab struct{ free []tonghop.Cell }

// slabCells is how many cells one allocation holds.
const slabCells = 1024

// keep gives a copy of the cells that stays.
func (s *slab) keep(cells ...tonghop.Cell) []tonghop.Cell {
	if cap(s.free)-len(s.free) < len(cells) {
		s.free = make([]tonghop.Cell, 0, max(len(cells), slabCells))
	}
	from := len(s.free)
	s.free = append(s.free, cells...)
	return s.free[from:len(s.free):len(s.free)]
}

// span is a cell above that reaches into the rows below.
type span struct {
	left, right, bottom int
	merge               int // its place in merges
}

// table is one table as a grid. Rows and columns count from 1.
type table struct {
	lines      []tonghop.Line // rows with content, but for the one that is being read
	row        []tonghop.Cell // that one
	slab       *slab          // of the page
	rows       int
	merges     []tonghop.Area
	hidden     bool
	hiddenRows map[int]bool
	hiddenCols map[int]bool
	veiled     map[int]int // hidden cells by column
	texts      int         // cells with text of their own
	holders    []holder    // cells with tables in them
	largest    int         // texts of the largest of those

	above  []span // that reach into this row, by left edge
	fresh  []span // that start in this row
	spare  []span // room for above of the next row
	at     int    // the next of above
	col    int    // the last column taken in this row
	steps  *int   // of all tables of the page
	colEls int    // columns that col elements have described

	group       int // columns of a group whose col elements have not come
	groupHidden bool
}

// newRow starts a row.
func (t *table) newRow(hidden bool) error {
	t.keepRow()
	t.rows++
	joined := t.spare[:0]
	a, b := t.above, t.fresh
	for len(a)+len(b) > 0 {
		var s span
		if len(b) == 0 || len(a) > 0 && a[0].left < b[0].left {
			s, a = a[0], a[1:]
		} else {
			s, b = b[0], b[1:]
		}
		*t.steps++
		if s.bottom >= t.rows {
			joined = append(joined, s)
		}
	}
	t.spare, t.above, t.fresh, t.at, t.col = t.above, joined, t.fresh[:0], 0, 0
	if hidden {
		if t.hiddenRows == nil {
			t.hiddenRows = map[int]bool{}
		}
		t.hiddenRows[t.rows] = true
	}
	if *t.steps > stepsMax {
		return damaged("cells reach over too many rows")
	}
	return nil
}

// add takes the next cell of the row, with the tables in it if there are any.
func (t *table) add(c tonghop.Cell, hidden bool, items []item) {
	if hidden {
		if t.veiled == nil {
			t.veiled = map[int]int{}
		}
		t.veiled[c.Col]++
	}
	if items != nil {
		t.holders = append(t.holders, holder{len(t.lines), len(t.row), items})
		t.largest = max(t.largest, largest(items))
	} else {
		t.texts++
	}
	c.Row = t.rows
	t.row = append(t.row, c)
}

// keepRow keeps what was read of a row.
func (t *table) keepRow() {
	if len(t.row) > 0 {
		t.lines = append(t.lines, tonghop.Line{Row: t.rows, Cells: t.slab.keep(t.row...)})
		t.row = t.row[:0]
	}
}

// place finds room for the next cell of the row and says its column.
func (t *table) place(across, down, mergesMax int) (int, error) {
	col := t.col + 1
	for t.at < len(t.above) && t.above[t.at].left <= col {
		col = max(col, t.above[t.at].right+1)
		t.at++
	}
	right := col + min(max(across, 1), colsMax) - 1
	if t.at < len(t.above) {
		right = min(right, t.above[t.at].left-1)
	}
	t.col = right
	if right > col || down > 1 {
		if len(t.merges) >= mergesMax {
			return 0, tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(mergesMax))
		}
		bottom := t.rows + min(max(down, 1), rowsMax) - 1
		if down > 1 {
			t.fresh = append(t.fresh, span{col, right, bottom, len(t.merges)})
		}
		t.merges = append(t.merges, tonghop.Area{Top: t.rows, Left: col, Bottom: bottom, Right: right})
	}
	return col, nil
}

// endGroup ends a group of rows: nothing reaches over its end.
func (t *table) endGroup() {
	for _, list := range [][]span{t.above, t.fresh} {
		for _, s := range list {
			t.merges[s.merge].Bottom = min(t.merges[s.merge].Bottom, t.rows)
		}
	}
	t.above, t.fresh, t.at = t.above[:0], t.fresh[:0], 0
}

// hideCols notes columns that a col element hides.
func (t *table) hideCols(n int, hidden bool) {
	n = min(max(n, 1), colsMax-t.colEls)
	if hidden && n > 0 {
		if t.hiddenCols == nil {
			t.hiddenCols = map[int]bool{}
		}
		for c := t.colEls + 1; c <= t.colEls+n; c++ {
			t.hiddenCols[c] = true
		}
	}
	t.colEls += max(n, 0)
}

// endCols ends a group of columns that has no col elements.
func (t *table) endCols() {
	if t.group > 0 {
		t.hideCols(t.group, t.groupHidden)
		t.group = 0
	}
}

// finish completes a table: columns all of whose cells are hidden are hidden.
func (t *table) finish() {
	t.keepRow()
	t.row = nil
	t.endGroup()
	t.endCols()
	if t.veiled == nil {
		return
	}
	for i := range t.lines {
		for k := range t.lines[i].Cells {
			t.veiled[t.lines[i].Cells[k].Col]--
		}
	}
	for col, seen := range t.veiled {
		if seen == 0 {
			if t.hiddenCols == nil {
				t.hiddenCols = map[int]bool{}
			}
			t.hiddenCols[col] = true
		}
	}
}
