package validate

import (
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// named says which tolerance a finding is within or beyond.
func named(f tonghop.Finding, how string, t tonghop.Tolerance) tonghop.Finding {
	f = f.Arg(tonghop.ArgAnswer, how).Arg(tonghop.ArgTolerance, decimal.NewFromInt(int64(t.Number)).String()).Arg(tonghop.ArgDecider, t.By)
	return f.Arg(tonghop.ArgUntil, t.Until.Vietnamese()).Arg(tonghop.ArgExplained, t.Text).Arg(tonghop.ArgAgo, t.Period.String()).
		Arg(tonghop.ArgWas, t.Value).Arg(tonghop.ArgAllowed, comma(t.Amount)).Arg(tonghop.ArgAllowedKin, t.Kind)
}

// tolerance finds the tolerance that a finding is within, or else one that it is
// beyond.
func (e *explaining) tolerance(f tonghop.Finding) (t tonghop.Tolerance, within, found bool) {
	if f.Holds || f.Severity != tonghop.Query {
		return t, false, false
	}
	for _, o := range e.known.Tolerances {
		if !e.serves(o, f) {
			continue
		}
		if e.within(o, f) {
			return o, true, true
		}
		t, found = o, true
	}
	return t, false, found
}

// serves reports whether a tolerance is of what a finding asks, and in force.
func (e *explaining) serves(t tonghop.Tolerance, f tonghop.Finding) bool {
	return e.covers(t, f) && e.inForce(t)
}

// covers reports whether a tolerance is of what a finding asks, of its period or a
// later one, and nobody withdrew it.
func (e *explaining) covers(t tonghop.Tolerance, f tonghop.Finding) bool {
	return t.Withdrawn.IsZero() && t.Rule == f.Rule && t.Form == e.ret.Form && t.Province == e.ret.Province &&
		(t.Office == "" || t.Office == e.ret.Office.Code) && (t.Unit == "" || t.Unit == f.Unit) && t.Field == f.Field &&
		t.Period.Start() <= e.ret.Period.Start()
}

// inForce reports whether a tolerance has not ended, neither by its last day nor
// with the version of the form.
func (e *explaining) inForce(t tonghop.Tolerance) bool {
	version := ""
	if e.known.Form != nil {
		version = e.known.Form.Key()
	}
	return t.Version == version && e.ret.AsOf.Within("", t.Until)
}

// ended finds the last tolerance that is of what a finding asks and has ended.
func (e *explaining) ended(f tonghop.Finding) (t tonghop.Tolerance, found bool) {
	for _, o := range e.known.Tolerances {
		if e.covers(o, f) && !e.inForce(o) {
			t, found = o, true
		}
	}
	return t, found
}

// within reports whether a finding stays in a tolerance. What cannot be told is
// beyond it.
func (e *explaining) within(t tonghop.Tolerance, f tonghop.Finding) bool {
	if t.Kind == tonghop.ToleranceSame {
		return (tonghop.Explanation{Value: t.Value, Cells: t.Cells}).Of(f)
	}
	most, err := decimal.NewFromString(t.Amount)
	off, of, known := e.distance(t, f)
	return known && err == nil && off.LessThanOrEqual(most.Mul(of))
}

// off is how far a finding is from what was explained, for a sentence; "" = it
// cannot be told.
func (e *explaining) off(t tonghop.Tolerance, f tonghop.Finding) string {
	off, of, known := e.distance(t, f)
	if !known || of.IsZero() || t.Kind == tonghop.ToleranceSame {
		return ""
	}
	return comma(off.Div(of).Round(2).String())
}

// distance is how far a finding is from what was explained, as the kind of the
// tolerance counts it: cells, the difference, or a hundred times that in parts of
// the explained figure. of is what one of the amount stands for.
func (e *explaining) distance(t tonghop.Tolerance, f tonghop.Finding) (off, of decimal.Decimal, known bool) {
	one := decimal.NewFromInt(1)
	if t.Kind == tonghop.ToleranceCells {
		return decimal.NewFromInt(int64(f.CellCount())), one, f.CellCount() > 0
	}
	was, err := decimal.NewFromString(t.Figure)
	figure, ok := e.figure(f)
	if err != nil || !ok {
		return off, of, false
	}
	off = figure.Sub(was).Abs()
	if t.Kind == tonghop.TolerancePercent {
		return off.Mul(decimal.NewFromInt(100)), was.Abs(), true
	}
	return off, one, true
}
