package excel

import (
	"fmt"
	"math"
	"strings"

	"github.com/tonghop/tonghop"
)

// copyLayout is how wide the columns of a copied sheet are and how high its rows:
// the file that is copied may not tell, and not every program finds out.
type copyLayout struct {
	widths map[int]float64         // in characters, where texts or numbers stand
	merged map[[2]int]tonghop.Area // by the first cell
}

// Widths of the columns of a copy, in characters.
const (
	copyLeast = 7
	copyUsual = 16
	copyWide  = 26 // of a column with long texts, such as names

	copyMostWide = 80 // Excel takes no more than 255
)

// layoutOf looks at what stands in a sheet.
func layoutOf(s *tonghop.Sheet) copyLayout {
	l := copyLayout{widths: map[int]float64{}, merged: map[[2]int]tonghop.Area{}}
	for _, m := range s.Merges {
		l.merged[[2]int{m.Top, m.Left}] = m
	}
	for i := range s.Lines {
		cells := s.Lines[i].Cells
		for j := range cells {
			c := &cells[j]
			if _, joined := l.merged[[2]int{c.Row, c.Col}]; joined || c.Kind == tonghop.CellBlank || c.Kind == tonghop.CellText && alone(cells, j) {
				continue
			}
			l.widths[c.Col] = max(l.widths[c.Col], widthFor(c))
		}
	}
	return l
}

// widthFor is how wide a column is that a cell shall have room in: a number all of
// it, a text on a few lines.
func widthFor(c *tonghop.Cell) float64 {
	const enough = 600 // bytes of a text tell that it is long
	need := (extent(c.Shown[:min(len(c.Shown), enough)], letterSize, false) + besideText) / (charWidth * tight)
	if c.Kind != tonghop.CellText {
		return math.Ceil(min(max(copyLeast, need), copyMostWide))
	}
	most := copyUsual
	if need > 3*copyUsual {
		most = copyWide
	}
	return math.Ceil(min(max(copyLeast, need), float64(most)))
}

// of is the width of a column.
func (l copyLayout) of(col int) float64 {
	if w, ok := l.widths[col]; ok {
		return w
	}
	return copyUsual
}

// cols writes the widths; hidden columns stay hidden.
func (l copyLayout) cols(hidden map[int]bool) string {
	const last = 16384
	var b strings.Builder
	for col := 1; col <= last; col++ {
		_, known := l.widths[col]
		if !known && !hidden[col] {
			continue
		}
		hide := ""
		if hidden[col] {
			hide = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<col min="%[1]d" max="%[1]d" width="%[2]v"%[3]s customWidth="1"/>`, col, l.of(col), hide)
	}
	if b.Len() == 0 {
		return ""
	}
	return "<cols>" + b.String() + "</cols>"
}

// height is how high a row must be for its texts, in points.
func (l copyLayout) height(cells []tonghop.Cell) int {
	const line, most = 14, 400 // Excel shows at most 409
	lines := 1
	for i := range cells {
		c := &cells[i]
		if c.Kind != tonghop.CellText {
			continue
		}
		lines = max(lines, l.lines(c, alone(cells, i)))
	}
	return min(most, line*lines+2)
}

// lines is on how many lines the text of a cell stands; what is merged over
// several rows has room in them.
func (l copyLayout) lines(c *tonghop.Cell, alone bool) int {
	m, joined := l.merged[[2]int{c.Row, c.Col}]
	switch {
	case joined && m.Bottom > m.Top:
		return 1
	case alone && !joined:
		return 1 + strings.Count(short(c.Stored), "\n")
	case !joined:
		return linesIn(short(c.Stored), l.of(c.Col), letterSize, false)
	}
	room := 0.0
	for col := m.Left; col <= min(m.Right, m.Left+100); col++ {
		room += l.of(col)
	}
	return linesIn(short(c.Stored), room, letterSize, false)
}
