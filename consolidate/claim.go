package consolidate

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// source is where a value of the commune's row stands. For a mark its value is
// the canonical word (met, not_met…), for a figure the canonical number, for
// an empty cell the kind of empty.
func (c *commune) source(v tonghop.Value) tonghop.Source {
	s := tonghop.Source{File: c.ret.Submission.Name, Sheet: v.Ref.Sheet, Cell: v.Ref.Cell(),
		Raw: v.Raw, Submission: c.ret.Submission.Receipt}
	switch {
	case v.Number.Valid:
		s.Value = v.Number.Decimal.String()
	case v.Mark != tonghop.MarkNone:
		s.Value = string(v.Mark)
	default:
		s.Value = string(v.Empty)
	}
	return s
}

// nameSource is the cell with the commune's name: what a count of communes
// counts.
func (c *commune) nameSource() tonghop.Source {
	return tonghop.Source{File: c.ret.Submission.Name, Sheet: c.row.NameRef.Sheet, Cell: c.row.NameRef.Cell(),
		Raw: c.row.Name, Value: c.unit.Code, Submission: c.ret.Submission.Receipt}
}

// claim is the mark that the district gives a criterion: in a column of its
// own, or that of its single indicator. Not applicable in one of its cells
// does not outweigh a mark in the other. ok is false where it gives none.
func (c *commune) claim(cr tonghop.Criterion) (v tonghop.Value, ok bool) {
	for _, cell := range c.markCells(cr) {
		switch {
		case cell.Mark != tonghop.MarkNone && cell.Mark != tonghop.MarkNotApplicable:
			return cell, true
		case !ok && (cell.Mark == tonghop.MarkNotApplicable || cell.Empty == tonghop.NotApplicable):
			v, ok = cell, true
			v.Mark = tonghop.MarkNotApplicable
		}
	}
	return v, ok
}

// unclear reports whether something stands where the mark belongs that could
// not be understood.
func (c *commune) unclear(cr tonghop.Criterion) bool {
	for _, v := range c.markCells(cr) {
		if v.Empty == tonghop.Unreadable {
			return true
		}
	}
	return false
}

// markCells are the values that may hold the mark of a criterion.
func (c *commune) markCells(cr tonghop.Criterion) []tonghop.Value {
	own, single := "TC"+strconv.Itoa(cr.No), ""
	if len(cr.Indicators) == 1 {
		single = cr.Indicators[0].No
	}
	var out []tonghop.Value
	for _, v := range c.row.Values {
		if v.Field == own || v.Field == single {
			out = append(out, v)
		}
	}
	return out
}

// met lists the marks that say met; all is true if every criterion has a mark.
func (c *commune) met(cs *tonghop.Criteria) (met []tonghop.Source, all bool) {
	for _, cr := range cs.Criteria {
		v, ok := c.claim(cr)
		if !ok {
			return nil, false
		}
		if v.Mark == tonghop.Met {
			met = append(met, c.source(v))
		}
	}
	return met, len(cs.Criteria) > 0
}

// indicator picks what to show of an indicator: its figure before its mark,
// a mark before a kind of empty. ok is false if the return has no such cell.
func (c *commune) indicator(no string) (best tonghop.Value, ok bool) {
	rank := -1
	for _, v := range c.row.Values {
		if v.Field != no {
			continue
		}
		if r := weight(v); r > rank {
			best, rank, ok = v, r, true
		}
	}
	return best, ok
}

// weight orders the cells that one indicator may have.
func weight(v tonghop.Value) int {
	switch {
	case v.Number.Valid:
		return 5
	case v.Mark != tonghop.MarkNone:
		return 4
	case v.Empty == tonghop.Unreadable:
		return 3
	case v.Empty == tonghop.NotDue:
		return 2
	case v.Empty == tonghop.NotApplicable:
		return 1
	}
	return 0
}

// judged lists the criteria our standings judge met, and what they follow
// from; all is true if every criterion is judged.
func (c *commune) judged(cs *tonghop.Criteria) (met int, sources []tonghop.Source, all bool) {
	seen := map[tonghop.Source]bool{}
	for _, cr := range cs.Criteria {
		s, ok := c.standings[cr.No]
		if !ok || s.Judged != tonghop.JudgedMet && s.Judged != tonghop.JudgedNotMet {
			return 0, nil, false
		}
		if s.Judged == tonghop.JudgedMet {
			met++
		}
		for _, v := range s.Sources {
			if src := c.source(v); !seen[src] {
				seen[src] = true
				sources = append(sources, src)
			}
		}
	}
	return met, sources, len(cs.Criteria) > 0
}
