package normalize

import (
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// unitOf tells in which unit a figure typed with one stands: by which power of
// ten it becomes the field's, and whether the cell says so itself. ok is false
// for a unit that the field's cannot be compared with.
func (p *profile) unitOf(r viet.Reading) (power int32, own, ok bool) {
	switch {
	case r.Percent && r.Unit == "":
		return 0, true, true
	case r.Unit == "":
		return p.shift, false, true
	}
	if power, ok := convert(r.Unit, p.measure); ok {
		return power, true, true
	}
	return 0, true, sameMeasure(r.Unit, p.measure)
}

// pick chooses among the readings of a text number those that are possible for
// the field, and of several the one in the style of the column. It returns the
// figure, and behind it the reading that was left aside; or the rule that asks,
// with the figures to show.
func (p *profile) pick(readings []viet.Reading, power int32) (figures []decimal.Decimal, why viet.Why, ask string) {
	var all, possible []decimal.Decimal
	var whys []viet.Why
	for _, r := range readings {
		d, err := decimal.NewFromString(r.Figure)
		if err != nil {
			return nil, "", "O-001"
		}
		d = d.Shift(power)
		all = append(all, d)
		if p.fits(d) {
			possible, whys = append(possible, d), append(whys, r.Why)
		}
	}
	switch {
	case len(possible) == 0 && len(readings) == 1:
		return all, readings[0].Why, ""
	case len(possible) == 0:
		return all, "", "O-015"
	case len(possible) == 1 || possible[0].Equal(possible[1]):
		return possible[:1], whys[0], ""
	}
	for i, why := range whys {
		if p.style.allows(why) && !p.strange(why) {
			return []decimal.Decimal{possible[i], possible[1-i]}, why, ""
		}
	}
	return possible, "", "O-015"
}

// strange reports a reading that nobody means: a count with decimals, if only
// zeros.
func (p *profile) strange(why viet.Why) bool {
	return p.kind == tonghop.TypeCount && (why == viet.DecimalComma || why == viet.DecimalPoint)
}
