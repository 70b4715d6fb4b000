package consolidate

import (
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// Where communes send by themselves, the province's own office may send a table
// of many of them. A commune that sends by itself speaks for itself; for the
// others the table does.

// takeWhole keeps the accepted table of the province's own office.
func (p *province) takeWhole(r *tonghop.Return) error {
	if p.whole != nil {
		return fmt.Errorf("the province has two accepted tables: %s, %s", p.whole.ret.Submission.Receipt, r.Submission.Receipt)
	}
	p.whole = &office{unit: p.in.Province, ret: r}
	return nil
}

// spread hands the rows of the province's table to the communes that sent
// nothing of their own. What is left of it stays with the province.
func (p *province) spread() {
	if p.whole == nil {
		return
	}
	table := p.whole.ret
	used := map[string]bool{}
	for _, o := range p.offices {
		part := *table
		part.Rows, part.Totals = rowsOf(table.Rows, o.unit.Code), nil
		part.Findings = slices.DeleteFunc(slices.Clone(table.Findings), func(f tonghop.Finding) bool { return f.Unit != o.unit.Code })
		if o.ret == nil && len(part.Rows) > 0 {
			used[o.unit.Code] = true
			o.ret, o.shared = &part, true
			p.distribute(o)
		}
	}
	for _, row := range table.Rows {
		if used[row.Unit] {
			continue
		}
		if row.LeftOut == "" {
			row.LeftOut = "DV-053"
		}
		p.whole.strays = append(p.whole.strays, row)
	}
	rest := *table
	rest.Findings = slices.DeleteFunc(slices.Clone(table.Findings), func(f tonghop.Finding) bool { return used[f.Unit] })
	p.whole.ret = &rest
}

// rowsOf lists the rows of one commune.
func rowsOf(rows []tonghop.Row, code string) []tonghop.Row {
	var out []tonghop.Row
	for _, row := range rows {
		if row.Unit == code {
			out = append(out, row)
		}
	}
	return out
}

// wholeRow adds the province's table below the list of offices: when it came,
// and which of its rows do not count.
func (p *province) wholeRow(s *sheet, cols int) {
	if p.whole == nil {
		return
	}
	s.line("section", p.w.say("returns.whole"), 1, cols)
	row := p.received(p.whole, *p.whole.ret)
	row[1].Text = p.whole.unit.Name
	row = append(row, make([]cell, cols-len(row))...)
	row[cols-1] = label("note", p.strays(p.whole))
	s.add(row...)
	p.styleRest(s, len(p.received(p.whole, *p.whole.ret)))
	s.out.Rows[len(s.out.Rows)-1].Cells[cols-1].Style = "note"
}

// lateOffice adds an office that the register shows from a later list on only:
// its report is taken as it came, with the communes that it names.
func (p *province) lateOffice(byCode map[string]*office, unit tonghop.Unit) *office {
	level := p.in.Known.Form.SenderLevel(p.on)
	for _, u := range p.in.Known.Register.Perhaps(p.in.Province.Code, p.on) {
		if u.Code == unit.Code && u.Kind.Level() == level {
			o := &office{unit: u}
			p.offices = append(p.offices, o)
			byCode[u.Code] = o
			return o
		}
	}
	return nil
}

// between makes the communes of an office those that its report names, where
// the date lies between two lists: one that may have begun is added, one that
// may have ended and has no row is not missed.
func (p *province) between(o *office) {
	perhaps := map[string]tonghop.Unit{}
	for _, u := range p.in.Known.Register.Perhaps(o.unit.Code, p.on) {
		if u.Kind == tonghop.Xa {
			perhaps[u.Code] = u
		}
	}
	if len(perhaps) == 0 {
		return
	}
	named := map[string]bool{}
	for _, row := range o.ret.Rows {
		named[row.Unit] = true
	}
	o.communes = slices.DeleteFunc(o.communes, func(c *commune) bool {
		u, doubt := perhaps[c.unit.Code]
		delete(perhaps, c.unit.Code)
		return doubt && u.Presence(p.on) == tonghop.Perhaps && !named[c.unit.Code]
	})
	for _, row := range o.ret.Rows {
		if u, ok := perhaps[row.Unit]; ok {
			delete(perhaps, row.Unit)
			p.dropElsewhere(row.Unit)
			o.communes = append(o.communes, &commune{unit: u})
		}
	}
}

// dropElsewhere takes a commune that another office reports from those that
// nobody has reported yet.
func (p *province) dropElsewhere(code string) {
	for _, o := range p.offices {
		o.communes = slices.DeleteFunc(o.communes, func(c *commune) bool { return c.unit.Code == code && c.row == nil })
	}
}
