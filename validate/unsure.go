package validate

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// A total is not blamed for what is asked about its addends: a cell that could
// not be read, that is empty or that a question names may hold what the office
// counted, and of a commune with two rows that differ either may be the one.
// The question stands at that cell already; a second one at the total would only
// repeat it.

// twins are the rows of the communes that stand twice and differ, by commune;
// none of them counts, and each commune is one addend all the same.
type twins map[string][][]tonghop.Value

// add keeps what one of the rows says in the line of a total.
func (t twins) add(unit string, values []tonghop.Value) {
	t[unit] = append(t[unit], values)
}

// into adds each commune once: what its rows agree on, or else an open addend.
func (t twins) into(s *scope, open func(tonghop.Value) bool) {
	for _, rows := range t {
		first := rows[0]
		differ := slices.ContainsFunc(rows[1:], func(other []tonghop.Value) bool {
			return !slices.EqualFunc(first, other, func(v, w tonghop.Value) bool {
				return v.Mark == w.Mark && v.Figure() == w.Figure() && v.Empty == w.Empty
			})
		})
		s.add(first, func(v tonghop.Value) bool { return differ || open(v) })
	}
}

// left reports whether a row does not count because its commune has another one
// that differs.
func (r *run) left(i int) bool {
	row := &r.ret.Rows[i]
	return row.LeftOut == "" && r.out.LeftOut[i] != "" && row.Unit != "" && r.differing[row.Unit]
}

// open reports whether it is not certain what a cell says: it could not be read,
// nothing stands in it, or a question names it.
func (r *run) open(v tonghop.Value) bool {
	if v.Empty == tonghop.Unreadable || v.Empty == tonghop.NotReported {
		return true
	}
	if r.asked == nil {
		r.asked = map[string][]tonghop.Finding{}
		for _, f := range r.ret.Findings {
			if f.Severity != tonghop.Note && f.Field != "" {
				r.asked[f.Field] = append(r.asked[f.Field], f)
			}
		}
	}
	return slices.ContainsFunc(r.asked[v.Field], func(f tonghop.Finding) bool { return f.Names(v.Ref) })
}

// allows reports whether a figure may be the total of a scope with open addends:
// of a count, if no more are counted than these; of figures, always.
func (s scope) allows(kind tonghop.TotalKind, typed decimal.Decimal) bool {
	if s.open == 0 {
		return false
	}
	if s.marks == 0 || len(s.figures) > 0 {
		return true
	}
	for more := 0; more <= s.open; more++ {
		with := s
		with.met += more
		for _, o := range with.options(kind) {
			if near(kind, typed, o) {
				return true
			}
		}
	}
	return false
}

// agreeing lists the scopes with which a total agrees.
func agreeing(kind tonghop.TotalKind, v tonghop.Value, scopes []scope) []int {
	var out []int
	for k, s := range scopes {
		agrees := s.allows(kind, v.Number.Decimal)
		for _, o := range s.options(kind) {
			agrees = agrees || near(kind, v.Number.Decimal, o)
		}
		if agrees {
			out = append(out, k)
		}
	}
	return out
}

// wayOf is the scope that a summing row sums up, if nearly all of its figures
// agree with one: a row is summed in one way, and a figure of it that agrees
// only with another, such as a commune counted twice, does so by chance.
func wayOf(agreed [][]int) (way int, sure bool) {
	const few = 4
	votes := map[int]int{}
	for _, scopes := range agreed {
		for _, k := range scopes {
			votes[k]++
		}
	}
	for _, k := range slices.Sorted(maps.Keys(votes)) {
		if votes[k] > votes[way] {
			way = k
		}
	}
	return way, len(agreed) >= few && votes[way]*5 >= len(agreed)*4
}
