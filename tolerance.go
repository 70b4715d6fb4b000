package tonghop

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

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
	Cells       string // that were explained
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
