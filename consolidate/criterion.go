package consolidate

import (
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Columns of the sheet of criteria.
const (
	critDistrict = iota + 1
	critOf
	critStatistic
	critFirst
)

// tally is the communes that a district reports under one criterion.
type tally struct{ met, reported []tonghop.Source }

// tallies counts the district's marks; not applicable is no result.
func (p *province) tallies(communes []*commune) []tally {
	out := make([]tally, len(p.criteria.Criteria))
	for i, cr := range p.criteria.Criteria {
		for _, c := range reported(communes) {
			v, ok := c.claim(cr)
			if !ok || v.Mark == tonghop.MarkNotApplicable {
				continue
			}
			src := c.source(v)
			out[i].reported = append(out[i].reported, src)
			if v.Mark == tonghop.Met {
				out[i].met = append(out[i].met, src)
			}
		}
	}
	return out
}

// criterionSheet lays out, per district and in all, how many communes meet
// each criterion, of how many, and the share.
func (p *province) criterionSheet(from *sheet) *sheet {
	unit := p.in.Layout.Sheets["criterion"].Groups["unit"]
	cols := []column{{key: "district", group: unit}, {key: "of", group: unit}, {key: "statistic", group: unit}}
	for _, cr := range p.criteria.Criteria {
		cols = append(cols, column{key: "criterion", label: itoa(cr.No), name: cr.Name, group: p.group(cr.No)})
	}
	s := p.newSheet("criterion", cols...)
	s.heading(len(cols))
	s.header()
	s.freeze(critStatistic)
	first := s.next()
	for _, o := range p.offices {
		p.criterionRows(s, from, o)
	}
	p.criterionTotal(s, first, s.next()-1)
	s.closing(len(cols), p.amended()...)
	return s
}

// criterionRows adds the three rows of a district.
func (p *province) criterionRows(s, from *sheet, o *office) {
	row := s.next()
	first, last := p.rows()
	districts, name := from.fixed(colDistrict, first, last), "$"+address(critDistrict, row)
	of := label("absent", p.absentWord(o))
	if o.ret != nil {
		here := reported(o.communes)
		of = cell{Style: "number", Text: ofN(len(here), len(o.communes)), Trace: countedOf(names(here), len(o.communes))}
	}
	marked := func(i int, m tonghop.Mark) string {
		marks := from.fixed(colCriterion+i, first, last)
		return "COUNTIFS(" + districts + "," + name + "," + marks + `,"` + p.marks[m] + `")`
	}
	lines := [3][]cell{
		{label("name", o.unit.Name), of, label("small", p.w.say("statistic.met"))},
		{{Style: "name"}, {Style: of.Style}, label("small", p.w.say("statistic.reported"))},
		{{Style: "name"}, {Style: of.Style}, label("small", p.w.say("statistic.share"))},
	}
	for i, t := range p.tallies(o.communes) {
		if o.ret == nil {
			for l := range lines {
				lines[l] = append(lines[l], cell{Style: "number"})
			}
			continue
		}
		col := critFirst + i
		lines[0] = append(lines[0], metCell("number", t, marked(i, tonghop.Met), address(col, row+1)))
		lines[1] = append(lines[1], live(count("number", len(t.reported), counted(t.reported)),
			marked(i, tonghop.Met)+"+"+marked(i, tonghop.BasicallyMet)+"+"+marked(i, tonghop.NotMet)))
		lines[2] = append(lines[2], shareCell("share", t, address(col, row), address(col, row+1)))
	}
	p.threeRows(s, row, lines)
}

// threeRows adds the rows that belong together.
func (p *province) threeRows(s *sheet, row int, lines [3][]cell) {
	for _, l := range lines {
		s.add(l...)
	}
	s.merge(row, critDistrict, row+2, critDistrict)
	s.merge(row, critOf, row+2, critOf)
	s.out.Keep = append(s.out.Keep, [2]int{row, row + 2})
}

// metCell is the number of communes that meet a criterion; blank where nobody
// reported it.
func metCell(style string, t tally, formula, of string) cell {
	formula = "IF(" + of + `=0,"",` + formula + ")"
	if len(t.reported) == 0 {
		return cell{Style: style, Formula: formula}
	}
	return live(count(style, len(t.met), counted(t.met)), formula)
}

// shareCell is the communes that meet a criterion in percent of those with a
// result, unrounded, shown with two decimals.
func shareCell(style string, t tally, met, of string) cell {
	formula := "IF(" + of + `=0,"",` + met + "/" + of + "*100)"
	if len(t.reported) == 0 {
		return cell{Style: style, Formula: formula}
	}
	share := decimal.NewFromInt(int64(len(t.met))*hundredthsOf1).DivRound(decimal.NewFromInt(int64(len(t.reported))), divideDigits)
	out := number(style, share, &tonghop.Trace{Operation: tonghop.OpShare, Sources: t.met, Of: len(t.reported)})
	out.Format = formatTwo
	return live(out, formula)
}

// criterionTotal adds the three rows over all districts.
func (p *province) criterionTotal(s *sheet, first, last int) {
	row := s.next()
	here, all := reported(p.all()), p.all()
	labels := "$" + address(critStatistic, first) + ":$" + address(critStatistic, last)
	sum := func(col, at int) string {
		return "SUMIF(" + labels + ",$" + address(critStatistic, at) + "," + address(col, first) + ":" + address(col, last) + ")"
	}
	lines := [3][]cell{
		{label("total_name", p.w.say("total")), {Style: "total_centre", Text: ofN(len(here), len(all)),
			Trace: countedOf(names(here), len(all))}, label("total_name", p.w.say("statistic.met"))},
		{{Style: "total_name"}, {Style: "total_centre"}, label("total_name", p.w.say("statistic.reported"))},
		{{Style: "total_name"}, {Style: "total_centre"}, label("total_name", p.w.say("statistic.share"))},
	}
	for i, t := range p.tallies(all) {
		col := critFirst + i
		lines[0] = append(lines[0], metCell("total_number", t, sum(col, row), address(col, row+1)))
		lines[1] = append(lines[1], live(count("total_number", len(t.reported), counted(t.reported)), sum(col, row+1)))
		lines[2] = append(lines[2], shareCell("total_share", t, address(col, row), address(col, row+1)))
	}
	p.threeRows(s, row, lines)
}
