package normalize

import (
	"github.com/tonghop/tonghop"
)

// lists are the days of the two lists between which a unit changed: the last
// that shows the one state, the first that shows the other.
func lists(u tonghop.Unit, on tonghop.Date) (before, after tonghop.Date) {
	if on < u.From {
		return u.FromAfter, u.From
	}
	return u.ToAfter, u.To.Next()
}

// betweenLists asks once about a commune of which nobody can tell whether it
// stood, or bore this name, on the day of the report: it is taken as written.
// Where the office itself is in doubt over the same days, that is asked instead.
func (r *reader) betweenLists(row *tonghop.Row, u tonghop.Unit) (tonghop.Finding, bool) {
	on := r.places.on
	if u.Presence(on) != tonghop.Perhaps || !r.judged(u) {
		return tonghop.Finding{}, false
	}
	before, after := lists(u, on)
	if o := r.cover.Office; o.Presence(on) == tonghop.Perhaps {
		if b, a := lists(o, on); b == before && a == after {
			return tonghop.Finding{}, false
		}
	}
	return tonghop.Finding{Rule: "DV-044", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: u.Code, Found: row.Name}.
		At(row.NameRef).Arg("unit", u.Name).Arg("before", before.Vietnamese()).Arg("after", after.Vietnamese()).
		Arg("date", on.Vietnamese()), true
}

// judged reports whether the unit is a xã in either list.
func (r *reader) judged(u tonghop.Unit) bool {
	for _, c := range r.office.communes {
		if c.unit.Code == u.Code && c.unit.Kind == tonghop.Xa {
			return true
		}
	}
	return false
}

// officeBetween asks about an office that changed between two lists around the
// day of the report.
func officeBetween(u tonghop.Unit, on tonghop.Date, at tonghop.Ref) (tonghop.Finding, bool) {
	if u.Presence(on) != tonghop.Perhaps {
		return tonghop.Finding{}, false
	}
	before, after := lists(u, on)
	return tonghop.Finding{Rule: "DV-051", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: u.Name}.At(at).
		Arg("office", u.Name).Arg("before", before.Vietnamese()).Arg("after", after.Vietnamese()).Arg("date", on.Vietnamese()), true
}
