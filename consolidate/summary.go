package consolidate

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// band is a stretch of criteria met, both ends included; none = no lower end.
type band struct {
	key    string
	lo, hi int64
}

const none = -1 << 31

// bands are the stretches that offices report in.
func bands() []band {
	return []band{{"b19", 19, 19}, {"b15", 15, 18}, {"b10", 10, 14}, {"b5", 5, 9}, {"b0", none, 4}}
}

// holds reports whether a total lies in the band; under five is open below
// and ends before five.
func (b band) holds(d decimal.Decimal) bool {
	if b.lo == none {
		return d.LessThan(decimal.NewFromInt(b.hi + 1))
	}
	return !d.LessThan(decimal.NewFromInt(b.lo)) && !d.GreaterThan(decimal.NewFromInt(b.hi))
}

// condition is the band as COUNTIFS tests a range.
func (b band) condition(area string) string {
	switch {
	case b.lo == none:
		return fmt.Sprintf(`%s,"<%d"`, area, b.hi+1)
	case b.lo == b.hi:
		return fmt.Sprintf(`%s,%d`, area, b.lo)
	}
	return fmt.Sprintf(`%s,">=%d",%s,"<=%d"`, area, b.lo, area, b.hi)
}

// Columns of the summary.
const (
	sumNo = iota + 1
	sumDistrict
	sumCommunes
	sumReported
	sumOf
	sumBand // of the first band
)

// summarySheet lays out one row a district and a total over them.
func (p *province) summarySheet(from *sheet) *sheet {
	g := p.in.Layout.Sheets["summary"].Groups
	cols := []column{{key: "no", group: g["unit"]}, {key: "district", group: g["unit"]},
		{key: "communes", group: g["coverage"]}, {key: "reported", group: g["coverage"]}, {key: "of", group: g["coverage"]}}
	for _, b := range bands() {
		cols = append(cols, column{key: b.key, group: g["bands"]})
	}
	cols = append(cols, column{key: "unknown", group: g["bands"]})
	for _, key := range []string{"average", "change", "note"} {
		cols = append(cols, column{key: key, group: g["result"]})
	}
	s := p.newSheet("summary", cols...)
	s.heading(len(cols))
	s.header()
	s.freeze(sumDistrict)
	first := s.next()
	for i, o := range p.offices {
		s.add(p.summaryRow(s, from, i, o)...)
	}
	p.summaryTotal(s, from, first, s.next()-1)
	more := p.w.say("before.none", "period", p.period(p.in.Period.Previous()))
	if p.compared {
		more = p.w.say("before.some", "period", p.period(p.in.Period.Previous()))
	}
	s.closing(len(cols), append(p.amended(), more)...)
	return s
}

// summaryRow lays out one district.
func (p *province) summaryRow(s, from *sheet, i int, o *office) []cell {
	row := s.next()
	first, last := p.rows()
	districts := from.fixed(colDistrict, first, last)
	name := "$" + address(sumDistrict, row)
	cells := []cell{label("centre", itoa(i+1)), label("name", o.unit.Name),
		live(count("number", len(o.communes), registered()), "COUNTIFS("+districts+","+name+")")}
	if o.ret == nil {
		cells = append(cells, label("absent", p.absentWord(o)))
		for len(cells) < len(s.cols)-1 {
			cells = append(cells, cell{Style: "number"})
		}
		return append(cells, label("note", p.absent(o)))
	}
	here := reported(o.communes)
	cells = append(cells, count("number", len(here), counted(names(here))), p.ofCell("number", row, here, o.communes))
	totals := from.fixed(p.colTotal(), first, last)
	known := "COUNTIFS(" + districts + "," + name + "," + totals + `,">=0")`
	cells = append(cells, p.bandCells("number", row, here, func(b band) string {
		return "IF(" + known + `=0,"",COUNTIFS(` + districts + "," + name + "," + b.condition(totals) + "))"
	})...)
	return append(cells,
		p.averageCell("number", here, "IFERROR(AVERAGEIFS("+totals+","+districts+","+name+`),"")`),
		p.changeCell("number", here), label("note", p.summaryNote(o)))
}

// ofCell is "n/N": the communes reported and those of the register.
func (p *province) ofCell(style string, row int, here, all []*commune) cell {
	return cell{Style: style, Text: ofN(len(here), len(all)), Trace: countedOf(names(here), len(all)),
		Formula: address(sumReported, row) + `&"/"&` + address(sumCommunes, row)}
}

// bandCells count the communes in each band, and those in none. Where no
// commune has a total the bands are blank.
func (p *province) bandCells(style string, row int, here []*commune, formula func(band) string) []cell {
	var out []cell
	rest, known := map[*commune]bool{}, false
	for _, c := range here {
		rest[c] = true
		known = known || c.total != nil
	}
	for _, b := range bands() {
		var in []tonghop.Source
		for _, c := range here {
			if c.total != nil && b.holds(c.total.number) {
				in = append(in, c.total.source)
				delete(rest, c)
			}
		}
		if known {
			out = append(out, live(count(style, len(in), counted(in)), formula(b)))
		} else {
			out = append(out, cell{Style: style, Formula: formula(b)})
		}
	}
	var left []*commune
	for _, c := range here {
		if rest[c] {
			left = append(left, c)
		}
	}
	end := sumBand + len(bands()) - 1
	return append(out, live(count(style, len(left), counted(names(left))),
		address(sumReported, row)+"-SUM("+address(sumBand, row)+":"+address(end, row)+")"))
}

// averageCell is the mean of the totals, unrounded, shown with two decimals.
func (p *province) averageCell(style string, here []*commune, formula string) cell {
	var sum decimal.Decimal
	var sources []tonghop.Source
	communes, anyCounted := 0, false
	for _, c := range here {
		if c.total != nil {
			communes++
			anyCounted = anyCounted || c.counted
			sum = sum.Add(c.total.number)
			sources = append(sources, c.total.sources(c.counted)...)
		}
	}
	if communes == 0 {
		return cell{Style: style, Formula: formula}
	}
	t := &tonghop.Trace{Operation: tonghop.OpAverage, Sources: sources}
	if anyCounted {
		t.Operation, t.Of = tonghop.OpMean, communes
	}
	out := number(style, sum.DivRound(decimal.NewFromInt(int64(communes)), divideDigits), t)
	out.Format = formatTwo
	return live(out, formula)
}

// changeCell is the criteria met now less those met in the previous period, of
// the communes that have both.
func (p *province) changeCell(style string, here []*commune) cell {
	t := &tonghop.Trace{Operation: tonghop.OpDifference}
	var d decimal.Decimal
	both := 0
	for _, c := range here {
		if c.total != nil && c.before != nil {
			d = d.Add(c.total.number).Sub(c.before.number)
			both++
			t.Sources = append(t.Sources, c.total.sources(c.counted)...)
			t.Less = append(t.Less, c.before.sources(c.before.marks != nil)...)
		}
	}
	if both == 0 {
		return cell{Style: style}
	}
	out := number(style, d, t)
	out.Format = formatSigned
	return out
}

// summaryNote names what is missing of a district, and how many communes the
// change compares where not all.
func (p *province) summaryNote(o *office) string {
	here := reported(o.communes)
	note := ""
	if missing := len(o.communes) - len(here); missing > 0 {
		note = p.w.say("note.missing", "count", itoa(missing), "list", p.missing(o))
	}
	both := 0
	for _, c := range here {
		if c.total != nil && c.before != nil {
			both++
		}
	}
	if both > 0 && both < len(o.communes) {
		if note != "" {
			note += "; "
		}
		note += p.w.say("note.compared", "count", ofN(both, len(o.communes)))
	}
	return note
}

// summaryTotal adds the row over all districts.
func (p *province) summaryTotal(s, from *sheet, first, last int) {
	row := s.next()
	here, all := reported(p.all()), p.all()
	sum := func(col int) string { return "SUM(" + address(col, first) + ":" + address(col, last) + ")" }
	top, bottom := p.rows()
	cells := []cell{label("total_name", p.w.say("total")), {Style: "total_name"},
		live(count("total_number", len(all), registered()), sum(sumCommunes)),
		live(count("total_number", len(here), counted(names(here))), sum(sumReported)),
		p.ofCell("total_number", row, here, all)}
	col := sumBand - 1
	cells = append(cells, p.bandCells("total_number", row, here, func(band) string { col++; return sum(col) })...)
	average := p.averageCell("total_number", here, "IFERROR(AVERAGE("+from.fixed(p.colTotal(), top, bottom)+`),"")`)
	change := p.changeCell("total_number", here)
	if change.Trace != nil {
		change.Formula = sum(len(cells) + 2)
	}
	s.add(append(cells, average, change, cell{Style: "total_name"})...)
	s.merge(row, sumNo, row, sumDistrict)
}
