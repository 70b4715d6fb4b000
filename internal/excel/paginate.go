package excel

import (
	"math"

	"github.com/tonghop/tonghop"
)

// Papers, in points: short side, long side.
const (
	a4Short, a4Long = 595.3, 841.9
	a3Short, a3Long = 841.9, 1190.6
	inch            = 72.0
	footerEdge      = 0.3  // inches from the paper's edge
	cellPadding     = 3.75 // of a column beside its characters
	littleLess      = 0.75 // how far a sheet shrinks to stand on one page
	spare           = 0.96 // of a page, so that other programs' metrics still fit
)

// room is the part of a page inside the margins, in points.
func (b *book) room(s tonghop.EditionSheet) (wide, high float64) {
	wide, high = a4Short, a4Long
	if s.Paper == "A3" {
		wide, high = a3Short, a3Long
	}
	if s.Landscape {
		wide, high = high, wide
	}
	m := b.look.Margins
	return wide - (m[0]+m[2])*inch, high - (m[1]+m[3])*inch
}

// scale is the percentage at which a sheet prints: the edition's own, less
// where the widest page asks for it, and less again where a little brings the
// whole sheet on one page. It is computed here because a spreadsheet program
// that fits pages by itself ignores page breaks.
func (b *book) scale(s tonghop.EditionSheet, heights []float64) int {
	most := 100.0
	if s.Scale > 0 {
		most = float64(s.Scale)
	}
	wide, high := b.room(s)
	fit := math.Min(most, wide*spare/widest(s)*100)
	if len(s.Breaks) == 0 {
		whole := 0.0
		for _, h := range heights {
			whole += h
		}
		if once := high * spare / whole * 100; once < fit && once > fit*littleLess {
			fit = once
		}
	}
	return max(10, int(fit))
}

// widest is the width of the widest page: the columns between two breaks, and
// the name columns that each page repeats.
func widest(s tonghop.EditionSheet) float64 {
	sum := func(first, last int) float64 {
		total := 0.0
		for _, w := range s.Widths[first-1 : last] {
			total += w*charWidth + cellPadding
		}
		return total
	}
	names := 0.0
	if s.RepeatCol > 0 {
		names = sum(1, s.RepeatCol)
	}
	most, first := 1.0, 1
	for _, end := range append(append([]int(nil), s.Breaks...), len(s.Widths)) {
		page := sum(first, end)
		if first > s.RepeatCol {
			page += names
		}
		most, first = math.Max(most, page), end+1
	}
	return most
}

// breaks ends printed pages after the columns that the edition names and, if
// rows must stay together, before the rows where a page is full.
func (b *book) breaks(s tonghop.EditionSheet, heights []float64) error {
	for _, col := range s.Breaks {
		if err := b.file.InsertPageBreak(s.Name, tonghop.Ref{Row: 1, Col: col + 1}.Cell()); err != nil {
			return err
		}
	}
	for _, row := range b.fullPages(s, heights) {
		if err := b.file.InsertPageBreak(s.Name, tonghop.Ref{Row: row, Col: 1}.Cell()); err != nil {
			return err
		}
	}
	return nil
}

// fullPages lists the rows that begin a page after the first.
func (b *book) fullPages(s tonghop.EditionSheet, heights []float64) []int {
	if len(s.Keep) == 0 {
		return nil
	}
	_, high := b.room(s)
	limit := high * spare / float64(b.scale(s, heights)) * 100
	sum := func(first, last int) float64 {
		total := 0.0
		for _, h := range heights[max(first, 1)-1 : last] {
			total += h
		}
		return total
	}
	header := 0.0
	if s.Repeat[0] > 0 {
		header = sum(s.Repeat[0], s.Repeat[1])
	}
	together := map[int]float64{}
	for _, k := range s.Keep {
		if need := sum(k[0], k[1]); header+need <= limit {
			together[k[0]] = max(together[k[0]], need)
		}
	}
	var out []int
	used := 0.0
	for row := 1; row <= len(heights); row++ {
		if used+max(heights[row-1], together[row]) > limit && row > 1 {
			out = append(out, row)
			used = header
		}
		used += heights[row-1]
	}
	return out
}
