package format

import (
	"slices"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
)

// A book was converted from TCVN3 twice if some words were syllables before. All
// of it was, but for what was typed later, if few words have letters of which the
// conversion leaves none.
const (
	twiceFloor = 3
	twiceShare = 4 // so many of those words for each of the others
)

// twice reads the texts of a book that somebody converted from TCVN3 although
// they were Unicode already: "Xó Tõn An" is Xã Tân An. One word shows little,
// for what the conversion makes are Vietnamese letters too, so the whole book
// must show it. Where half of the book was not converted, a text that shows
// nothing is like its neighbours, and else only the register can tell.
func (l *legibler) twice() {
	t := l.weighTwice()
	if len(t.made) < twiceFloor {
		return
	}
	whole := len(t.made) >= twiceShare*len(t.right)
	each(l.book, func(sheet int, c *tonghop.Cell) {
		b, seen := t.texts[c.Stored]
		if !seen || len(b.Right) > 0 || b.Text == c.Stored && len(b.Ways) < 2 {
			return
		}
		said := tonghop.Respelt{Ref: tonghop.Ref{Sheet: l.book.Sheets[sheet].Name, Row: c.Row, Col: c.Col},
			As: charset.TCVN3Twice, Stored: c.Stored, Read: b.Text, Ways: b.Ways}
		if !whole && len(b.Made) == 0 {
			if is, sure := t.around[sheet].at(c.Row, c.Col); is != old || !sure {
				said.As, said.Read, said.Ways = "", c.Stored, append([]string{c.Stored}, b.Ways...)
			}
		}
		l.book.Respelt = append(l.book.Respelt, said)
		if said.Read != c.Stored {
			l.reread(c, said.Read)
		}
	})
	slices.SortStableFunc(l.book.Respelt, l.before)
}

// twiceSigns is what the texts of a book show of a second conversion.
type twiceSigns struct {
	texts       map[string]charset.Converted
	made, right map[string]bool // words that tell for it, and against
	around      []*context      // by sheet
}

func (l *legibler) weighTwice() twiceSigns {
	t := twiceSigns{texts: map[string]charset.Converted{}, made: map[string]bool{}, right: map[string]bool{},
		around: make([]*context, len(l.book.Sheets))}
	each(l.book, func(sheet int, c *tonghop.Cell) {
		if t.around[sheet] == nil {
			t.around[sheet] = newContext()
		}
		b, seen := t.texts[c.Stored]
		if !seen {
			if isASCII(c.Stored) || len(c.Stored) > memoLong || len(t.texts) >= memoMax {
				return
			}
			b = l.judge.BeforeTwice(c.Stored)
			t.texts[c.Stored] = b
			for _, w := range b.Made {
				t.made[w] = true
			}
			for _, w := range b.Right {
				t.right[w] = true
			}
		}
		switch {
		case len(b.Right) > 0:
			t.around[sheet].add(c.Row, c.Col, unicode)
		case len(b.Made) > 0:
			t.around[sheet].add(c.Row, c.Col, old)
		}
	})
	return t
}

// before orders what is said by sheets and cells.
func (l *legibler) before(a, b tonghop.Respelt) int {
	if a.Ref.Sheet != b.Ref.Sheet {
		at := func(name string) int {
			return slices.IndexFunc(l.book.Sheets, func(s tonghop.Sheet) bool { return s.Name == name })
		}
		return at(a.Ref.Sheet) - at(b.Ref.Sheet)
	}
	if a.Ref.Row != b.Ref.Row {
		return a.Ref.Row - b.Ref.Row
	}
	return a.Ref.Col - b.Ref.Col
}

// reread gives a cell the text that it had before the second conversion.
func (l *legibler) reread(c *tonghop.Cell, text string) {
	if c.Shown == c.Stored {
		c.Shown = text
	}
	if c.Rich != nil {
		parts := runs(c)
		for i := range parts {
			parts[i].Text = l.judge.BeforeTwice(parts[i].Text).Text
		}
		c.Rich = &tonghop.Rich{Runs: parts}
	}
	c.Stored = text
}
