package normalize

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// A commune's own report, and the sheet that a district keeps for each commune,
// list the criteria under one another and head a column with "Kết quả" or "Đánh
// giá". The commune is named above the table, or by the sheet. Such a list is
// read as a table on its side with one commune: its name is put where others
// have it.

// list is a list of criteria with what heads its columns.
type list struct {
	head, body    int             // row that heads the columns, and the first row below
	labels        []int           // columns that name criteria and indicators
	values, marks []int           // columns of results, and of marks
	crosses       []tonghop.Cross // columns of crosses, one for each mark
	measure       int             // column of units of measure; 0 = none
	others        int             // columns behind the labels of which nobody knows what they hold
	known         bool            // one of the labels' columns is headed as such: "Nội dung"
}

// mostOthers is how many columns with unknown heads a list of one commune has: more
// are communes, whose names nobody knows.
const mostOthers = 2

// mostHeads is how many columns a list of one commune has, thresholds of some
// regions and the results of earlier years among them.
const mostHeads = 24

// alone finds the table of one commune on a sheet: one candidate for its results
// and one for its marks; list reports whether the sheet has such a list at all.
// None where it does not tell which column holds what, or whose it is.
func (n *Normalizer) alone(s *tonghop.Sheet) (out []candidate, list bool) {
	if cells(s, mostTurned) > mostTurned {
		return nil, false
	}
	g := newGrid(s)
	l, ok := n.listOn(g)
	if !ok {
		return nil, false
	}
	var crosses []tonghop.Cross
	if len(l.crosses) > 1 {
		if crosses, ok = n.crossesOf(g, l); !ok {
			return nil, true
		}
		l.marks = []int{metOf(crosses)}
	}
	if len(l.values) > 1 || len(l.marks) > 1 || len(l.values)+len(l.marks) == 0 {
		return nil, true
	}
	name, ok := n.ownName(g, topOf(g, l.head))
	if !ok {
		return nil, true
	}
	asks := n.tabAgainst(g, name)
	for _, col := range append(slices.Clone(l.values), l.marks...) {
		a := tonghop.Alone{Head: l.head, Body: l.body, Col: col, Labels: l.labels, Measure: l.measure, Name: name.ref, Text: name.text}
		if slices.Contains(l.marks, col) {
			a.Labels, a.Crosses = l.criteriaLabels(g, col, crosses), crosses
		}
		if c, ok := n.aloneIn(s, g, a); ok {
			c.asks, asks = append(c.asks, asks...), nil
			out = append(out, c)
		}
	}
	if len(out) == 2 {
		settleHalves(&out[0], &out[1])
	}
	return out, true
}

// aloneIn is the table of one column of a list.
func (n *Normalizer) aloneIn(s *tonghop.Sheet, g *grid, a tonghop.Alone) (candidate, bool) {
	top := topOf(g, a.Head)
	p := pane{sheet: s, turned: true, alone: a}.within(tonghop.Area{Top: top, Left: 1, Bottom: n.lastOf(g, a.Head, g.rows), Right: g.cols})
	view := newGrid(p.view())
	h := n.bandOf(view)
	if h == nil {
		return candidate{}, false
	}
	c := n.candidate(p, view, h)
	c.part = h.score < fewestFields
	c.head = readHeading(g, top).turned()
	dropHeadings(c)
	return c, true
}

// underOwnName is the turned copy of a list with the labels and one column of
// results or marks, under the commune's name.
func underOwnName(s *tonghop.Sheet, a tonghop.Alone) *tonghop.Sheet {
	out := *s
	out.Lines, out.Merges = nil, nil
	for _, l := range s.Lines {
		switch {
		case slices.Contains(a.Labels, l.Row) || a.Measure > 0 && l.Row == a.Measure:
			l.Cells = slices.DeleteFunc(slices.Clone(l.Cells), func(c tonghop.Cell) bool { return c.Col > a.Head && c.Col < a.Body })
			out.Lines = append(out.Lines, l)
		case l.Row == a.Col:
			name := tonghop.Cell{Row: l.Row, Col: a.Head, Kind: tonghop.CellText, Stored: a.Text, Shown: a.Text, Style: &tonghop.Style{}}
			said := slices.DeleteFunc(slices.Clone(l.Cells), func(c tonghop.Cell) bool { return c.Col < a.Body })
			if len(a.Crosses) > 0 {
				said = crossLine(s, a)
			}
			l.Cells = append([]tonghop.Cell{name}, said...)
			out.Lines = append(out.Lines, l)
		}
	}
	for _, m := range s.Merges {
		label := m.Top == m.Bottom && slices.Contains(a.Labels, m.Top)
		if (label || m.Top == a.Col && m.Bottom == a.Col && m.Left >= a.Body) && finer(s, a, m) {
			out.Merges = append(out.Merges, m)
		}
	}
	return &out
}

// finer reports whether a label stands under a merge's later cells: otherwise the
// merge is only as large as what it is about, and its first cell says all.
func finer(s *tonghop.Sheet, a tonghop.Alone, m tonghop.Area) bool {
	return slices.ContainsFunc(a.Labels, func(line int) bool {
		for col := m.Left + 1; col <= m.Right; col++ {
			if !s.Cell(line, col).Blank() {
				return true
			}
		}
		return false
	})
}

// listOn finds the list of criteria of a sheet.
func (n *Normalizer) listOn(g *grid) (list, bool) {
	for row := 1; row <= min(g.rows, headerRoom*5); row++ {
		if g.wordless(row) {
			continue
		}
		communes := n.communesNamed(g, row)
		if communes > 1 {
			return list{}, false // they stand side by side
		}
		l := n.listUnder(g, row)
		if communes > 0 || len(l.crosses) == 1 || len(l.labels) == 0 || !l.known || l.others > mostOthers {
			continue
		}
		return n.withSubheads(g, l), true
	}
	return list{}, false
}

// withSubheads is a list with the second row of its heads, if it has one: "Đạt |
// Chưa đạt" under "Đánh giá", say, tells more than the head above.
func (n *Normalizer) withSubheads(g *grid, l list) list {
	row := l.head + 1
	if row >= l.body || g.wordless(row) {
		return l
	}
	below := n.headsOn(g, list{head: row, body: l.body, labels: l.labels, known: l.known}, false)
	if len(below.values)+len(below.marks)+len(below.crosses) == 0 {
		return l
	}
	split := func(c int) bool {
		a := g.area(l.head, c)
		return slices.ContainsFunc(g.filled(row), func(sub int) bool { return sub >= a.Left && sub <= a.Right })
	}
	below.values = append(slices.DeleteFunc(l.values, split), below.values...)
	below.marks = append(slices.DeleteFunc(l.marks, split), below.marks...)
	below.others += l.others
	return below
}

// communesNamed counts the cells of a row that name a commune.
func (n *Normalizer) communesNamed(g *grid, row int) int {
	count := 0
	for _, c := range g.filled(row) {
		if text := g.text(row, c); !onlyNumber(text) && n.isCommune(n.name(text)) {
			count++
		}
	}
	return count
}

// listUnder reads a row as the heads of a list's columns. What a column holds
// decides where its head does not: "Tiêu chí" stands over names as over marks.
func (n *Normalizer) listUnder(g *grid, row int) list {
	l := list{head: row, body: row + 1}
	for _, m := range g.byRow[row] {
		if m.Top == row {
			l.body = max(l.body, m.Bottom+1)
		}
	}
	heads := g.filled(row)
	if len(heads) < 2 || len(heads) > mostHeads || slices.ContainsFunc(heads, func(c int) bool { return n.surelyPart(n.label(g, row, c)) }) {
		return l
	}
	if cols := g.filled(l.body); countsColumns(g, l.body, cols) || lettersFirst(g, l.body, cols) {
		l.body++
	}
	return n.headsOn(g, l, true)
}

// headsOn takes the heads of a list's columns from the row that heads it; those
// of the columns that name its rows only where labels says so.
func (n *Normalizer) headsOn(g *grid, l list, labels bool) list {
	row := l.head
	for _, c := range g.filled(row) {
		head := n.label(g, row, c)
		if headsMeasures(head.text) {
			l.measure = c
		}
		mark, value := n.words.markCols[head.key] || n.markOf(head), n.words.valCols[head.key]
		switch {
		case !labels && slices.Contains(l.labels, c):
		case labels && n.namesParts(g, l.body, c, mark || value):
			l.labels = append(l.labels, c)
			l.known = l.known || n.columnRole(head) != "" || n.words.cornerWord(head.key) || mark
		case n.columnRole(head) == tonghop.ColUnit: // a place for the names of communes
			return list{head: row, body: row + 1}
		case len(l.labels) == 0:
		case n.lookUp(head.text, "").mark != tonghop.MarkNone:
			l.crosses = append(l.crosses, tonghop.Cross{Col: c, Mark: n.lookUp(head.text, "").mark})
			if mark {
				l.marks = append(l.marks, c)
			}
		case mark:
			l.marks = append(l.marks, c)
		case value:
			l.values = append(l.values, c)
		case !n.words.cornerWord(head.key) && n.columnRole(head) == "":
			l.others++
		}
	}
	return l
}

// surelyPart reports whether a label says by its number or its name which criterion
// or indicator it is: then it heads nothing.
func (n *Normalizer) surelyPart(l label) bool {
	if n.columnRole(l) != "" || n.words.cornerWord(l.key) || l.group {
		return false
	}
	text, no := withoutMeasure(l.rest), n.criterionOf(l)
	return l.number() != "" && n.isIndicator(l.number()) || no > 0 && no <= len(n.known.Criteria.Criteria) || l.named && len(l.key) > 3 && strings.ContainsFunc(text, unicode.IsLetter) && max(n.names.indicator(text, 0).score, n.names.criterion(text).score) >= 0.75
}

// firstPart is within how many texts under its head a column that names criteria
// names the first: comparing each text with every name takes long.
const firstPart = 40

// namesParts reports whether a column names criteria or indicators; under the head
// of results a bare number is a result.
func (n *Normalizer) namesParts(g *grid, body, col int, results bool) bool {
	hits, last, others := 0, 0, 0
	for row := body; row <= g.rows && others < firstPart; row++ {
		if text := g.text(row, col); g.own(row, col) && onlyNumber(text) {
			if no, err := strconv.Atoi(strings.Trim(text, ".) ")); err == nil && no == last+1 {
				if last = no; no > len(n.known.Criteria.Criteria) {
					return false // it counts the rows
				}
			}
		}
		if text := g.text(row, col); text == "" || !g.own(row, col) || g.wordless(row) || results && onlyNumber(text) {
			continue
		}
		switch {
		case n.surelyPart(n.label(g, row, col)):
			hits++
		case hits == 0:
			others++
		}
	}
	return hits >= fewestFields
}

// unreadLists asks about the visible sheets on which criteria are listed for one
// commune, as it seems, and whose columns or whose commune are not certain.
func (n *Normalizer) unreadLists(book *tonghop.Book, names []string) []tonghop.Finding {
	var f tonghop.Finding
	var unread, heads []string
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden || !slices.Contains(names, s.Name) || cells(s, mostTurned) > mostTurned {
			continue
		}
		g := newGrid(s)
		l, ok := n.listOn(g)
		if !ok || !l.filled(g) {
			continue
		}
		if unread = append(unread, s.Name); len(unread) > 1 {
			continue
		}
		last := l.labels[len(l.labels)-1]
		f = hold("BIEU-043").Over(s.Name, tonghop.Area{Top: l.head, Left: last + 1, Bottom: l.head, Right: max(last+1, g.cols)})
		for _, c := range g.filled(l.head) {
			if c > last {
				heads = append(heads, "\""+g.text(l.head, c)+"\"")
			}
		}
	}
	if len(unread) == 0 {
		return nil
	}
	return []tonghop.Finding{f.Arg("sheets", few(unread)).Arg("columns", few(heads))}
}

// filled reports whether anything stands beside the names of a list.
func (l list) filled(g *grid) bool {
	for row := l.body; row <= g.rows; row++ {
		for _, c := range g.filled(row) {
			if c > l.labels[len(l.labels)-1] {
				return true
			}
		}
	}
	return false
}

// twoLists asks about a commune for which two sheets have a list, where nothing
// else stands between the tables of a book.
func twoLists(best group, groups []group) (tonghop.Finding, bool) {
	sheets := map[string][]string{}
	var unit string
	for _, gr := range groups {
		for _, c := range gr.tables {
			if c.alone.Col == 0 {
				return tonghop.Finding{}, false
			}
			if key := viet.Key(c.alone.Text); !slices.Contains(sheets[key], c.sheet.Name) {
				if sheets[key] = append(sheets[key], c.sheet.Name); len(sheets[key]) > 1 {
					unit = c.alone.Text
				}
			}
		}
	}
	names := sheets[viet.Key(unit)]
	if unit == "" {
		return tonghop.Finding{}, false
	}
	f := hold("BIEU-045").Over(names[len(names)-1]).Arg("unit", unit)
	return f.Arg("sheets", few(names)), true
}

// criteriaLabels are the columns that name what a column of marks is about: where
// marks stand only in the first row of each criterion, those that name criteria.
func (l list) criteriaLabels(g *grid, marks int, crosses []tonghop.Cross) []int {
	filled := func(col int) map[int]bool {
		out := map[int]bool{}
		for row := l.body; row <= g.rows; row++ {
			if g.own(row, col) && g.text(row, col) != "" {
				out[row] = true
			}
		}
		return out
	}
	marked, most := filled(marks), 0
	for _, x := range crosses {
		maps.Copy(marked, filled(x.Col))
	}
	var criteria []int
	for _, col := range l.labels {
		most = max(most, len(filled(col)))
	}
	for _, col := range l.labels {
		rows, held := filled(col), 0
		for row := range marked {
			if rows[row] {
				held++
			}
		}
		if held*10 >= len(marked)*9 && len(rows)*7 <= most*5 {
			criteria = append(criteria, col)
		}
	}
	if len(criteria) == 0 {
		return l.labels
	}
	return criteria
}

// nameAbove says of a commune's name what was said of the head over its results,
// where the reading has put it.
func nameAbove(r *tonghop.Reading, a tonghop.Alone) {
	for i := range r.Rows {
		r.Rows[i].NameRef = a.Name
	}
	head := tonghop.Area{Top: a.Head, Left: a.Col, Bottom: a.Head, Right: a.Col}
	name := tonghop.Area{Top: a.Name.Row, Left: a.Name.Col, Bottom: a.Name.Row, Right: a.Name.Col}
	r.Findings = slices.DeleteFunc(r.Findings, func(f tonghop.Finding) bool {
		return f.Rule == "GC-012" && f.Args["why"] == "folded" // capitals are customary above a table
	})
	for _, f := range r.Findings {
		for i := range f.Areas {
			if f.Areas[i] == head {
				f.Areas[i] = name
			}
		}
	}
}

// saidOnce drops what was said of a commune's name again: a list with results and
// marks is read twice.
func saidOnce(found []tonghop.Finding, covers []tonghop.Cover) []tonghop.Finding {
	names := map[tonghop.Ref]bool{}
	for _, cv := range covers {
		names[cv.Alone.Name] = cv.Alone.Name.Row > 0
	}
	said := map[string]bool{}
	return slices.DeleteFunc(found, func(f tonghop.Finding) bool {
		if len(f.Areas) != 1 || !names[tonghop.Ref{Sheet: f.Sheet, Row: f.Areas[0].Top, Col: f.Areas[0].Left}] {
			return false
		}
		key := f.Rule + " " + f.Sheet
		again := said[key]
		said[key] = true
		return again
	})
}
