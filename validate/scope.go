package validate

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// scope is one set of rows that a total may stand for, in one column.
type scope struct {
	rows    int
	met     int
	marks   int
	open    int // addends of which it is not certain what they say
	figures []tonghop.Value
	unmet   []tonghop.Value // marks that do not count as met
	area    tonghop.Area    // from the first to the last mark
}

// says adds to a finding what a count of marks was made of: where they stand, and which
// of them, at most ten, are not met.
func (s scope) says(f tonghop.Finding) tonghop.Finding {
	if len(s.figures) > 0 || s.area.Top == 0 {
		return f
	}
	var cells []string
	for i, v := range s.unmet {
		if i == 10 {
			cells = append(cells, "…")
			break
		}
		cells = append(cells, v.Ref.Cell())
	}
	if len(cells) == 0 {
		return f.Arg("all_met", s.area.String())
	}
	return f.Arg("span", s.area.String()).Arg("unmet", strings.Join(cells, ", "))
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

// add takes one row's values into the scope; those of which open says that they
// are not certain are numbered and not counted.
func (s *scope) add(values []tonghop.Value, open func(tonghop.Value) bool) {
	if len(values) > 0 {
		s.rows++
	}
	for _, v := range values {
		if open(v) {
			s.open++
			if v.Mark != tonghop.MarkNone {
				s.marks++
			}
			continue
		}
		if v.Mark != tonghop.MarkNone {
			s.marks++
		}
		if v.Mark != tonghop.MarkNone {
			cell := tonghop.Area{Top: v.Ref.Row, Left: v.Ref.Col, Bottom: v.Ref.Row, Right: v.Ref.Col}
			if s.area.Top == 0 {
				s.area = cell
			}
			s.area = join(s.area, cell)
		}
		if v.Mark == tonghop.Met {
			s.met++
		} else if v.Mark != tonghop.MarkNone {
			s.unmet = append(s.unmet, v)
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
		if s.allows(kind, v.Number.Decimal) {
			return want, true
		}
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
