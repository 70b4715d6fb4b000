package normalize

import (
	"github.com/tonghop/tonghop"
)

// headerRoom is how far above the first commune the header of a small table is
// looked for.
const headerRoom = 8

// findPart finds the header of a table that holds only a part of the form, so
// little that it would not be taken for the form by itself: the row above the
// first commune that names most criteria or indicators.
func (n *Normalizer) findPart(g *grid) *header {
	first := n.firstCommune(g, 0)
	if first < 2 {
		return nil
	}
	h := &header{ordinals: map[int]bool{}, labels: map[int][]label{}, content: map[int]mix{}}
	for row := max(1, first-headerRoom); row < first; row++ {
		cols := g.filled(row)
		if g.wordless(row) {
			continue
		}
		if countsColumns(g, row, cols) {
			h.ordinals[row] = true
			continue
		}
		if s := n.partsNamed(g, row, cols); s > h.score {
			h.best, h.score = row, s
		}
	}
	if h.score == 0 || n.isolated(g, h.best) {
		return nil
	}
	h.top, h.bottom = h.best, h.best
	n.growUp(g, h)
	n.growDown(g, h)
	h.bottom = min(h.bottom, first-1)
	n.collectLabels(g, h)
	n.mixContent(g, h)
	return h
}

// isolated tells a row that names one thing only and nothing beside it: a
// title.
func (n *Normalizer) isolated(g *grid, row int) bool { return len(g.filled(row)) < 2 }

// countsColumns tells a row whose every cell numbers its column.
func countsColumns(g *grid, row int, cols []int) bool {
	if len(cols) < 3 {
		return false
	}
	last := 0
	for _, c := range cols {
		n, _, ok := columnOrdinal(g.text(row, c))
		if !ok || n >= 0 && last > 0 && n != last+1 {
			return false
		}
		last = max(last, n)
	}
	return true
}

// partsNamed counts the criteria and indicators that a row names.
func (n *Normalizer) partsNamed(g *grid, row int, cols []int) int {
	count := 0
	for _, c := range cols {
		l := n.label(g, row, c)
		text := withoutMeasure(l.rest)
		switch no := l.number(); {
		case l.group:
		case no != "" && n.isIndicator(no), n.criterionOf(l) > 0 && n.criterionOf(l) <= len(n.known.Criteria.Criteria):
			count++
		case l.named && len(l.key) > 3 && (n.names.indicator(text, 0).score >= 0.6 || n.names.criterion(text).score >= 0.75):
			count++
		}
	}
	return count
}

// numberedFields counts the field columns of a table, and those whose header
// says the number of what it holds.
func (c candidate) numberedFields(n *Normalizer) (all, numbered int) {
	for _, col := range c.cols {
		if _, own := n.known.Form.OwnFields[col.Field]; col.Role != tonghop.ColField || own {
			continue
		}
		all++
		for _, l := range c.h.labels[col.Col] {
			if l.criterion != 0 && !l.group {
				numbered++
				break
			}
		}
	}
	return all, numbered
}
