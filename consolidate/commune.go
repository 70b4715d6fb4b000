package consolidate

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Columns of the sheet of communes that formulas of other sheets look at.
const (
	colDistrict  = 2
	colCriterion = 4 // of the first criterion
)

// colTotal is the column of the criteria met on the sheet of communes.
func (p *province) colTotal() int { return colCriterion + len(p.criteria.Criteria) }

// span of rows of the communes on their sheet.
func (p *province) rows() (first, last int) {
	all := p.all()
	return all[0].at, all[len(all)-1].at
}

// communeSheet lays out one row a commune: the mark that the district gives
// each criterion, its total, our judgement beside it.
func (p *province) communeSheet() *sheet {
	groups := p.in.Layout.Sheets["commune"].Groups
	cols := []column{{key: "code", group: groups["unit"]}, {key: "district", group: groups["unit"]},
		{key: "commune", group: groups["unit"]}}
	for _, cr := range p.criteria.Criteria {
		cols = append(cols, column{key: "criterion", label: strconv.Itoa(cr.No), name: cr.Name, group: p.group(cr.No)})
	}
	for _, key := range []string{"total", "judged", "note"} {
		cols = append(cols, column{key: key, group: groups["result"]})
	}
	s := p.newSheet("commune", cols...)
	width := s.paginate(colCriterion, func(no int) int { return colCriterion + no - 1 })
	s.heading(width)
	s.header()
	s.freeze(colCriterion - 1)
	for _, o := range p.offices {
		for _, c := range o.communes {
			c.at = s.add(p.communeRow(o, c)...)
			p.trace(s, c)
		}
	}
	first, last := p.rows()
	s.out.Filter = tonghop.Area{Top: s.out.Repeat[1], Left: 1, Bottom: last, Right: len(cols)}
	s.out.Bands = p.communeBands(first, last)
	s.closing(width, p.amended()...)
	return s
}

// paginate ends printed pages after the criteria that the layout names, or
// after each group, and returns the last column of the first page.
func (s *sheet) paginate(first int, column func(criterion int) int) int {
	ends := s.plan.PageEnds
	if len(ends) == 0 {
		for _, g := range s.p.criteria.Groups {
			ends = append(ends, g.To)
		}
	}
	for _, no := range ends {
		if col := column(no); col >= first && col < len(s.cols) {
			s.out.Breaks = append(s.out.Breaks, col)
		}
	}
	if len(s.out.Breaks) == 0 {
		return len(s.cols)
	}
	s.side = first - 1
	return s.out.Breaks[0]
}

// group is the heading over a criterion: its group's number and name.
func (p *province) group(no int) string {
	for i, g := range p.criteria.Groups {
		if g.From <= no && no <= g.To {
			return roman(i+1) + ". " + g.Name
		}
	}
	return ""
}

// amended says that the set has been amended since, if it has.
func (p *province) amended() []string {
	if p.criteria.Amended == "" || p.on < p.criteria.Amended {
		return nil
	}
	return []string{p.w.say("criteria.amended", "date", p.criteria.Amended.Vietnamese())}
}

// communeRow lays out one commune.
func (p *province) communeRow(o *office, c *commune) []cell {
	row := []cell{label("code", c.unit.Code), label("name", o.unit.Name), label("name", c.unit.Name)}
	for _, cr := range p.criteria.Criteria {
		row = append(row, p.criterionCell(c, cr))
	}
	return append(row, p.totalCell(c), p.judgedCell(c), label("note", strings.Join(p.notes(o, c), ". ")))
}

// criterionCell shows the district's mark; where it gives only figures, our
// judgement in another look; where nothing may be judged, nothing.
func (p *province) criterionCell(c *commune, cr tonghop.Criterion) cell {
	if c.row == nil {
		return cell{Style: "mark"}
	}
	if v, ok := c.claim(cr); ok {
		return p.markCell(v, c.source(v))
	}
	s, ok := c.standings[cr.No]
	if !ok || s.Judged != tonghop.JudgedMet && s.Judged != tonghop.JudgedNotMet {
		return cell{Style: "mark"}
	}
	t := &tonghop.Trace{Operation: tonghop.OpJudge, Basis: p.criteria.Basis}
	for _, v := range s.Sources {
		t.Sources = append(t.Sources, c.source(v))
	}
	return cell{Text: p.w.say("judged." + string(s.Judged)), Style: "judged", Trace: t}
}

// totalCell shows the criteria met as claimed, or counted from the marks.
func (p *province) totalCell(c *commune) cell {
	switch {
	case c.total == nil:
		return cell{Style: "number"}
	case c.counted:
		met, _ := c.met(p.criteria)
		return count("number", len(met), counted(met))
	}
	return p.figureCell("number", *c.total)
}

// judgedCell shows how many criteria our standings judge met, if all could be
// judged.
func (p *province) judgedCell(c *commune) cell {
	if c.row == nil {
		return cell{Style: "number"}
	}
	met, sources, all := c.judged(p.criteria)
	if !all {
		return cell{Style: "number"}
	}
	return count("number", met, &tonghop.Trace{Operation: tonghop.OpJudge, Sources: sources, Basis: p.criteria.Basis})
}

// communeBands tints marks that need work and totals at both ends.
func (p *province) communeBands(first, last int) []tonghop.ConditionRule {
	marks := tonghop.Area{Top: first, Left: colCriterion, Bottom: last, Right: p.colTotal() - 1}
	total := tonghop.Area{Top: first, Left: p.colTotal(), Bottom: last, Right: p.colTotal()}
	all := decimal.NewFromInt(int64(len(p.criteria.Criteria))).String()
	return []tonghop.ConditionRule{
		{Area: marks, Equals: p.marks[tonghop.NotMet], Style: "not_met"},
		{Area: marks, Equals: p.marks[tonghop.BasicallyMet], Style: "basically"},
		{Area: total, Min: all, Max: all, Style: "good"},
		{Area: total, Min: "0", Max: "4", Style: "low"},
	}
}
