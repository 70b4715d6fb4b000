package overlay

import (
	"slices"
	"sort"

	"github.com/tonghop/tonghop"
)

// How much of a file is drawn. What matters is drawn first; what is left out is
// said where it would stand.
const (
	cellsMost  = 24_000 // of all sheets together
	rowsMost   = 400    // of one sheet
	colsMost   = 160
	asideRows  = 40 // of a sheet that was not used at all
	asideCols  = 20
	blankMost  = 12 // rows or columns without anything, one behind the other
	sheetsMost = 60
)

// line is a row or a column that is drawn, or a stretch that is not.
type line struct {
	n        int  // as Excel counts it; 0 = a stretch
	from, to int  // of a stretch
	blank    bool // nothing stands in the stretch
}

// axis are the rows or the columns of a sheet, in order.
type axis []line

// at finds the place of a row or column; the first one behind it if it is not
// drawn.
func (a axis) at(n int) (int, bool) {
	i := sort.Search(len(a), func(i int) bool { return max(a[i].n, a[i].to) >= n })
	return i, i < len(a) && a[i].n == n
}

// within gives the places of what is drawn between two rows or columns, the
// second one excluded.
func (a axis) within(from, to int) (i, j int) {
	i, _ = a.at(from)
	j, drawn := a.at(to)
	if drawn {
		j++
	}
	return i, j
}

// wish collects what matters of an axis: the smaller the rank the more.
type wish map[int]int

func (w wish) add(n, rank int) {
	if n < 1 {
		return
	}
	if have, ok := w[n]; !ok || rank < have {
		w[n] = rank
	}
}

// axis chooses what is drawn: at most most lines, those of the smallest rank
// first, from the first line of the sheet on. hidden lines count as any other.
func (w wish) axis(most int) axis {
	if len(w) == 0 {
		return nil
	}
	all := make([]int, 0, len(w))
	for n := range w {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b int) int {
		if w[a] != w[b] {
			return w[a] - w[b]
		}
		return a - b
	})
	kept := all[:min(most, len(all))]
	dropped := slices.Sorted(slices.Values(all[len(kept):]))
	slices.Sort(kept)
	var out axis
	next, room := 1, most-len(kept)
	fill := func(to int) { // between what is drawn: blank lines, or a stretch
		if next > to {
			return
		}
		i, _ := slices.BinarySearch(dropped, next)
		blank := i == len(dropped) || dropped[i] > to
		if n := to - next + 1; blank && n <= blankMost && n <= room {
			room -= n
			for ; next <= to; next++ {
				out = append(out, line{n: next})
			}
			return
		}
		out = append(out, line{from: next, to: to, blank: blank})
	}
	for _, n := range kept {
		fill(n - 1)
		out = append(out, line{n: n})
		next = n + 1
	}
	if len(dropped) > 0 && dropped[len(dropped)-1] >= next {
		fill(dropped[len(dropped)-1])
	}
	return out
}

// drawn counts the lines that are no stretches.
func (a axis) drawn() int {
	n := 0
	for _, l := range a {
		if l.n > 0 {
			n++
		}
	}
	return n
}

// Ranks of rows and columns.
const (
	rankAsked = iota // a finding that people must act on, or what names the table
	rankTaken
	rankNoted
	rankFilled
)

// wishes tells what matters of a sheet.
func wishes(s *tonghop.Sheet, taken []Taken, items []Item) (rows, cols wish) {
	rows, cols = wish{}, wish{}
	add := func(row, col, rank int) {
		rows.add(row, rank)
		cols.add(col, rank)
	}
	for i := range s.Lines {
		for _, c := range s.Lines[i].Cells {
			if !c.Blank() {
				add(c.Row, c.Col, rankFilled)
			}
		}
	}
	for _, t := range taken {
		rank := rankTaken
		if t.Kind != KindValue && t.Kind != KindName && t.Kind != KindTotal {
			rank = rankAsked
		}
		rows.add(t.Ref.Row, rank)
		cols.add(t.Ref.Col, rankTaken)
	}
	for _, item := range items {
		rank := rankAsked
		if item.Severity == tonghop.Note {
			rank = rankNoted
		}
		for _, a := range item.Areas {
			add(a.Top, a.Left, rank)
		}
	}
	return rows, cols
}
