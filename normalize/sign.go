package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// sign is what a whole cell text says in place of a figure: a mark, several
// marks it may be, or a word for no figure. At most one of the three is set.
type sign struct {
	mark     tonghop.Mark
	bare     bool     // typed without accents
	meanings []string // of a sign with more than one: two marks or kinds of empty
	empty    tonghop.Empty
	word     string // the folded text that was looked up
}

// marks reports whether the text stands for a mark, if perhaps for one of two.
func (s sign) marks() bool { return s.mark != tonghop.MarkNone || s.meanings != nil }

// lookUp is the one place where a cell's text is looked up as a mark. In a font
// of symbols the letters are not letters: font is that of the cell.
func (n *Normalizer) lookUp(text, font string) sign {
	if len(text) > longestMark {
		return sign{}
	}
	if symbols := symbolFont(font); symbols != nil {
		text = drawn(text, symbols)
	}
	return n.signs.get(text, func() sign { return n.words.sign(text) })
}

// sign reads a text by the form's spellings.
func (v *vocabulary) sign(text string) sign {
	text = strings.NewReplacer("\ufe0e", "", "\ufe0f", "").Replace(text) // they only choose between two drawings of a sign
	s := sign{word: strings.Trim(viet.Fold(text), " .;:")}
	if meanings, ok := v.doubtful[s.word]; ok {
		s.meanings = meanings
		return s
	}
	if kind, ok := v.empties[s.word]; ok {
		s.empty = kind
		return s
	}
	if m, bare, ok := v.mark(text); ok {
		s.mark, s.bare = m, bare
	}
	return s
}

// The signs that the common fonts of symbols show for the characters that
// clerks use as marks. Any other character of such a font is unknown.
var (
	wingdings  = map[rune]rune{'ü': '✓', 'û': '✗', 'þ': '☑', 'ý': '☒', 'x': '☒', '¨': '☐', 'o': '☐', 'l': '●', 'n': '■'}
	wingdings2 = map[rune]rune{'P': '✓', 'O': '✗', 'R': '☑', 'Q': '☒', 'S': '☒', 'T': '☒', '£': '☐'}
	webdings   = map[rune]rune{'a': '✓', 'r': '✗', 'c': '☐', 'g': '■', 'n': '●'}
)

func symbolFont(font string) map[rune]rune {
	switch strings.ToLower(strings.TrimSpace(font)) {
	case "wingdings":
		return wingdings
	case "wingdings 2":
		return wingdings2
	case "webdings":
		return webdings
	}
	return nil
}

// drawn is what a text of one character in a font of symbols shows; a longer
// one, and digits, are left alone, for the font is then a leftover.
func drawn(text string, symbols map[rune]rune) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) != 1 || runes[0] >= '0' && runes[0] <= '9' {
		return text
	}
	r := runes[0]
	if r >= 0xf020 && r <= 0xf0ff { // some programs keep symbols in the private area
		r -= 0xf000
	}
	if s, ok := symbols[r]; ok {
		return string(s)
	}
	return "\ufffd"
}
