package tonghop

import (
	"cmp"
	"slices"
	"strings"
)

// Presence is whether a unit stands on a date, as far as the lists tell.
type Presence int

// The answers. Perhaps: the date lies between the list that shows the unit and
// the one that does not.
const (
	Absent Presence = iota
	Perhaps
	Present
)

// Presence tells whether the unit stands on the date.
func (u Unit) Presence(on Date) Presence {
	switch {
	case u.From != "" && on < u.From:
		if u.FromAfter != "" && on > u.FromAfter {
			return Perhaps
		}
		return Absent
	case u.To != "" && on > u.To:
		return Absent
	case u.ToAfter != "" && on > u.ToAfter:
		return Perhaps
	}
	return Present
}

// Perhaps lists the units directly under parent of which nobody can tell
// whether they stand on the date: those that may have ended, which Children
// lists too, and those that may have begun, which it does not.
func (r *Register) Perhaps(parent string, on Date) []Unit {
	var out []Unit
	for _, u := range r.children[parent] {
		if u.Presence(on) == Perhaps {
			out = append(out, *u)
		}
	}
	return out
}

// Join says that a unit, or a part of it, was joined into another one.
type Join struct {
	From  Date   // first day of the new unit
	Old   string // code of the unit that ended the day before
	New   string // code of the unit that it was joined into
	Whole bool   // all of it was; else it was divided
}

// WithJoins is the register with what became of the units that ended. joins
// are sorted by the old code; they are the register's from then on.
func (r *Register) WithJoins(joins []Join) *Register {
	out := *r
	out.joined = joins
	return &out
}

// Became tells which units of the date took the place of one that does not
// stand any more. certain: all of it went into the only one of them. None and
// not certain: it ended, and nobody wrote down what became of it.
//
// A code stays with its unit until the codes were given anew; then the joins
// say where each commune went.
func (r *Register) Became(u Unit, on Date) (now []Unit, certain bool) {
	for {
		if on.Within(u.From, u.To) {
			return []Unit{u}, true
		}
		if joins := r.joinedAfter(u); len(joins) > 0 {
			if len(joins) == 1 && joins[0].Whole {
				next, ok := r.Unit(joins[0].New, joins[0].From)
				if !ok || next.From == u.From && next.Code == u.Code {
					return nil, false
				}
				u = next
				continue
			}
			return r.parts(joins, on), false
		}
		next, ok := r.next(u)
		if !ok {
			return nil, false
		}
		u = next
	}
}

// joinedAfter lists the joins that ended this unit: a code may have been
// another unit's before.
func (r *Register) joinedAfter(u Unit) []Join {
	var out []Join
	first, _ := slices.BinarySearchFunc(r.joined, u.Code, func(j Join, code string) int { return strings.Compare(j.Old, code) })
	for _, j := range r.joined[first:] {
		if j.Old != u.Code {
			break
		}
		if u.To != "" && u.To < j.From && !slices.ContainsFunc(r.byCode[levelCode{u.Kind.Level(), u.Code}], func(v Unit) bool {
			return v.From > u.To && v.From < j.From
		}) {
			out = append(out, j)
		}
	}
	return out
}

// parts are the units that a divided one went into, as they stand on the date.
func (r *Register) parts(joins []Join, on Date) []Unit {
	var out []Unit
	for _, j := range joins {
		if now, ok := r.Unit(j.New, on); ok {
			out = append(out, now)
		}
	}
	return out
}

// next is the unit under another name, kind or parent that followed on the same
// code, unless the code was given to another unit.
func (r *Register) next(u Unit) (Unit, bool) {
	for _, v := range r.byCode[levelCode{u.Kind.Level(), u.Code}] {
		if u.To != "" && v.From == u.To.Next() {
			return v, v.From != codesAnew
		}
	}
	return Unit{}, false
}

// codesAnew is the day from which most codes of communes are other units'
// (QĐ 19/2025/QĐ-TTg).
const codesAnew Date = "2025-07-01"

// Gone lists the units of a level that do not stand on the date but stood
// before it, or stand after it, by code and time.
func (r *Register) Gone(level int, on Date) []Unit {
	var found []*Unit // units are large: only what points to them is sorted
	for _, lines := range r.byCode {
		for i := range lines {
			if u := &lines[i]; u.Kind.Level() == level && u.Presence(on) == Absent {
				found = append(found, u)
			}
		}
	}
	slices.SortFunc(found, func(a, b *Unit) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(string(a.From), string(b.From)))
	})
	out := make([]Unit, len(found))
	for i, u := range found {
		out[i] = *u
	}
	return out
}

// Heirs lists the units of the date that took the place of one that ended, by
// code: of a district, the units of the level to which its communes belong or
// which they became.
func (r *Register) Heirs(u Unit, on Date, level int) []Unit {
	lines := []Unit{u}
	if u.Kind.Level() == 2 {
		lines = r.Children(u.Code, u.last())
	}
	seen := map[string]bool{}
	var out []Unit
	for _, c := range lines {
		now, _ := r.Became(c, on)
		for _, h := range now {
			if level == 2 && h.Kind.Level() == 3 {
				h, _ = r.Unit(h.Parent, on)
			}
			if h.Kind.Level() == level && !seen[h.Code] {
				seen[h.Code] = true
				out = append(out, h)
			}
		}
	}
	slices.SortFunc(out, func(a, b Unit) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// last is a day on which the unit stood for certain: its last, or today's lists.
func (u Unit) last() Date {
	if u.ToAfter != "" {
		return u.ToAfter
	}
	if u.To != "" {
		return u.To
	}
	return "9999-12-31"
}
