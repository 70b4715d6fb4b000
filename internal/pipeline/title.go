package pipeline

import (
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
// the others, in the texts above a table and in the name of its sheet. plain
// are the words of the forms in common, such as "nông thôn mới": a text that
// still says them beside the form's own names both.
func titled(b *rulebook, book *tonghop.Book, cv tonghop.Cover, plain []string) (said, bool) {
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
