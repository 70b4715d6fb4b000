package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Claim is one way to read a text whose font says nothing of its encoding.
type Claim struct {
	Encoding string
	Text     string // as read so
	// Words by what they tell. Strong: strange signs become a syllable; Shape:
	// letters that make no syllable become one; Support: strange signs become
	// letters; Open: a word becomes another as good; Mild: a syllable becomes
	// none; Against: anything else.
	Strong, Shape, Support, Open, Mild, Against int
	Kept                                        int // words of Unicode letters that no old encoding has
	Restored                                    int // words that got a lost ư back
	Common                                      int // words that stand in most reports
}

// Alone reports whether the text shows by itself that the claim holds.
func (c Claim) Alone() bool { return c.Against+c.Mild == 0 && (c.Strong > 0 || c.Shape > 1) }

// May reports whether nothing speaks against the claim, and the text differs.
func (c Claim) May() bool {
	return c.Against == 0 && (c.Strong+c.Shape > 0 || c.Mild == 0 && c.Support+c.Open > 0)
}

// weight orders claims that hold alike. The word that most reports have tells
// more than any syllable; a word that only becomes letters tells against.
func (c Claim) weight() int {
	w := 2*c.Strong + c.Shape - c.Support
	if !c.rare() {
		w += 3 * c.Common
	}
	return w
}

// rare reports an encoding that is hardly seen in workbooks of offices.
func (c Claim) rare() bool { return c.Encoding == VISCII || c.Encoding == VPS }

// rivals reports whether another claim may hold as well as this one, which is
// before it.
func (c Claim) rivals(other Claim) bool {
	switch {
	case !other.Alone() || other.Text == c.Text:
		return false
	case other.rare() && !c.rare():
		return other.weight() >= c.weight()
	}
	return other.weight()*2 > c.weight()
}

// Evidence is what a text without an old font shows of its encoding.
type Evidence struct {
	Claims  []Claim // the best first; only those that may hold
	Unicode bool    // it has Vietnamese letters that only Unicode has
	Strange bool    // signs stand in its words that no Vietnamese word has
	Sure    bool    // the first claim holds alone, and no other that differs does
}

// Explain looks at a text in a font of Unicode for the old encodings. A text
// whose words all are Vietnamese syllables as they stand has open claims only.
func (j *Judge) Explain(text string) Evidence {
	var e Evidence
	if ascii(text) {
		return e
	}
	var well bool
	if e.Unicode, e.Strange, well = j.plain(text); e.Unicode && well {
		return e
	}
	for _, enc := range encodings() {
		c := j.claim(enc, text)
		if !c.May() || c.Kept > 0 && c.Strong == 0 {
			continue
		}
		if enc.table == nil && c.Strong+c.Shape == 0 {
			continue
		}
		at := len(e.Claims)
		for at > 0 && c.before(e.Claims[at-1]) {
			at--
		}
		e.Claims = append(e.Claims[:at], append([]Claim{c}, e.Claims[at:]...)...)
	}
	e.Sure = len(e.Claims) > 0 && e.Claims[0].Alone()
	for i := 1; i < len(e.Claims) && e.Sure; i++ {
		e.Sure = !e.Claims[0].rivals(e.Claims[i])
	}
	return e
}

// before orders claims: those that hold alone, then by weight.
func (c Claim) before(d Claim) bool {
	if c.Alone() != d.Alone() {
		return c.Alone()
	}
	if d.rare() && !c.rare() {
		return c.weight()*2 > d.weight()
	}
	return c.weight() > d.weight()
}

// claim reads a text in one encoding.
func (j *Judge) claim(enc *encoding, text string) Claim {
	c := Claim{Encoding: enc.name}
	type piece struct {
		plain, out string
		open, sign bool
	}
	var pieces []piece
	text, c.Restored = enc.mend(text)
	enc.words(text, func(part string, word bool) {
		p := piece{plain: part, out: part, sign: !word}
		if word {
			p.out, p.open = j.word(enc, part, &c)
		}
		pieces = append(pieces, p)
	})
	var b strings.Builder
	for i, p := range pieces {
		if p.sign && leftover(p.plain, i > 0, i < len(pieces)-1) {
			c.Mild++
		}
		if c.Kept > 0 && p.open {
			p.out = p.plain // beside Unicode a word that reads well stays
		}
		b.WriteString(p.out)
	}
	c.Text = b.String()
	if full := j.notYet(enc, c.Text); full != c.Text {
		c.Text = full
		c.Restored++
	}
	return c
}

// leftover reports signs beside words that no text has there, so that they must
// be letters of another encoding. behind and before say whether a word stands
// before the part, and behind it.
func leftover(part string, behind, before bool) bool {
	odd := func(r rune, usual string) bool { return r >= utf8.RuneSelf && !strings.ContainsRune(usual, r) }
	first, size := utf8.DecodeRuneInString(part)
	last, _ := utf8.DecodeLastRuneInString(part)
	second, _ := utf8.DecodeRuneInString(part[size:])
	switch {
	case behind && odd(first, signsBehind), before && odd(last, signsBefore):
		return true
	case behind && before && size == len(part):
		return first == '°' || first == '¹'
	}
	return odd(first, signsBefore) && odd(second, signsBehind)
}

// Signs that stand beside words, or for blanks, in any text.
const (
	signsBefore = "\u00a0“”‘’„…•–—°«·"
	signsBehind = "\u00a0“”‘’„…•–—™°²³¹»·"
)

// plain tells whether a text has letters that only Unicode has, whether strange
// signs stand in its words, and whether all its words are syllables.
func (j *Judge) plain(text string) (unicodeOnly, odd, well bool) {
	well = true
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < utf8.RuneSelf && (r|0x20 < 'a' || r|0x20 > 'z') }) {
		if ascii(word) || len(word) > 2*wordMax {
			continue
		}
		well = well && j.look(word) == good
		letters, signs := 0, 0
		for _, r := range sameLetters(norm.NFC.String(word)) {
			_, western := byteOf(r)
			switch {
			case vietnamese(r):
				unicodeOnly = unicodeOnly || !western
				letters++
			case western && !strings.ContainsRune("\u00a0“”‘’„…•–—™°²³", r):
				signs++
			}
		}
		odd = odd || letters > 0 && signs > 0
	}
	return unicodeOnly, odd, well
}
