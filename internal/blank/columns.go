package blank

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// column is one column that the office fills in.
type column struct {
	criterion *tonghop.Criterion
	indicator *tonghop.Indicator // nil for the mark of a whole criterion
	field     string             // as rows name it
	mark      bool               // a mark is chosen; a figure is typed otherwise
	judges    bool               // its mark is that of the criterion
}

// marked reports whether the decision asks for a mark and no figure.
func marked(in *tonghop.Indicator) bool {
	return in.Type == tonghop.TypeMark || in.Type == tonghop.TypeGrade
}

// fieldColumns lists the columns in the order of the criteria: each indicator,
// then the mark of the criterion. The mark of a criterion's only indicator is
// the criterion's own.
func (o *Order) fieldColumns() []column {
	var out []column
	for i := range o.Criteria.Criteria {
		cr := &o.Criteria.Criteria[i]
		single := len(cr.Indicators) == 1
		for j := range cr.Indicators {
			in := &cr.Indicators[j]
			out = append(out, column{criterion: cr, indicator: in, field: in.No, mark: marked(in), judges: single && marked(in)})
		}
		if !single {
			out = append(out, column{criterion: cr, field: "TC" + strconv.Itoa(cr.No), mark: true, judges: true})
		} else if !marked(&cr.Indicators[0]) {
			out = append(out, column{criterion: cr, field: cr.Indicators[0].No, mark: true, judges: true})
		}
	}
	return out
}

// alone reports whether the column is the criterion's only one.
func (c column) alone() bool { return c.judges && c.indicator != nil }

// name is the indicator's name in the header; its own words where the layout
// has none.
func (o *Order) name(in *tonghop.Indicator) string {
	if l := o.sheet.Columns[in.No].Label; l != "" {
		return l
	}
	return in.Name
}

// The rows of the header, counted from its first.
const (
	atCriterion = iota
	atIndicator
	atUnit
	atRequire
	headRows
)

// headTop is the row in which the header begins.
const headTop = 6

// header puts the names of the columns, their units of measure and what the
// criteria set asks for.
func (p *page) header() {
	o := p.o
	bottom := headTop + atUnit
	for i, key := range []string{"number", "code", "commune"} {
		p.text("head", o.sheet.Columns[key].Label, headTop, i+1, bottom, i+1)
		p.put(headTop+atRequire, i+1, tonghop.EditionCell{Style: "require_name"})
	}
	p.put(headTop+atRequire, sideColumns, tonghop.EditionCell{Style: "require_name", Text: o.say("require")})
	for i := 0; i < len(o.columns); {
		j := i
		for j+1 < len(o.columns) && o.columns[j+1].criterion == o.columns[i].criterion {
			j++
		}
		p.criterion(i, j)
		i = j + 1
	}
	for i, key := range []string{"total", "note"} {
		col := p.last - 1 + i
		p.text("head", o.sheet.Columns[key].Label, headTop, col, bottom, col)
		p.put(headTop+atRequire, col, tonghop.EditionCell{Style: "require"})
	}
	p.out.Repeat = [2]int{headTop, headTop + atRequire}
	p.out.Freeze = [2]int{headTop + atRequire, sideColumns}
	p.first, p.rows = headTop+headRows, headTop+headRows+max(1, len(o.communes))-1
}

// criterion puts the header of one criterion over its columns.
func (p *page) criterion(from, to int) {
	o, cr := p.o, p.o.columns[from].criterion
	text := o.say("criterion", "no", strconv.Itoa(cr.No), "name", cr.Name)
	bottom := headTop
	if o.columns[from].alone() {
		bottom = headTop + atIndicator
	}
	p.text("head_group", text, headTop, sideColumns+from+1, bottom, sideColumns+to+1)
	for i := from; i <= to; i++ {
		c, col := o.columns[i], sideColumns+i+1
		unit := o.say("marked")
		if !c.mark {
			unit = c.indicator.Unit
		}
		p.put(headTop+atUnit, col, tonghop.EditionCell{Style: "head_unit", Text: unit})
		p.put(headTop+atRequire, col, tonghop.EditionCell{Style: "require", Text: o.required(c)})
		switch {
		case c.alone() && !c.mark, c.alone() && from == to:
		case c.judges:
			p.put(headTop+atIndicator, col, tonghop.EditionCell{Style: "head_mark", Text: o.say("mark", "no", strconv.Itoa(cr.No))})
		case len(cr.Indicators) == 1:
			p.put(headTop+atIndicator, col, tonghop.EditionCell{Style: "head", Text: o.say("own")})
		default:
			p.put(headTop+atIndicator, col, tonghop.EditionCell{Style: "head",
				Text: o.say("indicator", "no", c.indicator.No, "name", o.name(c.indicator))})
		}
	}
}

// required is what the criteria set asks of a column's indicator, and says
// where that is not verified; "" for the mark of a criterion.
func (o *Order) required(c column) string {
	in := c.indicator
	if in == nil || c.mark && !marked(in) {
		return ""
	}
	region, sure := o.Register.Region(o.Office.Code, o.AsOf)
	year, _, _ := o.AsOf.Parts()
	t, ok := in.Threshold(region, year)
	switch {
	case !ok && in.ByProvince:
		return o.say("province")
	case !ok:
		return o.say("unknown")
	}
	text := t.Word
	if text == "" {
		figure := strings.Replace(t.Figure.String(), ".", ",", 1)
		text = map[string]string{">=": o.say("at_least", "figure", figure), "<=": o.say("at_most", "figure", figure)}[in.Operator]
		if text == "" {
			text = figure
		}
	}
	if !t.Certainty.Sure() || t.Region != "" && !sure.Sure() {
		text = o.say("unsure", "threshold", text)
	}
	return text
}
