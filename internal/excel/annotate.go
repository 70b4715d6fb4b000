package excel

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/tonghop/tonghop"
)

// Notes is what an annotated copy says, in the words of the letters.
type Notes struct {
	Words      map[string]string // labels of the two sheets and of comments
	Verdict    string            // one sentence
	Facts      [][2]string       // label and value: file, office, period
	Steps      []string          // what to do now
	Items      []NoteItem        // in the order of the list
	Noted      string            // stands before the notes, which are folded away
	Legend     []string          // what the marks look like
	Understood []Understood
	Ignored    []NotedArea
	Closed     bool   // nothing can be explained in it: it holds no figures
	Left       string // said under what was understood where not all of it is listed; ""

	opened opened // sheets that were open
	person string // who explains, as typed into an earlier list
}

// NoteItem is one line of the list.
type NoteItem struct {
	Severity tonghop.Severity
	Weight   string // the severity in words
	Sheet    string // "" for the whole file
	Areas    []tonghop.Area
	Where    string // the place as Excel shows it
	Subject  string // commune and indicator in the clerk's terms
	Message  string
	Found    string
	Expected string
	Fix      string
	Rule     string
	Cause    int    // line of the list that it follows from, from 1; 0 = none
	Folded   string // of a line that others follow, how many do and how to see them
	Key      string // code of the commune and field: "29503/10"
	Answered bool   // explained, and not decided yet
	Holds    bool   // a query that must be cleared up first: it cannot be explained away
	Seen     bool   // a note that is not folded away, where it comes before the others

	explanation  string // typed into an earlier list
	was, carried string // the value that it was of, where that is another one, and its text
	count        string // and how many cells that was
	folds        bool   // it stands under a line and can be unfolded there
}

// Understood is one cell and what it was taken for.
type Understood struct {
	Ref     tonghop.Ref
	Unit    string // of whom
	Field   string // what of them
	Found   string // as the spreadsheet shows it
	Meaning string // what it became
	Measure string
	Changed string // what was changed to understand it; ""
	Item    int    // line of the list that asks about the cell, from 1; 0 = none
}

// NotedArea is a part of the file that was not used, and why.
type NotedArea struct{ Sheet, Where, Reason, Text string }

// Source is the file that is annotated.
type Source struct {
	Raw  []byte
	Book *tonghop.Book // as it was read, our own sheets left out; nil = it could not be opened
	Most int64         // bytes of one unpacked part
}

// AnnotateInPlace writes a copy of a workbook with what the notes say: a mark and
// a comment on every cell that is asked about, the list as the first sheet, what
// was understood as the last one. Nothing of theirs is written anew; what an
// earlier annotation put there is taken out first.
//
// It fails for what is not a plain .xlsx, or is built in a way that is not
// understood to the last part; then [AnnotateCopy] is left. The archive must have
// passed the reader's checks.
func AnnotateInPlace(w io.Writer, src Source, notes Notes) error {
	if src.Book == nil || src.Book.Format != "xlsx" || !bytes.HasPrefix(src.Raw, []byte("PK")) {
		return errShape
	}
	out, err := annotateBook(src.Raw, src.Most, src.Book, notes, false)
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

// AnnotateCopy writes the list with a copy of the values of a workbook, marked as
// the workbook itself would be; without a book the list alone.
func AnnotateCopy(w io.Writer, book *tonghop.Book, notes Notes) error {
	raw, bare, err := cleanCopy(book)
	if err != nil {
		return err
	}
	if bare {
		book = &tonghop.Book{}
	}
	out, err := annotateBook(raw, copyMost, book, notes, bare)
	if err != nil {
		return err
	}
	_, err = w.Write(out)
	return err
}

// copyMost is how large a part of a copy may be, in bytes.
const copyMost = 256 << 20

// annotateBook annotates a workbook in place. bare says that its only sheet is
// there because a workbook must have one: it is taken out.
func annotateBook(raw []byte, most int64, book *tonghop.Book, notes Notes, bare bool) ([]byte, error) {
	w, err := openWorkbook(raw, most)
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, s := range book.Own {
		own[s.Name] = true
	}
	notes = explained(notes, book.Own)
	if err := w.strip(own, openedOf(book.Own)); err != nil {
		return nil, err
	}
	if notes.opened, err = w.unselect(); err != nil {
		return nil, err
	}
	text, err := w.get(w.styles)
	if err != nil {
		return nil, err
	}
	styles := &styleSheet{text: text}
	style := ownStyle{looks: styles.ownLooks(), scale: styles.letterScale()}
	list, understood := w.freeName(notes.Words["sheet_list"]), w.freeName(notes.Words["sheet_understood"])
	theirs := w.sheets
	if err := w.addSheets(listSheet(notes, style, list, understood), understoodSheet(notes, style, understood, list)); err != nil {
		return nil, err
	}
	for _, s := range theirs {
		if err := w.mark(s, sheetOf(book, s.name), styles, notes, list); err != nil {
			return nil, fmt.Errorf("mark sheet %q: %w", s.name, err)
		}
	}
	if styles.err != nil {
		return nil, styles.err
	}
	if bare {
		if err := w.dropSheets(map[string]bool{bareName: true}, opened{}); err != nil {
			return nil, err
		}
	}
	w.set(w.styles, styles.text)
	var out bytes.Buffer
	err = w.write(&out)
	return out.Bytes(), err
}

// sheetOf finds a sheet by name as the reader has it. Two names may differ by
// the blanks around them alone.
func sheetOf(book *tonghop.Book, name string) *tonghop.Sheet {
	var near *tonghop.Sheet
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Name == name {
			return s
		}
		if near == nil && strings.TrimSpace(s.Name) == strings.TrimSpace(name) {
			near = s
		}
	}
	return near
}

// strip takes what an earlier annotation put into the workbook out again.
func (w *workbook) strip(own map[string]bool, was opened) error {
	if err := w.dropSheets(own, was); err != nil {
		return fmt.Errorf("take our sheets out: %w", err)
	}
	for _, s := range w.sheets {
		before, err := w.get(s.part)
		if err != nil {
			return err
		}
		if w.isSheet(before) != nil {
			continue
		}
		text, err := wipeMarks(before)
		if err == nil {
			text, err = w.wipeRemarks(s, text)
		}
		if err != nil {
			return fmt.Errorf("take our marks off sheet %q: %w", s.name, err)
		}
		if !bytes.Equal(text, before) {
			w.set(s.part, text)
		}
	}
	return nil
}

// isSheet fails for what is no worksheet: a chart that fills a sheet.
func (w *workbook) isSheet(text []byte) error {
	root, _, err := outline(text)
	if err == nil && root.name != "worksheet" {
		err = errShape
	}
	return err
}

// mark puts the marks and comments on one of their sheets.
func (w *workbook) mark(s sheetPart, sheet *tonghop.Sheet, styles *styleSheet, notes Notes, list string) error {
	if sheet == nil {
		return nil
	}
	text, err := w.get(s.part)
	if err != nil {
		return err
	}
	_, kids, err := outline(text)
	if err != nil {
		return err
	}
	marks := marksOf(sheet, widthsOf(text, kids), notes.Items)
	if len(marks) == 0 {
		return nil
	}
	if text, err = drawMarks(text, styles, marks); err != nil {
		return err
	}
	if text, err = w.remarkOn(s, text, remarksFor(sheet, notes, list)); err != nil {
		return err
	}
	w.set(s.part, text)
	return nil
}
