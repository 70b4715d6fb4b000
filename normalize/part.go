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
	for first > 0 && n.namesCriteria(g, first) {
		first = n.firstCommune(g, first) // a commune may be called Văn Hóa
	}
	if first < 2 {
		return nil
	}
	h := &header{ordinals: map[int]bool{}, labels: map[int][]label{}, content: map[int]mix{}}
	for row := max(1, first-headerRoom); row < first; row++ {
		cols := g.filled(row)
		if g.wordless(row) {
			continue
		}
		if countsColumns(g, row, cols) && !n.countsCriteria(g, row, cols) || lettersFirst(g, row, cols) {
			h.ordinals[row] = true
			continue
		}
		if n.sums(g, row) { // a row of totals above the communes
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
	h.byCriterion = n.criteriaAlone(h)
	if n.onlyNumbers(h) && n.numbersCommunes(g, h) {
		return nil
	}
	return h
}

// criteriaAlone tells a header that names criteria and none of their
// indicators, with nothing but marks below.
func (n *Normalizer) criteriaAlone(h *header) bool {
	named, indicators := 0, 0
	for col, labels := range h.labels {
		for _, l := range labels {
			if l.sub > 0 {
				return false
			}
		}
		if len(labels) == 0 {
			continue
		}
		low := labels[len(labels)-1]
		text := withoutMeasure(low.rest)
		criterion := n.names.criterion(text).score
		if low.group || n.columnRole(low) != "" {
			continue
		}
		if n.words.markCols[low.key] || n.words.valCols[low.key] {
			if len(labels) > 1 { // alone, "Tỷ lệ (%)" is no half of anything
				return false
			}
			continue
		}
		if low.named && n.names.indicator(text, 0).score > max(criterion, 0.5) {
			indicators++ // or a column of something else, which sounds like one
			continue
		}
		if criterion >= 0.75 || n.criterionOf(low) > 0 {
			if h.content[col].none() { // a mark that nobody has given yet
				continue
			}
			if !h.content[col].mostlyMarks() {
				return false
			}
			named++
		}
	}
	return named > 3*indicators
}

// namesCriteria tells a row in which several criteria are named side by side.
func (n *Normalizer) namesCriteria(g *grid, row int) bool {
	hits := 0
	for _, c := range g.filled(row) {
		if n.namesCriterion(n.label(g, row, c)) {
			hits++
		}
	}
	return hits >= 2
}

// namesCriterion reports whether a label is the name of a criterion.
func (n *Normalizer) namesCriterion(l label) bool {
	return l.named && !l.group && len(l.key) > 3 && n.names.criterion(withoutMeasure(l.rest)).score >= 0.75
}

// isolated tells a row that names one thing only and nothing beside it: a
// title.
func (n *Normalizer) isolated(g *grid, row int) bool {
	cols := g.filled(row)
	return len(cols) < 2 && n.unitHead(g, row, cols) == 0
}

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

// countsCriteria tells numbers side by side that are those of criteria: a head
// right above that spans them all says so. The second half of a form headed by
// bare numbers looks like that.
func (n *Normalizer) countsCriteria(g *grid, row int, cols []int) bool {
	first, last := cols[0], cols[len(cols)-1]
	from, bracket, ok := columnOrdinal(g.text(row, first))
	if !ok || bracket || from < 1 || from+len(cols)-1 > len(n.known.Criteria.Criteria) || row == 1 {
		return false
	}
	head := g.area(row-1, first)
	return head.Bottom == row-1 && head.Left <= first && head.Right >= last && saysCriteria(n.label(g, head.Top, head.Left), 3)
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
