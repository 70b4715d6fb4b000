package tonghop

import (
	"strings"
	"time"
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

	Where    string    // the place as the list names it; not kept in the ledger
	Count    int       // cells that it is of, as the list says; 0 = it does not; not kept in the ledger, see Cells
	Followed []Finding // what followed from the question in the report that brought it; only of an accepted one, looked up
	Twins    int       // lines that the list had of the same rule, commune and field; not kept in the ledger
	Loose    bool      // Unit and Field stand beside the text, but may be another line's; not kept in the ledger
}

// OneLine is a text as a sentence quotes it: on one line and not too long. The
// whole of it stands where it is kept.
func OneLine(text string) string {
	const most = 200
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > most {
		return strings.TrimSpace(string(letters[:most])) + "…"
	}
	return string(letters)
}

// What findings say of their explanations, under ArgAnswer.
const (
	AnswerWaiting   = "waiting"   // explained; the office has not decided
	AnswerAccepted  = "accepted"  // the office accepted it for this value
	AnswerRefused   = "refused"   // the office refused it: the question stands
	AnswerChanged   = "changed"   // it was of another value: the question is open again
	AnswerMore      = "more"      // it was of fewer cells: the question is open again
	AnswerCause     = "cause"     // what it follows from is explained, and not decided yet
	AnswerReject    = "reject"    // what must be repaired cannot be explained away
	AnswerHolds     = "holds"     // nor can what keeps the report from being told apart
	AnswerTolerated = "tolerated" // within a tolerance
	AnswerExceeded  = "exceeded"  // beyond a tolerance
	AnswerExpired   = "expired"   // a tolerance of it has ended
	AnswerLast      = "last"      // it was explained in an earlier period
)

// Names of the arguments of findings that say how they were answered.
const (
	ArgAnswer     = "answer"
	ArgExplained  = "explained"  // the text
	ArgPerson     = "explainer"  // who wrote it
	ArgWas        = "was"        // the value that it explained, of AnswerMore the number of cells
	ArgCount      = "cells_now"  // of AnswerMore: how many there are
	ArgAgo        = "ago"        // the period of it
	ArgDecider    = "decider"    // who decided
	ArgReason     = "why_not"    // why it was refused
	ArgTolerance  = "tolerance"  // its number
	ArgUntil      = "until"      // last day of it, as Vietnamese write it; "" = that of the form
	ArgAllowed    = "allowed"    // how far it goes: "10", "5 %"
	ArgOff        = "off"        // how far off a finding beyond it is, as that counts
	ArgAllowedKin = "allowed_by" // what that counts: same, absolute, percent, cells
)

// Answered reports whether the office has explained the finding, or what it
// follows from, and waits for a decision: until then it has nothing to repair.
func (f Finding) Answered() bool {
	how := f.Args[ArgAnswer]
	return f.Severity == Query && (how == AnswerWaiting || how == AnswerCause)
}

// LetPass reports whether the coordination office accepted the explanation of the
// finding, or a tolerance covers it.
func (f Finding) LetPass() bool {
	how := f.Args[ArgAnswer]
	return f.Severity == Note && (how == AnswerAccepted || how == AnswerTolerated)
}

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
