package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// sheetCol is a column of the sheet and what its header asks for.
type sheetCol struct {
	col   int
	wants holding // holdsMark, holdsFigure, or holdsEither where it does not say
}

// wanted lists the columns of the sheet from the table's first field to one behind
// its last, with what each asks for. Indicators with a figure may hold marks in a
// form that marks everything, so they ask for a figure only where most have one.
func (t *contents) wanted() []sheetCol {
	first, last := t.cols[0].Col, t.cols[len(t.cols)-1].Col
	out := make([]sheetCol, last-first+2)
	for i := range out {
		out[i] = sheetCol{first + i, holdsEither}
	}
	figures, all := 0, 0
	var open []int
	for k, c := range t.cols {
		i := c.Col - first
		c.Mark = c.Mark != t.exchanged(k)
		switch p := t.r.n.profileOf(c.Field); {
		case c.Field == tonghop.FieldTotalMet:
			out[i].wants = holdsFigure
		case c.Mark || strings.HasPrefix(c.Field, "TC") || p.kind == tonghop.TypeMark && !p.share:
			out[i].wants = holdsMark
		case p.kind == tonghop.TypeNumber || p.kind == tonghop.TypePercent || p.kind == tonghop.TypeCount:
			open = append(open, i)
			for _, row := range t.lines {
				if at := t.at(row, c.Col); at != holdsNothing {
					all++
					if at == holdsFigure {
						figures++
					}
				}
			}
		}
	}
	t.unknownMarks(out)
	for _, i := range open {
		if figures*5 >= all*2 {
			out[i].wants = holdsFigure
		}
	}
	return out
}

// exchanged reports whether a column and its neighbour, the figure and the mark of a
// criterion's only indicator, were told apart by what stands in them, against their
// headers. Where a block slid, that is just what stands in the wrong one.
func (t *contents) exchanged(k int) bool {
	c := t.cols[k]
	for _, j := range []int{k - 1, k + 1} {
		if j < 0 || j >= len(t.cols) {
			continue
		}
		o := t.cols[j]
		if o.Field == c.Field && o.Mark != c.Mark && max(o.Col, c.Col)-min(o.Col, c.Col) == 1 && t.headedMark(c) == o.Mark && t.headedMark(o) == c.Mark {
			return true
		}
	}
	return false
}

// headedMark reports whether the header of a column asks for a mark in so many words.
func (t *contents) headedMark(c tonghop.Column) bool {
	return t.r.n.markOf(label{text: c.Label, key: viet.Key(c.Label)})
}

// unknownMarks has a column that nobody understood ask for a mark where it stands
// between a criterion and the total: figures in it may be why nobody did.
func (t *contents) unknownMarks(out []sheetCol) {
	byCol := map[int]string{}
	for _, c := range t.cols {
		byCol[c.Col] = c.Field
	}
	for _, c := range t.r.cover.Columns {
		i := c.Col - out[0].col
		if c.Role == tonghop.ColUnknown && i > 0 && i < len(out) && strings.HasPrefix(byCol[c.Col-1], "TC") && byCol[c.Col+1] == tonghop.FieldTotalMet {
			out[i].wants = holdsMark
		}
	}
}

// misfit reports whether a cell holds what its column cannot.
func misfit(at, wants holding) bool {
	return at == holdsMark && wants == holdsFigure || at == holdsFigure && wants == holdsMark
}

// slide is a stretch of cells of some rows that may have slid by one column.
type slide struct {
	by          int // 1: to the right
	from, to    int // places of the columns in which the cells stand now
	hole        int // place of the column that they left, or of the one where cells were put in
	top, bottom int // rows
	odd, cured  int // cells that do not fit where they stand; of those, that fit where they came from
	spoilt      int // cells that fit where they stand and not where they came from
}

// slidAcross finds a block that slid by one column: a column is blank in several
// rows, and the cells beside it fit the columns one further back. At least three
// in four of those that do not fit must do so there. Columns that ask for a figure
// and have marks in this form may speak against it.
func (t *contents) slidAcross() (tonghop.Finding, bool) {
	const enough = 4
	cols := t.wanted()
	var best slide
	for hole := range cols {
		if t.spare(cols, hole) {
			continue
		}
		for _, rows := range t.blankRuns(cols[hole].col) {
			for _, by := range []int{1, -1} {
				if s := t.slideFrom(cols, hole, by, rows); s.cured-s.spoilt > best.cured-best.spoilt {
					best = s
				}
			}
		}
	}
	single := len(t.lines) > 1 && best.top == best.bottom
	const single60 = 6 // O-060 asks about a single row with as many figures among marks and marks among figures
	if single && best.odd >= single60 || (single || best.cured < enough) && !t.betrayed(cols, &best) {
		return tonghop.Finding{}, false
	}
	if best.cured == 0 || best.cured*4 < best.odd*3 || best.spoilt*4 > best.cured {
		return tonghop.Finding{}, false
	}
	t.extend(cols, &best)
	left, right := min(best.from, best.to), max(best.from, best.to)
	at := tonghop.Area{Top: best.top, Left: cols[left].col, Bottom: best.bottom, Right: cols[right].col}
	hole := tonghop.Area{Top: best.top, Left: cols[best.hole].col, Bottom: best.bottom, Right: cols[best.hole].col}
	rule, move := "NG-004", "right"
	if best.by < 0 {
		rule, move = "NG-005", "left"
	}
	f := t.slidBlock(rule, move, at, hole, best.cured, best.odd)
	if may, ok := t.mayHave(cols, best); ok {
		f.Areas = append(f.Areas, may)
		f = f.Arg("maybe", may.String())
	}
	return f.Arg("rows", strconv.Itoa(len(rowsBetween(t.lines, best.top, best.bottom)))), true
}

// spare reports whether a column between those of the form belongs to none of them, has
// no header and holds nothing for any commune: the office left it free. No cell slid
// out of it, and what stands beside it would fit it whatever it is.
func (t *contents) spare(cols []sheetCol, place int) bool {
	if cols[place].wants != holdsEither || place == len(cols)-1 {
		return false
	}
	for _, c := range t.cols {
		if c.Col == cols[place].col {
			return false
		}
	}
	for _, c := range t.r.cover.Columns {
		if c.Col == cols[place].col && c.Label != "" {
			return false
		}
	}
	for _, row := range t.lines {
		if t.at(row, cols[place].col) != holdsNothing {
			return false
		}
	}
	return true
}

// betrayed reports whether the totals of one row, or of a few, show that they slid by
// one column: a mark stands in the total's column and a figure behind it, or it is
// blank and a figure that is no mark stands before it. Rows of marks have hardly anything
// else that does not fit.
func (t *contents) betrayed(cols []sheetCol, s *slide) bool {
	total, rows := len(cols)-2, rowsBetween(t.lines, s.top, s.bottom)
	if len(rows) == 0 || total < 1 || cols[total].wants != holdsFigure || cols[total-1].wants != holdsMark || s.cured < len(rows) {
		return false
	}
	for _, row := range rows {
		switch {
		case s.by < 0 && (s.hole != total || t.at(row, cols[total-1].col) != holdsFigure):
			return false
		case s.by > 0 && (t.at(row, cols[total].col) != holdsMark || t.at(row, cols[total+1].col) != holdsFigure):
			return false
		}
	}
	if s.by > 0 {
		s.to, s.odd, s.cured = total+1, s.odd+len(rows), s.cured+len(rows)
	}
	return true
}

// mayHave is where cells stand right before a block that slid left, or right behind one
// that slid right, of which nothing tells whether they slid too: they fit where they are as well as one place on.
func (t *contents) mayHave(cols []sheetCol, s slide) (tonghop.Area, bool) {
	rows, end := rowsBetween(t.lines, s.top, s.bottom), s.to
	for i := s.to + s.by; i >= 0 && i < len(cols) && i-s.by >= 0 && i-s.by < len(cols); i += s.by {
		filled := false
		for _, row := range rows {
			at := t.at(row, cols[i].col)
			if misfit(at, cols[i].wants) != misfit(at, cols[i-s.by].wants) {
				filled = false
				break
			}
			filled = filled || at != holdsNothing
		}
		if !filled {
			break
		}
		end = i
	}
	if end == s.to {
		return tonghop.Area{}, false
	}
	left, right := min(end, s.to+s.by), max(end, s.to+s.by)
	return tonghop.Area{Top: s.top, Left: cols[left].col, Bottom: s.bottom, Right: cols[right].col}, true
}

// extend takes a slide to the right on to the end of the table where nothing stands
// against it: cells that were pushed out of the table show that all of them slid.
func (t *contents) extend(cols []sheetCol, s *slide) {
	rows, pushed := rowsBetween(t.lines, s.top, s.bottom), 0
	for _, row := range rows {
		if t.at(row, cols[len(cols)-1].col) != holdsNothing {
			pushed++
		}
	}
	if s.by < 0 || pushed*2 <= len(rows) {
		return
	}
	for i := s.to + 1; i < len(cols); i++ {
		for _, row := range rows {
			if at := t.at(row, cols[i].col); misfit(at, cols[i-1].wants) {
				return
			}
		}
	}
	s.to = len(cols) - 1
}

// rowsBetween are the rows from top to bottom.
func rowsBetween(rows []int, top, bottom int) (out []int) {
	for _, row := range rows {
		if row >= top && row <= bottom {
			out = append(out, row)
		}
	}
	return out
}

// blankRuns lists runs of communes' rows in which a column holds nothing.
func (t *contents) blankRuns(col int) (runs [][]int) {
	var run []int
	for _, row := range t.lines {
		if t.at(row, col) == holdsNothing {
			run = append(run, row)
		} else if len(run) > 0 {
			runs, run = append(runs, run), nil
		}
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	return runs
}

// slideFrom follows a supposed slide from the column that its cells left, as far as
// moving them back does good. by 1: the cells right of the hole slid right.
func (t *contents) slideFrom(cols []sheetCol, hole, by int, rows []int) slide {
	s := slide{by: by, hole: hole, from: hole + by, to: hole + by, top: rows[0], bottom: rows[len(rows)-1]}
	best := s
	for i := hole + by; i >= 0 && i < len(cols); i += by {
		s.to = i
		free := t.spare(cols, i-by) // whatever lands there fits, which tells nothing
		for _, row := range rows {
			at := t.at(row, cols[i].col)
			here, there := misfit(at, cols[i].wants), misfit(at, cols[i-by].wants)
			switch {
			case here && !there && !free:
				s.odd, s.cured = s.odd+1, s.cured+1
			case here:
				s.odd++
			case there:
				s.spoilt++
			}
		}
		if s.cured-s.spoilt >= best.cured-best.spoilt && s.cured > best.cured {
			best = s
		}
	}
	return best
}
