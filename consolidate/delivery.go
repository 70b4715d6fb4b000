package consolidate

import (
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

// Columns of the sheet of deliveries that its formulas look at.
const (
	delReported = 8
	delCommunes = 9
)

// vietnam is the only time zone of the edition: no summer time, no table.
func vietnam() *time.Location { return time.FixedZone("+07", 7*60*60) }

// deliverySheet lays out who was expected to send, and what came.
func (p *province) deliverySheet() *sheet {
	var cols []column
	for _, key := range []string{"no", "district", "state", "version", "received", "file", "receipt",
		"reported", "communes", "of", "missing", "note"} {
		cols = append(cols, column{key: key})
	}
	s := p.newSheet("returns", cols...)
	s.heading(len(cols))
	s.header()
	s.freeze(2)
	first := s.next()
	for i, o := range p.offices {
		p.deliveryRows(s, i, o)
	}
	p.deliveryTotal(s, first, s.next()-1)
	p.wholeRow(s, len(cols))
	if len(p.unplaced) > 0 {
		s.line("section", p.w.say("returns.unplaced"), 1, len(cols))
	}
	for _, r := range p.unplaced {
		row := p.received(nil, r)
		s.add(append(row, make([]cell, len(cols)-len(row))...)...)
		p.styleRest(s, len(row))
	}
	s.closing(len(cols))
	return s
}

// styleRest draws the frame around the cells of the last row after n.
func (p *province) styleRest(s *sheet, n int) {
	cells := s.out.Rows[len(s.out.Rows)-1].Cells
	for i := n; i < len(cells); i++ {
		cells[i].Style = "small"
	}
}

// deliveryRows adds an office: its accepted return first, then those that were
// held or rejected; a line by itself if nothing came.
func (p *province) deliveryRows(s *sheet, i int, o *office) {
	returns := o.others
	if o.ret != nil {
		returns = append([]tonghop.Return{*o.ret}, returns...)
	}
	row := s.next()
	all := count("number", len(o.communes), registered())
	if len(returns) == 0 {
		s.add(label("centre", itoa(i+1)), label("name", o.unit.Name), label("absent", p.w.say("state.none")),
			cell{Style: "number"}, cell{Style: "centre"}, cell{Style: "small"}, cell{Style: "centre"},
			cell{Style: "number"}, all, cell{Style: "number"}, cell{Style: "small"}, cell{Style: "note"})
		return
	}
	for n, r := range returns {
		cells := append([]cell{label("centre", ""), label("name", o.unit.Name)}, p.received(o, r)[2:]...)
		rest := []cell{{Style: "number"}, {Style: "number"}, {Style: "number"}, {Style: "small"}, {Style: "note"}}
		if n == 0 {
			cells[0].Text = itoa(i + 1)
			rest[1] = all
		}
		if r.State == tonghop.Accepted {
			here := reported(o.communes)
			rest[0] = count("number", len(here), counted(names(here)))
			rest[2] = p.deliveryOf("number", row, here, o.communes)
			rest[3].Text, rest[4].Text = p.missing(o), p.strays(o)
		}
		s.add(append(cells, rest...)...)
	}
}

// received is the first part of a row: the state of one return, and when and
// as what it came.
func (p *province) received(o *office, r tonghop.Return) []cell {
	state := label("centre", p.w.say("state."+string(r.State)))
	if o == nil {
		state = label("absent", p.w.say("state.unplaced"))
	} else if r.State != tonghop.Accepted {
		state.Style = "absent"
	}
	sub := r.Submission
	version := cell{Style: "number"}
	if r.Version > 0 {
		version = count("number", r.Version, &tonghop.Trace{Operation: tonghop.OpLedger,
			Sources: []tonghop.Source{{File: sub.Name, Submission: sub.Receipt, Value: itoa(r.Version)}}})
	}
	at := ""
	if !sub.Received.IsZero() {
		at = sub.Received.In(vietnam()).Format("02/01/2006 15:04")
	}
	return []cell{{Style: "centre"}, {Style: "name"}, state, version, label("centre", at),
		label("small", sub.Name), label("centre", sub.Receipt)}
}

// deliveryOf is "n/N" of the communes of an office or of all.
func (p *province) deliveryOf(style string, row int, here, all []*commune) cell {
	return cell{Style: style, Text: ofN(len(here), len(all)), Trace: countedOf(names(here), len(all)),
		Formula: address(delReported, row) + `&"/"&` + address(delCommunes, row)}
}

// deliveryTotal adds the row over all offices.
func (p *province) deliveryTotal(s *sheet, first, last int) {
	row := s.next()
	here, all := reported(p.all()), p.all()
	sum := func(col int) string { return "SUM(" + address(col, first) + ":" + address(col, last) + ")" }
	cells := span("total_name", p.w.say("total"), 1, 2)
	cells = append(cells, span("total_name", p.w.say("returns.total", "sent", ofN(p.reporting(), len(p.offices))), 1, 5)...)
	cells = append(cells,
		live(count("total_number", len(here), counted(names(here))), sum(delReported)),
		live(count("total_number", len(all), registered()), sum(delCommunes)),
		p.deliveryOf("total_number", row, here, all), cell{Style: "total_name"}, cell{Style: "total_name"})
	s.add(cells...)
	s.merge(row, 1, row, 2)
	s.merge(row, 3, row, 7)
}

// missing names the communes of an office that no row counts for.
func (p *province) missing(o *office) string {
	var out []string
	for _, c := range o.communes {
		if c.row == nil {
			out = append(out, c.unit.Name)
		}
	}
	return strings.Join(out, ", ")
}

// strays names the rows of an office's return that belong to no commune of it.
func (p *province) strays(o *office) string {
	var out []string
	for _, row := range o.strays {
		out = append(out, p.leftOut(row))
	}
	return strings.Join(out, "; ")
}
