package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// shifted asks once about a row whose cells have slid into the columns beside
// them: figures stand among marks and marks among figures, in several places. No
// cell is used then of the stretch in which they may have slid, for a figure that
// slid into another column of figures looks right.
func (r *reader) shifted(row tonghop.Row, found []tonghop.Finding, profiles map[string]*profile) (tonghop.Row, []tonghop.Finding) {
	const several = 3
	places := make([]slid, len(row.Values))
	figures, marks := 0, 0
	for i, v := range row.Values {
		p := profiles[profileKey(r.fields[i])]
		places[i].forMarks = p.holdsMarks()
		places[i].filled = v.Number.Valid || v.Mark != tonghop.MarkNone
		switch {
		case v.Number.Valid && slices.ContainsFunc(found, func(f tonghop.Finding) bool { return f.Rule == "O-017" && f.Names(v.Ref) }):
			figures++
			places[i].odd = true
		case v.Mark != tonghop.MarkNone && !v.Number.Valid && !places[i].forMarks:
			marks++
			places[i].odd = true
		}
	}
	if row.LeftOut != "" {
		return row, found
	}
	first, last, ok := r.slidToBlank(row.Values, profiles)
	if figures >= several && marks >= several {
		first, last = stretch(places)
	} else if !ok {
		return row, found
	}
	for first > 0 && r.misplaced(row.Values[first-1], r.fields[first-1], profiles) {
		first-- // a mark for a figure may pass as the mark that stands beside it
	}
	first, last = upToBlank(row.Values, first, last)
	asked := row.Values[first : last+1]
	found = slices.DeleteFunc(found, func(f tonghop.Finding) bool {
		return f.Field != "" && !strings.HasPrefix(f.Rule, "DV-") && slices.ContainsFunc(asked, func(v tonghop.Value) bool { return f.Names(v.Ref) })
	})
	area := row.Area
	if first > 0 || last < len(row.Values)-1 {
		from := asked[0].Ref
		area = tonghop.Area{Top: from.Row, Left: from.Col, Bottom: from.Row, Right: from.Col}
		for _, v := range asked { // the mark of a pair is read before its figure
			area = tonghop.Area{Top: min(area.Top, v.Ref.Row), Left: min(area.Left, v.Ref.Col), Bottom: max(area.Bottom, v.Ref.Row), Right: max(area.Right, v.Ref.Col)}
		}
	}
	for i := range asked {
		asked[i].Number, asked[i].Mark, asked[i].Empty = decimal.NullDecimal{}, tonghop.MarkNone, tonghop.Unreadable
	}
	f := tonghop.Finding{Rule: "O-060", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit, Found: row.Name}.
		Over(row.NameRef.Sheet, area)
	f = f.Arg("unit", row.Official).Arg("figures", strconv.Itoa(figures)).Arg("marks", strconv.Itoa(marks))
	return row, append(found, f)
}

// misplaced reports whether a cell holds a mark where its column has figures, or a
// figure where it has marks.
func (r *reader) misplaced(v tonghop.Value, c tonghop.Column, profiles map[string]*profile) bool {
	if c.Mark || r.isCriterion(c) || profiles[profileKey(c)].holdsMarks() {
		return v.Number.Valid
	}
	return v.Mark != tonghop.MarkNone && !v.Number.Valid
}

// holdsMarks reports whether a column has marks rather than figures.
func (p *profile) holdsMarks() bool {
	const several = 3
	return p.marks*several > p.big
}

// upToBlank takes a stretch on to the cell beside the only blank one of its row, which is
// the one that the cells left.
func upToBlank(values []tonghop.Value, first, last int) (from, to int) {
	blank := -1
	for i, v := range values {
		switch {
		case v.Empty != tonghop.NotReported:
		case blank >= 0:
			return first, last
		default:
			blank = i
		}
	}
	if blank >= 0 && blank < first {
		return blank + 1, last
	}
	return first, max(last, blank-1)
}

// slid is a cell of a row that may have slid.
type slid struct {
	filled   bool
	forMarks bool // its column is one of marks
	odd      bool // it holds what its column does not
}

// stretch is the first and the last place between which cells may have slid: all
// that are odd, and beyond them until it is certain that the cells stand right.
func stretch(places []slid) (first, last int) {
	first = slices.IndexFunc(places, func(s slid) bool { return s.odd })
	last = first
	for i := range places {
		if places[i].odd {
			last = i
		}
	}
	return settledFrom(places, first, -1), settledFrom(places, last, 1)
}

// settledFrom walks from an odd place until cells were seen that can have come
// neither from the column before nor from the one behind, which are of another
// kind; it gives the last place that may have slid.
func settledFrom(places []slid, at, step int) int {
	before, behind := false, false
	for i := at + step; i >= 0 && i < len(places); i += step {
		s := places[i]
		if s.filled {
			before = before || i > 0 && places[i-1].forMarks != s.forMarks
			behind = behind || i < len(places)-1 && places[i+1].forMarks != s.forMarks
		}
		if before && behind {
			return i - step
		}
	}
	if step < 0 {
		return 0
	}
	return len(places) - 1
}
