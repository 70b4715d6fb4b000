package tonghop

// Judgement is what the criteria in force say of one unit and one criterion
// or indicator.
type Judgement string

// The judgements. Open means that nothing may be decided, and Why says why.
const (
	JudgedMet    Judgement = "met"
	JudgedNotMet Judgement = "not_met"
	JudgedOpen   Judgement = "open"
)

// Standing is one unit against one criterion: what the office claims, what
// follows from its figures by thresholds that are sure, and why.
type Standing struct {
	Unit      string
	Criterion int
	Claimed   Mark      // the mark the office gives the criterion; none if it gives only figures
	ClaimRef  Ref       // where it stands
	Judged    Judgement //
	Why       string    // code of the reason: threshold_unsure, threshold_unknown, no_value, by_threshold, by_mark
	Sources   []Value   // the values it follows from
}
