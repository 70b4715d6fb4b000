//go:build !race

package main

import (
	"cmp"
	"slices"

	"github.com/tonghop/tonghop"
)

// typed is a cell of a workbook that changes are made to: what it holds, and
// where it stood in the sample. Blank cells are typed too, for a blank has an
// address as well.
type typed struct {
	tonghop.Cell             // its Row and Col are not kept: the page knows
	from         tonghop.Ref // zero for what a change put in
	doubtful     bool        // a question about this cell is explained by a change
}

// place is a row and a column.
type place struct{ row, col int }

// page is one sheet.
type page struct {
	name       string
	hidden     bool
	cells      map[place]*typed
	merges     []tonghop.Area
	hiddenRows map[int]bool
	hiddenCols map[int]bool
}

// workbook is a sample on its way through changes, with what was understood of
// the sample.
type workbook struct {
	pages []*page
	want  tonghop.Return
	said  map[tonghop.Ref]tonghop.Value // by where the sample has it

	may  map[string]bool // rules that a change explains wherever they ask
	must []string        // rules that have to ask
}

// newWorkbook takes a workbook apart.
func newWorkbook(book *tonghop.Book, want tonghop.Return) *workbook {
	w := &workbook{want: want, said: map[tonghop.Ref]tonghop.Value{}, may: map[string]bool{}}
	for _, row := range want.Rows {
		for _, v := range row.Values {
			w.said[v.Ref] = v
		}
	}
	for i := range book.Sheets {
		w.pages = append(w.pages, newPage(&book.Sheets[i]))
	}
	return w
}

func newPage(s *tonghop.Sheet) *page {
	p := &page{name: s.Name, hidden: s.Hidden, cells: map[place]*typed{}, merges: slices.Clone(s.Merges),
		hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}
	for col, is := range s.HiddenCols {
		p.hiddenCols[col] = is
	}
	bottom, right := 0, 0
	for _, l := range s.Lines {
		p.hiddenRows[l.Row] = l.Hidden
		bottom = max(bottom, l.Row)
		for _, c := range l.Cells {
			right = max(right, c.Col)
			p.cells[place{l.Row, c.Col}] = &typed{Cell: c, from: tonghop.Ref{Sheet: s.Name, Row: l.Row, Col: c.Col}}
		}
	}
	for row := 1; row <= bottom; row++ {
		for col := 1; col <= right; col++ {
			at := place{row, col}
			if p.cells[at] == nil {
				p.cells[at] = &typed{Cell: tonghop.Cell{Style: &tonghop.Style{}}, from: tonghop.Ref{Sheet: s.Name, Row: row, Col: col}}
			}
		}
	}
	return p
}

// now tells where each cell of the sample stands.
func (w *workbook) now() map[tonghop.Ref]tonghop.Ref {
	out := map[tonghop.Ref]tonghop.Ref{}
	for _, p := range w.pages {
		for at, c := range p.cells {
			if c.from.Row > 0 {
				out[c.from] = tonghop.Ref{Sheet: p.name, Row: at.row, Col: at.col}
			}
		}
	}
	return out
}

// each calls a function with every cell in the order of the pages.
func (w *workbook) each(do func(p *page, at place, c *typed)) {
	for _, p := range w.pages {
		for _, at := range p.places() {
			do(p, at, p.cells[at])
		}
	}
}

// places are the addresses of the cells, by rows.
func (p *page) places() []place {
	out := make([]place, 0, len(p.cells))
	for at := range p.cells {
		out = append(out, at)
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Or(a.row-b.row, a.col-b.col) })
	return out
}

// put types a text into a cell that nobody asked for.
func (p *page) put(row, col int, text string) {
	p.cells[place{row, col}] = &typed{Cell: tonghop.Cell{Kind: tonghop.CellText, Stored: text, Shown: text, Style: &tonghop.Style{}}}
}

// copied is what copying a cell gives: the same content, without a past.
func (c *typed) copied() *typed {
	d := *c
	d.from = tonghop.Ref{}
	return &d
}

// move gives every cell its new place; one of row 0 is deleted. A merged area
// stays in one piece around what is left of it, and keeps its text.
func (p *page) move(to func(place) place) {
	cells := make(map[place]*typed, len(p.cells))
	for at, c := range p.cells {
		if n := to(at); n.row > 0 && n.col > 0 {
			cells[n] = c
		}
	}
	merges := p.merges[:0:0]
	for _, m := range p.merges {
		first := to(place{m.Top, m.Left})
		var left tonghop.Area
		for row := m.Top; row <= m.Bottom; row++ {
			for col := m.Left; col <= m.Right; col++ {
				left = widened(left, to(place{row, col}))
			}
		}
		if anchor := (place{left.Top, left.Left}); left.Top > 0 && first != anchor && p.cells[place{m.Top, m.Left}] != nil {
			c := p.cells[place{m.Top, m.Left}].copied()
			if first.row > 0 {
				delete(cells, first)
				c = p.cells[place{m.Top, m.Left}]
			}
			cells[anchor] = c
		}
		if left.Top > 0 && (left.Top < left.Bottom || left.Left < left.Right) {
			merges = append(merges, left)
		}
	}
	p.cells, p.merges = cells, merges
	p.hiddenRows = moved(p.hiddenRows, func(row int) int { return to(place{row, 1}).row })
	p.hiddenCols = moved(p.hiddenCols, func(col int) int { return to(place{1, col}).col })
}

// widened is an area that holds a place too.
func widened(a tonghop.Area, at place) tonghop.Area {
	switch {
	case at.row <= 0 || at.col <= 0:
		return a
	case a.Top == 0:
		return tonghop.Area{Top: at.row, Left: at.col, Bottom: at.row, Right: at.col}
	}
	return tonghop.Area{Top: min(a.Top, at.row), Left: min(a.Left, at.col), Bottom: max(a.Bottom, at.row), Right: max(a.Right, at.col)}
}

func moved(set map[int]bool, to func(int) int) map[int]bool {
	out := map[int]bool{}
	for n, is := range set {
		if is && to(n) > 0 {
			out[to(n)] = true
		}
	}
	return out
}

// insertRows makes room above a row; insertCols left of a column.
func (p *page) insertRows(above, n int) {
	p.move(func(at place) place {
		if at.row >= above {
			at.row += n
		}
		return at
	})
}

func (p *page) insertCols(before, n int) {
	p.move(func(at place) place {
		if at.col >= before {
			at.col += n
		}
		return at
	})
}

// deleteRow and deleteCol close the gap.
func (p *page) deleteRow(row int) {
	p.move(func(at place) place {
		if at.row == row {
			return place{}
		}
		if at.row > row {
			at.row--
		}
		return at
	})
}

func (p *page) deleteCol(col int) {
	p.move(func(at place) place {
		if at.col == col {
			return place{}
		}
		if at.col > col {
			at.col--
		}
		return at
	})
}

// laid is where the table of a workbook stands now.
type laid struct {
	*page
	top, last, left, right, name int   // first row of the header, last row with figures, first and last column, that of the names
	rows                         []int // of communes
}

// table finds the table of results by its communes, which stand on one page.
func (w *workbook) table() laid {
	now := w.now()
	var t laid
	for _, row := range w.want.Rows {
		at, ok := now[row.NameRef]
		if !ok {
			continue // deleted
		}
		t.rows, t.name = append(t.rows, at.Row), at.Col
		for _, p := range w.pages {
			if p.name == at.Sheet {
				t.page = p
			}
		}
	}
	slices.Sort(t.rows)
	filled := map[int]int{}
	for at, c := range t.cells {
		if !c.Blank() {
			filled[at.row]++
		}
	}
	for t.top = t.rows[0]; t.top > 1 && (filled[t.top-1] >= 6 || t.top == t.rows[0] || filled[t.top-2] >= 6); t.top-- {
	}
	for _, m := range t.merges {
		if m.Top < t.top && t.top <= m.Bottom {
			t.top = m.Top
		}
	}
	for t.last = t.rows[len(t.rows)-1]; filled[t.last+1] >= 6; t.last++ {
	}
	t.left = t.name
	for at, c := range t.cells {
		if at.row >= t.top && at.row <= t.last && !c.Blank() {
			t.left, t.right = min(t.left, at.col), max(t.right, at.col)
		}
	}
	return t
}

// pasteValues pastes values for formulas: what they count does not follow a change of
// the texts.
func (w *workbook) pasteValues() {
	w.each(func(_ *page, _ place, c *typed) { c.HasForm, c.Formula = false, "" })
}
