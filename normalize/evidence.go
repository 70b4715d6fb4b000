package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// support is what speaks for and against a table being the form. Why it is
// weighed so stands in docs/decisions/0015-recognition.md.
type support struct {
	fields   int // indicators or criteria that have a column, each once
	of       int // how many there should be
	number   int // columns known by a number with a point, a prefix or a name
	bare     int // by a whole number and nothing else
	name     int
	position int // by their place among the others
	content  int // by what stands in them
	answer   int // by what a person said of them
	open     int // columns with marks or figures that nobody understood
	fits     int // columns of marks in which marks stand
	misfits  int // columns of marks in which figures stand
}

// weigh fills in what spoke for the tables of a return, and holds it where that
// is too little.
func (n *Normalizer) weigh(covers []tonghop.Cover, gr group) {
	missing, of, _ := n.missing(covers)
	s := support{fields: of - len(missing), of: of}
	for i, t := range gr.tables {
		n.support(&s, covers[i].Columns, t.h)
	}
	cv, first := &covers[0], gr.tables[0]
	cv.Score, cv.Evidence = s.fields, s.codes(first.h.byCriterion)
	switch {
	case len(missing)*2 > s.of: // said already
	case s.misfits*2 > s.fits+s.misfits && s.misfits >= 5:
		f := hold("BIEU-031").Over(cv.Sheet, first.band())
		cv.Findings = append(cv.Findings, f.Arg("count", strconv.Itoa(s.misfits)).Arg("all", strconv.Itoa(s.fits+s.misfits)))
	case (s.position+s.content)*3 > s.fields || s.fields*4 < s.of*3 && s.open > s.of/8:
		f := hold("BIEU-030").Over(cv.Sheet, first.band())
		cv.Findings = append(cv.Findings, f.Arg("known", strconv.Itoa(s.number+s.bare+s.name)).
			Arg("guessed", strconv.Itoa(s.position+s.content)).Arg("all", strconv.Itoa(s.of)).Arg("unknown", unknownColumns(covers)))
	}
}

// support adds what speaks for the columns of one table.
func (n *Normalizer) support(s *support, cols []tonghop.Column, h *header) {
	for _, c := range cols {
		content := h.content[c.Col]
		if c.Role == tonghop.ColUnknown && content.asks(true, true) {
			s.open++
		}
		_, own := n.known.Form.OwnFields[c.Field]
		if c.Role != tonghop.ColField || own {
			continue
		}
		switch c.Why {
		case "name":
			s.name++
		case "position":
			s.position++
		case "content":
			s.content++
		case whyAnswer:
			s.answer++
		default:
			if strings.Trim(c.Label, "0123456789()[] .") == "" && !strings.Contains(strings.Trim(c.Label, " ."), ".") {
				s.bare++
			} else {
				s.number++
			}
		}
		if in, _, ok := n.known.Criteria.Indicator(c.Field); !c.Mark && (!ok || in.Type != tonghop.TypeMark) || content.none() {
			continue
		}
		if content.figures > content.binary+content.marks {
			s.misfits++
		} else {
			s.fits++
		}
	}
}

// codes lists the evidence, each code with its count: "number:52".
func (s support) codes(byCriterion bool) []string {
	kind := "by_indicator"
	if byCriterion {
		kind = "by_criterion"
	}
	out := []string{kind + ":" + strconv.Itoa(s.fields)}
	for _, e := range []struct {
		code  string
		count int
	}{{"number", s.number}, {"bare", s.bare}, {"name", s.name}, {"position", s.position}, {"content", s.content}, {"answer", s.answer},
		{"fits", s.fits}, {"misfits", s.misfits}, {"open", s.open}} {
		if e.count > 0 {
			out = append(out, e.code+":"+strconv.Itoa(e.count))
		}
	}
	return out
}

// trusted reports whether a header that knows its criteria by bare whole numbers
// alone can be one of ours: any table may number nineteen columns, but only in
// ours do marks stand below.
func (n *Normalizer) trusted(h *header) bool {
	bare, marks, figures, named := 0, 0, 0, 0
	for col, labels := range h.labels {
		if len(labels) == 0 { // only a running number stood there
			continue
		}
		for _, l := range labels {
			if l.prefixed || saysCriteria(l, fewestCriteria) {
				return true
			}
			if l.named && !l.group && n.columnRole(l) == "" && n.namesSomething(l) {
				if named++; named == fewestCriteria/2 {
					return true
				}
			}
		}
		if low := labels[len(labels)-1]; low.criterion > 0 && low.sub == 0 {
			bare++
			content := h.content[col]
			if content.mostlyMarks() || content.figures > 0 && content.figures == content.binary {
				marks++
			} else if content.figures > 0 {
				figures++
			}
		}
	}
	return bare > 0 && marks*2 >= bare && figures*3 <= bare
}

// saysCriteria tells a label over so many numbers that says what they count.
func saysCriteria(l label, fewest int) bool {
	return l.span() >= fewest && (strings.Contains(l.key, "tieu chi") || strings.HasPrefix(l.key, "tc "))
}

// sheetBehind names the sheet whose header came second to those that are read;
// "" if no other has one.
func sheetBehind(found []*candidate, chosen group) string {
	best, name := 0, ""
	for _, c := range found {
		if !slices.Contains(chosen.tables, c) && c.h.score > best {
			best, name = c.h.score, c.sheet.Name
		}
	}
	return name
}
