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
	version := ""
	if e.known.Form != nil {
		version = e.known.Form.Key()
	}
	return t.Withdrawn.IsZero() && t.Rule == f.Rule && t.Form == e.ret.Form && t.Version == version && t.Province == e.ret.Province &&
		(t.Office == "" || t.Office == e.ret.Office.Code) && (t.Unit == "" || t.Unit == f.Unit) && t.Field == f.Field &&
		e.ret.AsOf.Within("", t.Until) && t.Period.Start() <= e.ret.Period.Start()
}

// within reports whether a finding stays in a tolerance. What cannot be told is
// beyond it.
func (e *explaining) within(t tonghop.Tolerance, f tonghop.Finding) bool {
	if t.Kind == tonghop.ToleranceSame {
		return (tonghop.Explanation{Value: t.Value}).Of(f)
	}
	most, err := decimal.NewFromString(t.Amount)
	if err != nil {
		return false
	}
	if t.Kind == tonghop.ToleranceCells {
		cells := 0
		for _, a := range f.Areas {
			cells += (a.Bottom - a.Top + 1) * (a.Right - a.Left + 1)
		}
		return cells > 0 && decimal.NewFromInt(int64(cells)).LessThanOrEqual(most)
	}
	was, err := decimal.NewFromString(t.Figure)
	figure, ok := e.figure(f)
	if err != nil || !ok {
		return false
	}
	off := figure.Sub(was).Abs()
	if t.Kind == tonghop.TolerancePercent {
		off, most = off.Mul(decimal.NewFromInt(100)), most.Mul(was.Abs())
	}
	return off.LessThanOrEqual(most)
}
