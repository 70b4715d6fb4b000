package compute

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// content is what a cell is to a sum or a count.
type content uint8

const (
	isBlank   content = iota
	isSmall           // a number of up to 18 digits
	isWide            // any other number
	isText            // a text that nobody takes for a number
	isDoubt           // a text that somebody may have meant as a number
	isSpaces          // a text of nothing but blanks
	isBool            //
	isError           //
	isWaiting         // a formula that had no value at first
)

// smallDigits is how many digits a small number may have.
const smallDigits = 18

// entry is a cell as sums see it.
type entry struct {
	cell   *tonghop.Cell
	coef   int64 // isSmall: the digits, of which
	places uint8 // so many are behind the point
	is     content
	styled bool // a number that is shown as a date or in percent
}

// entryOf makes an entry of a cell.
func (f *filler) entryOf(c *tonghop.Cell) entry {
	if c == nil {
		return entry{}
	}
	if waits(c) {
		return entry{cell: c, is: isWaiting}
	}
	e := entry{cell: c}
	switch c.Kind {
	case tonghop.CellNumber:
		e.number()
		e.styled = c.Style != nil && (c.Style.Date || c.Style.Percent)
	case tonghop.CellBool:
		e.is = isBool
	case tonghop.CellError:
		e.is = isError
	case tonghop.CellText:
		switch {
		case strings.TrimSpace(c.Stored) == "":
			e.is = isSpaces
		case maybeNumber(c.Stored, f.book.Format == "csv"):
			e.is = isDoubt
		default:
			e.is = isText
		}
	}
	return e
}

// number reads the stored number; what is none is a doubt. Programs store the
// 17 digits of a binary fraction, 43.200000000000003; 43.2 is meant, the
// shortest decimal that is the same to them.
func (e *entry) number() {
	if e.small(e.cell.Stored, 15) {
		return
	}
	d, ok := shortest(e.cell.Stored)
	switch {
	case !ok:
		e.is = isDoubt
	case !e.small(d.String(), smallDigits):
		e.is = isWide
	}
}

// small reads a number of up to so many digits and without an exponent.
func (e *entry) small(s string, most int) bool {
	coef, digits, point := int64(0), 0, -1
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && digits < most:
			coef = coef*10 + int64(c-'0')
			digits++
		case c == '.' && point < 0:
			point = digits
		case c != '-' || i > 0:
			return false
		}
	}
	if digits == 0 {
		return false
	}
	if strings.HasPrefix(s, "-") {
		coef = -coef
	}
	if e.coef, e.is, e.places = coef, isSmall, 0; point >= 0 {
		e.places = uint8(digits - point)
	}
	return true
}

// shortest is the shortest decimal that is the same binary fraction as a
// stored number.
func shortest(stored string) (decimal.Decimal, bool) {
	if _, ok := numfmt.ParseDecimal([]byte(stored)); !ok {
		return decimal.Decimal{}, false
	}
	x, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strconv.FormatFloat(x, 'g', -1, 64))
	return d, err == nil
}

// wide is the number of an entry that is not small.
func (e *entry) wide() decimal.Decimal {
	d, _ := shortest(e.cell.Stored)
	return d
}

// float is the number as spreadsheet programs have it.
func (e *entry) float() float64 {
	if e.is == isSmall && -1<<53 < e.coef && e.coef < 1<<53 {
		return float64(e.coef) / math.Pow10(int(e.places)) // both exact, so rounded once
	}
	x, _ := strconv.ParseFloat(e.cell.Stored, 64)
	return x
}

// counts is how many cells of each kind there are.
type counts struct {
	numbers, fractions, styled, texts, doubts, spaces, bools, errors int
}

func (c *counts) add(o *counts, sign int) {
	c.numbers += sign * o.numbers
	c.fractions += sign * o.fractions
	c.styled += sign * o.styled
	c.texts += sign * o.texts
	c.doubts += sign * o.doubts
	c.spaces += sign * o.spaces
	c.bools += sign * o.bools
	c.errors += sign * o.errors
}

// tally adds up cells.
type tally struct {
	counts
	small [smallDigits + 1]int64 // sums of small numbers, by places
	rest  decimal.Decimal        // what did not fit there
	size  float64                // sum of the numbers without their signs
	wides int                    // numbers that took long to add
}

// add adds one cell.
func (t *tally) add(e *entry) {
	if e.styled {
		t.styled++
	}
	switch e.is {
	case isSmall:
		t.numbers++
		t.size += math.Abs(float64(e.coef)) / math.Pow10(int(e.places))
		if e.places > 0 {
			t.fractions++
		}
		sum := &t.small[e.places]
		if next := *sum + e.coef; (next > *sum) == (e.coef > 0) {
			*sum = next
			return
		}
		t.rest = t.rest.Add(decimal.New(*sum, -int32(e.places)))
		*sum = e.coef
	case isWide:
		d := e.wide()
		t.numbers++
		t.wides++
		t.size += math.Abs(d.InexactFloat64())
		if d.Exponent() < 0 {
			t.fractions++
		}
		t.rest = t.rest.Add(d)
	case isText:
		t.texts++
	case isDoubt:
		t.doubts++
	case isSpaces:
		t.spaces++
	case isBool:
		t.bools++
	case isError:
		t.errors++
	}
}

// sum is the total of the numbers.
func (t *tally) sum() decimal.Decimal {
	d := t.rest
	for places, n := range t.small {
		if n != 0 {
			d = d.Add(decimal.New(n, -int32(places)))
		}
	}
	return d
}

func (t *tally) value() value { return value{t.sum(), t.size, t.numbers, t.fractions, t.styled} }

// value is a number on its way through a formula, and what it was made of.
type value struct {
	number    decimal.Decimal
	size      float64 // sum of the numbers in it without their signs
	numbers   int     // how many those were
	fractions int     // how many of them are not whole
	styled    int     // how many of them are shown as a date or in percent
}

// literal is the value of a number.
func literal(d decimal.Decimal) value {
	v := value{number: d, size: math.Abs(d.InexactFloat64()), numbers: 1}
	if d.Exponent() < 0 {
		v.fractions = 1
	}
	return v
}

func count(n int) value { return literal(decimal.NewFromInt(int64(n))) }

func (v value) plus(o value, minus bool) value {
	if minus {
		o.number = o.number.Neg()
	}
	return value{v.number.Add(o.number), v.size + o.size, v.numbers + o.numbers, v.fractions + o.fractions, v.styled + o.styled}
}

// drift is how far a sum in binary fractions may be from ours.
func (v value) drift() float64 {
	if v.fractions == 0 && v.size < 1<<53 {
		return 0
	}
	return v.size * 0x1p-53 * float64(v.numbers+1)
}

// certain reports whether a program that computes in binary fractions comes to
// the same result, to a millionth of it.
func (v value) certain() bool {
	return v.drift() <= 1e-6*math.Max(1, math.Abs(v.number.InexactFloat64()))
}

// rounded rounds half away from zero. Near a half, where the last bit of the
// sum decides, it refuses.
func (v value) rounded(places int) (value, bool) {
	r := v.number.Round(int32(places))
	if d := v.drift(); d > 0 {
		half := decimal.New(5, -int32(places)-1)
		far := v.number.Sub(r).Abs().Sub(half).Abs().InexactFloat64()
		if far <= d+1e-9*math.Pow10(-places) {
			return v, false
		}
	}
	v.number = r
	return v, true
}

// text is the number as a spreadsheet program would store it: the nearest
// binary fraction, written as short as can be.
func (v value) text() (string, bool) {
	x, err := strconv.ParseFloat(v.number.String(), 64)
	if err != nil || math.IsInf(x, 0) {
		return "", false
	}
	switch size := math.Abs(x); {
	case x == 0:
		return "0", true
	case size < 1e-5 || size >= 1e21:
		return strconv.FormatFloat(x, 'E', -1, 64), true
	}
	return strconv.FormatFloat(x, 'f', -1, 64), true
}
