package charset

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// FontEncoding names the encoding that a font stands for: [TCVN3] for .VnTime
// and its family, [VNI] for VNI-Times and its; "" for a font of Unicode text.
// capitals says that the font shows small letters as capitals (.VnTimeH).
func FontEncoding(font string) (name string, capitals bool) {
	low := strings.ToLower(strings.TrimSpace(font))
	switch {
	case strings.HasPrefix(low, ".vn"):
		// The family's capitals end with a large H; .VnArial does not.
		return TCVN3, strings.HasSuffix(strings.TrimSpace(font), "H")
	case strings.HasPrefix(low, "vni-"), strings.HasPrefix(low, "vni "):
		return VNI, false
	}
	return "", false
}

// fontTables are the tables of the fonts' encodings.
var fontTables = sync.OnceValue(func() map[string]*table {
	return map[string]*table{TCVN3: tcvn3Table(), VNI: vniTable()}
})

// Unicode is what a person reads in a text that stands in a font: see
// [FontEncoding]. Text in a font of Unicode comes back as it is, and so does
// one with characters that the font cannot show. Capitals of TCVN3 that share
// their byte with small letters come as small letters, unless the font is one
// of capitals.
func Unicode(font, text string) string {
	name, capitals := FontEncoding(font)
	t := fontTables()[name]
	if t == nil {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			return text
		}
		b.WriteByte(c)
	}
	out := t.decode(b.String())
	if capitals {
		out = strings.ToUpper(out)
	}
	return out
}

// Readings counts the words of a text in a font that are shaped as Vietnamese
// syllables and those that are not: read by the font, and as they stand. A word
// is what is one in either reading; plain ASCII and abbreviations do not count.
type Readings struct{ Good, Bad, PlainGood, PlainBad int }

// Judge tells whether words look like Vietnamese. It may be used by one
// goroutine at a time.
type Judge struct {
	syllables *syllables
	known     map[string]bool // words that were looked at
}

// NewJudge makes a judge.
func NewJudge() *Judge { return &Judge{syllables: newSyllables(), known: map[string]bool{}} }

// Weigh counts the words of a text in a font by both readings.
func (j *Judge) Weigh(font, text string) Readings {
	var n Readings
	name, _ := FontEncoding(font)
	t := fontTables()[name]
	inWord := func(r rune) bool {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			return true
		}
		c, ok := charmap.Windows1252.EncodeRune(r)
		if t == nil || !ok {
			return false
		}
		letter, _ := utf8.DecodeRuneInString(t.one[c])
		return unicode.IsLetter(letter)
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !inWord(r) }) {
		out := Unicode(font, word)
		switch {
		case ascii(out), abbreviation(out) && abbreviation(word):
		case j.is(out):
			n.Good++
		default:
			n.Bad++
		}
		switch {
		case ascii(word), abbreviation(out) && abbreviation(word):
		case j.is(word):
			n.PlainGood++
		default:
			n.PlainBad++
		}
	}
	return n
}

// abbreviation reports whether a word has no vowel, as BCĐ.
func abbreviation(word string) bool {
	return !strings.ContainsAny(norm.NFD.String(word), "aeiouyAEIOUY") && !strings.ContainsAny(word, "ơưƠƯ")
}

// is reports whether a word is shaped as a syllable.
func (j *Judge) is(word string) bool {
	is, seen := j.known[word]
	if !seen {
		is = j.syllables.is(strings.ToLower(word))
		if len(j.known) < wordsMax {
			j.known[word] = is
		}
	}
	return is
}
