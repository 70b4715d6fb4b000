package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// fewestFields is how many indicators a header row must name before a sheet
// is taken for the form at all.
const fewestFields = 8

// fewestCriteria is the same for a form that has a column for each criterion.
const fewestCriteria = 10

// mostLookups bounds how many texts of a sheet are compared with the names of
// indicators while its header is looked for. A header stands in the first rows;
// a sheet with more text than this above its header is none of ours.
const mostLookups = 8000

// mostCells bounds how many cells of a sheet are looked at for its header, for
// the same reason: reading each as a label takes some microseconds.
const mostCells = 200_000

// header is the band of rows that name the columns of a table.
type header struct {
	top, bottom int
	best        int             // the row that names most indicators, or else criteria
	score       int             // how many
	byCriterion bool            // columns stand for whole criteria, not for indicators
	ordinals    map[int]bool    // rows that only number the columns
	labels      map[int][]label // by column, from top to bottom
	content     map[int]mix     // by column, what stands below the band

	heads   []columnHead           // the headings, by which its layout is told
	answers map[int]tonghop.Answer // by column, what people said of it
}

// findHeader finds the row that names most indicators, or else most criteria,
// and the band around it; nil if no row names enough.
func (n *Normalizer) findHeader(g *grid) *header {
	h := &header{ordinals: map[int]bool{}, labels: map[int][]label{}, content: map[int]mix{}}
	var criteria, critRow int
	lookups, cells := mostLookups, mostCells
	for row := 1; row <= g.rows && cells > 0; row++ {
		cols := g.filled(row)
		cells -= len(cols)
		if lettersFirst(g, row, cols) {
			h.ordinals[row] = true
			continue
		}
		if len(cols) < 5 {
			continue
		}
		if ordinalRow(g, row, cols) && !n.namesRoles(g, row, cols) {
			h.ordinals[row] = true
			continue
		}
		s := n.fieldsNamed(g, row, cols, &lookups)
		if s.indicators > h.score {
			h.best, h.score = row, s.indicators
		}
		if s.criteria > criteria {
			critRow, criteria = row, s.criteria
		}
	}
	if h.score < fewestFields {
		if criteria < fewestCriteria {
			return nil
		}
		h.best, h.score, h.byCriterion = critRow, criteria, true
	}
	h.top, h.bottom = h.best, h.best
	n.growUp(g, h)
	n.growDown(g, h)
	n.collectLabels(g, h)
	n.absolute(h)
	if h.byCriterion {
		n.dropFalseNumbers(h)
	}
	n.mixContent(g, h)
	if h.byCriterion && (!n.trusted(h) || n.numbersCommunes(g, h)) {
		return nil
	}
	return h
}

func (n *Normalizer) label(g *grid, row, col int) label {
	a, c, text := g.area(row, col), g.cell(row, col), g.text(row, col)
	key := text
	if c != nil && c.Kind == tonghop.CellNumber {
		if c.Style.Date {
			return parseLabel(c, a, text)
		}
		key = text + "\x00" + c.Stored // a number is read by what is stored too
	}
	if ownLine(c) {
		key = text + "\x01"
	}
	l := n.labels.get(key, func() label {
		l := parseLabel(c, a, text)
		if other, ok := l.behind(); ok && n.isIndicator(other.number()) {
			return other
		}
		return l
	})
	l.area = a
	return l
}

func (n *Normalizer) isIndicator(no string) bool {
	_, _, ok := n.known.Criteria.Indicator(no)
	return ok
}

// ordinalRow tells a row that numbers the columns: A B 1 2 3 …, (1) (2) (3).
// Criterion numbers stand apart or stop at 19; these run on without a gap.
func ordinalRow(g *grid, row int, cols []int) bool {
	runs, breaks, letters, top, brackets, seen := 0, 0, 0, 0, 0, 0
	last := -1
	for _, c := range cols {
		if breaks*5 > len(cols) {
			return false // runs cannot make up for them any more
		}
		n, bracket, ok := columnOrdinal(g.text(row, c))
		if !ok || g.area(row, c).Right > c+1 {
			breaks++
			continue
		}
		seen++
		if bracket {
			brackets++
		}
		switch {
		case n < 0:
			letters++
		case last >= 0 && n == last+1:
			runs++
		case last >= 0:
			breaks++
		}
		if n >= 0 {
			top, last = max(top, n), n
		}
	}
	return seen >= 5 && runs >= 4 && letters <= 4 && breaks*5 <= runs && (top > 19 || brackets*2 > seen)
}

// growUp takes rows above that name criteria, groups or roles, past one blank
// row at most.
func (n *Normalizer) growUp(g *grid, h *header) {
	for row := h.best - 1; row >= 1; row-- {
		cols := g.filled(row)
		if n.bearsCommune(g, row) || n.onlyFigures(g, row, h.best) { // of the table above
			return
		}
		if len(cols) == 0 || h.ordinals[row] {
			if row > 1 && n.headerish(g, row-1, false) {
				continue
			}
			return
		}
		if !n.headerish(g, row, false) && !reachesDown(g, row, h.top) && !n.headsRows(g, row, cols) {
			return
		}
		h.top = row
	}
}

// reachesDown reports whether a merge leads from the row into the band, as the
// column of names does over a header of several rows.
func reachesDown(g *grid, row, top int) bool {
	for _, m := range g.byRow[row] {
		if m.Top <= row && m.Bottom >= top && m.Bottom > row {
			return true
		}
	}
	return false
}

// growDown takes rows below that still belong to the header: those that a
// header cell is merged down to, those that name indicators, and units of
// measure; rows that number the columns are passed over.
func (n *Normalizer) growDown(g *grid, h *header) {
	for row := h.best + 1; row <= g.rows && row <= h.best+12; row++ {
		switch {
		case h.ordinals[row]:
			continue
		case n.bearsCommune(g, row):
			return
		case len(g.filled(row)) == 0 && !reachesUp(g, row, h):
			if row < g.rows && (h.ordinals[row+1] || n.headerish(g, row+1, true)) {
				continue
			}
			return
		case reachesUp(g, row, h), n.headerish(g, row, true), n.measures(g, row), n.subLabels(g, row, h), h.byCriterion && n.belowCriteria(g, row):
			h.bottom = row
		default:
			return
		}
	}
}

// bearsCommune tells a row of the body by a commune's name among its first
// texts: such a row is never part of the header.
func (n *Normalizer) bearsCommune(g *grid, row int) bool {
	numbered := false
	for i, c := range g.filled(row) {
		if i == 4 {
			break
		}
		text := g.text(row, c)
		if t := n.name(text); (t.kind != "" || numbered) && n.isCommune(t) {
			return true
		}
		numbered = i == 0 && onlyNumber(text) // "Định An" alone may be anything, behind a running number it is a commune
	}
	return false
}

// reachesUp reports whether a cell of the band that has content is merged down
// to the row.
func reachesUp(g *grid, row int, h *header) bool {
	for _, m := range g.byRow[row] {
		if m.Top < row && m.Top >= h.top && m.Top <= h.best && g.text(m.Top, m.Left) != "" {
			return true
		}
	}
	return false
}

// headerish reports whether at least half of a row's cells are labels. Below
// the best row bare whole numbers are no labels: they may be figures.
func (n *Normalizer) headerish(g *grid, row int, below bool) bool {
	cols := g.filled(row)
	hits, last := 0, 0
	for _, c := range cols {
		l := n.label(g, row, c)
		no := l.number()
		if _, _, isMark := n.words.mark(l.text); isMark && below {
			continue
		}
		switch {
		case no != "" && n.isIndicator(no):
			if at := l.criterion*100 + l.sub; at > last {
				hits, last = hits+1, at
			}
		case n.columnRole(l) != "", n.words.markCols[l.key], n.words.valCols[l.key] && !below, n.measureWord(l.text):
			hits++
		case !below && (l.group || l.criterion > 0 && l.criterion <= 19):
			hits++
		case l.named && len(l.key) > 3 && n.namesSomething(l):
			hits++
		}
	}
	if below {
		return hits >= 5 && hits*10 >= len(cols)*6
	}
	return hits >= 2 && hits*2 >= len(cols)
}

func (n *Normalizer) namesSomething(l label) bool {
	return n.names.criterion(l.rest).score >= 0.7 || n.names.indicator(l.rest, 0).score >= 0.6
}

// measures tells a row of units of measure below the names: %, nhà, Đạt, with
// at most "ĐVT" in front.
func (n *Normalizer) measures(g *grid, row int) bool {
	units := 0
	for i, c := range g.filled(row) {
		text := g.text(row, c)
		_, _, isMark := n.words.mark(text)
		switch {
		case n.measureWord(text):
			units++
		case isMark, n.markOf(label{text: text, key: viet.Key(text)}):
		case i == 0 && headsMeasures(text):
			units++
		default:
			return false
		}
	}
	return units >= 3
}

// measureWord tells a header cell that holds only a unit of measure.
func (n *Normalizer) measureWord(text string) bool {
	return n.words.measures[viet.Fold(strings.Trim(text, "()[] "))]
}

// collectLabels lists for each column what the band says of it. A label that
// is not merged, in a row above the best, stands also over the blank cells to
// its right: that is how unmerged criterion headers are meant.
func (n *Normalizer) collectLabels(g *grid, h *header) {
	for row := h.top; row <= h.bottom; row++ {
		if h.ordinals[row] {
			continue
		}
		var carried *label
		for col := 1; col <= g.cols; col++ {
			a := g.area(row, col)
			if a.Top != row && a.Top >= h.top {
				carried = nil
				continue
			}
			text := g.text(row, col)
			if text == "" {
				if carried != nil && (row < h.best || h.byCriterion && row < h.bottom) {
					h.labels[col] = append(h.labels[col], *carried)
				}
				continue
			}
			l := n.label(g, row, col)
			h.labels[col] = append(h.labels[col], l)
			if h.byCriterion && l.judging != "" { // "Kết quả TC8" is "TC8" over "Kết quả"
				h.labels[col] = append(h.labels[col], label{area: l.area, text: l.judging, key: viet.Key(l.judging), rest: l.judging, named: true})
			}
			carried = nil
			if a.Left == a.Right && a.Top == a.Bottom && l.sub == 0 && (n.criterionOf(l) > 0 || n.names.criterion(l.rest).score >= 0.7) {
				c := l
				c.carried = true
				c.area = tonghop.Area{Top: row, Left: col, Bottom: row, Right: col + 1}
				carried = &c
			}
		}
	}
}

// headsMeasures reports whether a text heads a column or a row of units of measure.
func headsMeasures(text string) bool {
	key := viet.Key(text)
	return key == "dvt" || strings.HasPrefix(key, "don vi tinh")
}
