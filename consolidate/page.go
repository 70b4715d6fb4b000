package consolidate

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// cell shortens the name that every sheet writes a hundred times.
type cell = tonghop.EditionCell

// column is one column of a sheet: its key in the layout, the header text that
// is the contract, and what stands over it.
type column struct {
	key   string
	label string
	group string // over several columns
	name  string // of the criterion, over its columns
	unit  string // of measure
}

// Proportions of the heading and the closing block.
const (
	leftPart      = 0.42 // of the width, for the left half
	signatureRows = 4    // blank rows to sign in
)

// sheet is a sheet being laid out.
type sheet struct {
	p    *province
	key  string
	plan tonghop.SheetLayout
	cols []column
	side int // name columns repeated on each printed page, where it has several in width
	out  tonghop.EditionSheet
}

// newSheet starts a sheet with its columns. A column with a key and no label
// takes the layout's.
func (p *province) newSheet(key string, cols ...column) *sheet {
	plan, ok := p.in.Layout.Sheets[key]
	if !ok {
		p.w.missing["sheet "+key] = true
	}
	s := &sheet{p: p, key: key, plan: plan, cols: cols}
	s.out = tonghop.EditionSheet{Name: plan.Name, Landscape: !plan.Upright, Paper: plan.Paper,
		Scale: plan.Scale, Footer: p.w.say("page.footer")}
	for i, c := range s.cols {
		l, ok := plan.Columns[c.key]
		if !ok {
			p.w.missing["column "+key+"."+c.key] = true
		}
		if c.label == "" {
			s.cols[i].label = l.Label
		}
		s.out.Widths = append(s.out.Widths, l.Width)
	}
	return s
}

// add appends a row and returns its number.
func (s *sheet) add(cells ...cell) int {
	s.out.Rows = append(s.out.Rows, tonghop.EditionRow{Cells: cells})
	return len(s.out.Rows)
}

// next is the number of the row that add appends next.
func (s *sheet) next() int { return len(s.out.Rows) + 1 }

// merge joins an area; one cell alone needs no joining.
func (s *sheet) merge(top, left, bottom, right int) {
	if top != bottom || left != right {
		s.out.Merges = append(s.out.Merges, tonghop.Area{Top: top, Left: left, Bottom: bottom, Right: right})
	}
}

// line adds a row with one text over an area of columns.
func (s *sheet) line(style, text string, left, right int) {
	row := s.add(span(style, text, left, right)...)
	s.merge(row, left, row, right)
}

// pair adds a row with a text on the left and one on the right half.
func (s *sheet) pair(leftStyle, left, rightStyle, right string, first, split, last int) {
	row := s.add(append(span(leftStyle, left, first, split), span(rightStyle, right, split+1, last)[split:]...)...)
	s.merge(row, first, row, split)
	s.merge(row, split+1, row, last)
}

// span is a row of cells up to right with text at left, all in one style.
func span(style, text string, left, right int) []cell {
	cells := make([]cell, right)
	for i := left - 1; i < right; i++ {
		cells[i].Style = style
	}
	cells[left-1].Text = text
	return cells
}

// heading adds what stands over the table, inside the columns up to last so
// that it prints on one page. Name columns that each page repeats hold the
// left half and nothing else, so that no page shows half a title.
func (s *sheet) heading(last int) {
	p := s.p
	if s.plan.State {
		split := s.side
		if split == 0 {
			split = s.split(1, last)
		}
		superior := p.w.say("head.superior") + " " + strings.ToUpper(p.in.Province.Name)
		s.pair("superior", superior, "state", p.w.say("head.state"), 1, split, last)
		s.pair("office", p.w.say("head.office"), "motto", p.w.say("head.motto"), 1, split, last)
		s.pair("rule", p.w.say("head.rule"), "place", p.w.say("head.date", "place", p.place()), 1, split, last)
		s.add()
	}
	s.line("title", s.plan.Title, s.side+1, last)
	s.line("subtitle", p.w.say("head.subtitle", "period", p.period(p.in.Period), "date", p.on.Vietnamese(),
		"basis", p.criteria.Basis), s.side+1, last)
	s.line("coverage", p.w.say("head.coverage", "offices", ofN(p.reporting(), len(p.offices)),
		"communes", ofN(len(reported(p.all())), len(p.all()))), s.side+1, last)
	s.add()
}

// split is the column after which the right half of a block begins.
func (s *sheet) split(first, last int) int {
	whole := 0.0
	for _, w := range s.out.Widths[first-1 : last] {
		whole += w
	}
	left := 0.0
	for col := first; col < last; col++ {
		if left += s.out.Widths[col-1]; left >= whole*leftPart {
			return col
		}
	}
	return last - 1
}

// header adds the rows of the table's head. The last of them holds every
// header text of the contract.
func (s *sheet) header() {
	first := s.next()
	s.over(func(c column) string { return c.group }, func(int) string { return "head_group" })
	s.over(func(c column) string { return c.name }, func(wide int) string {
		if wide < 4 {
			return "head_turned"
		}
		return "head"
	})
	if s.has(func(c column) string { return c.unit }) {
		row := make([]cell, len(s.cols))
		for i, c := range s.cols {
			row[i] = cell{Text: c.unit, Style: "head_light"}
		}
		s.add(row...)
	}
	labels := make([]cell, len(s.cols))
	for i, c := range s.cols {
		labels[i] = cell{Text: c.label, Style: "head"}
	}
	last := s.add(labels...)
	s.out.Repeat = [2]int{first, last}
}

// has reports whether any column has the text.
func (s *sheet) has(text func(column) string) bool {
	for _, c := range s.cols {
		if text(c) != "" {
			return true
		}
	}
	return false
}

// over adds a head row in which neighbours with the same text share one cell.
func (s *sheet) over(text func(column) string, style func(wide int) string) {
	if !s.has(text) {
		return
	}
	row := make([]cell, len(s.cols))
	at := s.next()
	for i := 0; i < len(s.cols); {
		j := i
		for j+1 < len(s.cols) && text(s.cols[j+1]) == text(s.cols[i]) && s.same(i, j+1) {
			j++
		}
		look := "head"
		if text(s.cols[i]) != "" {
			look = style(j - i + 1)
		}
		for k := i; k <= j; k++ {
			row[k].Style = look
		}
		row[i].Text = text(s.cols[i])
		s.merge(at, i+1, at, j+1)
		i = j + 1
	}
	s.add(row...)
}

// same keeps columns without any text over them apart when their groups
// differ.
func (s *sheet) same(i, j int) bool { return s.cols[i].group == s.cols[j].group }

// freeze keeps the first columns in view and on each page, and the head too
// unless the heading block above it would fill a small screen.
func (s *sheet) freeze(cols int) {
	s.out.Freeze = [2]int{s.out.Repeat[1], cols}
	if s.plan.State {
		s.out.Freeze[0] = 0
	}
	s.out.RepeatCol = cols
}

// closing adds what stands under the table: the legend, with more lines that
// depend on the figures, and the block of those who sign. It stays on one page
// with the last rows of the table.
func (s *sheet) closing(last int, more ...string) {
	keep := len(s.out.Rows) - 1
	s.legend(s.side+1, last, append(append([]string(nil), s.plan.Legend...), more...))
	if s.plan.Signature {
		s.signature(s.side+1, last)
	}
	if n := len(s.out.Rows); keep >= s.out.Repeat[1]+1 && n > keep {
		s.out.Keep = append(s.out.Keep, [2]int{keep, n})
	}
}

// legend adds the lines that explain the table.
func (s *sheet) legend(first, last int, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.add()
	s.line("legend_title", s.p.w.say("legend.title"), first, last)
	for _, l := range lines {
		s.line("legend", l, first, last)
	}
}

// signature adds the block of those who sign, with room for their names.
func (s *sheet) signature(first, last int) {
	split := s.split(first, last)
	s.add()
	s.pair("sign", s.p.w.say("sign.left"), "sign", s.p.w.say("sign.right"), first, split, last)
	s.pair("sign_hint", s.p.w.say("sign.left_hint"), "sign_hint", s.p.w.say("sign.right_hint"), first, split, last)
	for range signatureRows {
		s.add()
	}
}

// label is a cell with words only.
func label(style, text string) cell { return cell{Style: style, Text: text} }

// count is a cell with a whole number.
func count(style string, n int, t *tonghop.Trace) cell {
	return number(style, decimal.NewFromInt(int64(n)), t)
}

// number is a cell with a figure.
func number(style string, d decimal.Decimal, t *tonghop.Trace) cell {
	return cell{Style: style, Number: decimal.NewNullDecimal(d), Trace: t}
}

// live is a cell whose figure a formula keeps.
func live(c cell, formula string) cell {
	c.Formula = formula
	return c
}

// address writes a cell's address: C12.
func address(col, row int) string { return tonghop.Ref{Row: row, Col: col}.Cell() }

// quoted names the sheet inside a formula: 'Tổng hợp'!
func (s *sheet) quoted() string { return "'" + strings.ReplaceAll(s.out.Name, "'", "''") + "'!" }

// fixed is an absolute range of one column of this sheet, for formulas of
// another: 'Xã'!$W$12:$W$96.
func (s *sheet) fixed(col, top, bottom int) string {
	name := "$" + tonghop.ColumnName(col) + "$"
	return s.quoted() + name + itoa(top) + ":" + name + itoa(bottom)
}
