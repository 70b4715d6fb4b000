package tonghop

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// ExplanationState is how far an explanation has come.
type ExplanationState string

// The states of an explanation. Only the coordination office decides.
const (
	ExplanationOpen     ExplanationState = "open"     // nobody has decided
	ExplanationAccepted ExplanationState = "accepted" // it answers the question for this value
	ExplanationRefused  ExplanationState = "refused"  // the question stands; Reason says why
)

// Explanation is what an office says of a value that is asked about. It belongs
// to that value: of another one it explains nothing.
type Explanation struct {
	Number   int    // in the ledger, from 1; 0 = not kept yet
	Receipt  string // of the submission that brought it
	Form     string
	Office   Unit // code and name
	Province string
	Period   Period
	Rule     string
	Severity Severity // of the question, when it came
	Holds    bool     // the question kept the report from being accepted
	Sheet    string   // of the cells; "" for a whole file
	Cells    string   // as Excel shows them; "" for a whole sheet
	Unit     string   // code of the commune; ""
	Field    string
	Value    string // that was explained, as the spreadsheet showed it
	Figure   string // the same as a canonical figure; "" = it is none
	Text     string
	Person   string // as typed; "" = nobody gave a name
	Received time.Time

	State   ExplanationState
	By      string // who decided
	Decided time.Time
	Reason  string

	Where string // the place as the list names it; not kept in the ledger
}

// What stands in the hidden column of the list, by which its lines are known
// again whatever was sorted or renamed: of a line the commune and the field, of
// the place for a name that it is one.
const (
	OwnLineTag   = "tonghop:line "
	OwnPersonTag = "tonghop:person"
)

// Columns of the list that are read again, from 1.
const (
	OwnWhereColumn       = 3
	OwnPersonColumn      = 4
	OwnFoundColumn       = 6
	OwnExplanationColumn = 9
	OwnRuleColumn        = 10
	OwnTagColumn         = 11
	OwnWasColumn         = 12 // hidden: of a text that was of another value, that value…
	OwnCarriedColumn     = 13 // …and the text, so that one that was rewritten is told from it
)

// Explanations reads what was typed into the lists that the program put into the
// book. The place, the rule and the hidden tag of a line say what it is about;
// of two texts for one line the last counts.
func (b *Book) Explanations() (all []Explanation, person string) {
	rule := regexp.MustCompile(`^[A-Z]+-[0-9]+$`)
	at := map[[3]string]int{}
	for i := range b.Own {
		for j := range b.Own[i].Lines {
			line := &b.Own[i].Lines[j]
			text := func(col int) string {
				if c := line.At(col); c != nil && !c.Blank() {
					return strings.TrimSpace(c.Stored)
				}
				return ""
			}
			tag := text(OwnTagColumn)
			if name := text(OwnPersonColumn); tag == OwnPersonTag && name != "" {
				person = name
			}
			e := Explanation{Rule: text(OwnRuleColumn), Where: text(OwnWhereColumn), Value: text(OwnFoundColumn), Text: text(OwnExplanationColumn)}
			if e.Text == "" || e.Where == "" || !rule.MatchString(e.Rule) {
				continue
			}
			if text(OwnCarriedColumn) == e.Text {
				e.Value = text(OwnWasColumn)
			}
			if key, ok := strings.CutPrefix(tag+" ", OwnLineTag); ok {
				e.Unit, e.Field, _ = strings.Cut(strings.TrimSpace(key), "/")
			}
			key := [3]string{e.Rule, e.Where, e.Unit + "/" + e.Field}
			if n, ok := at[key]; ok {
				all[n] = e
				continue
			}
			at[key] = len(all)
			all = append(all, e)
		}
	}
	for i := range all {
		all[i].Person = person
	}
	return all, person
}

// At reports whether an explanation names the very place of a finding.
func (e Explanation) At(f Finding) bool {
	if e.Rule != f.Rule {
		return false
	}
	if e.Where == "" {
		return e.Sheet == f.Sheet && e.Cells == f.Cells()
	}
	switch {
	case f.Sheet == "":
		return !strings.Contains(e.Where, "!")
	case len(f.Areas) == 0:
		return strings.Contains(e.Where, f.Sheet)
	}
	const most = 4 // areas that the list names
	first := f
	first.Areas = f.Areas[:min(most, len(f.Areas))]
	where, place := bare(e.Where), bare(f.Sheet+"!"+first.Cells())
	return where == place || len(f.Areas) > most && strings.HasPrefix(where, place)
}

// About reports whether an explanation is of what a finding asks, wherever it
// stands by now: the same rule for the same field of the same commune. What has
// neither is told by its place.
func (e Explanation) About(f Finding) bool {
	if e.Unit == "" && e.Field == "" || f.Unit == "" && f.Field == "" {
		return e.At(f)
	}
	return e.Rule == f.Rule && e.Unit == f.Unit && e.Field == f.Field
}

// Of reports whether an explanation is of the value that a finding found.
func (e Explanation) Of(f Finding) bool {
	return strings.Join(strings.Fields(e.Value), " ") == strings.Join(strings.Fields(f.Found), " ")
}

// Explained finds the explanation that was typed about a finding, one of all: at its
// very place, or else of its field and commune, where the place that the text
// names is no other finding's; nor where place and value are another's, as where
// a clerk sorted without the hidden columns. -1 = none.
func Explained(f Finding, all []Finding, typed []Explanation) int {
	for i, x := range typed {
		if x.At(f) && (x.About(f) || x.Unit == "" && x.Field == "") {
			return i
		}
	}
	for i, x := range typed {
		if x.About(f) && !slices.ContainsFunc(all, func(o Finding) bool { return x.At(o) && (x.About(o) || x.Of(o) && !x.Of(f)) }) {
			return i
		}
	}
	return -1
}

func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// What findings say of their explanations, under ArgAnswer.
const (
	AnswerWaiting   = "waiting"   // explained; the office has not decided
	AnswerAccepted  = "accepted"  // the office accepted it for this value
	AnswerRefused   = "refused"   // the office refused it: the question stands
	AnswerChanged   = "changed"   // it was of another value: the question is open again
	AnswerReject    = "reject"    // what must be repaired cannot be explained away
	AnswerHolds     = "holds"     // nor can what keeps the report from being told apart
	AnswerTolerated = "tolerated" // within a tolerance
	AnswerExceeded  = "exceeded"  // beyond a tolerance
	AnswerLast      = "last"      // it was explained in an earlier period
)

// Names of the arguments of findings that say how they were answered.
const (
	ArgAnswer     = "answer"
	ArgExplained  = "explained"  // the text
	ArgPerson     = "explainer"  // who wrote it
	ArgWas        = "was"        // the value that it explained
	ArgAgo        = "ago"        // the period of it
	ArgDecider    = "decider"    // who decided
	ArgReason     = "why_not"    // why it was refused
	ArgTolerance  = "tolerance"  // its number
	ArgUntil      = "until"      // last day of it, as Vietnamese write it; "" = that of the form
	ArgAllowed    = "allowed"    // how far it goes: "10", "5 %"
	ArgAllowedKin = "allowed_by" // what that counts: same, absolute, percent, cells
)

// Answered reports whether the office has explained the finding and waits for a
// decision: until then it has nothing to repair.
func (f Finding) Answered() bool { return f.Severity == Query && f.Args[ArgAnswer] == AnswerWaiting }

// CountAsked is the number of queries that nobody has explained yet.
func CountAsked(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Severity == Query && !f.Answered() {
			n++
		}
	}
	return n
}

// Tolerance is what the coordination office lets pass, because an explanation was
// accepted: a rule, of one form, for a commune, an office or all of them.
type Tolerance struct {
	Number      int
	Explanation int    // that it came from
	Rule        string //
	Form        string
	Version     string // of the form: with it every tolerance ends
	Province    string
	Office      string // code; "" = every office
	Unit        string // code; "" = every commune
	Field       string
	Kind        string // same, absolute, percent, cells
	Amount      string // a figure; "" for same
	Value       string // that was explained, as shown
	Figure      string // the same as a figure
	Text        string // of the explanation
	Period      Period // of the explanation
	By          string // who approved it
	Made        time.Time
	Until       Date // last day; "" = the last one of the form's version
	WithdrawnBy string
	Withdrawn   time.Time
}

// The kinds of tolerances.
const (
	ToleranceSame     = "same"     // the very value
	ToleranceAbsolute = "absolute" // at most so far from the explained figure
	TolerancePercent  = "percent"  // at most so many percent of it away
	ToleranceCells    = "cells"    // at most so many cells
)

// Allow reads how far a tolerance goes: same, 10, 5%, "3 cells". It fails with
// explanation.tolerance (value) and explanation.figure (number).
func (t *Tolerance) Allow(e Explanation, amount string) error {
	text := strings.ReplaceAll(strings.TrimSpace(amount), ",", ".")
	cells, isCells := strings.CutSuffix(text, "cells")
	percent, isPercent := strings.CutSuffix(text, "%")
	switch {
	case text == ToleranceSame:
		t.Kind = ToleranceSame
		return nil
	case isCells:
		t.Kind, text = ToleranceCells, cells
	case isPercent:
		t.Kind, text = TolerancePercent, percent
	default:
		t.Kind = ToleranceAbsolute
	}
	d, err := decimal.NewFromString(strings.TrimSpace(text))
	if err != nil || d.IsNegative() {
		return Fail("explanation.tolerance", err, "value", amount)
	}
	if e.Figure == "" && t.Kind != ToleranceCells {
		return Fail("explanation.figure", nil, "number", strconv.Itoa(e.Number))
	}
	t.Amount = d.String()
	return nil
}
