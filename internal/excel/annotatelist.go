package excel

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// firstItem is the row of the list's first line; header of its header.
func firstItem(notes Notes) (header, first int) {
	header = 2 + len(factLines(notes.Facts)) + 1 + len(notes.Steps) + 1
	if len(notes.Steps) > 0 {
		header++ // their title
	}
	if asks(notes) {
		header++ // the person's name
	}
	header += 1
	return header, header + 1
}

// factLines puts facts beside each other as long as they fit on a line, so that
// the list begins on the first screen.
func factLines(facts [][2]string) []string {
	const most = 150 // letters
	var lines []string
	for _, f := range facts {
		text := f[0] + ": " + f[1]
		if n := len(lines) - 1; n >= 0 && len([]rune(lines[n]+text)) < most {
			lines[n] += "  ·  " + text
			continue
		}
		lines = append(lines, text)
	}
	return lines
}

// The most letters of what a line is about: the number of an indicator and the
// beginning of its name tell which it is.
const (
	subjectMost = 80
	fieldMost   = 70
)

// brief cuts a text between words.
func brief(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	begin := string(letters[:most])
	if i := strings.LastIndex(begin, " "); i > 0 {
		begin = begin[:i]
	}
	return strings.TrimRight(begin, " ,;·") + "…"
}

// listWidths are the widths of the columns of the list; those of 0 are for the
// program alone. The places have as much room as they need, within bounds.
func listWidths(items []NoteItem) []float64 {
	const least, most = 12, 22
	where := float64(least)
	for _, i := range items {
		for w := where + 1; w <= most && linesIn(i.Where, where, letterSize, false) > 1; w++ {
			if linesIn(i.Where, w, letterSize, false) == 1 {
				where = w
			}
		}
	}
	spare := (most - where) / 2
	return []float64{5, 11, where, 18 + spare, 29, 11, 14, 26 + spare, 14, 10, 0, 0, 0, 0}
}

// listSheet writes the list of findings.
func listSheet(notes Notes, o ownStyle, name, understood string) ownSheet {
	s := &sheetWriter{looks: o.looks, scale: o.scale, widths: listWidths(notes.Items), closed: notes.Closed}
	say := func(key string) string { return notes.Words[key] }
	s.tagged(notes.opened.String())
	s.wide("", ownCell{text: notes.Verdict, look: lookTitle})
	for _, text := range factLines(notes.Facts) {
		s.wide("", ownCell{text: text})
	}
	s.line()
	if len(notes.Steps) > 0 {
		s.wide("", ownCell{text: say("steps"), look: lookStrong})
	}
	for i, step := range notes.Steps {
		s.wide("", ownCell{text: fmt.Sprintf("%d. %s", i+1, step)})
	}
	s.line()
	if asks(notes) {
		s.line(ownCell{text: say("person")}, ownCell{}, ownCell{}, ownCell{text: notes.person, look: lookOpen}, ownCell{look: lookOpen}, ownCell{}, ownCell{}, ownCell{},
			ownCell{}, ownCell{}, ownCell{text: tonghop.OwnPersonTag})
		fmt.Fprintf(&s.merges, `<mergeCell ref="D%[1]d:E%[1]d"/>`, s.row)
	}
	keys := []string{"no", "weight", "where", "subject", "message", "found", "expected", "fix", "explanation", "rule"}
	var heads []ownCell
	for _, k := range keys {
		heads = append(heads, ownCell{text: say(k), look: lookHead})
	}
	s.line(heads...)
	header := s.row
	noted := firstNote(notes.Items)
	for i, item := range notes.Items {
		if i == noted && i > 0 {
			s.wide(` collapsed="1"`, ownCell{text: notes.Noted})
		}
		item.folds = item.Cause > 0 || i >= noted && noted > 0
		s.item(i+1, item)
	}
	last := s.row
	if len(notes.Items) == 0 {
		s.wide("", ownCell{text: say("none")})
	}
	s.line()
	for _, l := range notes.Legend {
		s.wide("", ownCell{text: l})
	}
	s.wide("", ownCell{text: say("to_understood"), to: place(understood, 2, 1)})
	check := ""
	if last > header && asks(notes) {
		check = fmt.Sprintf(`<dataValidations count="1"><dataValidation type="textLength" operator="lessThanOrEqual" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="%s" error="%s" promptTitle="%s" prompt="%s" sqref="I%d:I%d"><formula1>1000</formula1></dataValidation></dataValidations>`,
			esc(cut(say("explanation"), titleMost)), esc(cut(say("too_long"), promptMost)), esc(cut(say("explanation"), titleMost)), esc(cut(say("explain"), promptMost)), header+1, last)
	}
	return ownSheet{name, s.sheet(header, check, "FFC00000", true), header}
}

// firstNote is where the notes behind everything else begin: nothing is to be
// done about them, so that they are folded away.
func firstNote(items []NoteItem) int {
	i := len(items)
	for i > 0 && items[i-1].Severity == tonghop.Note && !items[i-1].Seen {
		i--
	}
	return i
}

// item writes one line of the list.
func (s *sheetWriter) item(no int, item NoteItem) {
	weight := map[tonghop.Severity]ownLook{tonghop.Reject: lookReject, tonghop.Query: lookQuery}[item.Severity]
	if weight == lookPlain {
		weight = lookNote
	}
	to := ""
	if item.Sheet != "" {
		to = place(item.Sheet, 1, 1)
	}
	if len(item.Areas) > 0 {
		to = place(item.Sheet, item.Areas[0].Top, item.Areas[0].Left)
	}
	explain := lookText
	if item.answerable() && !s.closed {
		explain = lookOpen
	}
	unit, field, _ := strings.Cut(item.Key, "/")
	fold, message := "", item.Message
	if item.folds {
		fold = ` outlineLevel="1" hidden="1"`
	} else if item.Folded != "" {
		fold, message = ` collapsed="1"`, message+"\n"+item.Folded
	}
	s.fold(fold, ownCell{text: fmt.Sprint(no), look: lookText}, ownCell{text: item.Weight, look: weight}, ownCell{text: item.Where, look: lookText, to: to},
		ownCell{text: brief(item.Subject, subjectMost), look: lookText}, ownCell{text: message, look: lookText}, ownCell{text: item.Found, look: lookText},
		ownCell{text: item.Expected, look: lookText}, ownCell{text: item.Fix, look: lookText}, ownCell{text: item.explanation, look: explain, whole: true}, ownCell{text: item.Rule, look: lookText},
		ownCell{text: tonghop.OwnLine(item.Rule, item.Where, unit, field, item.Areas)}, ownCell{text: item.was}, ownCell{text: item.carried, whole: true}, ownCell{text: item.count})
}

// asks reports whether the list has a line to explain.
func asks(notes Notes) bool {
	return !notes.Closed && slices.ContainsFunc(notes.Items, NoteItem.answerable)
}

// answerable reports whether a line may be explained: what must be repaired or
// cleared up cannot be explained away. What was typed there stays open.
func (i NoteItem) answerable() bool {
	return i.Severity == tonghop.Query && !i.Holds || i.Severity != tonghop.Note && i.explanation != ""
}

// explained gives the notes with what was typed into an earlier list: it is kept
// for the same rule at the same place, or of the same commune and field.
func explained(notes Notes, own []tonghop.Sheet) Notes {
	typed, _, person := (&tonghop.Book{Own: own}).Explanations()
	notes.person = person
	notes.Items = append([]NoteItem(nil), notes.Items...)
	all := make([]tonghop.Finding, len(notes.Items))
	for i, item := range notes.Items {
		all[i] = tonghop.Finding{Rule: item.Rule, Sheet: item.Sheet, Areas: item.Areas, Found: item.Found}
		all[i].Unit, all[i].Field, _ = strings.Cut(item.Key, "/")
	}
	for i, n := range tonghop.Explained(all, typed) {
		if n < 0 {
			continue
		}
		item := &notes.Items[i]
		item.explanation = typed[n].Text
		if !typed[n].Of(all[i]) {
			item.was, item.carried, item.count = typed[n].Value, typed[n].Text, fmt.Sprint(typed[n].CellCount())
		}
	}
	return notes
}
