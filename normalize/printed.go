package normalize

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// printed collects the thresholds that the form prints: in rows such as "Yêu
// cầu", and behind names in the header. What cannot be read for certain is no
// threshold; the words "Đạt" and "Tỉnh quy định" are none either.
func (r *reader) printed(rows []seenRow) []tonghop.Printed {
	var out []tonghop.Printed
	seen := map[tonghop.Ref]bool{}
	for _, c := range r.fields {
		in, _, ok := r.n.known.Criteria.Indicator(c.Field)
		if !ok || in.Type == tonghop.TypeMark || in.Type == tonghop.TypeGrade {
			continue
		}
		for row := r.cover.Header.Top; row <= r.cover.Header.Bottom; row++ {
			a := r.g.area(row, c.Col)
			at := r.g.ref(a.Top, a.Left)
			if !seen[at] && r.only(a, c.Field) {
				seen[at] = true
				out = append(out, printedIn(r.g.text(row, c.Col), in, at)...)
			}
		}
		for _, s := range rows {
			a := r.g.area(s.row, c.Col)
			at := r.g.ref(a.Top, a.Left)
			if s.kind != rowRequire || seen[at] || !r.only(a, c.Field) {
				continue
			}
			seen[at] = true
			if p, ok := printedCell(r.g.cell(s.row, c.Col), in, at); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// demands reports whether a row without a commune's name asks for results
// instead of giving them: "≥ 80" in at least three cells, and no bare figure.
func (r *reader) demands(row int) bool {
	asked := 0
	for _, c := range r.fields {
		cell := r.g.cell(row, c.Col)
		if cell.Blank() || !r.g.own(row, c.Col) {
			continue
		}
		if cell.Kind == tonghop.CellNumber {
			return false
		}
		if all := viet.Numbers(footmark.ReplaceAllString(viet.Clean(cell.Stored), "")); len(all) > 0 && all[0].Operator != "" {
			asked++
		} else if len(all) > 0 {
			return false
		}
	}
	return asked >= 3
}

// only reports whether an area stands over columns of one field alone.
func (r *reader) only(a tonghop.Area, field string) bool {
	for _, c := range r.fields {
		if c.Field != field && a.Left <= c.Col && c.Col <= a.Right {
			return false
		}
	}
	return true
}

// printedCell reads a cell of a row of thresholds.
func printedCell(c *tonghop.Cell, in tonghop.Indicator, at tonghop.Ref) (tonghop.Printed, bool) {
	p := tonghop.Printed{Field: in.No, Text: shownText(c), Ref: at}
	if c.Blank() || c.HasForm && !c.Cached && !c.Computed || c.Style.Date {
		return p, false
	}
	if c.Kind == tonghop.CellNumber {
		figure, ok := viet.Canonical(c.Stored)
		d, err := decimal.NewFromString(figure)
		if p.Figure = d; c.Style.Percent {
			p.Figure = d.Shift(2)
		}
		return p, ok && err == nil
	}
	text := strings.TrimSpace(footmark.ReplaceAllString(viet.Clean(c.Stored), ""))
	text = strings.TrimSpace(strings.Trim(demand.ReplaceAllString(text, ""), "()[]"))
	read, ok := thresholdOf(text, in)
	read.Text, read.Ref = p.Text, p.Ref
	return read, ok
}

var (
	footmark = regexp.MustCompile(`[ *†‡]*(\([*†‡0-9]{1,3}\))?[ *†‡]*$`)      // "≥ 80 *", "80% (1)"
	demand   = regexp.MustCompile(`(?i)^(yêu cầu|quy định|đạt|chuẩn)[ :.-]*`) // "Đạt ≥ 80%"
)

// inHeader finds figures that a header text asks for. A number counts only
// behind a sign or a word that compares or demands, and with no other unit than
// the indicator's: "dưới 5 tuổi" asks for nothing.
var inHeader = regexp.MustCompile(`(?i)(?:yêu cầu|quy định|` + compares + `)[ :]*(?:` + compares + `)?[ ]*([0-9][0-9.,]*[ ]*%?)((?:m[23]|[^0-9)\]};,])*)`)

const compares = `≥|≤|>=|<=|=>|=<|>|<|từ |ít nhất |tối thiểu |trên |không quá |tối đa |dưới `

// printedIn reads a header text. What stands behind a number that asks for nothing
// is looked through as well: "trẻ dưới 5 tuổi suy dinh dưỡng (≤ 19%)".
func printedIn(text string, in tonghop.Indicator, at tonghop.Ref) []tonghop.Printed {
	var out []tonghop.Printed
	for rest := text; ; {
		m := inHeader.FindStringSubmatchIndex(rest)
		if m == nil {
			return out
		}
		found := rest[m[0]:m[1]]
		found = strings.TrimSpace(strings.TrimRight(demand.ReplaceAllString(found, ""), " .-–:"))
		p, ok := thresholdOf(found, in)
		if !ok {
			rest = rest[m[3]:]
			continue
		}
		p.Text, p.Ref = text, at
		out, rest = append(out, p), rest[m[1]:]
	}
}

// thresholdOf reads "≥ 80%", "từ 80% trở lên", "56 triệu đồng/người/năm". "More
// than" and "at least" are not told apart, for forms do not.
func thresholdOf(text string, in tonghop.Indicator) (tonghop.Printed, bool) {
	p := tonghop.Printed{Field: in.No}
	all := viet.Numbers(text)
	if len(all) != 1 || all[0].Operator == "~" || all[0].Unit != "" && !sameMeasure(all[0].Unit, in.Unit) {
		return p, false
	}
	if all[0].Percent && viet.Key(in.Unit) != "" {
		return p, false
	}
	p.Operator = map[string]string{">": ">=", ">=": ">=", "<": "<=", "<=": "<="}[all[0].Operator]
	figure, err := decimal.NewFromString(all[0].Figure)
	p.Figure = figure
	return p, err == nil
}
