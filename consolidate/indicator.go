package consolidate

import "strings"

// indicatorSheet lays out one row a commune and one column an indicator, as
// the district reports them.
func (p *province) indicatorSheet() *sheet {
	unit := p.in.Layout.Sheets["indicator"].Groups["unit"]
	cols := []column{{key: "code", group: unit}, {key: "commune", group: unit}}
	lastOf := map[int]int{} // column of a criterion's last indicator
	var numbers []string
	for _, cr := range p.criteria.Criteria {
		for _, in := range cr.Indicators {
			cols = append(cols, column{key: "indicator", label: in.No, name: itoa(cr.No) + ". " + cr.Name,
				unit: strings.ReplaceAll(in.Unit, "/", "/ "), group: p.group(cr.No)})
			numbers = append(numbers, in.No)
			lastOf[cr.No] = len(cols)
		}
	}
	s := p.newSheet("indicator", cols...)
	width := s.paginate(3, func(no int) int { return lastOf[no] })
	s.heading(width)
	s.header()
	s.freeze(2)
	for _, c := range p.all() {
		row := []cell{label("code", c.unit.Code), label("name", c.unit.Name)}
		for _, no := range numbers {
			row = append(row, p.indicatorCell(c, no))
		}
		s.add(row...)
		p.trace(s, c)
	}
	s.closing(width, p.amended()...)
	return s
}

// indicatorCell shows one indicator of one commune; blank if the commune or
// the column is not in the return.
func (p *province) indicatorCell(c *commune, no string) cell {
	if c.row == nil {
		return cell{Style: "figure"}
	}
	v, ok := c.indicator(no)
	if !ok {
		return cell{Style: "figure"}
	}
	return p.valueCell(c, v)
}
