package normalize

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// A workbook may hold several tables of the form. They are one return if that
// is certain: nothing in their headings contradicts, they speak of the same
// office, and they share the work: each brings fields that the others lack, or
// communes that they lack. The same fields of the same communes twice are two
// versions of a report, and a person says which one counts.

// content is what a table brings: its cells by field and commune.
type content struct {
	fields map[string]int  // key of a field → column of the view
	marks  map[string]bool // those of them that hold marks
	names  map[string]int  // folded name of a commune → row of the view
}

// contentOf lists what a table brings.
func (n *Normalizer) contentOf(c *candidate, p *places) content {
	out := content{fields: map[string]int{}, marks: map[string]bool{}, names: map[string]int{}}
	for _, col := range c.cols {
		if col.Role != tonghop.ColField {
			continue
		}
		key := col.Field
		if n.markColumn(c, col) {
			key += "+"
		}
		if _, twice := out.fields[key]; !twice {
			out.fields[key] = col.Col
		}
		if c.h.content[col.Col].mostlyMarks() {
			out.marks[key] = true
		}
	}
	cv := tonghop.Cover{Header: c.band(), Columns: c.cols}
	names := n.nameColumn(c.g, &cv, p)
	for row := c.h.bottom + 1; row <= c.g.rows; row++ {
		if !c.g.own(row, names) {
			continue
		}
		if t := n.name(c.g.text(row, names)); p.borne(t) {
			key := viet.Fold(t.bare)
			if t.kind != tonghop.Xa {
				key = kindWord[t.kind] + " " + key // a township may bear the name of a xã
			}
			if key = strings.TrimSpace(key); out.names[key] == 0 {
				out.names[key] = row
			}
		}
	}
	if c.alone.Col > 0 && len(out.names) == 0 { // typed wrongly: asked about when it is read
		out.names[viet.Fold(n.name(c.alone.Text).bare)] = c.alone.Col
	}
	return out
}

// markColumn reports whether a column holds the marks of a field whose own
// content would be figures.
func (n *Normalizer) markColumn(c *candidate, col tonghop.Column) bool {
	if _, own := n.known.Form.OwnFields[col.Field]; c.zeroOne && !own {
		return true
	}
	return !n.marksOf(col.Field) && (col.Mark || c.h.content[col.Col].mostlyMarks())
}

// marksOf reports whether a field is a mark and nothing else.
func (n *Normalizer) marksOf(field string) bool {
	p := n.profileOf(field)
	return (p.kind == tonghop.TypeMark || p.kind == tonghop.TypeGrade) && !p.share
}

// band is the area of a table's header.
func (c *candidate) band() tonghop.Area {
	return tonghop.Area{Top: c.h.top, Left: 1, Bottom: c.h.bottom, Right: c.g.cols}
}

// group is a set of tables that make up one return.
type group struct {
	tables   []*candidate
	contents []content
}

// score is how many fields the tables of a group name.
func (gr group) score() int {
	s := 0
	for _, c := range gr.tables {
		s += c.h.score
	}
	return s
}

// grouped puts tables together that belong together; each of the others is a
// group by itself.
func (n *Normalizer) grouped(tables []*candidate, p *places) []group {
	if len(tables) == 1 {
		return []group{{tables: tables}}
	}
	var groups []group
	for _, c := range tables {
		in := n.contentOf(c, p)
		joined := false
		for i := range groups {
			if joined = n.belongs(groups[i], c, in, p); joined {
				groups[i].tables = append(groups[i].tables, c)
				groups[i].contents = append(groups[i].contents, in)
				break
			}
		}
		if !joined {
			groups = append(groups, group{[]*candidate{c}, []content{in}})
		}
	}
	return groups
}

// belongs reports whether a table certainly belongs to a group.
func (n *Normalizer) belongs(gr group, c *candidate, in content, p *places) bool {
	return len(in.names) > 0 && len(in.fields) > 0 && n.agrees(gr, c, p) && n.shares(gr, c, in)
}

// agrees reports whether a table speaks of the period and the office of every
// table of a group.
func (n *Normalizer) agrees(gr group, c *candidate, p *places) bool {
	for _, o := range gr.tables {
		if contradict(n.told(o.head, o.sheet.Name), n.told(c.head, c.sheet.Name)) || n.otherOffices(o, c, p) {
			return false
		}
	}
	return true
}

// shares reports whether a table shares the work with a group: other fields of
// the same communes, or the same fields of others.
func (n *Normalizer) shares(gr group, c *candidate, in content) bool {
	fields, both, equal, cells := map[string]bool{}, 0, 0, 0
	communes := 0 // of the table that a table with some of its fields has as well
	for i, o := range gr.contents {
		common := commonNames(o, in)
		overlap := 0
		for key, col := range in.fields {
			at, ok := o.fields[key]
			if !ok {
				continue
			}
			overlap++
			for _, name := range common {
				cells++
				if sameText(gr.tables[i].g, o.names[name], at, c.g, in.names[name], col) {
					equal++
				}
			}
			if len(common) > 0 {
				fields[key] = true
			}
		}
		if overlap*2 > len(in.fields) {
			communes += len(common)
		}
	}
	both = len(fields)
	fresh := len(in.fields) - both
	switch {
	case both > 0 && (gr.tables[0].alone.Col > 0) != (c.alone.Col > 0): // the table of all communes beside the list of each
		return equal*5 >= cells*4
	case both == 0:
		return true
	case communes > 0 && communes*2 < len(in.names) && cells > 0:
		return true // the communes share the work, and some stand on both
	case fresh*2 < both:
		return false // hardly anything new: another version of the same
	}
	return both <= 2 || equal*5 >= cells*4
}

func commonNames(a, b content) []string {
	var out []string
	for name := range b.names {
		if a.names[name] > 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func sameText(g *grid, row, col int, h *grid, row2, col2 int) bool {
	return viet.Fold(g.text(row, col)) == viet.Fold(h.text(row2, col2))
}

// otherOffices reports whether two tables are of different offices, by their
// headings or by their communes.
func (n *Normalizer) otherOffices(a, b *candidate, p *places) bool {
	ma, mb := a.head.offices(p), b.head.offices(p)
	if len(ma) > 0 && len(mb) > 0 && !slices.ContainsFunc(mb, func(m officeMention) bool { return mentioned(ma, m.office.unit.Code) }) {
		return true
	}
	if a.alone.Col > 0 && b.alone.Col > 0 {
		return false // one name tells little, and many offices have a Tân Bình: all of them together tell
	}
	ta, tb := n.tallyOf(a, p), n.tallyOf(b, p)
	first, _ := ta.best()
	if len(ma) == 1 {
		first = ma[0].office.unit.Code
	}
	return tb.counts[first]*2 < tb.names
}

func (n *Normalizer) tallyOf(c *candidate, p *places) tally {
	cv := tonghop.Cover{Header: c.band(), Columns: c.cols}
	return n.tally(p, c.g, &cv, n.nameColumn(c.g, &cv, p))
}

// mention is a period that a heading or the name of a sheet speaks of; a year
// of 0 is not said.
type mention struct {
	kind    viet.MentionKind
	n, year int
}

// told lists the periods that a heading names, or else the name of the sheet.
func (n *Normalizer) told(h heading, sheet string) []mention {
	if out := h.mentions(); len(out) > 0 {
		return out
	}
	if m := monthSheet.FindStringSubmatch(viet.Plain(strings.TrimSpace(sheet))); m != nil {
		month, _ := strconv.Atoi(m[1])
		return []mention{{kind: viet.MentionMonth, n: month}}
	}
	return heading{texts: []headingText{{text: strings.ReplaceAll(sheet, "_", " ")}}}.mentions()
}

// monthSheet is a sheet called by its month alone: "T6", "Thg 06".
var monthSheet = regexp.MustCompile(`^(?:t|th|thg|thang)[ .]?(0?[1-9]|1[0-2])$`)

func (h heading) mentions() []mention {
	var out []mention
	for _, t := range h.texts {
		for _, m := range viet.Periods(t.text) {
			switch m.Kind {
			case viet.MentionMonth, viet.MentionQuarter, viet.MentionHalf, viet.MentionNine, viet.MentionYear:
				out = append(out, mention{m.Kind, m.N, m.Year})
			case viet.MentionAsOf:
				if m.N > 0 {
					out = append(out, mention{viet.MentionMonth, m.N, m.Year})
				}
			}
		}
	}
	return out
}

// contradict reports whether two tables name periods of which none agree.
func contradict(a, b []mention) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for _, x := range a {
		for _, y := range b {
			year := x.year == y.year || x.year == 0 || y.year == 0
			if year && x.kind == y.kind && x.n == y.n {
				return false
			}
		}
	}
	return !onlyYears(a, b)
}

// onlyYears reports whether one of two tables names only the year of the
// other's periods.
func onlyYears(a, b []mention) bool {
	within := func(years, others []mention) bool {
		for _, y := range years {
			if y.kind != viet.MentionYear || !slices.ContainsFunc(others, func(o mention) bool { return o.year == y.year }) {
				return false
			}
		}
		return true
	}
	return within(a, b) || within(b, a)
}
