package pipeline

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// said is what the texts above a table say of its form.
type said struct {
	ref   tonghop.Ref
	text  string
	alone bool // no text names another form as well
}

// titled looks for the words by which the titles of a form differ from those of
// the others, in the texts above a table and in the name of its sheet. A text
// that beside them says what the form that is owed is called, "nông thôn mới và
// nông thôn mới nâng cao", names both.
func (r *Reader) titled(b *rulebook, book *tonghop.Book, cv tonghop.Cover) (said, bool) {
	plain := r.plain(b)
	for _, t := range above(book, cv) {
		key := " " + viet.Key(t.text) + " "
		rest := key
		for _, w := range b.form.OwnTitles {
			rest = strings.ReplaceAll(rest, " "+viet.Key(w)+" ", "  ")
		}
		if rest == key {
			continue
		}
		t.alone = true
		for _, w := range plain {
			t.alone = t.alone && !strings.Contains(rest, " "+viet.Key(w)+" ")
		}
		return t, true
	}
	return said{}, false
}

// plain are the words of the owed form's titles that another form's own titles
// contain: "nông thôn mới" in "nông thôn mới nâng cao".
func (r *Reader) plain(b *rulebook) []string {
	if b.form.ID == DefaultForm {
		return nil
	}
	var out []string
	for _, w := range r.rulebooks[0].form.Titles {
		for _, own := range b.form.OwnTitles {
			if strings.Contains(" "+viet.Key(own)+" ", " "+viet.Key(w)+" ") {
				out = append(out, w)
				break
			}
		}
	}
	return out
}

// mentions reports whether any of the first texts of a workbook has words of a
// form's own titles.
func mentions(b *rulebook, book *tonghop.Book) bool {
	const first, longest = 30, 1000 // rows, bytes of a title
	for i := range book.Sheets {
		lines := book.Sheets[i].Lines
		for _, l := range lines[:min(first, len(lines))] {
			for _, c := range l.Cells {
				if c.Kind != tonghop.CellText || len(c.Stored) > longest {
					continue
				}
				key := " " + viet.Key(c.Stored) + " "
				if slices.ContainsFunc(b.form.OwnTitles, func(w string) bool { return strings.Contains(key, " "+viet.Key(w)+" ") }) {
					return true
				}
			}
		}
	}
	return false
}

// above lists the name of a table's sheet and the texts over the table.
func above(book *tonghop.Book, cv tonghop.Cover) []said {
	var out []said
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Name != cv.Sheet {
			continue
		}
		for _, l := range s.Lines {
			if l.Row >= cv.Header.Top {
				break
			}
			for _, c := range l.Cells {
				if c.Kind == tonghop.CellText && c.Stored != "" {
					out = append(out, said{ref: tonghop.Ref{Sheet: s.Name, Row: c.Row, Col: c.Col}, text: c.Stored})
				}
			}
		}
	}
	return append(out, said{ref: tonghop.Ref{Sheet: cv.Sheet}, text: cv.Sheet})
}
