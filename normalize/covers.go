package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// addParts adds the tables that are too small to be the form by themselves, if
// they bring what the return lacks, for its communes, and hold what their
// headers say. Any other small table is no concern of this form.
func (n *Normalizer) addParts(gr *group, parts []*candidate, scope *places) (asks []tonghop.Finding) {
	for _, c := range parts {
		if c.g.sheet.Hidden {
			continue
		}
		if len(gr.contents) == 0 { // of a single table, which nothing was compared with yet
			gr.contents = append(gr.contents, n.contentOf(gr.tables[0], scope))
		}
		in := n.contentOf(c, scope)
		if n.completes(*gr, c, in) && n.belongs(*gr, c, in, scope) {
			gr.tables = append(gr.tables, c)
			gr.contents = append(gr.contents, in)
			continue
		}
		if f, ok := n.leftAside(*gr, c, in); ok {
			asks = append(asks, f)
		}
	}
	slices.SortStableFunc(gr.tables, func(a, b *candidate) int { return a.at - b.at })
	return asks
}

// leftAside asks about a small table that was not read although it is headed by
// criteria that the return has nowhere, and names communes of it.
func (n *Normalizer) leftAside(gr group, c *candidate, in content) (tonghop.Finding, bool) {
	fresh := false
	for key := range in.fields {
		_, own := n.known.Form.OwnFields[key]
		has := slices.ContainsFunc(gr.contents, func(o content) bool { _, ok := o.fields[key]; return ok })
		fresh = fresh || !own && !has
	}
	shared := slices.ContainsFunc(gr.contents, func(o content) bool { return len(commonNames(o, in)) > 0 })
	if !fresh || !shared {
		return tonghop.Finding{}, false
	}
	area := tonghop.Area{Top: c.h.top, Left: 1, Bottom: c.g.rows, Right: c.g.cols}
	if c.turned {
		area = turnArea(area)
	}
	f := tonghop.Finding{Rule: "COT-045", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}
	return f.Over(c.sheet.Name, area).Arg("area", area.String()), n.plausible(c)
}

// completes reports whether a small table brings fields that a group lacks, for
// communes that it has.
func (n *Normalizer) completes(gr group, c *candidate, in content) bool {
	if _, other := c.head.otherForm(n.words.others); other {
		return false
	}
	shared := 0
	for name := range in.names {
		if slices.ContainsFunc(gr.contents, func(o content) bool { return o.names[name] > 0 }) {
			shared++
		}
	}
	for key := range in.fields {
		_, own := n.known.Form.OwnFields[key]
		for _, o := range gr.contents {
			if _, has := o.fields[key]; has && !own && !(in.marks[key] && o.marks[key]) {
				return false // the same marks may stand beside other criteria's; figures may not
			}
		}
	}
	return shared*2 > len(in.names) && n.plausible(c)
}

// wholeOf takes small tables for the form itself where all of them together
// hold most of its criteria: a sheet for each group of criteria, say.
func (n *Normalizer) wholeOf(parts []*candidate) (whole, rest []*candidate) {
	criteria := map[int]bool{}
	for _, c := range parts {
		_, other := c.head.otherForm(n.words.others)
		if c.g.sheet.Hidden || other || !n.plausible(c) {
			rest = append(rest, c)
			continue
		}
		whole = append(whole, c)
		for _, col := range c.cols {
			if no := criterionOf(col); col.Role == tonghop.ColField && no > 0 {
				criteria[no] = true
			}
		}
	}
	if len(whole) < 2 || len(criteria) < fewestCriteria {
		return nil, parts
	}
	return whole, rest
}

// plausible reports whether a small table holds what its headers say: marks
// under criteria, and under indicators that bear no number what they count.
func (n *Normalizer) plausible(c *candidate) bool {
	all, numbered := c.numberedFields(n)
	for _, col := range c.cols {
		if _, own := n.known.Form.OwnFields[col.Field]; col.Role != tonghop.ColField || own {
			continue
		}
		m := c.h.content[col.Col]
		p := n.profileOf(col.Field)
		bare := m.figures == m.binary // zeros and ones, if figures at all
		switch {
		case strings.HasPrefix(col.Field, "TC"):
			if !m.mostlyMarks() && !bare {
				return false
			}
		case numbered*2 >= all:
		case p.kind == tonghop.TypeMark && !p.share && !m.mostlyMarks():
			return false
		case m.none():
			return false
		}
	}
	return all > 0
}

// covers settles what the tables of a return are: form, period and office by
// the first of them, or by another one's heading where that says nothing.
func (n *Normalizer) covers(gr group, hints Hints) []tonghop.Cover {
	c := *gr.tables[0]
	scope := n.placesOn(hints.Province, n.on(tonghop.Period{}, hints))
	c.head, c.others = gr.heading(scope), gr.otherCommunes()
	n.tellMarks(gr)
	out := []tonghop.Cover{n.cover(c, hints)}
	for _, o := range gr.tables[1:] {
		cv := n.bare(*o)
		cv.Period, cv.Office, cv.Province = out[0].Period, out[0].Office, out[0].Province
		setNameColumn(&cv, n.nameColumn(o.g, &cv, n.placesOn(hints.Province, n.on(cv.Period, hints))))
		out = append(out, cv)
	}
	n.checkCoverage(out, gr)
	n.weigh(out, gr)
	n.fingerprints(out, gr)
	for i := range out {
		if out[i].Turned {
			out[i] = turnCover(out[i])
		}
	}
	return out
}

// heading is that of the first table, with those of others from which the
// period or the office must be known.
func (gr group) heading(scope *places) heading {
	first := gr.tables[0]
	out := heading{texts: slices.Clone(first.head.texts)}
	take := func(tells func(heading) bool) {
		if tells(out) {
			return
		}
		for _, o := range gr.tables[1:] {
			if !tells(o.head) {
				continue
			}
			h := o.head
			if o.turned && o.sheet != first.sheet {
				h = h.turned() // as the sheet has them: only the first one's are turned back
			}
			out.texts = append(out.texts, h.texts...)
			return
		}
	}
	take(func(h heading) bool { return len(h.mentions()) > 0 })
	take(func(h heading) bool { return len(h.offices(scope)) > 0 })
	return out
}

// tellMarks makes a column of marks the mark beside its field's figures, where
// another table holds those.
func (n *Normalizer) tellMarks(gr group) {
	if len(gr.contents) < len(gr.tables) {
		return // a table by itself
	}
	for i, c := range gr.tables {
		for k := range c.cols {
			col := &c.cols[k]
			if col.Role != tonghop.ColField || col.Mark || !n.markColumn(c, *col) {
				continue
			}
			for j, o := range gr.tables {
				if o == c || len(commonNames(gr.contents[i], gr.contents[j])) == 0 {
					continue // other communes: "Không" and 0 are houses there as well
				}
				for _, other := range o.cols {
					if other.Role == tonghop.ColField && other.Field == col.Field && !n.markColumn(o, other) {
						col.Mark = true
					}
				}
			}
		}
	}
}
