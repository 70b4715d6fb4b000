package validate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// reach is how many criteria a commune can have met, by its own marks.
type reach struct {
	met, claimed int      // criteria marked as met; criteria marked at all
	failed       int      // criteria that cannot be met
	metRefs      []string // fields marked as met
	failedNos    []string
}

func (r *run) reach(row *tonghop.Row) reach {
	var out reach
	for _, cr := range r.criteria.Criteria {
		no := strconv.Itoa(cr.No)
		if m, ok := claim(row, cr); ok {
			out.claimed++
			if m.Mark == tonghop.Met || m.Mark == tonghop.MarkNotApplicable {
				out.met++
				out.metRefs = append(out.metRefs, no)
			} else {
				out.failed++
				out.failedNos = append(out.failedNos, no)
			}
			continue
		}
		switch byIndicators(row, cr) {
		case tonghop.Met:
			out.met++
			out.metRefs = append(out.metRefs, no)
		case tonghop.NotMet:
			out.failed++
			out.failedNos = append(out.failedNos, no)
		}
	}
	return out
}

// byIndicators is what the marks of its indicators make of a criterion that
// has none itself: not met if one of them is missed, met if all are there.
func byIndicators(row *tonghop.Row, cr tonghop.Criterion) tonghop.Mark {
	met := 0
	for _, in := range cr.Indicators {
		switch m, _ := markOf(row, in.No); m.Mark {
		case tonghop.NotMet, tonghop.BasicallyMet:
			return tonghop.NotMet
		case tonghop.Met, tonghop.MarkNotApplicable:
			met++
		}
	}
	if met == len(cr.Indicators) {
		return tonghop.Met
	}
	return tonghop.MarkNone
}

// totalAgainstMarks: with all criteria marked, the total is their number.
func totalAgainstMarks(r *run, rule tonghop.Rule) {
	r.rows(func(_ int, row *tonghop.Row) bool {
		v, ok := figureOf(row, tonghop.FieldTotalMet)
		got := r.reach(row)
		if !ok || got.claimed < len(r.criteria.Criteria) || v.Number.Decimal.Equal(decimal.NewFromInt(int64(got.met))) {
			return true
		}
		f := tonghop.Finding{Unit: row.Unit, Field: v.Field, Found: v.Shown, Expected: strconv.Itoa(got.met)}.At(v.Ref)
		r.say(rule, f.Arg("unit", row.Official).Arg("failed", strings.Join(got.failedNos, ", ")))
		return true
	})
}

// totalOutOfReach: with some criteria marked, the total lies between those
// marked as met and those not marked as missed.
func totalOutOfReach(r *run, rule tonghop.Rule) {
	all := len(r.criteria.Criteria)
	r.rows(func(_ int, row *tonghop.Row) bool {
		v, ok := figureOf(row, tonghop.FieldTotalMet)
		got := r.reach(row)
		if !ok || got.claimed == all {
			return true
		}
		low, high := decimal.NewFromInt(int64(got.met)), decimal.NewFromInt(int64(all-got.failed))
		if v.Number.Decimal.GreaterThanOrEqual(low) && v.Number.Decimal.LessThanOrEqual(high) {
			return true
		}
		f := tonghop.Finding{Unit: row.Unit, Field: v.Field, Found: v.Shown,
			Expected: between(low.String(), high.String())}.At(v.Ref)
		r.say(rule, f.Arg("unit", row.Official).Arg("failed", strings.Join(got.failedNos, ", ")).
			Arg("met", strings.Join(got.metRefs, ", ")))
		return true
	})
}

// between writes the numbers that are possible.
func between(low, high string) string {
	if low == high {
		return low
	}
	return low + " – " + high
}

// totalRow compares each figure of a summing row with what the rows give: all
// of them, those above it, or those below it, as forms have it.
func totalRow(r *run, rule tonghop.Rule) {
	asked := r.asked()
	for _, t := range r.ret.Totals {
		for _, v := range t.Values {
			scopes := r.scopes(t, v, asked)
			want, ok := expectTotal(t.Kind, v, scopes)
			if ok {
				continue
			}
			if want == "" {
				continue
			}
			f := tonghop.Finding{Field: v.Field, Found: v.Shown, Expected: comma(want)}.At(v.Ref)
			r.say(rule, f.Arg("label", t.Text).Arg("label_cell", t.Label.Cell()).Arg("addends", scopes[0].list()))
		}
	}
}

// scope is one set of rows that a total may stand for, in one column.
type scope struct {
	rows    int
	met     int
	marks   int
	open    int // values that are asked about at their cells, and may yet be anything
	figures []tonghop.Value
}

// list shows the addends with their addresses, at most ten.
func (s scope) list() string {
	var parts []string
	for i, v := range s.figures {
		if i == 10 {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, v.Ref.Cell()+" "+comma(v.Figure()))
	}
	return strings.Join(parts, " + ")
}

// scopes lists all rows that count, all rows at all, those between this total
// and the one before, and those between this one and the next; and, where a
// return has several tables, the rows of all of them, that count and at all.
func (r *run) scopes(t tonghop.Total, sum tonghop.Value, asked map[tonghop.Ref]bool) []scope {
	before, after := 0, 1<<30
	l := lineOf(t, sum)
	for _, o := range r.ret.Totals {
		if o.Label.Sheet != t.Label.Sheet || o.Kind != t.Kind {
			continue
		}
		if at := l.position(o.Label); at < l.at {
			before = max(before, at)
		} else if at > l.at {
			after = min(after, at)
		}
	}
	out := make([]scope, 6)
	nth := r.nth(l)
	for i := range r.ret.Rows {
		row := &r.ret.Rows[i]
		counts := row.LeftOut == "" && r.out.LeftOut[i] == ""
		values := l.values(row)
		if len(values) == 0 {
			if same := fieldsOf(row, sum.Field); nth < len(same) {
				if counts {
					out[4].add(same[nth:nth+1], asked)
				}
				out[5].add(same[nth:nth+1], asked)
			}
			continue
		}
		at := l.position(values[0].Ref)
		for k, in := range []bool{counts, true, at > before && at < l.at, at > l.at && at < after, counts, true} {
			if in {
				out[k].add(values, asked)
			}
		}
	}
	return out
}

// line is the column that a total sums up; of a table on its side, the row.
type line struct {
	sum    tonghop.Value
	turned bool
	at     int // where the total stands in it
}

func lineOf(t tonghop.Total, sum tonghop.Value) line {
	l := line{sum: sum, turned: sum.Ref.Row != t.Label.Row && sum.Ref.Col == t.Label.Col}
	l.at = l.position(t.Label)
	return l
}

// position is where a cell stands in the line.
func (l line) position(r tonghop.Ref) int {
	if l.turned {
		return r.Col
	}
	return r.Row
}

// values are those of a row that stand in the line.
func (l line) values(row *tonghop.Row) []tonghop.Value {
	var out []tonghop.Value
	for _, v := range row.Values {
		same := v.Ref.Col == l.sum.Ref.Col
		if l.turned {
			same = v.Ref.Row == l.sum.Ref.Row
		}
		if same && v.Ref.Sheet == l.sum.Ref.Sheet && v.Field == l.sum.Field {
			out = append(out, v)
		}
	}
	return out
}

// nth is which of a row's values of the field stands in the line: the figure
// or the mark beside it.
func (r *run) nth(l line) int {
	for i := range r.ret.Rows {
		row := &r.ret.Rows[i]
		if values := l.values(row); len(values) > 0 {
			return slices.IndexFunc(fieldsOf(row, l.sum.Field), func(v tonghop.Value) bool { return v.Ref == values[0].Ref })
		}
	}
	return 0
}

// fieldsOf lists a row's values of a field.
func fieldsOf(row *tonghop.Row, field string) []tonghop.Value {
	var out []tonghop.Value
	for _, v := range row.Values {
		if v.Field == field {
			out = append(out, v)
		}
	}
	return out
}

func (s *scope) add(values []tonghop.Value, asked map[tonghop.Ref]bool) {
	if len(values) > 0 {
		s.rows++
	}
	for _, v := range values {
		if asked[v.Ref] && v.Empty != tonghop.NotReported {
			s.open++
		}
		if v.Mark != tonghop.MarkNone {
			s.marks++
		}
		if v.Mark == tonghop.Met {
			s.met++
		}
		if v.Number.Valid {
			s.figures = append(s.figures, v)
		}
	}
}

// expectTotal says whether a total agrees with one of its scopes; if not, want
// is what the first scope gives, or "" where nothing can be said.
func expectTotal(kind tonghop.TotalKind, v tonghop.Value, scopes []scope) (want string, ok bool) {
	for i, s := range scopes {
		options := s.options(kind)
		if i == 0 && len(options) > 0 {
			want = options[0].Round(2).String()
		}
		if len(options) == 0 && i == 0 {
			return "", true
		}
		for _, o := range options {
			if near(kind, v.Number.Decimal, o) {
				return want, true
			}
		}
	}
	if slices.ContainsFunc(scopes, func(s scope) bool { return s.mayHide(kind, v.Number.Decimal) }) {
		return "", false
	}
	if kind == tonghop.TotalSum && len(scopes[0].figures) > 0 && !scopes[0].summable() && scopes[0].mayBe(v.Number.Decimal) {
		return want, true
	}
	return want, false
}

// options lists the figures that a summing row of a kind may honestly show.
func (s scope) options(kind tonghop.TotalKind) []decimal.Decimal {
	met, rows := decimal.NewFromInt(int64(s.met)), decimal.NewFromInt(int64(max(s.rows, 1)))
	var sum decimal.Decimal
	for _, v := range s.figures {
		sum = sum.Add(v.Number.Decimal)
	}
	n := decimal.NewFromInt(int64(max(len(s.figures), 1)))
	switch {
	case kind == tonghop.TotalCount && s.marks > 0:
		return []decimal.Decimal{met}
	case kind == tonghop.TotalShare && s.marks > 0:
		share := met.Div(rows)
		return []decimal.Decimal{share.Shift(2), share}
	case kind == tonghop.TotalAverage && len(s.figures) > 0:
		return []decimal.Decimal{sum.Div(n), sum.Div(rows)}
	case kind == tonghop.TotalSum && s.marks > 0 && len(s.figures) == 0:
		return []decimal.Decimal{met}
	case kind == tonghop.TotalSum && len(s.figures) > 0 && s.summable():
		return []decimal.Decimal{sum, sum.Div(n), met}
	case kind == tonghop.TotalSum && len(s.figures) > 0:
		return []decimal.Decimal{sum.Div(n), met, sum}
	}
	return nil
}

// summable reports whether figures may be added: things and criteria, but not
// shares, incomes or areas a head.
func (s scope) summable() bool {
	for _, v := range s.figures {
		if v.Measure == "%" || strings.Contains(v.Measure, "/") {
			return false
		}
	}
	return true
}

// mayBe reports whether a total of figures that cannot be added may be honest:
// a mean weighted by households, or a number of communes.
func (s scope) mayBe(d decimal.Decimal) bool {
	count := d.Equal(d.Truncate(0)) && d.LessThanOrEqual(decimal.NewFromInt(int64(s.rows)))
	return count || s.between(d)
}

// between reports whether a figure lies between the smallest and the largest
// of the rows.
func (s scope) between(d decimal.Decimal) bool {
	lo, hi := s.figures[0].Number.Decimal, s.figures[0].Number.Decimal
	for _, v := range s.figures {
		lo, hi = decimal.Min(lo, v.Number.Decimal), decimal.Max(hi, v.Number.Decimal)
	}
	return d.GreaterThanOrEqual(lo) && d.LessThanOrEqual(hi)
}

// near compares a typed total with a computed one: sums and counts exactly,
// shares and means at the precision typed, rounded or cut off.
func near(kind tonghop.TotalKind, typed, computed decimal.Decimal) bool {
	const most = 6 // decimals beyond which a spreadsheet's own rounding begins
	places := min(max(-typed.Exponent(), 0), most)
	slack := decimal.New(1, -most)
	if kind == tonghop.TotalShare || kind == tonghop.TotalAverage || places > 0 {
		slack = decimal.New(1, -places)
		if places == 0 {
			slack = decimal.New(5, -1)
		}
	}
	return typed.Sub(computed).Abs().LessThanOrEqual(slack)
}
