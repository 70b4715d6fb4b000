package html

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

const (
	depthMax = 64      // tables inside tables
	stepsMax = 1 << 24 // work that cells reaching over many rows may cause
)

// item is one thing in the flow of a page or a cell: a line of text or a table.
type item struct {
	cell  tonghop.Cell // the line, as the cell it will be
	t     *table       // nil for a line
	start bool         // a sheet starts behind this line, which names it
}

// cell is a cell with content in a table.
type cell struct {
	tonghop.Cell
	hidden bool
	items  []item // instead of text, if there are tables in it
}

// span is a cell above that reaches into the rows below.
type span struct {
	left, right, bottom int
	merge               int // its place in merges
}

// table is one table as a grid. Rows and columns count from 1.
type table struct {
	cells      []cell
	rows       int
	merges     []tonghop.Area
	hidden     bool
	hiddenRows map[int]bool
	hiddenCols map[int]bool
	texts      int // cells with text of their own
	nested     int // cells with tables in them
	largest    int // texts of the largest of those

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
	t.endGroup()
	t.endCols()
	visible, hidden := map[int]bool{}, false
	for i := range t.cells {
		hidden = hidden || t.cells[i].hidden
	}
	if !hidden {
		return
	}
	for i := range t.cells {
		if !t.cells[i].hidden {
			visible[t.cells[i].Col] = true
		}
	}
	for i := range t.cells {
		if c := t.cells[i].Col; !visible[c] {
			if t.hiddenCols == nil {
				t.hiddenCols = map[int]bool{}
			}
			t.hiddenCols[c] = true
		}
	}
}

// resolve decides what tables in cells mean. The larger one is the report: if
// that is the outer table, the inner ones become text; else the outer one only
// holds things in place, and comes apart into its rows.
func (t *table) resolve() []item {
	switch {
	case t.nested == 0:
		return []item{{t: t}}
	case t.largest <= t.texts:
		for i := range t.cells {
			if c := &t.cells[i]; c.items != nil {
				var b strings.Builder
				writeText(&b, c.items)
				c.Kind, c.items = tonghop.CellText, nil
				c.Stored, c.Shown = b.String(), b.String()
			}
		}
		return []item{{t: t}}
	}
	return t.apart()
}

// apart gives what the rows of a table hold: those without tables as tables of
// their own, the cells of the others one after the other.
func (t *table) apart() []item {
	var out []item
	var part *table
	from, next := 0, 0 // the last row before the part; the next merge
	for i := 0; i < len(t.cells); {
		end, holds := i, false
		for ; end < len(t.cells) && t.cells[end].Row == t.cells[i].Row; end++ {
			holds = holds || t.cells[end].items != nil
		}
		row := t.cells[i].Row
		if !holds {
			if part == nil {
				part = &table{hidden: t.hidden}
				from = row - 1
			}
			part.take(t, i, end, from)
			i = end
			continue
		}
		if part != nil {
			out, part = append(out, part.cut(t, from, &next)), nil
		}
		for ; i < end; i++ {
			if c := &t.cells[i]; c.items != nil {
				out = append(out, c.items...)
			} else {
				out = append(out, item{cell: c.Cell})
			}
		}
	}
	if part != nil {
		out = append(out, part.cut(t, from, &next))
	}
	return out
}

// take moves the cells of a row of t over; rows count from the one behind from.
func (p *table) take(t *table, i, end, from int) {
	for ; i < end; i++ {
		c := t.cells[i]
		c.Row -= from
		p.rows = c.Row
		p.texts++
		p.cells = append(p.cells, c)
	}
	if t.hiddenRows[p.rows+from] {
		if p.hiddenRows == nil {
			p.hiddenRows = map[int]bool{}
		}
		p.hiddenRows[p.rows] = true
	}
}

// cut gives the part the merges of t that lie in its rows.
// Those before next, which rises, are done with.
func (p *table) cut(t *table, from int, next *int) item {
	for ; *next < len(t.merges) && t.merges[*next].Top <= from+p.rows; *next++ {
		if m := t.merges[*next]; m.Top > from && m.Bottom <= from+p.rows {
			m.Top, m.Bottom = m.Top-from, m.Bottom-from
			p.merges = append(p.merges, m)
		}
	}
	return item{t: p}
}

// writeText writes items as the text of a cell: rows below each other, cells
// apart by a blank.
func writeText(b *strings.Builder, items []item) {
	for i := range items {
		if items[i].t == nil {
			newLine(b)
			b.WriteString(items[i].cell.Shown)
			continue
		}
		row := 0
		for k := range items[i].t.cells {
			c := &items[i].t.cells[k]
			if c.Row != row {
				newLine(b)
				row = c.Row
			} else {
				b.WriteByte(' ')
			}
			b.WriteString(c.Shown)
		}
	}
}

func newLine(b *strings.Builder) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
}
