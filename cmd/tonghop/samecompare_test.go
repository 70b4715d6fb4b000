//go:build !race

package main

import (
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// comparison holds what was understood of a changed workbook against what was
// understood of the sample.
type comparison struct {
	w      *workbook
	got    tonghop.Return
	now    map[tonghop.Ref]tonghop.Ref
	values map[tonghop.Ref]tonghop.Value
	units  map[tonghop.Ref]string
	out    []string
}

func (c *comparison) say(format string, args ...any) {
	c.out = append(c.out, fmt.Sprintf(format, args...))
}

func (c *comparison) faults() []string {
	want, got := c.w.want, c.got
	if got.State != want.State || got.Office != want.Office || got.Period != want.Period || got.Form != want.Form {
		c.say("%s: %s of %s, %s; want %s of %s, %s", got.Form, got.State, got.Office.Name, got.Period, want.State, want.Office.Name, want.Period)
	}
	for _, row := range got.Rows {
		for _, v := range row.Values {
			c.values[v.Ref], c.units[v.Ref] = v, row.Unit
		}
	}
	for _, row := range want.Rows {
		for _, v := range row.Values {
			c.value(row, v)
		}
	}
	for _, ref := range refs(c.values) {
		c.say("%s: invented: %s", ref, show(c.values[ref]))
	}
	c.asked()
	return c.out
}

// value looks for one value where it stands now.
func (c *comparison) value(row tonghop.Row, v tonghop.Value) {
	ref, there := c.now[v.Ref]
	if !there {
		return // taken away on purpose
	}
	got, ok := c.values[ref]
	unit := c.units[ref]
	delete(c.values, ref)
	switch {
	case ok && same(got, v) && unit == row.Unit:
	case c.asks(ref): // whether it may be asked about is looked at with the questions
		if ok && !got.Doubt && got.Empty != tonghop.Unreadable {
			c.say("%s: %s, want %s of %s; asked about, yet without doubt", ref, show(got), show(v), row.Unit)
		}
	case !ok:
		c.say("%s: missing: %s of %s", ref, show(v), row.Unit)
	default:
		c.say("%s: %s of %s, want %s of %s", ref, show(got), unit, show(v), row.Unit)
	}
}

// same compares what two cells mean.
func same(a, b tonghop.Value) bool {
	return a.Field == b.Field && a.Number.Valid == b.Number.Valid && a.Number.Decimal.Equal(b.Number.Decimal) && a.Mark == b.Mark &&
		a.Empty == b.Empty && a.Measure == b.Measure
}

func show(v tonghop.Value) string {
	return fmt.Sprintf("%s %q%s%s %s", v.Field, v.Figure(), v.Mark, v.Empty, v.Measure)
}

// asks reports whether a question names a cell.
func (c *comparison) asks(ref tonghop.Ref) bool {
	return slices.ContainsFunc(c.got.Findings, func(f tonghop.Finding) bool { return f.Severity != tonghop.Note && f.Names(ref) })
}

// asked sees that what was asked of the sample is still asked where it stands
// now, that what a change must bring up is asked, and that nothing else is.
func (c *comparison) asked() {
	var open []tonghop.Finding
	for _, f := range c.got.Findings {
		if f.Severity != tonghop.Note {
			open = append(open, f)
		}
	}
	for _, f := range c.w.want.Findings {
		if f.Severity == tonghop.Note {
			continue
		}
		if c.answeredBefore(f) {
			continue
		}
		if !slices.ContainsFunc(open, func(g tonghop.Finding) bool { return g.Rule == f.Rule && c.covers(g, f) }) {
			c.say("no longer asked: %s %s!%s", f.Rule, f.Sheet, f.Cells())
		}
	}
	for _, rule := range c.w.must {
		if !slices.ContainsFunc(open, func(f tonghop.Finding) bool { return f.Rule == rule }) {
			c.say("not asked: %s", rule)
		}
	}
	for _, f := range open {
		if !c.explained(f) {
			c.say("asked without cause: %s %s %s!%s %q %v", f.Rule, f.Severity, f.Sheet, f.Cells(), f.Found, f.Args)
		}
	}
}

// answeredBefore reports whether a cell in the row that a question was about is
// now asked about by itself: the other question has to wait for the answer.
func (c *comparison) answeredBefore(f tonghop.Finding) bool {
	rows := map[int]bool{}
	for _, a := range f.Areas {
		rows[a.Top] = a.Top == a.Bottom
	}
	for ref, at := range c.now {
		if _, said := c.w.said[ref]; said && ref.Sheet == f.Sheet && rows[ref.Row] && c.doubtful(at) && c.asks(at) {
			return true
		}
	}
	return false
}

// doubtful reports whether a change gave cause to ask about a cell.
func (c *comparison) doubtful(at tonghop.Ref) bool {
	for _, p := range c.w.pages {
		if cell := p.cells[place{at.Row, at.Col}]; p.name == at.Sheet && cell != nil && cell.doubtful {
			return true
		}
	}
	return false
}

// covers reports whether a finding names a cell of what another named in the
// sample. A finding whose cells were taken away need not be there.
func (c *comparison) covers(g, f tonghop.Finding) bool {
	if len(f.Areas) == 0 {
		return true
	}
	for ref, at := range c.now {
		if f.Names(ref) && g.Names(at) {
			return true
		}
	}
	return false
}

// explained reports whether the sample or a change gave cause to ask.
func (c *comparison) explained(g tonghop.Finding) bool {
	if c.w.may[g.Rule] || slices.Contains(c.w.must, g.Rule) {
		return true
	}
	for _, f := range c.w.want.Findings {
		if f.Severity != tonghop.Note && f.Rule == g.Rule && c.covers(g, f) {
			return true
		}
	}
	for _, p := range c.w.pages {
		for at, cell := range p.cells {
			if cell.doubtful && g.Names(tonghop.Ref{Sheet: p.name, Row: at.row, Col: at.col}) {
				return true
			}
		}
	}
	return false
}

// refs are the addresses in their order.
func refs(values map[tonghop.Ref]tonghop.Value) []tonghop.Ref {
	out := make([]tonghop.Ref, 0, len(values))
	for ref := range values {
		out = append(out, ref)
	}
	slices.SortFunc(out, func(a, b tonghop.Ref) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
	return out
}
