package overlay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// cell is what stands at one place of a sheet.
type cell struct {
	asked  tonghop.Severity // the gravest of the findings about it; "" = none
	flags  []flag
	taken  []Taken
	unused string // why it was not used; said in the first cell of an area
	aside  bool   // it lies in a part that was not used
	span   tonghop.Area
	inside bool // covered by a merged area that another cell begins
	owner  int  // place of that cell
	text   *tonghop.Cell
	id     bool // it is the cell of its address, not a part of a merged area that goes on
}

// sketch is a sheet as it is being drawn.
type sketch struct {
	no         int // of the sheet, from 1
	sheet      *tonghop.Sheet
	look       Look
	rows, cols axis
	cells      []cell // row by row
}

// newSketch lays out the cells of a sheet: which are merged, and what stands in
// them.
func newSketch(no int, s *tonghop.Sheet, look Look, rows, cols axis) *sketch {
	k := &sketch{no: no, sheet: s, look: look, rows: rows, cols: cols, cells: make([]cell, len(rows)*len(cols))}
	for i := range rows {
		if rows[i].n == 0 {
			continue
		}
		l := s.Line(rows[i].n)
		for j := range cols {
			c := k.cell(i, j)
			c.id = cols[j].n > 0
			if l != nil && cols[j].n > 0 {
				c.text = l.At(cols[j].n)
			}
		}
	}
	const most = 20_000 // merged areas of a sheet: no form has more
	for _, m := range s.Merges[:min(most, len(s.Merges))] {
		k.merge(m)
	}
	return k
}

func (k *sketch) cell(i, j int) *cell { return &k.cells[i*len(k.cols)+j] }

// merge draws a merged area: in one piece, or in several where a stretch that is
// not drawn lies between.
func (k *sketch) merge(m tonghop.Area) {
	text := k.sheet.Cell(m.Top, m.Left)
	rows, cols := runs(k.rows, m.Top, m.Bottom), runs(k.cols, m.Left, m.Right)
	for _, r := range rows {
		for _, c := range cols {
			if r[1]-r[0] == 1 && c[1]-c[0] == 1 || k.taken(r, c) {
				continue
			}
			c0 := c[0]
			for i := r[0]; i < r[1]; i++ {
				for j := c[0]; j < c[1]; j++ {
					c := k.cell(i, j)
					c.inside, c.owner = true, r[0]*len(k.cols)+c0
				}
			}
			first := k.cell(r[0], c[0])
			first.inside, first.text = false, text
			first.id = r == rows[0] && c == cols[0]
			first.span = tonghop.Area{Top: r[0], Left: c[0], Bottom: r[1] - 1, Right: c[1] - 1}
		}
	}
}

// taken reports whether another merged area lies there already: areas that
// overlap, which no program makes.
func (k *sketch) taken(r, c [2]int) bool {
	for _, i := range []int{r[0], r[1] - 1} {
		for j := c[0]; j < c[1]; j++ {
			if at := k.cell(i, j); at.inside || at.span != (tonghop.Area{}) {
				return true
			}
		}
	}
	for i := r[0]; i < r[1]; i++ {
		for _, j := range []int{c[0], c[1] - 1} {
			if at := k.cell(i, j); at.inside || at.span != (tonghop.Area{}) {
				return true
			}
		}
	}
	return false
}

// runs are the places of what is drawn between two lines, without the stretches
// between.
func runs(a axis, from, to int) [][2]int {
	i, j := a.within(from, to)
	var out [][2]int
	for ; i < j; i++ {
		if a[i].n == 0 {
			continue
		}
		start := i
		for i < j && a[i].n > 0 {
			i++
		}
		out = append(out, [2]int{start, i})
	}
	return out
}

// at gives the cell that shows an address: of a merged area the one that begins
// it; nil if it is not drawn.
func (k *sketch) at(row, col int) (*cell, string) {
	i, ok := k.rows.at(row)
	j, drawn := k.cols.at(col)
	if !ok || !drawn {
		return nil, ""
	}
	c := k.cell(i, j)
	if !c.inside {
		return c, k.id(i, j)
	}
	return &k.cells[c.owner], k.id(c.owner/len(k.cols), c.owner%len(k.cols))
}

// id is that of the element of a cell: s1-F14.
func (k *sketch) id(i, j int) string {
	return fmt.Sprintf("s%d-%s", k.no, tonghop.Ref{Row: k.rows[i].n, Col: k.cols[j].n}.Cell())
}

// note puts down what a cell was taken for.
func (k *sketch) note(t Taken) {
	c, _ := k.at(t.Ref.Row, t.Ref.Col)
	if c == nil {
		return
	}
	for _, have := range c.taken {
		if have.Label == t.Label {
			return
		}
	}
	c.taken = append(c.taken, t)
}

// setAside tints a part that was not used, and says why in its first cell with
// something in it.
func (k *sketch) setAside(u Unused) {
	whole := u.Area == (tonghop.Area{})
	if whole {
		u.Area = tonghop.Area{Top: 1, Left: 1, Bottom: maxRow, Right: maxRow}
	}
	said := whole // of a whole sheet the caption says it
	top, bottom := k.rows.within(u.Area.Top, u.Area.Bottom)
	left, right := k.cols.within(u.Area.Left, u.Area.Right)
	for i := top; i < bottom; i++ {
		for j := left; j < right; j++ {
			c := k.cell(i, j)
			if len(c.taken) > 0 || c.inside || c.text.Blank() {
				continue
			}
			c.aside = true
			if !said {
				c.unused, said = u.Reason, true
			}
		}
	}
}

// maxRow is more than any sheet has rows.
const maxRow = 1 << 24

// ask puts the flags of a finding into the cells that it names and tints them
// all. It gives the id of the first of them, "" if none is drawn.
func (k *sketch) ask(item Item) string {
	const most = 60 // flags of one finding on one sheet; the others are tinted
	first, flags := "", 0
	for _, a := range item.Areas {
		top, bottom := k.rows.within(a.Top, a.Bottom)
		left, right := k.cols.within(a.Left, a.Right)
		flagged := false
		for i := top; i < bottom; i++ {
			for j := left; j < right; j++ {
				if k.rows[i].n == 0 || k.cols[j].n == 0 {
					continue
				}
				c, id := k.at(k.rows[i].n, k.cols[j].n)
				if c == nil {
					continue
				}
				if graver(item.Severity, c.asked) {
					c.asked = item.Severity
				}
				if first == "" {
					first = id
				}
				if !flagged && flags < most && !c.flagged(item.No) {
					c.flags = append(c.flags, flagOf(item))
					flags++
				}
				flagged = true
			}
		}
	}
	return first
}

func (c *cell) flagged(no int) bool {
	return slices.ContainsFunc(c.flags, func(f flag) bool { return f.No == no })
}

// graver reports whether a asks more of people than b.
func graver(a, b tonghop.Severity) bool {
	weight := map[tonghop.Severity]int{tonghop.Note: 1, tonghop.Query: 2, tonghop.Reject: 3}
	return weight[a] > weight[b]
}

// textMost is how many letters of a cell are shown.
const textMost = 400

// shown is the text of a cell as a spreadsheet program shows it.
func shown(c *tonghop.Cell) string {
	if c == nil {
		return ""
	}
	text := c.Shown
	if text == "" {
		text = c.Stored
	}
	if text == "" && c.HasForm && !c.Cached && !c.Computed {
		text = "=" + c.Formula // nobody has stored what it gives
	}
	text = strings.TrimSpace(text)
	if letters := []rune(text); len(letters) > textMost {
		return string(letters[:textMost]) + "…"
	}
	return text
}
