package normalize

import "github.com/tonghop/tonghop"

// namesakes settles the bare names that a xã and a township of the office share:
// such a name is the xã's if every other xã has its row, for the xã would be
// absent otherwise; or if the office has other townships and none of them has
// one, for the table is of xã alone.
func (r *reader) namesakes(rows []seenRow) map[string]bool {
	times := map[string]int{}
	shared := map[string]string{} // township → xã of the same name
	for _, s := range rows {
		if s.kind != rowCommune {
			continue
		}
		times[s.match.unit.Code]++
		if s.match.doubt {
			shared[s.match.runnerUp] = s.match.unit.Code
		}
	}
	all, townships, listed := true, 0, 0
	for _, c := range r.office.communes {
		switch {
		case c.unit.Kind == tonghop.Xa:
			all = all && times[c.unit.Code] > 0
		case shared[c.unit.Code] == "":
			townships++
			listed += min(times[c.unit.Code], 1)
		}
	}
	out := map[string]bool{}
	for township, xa := range shared {
		out[xa] = times[xa] == 1 && times[township] == 0 && (all || townships > 0 && listed == 0)
	}
	return out
}
