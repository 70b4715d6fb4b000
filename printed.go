package tonghop

import "github.com/shopspring/decimal"

// Printed is a threshold as a form prints it: in a row of its own, behind the
// name of an indicator in the header, or in a column where the form lies on
// its side. It decides nothing; it is compared with the criteria set in force.
type Printed struct {
	Field    string          // indicator
	Operator string          // ">=", "<=" or "" where only a figure is printed
	Figure   decimal.Decimal // in the indicator's unit; percent points for shares
	Text     string          // as the cell shows it
	Ref      Ref             // the cell
}
