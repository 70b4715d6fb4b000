package normalize

import (
	"github.com/tonghop/tonghop"
)

// eliminate gives a column to the indicator that its label names best where only
// one came near that another column names better: "Chất thải rắn được thu gom" is
// no doubt beside "Chất thải nhựa được thu gom". The name needs to stand as clear
// of every indicator without a column as a name that has no rival.
func (n *Normalizer) eliminate(cols []tonghop.Column, all map[int]evidence) {
	held, claims := map[string]bool{}, map[string]int{}
	for _, c := range cols {
		if c.Role == tonghop.ColField {
			held[c.Field] = true
		} else if c.Role == tonghop.ColUnknown {
			claims[all[c.Col].name.no]++
		}
	}
	for i, c := range cols {
		e := all[c.Col]
		if c.Role != tonghop.ColUnknown || e.criterion == 0 || e.mark || e.nameAt.area == e.critAt.area || held[e.name.no] ||
			!held[e.name.second] || claims[e.name.no] > 1 || e.name.score < 0.6 {
			continue
		}
		if e.name.score-n.nearestOpen(e, held) >= 0.1 {
			cols[i] = byName(c, e)
			held[e.name.no] = true
		}
	}
}

// nearestOpen is how well the label of a column names another indicator of its
// criterion that no column holds.
func (n *Normalizer) nearestOpen(e evidence, held map[string]bool) float64 {
	best := 0.0
	for _, in := range n.known.Criteria.Criteria[e.criterion-1].Indicators {
		if in.No != e.name.no && !held[in.No] {
			best = max(best, n.names.likenessOfIndicator(in.No, withoutMeasure(e.nameAt.rest)))
		}
	}
	return best
}
