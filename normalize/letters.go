package normalize

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// whyLetters says that the register told which of several readings of a name's
// letters is meant.
const whyLetters = "letters"

// waysOf collects the texts of a sheet whose letters may be read in several ways.
func waysOf(book *tonghop.Book, sheet string) map[tonghop.Ref][]string {
	var out map[tonghop.Ref][]string
	for _, t := range book.Respelt {
		ways := t.Ways
		if ways == nil && t.Other != "" {
			ways = []string{t.Read, t.Other}
		}
		if len(ways) < 2 || t.Ref.Sheet != sheet {
			continue
		}
		if out == nil {
			out = map[tonghop.Ref][]string{}
		}
		out[t.Ref] = ways
	}
	return out
}

// byLetters looks a name up in every way in which its letters may be read. Where
// the office has a commune for one of them, it is meant; where it has different
// ones, none is.
func (r *reader) byLetters(s *seenRow) (match, bool) {
	var found match
	for i, way := range r.ways[r.g.ref(s.row, s.at)] {
		m, ok := r.office.match(r.n.name(way))
		switch {
		case !ok:
		case found.unit.Code == "":
			found = m
			if i > 0 {
				found.why = whyLetters
			}
		case found.unit.Code != m.unit.Code:
			found.why, found.runnerUp, found.letters = whyLetters, m.unit.Code, true
		}
	}
	return found, found.unit.Code != ""
}

// lettersNote asks about a name whose letters may be those of two communes.
func (r *reader) lettersNote(row *tonghop.Row, s seenRow) tonghop.Finding {
	return tonghop.Finding{Rule: "DV-070", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit, Found: s.name}.
		At(row.NameRef).Arg("unit", s.match.unit.Name).Arg("runner", r.nameOf(s.match.runnerUp))
}

// lackingAccents takes rows that were left to another office for the office's own:
// a name typed without accents may be, as it stands, the name of a commune
// elsewhere. It is ours if others of the table were typed so, no row has the
// commune yet, and the office has no other that it could be.
func (r *reader) lackingAccents(rows []seenRow) {
	taken, habit := map[string]bool{}, false
	for _, s := range rows {
		if s.kind == rowCommune {
			taken[s.match.unit.Code] = true
			habit = habit || s.match.why == "plain"
		}
	}
	if !habit {
		return
	}
	var mine []int // strangers that may be ours
	for i, s := range rows {
		if s.kind != rowStranger || len(s.other) == 0 || s.former != nil {
			continue
		}
		m, ok := r.office.unaccented(r.n.name(s.name))
		if !ok || m.doubt || taken[m.unit.Code] {
			continue
		}
		rows[i].match = m
		mine = append(mine, i)
	}
	for _, i := range mine {
		again := slices.ContainsFunc(mine, func(k int) bool { return k != i && rows[k].match.unit.Code == rows[i].match.unit.Code })
		if again {
			continue // twice the same name: one of them is not ours
		}
		rows[i].kind, rows[i].match.elsewhere, rows[i].other = rowCommune, rows[i].other[0].Parent, nil
	}
}

// elsewhereNote says that the name as typed is that of another office's commune.
func (r *reader) elsewhereNote(row *tonghop.Row, s seenRow) tonghop.Finding {
	f := note("GC-111", row.NameRef, "", s.name).Arg("unit", s.match.unit.Name)
	if of := r.places.byCode[s.match.elsewhere]; of != nil {
		f = f.Arg("other", of.unit.Name)
	}
	return f
}

// dressing is what may stand before a commune's name without being part of it: a
// Roman number, and the people's committee. "X." alone is xã.
var dressing = regexp.MustCompile(`^(?:(?:[iv][ivx]{0,4}|x[ivx]{1,4})\s*[.)]\s*)?(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?`)

// undressed is a name without quotation marks around it, without what stands
// before it, and with blanks for underlines.
func undressed(name string) string {
	bare := strings.Trim(strings.ReplaceAll(viet.Clean(name), "_", " "), ` "“”„«»'‘’`)
	return dropRunes(bare, utf8.RuneCountInString(dressing.FindString(strings.ToLower(bare))))
}
