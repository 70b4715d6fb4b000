package normalize

import (
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// slip finds the figure that was probably meant where one stands a power of
// ten apart from what its column holds: a decimal sign lost, thousands typed
// for millions. It only says so where the figure itself is not possible, or
// where its column is of one size throughout.
func (p *profile) slip(d decimal.Decimal) (meant decimal.Decimal, ok bool) {
	if !d.IsPositive() || p.marksOnly || p.kind == tonghop.TypeMark && !p.share {
		return d, false
	}
	if p.kind == tonghop.TypeNumber && !p.fits(d) { // the possible range alone tells a thousand or a million apart
		if m, ok := p.amongOthers(d); ok {
			return m, true
		}
		for _, power := range []int32{-3, -6, 3, 6} {
			if m := d.Shift(power); p.fits(m) {
				return m, true
			}
		}
	}
	powers, others := []int32{-3, -6, 3, 6, -1, -2, 1, 2}, 1
	if p.fits(d) {
		switch {
		case p.share:
			return d, false
		case p.kind == tonghop.TypeNumber:
			others = 3
		default: // counts of one column differ much
			powers, others = []int32{-3, -6}, 3
		}
	}
	low, high, ok := p.near(d, others)
	if !ok || p.fits(d) && !p.apart(d, low, high) {
		return d, false
	}
	low, high = low.Mul(decimal.New(8, -1)), high.Mul(decimal.New(125, -2))
	for _, power := range powers {
		m := d.Shift(power)
		if p.fits(m) && m.IsPositive() && m.GreaterThanOrEqual(low) && m.LessThanOrEqual(high) {
			return m, true
		}
	}
	return d, false
}

// amongOthers is the figure shifted by the power of ten that takes it among the others
// of its column: what is possible alone may be a hundred times what they are.
func (p *profile) amongOthers(d decimal.Decimal) (decimal.Decimal, bool) {
	const others = 3
	low, high, ok := p.near(d, others)
	if !ok {
		return d, false
	}
	low, high = low.Mul(decimal.New(8, -1)), high.Mul(decimal.New(125, -2))
	for _, power := range []int32{-3, -6, 3, 6, -2, 2, -1, 1} {
		if m := d.Shift(power); p.fits(m) && m.GreaterThanOrEqual(low) && m.LessThanOrEqual(high) {
			return m, true
		}
	}
	return d, false
}

// apart reports whether a possible figure stands far from the others, which
// are of one size; of counts, far above all of them.
func (p *profile) apart(d, low, high decimal.Decimal) bool {
	if p.kind == tonghop.TypeCount {
		return d.GreaterThan(decimal.Max(high, decimal.NewFromInt(10)).Mul(decimal.NewFromInt(50)))
	}
	three := decimal.NewFromInt(3)
	if !low.IsPositive() || high.GreaterThan(low.Mul(three)) {
		return false
	}
	return d.Mul(three).LessThan(low) || d.GreaterThan(high.Mul(three))
}

// questioned reports whether any of the findings is more than a note.
func questioned(found []tonghop.Finding) bool {
	for _, f := range found {
		if f.Severity != tonghop.Note {
			return true
		}
	}
	return false
}
