package tonghop

// ZoneKind is a status that a decision gives a commune and that changes by
// which thresholds it is judged.
type ZoneKind string

// The kinds of zones.
const (
	ZoneDBKK ZoneKind = "dbkk" // xã đặc biệt khó khăn: specially difficult
	ZoneATK  ZoneKind = "atk"  // xã an toàn khu: safe zone of the revolution
)

// Zone is a status of a commune in a stretch of time, with the decision that
// gave it.
type Zone struct {
	Code     string // of the commune
	Kind     ZoneKind
	Decision string // number of the decision
	From     Date   // first day
	To       Date   // last day; "" = still in force
}

// WithZones is the register with the zones that a province has written down.
func (r *Register) WithZones(zones []Zone) *Register {
	out := *r
	out.zones = make(map[string][]Zone, len(zones))
	for _, z := range zones {
		out.zones[z.Code] = append(out.zones[z.Code], z)
	}
	return &out
}

// Zone finds a commune's status of a kind on the date. known is false where
// nobody has written it down: then it is not known whether the commune has the
// status, which is not the same as having none.
func (r *Register) Zone(code string, kind ZoneKind, on Date) (z Zone, known bool) {
	for _, z := range r.zones[code] {
		if z.Kind == kind && on.Within(z.From, z.To) {
			return z, true
		}
	}
	return Zone{}, false
}
