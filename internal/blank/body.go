package blank

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// body puts a row for each commune: number, code and name stand there, the
// rest is open.
func (p *page) body() {
	o := p.o
	for i, u := range o.communes {
		row := p.first + i
		p.put(row, 1, tonghop.EditionCell{Style: "number", Number: decimal.NewNullDecimal(decimal.NewFromInt(int64(i + 1)))})
		p.put(row, 2, tonghop.EditionCell{Style: "number", Text: u.Code})
		p.put(row, 3, tonghop.EditionCell{Style: "name", Text: u.Name})
		for j, c := range o.columns {
			p.put(row, sideColumns+j+1, tonghop.EditionCell{Style: c.style()})
		}
		p.put(row, p.last-1, tonghop.EditionCell{Style: "computed", Formula: p.met(row)})
		p.put(row, p.last, tonghop.EditionCell{Style: "input_note"})
	}
	for j, c := range o.columns {
		p.checks(sideColumns+j+1, c)
	}
}

// style is the look of an open cell of the column.
func (c column) style() string {
	switch {
	case c.mark:
		return "input"
	case c.indicator.Type == tonghop.TypeCount:
		return "input_count"
	case c.share():
		return "input_share"
	}
	return "input_figure"
}

// share reports whether percent points are typed.
func (c column) share() bool { return !c.mark && c.indicator.Type == tonghop.TypePercent }

// met is the formula for the number of criteria that a commune meets. It shows
// nothing before every criterion is marked: a total of some would be taken for
// the total.
func (p *page) met(row int) string {
	var cells, counts []string
	for j, c := range p.o.columns {
		if !c.judges {
			continue
		}
		at := address(sideColumns+j+1, row)
		cells = append(cells, at)
		for _, word := range p.o.list("counted") {
			counts = append(counts, fmt.Sprintf("COUNTIF(%s,%q)", at, word))
		}
	}
	return fmt.Sprintf(`IF(COUNTA(%s)<%d,"",%s)`, strings.Join(cells, ","), len(cells), strings.Join(counts, "+"))
}

// totals puts the number of communes that meet each criterion and indicator
// under the columns of marks.
func (p *page) totals() {
	row := p.rows + 1
	p.put(row, 1, tonghop.EditionCell{Style: "total_name"})
	p.put(row, 2, tonghop.EditionCell{Style: "total_name"})
	p.put(row, 3, tonghop.EditionCell{Style: "total_name", Text: p.o.say("count")})
	word := first(p.o.list("marks"))
	for j, c := range p.o.columns {
		cell := tonghop.EditionCell{Style: "total"}
		if c.mark {
			down := p.down(sideColumns + j + 1)
			cell.Formula = fmt.Sprintf(`IF(COUNTA(%s)<1,"",COUNTIF(%s,%q))`, down, down, word)
		}
		p.put(row, sideColumns+j+1, cell)
	}
	p.put(row, p.last-1, tonghop.EditionCell{Style: "total"})
	p.put(row, p.last, tonghop.EditionCell{Style: "total"})
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// checks says what may be typed into a column, commune by commune where it is
// known what was accepted last.
func (p *page) checks(col int, c column) {
	var plain []tonghop.Area
	for i, u := range p.o.communes {
		at := tonghop.Area{Top: p.first + i, Left: col, Bottom: p.first + i, Right: col}
		if before := p.o.before(u, c); before != "" {
			check := p.o.check(c, p.o.say("prompt_before", "period", p.o.period(p.o.Last), "value", before))
			check.Areas = []tonghop.Area{at}
			p.out.Checks = append(p.out.Checks, check)
			continue
		}
		if n := len(plain); n > 0 && plain[n-1].Bottom == at.Top-1 {
			plain[n-1].Bottom = at.Bottom
		} else {
			plain = append(plain, at)
		}
	}
	if len(plain) > 0 {
		check := p.o.check(c, "")
		check.Areas = plain
		p.out.Checks = append(p.out.Checks, check)
	}
}

// before is what the commune's last accepted report says of the column's
// field; "" if nothing.
func (o *Order) before(u tonghop.Unit, c column) string {
	i, ok := o.rows[u.Code]
	if !ok {
		return ""
	}
	v, ok := o.Before[i].Value(c.field, c.mark)
	if !ok || v.Doubt || v.Empty == tonghop.Unreadable {
		return ""
	}
	if v.Number.Valid && !c.mark {
		return strings.Replace(v.Figure(), ".", ",", 1)
	}
	return strings.TrimSpace(v.Shown)
}

// promptMost is how many letters Excel shows of a prompt.
const promptMost = 255

// check is what may be typed into a column; before stands first in its prompt.
func (o *Order) check(c column, before string) tonghop.InputCheck {
	if c.mark {
		marks := o.list("marks")
		out := tonghop.InputCheck{List: marks, Strict: true, ErrorPrompt: o.say("error_mark", "list", strings.Join(marks, ", "))}
		out.Title, out.Prompt = o.title(c), o.prompt(c, before, "prompt_mark")
		return out
	}
	in := c.indicator
	out := tonghop.InputCheck{Title: o.title(c), Min: "0", Max: "100"}
	key := "prompt_number"
	switch {
	case in.Type == tonghop.TypeCount:
		key, out.Whole, out.Max = "prompt_count", true, "1000000"
	case c.share():
		key = "prompt_share"
	default:
		out.Max = "1000000"
	}
	if r, ok := o.Form.Plausible[in.No]; ok {
		out.Min, out.Max = r[0], r[1]
	}
	out.Prompt = o.prompt(c, before, key)
	if out.ErrorPrompt = o.say("error_range", "min", out.Min, "max", out.Max); out.Whole {
		out.ErrorPrompt = o.say("error_count")
	}
	return out
}

// title names what a prompt is about.
func (o *Order) title(c column) string {
	if c.indicator == nil || len(c.criterion.Indicators) == 1 {
		return o.say("prompt_total", "no", strconv.Itoa(c.criterion.No))
	}
	return o.say("prompt_title", "no", c.indicator.No)
}

// prompt is the text shown when a cell is chosen. The name of the indicator is
// cut short where the whole would not fit.
func (o *Order) prompt(c column, before, key string) string {
	name, unit := c.criterion.Name, ""
	if c.indicator != nil {
		name, unit = c.indicator.Name, c.indicator.Unit
	}
	room := promptMost - len([]rune(before+o.say(key, "name", "", "unit", unit)))
	if letters := []rune(name); len(letters) > room {
		name = strings.TrimSpace(string(letters[:max(0, room-1)])) + "…"
	}
	return before + o.say(key, "name", name, "unit", unit)
}
