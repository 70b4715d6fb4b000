package tonghop

// Return is what one office reports with one form for one period, in
// versions, as it was judged.
type Return struct {
	Form     string // form id, "" if the file was not recognised
	Office   Unit   // zero if not recognised
	Province string // code
	Period   Period
	AsOf     Date // the date whose rules judged it
	Version  int  // 1, 2…; counts the returns of this office, form and period
	State    State
	Current  bool // nothing later stands in its place
	Rows     []Row
	Totals   []Total
	Printed  []Printed // as read; not kept in the ledger
	Ignored  []Ignored
	Findings []Finding
	Evidence []string       // how the table was recognised, as Cover has it; not kept in the ledger
	Score    int            // how many fields were recognised, as Cover has it; not kept in the ledger
	RunnerUp string         // sheet or form that came second, as Cover has it; not kept in the ledger
	Places   []Place        // what headings and headers were taken for; not kept in the ledger
	Tables   []VariantTable // how its columns were recognised, where the parcel asked for it; not kept in the ledger

	// Explained is what the office typed into the list that it was given back:
	// kept in the ledger apart, see Explanation.
	Explained []Explanation

	Submission Submission
}

// Verdict is the state that the findings of a return ask for: rejected if any
// rejects, held if any holds, accepted otherwise.
func Verdict(findings []Finding) State {
	state := Accepted
	for _, f := range findings {
		if f.Severity == Reject {
			return Rejected
		}
		if f.Holds {
			state = Held
		}
	}
	return state
}

// Count is the number of findings of a severity.
func Count(findings []Finding, s Severity) int {
	n := 0
	for _, f := range findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}
