package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// identify is [Normalizer.Identify] with the answers that n has at hand.
func (n *Normalizer) identify(book *tonghop.Book, hints Hints) ([]tonghop.Cover, []tonghop.Finding) {
	n = n.under(readLegend(book, n.words))
	var whole, parts []*candidate
	var without []string
	at := 0
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if len(s.Lines) == 0 {
			continue
		}
		sure := false
		for _, c := range n.tables(s) {
			c.at, at = at, at+1
			if sure = sure || !c.part; c.part {
				parts = append(parts, &c)
			} else {
				whole = append(whole, &c)
			}
		}
		if !sure {
			without = append(without, s.Name)
		}
	}
	if len(whole) == 0 {
		whole, parts = n.wholeOf(parts)
	}
	unread := n.unreadLists(book, without)
	if len(whole) == 0 && len(unread) > 0 {
		return nil, unread
	}
	if len(whole) == 0 {
		return nil, []tonghop.Finding{reject("BIEU-001").Arg("sheets", strings.Join(without, ", "))}
	}
	forgetOwnNames(whole)
	scope := n.placesOn(hints.Province, n.on(readPeriod(whole[0].head, whole[0].sheet.Name, hints).period, hints))
	gr, asks := n.pick(whole, scope, hints)
	asks = append(asks, n.addParts(&gr, parts, scope)...)
	asks = append(asks, unreadBeside(gr, unread)...)
	asks = append(asks, n.addTotals(book, &gr, append(parts, whole...), scope)...)
	covers := n.covers(gr, hints)
	covers[0].Findings = append(orHeld(covers[0].Findings, asks), asks...)
	covers[0].RunnerUp = sheetBehind(whole, gr)
	covers[0].Findings = append(covers[0].Findings, n.legendNotes()...)
	n.legends(covers, gr)
	return covers, nil
}

// unreadBeside asks about lists of one commune that were not read beside what was. Beside a
// table of all communes one list is an annex; lists on several sheets are the communes'
// own, and what they say would be lost, but the table stands without them.
func unreadBeside(gr group, unread []tonghop.Finding) []tonghop.Finding {
	if gr.tables[0].alone.Col > 0 {
		return unread
	}
	var out []tonghop.Finding
	for _, f := range unread {
		if strings.Contains(f.Args["sheets"], ", ") {
			f.Holds = false
			out = append(out, f)
		}
	}
	return out
}

// orHeld lets a person decide about a table with too few columns where others
// stand beside it that were not read: together they may be the whole.
func orHeld(found, asks []tonghop.Finding) []tonghop.Finding {
	rivals := slices.ContainsFunc(asks, func(f tonghop.Finding) bool { return f.Holds })
	for i := range found {
		if f := &found[i]; rivals && f.Rule == "BIEU-002" {
			f.Severity, f.Holds = tonghop.Query, true
		}
	}
	return found
}

func reject(rule string) tonghop.Finding {
	return tonghop.Finding{Rule: rule, Severity: tonghop.Reject, Owner: tonghop.OwnerOffice}
}

func hold(rule string) tonghop.Finding {
	return tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Holds: true}
}

// pick chooses among the tables of the form: visible ones; of several returns,
// the one of the expected period; otherwise a person is asked.
func (n *Normalizer) pick(found []*candidate, scope *places, hints Hints) (group, []tonghop.Finding) {
	var visible []*candidate
	for _, c := range found {
		if !c.g.sheet.Hidden {
			visible = append(visible, c)
		}
	}
	if len(visible) == 0 {
		f := hold("BIEU-005").Over(found[0].g.sheet.Name)
		return n.grouped(found, scope)[0], []tonghop.Finding{f.Arg("sheets", sheetNames(found))}
	}
	visible = filledOnes(visible)
	n.tellZeroOnes(visible)
	groups := n.grouped(visible, scope)
	if len(groups) == 1 {
		return groups[0], nil
	}
	var expected []group
	best := groups[0]
	for _, gr := range groups {
		if gr.ofPeriod(hints) {
			expected = append(expected, gr)
		}
		if gr.score() > best.score() {
			best = gr
		}
	}
	if len(expected) == 1 && !expected[0].lacks(groups) && !n.lacksCommunes(expected[0], groups) {
		c := expected[0].tables[0]
		f := note(rivalRule(visible, "GC-010", "GC-040"), c.ref(c.h.top, 1), "", c.g.sheet.Name)
		return expected[0], []tonghop.Finding{f.Arg("sheets", sheetNames(visible))}
	}
	if len(expected) == 1 {
		best = expected[0]
	}
	if f, ok := twoLists(best, groups); ok {
		return best, []tonghop.Finding{f}
	}
	f := hold(rivalRule(visible, "BIEU-006", "BIEU-020")).Over(best.tables[0].g.sheet.Name)
	return best, []tonghop.Finding{f.Arg("sheets", sheetNames(visible))}
}

// filledOnes leaves tables aside in which nothing stands yet, if others hold
// something: an empty form beside the one that is filled in.
func filledOnes(tables []*candidate) []*candidate {
	var out []*candidate
	for _, c := range tables {
		if !c.empty() {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return tables
	}
	return out
}

// empty reports whether nothing stands below any field of the table.
func (c *candidate) empty() bool {
	for _, col := range c.cols {
		for row := c.h.bottom + 1; col.Role == tonghop.ColField && row <= c.g.rows; row++ {
			if c.g.own(row, col.Col) && !c.g.sheet.Cell(row, col.Col).Blank() {
				return false
			}
		}
	}
	return true
}

// rivalRule is the rule for tables on several sheets, or for those on one.
func rivalRule(found []*candidate, sheets, sheet string) string {
	for _, c := range found {
		if c.sheet != found[0].sheet {
			return sheets
		}
	}
	return sheet
}

// ofPeriod reports whether a table of the group states the expected period.
func (gr group) ofPeriod(hints Hints) bool {
	for _, c := range gr.tables {
		stated, _ := c.head.periods()
		if p := readPeriod(c.head, c.g.sheet.Name, hints); len(stated) > 0 && !hints.Expect.IsZero() && p.period == hints.Expect {
			return true
		}
	}
	return false
}

func sheetNames(found []*candidate) string {
	var names []string
	for _, c := range found {
		if !slices.Contains(names, c.g.sheet.Name) {
			names = append(names, c.g.sheet.Name)
		}
	}
	return strings.Join(names, ", ")
}

// cover settles form, period and office of one sheet.
func (n *Normalizer) cover(c candidate, hints Hints) tonghop.Cover {
	cv := n.bare(c)
	p := readPeriod(c.head, c.g.sheet.Name, hints)
	cv.Period, cv.PeriodAt = p.period, p.ref
	cv.Findings = append(cv.Findings, p.findings...)
	on := n.on(p.period, hints)
	if !on.Within(n.known.Form.From, n.known.Form.To) {
		f := hold("BIEU-007").Over(c.g.sheet.Name)
		f.Owner = tonghop.OwnerSystem
		cv.Findings = append(cv.Findings, f.Arg("date", on.Vietnamese()))
	}
	n.settleOffice(&cv, c, hints, on)
	return cv
}

// bare is the cover of a table by itself.
func (n *Normalizer) bare(c candidate) tonghop.Cover {
	return tonghop.Cover{Form: n.known.Form.ID, Version: n.known.Form.Version, Sheet: c.g.sheet.Name, Region: c.area,
		Turned: c.turned, Half: c.half, Alone: c.alone, Header: c.band(), Last: c.g.rows, Columns: c.cols, Score: c.h.score, Findings: c.asks}
}

// on is the date whose units a report is matched against. Without any period
// it is the day from which the form serves: the guess only has to find the
// office, for the return is held.
func (n *Normalizer) on(p tonghop.Period, hints Hints) tonghop.Date {
	if hints.AsOf != "" {
		return hints.AsOf
	}
	if on := p.AsOf(); on != "" {
		return on
	}
	return n.known.Form.From
}

// firstField is the first column that holds a field, 0 if none does.
func firstField(cols []tonghop.Column) int {
	for _, c := range cols {
		if c.Role == tonghop.ColField {
			return c.Col
		}
	}
	return 0
}

// A name column is looked for in the first rows and columns of a table: no
// office has more communes, and no form hides their names farther right.
const (
	nameRows = 400
	nameCols = 60
)

// nameColumn finds the column with the names of communes: the one that the
// header calls so, unless another holds more than twice as many names.
func (n *Normalizer) nameColumn(g *grid, cv *tonghop.Cover, p *places) int {
	labelled, taken := 0, map[int]bool{}
	for _, c := range cv.Columns {
		taken[c.Col] = c.Role == tonghop.ColField
		if c.Role == tonghop.ColUnit && labelled == 0 {
			labelled = c.Col
		}
	}
	hits := map[int]int{}
	best := labelled
	for col := 1; col <= min(g.cols, nameCols); col++ {
		if taken[col] {
			continue
		}
		seen := map[string]bool{} // a name said again makes no names' column
		for row := cv.Header.Bottom + 1; row <= min(g.rows, cv.Header.Bottom+nameRows); row++ {
			if !g.own(row, col) {
				continue
			}
			if name := n.name(g.text(row, col)); !seen[name.fold] && len(p.bearers(name)) > 0 {
				seen[name.fold] = true
				hits[col]++
			}
		}
		if hits[col] > hits[best] {
			best = col
		}
	}
	if labelled > 0 && hits[labelled]*2 >= hits[best] {
		return labelled
	}
	if best == 0 {
		best = max(firstField(cv.Columns)-1, 1)
	}
	return best
}

// borne reports whether a typed name is a commune's, or one typed without any
// accent: a name of one word must then say that it is a xã, for many a short
// word is the plain name of some commune.
func (p *places) borne(t typedName) bool {
	if len(p.bearers(t)) > 0 {
		return true
	}
	plain := t.telling() && viet.Fold(t.bare) == t.flat && (t.kind != "" || strings.Contains(t.flat, " "))
	return plain && p.plain[t.flat]
}

// bearers lists the communes in scope that bear a typed name.
func (p *places) bearers(t typedName) []tonghop.Unit {
	if !t.telling() {
		return nil
	}
	fold := t.fold
	if t.kind != "" {
		return p.byName[kindWord[t.kind]+" "+fold]
	}
	var out []tonghop.Unit
	for _, kind := range []tonghop.UnitKind{tonghop.Xa, tonghop.ThiTran, tonghop.Phuong, tonghop.DacKhu} {
		out = append(out, p.byName[kindWord[kind]+" "+fold]...)
	}
	return out
}
