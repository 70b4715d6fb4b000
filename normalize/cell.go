package normalize

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// readCell turns one cell of a data row into a value. Everything that it could
// not take as it stands is a finding; what it could not read at all is
// Unreadable, never a guess.
func (n *Normalizer) readCell(c *tonghop.Cell, at tonghop.Ref, p *profile) (tonghop.Value, []tonghop.Finding) {
	v := tonghop.Value{Field: p.field, Ref: at}
	if c.Blank() {
		v.Empty = tonghop.NotReported
		if c != nil {
			v.Raw = c.Stored
		}
		return v, nil
	}
	v.Raw, v.Shown = c.Stored, shownText(c)
	if s, ok := n.legend.says(c, p); ok {
		return readSign(v, p, s)
	}
	switch {
	case c.HasForm && !c.Cached && !c.Computed:
		return unreadable(v, "O-006", "formula", c.Formula)
	case c.Kind == tonghop.CellError:
		return unreadable(v, "O-007")
	case c.Kind == tonghop.CellBool:
		return unreadable(v, "O-008")
	case c.Kind == tonghop.CellNumber:
		return n.readNumber(c, v, p)
	}
	return n.readText(v, p, c.Style.Font)
}

// unreadable gives the value up and says why; args name what the sentence
// needs.
func unreadable(v tonghop.Value, rule string, args ...string) (tonghop.Value, []tonghop.Finding) {
	v.Empty = tonghop.Unreadable
	v.Number = decimal.NullDecimal{}
	return v, []tonghop.Finding{query(rule, v, args...)}
}

// query asks the office about one cell.
func query(rule string, v tonghop.Value, args ...string) tonghop.Finding {
	f := tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice,
		Field: v.Field, Found: v.Shown}.At(v.Ref)
	for i := 0; i+1 < len(args); i += 2 {
		f = f.Arg(args[i], args[i+1])
	}
	return f
}

func (n *Normalizer) readNumber(c *tonghop.Cell, v tonghop.Value, p *profile) (tonghop.Value, []tonghop.Finding) {
	figure, ok := viet.Canonical(c.Stored)
	if !ok {
		return unreadable(v, "O-001")
	}
	if c.Style.Date {
		return coerced(v, figure, p)
	}
	d, err := decimal.NewFromString(figure)
	if err != nil {
		return unreadable(v, "O-001")
	}
	var found []tonghop.Finding
	if c.Style.Percent {
		d = d.Shift(2)
		if p.kind == tonghop.TypeNumber || p.kind == tonghop.TypeCount {
			found = append(found, query("O-010", v, "value", comma(d)))
		} else {
			found = append(found, note("GC-001", v.Ref, v.Field, v.Shown))
		}
		v.Measure = "%"
	} else {
		var notes []tonghop.Finding
		d, notes = p.rescale(v, d)
		found = append(found, notes...)
	}
	v, more := n.settle(v, d, p, c.Style.Percent)
	return v, append(found, more...)
}

// readText reads a cell that holds text: a word for a mark or for no figure, a
// number, a number with its mark, or a question.
func (n *Normalizer) readText(v tonghop.Value, p *profile, font string) (tonghop.Value, []tonghop.Finding) {
	text := viet.Clean(v.Raw)
	s := n.lookUp(text, font)
	countable := p.kind == tonghop.TypeCount || p.kind == tonghop.TypeNumber
	switch {
	case countable && n.words.zero[s.word] && p.field != tonghop.FieldTotalMet:
		v.Number, v.Empty, v.Measure = decimal.NewNullDecimal(decimal.Zero), tonghop.Zero, p.measure
		return v, []tonghop.Finding{note("GC-004", v.Ref, v.Field, v.Shown)}
	case s.meanings != nil:
		return unreadable(v, "O-002", "first", s.meanings[0], "second", s.meanings[1])
	case s.empty != "":
		v.Empty = s.empty
		return v, []tonghop.Finding{note("GC-005", v.Ref, v.Field, v.Shown)}
	case s.mark != tonghop.MarkNone && p.negative && yesNo[s.word]:
		return unreadable(v, "O-002", "first", string(tonghop.NotMet), "second", string(tonghop.Met))
	case s.mark != tonghop.MarkNone && !p.marksOnly && (countable || p.share) && yesNo[s.word]:
		return unreadable(v, "O-001") // whether "có" is good depends on what is counted
	case s.mark != tonghop.MarkNone:
		return readMark(v, p, s.mark, s.bare)
	}
	if day, month, ok := textDay(text); ok {
		return askDay(v, day, month)
	}
	if a, b, ok := viet.Ratio(text); ok {
		return n.readRatio(v, p, a, b)
	}
	if readings := viet.Numbers(text); len(readings) > 0 {
		return n.choose(v, p, readings)
	}
	if readings := viet.MaybeNegative(text); len(readings) > 0 {
		plain := strings.Replace(readings[0].Figure, ".", ",", 1)
		return unreadable(v, "O-032", "first", plain, "second", "-"+plain)
	}
	return n.readBoth(v, p, text)
}

func readMark(v tonghop.Value, p *profile, m tonghop.Mark, bare bool) (tonghop.Value, []tonghop.Finding) {
	if _, own := ownCounts[p.field]; own {
		return unreadable(v, "O-001")
	}
	v.Mark = m
	if m == tonghop.MarkNotApplicable {
		v.Empty = tonghop.NotApplicable
	}
	if bare {
		return v, []tonghop.Finding{note("GC-003", v.Ref, v.Field, v.Shown)}
	}
	return v, nil
}

// yesNo are answers that are no mark where a figure is asked.
var yesNo = map[string]bool{"có": true, "không": true, "tốt": true, "khá": true}

// ownCounts are the form's fields that can only be a number.
var ownCounts = map[string]bool{tonghop.FieldTotalMet: true, "indicators_met": true}

// readRatio reads 15/19 in a column of counts; anywhere else a ratio has no
// certain meaning.
func (n *Normalizer) readRatio(v tonghop.Value, p *profile, a, b int) (tonghop.Value, []tonghop.Finding) {
	if !ownCounts[p.field] || p.field == tonghop.FieldTotalMet && b != len(n.known.Criteria.Criteria) || a > b {
		return unreadable(v, "O-012", "part", strconv.Itoa(a), "whole", strconv.Itoa(b))
	}
	v, found := n.settle(v, decimal.NewFromInt(int64(a)), p, false)
	return v, append(found, note("GC-006", v.Ref, v.Field, v.Shown))
}

// choose picks the one reading of a text number that is possible for the
// field; if several are, or none, it asks and shows them.
func (n *Normalizer) choose(v tonghop.Value, p *profile, readings []viet.Reading) (tonghop.Value, []tonghop.Finding) {
	first := readings[0]
	if first.Operator != "" {
		return unreadable(v, "O-013")
	}
	power, own, ok := p.unitOf(first)
	if !ok {
		return unreadable(v, "O-014", "unit", first.Unit, "measure", p.measure)
	}
	if first.Percent && (p.kind == tonghop.TypeNumber || p.kind == tonghop.TypeCount) {
		return unreadable(v, "O-014", "unit", "%", "measure", p.measure)
	}
	d, why, asked := p.pick(readings, power)
	if at, ok := p.recalled(d); ok && asked == "O-015" {
		v, found := n.settle(v, d[at], p, first.Percent)
		f := note("O-040", v.Ref, v.Field, v.Shown).Arg("value", comma(d[at])).Arg("other", comma(d[1-at])).Arg("why", v.Ref.Cell())
		return v, append(found, p.citing(f))
	}
	if asked != "" {
		return unreadable(v, asked, "first", comma(d[0]), "second", comma(d[len(d)-1]))
	}
	var notes []tonghop.Finding
	if first.Percent {
		v.Measure = "%"
	}
	if own && power != 0 {
		notes = append(notes, converted("GC-061", v, first.Unit, p.measure, d[0]))
	} else if !own && p.from != "" {
		notes = append(notes, converted("GC-060", v, p.from, p.measure, d[0]))
	}
	if len(d) > 1 {
		notes = append(notes, note("GC-063", v.Ref, v.Field, v.Shown).Arg("value", comma(d[0])).Arg("other", comma(d[1])).Arg("example", p.example))
	}
	v, found := n.settle(v, d[0], p, first.Percent)
	return v, append(append(found, note("GC-002", v.Ref, v.Field, v.Shown).Arg("why", string(why))), notes...)
}

// readBoth reads a cell with a figure and its mark: "85,5% (Đạt)".
func (n *Normalizer) readBoth(v tonghop.Value, p *profile, text string) (tonghop.Value, []tonghop.Finding) {
	for _, cut := range []string{"(", " - ", " – ", ";", ": "} {
		i := strings.Index(text, cut)
		if i <= 0 {
			continue
		}
		left, right := strings.TrimSpace(text[:i]), strings.Trim(text[i+len(cut):], " )")
		for _, pair := range [][2]string{{left, right}, {right, left}} {
			m, _, ok := n.words.mark(pair[1])
			readings := viet.Numbers(pair[0])
			if !ok || len(readings) == 0 || ownCounts[p.field] {
				continue
			}
			both, found := n.choose(v, p, readings)
			if both.Number.Valid {
				both.Mark = m
			}
			return both, found
		}
	}
	if several := viet.Several(text); len(several) > 0 {
		return unreadable(v, "O-035", "figures", strings.Join(several, "; "))
	}
	return unreadable(v, "O-001")
}

// sameMeasure reports whether a unit typed with a figure is the field's own.
func sameMeasure(typed, measure string) bool {
	t, m := viet.Key(typed), viet.Key(measure)
	if t == "" || m == "" {
		return t == m
	}
	short := map[string]string{"tr": "trieu", "trd": "trieu", "tr d": "trieu", "can": "nha", "cai": "nha", "ho": "nha", "tc": "tieu chi"}
	if long, ok := short[t]; ok {
		t = long
	}
	return t == m || strings.HasPrefix(m, t+" ") || strings.HasPrefix(t, m)
}

// comma writes a figure as offices read it: 85,5.
func comma(d decimal.Decimal) string { return strings.Replace(d.String(), ".", ",", 1) }
