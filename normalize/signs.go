package normalize

import (
	"maps"
	"sort"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// under is the normalizer for a book with the legend: its vocabulary knows the
// signs that the file explains.
func (n *Normalizer) under(l legend) *Normalizer {
	if len(l.signs) == 0 && len(n.legend.signs) == 0 {
		return n
	}
	own, words := *n, *n.words
	words.marks, words.doubtful = maps.Clone(words.marks), maps.Clone(words.doubtful)
	words.bareMark = maps.Clone(words.bareMark)
	words.readMarks = memo[markReading]{}
	l.known, l.usual = map[string]tonghop.Sign{}, n.words
	for _, s := range l.signs {
		l.known[s.Text] = s
		if s.Text == blankSign {
			continue
		}
		delete(words.bareMark, s.Text)
		switch {
		case s.Also != tonghop.MarkNone:
			delete(words.marks, s.Text)
			words.doubtful[s.Text] = []string{string(s.Mark), string(s.Also)}
		case s.Mark != tonghop.MarkNone && s.Text != "0" && s.Text != "1":
			words.marks[s.Text] = s.Mark
		default:
			delete(words.marks, s.Text)
		}
	}
	own.words, own.legend = &words, l
	own.signs = memo[sign]{} // what signs mean elsewhere
	return &own
}

// says is what the legend says of a cell. Where a column holds figures, a sign
// that has two meanings elsewhere may stand for a missing figure, and 0 and 1
// are figures: there the legend decides nothing.
func (l legend) says(c *tonghop.Cell, p *profile) (tonghop.Sign, bool) {
	if len(l.known) == 0 || c.Blank() || len(c.Stored) > 20 || ownCounts[p.field] || c.Style.Date || c.Style.Percent {
		return tonghop.Sign{}, false
	}
	if c.Kind != tonghop.CellNumber && c.Kind != tonghop.CellText || c.HasForm && !c.Cached && !c.Computed {
		return tonghop.Sign{}, false
	}
	s, ok := l.known[signKey(c.Stored)]
	if !ok || s.Also != tonghop.MarkNone {
		return s, false
	}
	figures := p.kind == tonghop.TypePercent || p.kind == tonghop.TypeNumber || p.kind == tonghop.TypeCount || p.share
	switch {
	case s.Mark == tonghop.MarkNone, p.signs:
		return s, true
	case s.Text == "0" || s.Text == "1":
		return s, p.marksOnly || !figures && p.big == 0 || p.onlySigns()
	}
	return s, p.marksOnly || !figures || p.marks > p.big+p.binary
}

// met reports whether a text is a sign that the legend says stands for "đạt".
func (l legend) met(text string) bool {
	s, ok := l.known[signKey(text)]
	return ok && s.Mark == tonghop.Met && s.Also == tonghop.MarkNone && s.Text != "1" && s.Text != "0"
}

// digit reports whether the legend says what 0, or 1, means.
func (l legend) digit(figure string) bool {
	_, ok := l.known[figure]
	return ok && (figure == "0" || figure == "1")
}

// stands reports whether a row of a table, as it is read, is where the file
// explains its signs.
func (l legend) stands(cv *tonghop.Cover, row int) bool {
	for _, s := range l.signs {
		at := s.At
		if cv.Turned {
			at = turnRef(at)
		}
		if at.Row == row && at.Sheet == cv.Sheet {
			return true
		}
	}
	return false
}

// signKey is a cell's text as legends name it.
func signKey(text string) string {
	key := viet.Fold(text)
	if bare := strings.Trim(key, " .;:()!\"'[]"); bare != "" {
		return bare
	}
	return key
}

// readSign gives a cell what the legend says of it.
func readSign(v tonghop.Value, p *profile, s tonghop.Sign) (tonghop.Value, []tonghop.Finding) {
	if s.Mark != tonghop.MarkNone {
		return readMark(v, p, s.Mark, false)
	}
	v.Empty = s.Empty
	return v, nil
}

// legendNotes says at its cell what a legend decided: the signs that the form
// itself does not know that way, those that usually mean something else, and
// those that the file explains in two ways.
func (n *Normalizer) legendNotes() []tonghop.Finding {
	groups := map[string][]tonghop.Sign{}
	for _, s := range n.legend.signs {
		m, known := n.legend.usual.marks[s.Text]
		switch {
		case s.Also != tonghop.MarkNone:
			groups["GC-102"] = append(groups["GC-102"], s)
		case known && m != s.Mark:
			groups["GC-101"] = append(groups["GC-101"], s)
		case !known:
			groups["GC-100"] = append(groups["GC-100"], s)
		}
	}
	rules := make([]string, 0, len(groups))
	for rule := range groups {
		rules = append(rules, rule)
	}
	sort.Strings(rules)
	var out []tonghop.Finding
	for _, rule := range rules {
		for _, s := range groups[rule] {
			// why keeps notes on several signs of one cell apart
			f := note(rule, s.At, "", s.Text).Arg("sign", s.Text).Arg("why", s.Text).Arg("also", string(s.Also))
			if f = f.Arg("meaning", string(s.Mark)); s.Mark == tonghop.MarkNone {
				f = f.Arg("meaning", string(s.Empty))
			}
			out = append(out, f)
		}
	}
	return out
}
