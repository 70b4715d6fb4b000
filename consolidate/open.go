package consolidate

import (
	"sort"

	"github.com/tonghop/tonghop"
)

// openSheet lists the findings of every current return that ask for something.
func (p *province) openSheet() *sheet {
	var cols []column
	for _, key := range []string{"no", "severity", "district", "commune", "sheet", "cell", "found", "expected",
		"message", "fix", "file", "receipt", "rule"} {
		cols = append(cols, column{key: key})
	}
	s := p.newSheet("open", cols...)
	s.heading(len(cols))
	s.header()
	s.freeze(0)
	n := 0
	for _, o := range p.offices {
		if o.ret != nil {
			n = p.openRows(s, n, o.unit.Name, *o.ret)
		}
		for _, r := range o.others {
			n = p.openRows(s, n, o.unit.Name, r)
		}
	}
	if p.whole != nil {
		n = p.openRows(s, n, p.whole.unit.Name, *p.whole.ret)
	}
	for _, r := range p.unplaced {
		n = p.openRows(s, n, p.w.say("state.unplaced"), r)
	}
	if n == 0 {
		s.line("centre", p.w.say("open.none"), 1, len(cols))
		return s
	}
	s.out.Filter = tonghop.Area{Top: s.out.Repeat[1], Left: 1, Bottom: s.next() - 1, Right: len(cols)}
	return s
}

// openRows adds the findings of one return, rejects first, then by place.
func (p *province) openRows(s *sheet, n int, office string, r tonghop.Return) int {
	var open []tonghop.Finding
	for _, f := range r.Findings {
		if f.Severity == tonghop.Query || f.Severity == tonghop.Reject {
			open = append(open, f)
		}
	}
	sort.SliceStable(open, func(i, j int) bool {
		a, b := open[i], open[j]
		if a.Severity != b.Severity {
			return a.Severity == tonghop.Reject
		}
		if a.Sheet != b.Sheet {
			return a.Sheet < b.Sheet
		}
		return before(a, b)
	})
	for _, f := range open {
		n++
		s.add(p.openRow(n, office, r, f)...)
	}
	return n
}

// before orders findings of one sheet by their first cell, then by rule.
func before(a, b tonghop.Finding) bool {
	var x, y tonghop.Area
	if len(a.Areas) > 0 {
		x = a.Areas[0]
	}
	if len(b.Areas) > 0 {
		y = b.Areas[0]
	}
	if x.Top != y.Top {
		return x.Top < y.Top
	}
	if x.Left != y.Left {
		return x.Left < y.Left
	}
	return a.Rule < b.Rule
}

// openRow lays out one finding.
func (p *province) openRow(n int, office string, r tonghop.Return, f tonghop.Finding) []cell {
	message, expected, fix := "", f.Expected, ""
	if p.in.Say != nil {
		message, expected, fix = p.in.Say(f)
	}
	commune := ""
	if u, ok := p.in.Known.Register.Unit(f.Unit, p.on); ok && f.Unit != "" {
		commune = u.Name
	}
	severity := string(f.Severity)
	if f.Answered() {
		severity = "answered"
	}
	return []cell{label("centre", itoa(n)), label("centre", p.w.say("severity."+severity)),
		label("small", office), label("small", commune), label("small", f.Sheet), label("small", f.Cells()),
		label("small", f.Found), label("small", expected), label("small", message), label("small", fix),
		label("small", r.Submission.Name), label("centre", r.Submission.Receipt), label("centre", f.Rule)}
}
