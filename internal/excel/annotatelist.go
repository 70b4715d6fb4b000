package excel

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// ownSheet is one of our sheets.
type ownSheet struct {
	name   string
	xml    []byte
	header int // its row, which is printed on every page
}

// sheetWriter writes one of our sheets, row by row.
type sheetWriter struct {
	looks  [lookCount]int
	widths []float64
	rows   strings.Builder
	links  strings.Builder
	row    int
	count  int  // of links
	folds  bool // rows are folded under others
}

// linksMost is how many links Excel keeps on a sheet.
const linksMost = 65_000

// ownCell is a cell of our sheets: a text in a look, and where it leads.
type ownCell struct {
	text  string
	look  ownLook
	to    string // "'Biểu 03'!F14"; "" = nowhere
	whole bool   // what somebody typed: it is not cut
}

// line writes a row. Blank cells of the plain look are left out.
func (s *sheetWriter) line(cells ...ownCell) { s.fold("", cells...) }

// fold writes a row with attributes that fold it, or others, away.
func (s *sheetWriter) fold(attrs string, cells ...ownCell) {
	s.row++
	s.folds = s.folds || attrs != ""
	s.put(fmt.Sprintf(` ht="%d" customHeight="1"%s`, s.height(cells), attrs), cells...)
}

// height is how high a row must be for its texts, in points. Not every program
// finds out by itself. Texts outside the table run on to the right in one line.
func (s *sheetWriter) height(cells []ownCell) int {
	const line, most = 15, 400 // points; Excel shows at most 409
	lines := 1
	for i, c := range cells {
		if c.look == lookTitle {
			return 24
		}
		if c.look == lookPlain || i >= len(s.widths) {
			continue
		}
		in := 0
		for _, part := range strings.Split(short(c.text), "\n") {
			in += 1 + int(float64(len([]rune(part)))*0.95/s.widths[i])
		}
		lines = max(lines, in)
	}
	return min(most, line*lines+2)
}

// put writes a row with attributes of its own.
func (s *sheetWriter) put(attrs string, cells ...ownCell) {
	fmt.Fprintf(&s.rows, `<row r="%d"%s>`, s.row, attrs)
	for i, c := range cells {
		if c.text == "" && c.look == lookPlain {
			continue
		}
		ref := tonghop.Ref{Row: s.row, Col: i + 1}.Cell()
		look, text := c.look, c.text
		if !c.whole {
			text = short(text)
		}
		if c.to != "" && look == lookText {
			look = lookLink
		}
		if c.text == "" {
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d"/>`, ref, s.looks[look])
		} else {
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, s.looks[look], esc(text))
		}
		if c.to != "" && s.count < linksMost {
			s.count++
			fmt.Fprintf(&s.links, `<hyperlink ref="%s" location="%s" display="%s"/>`, ref, esc(c.to), esc(short(c.text)))
		}
	}
	s.rows.WriteString("</row>")
}

// short cuts a text to what a cell can hold.
func short(text string) string {
	const most = 4000
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// place is the address of a cell for a link.
func place(sheet string, row, col int) string {
	return quoted(sheet) + "!" + tonghop.Ref{Row: row, Col: col}.Cell()
}

// quoted is the name of a sheet as formulas write it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// tagged writes the first row of each of our sheets: out of sight, with the tag
// by which every reader knows the sheet for ours, whatever program saved it, and
// what else is to be known again.
func (s *sheetWriter) tagged(more string) {
	s.row++
	s.put(` hidden="1"`, ownCell{text: tonghop.OwnSheetTag, look: lookPlain}, ownCell{text: more, look: lookPlain})
}

// firstItem is the row of the list's first line; header of its header.
func firstItem(notes Notes) (header, first int) {
	header = 2 + len(notes.Facts) + 1 + len(notes.Steps) + 1
	if len(notes.Steps) > 0 {
		header++ // their title
	}
	if asks(notes) {
		header++ // the person's name
	}
	header += 1
	return header, header + 1
}

// listSheet writes the list of findings.
func listSheet(notes Notes, looks [lookCount]int, name, understood string) ownSheet {
	s := &sheetWriter{looks: looks, widths: []float64{5, 14, 25, 30, 42, 18, 28, 42, 30, 11, 0, 0, 0, 0}}
	say := func(key string) string { return notes.Words[key] }
	s.tagged(notes.opened.String())
	s.line(ownCell{text: notes.Verdict, look: lookTitle})
	for _, f := range notes.Facts {
		s.line(ownCell{text: f[0] + ": " + f[1]})
	}
	s.line()
	if len(notes.Steps) > 0 {
		s.line(ownCell{text: say("steps")})
	}
	for i, step := range notes.Steps {
		s.line(ownCell{text: fmt.Sprintf("%d. %s", i+1, step)})
	}
	s.line()
	if asks(notes) {
		s.line(ownCell{text: say("person")}, ownCell{}, ownCell{}, ownCell{text: notes.person, look: lookOpen}, ownCell{}, ownCell{}, ownCell{}, ownCell{},
			ownCell{}, ownCell{}, ownCell{text: tonghop.OwnPersonTag})
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
			s.fold(` collapsed="1"`, ownCell{text: notes.Noted})
		}
		item.folds = item.Cause > 0 || i >= noted && noted > 0
		s.item(i+1, item)
	}
	last := s.row
	if len(notes.Items) == 0 {
		s.line(ownCell{text: say("none")})
	}
	s.line()
	for _, l := range notes.Legend {
		s.line(ownCell{text: l})
	}
	s.line(ownCell{text: say("to_understood"), to: place(understood, 2, 1)})
	check := ""
	if last > header {
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
	explain := lookOpen
	if item.Severity == tonghop.Note {
		explain = lookText
	}
	unit, field, _ := strings.Cut(item.Key, "/")
	fold, message := "", item.Message
	if item.folds {
		fold = ` outlineLevel="1" hidden="1"`
	} else if item.Folded != "" {
		fold, message = ` collapsed="1"`, message+"\n"+item.Folded
	}
	s.fold(fold, ownCell{text: fmt.Sprint(no), look: lookText}, ownCell{text: item.Weight, look: weight}, ownCell{text: item.Where, look: lookText, to: to},
		ownCell{text: item.Subject, look: lookText}, ownCell{text: message, look: lookText}, ownCell{text: item.Found, look: lookText},
		ownCell{text: item.Expected, look: lookText}, ownCell{text: item.Fix, look: lookText}, ownCell{text: item.explanation, look: explain, whole: true}, ownCell{text: item.Rule, look: lookText},
		ownCell{text: tonghop.OwnLine(item.Rule, item.Where, unit, field, item.Areas)}, ownCell{text: item.was}, ownCell{text: item.carried, whole: true}, ownCell{text: item.count})
}

// asks reports whether the list has a line to explain.
func asks(notes Notes) bool {
	return slices.ContainsFunc(notes.Items, func(i NoteItem) bool { return i.Severity != tonghop.Note })
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

// understoodSheet writes what every cell was taken for.
func understoodSheet(notes Notes, looks [lookCount]int, name, list string) ownSheet {
	s := &sheetWriter{looks: looks, widths: []float64{18, 26, 40, 20, 22, 18, 46, 12}}
	say := func(key string) string { return notes.Words[key] }
	s.tagged("")
	s.line(ownCell{text: say("understood_title"), look: lookTitle})
	s.line(ownCell{text: say("understood_lead")})
	s.line()
	var heads []ownCell
	for _, k := range []string{"cell", "unit", "field", "found", "meaning", "measure", "changed", "asked"} {
		heads = append(heads, ownCell{text: say(k), look: lookHead})
	}
	s.line(heads...)
	header := s.row
	_, first := firstItem(notes)
	for _, u := range notes.Understood {
		asked := ownCell{look: lookText}
		if u.Item > 0 {
			asked.text, asked.to = fmt.Sprint(u.Item), place(list, first+u.Item-1, 1)
		}
		s.line(ownCell{text: u.Ref.String(), look: lookText, to: place(u.Ref.Sheet, u.Ref.Row, u.Ref.Col)}, ownCell{text: u.Unit, look: lookText},
			ownCell{text: u.Field, look: lookText}, ownCell{text: u.Found, look: lookText}, ownCell{text: u.Meaning, look: lookText},
			ownCell{text: u.Measure, look: lookText}, ownCell{text: u.Changed, look: lookText}, asked)
	}
	if notes.Left != "" {
		s.line(ownCell{text: notes.Left})
	}
	s.line()
	s.line(ownCell{text: say("ignored_title"), look: lookTitle})
	if len(notes.Ignored) == 0 {
		s.line(ownCell{text: say("ignored_none")})
	} else {
		s.line(ownCell{text: say("where"), look: lookHead}, ownCell{text: say("reason"), look: lookHead}, ownCell{text: say("text"), look: lookHead})
	}
	for _, a := range notes.Ignored {
		s.line(ownCell{text: a.Where, look: lookText}, ownCell{text: a.Reason, look: lookText}, ownCell{text: a.Text, look: lookText})
	}
	return ownSheet{name, s.sheet(header, "", "FF4472C4", false), header}
}

// sheet puts the rows together: the header stays in view, nothing but what is
// open may be changed, a page is as wide as the table. open says that the
// workbook opens here. A protected sheet would not let anybody unfold its rows:
// one with folded rows is not protected.
func (s *sheetWriter) sheet(header int, checks, tab string, open bool) []byte {
	var b strings.Builder
	outline, level, protect, selected := "", "", `<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" autoFilter="0"/>`, ""
	if s.folds {
		outline, level, protect = `<outlinePr summaryBelow="0"/>`, ` outlineLevelRow="1"`, ""
	}
	if open {
		selected = ` tabSelected="1"`
	}
	b.WriteString(xmlHead + `<worksheet xmlns="` + nsMain + `"><sheetPr><tabColor rgb="` + tab + `"/>` + outline + `<pageSetUpPr fitToPage="1"/></sheetPr>`)
	fmt.Fprintf(&b, `<dimension ref="A1:%s"/>`, tonghop.Ref{Row: s.row, Col: len(s.widths)}.Cell())
	fmt.Fprintf(&b, `<sheetViews><sheetView showGridLines="0"%s workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`, selected, header, header+1)
	b.WriteString(`<sheetFormatPr defaultRowHeight="15"` + level + `/><cols>`)
	for i, w := range s.widths {
		if w == 0 { // what the program knows its lines by
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="9" hidden="1" customWidth="1"/>`, i+1, i+1)
			continue
		}
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, w)
	}
	b.WriteString(`</cols><sheetData>` + s.rows.String() + `</sheetData>` + protect + checks)
	if s.count > 0 {
		b.WriteString(`<hyperlinks>` + s.links.String() + `</hyperlinks>`)
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`)
	return []byte(b.String())
}

// remarksFor gathers the comments for the cells of a sheet: one a cell, with all
// that is asked about it.
func remarksFor(sheet *tonghop.Sheet, notes Notes, list string) []remark {
	const most = 1000 // comments on a sheet; the list has all
	_, first := firstItem(notes)
	at := map[[2]int]int{}
	var out []remark
	for i, item := range notes.Items {
		if item.Sheet != sheet.Name || item.Severity == tonghop.Note {
			continue
		}
		text := remarkText(item, notes.Words, list, first+i)
		for _, a := range item.Areas {
			cell := [2]int{a.Top, a.Left}
			if n, ok := at[cell]; ok {
				if !strings.Contains(out[n].text, text) {
					out[n].text = short(out[n].text + "\n\n" + text)
				}
				continue
			}
			if len(out) == most {
				break
			}
			at[cell] = len(out)
			out = append(out, remark{a.Top, a.Left, text})
		}
	}
	for i := range out {
		out[i].text = sealed(out[i].text)
	}
	return out
}

// remarkText is a line of the list as a comment, with the way back to the list.
func remarkText(item NoteItem, words map[string]string, list string, row int) string {
	lines := []string{item.Weight + ": " + item.Message}
	if item.Found != "" {
		lines = append(lines, words["found"]+": "+item.Found)
	}
	if item.Expected != "" {
		lines = append(lines, words["expected"]+": "+item.Expected)
	}
	lines = append(lines, words["fix"]+": "+item.Fix, fmt.Sprintf("(%s!A%d · %s)", list, row, item.Rule))
	return strings.Join(lines, "\n")
}
