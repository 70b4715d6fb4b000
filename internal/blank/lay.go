package blank

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// Order is which form is asked for.
type Order struct {
	Form     *tonghop.Form
	Criteria *tonghop.Criteria
	Register *tonghop.Register
	Layout   tonghop.Layout  // of the blank form
	Office   tonghop.Unit    // who fills it in
	Period   tonghop.Period  //
	AsOf     tonghop.Date    // whose communes and thresholds apply
	Before   []tonghop.Row   // what was accepted last, by commune; none is allowed
	Last     tonghop.Period  // the period of Before
	Receipt  string          // of the submission that Before is from
	Program  string          // version
	communes []tonghop.Unit  //
	missing  map[string]bool // words that the layout lacks
	rows     map[string]int  // of Before, by unit
	columns  []column        //
	sheet    tonghop.SheetLayout
}

// sideColumns stand left of the figures and on each printed page: number, code
// and name of the commune.
const sideColumns = 3

// Lay lays the blank form out as one sheet. Words that the layout lacks are an
// error that names them.
func Lay(o Order) (tonghop.Edition, error) {
	o.missing, o.rows = map[string]bool{}, map[string]int{}
	for i, r := range o.Before {
		if r.LeftOut == "" {
			o.rows[r.Unit] = i
		}
	}
	o.sheet = o.Layout.Sheets["form"]
	o.communes = o.Register.Communes(o.Office.Code, o.AsOf)
	if o.Office.Kind == tonghop.Xa {
		o.communes = []tonghop.Unit{o.Office}
	}
	o.columns = o.fieldColumns()
	s := o.page()
	out := tonghop.Edition{Form: o.Form.ID, Period: o.Period, AsOf: o.AsOf, Title: o.say("title"),
		Criteria: o.Criteria.ID, Program: o.Program, Sheets: []tonghop.EditionSheet{s}}
	if len(o.missing) > 0 {
		var keys []string
		for k := range o.missing {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		return out, tonghop.Fail("edition.words", nil, "keys", strings.Join(keys, ", "))
	}
	return out, nil
}

// say is the layout's text with {name} filled from pairs of name and value.
func (o *Order) say(key string, pairs ...string) string {
	text, ok := o.Layout.Words[key]
	if !ok {
		o.missing[key] = true
	}
	return fill(text, pairs...)
}

func fill(text string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// list is a text with one entry a line.
func (o *Order) list(key string) []string {
	return strings.FieldsFunc(o.say(key), func(r rune) bool { return r == '\n' })
}

// page lays the sheet out from top to bottom.
func (o *Order) page() tonghop.EditionSheet {
	p := &page{o: o, last: sideColumns + len(o.columns) + 2}
	p.out = tonghop.EditionSheet{Name: o.sheet.Name, Paper: o.sheet.Paper, Landscape: true, Scale: o.sheet.Scale,
		RepeatCol: sideColumns, Protected: true, Footer: o.say("footer", "office", o.Office.Name)}
	p.widths()
	p.heading()
	p.header()
	p.body()
	p.totals()
	p.closing()
	return p.out
}

// page is the sheet being laid out.
type page struct {
	o           *Order
	out         tonghop.EditionSheet
	last        int // column
	edge        int // last column of the first printed page
	first, rows int // first row of the communes, and the last
}

// put sets a cell; rows and columns count from 1.
func (p *page) put(row, col int, c tonghop.EditionCell) {
	for len(p.out.Rows) < row {
		p.out.Rows = append(p.out.Rows, tonghop.EditionRow{})
	}
	cells := &p.out.Rows[row-1].Cells
	for len(*cells) < col {
		*cells = append(*cells, tonghop.EditionCell{})
	}
	(*cells)[col-1] = c
}

// text puts a text over an area, merged if it is more than a cell.
func (p *page) text(style, text string, top, left, bottom, right int) {
	for row := top; row <= bottom; row++ {
		for col := left; col <= right; col++ {
			p.put(row, col, tonghop.EditionCell{Style: style})
		}
	}
	p.put(top, left, tonghop.EditionCell{Style: style, Text: text})
	if top != bottom || left != right {
		p.out.Merges = append(p.out.Merges, tonghop.Area{Top: top, Left: left, Bottom: bottom, Right: right})
	}
}

// widths sets the columns' widths and where printed pages end.
func (p *page) widths() {
	wide := func(key string) {
		l, ok := p.o.sheet.Columns[key]
		if !ok {
			p.o.missing["column "+key] = true
		}
		p.out.Widths = append(p.out.Widths, l.Width)
	}
	for _, key := range []string{"number", "code", "commune"} {
		wide(key)
	}
	for i, c := range p.o.columns {
		if c.mark {
			wide("mark")
		} else {
			wide("figure")
		}
		next := i+1 < len(p.o.columns) && p.o.columns[i+1].criterion.No != c.criterion.No
		for _, end := range p.o.sheet.PageEnds {
			if next && c.criterion.No == end {
				p.out.Breaks = append(p.out.Breaks, sideColumns+i+1)
			}
		}
	}
	wide("total")
	wide("note")
	if p.edge = p.last; len(p.out.Breaks) > 0 {
		p.edge = p.out.Breaks[0]
	}
}

// heading puts what stands over the table on the first printed page. What
// stands in the columns that each page repeats appears on all of them.
func (p *page) heading() {
	o := p.o
	province, _ := o.Register.Province(o.Office.Code, o.AsOf)
	superior := province
	if o.Office.Kind.Level() == 2 {
		superior = province
	} else if parent, ok := o.Register.Unit(o.Office.Parent, o.AsOf); ok {
		superior = parent
	}
	left, right := sideColumns, sideColumns+1
	p.text("superior", o.say("superior", "province", strings.ToUpper(superior.Name)), 1, 1, 1, left)
	p.text("state", o.say("state"), 1, right, 1, p.edge)
	p.text("office", o.say("office", "office", strings.ToUpper(o.Office.Name)), 2, 1, 2, left)
	p.text("motto", o.say("motto"), 2, right, 2, p.edge)
	p.text("title", o.say("title"), 3, right, 3, p.edge)
	p.text("subtitle", o.say("subtitle", "period", o.period(o.Period), "date", o.AsOf.Vietnamese()), 4, right, 4, p.edge)
	p.text("measure", o.say("measure"), 5, right, 5, p.edge)
}

// period writes a period with the layout's words.
func (o *Order) period(p tonghop.Period) string {
	key := map[tonghop.PeriodKind]string{tonghop.Month: "period.month", tonghop.Quarter: "period.quarter",
		tonghop.HalfYear: "period.half" + strconv.Itoa(p.N), tonghop.NineMonths: "period.nine", tonghop.Year: "period.year"}[p.Kind]
	roman := ""
	if p.Kind == tonghop.Quarter {
		roman = []string{"I", "II", "III", "IV"}[p.N-1]
	}
	return o.say(key, "n", strconv.Itoa(p.N), "year", strconv.Itoa(p.Year), "roman", roman)
}

// place is the office's name without its kind.
func (o *Order) place() string {
	for _, kind := range o.list("kinds") {
		if rest, ok := strings.CutPrefix(o.Office.Name, kind+" "); ok {
			return rest
		}
	}
	return o.Office.Name
}

// closing puts the notes and the block of those who sign under the table.
func (p *page) closing() {
	o, left := p.o, sideColumns+1
	row := len(p.out.Rows) + 2
	keep := row - 1
	p.text("legend_title", o.say("legend"), row, left, row, p.edge)
	for _, line := range o.sheet.Legend {
		row++
		p.text("legend", fill(line, "basis", o.Criteria.Basis), row, left, row, p.edge)
	}
	if line, ok := o.Layout.Words["legend_before"]; ok && len(o.rows) > 0 { // what only prompts say is easily missed
		row++
		p.text("legend", fill(line, "period", o.period(o.Last), "receipt", o.Receipt), row, left, row, p.edge)
	}
	split := left + (p.edge-left)/2
	row += 2
	p.text("date", o.say("sign_date", "place", o.place()), row, split+1, row, p.edge)
	p.text("sign", o.say("sign_left"), row+1, left, row+1, split)
	p.text("sign", o.say("sign_right"), row+1, split+1, row+1, p.edge)
	p.text("sign_hint", o.say("sign_left_hint"), row+2, left, row+2, split)
	p.text("sign_hint", o.say("sign_right_hint"), row+2, split+1, row+2, p.edge)
	const toSign = 4
	p.put(row+2+toSign, 1, tonghop.EditionCell{})
	p.out.Keep = append(p.out.Keep, [2]int{keep, row + 2 + toSign})
}

// address is a cell's address, or with a column alone kept.
func address(col, row int) string { return tonghop.Ref{Row: row, Col: col}.Cell() }

// down is the communes' rows of a column: F11:F25.
func (p *page) down(col int) string {
	return fmt.Sprintf("%s:%s", address(col, p.first), address(col, p.rows))
}
