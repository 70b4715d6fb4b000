package normalize

import (
	"sort"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// grid is a sheet with its merges resolved: every address inside a merge leads
// to the merge's top left cell.
type grid struct {
	sheet  *tonghop.Sheet
	byRow  map[int][]tonghop.Area // merges that touch a row, by left edge
	rows   int                    // last row with content
	cols   int                    // last column with content
	joined map[[2]int]string      // cleaned texts, made when first asked for
}

// tallMerge bounds how many rows one merge may spread over in the index, so
// that a merge over a million rows costs nothing.
const tallMerge = 400

func newGrid(s *tonghop.Sheet) *grid {
	g := &grid{sheet: s, byRow: map[int][]tonghop.Area{}, joined: map[[2]int]string{}}
	for i := range s.Lines {
		l := &s.Lines[i]
		for c := range l.Cells {
			if !l.Cells[c].Blank() {
				g.rows = max(g.rows, l.Row)
				g.cols = max(g.cols, l.Cells[c].Col)
			}
		}
	}
	for _, m := range s.Merges {
		for r := m.Top; r <= min(m.Bottom, m.Top+tallMerge, g.rows); r++ {
			g.byRow[r] = append(g.byRow[r], m)
		}
	}
	for _, areas := range g.byRow {
		sort.Slice(areas, func(i, j int) bool { return areas[i].Left < areas[j].Left })
	}
	return g
}

// area is the merge that holds the cell, or the cell alone.
func (g *grid) area(row, col int) tonghop.Area {
	merges := g.byRow[row] // by left edge; merges do not overlap
	i := sort.Search(len(merges), func(i int) bool { return merges[i].Left > col })
	if i > 0 && merges[i-1].Contains(row, col) {
		return merges[i-1]
	}
	return tonghop.Area{Top: row, Left: col, Bottom: row, Right: col}
}

// cell is the cell whose content shows at the address, or nil: in a merge its
// top left.
func (g *grid) cell(row, col int) *tonghop.Cell {
	a := g.area(row, col)
	return g.sheet.Cell(a.Top, a.Left)
}

// text is what shows at the address, cleaned; "" for none.
func (g *grid) text(row, col int) string {
	a := g.area(row, col)
	key := [2]int{a.Top, a.Left}
	if t, ok := g.joined[key]; ok {
		return t
	}
	c := g.sheet.Cell(a.Top, a.Left)
	if c.Blank() {
		return ""
	}
	shown := shownText(c)
	t := viet.Clean(shown)
	if t != shown { // most texts are clean, and a sheet may have millions
		g.joined[key] = t
	}
	return t
}

// own reports whether the address is the top left of its merge, or no merge.
func (g *grid) own(row, col int) bool {
	a := g.area(row, col)
	return a.Top == row && a.Left == col
}

// ref is the address as findings carry it.
func (g *grid) ref(row, col int) tonghop.Ref {
	return tonghop.Ref{Sheet: g.sheet.Name, Row: row, Col: col}
}

// filled lists the columns of a row that have content of their own, rising.
func (g *grid) filled(row int) []int {
	l := g.sheet.Line(row)
	if l == nil {
		return nil
	}
	var cols []int
	for i := range l.Cells {
		if !l.Cells[i].Blank() && g.own(row, l.Cells[i].Col) {
			cols = append(cols, l.Cells[i].Col)
		}
	}
	return cols
}

// span is the area of a row from its first to its last filled column.
func (g *grid) span(row int) tonghop.Area {
	cols := g.filled(row)
	if len(cols) == 0 {
		return tonghop.Area{Top: row, Left: 1, Bottom: row, Right: 1}
	}
	return tonghop.Area{Top: row, Left: cols[0], Bottom: row, Right: cols[len(cols)-1]}
}

// lead is the first text of a row left of the column, or at it.
func (g *grid) lead(row, upto int) (string, int) {
	for _, c := range g.filled(row) {
		if c > upto {
			break
		}
		if t := g.text(row, c); t != "" {
			return t, c
		}
	}
	return "", 0
}

// shownText is what a person reads in the cell: as displayed where the reader
// knows it, as stored otherwise.
func shownText(c *tonghop.Cell) string {
	if c == nil {
		return ""
	}
	if strings.TrimSpace(c.Shown) != "" {
		return c.Shown
	}
	return c.Stored
}
