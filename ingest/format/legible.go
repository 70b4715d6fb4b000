package format

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
)

// legible gives every text in an old Vietnamese encoding as a person sees it in a
// spreadsheet program: the file stores "X· Long §øc" and names the font .VnTime.
// What was so read stands in the book's Taken.
//
// A text in such a font may be Unicode all the same, typed there later, and a
// text in a font of Unicode may be old, where somebody changed the font of all.
// Which it is shows in its words; where both readings are words, its neighbours
// and the rest of the book decide, and if they are of two minds the choice is
// not sure. What no font explains, and what is not sure, stands in Respelt.
func legible(b *tonghop.Book) {
	l := legibler{fonts: map[string]string{}, judge: charset.NewJudge(), votes: map[string]*votes{},
		shows: map[string]*charset.Evidence{}, plain: map[string]int{}, book: b}
	each(b, func(_ int, c *tonghop.Cell) {
		l.judge.Hyphens = l.judge.Hyphens || strings.ContainsRune(c.Stored, softHyphen)
	})
	contexts := make([]*context, len(b.Sheets))
	each(b, func(sheet int, c *tonghop.Cell) {
		if contexts[sheet] == nil {
			contexts[sheet] = newContext()
		}
		l.around = contexts[sheet]
		l.vote(c)
	})
	each(b, func(sheet int, c *tonghop.Cell) {
		l.sheet, l.around = b.Sheets[sheet].Name, contexts[sheet]
		l.decode(c)
	})
	l.twice()
	for _, name := range []string{charset.TCVN3, charset.VNI, charset.VPS, charset.VISCII} {
		if v := l.votes[name]; v != nil && (v.decoded > 0 || v.open > 0) {
			b.Taken = append(b.Taken, tonghop.Taken{What: tonghop.TakenFont, As: name, Sure: v.open == 0, Cells: v.decoded})
		}
	}
}

// softHyphen is how TCVN3 has ư; programs that tidy texts drop it.
const softHyphen = '\u00ad'

// each calls f for every cell with text, with the number of its sheet.
func each(b *tonghop.Book, f func(sheet int, c *tonghop.Cell)) {
	for i := range b.Sheets {
		for j := range b.Sheets[i].Lines {
			cells := b.Sheets[i].Lines[j].Cells
			for k := range cells {
				if cells[k].Kind == tonghop.CellText {
					f(i, &cells[k])
				}
			}
		}
	}
}

// legibler decodes the texts of one book.
type legibler struct {
	book  *tonghop.Book
	fonts map[string]string // encoding by font
	judge *charset.Judge
	votes map[string]*votes // by encoding

	// Of texts in fonts of Unicode:
	shows   map[string]*charset.Evidence // by text
	plain   map[string]int               // how many surely are in an encoding
	torn    bool                         // some may be in several
	unicode bool                         // some have letters that only Unicode has

	sheet  string   // where we are
	around *context // what the texts of the sheet show
}

// votes counts what the texts of one encoding are.
type votes struct {
	old, unicode int // texts whose words show what they are
	decoded      int // cells read by the font
	open         int // cells that may be either, in a book with both
}

// doubts reports whether a text that reads so may be the other thing, by what the
// rest of the book is.
func (v *votes) doubts(is reading) bool {
	switch is {
	case either:
		return v.old == 0 && v.unicode == 0 || v.old > 0 && v.unicode > 0
	case asIs:
		return v.old > 0
	case byFont:
		return v.unicode > v.old
	}
	return false
}

// reading is what a text in an old font is, by its own words.
type reading uint8

const (
	either    reading = iota // both, or neither
	byFont                   // it reads better by its font
	asIs                     // it reads better as Unicode
	certain                  // it is Unicode: the font does not have its letters
	capitals                 // the font only makes capitals of it
	unchanged                // it is the same in both
)

// encoding is what a font stands for.
func (l *legibler) encoding(font string) string {
	name, ok := l.fonts[font]
	if !ok {
		name, _ = charset.FontEncoding(font)
		l.fonts[font] = name
	}
	return name
}

// read decodes a text in a font and says what its words tell.
func (l *legibler) read(font, text string) (string, reading) {
	out := charset.Unicode(font, text)
	if out == text && l.shown(text).Strange && l.shown(text).Unicode {
		// Part of the text was typed anew in Unicode.
		if e := l.shown(text); e.Sure && e.Claims[0].Encoding == l.encoding(font) {
			return e.Claims[0].Text, byFont
		}
	}
	n := l.judge.Weigh(font, text)
	old := n.Good - n.Bad
	plain := n.PlainGood - n.PlainBad
	switch {
	case out == text && n.PlainGood > 0 && !charset.Shares(font, text):
		return text, certain
	case out == text:
		return text, unchanged
	case strings.EqualFold(out, text):
		return out, capitals
	case old > plain:
		return out, byFont
	case old < plain:
		return out, asIs
	}
	return out, either
}

// runs are the parts of a cell's text with their fonts. Parts that are not the
// text say nothing of it.
func runs(c *tonghop.Cell) []tonghop.Run {
	whole := []tonghop.Run{{Text: c.Stored, Font: c.Style.Font}}
	if c.Rich == nil {
		return whole
	}
	out, rest := make([]tonghop.Run, len(c.Rich.Runs)), c.Stored
	for i, r := range c.Rich.Runs {
		if r.Font == "" {
			r.Font = c.Style.Font
		}
		var ok bool
		if rest, ok = strings.CutPrefix(rest, r.Text); !ok {
			return whole
		}
		out[i] = r
	}
	if rest != "" {
		return whole
	}
	return out
}

// vote counts what the words of a cell show.
func (l *legibler) vote(c *tonghop.Cell) {
	for _, r := range runs(c) {
		name := l.encoding(r.Font)
		if name == "" {
			is := l.testify(r.Text)
			l.unicode = l.unicode || is == unicode
			l.around.add(c.Row, c.Col, is)
			continue
		}
		v := l.votes[name]
		if v == nil {
			v = &votes{}
			l.votes[name] = v
		}
		switch _, is := l.read(r.Font, r.Text); is {
		case byFont:
			v.old++
		case asIs, certain:
			v.unicode++
		}
	}
}

// decode gives a cell the text that a person sees.
func (l *legibler) decode(c *tonghop.Cell) {
	parts, changed := runs(c), map[string]bool{}
	var said *tonghop.Respelt
	var whole strings.Builder
	for i, r := range parts {
		name := l.encoding(r.Font)
		var more *tonghop.Respelt
		if name == "" {
			parts[i].Text, more = l.plainRun(c, r.Text)
		} else {
			parts[i].Text, more = l.fontRun(name, r)
			changed[name] = changed[name] || parts[i].Text != r.Text
		}
		said = merge(said, more, whole.String(), parts[i].Text)
		whole.WriteString(parts[i].Text)
	}
	for name, is := range changed {
		if is {
			l.votes[name].decoded++
		}
	}
	if said != nil {
		said.Ref = tonghop.Ref{Sheet: l.sheet, Row: c.Row, Col: c.Col}
		said.Stored, said.Read = c.Stored, whole.String()
		l.book.Respelt = append(l.book.Respelt, *said)
	}
	if whole.String() != c.Stored {
		l.set(c, parts, whole.String())
	}
}

// fontRun reads a part of a cell in an old font, and says what is to be said.
func (l *legibler) fontRun(name string, r tonghop.Run) (string, *tonghop.Respelt) {
	v := l.votes[name]
	out, is := l.read(r.Font, r.Text)
	var said *tonghop.Respelt
	text := r.Text
	if is == capitals || is == byFont || is == either && v.old >= v.unicode {
		text = out
		if full, restored := l.judge.Restore(r.Font, out); restored > 0 {
			text, said = full, &tonghop.Respelt{As: name, Restored: true}
		}
	}
	if v.doubts(is) {
		v.open++
		said = &tonghop.Respelt{As: name, Other: r.Text}
		if text == r.Text {
			said.As, said.Other = "", out
		}
	}
	return text, said
}

// merge joins what is to be said of the parts of a cell: before is the text of
// the parts before this one, text that of this one.
func merge(a, b *tonghop.Respelt, before, text string) *tonghop.Respelt {
	switch {
	case a == nil && b == nil:
		return nil
	case b == nil:
		if a.Other != "" {
			a.Other += text
		}
		return a
	}
	if b.Other != "" {
		b.Other = before + b.Other
	}
	if a != nil {
		if b.As == "" {
			b.As = a.As
		}
		if a.Other != "" && b.Other == "" {
			b.Other = a.Other + text
		}
		b.Restored = b.Restored || a.Restored
	}
	return b
}

// set gives a cell its text as read.
func (l *legibler) set(c *tonghop.Cell, parts []tonghop.Run, text string) {
	switch {
	case c.Shown == c.Stored:
		c.Shown = text
	case l.encoding(parts[0].Font) != "":
		c.Shown = charset.Unicode(parts[0].Font, c.Shown)
	default:
		if e := l.shown(c.Shown); e.Sure {
			c.Shown = e.Claims[0].Text
		}
	}
	c.Stored = text
	if c.Rich != nil {
		c.Rich = &tonghop.Rich{Runs: parts} // texts may be shared between cells
	}
}
