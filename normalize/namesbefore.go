package normalize

import (
	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// rivalsFound marks rows whose names are those of communes as they stand, but may
// well mean others by how the other rows of the table are named.
func (r *reader) rivalsFound(rows []seenRow) {
	r.unaccentedRivals(rows)
	r.formerRivals(rows)
}

// unaccentedRivals leaves a name aside that is a commune's own as it stands, in a
// table where no name has accents: "Nga Thanh" may be Nga Thành there.
func (r *reader) unaccentedRivals(rows []seenRow) {
	habit := false
	for _, s := range rows {
		if s.kind != rowCommune {
			continue
		}
		if t := r.n.name(s.name); viet.Fold(t.bare) != t.flat {
			return
		}
		habit = habit || s.match.why == "plain"
	}
	if !habit {
		return
	}
	for i, s := range rows {
		if s.kind != rowCommune {
			continue
		}
		t := r.n.name(s.name)
		if len(r.office.answering(t, func(c *commune) string { return c.plain }, t.flat)) > 1 {
			rows[i].kind, rows[i].match = rowStranger, match{}
		}
	}
}

// formerRivals marks names of today that were also those of communes of before
// which went into others, in a table that is made by the names of before: more of
// its rows bear names that nobody bears any more than such as nobody bore then.
func (r *reader) formerRivals(rows []seenRow) {
	before, today := 0, 0
	for _, s := range rows {
		switch {
		case s.former != nil:
			before++
		case s.kind != rowCommune:
		case s.match.former != nil:
			if bareFold(*s.match.former) != bareFold(s.match.unit) { // the commune's own, when it was a township
				before++
			}
		case len(r.bearingFormerly(r.n.name(s.name))) == 0:
			today++
		}
	}
	if before < fewestFormer || before <= today {
		return
	}
	for i, s := range rows {
		if s.kind != rowCommune || s.match.former != nil || s.match.unit.Kind != tonghop.Xa {
			continue
		}
		for _, f := range r.bearingFormerly(r.n.name(s.name)) {
			if len(f.now) > 0 && codes(f.now) != s.match.unit.Code {
				rows[i].rival = &f
			}
		}
	}
}

// fewestFormer is how many rows with names of before show that a table is made by
// them: one may be an old habit.
const fewestFormer = 2

func bareFold(u tonghop.Unit) string { return viet.Fold(bareName(u)) }

// rivalNote asks whether a name of today is meant, or the commune that bore it
// before. For now it is today's.
func (r *reader) rivalNote(row *tonghop.Row, s seenRow) tonghop.Finding {
	var heirs []string
	for _, u := range s.rival.now {
		heirs = append(heirs, u.Name)
	}
	return tonghop.Finding{Rule: "DV-095", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit, Found: s.name}.
		At(row.NameRef).Arg("unit", s.match.unit.Name).Arg("heirs", few(heirs))
}
