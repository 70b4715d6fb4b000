package validate

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// totalRow compares each figure of a summing row with what the rows give: all
// of them, those above it, or those below it, as forms have it.
func totalRow(r *run, rule tonghop.Rule) {
	for _, t := range r.ret.Totals {
		scopes := make([][]scope, len(t.Values))
		agreed := make([][]int, len(t.Values))
		for i, v := range t.Values {
			scopes[i] = r.scopes(t, v)
			agreed[i] = agreeing(t.Kind, v, scopes[i])
		}
		way, sure := wayOf(agreed)
		for i, v := range t.Values {
			want, ok := expectTotal(t.Kind, v, scopes[i])
			odd := ok && sure && len(agreed[i]) > 0 && !slices.Contains(agreed[i], way)
			if want == "" || ok && !odd {
				continue
			}
			f := tonghop.Finding{Field: v.Field, Found: v.Shown, Expected: comma(want)}.At(v.Ref)
			f = f.Arg("label", t.Text).Arg("label_cell", t.Label.Cell()).Arg("addends", scopes[i][0].list())
			r.say(rule, scopes[i][0].says(f))
		}
	}
}

// scopes lists all rows that count, all rows at all, those between this total
// and the one before, and those between this one and the next; and, where a
// return has several tables, the rows of all of them, that count and at all.
func (r *run) scopes(t tonghop.Total, sum tonghop.Value) []scope {
	l := lineOf(t, sum)
	before, after := r.nextTotals(t, l)
	out := make([]scope, 6)
	nth := r.nth(l)
	here, beside := twins{}, twins{}
	for i := range r.ret.Rows {
		row := &r.ret.Rows[i]
		counts := row.LeftOut == "" && r.out.LeftOut[i] == ""
		values := l.values(row)
		if len(values) == 0 {
			same := fieldsOf(row, sum.Field)
			if nth >= len(same) {
				continue
			}
			values = same[nth : nth+1]
			out[5].add(values, func(v tonghop.Value) bool { return counts && r.open(v) })
			if counts {
				out[4].add(values, r.open)
			} else if r.left(i) {
				beside.add(row.Unit, values)
			}
			continue
		}
		at := l.position(values[0].Ref)
		for k, in := range []bool{counts, true, at > before && at < l.at, at > l.at && at < after, counts, true} {
			if in {
				out[k].add(values, func(v tonghop.Value) bool { return counts && r.open(v) })
			}
		}
		if r.left(i) {
			here.add(row.Unit, values)
			beside.add(row.Unit, values)
		}
	}
	here.into(&out[0], r.open)
	beside.into(&out[4], r.open)
	return out
}

// nextTotals is where the totals of the same kind before and behind one stand.
func (r *run) nextTotals(t tonghop.Total, l line) (before, after int) {
	before, after = 0, 1<<30
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
	return before, after
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
