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
	return n.readText(v, p)
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
		return unreadable(v, "O-009", "stored", figure)
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
	}
	v, more := n.settle(v, d, p, c.Style.Percent)
	return v, append(found, more...)
}

// settle stores a figure and asks about it where it is not possible, or where
// the column gives it another likely meaning.
func (n *Normalizer) settle(v tonghop.Value, d decimal.Decimal, p *profile, percent bool) (tonghop.Value, []tonghop.Finding) {
	v.Number = decimal.NewNullDecimal(d)
	if v.Measure == "" && (p.kind != tonghop.TypeMark || p.share) {
		v.Measure = p.measure
	}
	if d.IsZero() {
		v.Empty = tonghop.Zero
	}
	one := decimal.NewFromInt(1)
	switch {
	case p.marksOnly && !d.IsZero() && !d.Equal(one):
		return v, []tonghop.Finding{query("O-017", v, "value", comma(d))}
	case p.marksOnly:
		return v, []tonghop.Finding{query("O-011", v, "value", comma(d))}
	case !p.fits(d) && p.rangeText() == "":
		return v, []tonghop.Finding{query("O-004", v, "value", comma(d))}
	case !p.fits(d):
		return v, []tonghop.Finding{query("O-003", v, "range", p.rangeText(), "value", comma(d), "measure", p.measure)}
	case p.share && !percent && d.IsPositive() && d.LessThanOrEqual(one) && (p.rising || p.big == 0):
		return v, []tonghop.Finding{query("O-005", v, "points", comma(d), "fraction", comma(d.Shift(2)))}
	case (p.kind == tonghop.TypeMark || p.kind == tonghop.TypeGrade) && !percent && (d.IsZero() || d.Equal(one)) && (p.big == 0 && !p.share || p.marks > 0):
		return v, []tonghop.Finding{query("O-011", v, "value", comma(d))}
	}
	return v, nil
}

// readText reads a cell that holds text: a word for a mark or for no figure, a
// number, a number with its mark, or a question.
func (n *Normalizer) readText(v tonghop.Value, p *profile) (tonghop.Value, []tonghop.Finding) {
	text := viet.Clean(v.Raw)
	fold := strings.Trim(viet.Fold(text), " .;:")
	countable := p.kind == tonghop.TypeCount || p.kind == tonghop.TypeNumber
	if countable && n.words.zero[fold] && p.field != tonghop.FieldTotalMet {
		v.Number, v.Empty, v.Measure = decimal.NewNullDecimal(decimal.Zero), tonghop.Zero, p.measure
		return v, []tonghop.Finding{note("GC-004", v.Ref, v.Field, v.Shown)}
	}
	if meanings, ok := n.words.doubtful[fold]; ok {
		return unreadable(v, "O-002", "first", meanings[0], "second", meanings[1])
	}
	if kind, ok := n.words.empties[fold]; ok {
		v.Empty = kind
		return v, []tonghop.Finding{note("GC-005", v.Ref, v.Field, v.Shown)}
	}
	if p.negative && yesNo[fold] {
		return unreadable(v, "O-002", "first", string(tonghop.NotMet), "second", string(tonghop.Met))
	}
	if m, bare, ok := n.words.mark(text); ok {
		if !p.marksOnly && (countable || p.share) && yesNo[fold] {
			return unreadable(v, "O-001") // whether "có" is good depends on what is counted
		}
		return readMark(v, p, m, bare)
	}
	if a, b, ok := viet.Ratio(text); ok {
		return n.readRatio(v, p, a, b)
	}
	if readings := viet.Numbers(text); len(readings) > 0 {
		return n.choose(v, p, readings)
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
	if first.Unit != "" && !sameMeasure(first.Unit, p.measure) {
		return unreadable(v, "O-014", "unit", first.Unit, "measure", p.measure)
	}
	if first.Percent && (p.kind == tonghop.TypeNumber || p.kind == tonghop.TypeCount) {
		return unreadable(v, "O-014", "unit", "%", "measure", p.measure)
	}
	var possible []decimal.Decimal
	var why viet.Why
	for _, r := range readings {
		if d, err := decimal.NewFromString(r.Figure); err == nil && p.fits(d) {
			possible, why = append(possible, d), r.Why
		}
	}
	if len(possible) > 1 && !possible[0].Equal(possible[1]) {
		return unreadable(v, "O-015", "first", comma(possible[0]), "second", comma(possible[1]))
	}
	if len(possible) == 0 {
		d, err := decimal.NewFromString(first.Figure)
		if err != nil || len(readings) > 1 {
			return unreadable(v, "O-001")
		}
		possible, why = append(possible, d), first.Why
	}
	if first.Percent {
		v.Measure = "%"
	}
	v, found := n.settle(v, possible[0], p, first.Percent)
	return v, append(found, note("GC-002", v.Ref, v.Field, v.Shown).Arg("why", string(why)))
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
