package normalize

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// profile is what a column is, by its field, and what its cells look like
// taken together: the evidence by which one cell of it is read.
type profile struct {
	field    string
	kind     tonghop.ValueType
	measure  string
	share    bool // figures are percent points
	rising   bool // more is better (operator >=)
	optional bool
	// marksOnly: the column's header says that marks stand here, so a number is
	// no figure of the indicator.
	marksOnly bool
	// negative: the decision asks that there be none ("Không"), so "không" may
	// say that it is met, or that it is not.
	negative bool
	low      decimal.Decimal
	high     decimal.Decimal
	bounded  bool

	binary int // numbers that are 0 or 1
	tiny   int // numbers above 0, up to 1, without a percent format
	big    int // numbers above 1
	marks  int // texts that are marks
	stated int // figures that say themselves that they are per cent

	cells  int  // that hold anything
	signed int  // of those, signs that the file's legend explains as marks
	worded int  // and marks in words, which need no legend: "Cơ bản đạt" among crosses
	met    bool // some of them as met
	unmet  bool // some as another mark
	drawn  bool // some of them are no digit
	signs  bool // all are: the column holds marks, whatever its header asks for

	figures []decimal.Decimal // numbers without a unit or percent sign, in order; later sorted
	styles  styleVotes        // how its texts write numbers
	style   numberStyle       // and what was decided from that, for the column or the sheet
	example string            // the text that decided

	shift int32  // figures stand in a unit 10^shift of the field's own
	from  string // that unit, as the header or the sheet states it

	fractions bool // shares stand as fractions of one
	sheetwide bool // and so they do in other columns
	points    bool // the sheet's other shares stand in points
	date1904  bool // dates count from 1904

	before decimal.NullDecimal // what the unit of the cell reported last; see since
	in     tonghop.Last        // and in which report
}

// profileOf describes the field of a column by the criteria set or the form.
func (n *Normalizer) profileOf(field string) profile {
	p := profile{field: field, kind: tonghop.TypeMark}
	if own, ok := n.known.Form.OwnFields[field]; ok {
		p.kind, p.measure = own.Type, own.Measure
		if field == tonghop.FieldTotalMet {
			p.high, p.bounded = decimal.NewFromInt(int64(len(n.known.Criteria.Criteria))), true
		}
		return p
	}
	in, _, ok := n.known.Criteria.Indicator(field)
	if !ok {
		return p // TC1…TC19
	}
	p.kind, p.measure, p.rising, p.optional = in.Type, in.Unit, in.Operator != "<=", in.Optional
	p.negative = in.Type == tonghop.TypeMark && len(in.Thresholds) > 0 && viet.Fold(in.Thresholds[0].Word) == "không"
	p.share = in.Type == tonghop.TypePercent || strings.HasPrefix(n.words.key(in.Name), "ty le ")
	if p.share {
		p.measure, p.high, p.bounded = "%", decimal.NewFromInt(100), true
	}
	if r, ok := n.known.Form.Plausible[field]; ok {
		lo, err1 := decimal.NewFromString(r[0])
		hi, err2 := decimal.NewFromString(r[1])
		if err1 == nil && err2 == nil {
			p.low, p.high, p.bounded = lo, hi, true
		}
	}
	return p
}

// take adds one cell of a data row to the evidence.
func (p *profile) take(n *Normalizer, c *tonghop.Cell) {
	if c.Blank() {
		return
	}
	if !p.takeSign(n.legend, c) && c.Kind == tonghop.CellText && n.lookUp(c.Stored, c.Style.Font).mark != tonghop.MarkNone {
		p.worded++
	}
	switch c.Kind {
	case tonghop.CellNumber:
		if c.Style.Percent {
			p.stated++
			return
		}
		if plain, ok := viet.Canonical(c.Stored); ok && !c.Style.Date {
			p.count(plain)
		}
	case tonghop.CellText:
		if n.lookUp(c.Stored, c.Style.Font).mark != tonghop.MarkNone || n.legend.met(c.Stored) {
			p.marks++
			return
		}
		r := p.whole(viet.Numbers(c.Stored))
		p.styles.add(r, c.Stored)
		if len(r) > 0 && r[0].Percent {
			p.stated++
		}
		if len(r) == 1 && !r[0].Percent && r[0].Operator == "" && r[0].Unit == "" {
			p.count(r[0].Figure)
		}
	}
}

// onlySigns reports whether a column of shares of which more is better holds
// nothing but 0 and 1, or marks and these: a share is hardly ever 0 or 1 per
// cent, so that they are marks more likely than figures.
func (p *profile) onlySigns() bool {
	if !p.share || !p.rising || p.stated > 0 || p.fractions || p.binary < len(p.figures) {
		return false
	}
	return p.tiny+p.marks > 0 // tiny ones are ones here
}

// whole leaves aside, in a column of counts, the readings that are no whole
// number: 1.250 counts 1250 of something.
func (p *profile) whole(readings []viet.Reading) []viet.Reading {
	if p.kind != tonghop.TypeCount || len(readings) < 2 {
		return readings
	}
	var out []viet.Reading
	for _, r := range readings {
		if !strings.Contains(r.Figure, ".") {
			out = append(out, r)
		}
	}
	return out
}

// mostFigures bounds what is kept of a column: enough to know its measure.
const mostFigures = 2000

func (p *profile) count(figure string) {
	d, err := decimal.NewFromString(figure)
	if err != nil {
		return
	}
	if len(p.figures) < mostFigures {
		p.figures = append(p.figures, d)
	}
	one := decimal.NewFromInt(1)
	switch {
	case d.IsZero():
		p.binary++
	case d.Equal(one):
		p.binary++
		p.tiny++
	case d.IsPositive() && d.LessThan(one):
		p.tiny++
	default:
		p.big++
	}
}

// fits reports whether a figure is possible for the field.
func (p *profile) fits(d decimal.Decimal) bool {
	if d.IsNegative() {
		return false
	}
	if p.kind == tonghop.TypeCount && !d.Equal(d.Truncate(0)) {
		return false
	}
	return !p.bounded || d.GreaterThanOrEqual(p.low) && d.LessThanOrEqual(p.high)
}

// rangeText is the possible range for the finding's sentence.
func (p *profile) rangeText() string {
	if !p.bounded {
		return ""
	}
	return strings.ReplaceAll(p.low.String()+" – "+p.high.String(), ".", ",")
}
