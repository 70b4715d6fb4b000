package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// headsGroup tells the heading of a group of communes that bears its sums: a
// Roman number stands before a name that no commune could bear, or none where
// communes have one, and every mark of the row is a count. Groups are called what an office likes ("Cụm phía
// Bắc"), so their names cannot be listed.
func (r *reader) headsGroup(s seenRow, lead string) bool {
	numbered := s.name != lead && romanLead.MatchString(viet.Plain(lead))
	if s.known || s.name == "" || !numbered && !r.overCommune(s, lead) || r.looksLikeCommune(s.name) && !commonNoun(s.name) {
		return false
	}
	counts, several := 0, false
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
			several = several || cell.Stored != "0" && cell.Stored != "1" // these may be marks
		}
	}
	return counts > 1 && several
}

// overCommune tells a row that has no number before its name, in a table whose
// communes have one, and that stands right over one of them.
func (r *reader) overCommune(s seenRow, lead string) bool {
	if s.name != lead || s.at != r.unitCol || s.row == r.g.rows {
		return false
	}
	name, at := r.nameIn(s.row + 1)
	number, _ := r.g.lead(s.row+1, max(r.unitCol, r.first-1))
	_, commune := r.matchName(name, &seenRow{row: s.row + 1, name: name, at: at})
	return commune && at == r.unitCol && number != name && onlyNumber(number)
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

// namesGroup tells a row with nothing but the name of a group of communes: it
// stands over them, and may be the heading of their own table.
func (n *Normalizer) namesGroup(g *grid, cols []int, row int) bool {
	return len(cols) == 1 && n.words.rowRole(g.text(row, cols[0])) == tonghop.RowSection
}
