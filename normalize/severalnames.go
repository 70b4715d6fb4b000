package normalize

import (
	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// askWhichOf names the two communes of the office that a name typed without
// accents may mean, with their codes: neither is nearer than the other. Without
// two such communes it names the nearest one.
func (r *reader) askWhichOf(row *tonghop.Row, s seenRow, f tonghop.Finding) tonghop.Finding {
	t := r.n.name(s.name)
	var hits []*commune
	if t.telling() && viet.Fold(t.bare) == t.flat {
		hits = r.office.answering(t, func(c *commune) string { return c.plain }, t.flat)
	}
	if len(hits) == 2 {
		one, two := hits[0].unit, hits[1].unit
		return f.Arg("first", one.Name).Arg("first_code", one.Code).Arg("second", two.Name).Arg("second_code", two.Code)
	}
	if near := r.office.nearest(t, ""); near != "" {
		row.Match.RunnerUp = near
		f = f.Arg("near", r.nameOf(near))
	}
	return f
}
