package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// powerTo is the power of ten by which figures in the stated unit become
// figures in the field's; ok is false where the two cannot be compared. A unit
// that does not say by what it is counted is the field's in that.
func powerTo(stated viet.Measure, measure string) (power int32, ok bool) {
	own, ok := viet.ReadMeasure(measure)
	if !ok || own.Kind != stated.Kind || !countedAlike(stated.Per, own.Per) {
		return 0, false
	}
	return int32(stated.Power - own.Power), true
}

// countedAlike reports whether every word by which the stated unit is counted
// is one of the field's own: "người" beside "người/năm", but not "tháng". Where
// the field's does not say in what time, it is in a year.
func countedAlike(stated, own string) bool {
	have := strings.Fields(own)
	for _, w := range strings.Fields(stated) {
		if !slices.Contains(have, w) && (w != "nam" || slices.ContainsFunc(have, shorterTime)) {
			return false
		}
	}
	return true
}

// shorterTime tells the words for times that are no year.
func shorterTime(w string) bool { return w == "thang" || w == "quy" || w == "ngay" }

// convert reads a unit typed with a figure as the field's, by a power of ten.
func convert(typed, measure string) (power int32, ok bool) {
	m, ok := viet.ReadMeasure(typed)
	if !ok {
		return 0, false
	}
	return powerTo(m, measure)
}

// measures finds for each column the unit in which its figures stand, as its
// header states it or else the line above the table, and asks where the
// figures contradict it. The unit typed in a cell is nearer than both.
func (r *reader) measures(profiles map[string]*profile) []tonghop.Finding {
	var found []tonghop.Finding
	above := r.above()
	for _, c := range r.fields {
		p := profiles[profileKey(c)]
		if c.Mark || p.kind != tonghop.TypeNumber || p.shift != 0 {
			continue
		}
		stated, in, ok := r.statedAt(c, p.measure, above)
		power, alike := powerTo(stated.Measure, p.measure)
		switch {
		case !ok || alike && power == 0:
			found = append(found, r.likelyUnit(c, p)...)
		case !alike && in != "sheet": // COT-008 asks about those of headers
		case alike && p.possible(power) > p.possible(0):
			p.from = stated.Text
			p.shiftBy(power)
		case len(p.figures) == 0 && alike:
			p.shift, p.from = power, stated.Text
		default:
			found = append(found, figuresOf(r.n.columnFinding("COT-030", c), stated.Text).Arg("stated", stated.Text).Arg("measure", p.measure))
		}
	}
	return found
}

// likelyUnit asks about a column of money none of whose figures is possible in
// the field's unit and all are in a smaller one. They are taken for that until
// somebody answers.
func (r *reader) likelyUnit(c tonghop.Column, p *profile) []tonghop.Finding {
	if own, ok := viet.ReadMeasure(p.measure); !ok || own.Kind != "money" || len(p.figures) < 3 || p.possible(0) > 0 {
		return nil
	}
	for _, power := range []int32{-3, -6} {
		if p.possible(power) < len(p.figures) {
			continue
		}
		first := p.figures[0]
		p.shiftBy(power)
		return []tonghop.Finding{figuresOf(r.n.columnFinding("COT-031", c), comma(first)).Arg("measure", p.measure).Arg("power", strconv.Itoa(int(-power))).
			Arg("example", comma(first)).Arg("meant", comma(first.Shift(power)))}
	}
	return nil
}

// figuresOf turns a question about a header into one about what stands below it: what
// was found is not the header's text, which is said beside it.
func figuresOf(f tonghop.Finding, stands string) tonghop.Finding {
	heading := f.Found
	f.Found = stands
	return f.Arg("heading", heading)
}

// shiftBy takes the column's figures into the field's unit.
func (p *profile) shiftBy(power int32) {
	p.shift = power
	for i := range p.figures {
		p.figures[i] = p.figures[i].Shift(power)
	}
}

// possible counts the figures that are possible once shifted.
func (p *profile) possible(power int32) int {
	count := 0
	for _, d := range p.figures {
		if p.fits(d.Shift(power)) {
			count++
		}
	}
	return count
}

// statedAt is the unit of the field's kind that the header of a column states,
// the lowest label first, or else one of the lines above the table.
func (r *reader) statedAt(c tonghop.Column, measure string, above []viet.Stated) (viet.Stated, string, bool) {
	own, ok := viet.ReadMeasure(measure)
	if !ok {
		return viet.Stated{}, "", false
	}
	for row := r.cover.Header.Bottom; row >= r.cover.Header.Top; row-- {
		if !r.g.own(row, c.Col) && r.g.area(row, c.Col).Top != row {
			continue
		}
		if s, ok := oneOf(viet.StatedMeasures(r.g.text(row, c.Col)), own.Kind); ok {
			return s, "header", true
		}
	}
	s, ok := oneOf(above, own.Kind)
	return s, "sheet", ok
}

// oneOf is the unit of the kind, if all that are stated agree on it.
func oneOf(stated []viet.Stated, kind string) (viet.Stated, bool) {
	var out viet.Stated
	for _, s := range stated {
		if s.Kind != kind {
			continue
		}
		if out.Text != "" && out.Power != s.Power {
			return viet.Stated{}, false
		}
		if out.Text == "" {
			out = s
		}
	}
	return out, out.Text != ""
}

// above lists the units that the lines above the table state.
func (r *reader) above() []viet.Stated {
	var out []viet.Stated
	for row := max(1, r.cover.Header.Top-30); row < r.cover.Header.Top; row++ {
		for _, col := range r.g.filled(row) {
			t := r.g.text(row, col)
			if len(t) > 400 {
				continue
			}
			key := " " + viet.Key(t) + " "
			_, alone := viet.ReadMeasure(strings.Trim(t, "()[] "))
			if alone || strings.Contains(key, " don vi ") || strings.Contains(key, " dvt ") {
				out = append(out, viet.StatedMeasures(t)...)
			}
		}
	}
	return out
}

// rescale turns a figure of the column into the field's unit and says so.
func (p *profile) rescale(v tonghop.Value, d decimal.Decimal) (decimal.Decimal, []tonghop.Finding) {
	if p.from == "" { // nobody stated a unit; if the figures betray one, COT-031 asks
		return d.Shift(p.shift), nil
	}
	return d.Shift(p.shift), []tonghop.Finding{converted("GC-060", v, p.from, p.measure, d.Shift(p.shift))}
}

// converted is the note on a figure that was taken into the field's unit.
func converted(rule string, v tonghop.Value, from, to string, d decimal.Decimal) tonghop.Finding {
	return note(rule, v.Ref, v.Field, v.Shown).Arg("from", from).Arg("to", to).Arg("value", comma(d))
}
