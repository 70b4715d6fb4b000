package format

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
)

// legible gives every text in one of the old Vietnamese fonts as a person sees
// it in a spreadsheet program: the file stores "X· Long §øc" and names the font
// .VnTime. What was so read stands in the book's Taken.
//
// A text in such a font may be Unicode all the same, typed there later. Which
// it is shows in its words; where both readings are words, the rest of the book
// decides, and if that is of two minds or says nothing the choice is not sure.
func legible(b *tonghop.Book) {
	l := legibler{fonts: map[string]string{}, judge: charset.NewJudge(), votes: map[string]*votes{}}
	each(b, l.vote)
	each(b, l.decode)
	for _, name := range []string{charset.TCVN3, charset.VNI} {
		if v := l.votes[name]; v != nil && (v.decoded > 0 || v.open > 0) {
			b.Taken = append(b.Taken, tonghop.Taken{What: tonghop.TakenFont, As: name, Sure: v.open == 0, Cells: v.decoded})
		}
	}
}

// each calls f for every cell with text.
func each(b *tonghop.Book, f func(*tonghop.Cell)) {
	for i := range b.Sheets {
		for j := range b.Sheets[i].Lines {
			cells := b.Sheets[i].Lines[j].Cells
			for k := range cells {
				if cells[k].Kind == tonghop.CellText {
					f(&cells[k])
				}
			}
		}
	}
}

// legibler decodes the texts of one book.
type legibler struct {
	fonts map[string]string // encoding by font
	judge *charset.Judge
	votes map[string]*votes // by encoding
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
	n := l.judge.Weigh(font, text)
	old := n.Good - n.Bad
	plain := n.PlainGood - n.PlainBad
	switch {
	case out == text && n.PlainGood > 0:
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

// legacy reports whether any part of a cell's text has an old font.
func (l *legibler) legacy(c *tonghop.Cell) bool {
	if c.Rich == nil {
		return l.encoding(c.Style.Font) != ""
	}
	for _, r := range c.Rich.Runs {
		if l.encoding(r.Font) != "" || r.Font == "" && l.encoding(c.Style.Font) != "" {
			return true
		}
	}
	return false
}

// vote counts what the words of a cell show.
func (l *legibler) vote(c *tonghop.Cell) {
	if !l.legacy(c) {
		return
	}
	for _, r := range runs(c) {
		name := l.encoding(r.Font)
		if name == "" {
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
	if !l.legacy(c) {
		return
	}
	parts, changed := runs(c), map[string]bool{}
	var whole strings.Builder
	for i, r := range parts {
		if name := l.encoding(r.Font); name != "" {
			v := l.votes[name]
			out, is := l.read(r.Font, r.Text)
			if is == capitals || is == byFont || is == either && v.old >= v.unicode {
				parts[i].Text, changed[name] = out, true
			}
			if v.doubts(is) {
				v.open++
			}
		}
		whole.WriteString(parts[i].Text)
	}
	for name := range changed {
		l.votes[name].decoded++
	}
	if len(changed) == 0 {
		return
	}
	if c.Shown == c.Stored {
		c.Shown = whole.String()
	} else {
		c.Shown = charset.Unicode(parts[0].Font, c.Shown)
	}
	c.Stored = whole.String()
	if c.Rich != nil {
		c.Rich = &tonghop.Rich{Runs: parts} // texts may be shared between cells
	}
}
