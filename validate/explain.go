package validate

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// Answered is what explanations make of the findings of a return.
type Answered struct {
	Findings  []tonghop.Finding
	Explained []tonghop.Explanation // what was typed into this file, with what it is about
	Beside    []tonghop.Explanation // what was typed beside a note, which asks nothing
	Lost      []tonghop.Explanation // what was typed about a question that is not asked any more
}

// Explain weighs what an office explained against what is asked of its return:
// what it typed into this file (ret.Explained), what it explained before, and
// the tolerances that came of it. Nothing is taken away: a question that is
// answered is still there, as a note where the coordination office let it pass. It
// changes nothing in ret.
func Explain(ret *tonghop.Return, known tonghop.Known) Answered {
	e := &explaining{ret: ret, known: known}
	for _, f := range ret.Findings {
		e.all = append(e.all, unanswered(f))
	}
	of := tonghop.Explained(e.all, ret.Explained)
	out := Answered{}
	for i, f := range e.all {
		switch n := of[i]; {
		case f.Severity == tonghop.Note && n >= 0:
			out.Beside = append(out.Beside, ret.Explained[n])
		case f.Severity != tonghop.Note:
			if n >= 0 {
				out.Explained = append(out.Explained, e.complete(ret.Explained[n], f))
			}
			f = e.answer(f, n)
		}
		out.Findings = append(out.Findings, f)
	}
	for n, x := range ret.Explained {
		if !slices.Contains(of, n) {
			out.Lost = append(out.Lost, x)
		}
	}
	e.throughCause(out.Findings)
	standAlone(out.Findings)
	return out
}

// explaining is one return under judgement.
type explaining struct {
	ret   *tonghop.Return
	all   []tonghop.Finding // of the return, as if nothing had been explained
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
	for _, name := range []string{tonghop.ArgAnswer, tonghop.ArgExplained, tonghop.ArgPerson, tonghop.ArgWas, tonghop.ArgCount, tonghop.ArgAgo, tonghop.ArgDecider,
		tonghop.ArgReason, tonghop.ArgTolerance, tonghop.ArgUntil, tonghop.ArgAllowed, tonghop.ArgOff, tonghop.ArgAllowedKin} {
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
	fewer := x.Fewer(f)
	x.Count = 0
	if fewer { // the cells that it is of, where the list names them all
		x.Cells = x.Where[strings.LastIndexByte(x.Where, '!')+1:]
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
		if x.Period != e.ret.Period || !x.About(f) || e.elsewhere(x, f) {
			continue
		}
		if typed >= 0 {
			t := e.ret.Explained[typed]
			if x.Text == t.Text && x.Value == t.Value && x.Fewer(f) == t.Fewer(f) {
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

// elsewhere reports whether a kept explanation names the place of another finding
// of the same rule, commune and field: it is not of this one then.
func (e *explaining) elsewhere(x tonghop.Explanation, f tonghop.Finding) bool {
	if x.At(f) {
		return false
	}
	return slices.ContainsFunc(e.all, func(o tonghop.Finding) bool {
		return o.Rule == f.Rule && o.Unit == f.Unit && o.Field == f.Field && x.At(o)
	})
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
		return named(f, tonghop.AnswerExceeded, tolerance).Arg(tonghop.ArgOff, e.off(tolerance, f))
	case ok && x.Fewer(f) && x.CellCount() > 0:
		return said(tonghop.AnswerMore).Arg(tonghop.ArgWas, strconv.Itoa(x.CellCount())).Arg(tonghop.ArgCount, strconv.Itoa(f.CellCount()))
	case ok:
		return said(tonghop.AnswerChanged)
	}
	if ended, ok := e.ended(f); ok {
		return named(f, tonghop.AnswerExpired, ended)
	}
	if x, ok = e.last(f); ok {
		return said(tonghop.AnswerLast).Arg(tonghop.ArgAgo, x.Period.String())
	}
	return f
}

// throughCause answers what follows from an answered cause, so that it is explained
// once. While the office decides, nothing of it is to be repaired. Where the
// cause was accepted, so is what followed from it in the report that explained it,
// at the values of that report; what is new stands for itself.
func (e *explaining) throughCause(all []tonghop.Finding) {
	causes := map[string]tonghop.Finding{}
	for _, f := range all {
		if f.Cause == "" {
			causes[f.Key()] = f
		}
	}
	for i, f := range all {
		cause, ok := causes[f.Cause]
		own := f.Args[tonghop.ArgAnswer]
		if f.Cause == "" || !ok || f.Severity != tonghop.Query || f.Holds || own != "" && own != tonghop.AnswerLast {
			continue
		}
		switch {
		case cause.Args[tonghop.ArgAnswer] == tonghop.AnswerWaiting && cause.Severity == tonghop.Query:
			all[i] = f.Arg(tonghop.ArgAnswer, tonghop.AnswerCause)
		case cause.Args[tonghop.ArgAnswer] == tonghop.AnswerAccepted && e.followed(f, cause):
			all[i] = f.Arg(tonghop.ArgAnswer, tonghop.AnswerAccepted)
			all[i].Severity = tonghop.Note
		default:
			continue
		}
		for _, name := range []string{tonghop.ArgExplained, tonghop.ArgPerson, tonghop.ArgDecider} {
			all[i] = all[i].Arg(name, cause.Args[name])
		}
	}
}

// followed reports whether a finding followed from a cause when that was
// explained, with the value that it has now.
func (e *explaining) followed(f, cause tonghop.Finding) bool {
	return slices.ContainsFunc(e.known.Explained, func(x tonghop.Explanation) bool {
		return x.State == tonghop.ExplanationAccepted && x.Period == e.ret.Period && x.About(cause) && slices.ContainsFunc(x.Followed, func(o tonghop.Finding) bool {
			return o.Rule == f.Rule && o.Unit == f.Unit && o.Field == f.Field && o.Found == f.Found && o.CellCount() >= f.CellCount()
		})
	})
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
