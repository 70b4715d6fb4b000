package tonghop

import "github.com/shopspring/decimal"

// Last is what an office reported last with a form: the figures of its accepted
// return for an earlier period, as far as nobody doubts them. The zero Last is
// none.
type Last struct {
	Form    string
	Period  Period
	AsOf    Date   // the date whose rules judged it
	Receipt string // of its submission

	// Figures are by code of unit and field, in the field's own unit of measure.
	Figures map[string]map[string]decimal.Decimal
}

// LastOf is what a return says for those that come after it. Rows that do not
// count, a unit with two rows, values that an open query names and fields with
// two different figures say nothing.
func LastOf(r *Return) Last {
	l := Last{Form: r.Form, Period: r.Period, AsOf: r.AsOf, Receipt: r.Submission.Receipt, Figures: map[string]map[string]decimal.Decimal{}}
	rows := map[string]int{}
	for i := range r.Rows {
		if r.Rows[i].LeftOut == "" {
			rows[r.Rows[i].Unit]++
		}
	}
	for i := range r.Rows {
		if row := &r.Rows[i]; row.LeftOut == "" && row.Unit != "" && rows[row.Unit] == 1 {
			if figures := row.undoubted(); len(figures) > 0 {
				l.Figures[row.Unit] = figures
			}
		}
	}
	return l
}

// undoubted are the figures of the row that nobody doubts, by field.
func (r *Row) undoubted() map[string]decimal.Decimal {
	figures, doubted := map[string]decimal.Decimal{}, map[string]bool{}
	for _, v := range r.Values {
		if !v.Number.Valid {
			doubted[v.Field] = doubted[v.Field] || v.Doubt && v.Mark == MarkNone
			continue
		}
		known, twice := figures[v.Field]
		doubted[v.Field] = doubted[v.Field] || v.Doubt || twice && !known.Equal(v.Number.Decimal)
		figures[v.Field] = v.Number.Decimal
	}
	for field := range figures {
		if doubted[field] {
			delete(figures, field)
		}
	}
	return figures
}

// History is what an office reported before, the nearest period first.
type History []Last

// Figure is what was reported last of a unit's field, and in which report; ok is
// false if none of them says. A figure in doubt says nothing, so the same fault
// in a second month is still compared with what stood before the first.
func (h History) Figure(unit, field string) (d decimal.Decimal, from Last, ok bool) {
	for _, l := range h {
		if d, ok := l.Figures[unit][field]; ok {
			return d, l, true
		}
	}
	return d, from, false
}
