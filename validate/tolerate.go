package validate

import (
	"maps"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Answered is what explanations make of the findings of a return.
type Answered struct {
	Findings  []tonghop.Finding
	Explained []tonghop.Explanation // what was typed into this file, with what it is about
	Lost      []tonghop.Explanation // what was typed about a question that is not asked any more
}

// Explain weighs what an office explained against what is asked of its return:
// what it typed into this file (ret.Explained), what it explained before, and
// the tolerances that came of it. Nothing is taken away: a question that is
// answered is still there, as a note where the coordination office let it pass. It
// changes nothing in ret.
func Explain(ret *tonghop.Return, known tonghop.Known) Answered {
	e := &explaining{ret: ret, known: known}
	out := Answered{}
	used := map[int]bool{}
	for _, f := range ret.Findings {
		f = unanswered(f)
		if f.Severity == tonghop.Note {
			out.Findings = append(out.Findings, f)
			continue
		}
		typed := tonghop.Explained(f, ret.Findings, ret.Explained)
		if typed >= 0 {
			used[typed] = true
			out.Explained = append(out.Explained, e.complete(ret.Explained[typed], f))
		}
		out.Findings = append(out.Findings, e.answer(f, typed))
	}
	for i, x := range ret.Explained {
		if !used[i] {
			out.Lost = append(out.Lost, x)
		}
	}
	standAlone(out.Findings)
	return out
}

// explaining is one return under judgement.
type explaining struct {
	ret   *tonghop.Return
	known tonghop.Known
}

// unanswered takes what was said of an earlier answer from a finding.
func unanswered(f tonghop.Finding) tonghop.Finding {
	if f.Args[tonghop.ArgAnswer] == "" {
		return f
	}
	args := maps.Clone(f.Args)
	if f.Severity == tonghop.Note { // only a question is ever let pass
		f.Severity = tonghop.Query
	}
	for _, name := range []string{tonghop.ArgAnswer, tonghop.ArgExplained, tonghop.ArgPerson, tonghop.ArgWas, tonghop.ArgAgo, tonghop.ArgDecider,
		tonghop.ArgReason, tonghop.ArgTolerance, tonghop.ArgUntil, tonghop.ArgAllowed, tonghop.ArgAllowedKin} {
		delete(args, name)
	}
	f.Args = args
	return f
}

// complete says of what was typed what it is about. The value is that of the list:
// another one may stand in the cell by now.
func (e *explaining) complete(x tonghop.Explanation, f tonghop.Finding) tonghop.Explanation {
	x.Form, x.Office, x.Province, x.Period = e.ret.Form, e.ret.Office, e.ret.Province, e.ret.Period
	x.Severity, x.Holds, x.Sheet, x.Cells, x.Unit, x.Field = f.Severity, f.Holds, f.Sheet, f.Cells(), f.Unit, f.Field
	if d, ok := e.figure(f); ok && x.Of(f) {
		x.Figure = d.String()
	}
	x.State = tonghop.ExplanationOpen
	x.Receipt, x.Received = e.ret.Submission.Receipt, e.ret.Submission.Received
	return x
}

// figure is the figure that a finding asks about.
func (e *explaining) figure(f tonghop.Finding) (decimal.Decimal, bool) {
	if len(f.Areas) == 0 {
		return decimal.Decimal{}, false
	}
	at := tonghop.Ref{Sheet: f.Sheet, Row: f.Areas[0].Top, Col: f.Areas[0].Left}
	for _, row := range e.ret.Rows {
		for _, v := range row.Values {
			if v.Ref == at && v.Number.Valid {
				return v.Number.Decimal, true
			}
		}
	}
	return decimal.Decimal{}, false
}

// now is the explanation of this period that counts for a finding: what was typed
// into the file, as the ledger has it if it is there already; else the latest in
// the ledger, of this value if there is one.
func (e *explaining) now(f tonghop.Finding, typed int) (tonghop.Explanation, bool) {
	var best tonghop.Explanation
	ok := false
	for _, x := range e.known.Explained {
		if x.Period != e.ret.Period || !x.About(f) {
			continue
		}
		if typed >= 0 {
			t := e.ret.Explained[typed]
			if x.Text == t.Text && x.Value == t.Value {
				return x, true
			}
			continue
		}
		if !ok || x.Of(f) || !best.Of(f) {
			best, ok = x, true
		}
	}
	if typed >= 0 {
		return e.complete(e.ret.Explained[typed], f), true
	}
	return best, ok
}

// last is the latest explanation of the same question in an earlier period.
func (e *explaining) last(f tonghop.Finding) (best tonghop.Explanation, ok bool) {
	for _, x := range e.known.Explained {
		if x.Period.Start() < e.ret.Period.Start() && x.About(f) && (!ok || x.Period.Start() >= best.Period.Start()) {
			best, ok = x, true
		}
	}
	return best, ok
}

// answer says of a finding how it was answered.
func (e *explaining) answer(f tonghop.Finding, typed int) tonghop.Finding {
	x, ok := e.now(f, typed)
	said := func(how string) tonghop.Finding {
		return f.Arg(tonghop.ArgAnswer, how).Arg(tonghop.ArgExplained, x.Text).Arg(tonghop.ArgPerson, x.Person).Arg(tonghop.ArgWas, x.Value)
	}
	switch {
	case ok && f.Severity == tonghop.Reject:
		return said(tonghop.AnswerReject)
	case f.Severity == tonghop.Reject:
		return f
	case ok && f.Holds:
		return said(tonghop.AnswerHolds)
	case ok && x.Of(f) && x.State == tonghop.ExplanationAccepted:
		f.Severity = tonghop.Note
		return said(tonghop.AnswerAccepted).Arg(tonghop.ArgDecider, x.By)
	}
	tolerance, within, found := e.tolerance(f)
	switch {
	case within:
		f.Severity = tonghop.Note
		return named(f, tonghop.AnswerTolerated, tolerance)
	case ok && x.Of(f) && x.State == tonghop.ExplanationRefused:
		return said(tonghop.AnswerRefused).Arg(tonghop.ArgDecider, x.By).Arg(tonghop.ArgReason, x.Reason)
	case ok && x.Of(f):
		return said(tonghop.AnswerWaiting)
	case found:
		return named(f, tonghop.AnswerExceeded, tolerance)
	case ok:
		return said(tonghop.AnswerChanged)
	}
	if x, ok = e.last(f); ok {
		return said(tonghop.AnswerLast).Arg(tonghop.ArgAgo, x.Period.String())
	}
	return f
}

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

// standAlone lets a finding stand for itself whose cause is answered while it is
// not: nothing that is open hides under what nobody has to repair.
func standAlone(all []tonghop.Finding) {
	rank := func(f tonghop.Finding) int {
		if f.Answered() {
			return 0
		}
		return f.Weight()
	}
	roots := map[string]int{}
	for _, f := range all {
		if f.Cause == "" {
			roots[f.Key()] = max(roots[f.Key()], rank(f))
		}
	}
	for i := range all {
		if cause := all[i].Cause; cause != "" && rank(all[i]) > roots[cause] {
			all[i].Cause = ""
		}
	}
}
