package normalize

import (
	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// settle stores a figure in the measure of its field.
func (n *Normalizer) settle(v tonghop.Value, d decimal.Decimal, p *profile, percent bool) (tonghop.Value, []tonghop.Finding) {
	var asked []tonghop.Finding
	if p.share && p.fractions && !percent && d.LessThanOrEqual(decimal.NewFromInt(1)) { // a total above one is in points
		d, asked = p.asPoints(v, d)
		percent = true
	}
	v, more := n.doubt(v, d, p, percent)
	return v, append(asked, more...)
}

// asPoints turns a share that stands as a fraction of one into points. Where
// the whole sheet does so it is a note; where only this column does, a question.
func (p *profile) asPoints(v tonghop.Value, d decimal.Decimal) (decimal.Decimal, []tonghop.Finding) {
	points := d.Shift(2)
	switch {
	case d.IsZero():
		return d, nil
	case p.sheetwide:
		return points, []tonghop.Finding{note("GC-062", v.Ref, v.Field, v.Shown).Arg("value", comma(points))}
	}
	return points, []tonghop.Finding{query("O-034", v, "points", comma(d), "fraction", comma(points))}
}

// doubt stores a figure and asks about it where it is not possible, or where
// the column gives it another likely meaning.
func (n *Normalizer) doubt(v tonghop.Value, d decimal.Decimal, p *profile, percent bool) (tonghop.Value, []tonghop.Finding) {
	v.Number = decimal.NewNullDecimal(d)
	if v.Measure == "" && (p.kind != tonghop.TypeMark || p.share) {
		v.Measure = p.measure
	}
	if d.IsZero() {
		v.Empty = tonghop.Zero
	}
	one := decimal.NewFromInt(1)
	meant, slipped := p.slip(d)
	tiny := d.IsPositive() && d.LessThanOrEqual(one)
	switch {
	case p.marksOnly && !d.IsZero() && !d.Equal(one):
		return v, []tonghop.Finding{query("O-017", v, "value", comma(d))}
	case p.marksOnly:
		return v, []tonghop.Finding{query("O-011", v, "value", comma(d))}
	case p.kind == tonghop.TypeCount && !d.Equal(d.Truncate(0)):
		return v, []tonghop.Finding{query("O-004", v, "value", comma(d))}
	case slipped:
		far := query("O-030", v, "value", comma(d), "meant", comma(meant), "measure", p.measure)
		if !p.fits(d) {
			far = far.Arg("range", p.rangeText())
		}
		return v, []tonghop.Finding{far}
	case !p.fits(d) && p.rangeText() == "":
		return v, []tonghop.Finding{query("O-004", v, "value", comma(d))}
	case !p.fits(d):
		return v, []tonghop.Finding{query("O-003", v, "range", p.rangeText(), "value", comma(d), "measure", p.measure)}
	case p.share && tiny && (p.rising && (!percent || d.LessThan(one)) || !percent && p.likelyFraction(d)):
		return v, []tonghop.Finding{query("O-005", v, "points", comma(d), "fraction", comma(d.Shift(2)))}
	case !percent && d.IsZero() && p.onlySigns():
		return v, []tonghop.Finding{query("O-011", v, "value", comma(d))}
	case (p.kind == tonghop.TypeMark || p.kind == tonghop.TypeGrade) && !percent && (d.IsZero() || d.Equal(one)) && (p.big == 0 && !p.share || p.marks > 0):
		return v, []tonghop.Finding{query("O-011", v, "value", comma(d))}
	case (p.kind == tonghop.TypeMark || p.kind == tonghop.TypeGrade) && !percent && p.marks > p.big && (!p.share || p.marks >= 4*p.big):
		return v, []tonghop.Finding{query("O-017", v, "value", comma(d))} // among marks
	}
	return v, nil
}
