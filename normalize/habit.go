package normalize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// habits decides, column by column and then for the whole sheet, how its
// numbers are meant: which sign is the decimal sign, in which unit figures
// stand, whether shares stand as fractions of one.
func (r *reader) habits(profiles map[string]*profile) []tonghop.Finding {
	found := r.measures(profiles)
	for _, p := range profiles {
		slices.SortFunc(p.figures, decimal.Decimal.Cmp)
	}
	r.decideStyles(profiles)
	r.decideShares(profiles)
	return found
}

// decideStyles gives each column the style of its own texts, or else that of
// all texts of the sheet.
func (r *reader) decideStyles(profiles map[string]*profile) {
	var sheet styleVotes
	for _, c := range r.fields { // in order, so that the example is always the same
		sheet.join(profiles[profileKey(c)].styles)
	}
	ofSheet, example := sheet.decided(enoughInSheet)
	for _, p := range profiles {
		if p.style, p.example = p.styles.decided(enoughInColumn); p.style != styleUnknown {
			continue
		}
		if p.styles.vietnamese == 0 || p.styles.english == 0 {
			p.style, p.example = ofSheet, example
		}
	}
}

// fractionColumns is how many columns must show the same habit before it is
// taken for the sheet's.
const fractionColumns = 3

// decideShares decides which columns of shares stand as fractions. A column in
// which more is better, with several figures, none above one and some far from
// zero, is one; alone it is still asked about. Where three columns are, it is
// how the sheet was filled in, and columns that say less follow.
func (r *reader) decideShares(profiles map[string]*profile) {
	clear, points := 0, 0
	for _, p := range profiles {
		if !p.share {
			continue
		}
		if p.fractions = p.clearFractions(); p.fractions {
			clear++
		} else if p.big > 0 {
			points++
		}
	}
	if points == 0 && clear < fractionColumns && r.pooledFractions(profiles) {
		clear = fractionColumns
	}
	for _, p := range profiles {
		if !p.share {
			continue
		}
		p.sheetwide = clear >= fractionColumns && p.big == 0
		p.points = points >= fractionColumns && clear == 0
		if p.sheetwide && clear >= 4*points && p.tiny > 0 && p.stated == 0 {
			p.fractions = true
		}
		p.sheetwide = p.sheetwide && p.fractions
	}
}

// pooledFractions looks at all shares of a sheet together, where an office has
// too few communes for a column to say anything: every one at most one, many
// different, in several columns in which more is better.
func (r *reader) pooledFractions(profiles map[string]*profile) bool {
	var all []decimal.Decimal
	columns := 0
	for _, p := range profiles {
		if p.share && p.rising && p.tiny > 0 && p.big+p.marks+p.stated == 0 {
			columns++
			all = append(all, p.figures...)
		}
	}
	slices.SortFunc(all, decimal.Decimal.Cmp)
	all = slices.CompactFunc(all, decimal.Decimal.Equal)
	return columns >= fractionColumns && len(all) >= 5 && all[len(all)/2].GreaterThanOrEqual(decimal.New(3, -1))
}

// clearFractions tells a column of fractions by itself.
func (p *profile) clearFractions() bool {
	if !p.rising || p.big+p.marks+p.stated > 0 || p.tiny < 3 {
		return false
	}
	distinct := slices.CompactFunc(slices.Clone(p.figures), decimal.Decimal.Equal)
	far := decimal.New(3, -1)
	return len(distinct) >= 3 && distinct[len(distinct)-1].GreaterThanOrEqual(far)
}

// near bounds the figures of a column without the one given; ok is false with fewer
// than the wanted number of others.
func (p *profile) near(without decimal.Decimal, others int) (low, high decimal.Decimal, ok bool) {
	f := p.figures
	if len(f) > 0 && without.Equal(f[0]) {
		f = f[1:]
	} else if len(f) > 0 && without.Equal(f[len(f)-1]) {
		f = f[:len(f)-1]
	}
	if len(f) < others || len(f) == 0 {
		return low, high, false
	}
	return f[0], f[len(f)-1], true
}

// likelyFraction tells a share of at most one where less is better: among
// points it is one only if a hundred times as much is what its column holds.
func (p *profile) likelyFraction(d decimal.Decimal) bool {
	if len(p.figures) == 0 {
		return true
	}
	if p.big == 0 {
		return !p.points || p.figures[len(p.figures)-1].LessThan(decimal.New(45, -2))
	}
	var others []decimal.Decimal
	for _, f := range p.figures { // few: a column of shares of one office
		if f.GreaterThan(decimal.NewFromInt(1)) {
			others = append(others, f)
		}
	}
	if len(others) == 0 {
		return true
	}
	low, high := others[0], others[len(others)-1]
	times := d.Shift(2)
	return d.Mul(decimal.NewFromInt(4)).LessThan(low) && times.Mul(decimal.NewFromInt(2)).GreaterThanOrEqual(low) &&
		times.LessThanOrEqual(high.Mul(decimal.NewFromInt(2)))
}
