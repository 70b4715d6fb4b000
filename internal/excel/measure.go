package excel

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
)

// Measures of the page, in points.
const (
	charWidth   = 5.25 // of a column width's character in the default font
	lineHeight  = 1.24 // of a line, in font sizes
	rowPadding  = 3.5
	minHeight   = 15.75
	maxHeight   = 409 // Excel's limit
	maxTurned   = 150
	tightTurned = 0.82 // turned text has less to spare
	tight       = 0.95 // of a cell's width, so that other fonts still fit
)

// heights chooses the height of each row so that no text is cut. They follow
// from the text and the widths alone.
func (b *book) heights(s tonghop.EditionSheet) []float64 {
	wide, tall := spans(s)
	out := make([]float64, len(s.Rows))
	for r, row := range s.Rows {
		out[r] = row.Height
		if row.Height > 0 {
			continue
		}
		need := minHeight
		for c, cell := range row.Cells {
			at := [2]int{r + 1, c + 1}
			if cell.Text == "" || tall[at] > 1 {
				continue
			}
			look := b.look.Styles[cell.Style]
			need = math.Max(need, b.need(cell.Text, look, width(s, c+1, max(1, wide[at]))))
		}
		out[r] = math.Min(math.Ceil(need*4)/4, maxHeight)
	}
	return out
}

// spans gives for the first cell of each merge how many columns and rows it
// covers.
func spans(s tonghop.EditionSheet) (wide, tall map[[2]int]int) {
	wide, tall = map[[2]int]int{}, map[[2]int]int{}
	for _, m := range s.Merges {
		at := [2]int{m.Top, m.Left}
		wide[at], tall[at] = m.Right-m.Left+1, m.Bottom-m.Top+1
	}
	return wide, tall
}

// width is the room of n columns from col on, in points.
func width(s tonghop.EditionSheet, col, n int) float64 {
	sum := 0.0
	for i := col - 1; i < col-1+n; i++ {
		w := 8.43
		if i < len(s.Widths) && s.Widths[i] > 0 {
			w = s.Widths[i]
		}
		sum += w * charWidth
	}
	return sum
}

// need is the height that a text takes in a cell of the width.
func (b *book) need(text string, l tonghop.CellLook, room float64) float64 {
	size := b.size(l)
	line := size * lineHeight
	if l.Turn != 0 {
		lines := max(1, int(room/line))
		for h := 30.0; h < maxTurned; h += 3 {
			if wrapped(text, size, l.Bold, h*tightTurned-4) <= lines {
				return h
			}
		}
		return maxTurned
	}
	if !l.Wrap {
		return line + rowPadding
	}
	return float64(wrapped(text, size, l.Bold, room*tight-2))*line + rowPadding
}

// wrapped counts the lines that a text takes in the room when it breaks at
// blanks, and inside a word only where the word is longer than the room.
func wrapped(text string, size float64, bold bool, room float64) int {
	lines := 0
	blank := extent(" ", size, bold)
	for _, paragraph := range strings.Split(text, "\n") {
		lines++
		used := 0.0
		for _, word := range strings.Fields(paragraph) {
			w := extent(word, size, bold)
			if used > 0 && used+blank+w > room {
				lines++
				used = 0
			}
			if used > 0 {
				used += blank
			}
			for used += w; used > room; used -= room {
				lines++
			}
		}
	}
	return lines
}

// extent is the width of a text in points.
func extent(text string, size float64, bold bool) float64 {
	sum := 0.0
	for _, r := range norm.NFD.String(text) {
		if !unicode.Is(unicode.Mn, r) {
			sum += em(r)
		}
	}
	if bold {
		sum *= 1.08
	}
	return sum * size / 1000
}

// em is the width of a letter in thousandths of the font size, after the
// proportions of Times New Roman.
func em(r rune) float64 {
	switch {
	case strings.ContainsRune("ijlt,.;:'|! ", r):
		return 278
	case strings.ContainsRune("frsI()-/[]J", r):
		return 370
	case strings.ContainsRune("acez", r):
		return 444
	case strings.ContainsRune("mM", r):
		return 830
	case strings.ContainsRune("wW%…—", r):
		return 900
	case unicode.IsUpper(r):
		return 700
	}
	return 500
}
