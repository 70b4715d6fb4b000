package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// formerUnit is a unit that is no more, with what took its place.
type formerUnit struct {
	unit    tonghop.Unit
	now     []tonghop.Unit
	certain bool // all of it went into the only one of now
}

// former arranges the units that are no more, by folded name with kind, for
// those in scope. It is made when the first row bears no name of today.
func (n *Normalizer) former(p *places) map[string][]formerUnit {
	if p.gone != nil {
		return p.gone
	}
	r := n.known.Register
	p.gone = map[string][]formerUnit{}
	for _, u := range r.Gone(3, p.on) {
		if u.To == "" || u.To >= p.on {
			continue
		}
		f := formerUnit{unit: u}
		f.now, f.certain = r.Became(u, p.on)
		if !p.concerns(f) {
			continue
		}
		key := kindWord[u.Kind] + " " + viet.Fold(plainNumber(bareName(u)))
		p.gone[key] = append(p.gone[key], f)
	}
	return p.gone
}

// concerns reports whether a unit that is no more lay in an office in scope, or
// went into one.
func (p *places) concerns(f formerUnit) bool {
	if p.byCode[f.unit.Parent] != nil {
		return true
	}
	return slices.ContainsFunc(f.now, func(u tonghop.Unit) bool { return p.byCode[u.Parent] != nil })
}

// formerly finds what became of the unit whose former name a row bears: the
// match if all of it went into one commune of the office; else it notes on the
// row what is to be asked.
func (r *reader) formerly(t typedName, s *seenRow) (match, bool) {
	if !t.telling() {
		return match{}, false
	}
	var ours, others []formerUnit
	for _, f := range r.bearingFormerly(t) {
		switch {
		case slices.ContainsFunc(f.now, func(u tonghop.Unit) bool { return r.office.has(u.Code) }),
			len(f.now) == 0 && f.unit.Parent == r.office.unit.Code:
			ours = append(ours, f)
		case f.certain && len(f.now) == 1:
			others = append(others, f)
		}
	}
	switch {
	case len(ours) > 0 && same(ours) && ours[0].certain:
		return match{unit: ours[0].now[0], why: "former", former: &ours[0].unit}, true
	case len(ours) > 0:
		s.former, s.known = &ours[0], true
	case len(others) > 0 && same(others):
		s.other, s.known = others[0].now, true
	}
	return match{}, false
}

// bearingFormerly lists the units that are no more and bore the typed name.
func (r *reader) bearingFormerly(t typedName) []formerUnit {
	known, fold := r.n.former(r.places), t.fold
	if t.kind != "" {
		return known[kindWord[t.kind]+" "+fold]
	}
	var out []formerUnit
	for _, kind := range []tonghop.UnitKind{tonghop.Xa, tonghop.ThiTran, tonghop.Phuong} {
		out = append(out, known[kindWord[kind]+" "+fold]...)
	}
	return out
}

// same reports whether all of the units went into the same ones.
func same(units []formerUnit) bool {
	return !slices.ContainsFunc(units, func(f formerUnit) bool { return codes(f.now) != codes(units[0].now) || f.certain != units[0].certain })
}

func codes(units []tonghop.Unit) string {
	var out []string
	for _, u := range units {
		out = append(out, u.Code)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// askFormer asks which unit of today a row with a former name belongs to.
func (r *reader) askFormer(row *tonghop.Row, s seenRow) tonghop.Finding {
	row.LeftOut = "DV-047"
	f := tonghop.Finding{Rule: "DV-047", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: s.name}.
		Over(r.cover.Sheet, row.Area).Arg("old", s.former.unit.Name)
	if len(s.former.now) > 0 {
		var names []string
		for _, u := range s.former.now {
			names = append(names, u.Name)
		}
		return f.Arg("heirs", few(names))
	}
	before := s.former.unit.ToAfter
	if before == "" {
		before = s.former.unit.To
	}
	return f.Arg("before", before.Vietnamese()).Arg("after", s.former.unit.To.Next().Vietnamese())
}

// formerNote says that a former name was taken for the unit of today.
func (r *reader) formerNote(row *tonghop.Row, s seenRow) tonghop.Finding {
	return note("GC-072", row.NameRef, "", s.name).Arg("unit", s.match.unit.Name).
		Arg("day", s.match.former.To.Next().Vietnamese()).Arg("why", s.match.unit.Code)
}
