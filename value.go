package tonghop

import "github.com/shopspring/decimal"

// Mark is what an office says of one criterion or indicator.
type Mark string

// The marks, and MarkNone for a value without one.
const (
	MarkNone          Mark = ""
	Met               Mark = "met"            // đạt
	BasicallyMet      Mark = "basically_met"  // cơ bản đạt: never counted as met
	NotMet            Mark = "not_met"        // chưa đạt
	MarkNotApplicable Mark = "not_applicable" // không áp dụng
)

// Empty tells why there is no figure. A missing figure is never zero.
type Empty string

// The five kinds of empty, and EmptyNone for a figure or mark that is there.
const (
	EmptyNone     Empty = ""
	NotReported   Empty = "not_reported"   // the cell is blank
	Zero          Empty = "zero"           // zero stands there: a figure, and nothing of the thing
	NotApplicable Empty = "not_applicable" // the office says that it does not apply
	NotDue        Empty = "not_due"        // not yet due, not yet assessed
	Unreadable    Empty = "unreadable"     // something stands there that could not be understood
)

// Value is what one source cell means. A figure is an exact decimal in the
// field's unit of measure (percent points for shares), never a float.
type Value struct {
	Field   string              // indicator number, TC1…TC19, or the form's own name
	Number  decimal.NullDecimal // valid only when a figure was read
	Mark    Mark                //
	Empty   Empty               //
	Measure string              // unit of measure of Number: "%"
	Raw     string              // stored text before any decoding
	Shown   string              // as a spreadsheet program displays it
	Ref     Ref                 // of a merge, its top left
	Doubt   bool                // an open query names this cell
}

// Figure is the canonical text of the number: a point as decimal sign, at most
// 15 significant digits, no trailing zeros; "" where there is none.
func (v Value) Figure() string {
	if !v.Number.Valid {
		return ""
	}
	return v.Number.Decimal.String()
}
