package normalize

import (
	"regexp"
	"slices"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// candidate is a region of a sheet in which a table of the form was found.
type candidate struct {
	pane
	g       *grid // of the pane's view
	h       *header
	cols    []tonghop.Column
	head    heading
	asks    []tonghop.Finding
	part    bool // too little of the form to be one by itself
	zeroOne bool // its 0 and 1 are marks, for another table holds the figures
	at      int  // its place among the tables of the workbook

	others []*candidate // of a list that is one commune's: those of the other communes of the return
}

// tables finds the tables of the form on a sheet: upright ones, else ones that
// lie on their side.
func (n *Normalizer) tables(s *tonghop.Sheet) []candidate {
	found := n.upright(pane{sheet: s})
	numbers := len(found) > 0 && n.onlyNumbers(found[0].h)
	if len(found) > 0 && !found[0].part && !numbers || n.makeWhole(found) {
		return found
	}
	if alone, list := n.alone(s); list {
		return alone
	}
	if lying := n.lying(s); n.surer(lying) || !numbers && len(lying) > 0 && (len(found) == 0 || !lying[0].part) {
		return lying
	}
	return found
}

// upright finds the tables of a pane in which communes stand under one another.
func (n *Normalizer) upright(p pane) []candidate {
	g := newGrid(p.view())
	h := n.findHeader(g)
	if h == nil {
		return n.smallTables(p, g)
	}
	var out []candidate
	stack := n.stacked(p, g, h)
	for _, q := range stack {
		if len(stack) > 1 {
			g = newGrid(q.view())
			if h = n.headerOf(g); h == nil {
				continue
			}
		}
		sides := n.sideBySide(q, g, h)
		if len(sides) == 1 {
			c := n.candidate(q, g, h)
			c.part = h.score < fewestFields
			out = append(out, c)
			continue
		}
		for _, side := range sides {
			if c, ok := n.tableIn(side); ok {
				c.part = c.h.score < fewestFields
				out = append(out, c)
			}
		}
	}
	if !slices.ContainsFunc(out, func(c candidate) bool { return !c.part }) {
		g = newGrid(p.view())
		return []candidate{n.candidate(p, g, n.findHeader(g))}
	}
	return out
}

// smallTables finds the tables of a pane of which none is the form by itself,
// under one another.
func (n *Normalizer) smallTables(p pane, g *grid) []candidate {
	h := n.findPart(g)
	if h == nil {
		return nil
	}
	var out []candidate
	for _, q := range n.stacked(p, g, h) {
		if c, ok := n.tableIn(q); ok {
			c.part = true
			out = append(out, c)
		}
	}
	return out
}

// makeWhole reports whether several small tables of a sheet hold most of the
// form's criteria together.
func (n *Normalizer) makeWhole(parts []candidate) bool {
	if len(parts) < 2 || !parts[0].part {
		return false
	}
	var all []*candidate
	for i := range parts {
		all = append(all, &parts[i])
	}
	whole, _ := n.wholeOf(all)
	return len(whole) > 1
}

// headerOf finds the header of a table, large or small; nil if there is none.
func (n *Normalizer) headerOf(g *grid) *header {
	if h := n.findHeader(g); h != nil {
		return h
	}
	return n.findPart(g)
}

// tableIn is the table of a pane that holds one.
func (n *Normalizer) tableIn(p pane) (candidate, bool) {
	g := newGrid(p.view())
	h := n.headerOf(g)
	if h == nil {
		return candidate{}, false
	}
	return n.candidate(p, g, h), true
}

// candidate reads the header of a table.
func (n *Normalizer) candidate(p pane, g *grid, h *header) candidate {
	n.passRepeats(g, h)
	c := candidate{pane: p, g: g, h: h, head: readHeading(g, h.top)}
	c.cols, c.asks = n.mapColumns(g, h)
	return c
}

// passRepeats lets a header that is printed again further down count for
// nothing in what the columns hold.
func (n *Normalizer) passRepeats(g *grid, h *header) {
	found := false
	for row := h.bottom + 1; row <= g.rows; row++ {
		cols := g.filled(row)
		if g.wordless(row) || len(cols) < 2 || !h.says(cols[0], viet.Key(g.text(row, cols[0]))) {
			continue
		}
		same := 0
		for _, c := range cols {
			if h.says(c, viet.Key(g.text(row, c))) {
				same++
			}
		}
		if same*10 >= len(cols)*7 {
			h.ordinals[row], found = true, true
		}
	}
	if found {
		h.content = map[int]mix{}
		n.mixContent(g, h)
	}
}

// says reports whether a column's header has the words.
func (h *header) says(col int, key string) bool {
	return key != "" && slices.ContainsFunc(h.labels[col], func(l label) bool { return l.key == key && !l.carried })
}

// ref is an address in the view of the table.
func (c *candidate) ref(row, col int) tonghop.Ref { return c.g.ref(row, col) }

// all is the area of everything that a grid holds.
func (g *grid) all() tonghop.Area {
	return tonghop.Area{Top: 1, Left: 1, Bottom: g.rows, Right: g.cols}
}

// stacked cuts a pane between the tables that stand under one another in it.
// The same header printed again, as on a later page, begins no new table unless
// its heading speaks of another period.
func (n *Normalizer) stacked(p pane, g *grid, h *header) []pane {
	if cells(g.sheet, mostTurned) > mostTurned {
		return []pane{p} // nobody's form: what looks like a second table in it is asked about
	}
	heads := n.headersIn(p, g, h)
	if len(heads) < 2 {
		return []pane{p}
	}
	var out []pane
	from := 1
	for i := 1; i < len(heads); i++ {
		top := n.headingAbove(g, heads[i-1].bottom, heads[i].top)
		out = append(out, p.within(tonghop.Area{Top: from, Left: 1, Bottom: top - 1, Right: g.cols}))
		from = top
	}
	return append(out, p.within(tonghop.Area{Top: from, Left: 1, Bottom: g.rows, Right: g.cols}))
}

// headersIn lists the headers of a pane from top to bottom, each with communes
// under it; h is the one that names most.
func (n *Normalizer) headersIn(p pane, g *grid, h *header) []*header {
	heads := n.headersBetween(p, g, 1, h.top-1)
	heads = append(append(heads, h), n.headersBetween(p, g, h.bottom+1, g.rows)...)
	kept := heads[:1]
	for _, o := range heads[1:] {
		prev := kept[len(kept)-1]
		if n.printedAgain(g, prev, o) {
			continue
		}
		kept = append(kept, o)
	}
	return kept
}

// headersBetween lists the headers in a stretch of rows: the one that names
// most is found first, and others may stand above it as well as below.
func (n *Normalizer) headersBetween(p pane, g *grid, from, to int) []*header {
	if to-from < 2 {
		return nil
	}
	h := n.headerWithCommunes(newGrid(p.within(tonghop.Area{Top: from, Left: 1, Bottom: to, Right: g.cols}).view()))
	if h == nil {
		return nil
	}
	out := append(n.headersBetween(p, g, from, h.top-1), h)
	return append(out, n.headersBetween(p, g, h.bottom+1, to)...)
}

// headerWithCommunes finds the first header of a grid below which communes
// stand; one that names little counts only right above the first of them.
func (n *Normalizer) headerWithCommunes(g *grid) *header {
	h := n.findHeader(g)
	if h == nil {
		h = n.findSmall(g)
	}
	if h != nil && n.firstCommune(g, h.bottom) > 0 {
		return h
	}
	return nil
}

// findSmall finds the header of a small table among other rows: one that names
// the column of communes again, and criteria or indicators beside it.
func (n *Normalizer) findSmall(g *grid) *header {
	for row := 1; row < g.rows; row++ {
		cols := g.filled(row)
		if g.wordless(row) {
			continue
		}
		top := n.unitHead(g, row, cols)
		if top > 0 && (len(cols) >= 3 || top < row) && n.partsNamed(g, row, cols) > 0 {
			return n.findPart(newGrid(pane{sheet: g.sheet}.within(
				tonghop.Area{Top: top, Left: 1, Bottom: g.rows, Right: g.cols}).view()))
		}
	}
	return nil
}

// unitHead is the row in which the head of the communes' column begins, if that
// stands in a row or is merged down to it; 0 if there is none.
func (n *Normalizer) unitHead(g *grid, row int, cols []int) int {
	for _, c := range cols {
		if n.columnRole(n.label(g, row, c)) == tonghop.ColUnit {
			return row
		}
	}
	for _, m := range g.byRow[row] {
		if m.Top < row && n.columnRole(n.label(g, m.Top, m.Left)) == tonghop.ColUnit {
			return m.Top
		}
	}
	return 0
}

// longestLabel is how many bytes a name or a label may have; a longer text is
// no table's, and looking into it costs much.
const longestLabel = 2000

// wordless reports whether a text in the row is too long for a table's.
func (g *grid) wordless(row int) bool {
	return slices.ContainsFunc(g.filled(row), func(c int) bool {
		cell := g.sheet.Cell(row, c)
		return len(cell.Stored) > longestLabel || len(cell.Shown) > longestLabel
	})
}

// firstCommune is the first row below another that a commune's name begins; 0
// if there is none.
func (n *Normalizer) firstCommune(g *grid, below int) int {
	for row := below + 1; row <= min(g.rows, below+nameRows); row++ {
		if !g.wordless(row) && (n.bearsCommune(g, row) || n.namesCommune(g, row)) {
			return row
		}
	}
	return 0
}

// namesCommune tells a row in which one of the first texts is a commune's name
// without its kind.
func (n *Normalizer) namesCommune(g *grid, row int) bool {
	for i, c := range g.filled(row) {
		if i == 3 {
			break
		}
		if n.isCommune(n.name(g.text(row, c))) {
			return true
		}
	}
	return false
}

// printedAgain tells a header that repeats the one before it, column by column,
// for the same period.
func (n *Normalizer) printedAgain(g *grid, first, second *header) bool {
	same, all := 0, 0
	for col, labels := range second.labels {
		if len(labels) == 0 {
			continue
		}
		all++
		if before := first.labels[col]; len(before) > 0 && n.tellingKey(before) == n.tellingKey(labels) {
			same++
		}
	}
	if all == 0 || same*10 < all*7 {
		return false
	}
	between := readHeading(g, second.top)
	before := readHeading(g, first.top)
	between.texts = between.texts[min(len(before.texts), len(between.texts)):]
	return !contradict(n.told(before, ""), n.told(between, ""))
}

// tellingKey is what a column's labels say of its own: "Đánh giá" stands below
// many names.
func (n *Normalizer) tellingKey(labels []label) string {
	for i := len(labels) - 1; i > 0; i-- {
		if l := labels[i]; !n.words.markCols[l.key] && !n.words.valCols[l.key] && !n.measureWord(l.text) {
			return l.key
		}
	}
	return labels[0].key
}

// official begins the lines that stand above every paper of an office: who it is
// from, and the State's name and motto, of which the first word sums up, too.
var official = regexp.MustCompile(`^((ubnd|uy ban nhan dan) (huyen|thi xa|thanh pho|tinh|tp|tx)\b|cong hoa xa hoi chu nghia|doc lap ?- ?tu do)`)

// letterhead tells a row that begins a paper by any of its texts.
func (n *Normalizer) letterhead(g *grid, row int) bool {
	cols := g.filled(row)
	return len(cols) > 0 && len(cols) < 4 && slices.ContainsFunc(cols, func(c int) bool {
		return official.MatchString(viet.Plain(g.text(row, c)))
	})
}

// headingAbove is the first row of the texts that stand above a header, behind
// the last row of the table before it.
func (n *Normalizer) headingAbove(g *grid, after, top int) int {
	row := top
	for row > after+1 {
		cols := g.filled(row - 1)
		if n.letterhead(g, row-1) {
			row--
			continue
		}
		if len(cols) >= 4 || n.bearsCommune(g, row-1) || n.sums(g, row-1) && !n.namesGroup(g, cols, row-1) || len(cols) > 1 && n.namesCommune(g, row-1) {
			break
		}
		row--
	}
	return row
}
