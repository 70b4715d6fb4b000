package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// headsGroup tells the heading of a group of communes that bears its sums: a
// Roman number stands before a name that no commune could bear, and every mark
// of the row is a count. Groups are called what an office likes ("Cụm phía
// Bắc"), so their names cannot be listed.
func (r *reader) headsGroup(s seenRow, lead string) bool {
	if s.known || s.name == lead || r.looksLikeCommune(s.name) && !commonNoun(s.name) || !romanLead.MatchString(viet.Plain(lead)) {
		return false
	}
	counts := 0
	for _, c := range r.fields {
		if !c.Mark && !strings.HasPrefix(c.Field, "TC") {
			continue
		}
		switch cell := r.g.sheet.Cell(s.row, c.Col); {
		case cell.Blank():
		case cell.Kind != tonghop.CellNumber:
			return false
		default:
			counts++
		}
	}
	return counts > 1
}

// commonNoun tells "Xã ven biển" from the name of a commune, which has a capital
// behind its kind.
func commonNoun(name string) bool {
	words := strings.Fields(name)
	for _, w := range words[min(1, len(words)):] {
		if strings.ToLower(w) != w {
			return false
		}
	}
	return len(words) > 2
}
