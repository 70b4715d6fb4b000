package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// whyAnswer is how a column is known that a person spoke for.
const whyAnswer = "answer"

// answers are what people said about the layouts of the office whose workbook
// is read.
type answers struct {
	period   tonghop.Period // of the report
	variants []tonghop.Variant
}

// Answered is the normalizer for files about whose layouts people gave these
// answers. It shares what n has learnt.
func (n *Normalizer) Answered(variants []tonghop.Variant) *Normalizer {
	if len(variants) == 0 && len(n.known.Variants) == 0 {
		return n
	}
	own := *n
	own.known.Variants = variants
	return &own
}

// Identify recognises what stands in a workbook: which form, whose, for which
// period, where, and why. The covers are the tables that make up one return, in
// the order of the workbook. Without a table of the form it returns no cover
// and the reason. A cover with a finding that holds is the best guess of a
// question that a person must answer.
//
// Whose layout it is, is known only when it was looked at: where people gave
// answers about layouts of that office it is looked at once more with them. An
// answer counts for a table of its very layout; it never changes whose report
// the workbook is taken for, nor of which period.
func (n *Normalizer) Identify(book *tonghop.Book, hints Hints) ([]tonghop.Cover, []tonghop.Finding) {
	covers, found := n.identify(book, hints)
	known := n.answersOf(covers)
	if len(known) == 0 {
		return covers, found
	}
	own := *n
	own.answered = &answers{period: covers[0].Period, variants: known}
	again, foundAgain := own.identify(book, hints)
	if len(again) > 0 && again[0].Office.Code == covers[0].Office.Code && again[0].Period == covers[0].Period {
		covers, found = again, foundAgain
	}
	covers[0].Findings = append(covers[0].Findings, own.unused(covers)...)
	return covers, found
}

// answersOf lists the layouts of the office of the covers about which an answer
// counts.
func (n *Normalizer) answersOf(covers []tonghop.Cover) []tonghop.Variant {
	var out []tonghop.Variant
	for _, v := range n.known.Variants {
		if len(covers) > 0 && covers[0].Office.Code != "" && v.Of(covers[0].Office.Code, n.known.Form.ID, n.known.Form.Version) && v.Answered() {
			out = append(out, v)
		}
	}
	return out
}

// answersFor are the answers about the columns of a header, if they were given
// of this very layout.
func (n *Normalizer) answersFor(h *header) map[int]tonghop.Answer {
	if n.answered == nil {
		return nil
	}
	print, first := n.fingerprint(h, n.answered.period)
	at := slices.IndexFunc(n.answered.variants, func(v tonghop.Variant) bool { return v.Fingerprint == print })
	if at < 0 {
		return nil
	}
	out := map[int]tonghop.Answer{}
	for _, a := range n.answered.variants[at].Answers {
		if a.Open() {
			out[first+a.Place] = a
		}
	}
	return out
}

// answer lets what a person said of a column stand for what its labels say; the
// evidence of those is left aside, so that nothing is made of it later.
func (n *Normalizer) answer(h *header, c tonghop.Column, e evidence, found []tonghop.Finding) (tonghop.Column, evidence, []tonghop.Finding) {
	a, ok := h.answers[c.Col]
	if !ok {
		return c, e, found
	}
	c.Role, c.Field, c.Mark, c.Near, c.Why = tonghop.ColField, a.Field, holdsMarks(a), "", whyAnswer
	if a.Field == "" {
		c.Role = tonghop.ColIgnored
	}
	return c, evidence{lowest: e.lowest}, nil
}

// holdsMarks reports whether a column holds marks by an answer: of a whole criterion
// it holds nothing else.
func holdsMarks(a tonghop.Answer) bool { return a.Mark || strings.HasPrefix(a.Field, "TC") }

// answerNotes names the answers that were used, and asks about columns that
// cannot be what they are said to be. A column that is asked about as the
// double of another is not read by its answer.
func (n *Normalizer) answerNotes(g *grid, h *header, cols []tonghop.Column) []tonghop.Finding {
	var found []tonghop.Finding
	for _, c := range cols {
		a, ok := h.answers[c.Col]
		if !ok || c.Why != whyAnswer {
			continue
		}
		if c.Header.Row == 0 { // nothing is written over it: where that belongs
			c.Header = g.ref(h.bottom, c.Col)
		}
		f := n.columnFinding("COT-050", c)
		if a.Field == "" {
			f.Rule = "COT-051"
		}
		f.Severity, f.Owner = tonghop.Note, tonghop.OwnerSystem
		found = append(found, n.answeredBy(f, a))
		if holds := n.contradicts(c, h.content[c.Col]); holds != "" && a.Field != "" {
			found = append(found, n.answeredBy(n.columnFinding("COT-052", c), a).Arg("holds", holds).Arg("needs", n.needs(c)))
		}
	}
	return found
}

// answeredBy says whose answer a finding is about, and of which day.
func (n *Normalizer) answeredBy(f tonghop.Finding, a tonghop.Answer) tonghop.Finding {
	f = f.Arg("by", a.By).Arg("day", tonghop.DayOf(a.At).Vietnamese())
	field, mark := n.marked(a.Field, a.Mark)
	if mark {
		f = f.Arg("mark", "mark")
	}
	return f.Arg("field", field)
}

// marked is what the mark of a field is called: the only indicator of a criterion
// has the criterion's. mark says that it is the mark beside the field itself.
func (n *Normalizer) marked(field string, mark bool) (named string, _ bool) {
	_, _, indicator := n.known.Criteria.Indicator(field)
	if !mark || !indicator {
		return field, false // TC8 is a mark by itself
	}
	if strings.Contains(field, ".") {
		return field, true
	}
	return "TC" + field, false
}

// needs is what the cells of a column have to hold: marks or figures.
func (n *Normalizer) needs(c tonghop.Column) string {
	if p := n.profileOf(c.Field); c.Mark || p.kind == tonghop.TypeMark && !p.share {
		return "marks"
	}
	return "figures"
}

// contradicts tells what stands in a column that cannot be the content of its
// field: marks, figures, words; "" if it can.
func (n *Normalizer) contradicts(c tonghop.Column, content mix) string {
	marks := n.needs(c) == "marks"
	switch {
	case content.others > content.marks+content.figures:
		return "words"
	case marks && content.figures > content.binary+content.marks:
		return "figures"
	case !marks && content.mostlyMarks():
		return "marks"
	case c.Field == tonghop.FieldTotalMet && content.figures > content.counts:
		return "figures"
	}
	return ""
}
