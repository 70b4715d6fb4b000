package pipeline

import (
	"slices"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// mostSheets is how many sheets of a workbook are looked at one by one for
// tables of several forms. No office sends more.
const mostSheets = 24

// sortSheets takes the sheets out of a workbook that hold the table of another
// form than the one it is read as, and asks for them: they are reported in a
// file of their own. Sheets that cannot be told stay.
func (r *Reader) sortSheets(book *tonghop.Book, hints normalize.Hints) (*tonghop.Book, []tonghop.Finding) {
	filled := 0
	for i := range book.Sheets {
		if len(book.Sheets[i].Lines) > 0 {
			filled++
		}
	}
	if filled < 2 || filled > mostSheets {
		return book, nil
	}
	forms := make([]string, len(book.Sheets))
	for i := range book.Sheets {
		if len(book.Sheets[i].Lines) > 0 {
			forms[i] = r.formOf(only(book, i), hints)
		}
	}
	var main string
	for _, id := range r.Forms() {
		if main == "" && slices.Contains(forms, id) {
			main = id
		}
	}
	kept := *book
	kept.Sheets = nil
	var asks []tonghop.Finding
	for i, id := range forms {
		if id == "" || id == main {
			kept.Sheets = append(kept.Sheets, book.Sheets[i])
			continue
		}
		if !book.Sheets[i].Hidden {
			f := tonghop.Finding{Rule: "BIEU-042", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}.Over(book.Sheets[i].Name, filledArea(&book.Sheets[i]))
			asks = append(asks, f.Arg("other", r.rulebookOf(id, "").criteria.Name).Arg("best", r.rulebookOf(main, "").criteria.Name).
				Arg("name", book.Sheets[i].Name))
		}
	}
	if len(kept.Sheets) == len(book.Sheets) {
		return book, nil
	}
	return &kept, asks
}

// filledArea is the area from the first to the last filled cell of a sheet, so
// that what was not taken is named cell by cell.
func filledArea(s *tonghop.Sheet) tonghop.Area {
	var a tonghop.Area
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			if c.Blank() {
				continue
			}
			if a == (tonghop.Area{}) {
				a = tonghop.Area{Top: l.Row, Left: c.Col, Bottom: l.Row, Right: c.Col}
			}
			a.Left, a.Bottom, a.Right = min(a.Left, c.Col), max(a.Bottom, l.Row), max(a.Right, c.Col)
		}
	}
	return a
}

// setAside lists the sheets with content that were taken out of a workbook.
func setAside(whole, kept *tonghop.Book) []tonghop.Ignored {
	var out []tonghop.Ignored
	for _, s := range whole.Sheets {
		stays := slices.ContainsFunc(kept.Sheets, func(k tonghop.Sheet) bool { return k.Name == s.Name })
		if !stays && len(s.Lines) > 0 {
			out = append(out, tonghop.Ignored{Sheet: s.Name, Reason: "other_sheet"})
		}
	}
	return out
}

// only is a workbook with one of its sheets.
func only(book *tonghop.Book, i int) *tonghop.Book {
	one := *book
	one.Sheets = book.Sheets[i : i+1]
	return &one
}

// formOf is the id of the form whose table a sheet alone holds, "" if there is
// none or it cannot be told.
func (r *Reader) formOf(sheet *tonghop.Book, hints normalize.Hints) string {
	first := r.attempt(r.rulebooks[0], sheet, hints, nil)
	if len(first.covers) == 0 {
		return ""
	}
	if first.fit.whole() {
		return first.rules.form.ID
	}
	tries := []attempt{first}
	for _, b := range r.rulebooks[1:] {
		if a := r.attempt(b, sheet, hints, nil); len(a.covers) > 0 {
			tries = append(tries, a)
		}
	}
	r.readTitles(tries, sheet)
	best, _, why := decide(tries, hints)
	if why == "columns" && len(tries) > 1 || why == "title" {
		return best.rules.form.ID
	}
	return ""
}
