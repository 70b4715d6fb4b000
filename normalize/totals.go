package normalize

import (
	"github.com/tonghop/tonghop"
)

// addTotals adds a sheet that says of each commune how many criteria it met,
// where no table of the return says so: a summary beside the results. Where it
// states several such numbers a person is asked which of them counts.
func (n *Normalizer) addTotals(book *tonghop.Book, gr *group, found []*candidate, scope *places) (asks []tonghop.Finding) {
	if gr.holds(tonghop.FieldTotalMet) || len(found) == 0 {
		return nil
	}
	taken := map[string]bool{}
	for _, c := range found {
		taken[c.sheet.Name] = true
	}
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden || taken[s.Name] || len(s.Lines) == 0 {
			continue
		}
		c, totals := n.summary(s)
		if totals == 0 {
			continue
		}
		c.at = len(found) + i
		if len(gr.contents) == 0 {
			gr.contents = append(gr.contents, n.contentOf(gr.tables[0], scope))
		}
		in := n.contentOf(c, scope)
		switch joined := gr.holds(tonghop.FieldTotalMet); {
		case gr.sharedNames(in)*2 <= len(in.names) || !n.agrees(*gr, c, scope): // of another period or office
			continue
		case joined && totals == 1 && gr.says(c, in): // the same once more
			continue
		case joined || totals > 1:
			area := tonghop.Area{Top: c.h.top, Left: 1, Bottom: c.g.rows, Right: c.g.cols}
			f := tonghop.Finding{Rule: "COT-046", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}.Over(s.Name, area)
			asks = append(asks, f.Arg("area", area.String()))
			continue
		}
		gr.tables, gr.contents = append(gr.tables, c), append(gr.contents, in)
	}
	return asks
}

// holds reports whether a table of the group has a column for the field.
func (gr group) holds(field string) bool {
	for _, c := range gr.tables {
		for _, col := range c.cols {
			if col.Role == tonghop.ColField && col.Field == field {
				return true
			}
		}
	}
	return false
}

// says reports whether the group has the same numbers of criteria met as a
// table, for every commune that both name.
func (gr group) says(c *candidate, in content) bool {
	for i, o := range gr.contents {
		at, ok := o.fields[tonghop.FieldTotalMet]
		if !ok {
			continue
		}
		for _, name := range commonNames(o, in) {
			if !sameText(gr.tables[i].g, o.names[name], at, c.g, in.names[name], in.fields[tonghop.FieldTotalMet]) {
				return false
			}
		}
	}
	return true
}

// sharedNames counts the communes of a table that the group has.
func (gr group) sharedNames(in content) int {
	shared := 0
	for name := range in.names {
		for _, o := range gr.contents {
			if o.names[name] > 0 {
				shared++
				break
			}
		}
	}
	return shared
}

// summary finds the table of a sheet that heads a column as the number of
// criteria met, and how many columns it heads so. Only those are read of it: its
// other columns are no part of the form.
func (n *Normalizer) summary(s *tonghop.Sheet) (*candidate, int) {
	p := pane{sheet: s}
	g := newGrid(p.view())
	h := n.summaryHeader(g)
	if h == nil {
		return nil, 0
	}
	c := n.candidate(p, g, h)
	c.part, c.asks = true, nil
	totals := 0
	for i := range c.cols {
		col := &c.cols[i]
		m := h.content[col.Col]
		switch {
		case col.Role == tonghop.ColField && col.Field == tonghop.FieldTotalMet && m.counts+m.others > 0:
			totals++
		case col.Role == tonghop.ColField, col.Role == tonghop.ColUnknown && n.columnRole(label{text: col.Label}) != tonghop.FieldTotalMet:
			col.Role = tonghop.ColIgnored
		case col.Role == tonghop.ColUnknown: // the same number a second time
			totals++
		}
	}
	return &c, totals
}

// summaryHeader finds the band of rows above the first commune that names the
// number of criteria met.
func (n *Normalizer) summaryHeader(g *grid) *header {
	first := n.firstCommune(g, 0)
	h := &header{ordinals: map[int]bool{}, labels: map[int][]label{}, content: map[int]mix{}, score: 1}
	for row := max(1, first-headerRoom); row < first; row++ {
		cols := g.filled(row)
		if g.wordless(row) {
			continue
		}
		if countsColumns(g, row, cols) || lettersFirst(g, row, cols) {
			h.ordinals[row] = true
			continue
		}
		for _, c := range cols {
			if len(cols) > 1 && n.columnRole(n.label(g, row, c)) == tonghop.FieldTotalMet {
				h.best = row
			}
		}
	}
	if h.best == 0 {
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
