package validate

import "github.com/tonghop/tonghop"

// zones lists the statuses that a commune has on the date. A commune of which
// nobody wrote anything down has none here, which does not say that it has none.
func (j *Judge) zones(commune string, on tonghop.Date) []tonghop.Zone {
	var out []tonghop.Zone
	for _, kind := range []tonghop.ZoneKind{tonghop.ZoneDBKK, tonghop.ZoneATK} {
		if z, known := j.register.Zone(commune, kind, on); known {
			out = append(out, z)
		}
	}
	return out
}

// threshold is what an indicator asks for here: by the commune's status where the
// set has a figure for that, else by its region.
func (p place) threshold(in tonghop.Indicator) (tonghop.Threshold, bool) {
	for _, z := range p.zones {
		if t, ok := in.ZoneThreshold(z.Kind, p.year); ok {
			return t, true
		}
	}
	return in.Threshold(p.region, p.year)
}

// mayDiffer reports whether the threshold is that of a region while the commune
// has a status for which the set has no figure: then it shows nothing.
func (p place) mayDiffer(t tonghop.Threshold) bool { return len(p.zones) > 0 && t.Region != "" }

// sayZoned says that a figure contradicts a mark. Where another threshold may hold
// for the commune, that is only noted, and for the coordination office: what lacks
// is a figure of ours.
func (r *run) sayZoned(rule tonghop.Rule, t tonghop.Threshold, f tonghop.Finding, refs ...tonghop.Ref) {
	if r.at.mayDiffer(t) {
		rule.ID, rule.Owner, f.Severity = "GC-125", tonghop.OwnerSystem, tonghop.Note
		z := r.at.zones[0]
		f = f.Arg("zone", string(z.Kind)).Arg("decision", z.Decision)
	}
	r.sayAt(rule, f, refs...)
}
