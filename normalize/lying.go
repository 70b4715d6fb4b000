package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// lying finds the tables of a sheet that lie on their side: communes stand side
// by side in one row, criteria under one another below it.
func (n *Normalizer) lying(s *tonghop.Sheet) []candidate {
	if cells(s, mostTurned) > mostTurned {
		return nil
	}
	g := newGrid(s)
	rows, supposed := n.nameRowsOf(g)
	var out []candidate
	from := 1
	for i, row := range rows {
		end := g.rows
		if i+1 < len(rows) {
			end = rows[i+1] - 1
		}
		top := topOf(g, row)
		p := pane{sheet: s, turned: true}.within(tonghop.Area{Top: top, Left: 1, Bottom: n.lastOf(g, row, end), Right: g.cols})
		panes := []pane{p}
		if half, ok := n.halfOf(g, row); ok {
			first, second := p, p
			first.half, second.half = half, half
			second.half.Which = 1
			panes = []pane{first, second}
		}
		var found []candidate
		for _, p := range panes {
			view := newGrid(p.view())
			if h := n.bandOf(view); h != nil {
				c := n.candidate(p, view, h)
				if c.part = h.score < fewestFields; supposed && (c.part || n.onlyNumbers(h)) {
					continue
				}
				c.head = readHeading(g, top).from(from).turned()
				dropHeadings(c)
				found = append(found, c)
			}
		}
		if len(found) == 2 {
			settleHalves(&found[0], &found[1])
		}
		out = append(out, found...)
		from = end + 1
	}
	return out
}

// bandOf finds the header of a turned table. Columns of words left of the
// communes belong to it, whether or not the words are known.
func (n *Normalizer) bandOf(g *grid) *header {
	h := n.headerOf(g)
	if h == nil {
		return nil
	}
	h.top = 1
	for row := h.bottom + 1; row < n.firstCommune(g, 0); row++ {
		if n.wordy(g, row) {
			h.bottom = row
		}
	}
	h.labels, h.content = map[int][]label{}, map[int]mix{}
	n.collectLabels(g, h)
	for col := range h.labels {
		h.labels[col] = n.joined(h.labels[col])
	}
	n.mixContent(g, h)
	return h
}

// joined puts a number and the name beside it together, where the number stands
// in a cell of its own: "2" and "Giao thông" are the criterion, and a "2" beside
// the name of another criterion's indicator only counts rows.
func (n *Normalizer) joined(labels []label) []label {
	last := len(labels) - 1
	if last < 1 {
		return labels
	}
	name := labels[last]
	text := withoutMeasure(name.rest)
	if n.columnRole(name) != "" {
		return slices.DeleteFunc(labels, func(l label) bool { return l.carried })
	}
	for i, l := range labels[:last] {
		if l.carried || l.named || l.sub > 0 || l.criterion <= 0 || l.span() > 1 || !name.named || name.criterion > 0 {
			continue
		}
		guess := n.names.indicator(text, 0)
		switch like := n.names.likenessOf(l.criterion, afterPrefix(text)); {
		case like >= 0.6 && like >= guess.score:
			name.criterion, name.prefixed = l.criterion, true
			return append(slices.Delete(slices.Clone(labels), i, last+1), name)
		case like < 0.5 && guess.score >= 0.62 && !strings.HasPrefix(guess.no+".", strconv.Itoa(l.criterion)+"."):
			return slices.Delete(slices.Clone(labels), i, i+1)
		}
	}
	return labels
}

// afterPrefix drops "tiêu chí" from the front of a name.
func afterPrefix(text string) string {
	if words := strings.Fields(text); len(words) > 2 && viet.Key(words[0]+" "+words[1]) == "tieu chi" {
		return tailWords(text, 2)
	}
	return text
}

// wordy tells a row most of whose cells are words of several letters, and
// neither marks nor units of measure.
func (n *Normalizer) wordy(g *grid, row int) bool {
	words, cols := 0, g.filled(row)
	for _, c := range cols {
		text := g.text(row, c)
		_, _, isMark := n.words.mark(text)
		if !isMark && !n.measureWord(text) && len(strings.Fields(viet.Key(text))) > 1 && len(viet.Numbers(text)) == 0 {
			words++
		}
	}
	return words > 1 && words*2 > len(cols) // one word alone heads an empty column
}

// nameRowsOf lists the rows in which at least two communes are named side by
// side, and little else; without one, the first that names a commune under a
// header. Without that, the only row of words behind "Tên xã" is supposed to be
// one: names without accents are known only among an office's own.
func (n *Normalizer) nameRowsOf(g *grid) (at []int, supposed bool) {
	var several, single, headed []int
	for row := 1; row <= g.rows; row++ {
		if g.wordless(row) {
			continue
		}
		cols := g.filled(row)
		hits, words, head := 0, 0, false
		for _, c := range cols {
			text := g.text(row, c)
			if n.isCommune(n.name(text)) {
				hits++
			}
			if viet.Key(text) != "" && len(viet.Numbers(text)) == 0 {
				words++
			}
			head = head || n.columnRole(n.label(g, row, c)) == tonghop.ColUnit || n.words.cornerWord(viet.Key(text))
		}
		head = head || hits == 1 && n.cornerAbove(g, row)
		switch {
		case hits >= 2 && hits*3 >= len(cols):
			several = append(several, row)
		case hits == 1 && head && !n.namesCriteria(g, row): // "6. Văn hóa" among other criteria
			single = append(single, row)
		case head && words >= 4 && words == len(cols) && n.headsNoCommune(g, row, cols):
			headed = append(headed, row)
		}
	}
	if len(several) > 0 {
		return several, false
	}
	if len(single) == 0 && len(headed) == 1 {
		return headed, true
	}
	return single[:min(len(single), 1)], false // of an office with one commune
}

// cornerAbove reports whether a head of the labels is merged down to a row: the
// names then stand in the second row of the header.
func (n *Normalizer) cornerAbove(g *grid, row int) bool {
	return slices.ContainsFunc(g.byRow[row], func(m tonghop.Area) bool {
		return m.Top < row && n.words.cornerWord(viet.Key(g.text(m.Top, m.Left)))
	})
}

// numbersCommunes tells a row of numbers that counts communes: those stand side
// by side right above or below it, so the table lies on its side.
func (n *Normalizer) numbersCommunes(g *grid, h *header) bool {
	cols := g.filled(h.best)
	for row := max(1, h.best-2); row <= min(g.rows, h.best+2); row++ {
		if row == h.best || g.wordless(row) {
			continue
		}
		hits := 0
		for _, c := range cols {
			if n.isCommune(n.name(g.text(row, c))) {
				hits++
			}
		}
		if hits >= 2 && hits*3 >= len(cols) {
			return true
		}
	}
	return false
}

// onlyNumbers tells a table that knows its criteria by bare numbers alone: what
// lies on its side under a row that counts the communes looks like that too.
func (n *Normalizer) onlyNumbers(h *header) bool {
	if !h.byCriterion {
		return false
	}
	named := 0
	for _, labels := range h.labels {
		for _, l := range labels {
			if l.prefixed || l.named && !l.group && n.columnRole(l) == "" && n.namesSomething(l) {
				named++
			}
		}
	}
	return named < fewestCriteria/2
}

// surer reports whether a lying table is known by more than a row of numbers.
func (n *Normalizer) surer(lying []candidate) bool {
	return len(lying) > 0 && !lying[0].part && !n.onlyNumbers(lying[0].h)
}

// corner tells a row of a turned table that is no commune: it names criteria,
// or says their unit of measure or their threshold, by what stands at its head.
func (r *reader) corner(s seenRow) bool {
	key := viet.Key(s.name)
	if key == "" || s.at != r.unitCol && !r.g.area(s.row, r.unitCol).Contains(s.row, s.at) {
		above := r.g.area(s.row, r.unitCol)
		return above.Top < s.row && r.n.words.cornerWord(viet.Key(r.g.text(s.row, r.unitCol)))
	}
	if r.n.words.cornerWord(key) {
		return true
	}
	role := r.n.columnRole(r.n.label(r.g, s.row, s.at))
	return role == tonghop.ColNumber || role == tonghop.ColIgnored || role == tonghop.ColCode
}

// cornerWord tells a word that stands over labels, alone or with more behind.
func (v *vocabulary) cornerWord(key string) bool {
	for word := range v.corner {
		if key == word || strings.HasPrefix(key, word+" ") {
			return true
		}
	}
	return false
}

// from is the heading without what stands above a row.
func (h heading) from(row int) heading {
	var out heading
	for _, t := range h.texts {
		if t.ref.Row >= row {
			out.texts = append(out.texts, t)
		}
	}
	return out
}

// turned is the heading with the addresses that a turned copy has.
func (h heading) turned() heading {
	out := heading{texts: make([]headingText, len(h.texts))}
	for i, t := range h.texts {
		t.ref = turnRef(t.ref)
		out.texts[i] = t
	}
	return out
}

// dropHeadings takes the role of a field from rows that only head the
// indicators of a criterion: nothing stands in them. Where criteria are marked
// and no indicators, nothing has been reported in such a row.
func dropHeadings(c candidate) {
	if c.h.byCriterion {
		return
	}
	for i := range c.cols {
		col := &c.cols[i]
		if col.Role == tonghop.ColField && strings.HasPrefix(col.Field, "TC") && c.h.content[col.Col].none() {
			col.Role = tonghop.ColIgnored
		}
	}
}
