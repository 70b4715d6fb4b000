package normalize

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// After is the normalizer for a file whose office reported this before. It shares
// what n has learnt.
func (n *Normalizer) After(before tonghop.History) *Normalizer {
	if len(before) == 0 && len(n.known.Before) == 0 {
		return n // most files; what it learns stays
	}
	own := *n
	own.known.Before = before
	return &own
}

// Jump tells by which power of ten a figure stands apart from what was reported
// last: by a thousand or a million, up or down, and but for that within half and
// double of it.
func Jump(d, before decimal.Decimal) (power int32, ok bool) {
	if !d.IsPositive() || !before.IsPositive() {
		return 0, false
	}
	for _, power := range []int32{3, -3, 6, -6} {
		if alike(d.Shift(-power), before) {
			return power, true
		}
	}
	return 0, false
}

// alike reports whether a figure lies within half and double of the last one.
func alike(d, before decimal.Decimal) bool {
	two := decimal.NewFromInt(2)
	return d.Mul(two).GreaterThanOrEqual(before) && d.LessThanOrEqual(before.Mul(two))
}

// since is the profile for the cell of a unit that reported the field before.
// A column of marks has no figures to compare.
func (n *Normalizer) since(p *profile, unit string) *profile {
	before, in, ok := n.known.Before.Figure(unit, p.field)
	if !ok || p.marksOnly || p.kind == tonghop.TypeGrade || p.kind == tonghop.TypeMark && !p.share {
		return p
	}
	own := *p
	own.before, own.in = decimal.NewNullDecimal(before), in
	return &own
}

// recalled picks of two readings of a text the one that is alike to what was
// reported last, if the other is far from it. A count is never read as one with
// decimals.
func (p *profile) recalled(readings []decimal.Decimal) (at int, ok bool) {
	if !p.before.Valid || !p.before.Decimal.IsPositive() || len(readings) != 2 {
		return 0, false
	}
	for i, d := range readings {
		if p.kind == tonghop.TypeCount && d.LessThan(readings[1-i]) {
			continue
		}
		if power, far := Jump(readings[1-i], p.before.Decimal); far && (power == 3 || power == -3) && alike(d, p.before.Decimal) {
			return i, true
		}
	}
	return 0, false
}

// jump asks about a figure that is a thousand or a million times what the unit
// reported last, or as small a part of it.
func (p *profile) jump(v tonghop.Value) []tonghop.Finding {
	if !v.Number.Valid || !p.before.Valid {
		return nil
	}
	power, ok := Jump(v.Number.Decimal, p.before.Decimal)
	meant := v.Number.Decimal.Shift(-power)
	if !ok || !p.fits(meant) {
		return nil
	}
	f := query("O-036", v, "value", comma(v.Number.Decimal), "meant", comma(meant), "measure", v.Measure, "power", strconv.Itoa(int(power)))
	return []tonghop.Finding{p.citing(f)}
}

// citing has a finding say what was reported last, and where that stands.
func (p *profile) citing(f tonghop.Finding) tonghop.Finding {
	return f.Arg("before", comma(p.before.Decimal)).Arg("last", p.in.Period.String()).Arg("since", p.in.Receipt)
}

// cite has what is asked about the figure of one cell say what was reported
// last. What is asked once for a whole column is of several units.
func (p *profile) cite(found []tonghop.Finding) {
	if !p.before.Valid {
		return
	}
	for i, f := range found {
		if f.Severity == tonghop.Query && !columnHabits[f.Rule] && strings.HasPrefix(f.Rule, "O-") && f.Args["last"] == "" {
			found[i] = p.citing(f)
		}
	}
}

// enoughJumps are how many cells of a column that jump alike are one fault of
// the column.
const enoughJumps = 3

// gatherJumps asks once about a column many of whose figures jump alike: its
// unit of measure is another one than last time.
func gatherJumps(found []tonghop.Finding) []tonghop.Finding {
	key := func(f tonghop.Finding) string { return f.Sheet + "|" + f.Field + "|" + f.Args["power"] }
	count := map[string]int{}
	for _, f := range found {
		if f.Rule == "O-036" {
			count[key(f)]++
		}
	}
	var out []tonghop.Finding
	at := map[string]int{}
	for _, f := range found {
		if f.Rule != "O-036" || count[key(f)] < enoughJumps {
			out = append(out, f)
			continue
		}
		i, ok := at[key(f)]
		if !ok {
			i = len(out)
			at[key(f)] = i
			whole := f.Arg("count", strconv.Itoa(count[key(f)])).Arg("up", upDown(f.Args["power"], "3", "6")).Arg("down", upDown(f.Args["power"], "-3", "-6"))
			whole.Rule, whole.Unit, whole.Areas = "O-041", "", nil
			out = append(out, whole)
		}
		out[i].Areas = append(out[i].Areas, f.Areas...)
	}
	for _, i := range at {
		out[i].Areas = joinAreas(out[i].Areas)
	}
	return out
}

// upDown writes the factor of a power if it is one of two; "" otherwise.
func upDown(power, thousand, million string) string {
	switch power {
	case thousand:
		return "1.000"
	case million:
		return "1.000.000"
	}
	return ""
}
