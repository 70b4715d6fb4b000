package charset

import (
	"strings"
	"sync"
	"unicode"

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

// Judge tells whether words look like Vietnamese. It may be used by one
// goroutine at a time.
type Judge struct {
	syllables *syllables
	known     map[string]bool // words that were looked at
}

// NewJudge makes a judge.
func NewJudge() *Judge { return &Judge{syllables: newSyllables(), known: map[string]bool{}} }

// Count counts the words of a text that have letters beyond ASCII: those shaped
// as Vietnamese syllables, and the others. Words without a vowel are
// abbreviations, such as BCĐ, and neither.
func (j *Judge) Count(text string) (good, bad int) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if ascii(word) || !strings.ContainsAny(norm.NFD.String(word), "aeiouyAEIOUY") && !strings.ContainsAny(word, "ơưƠƯ") {
			continue
		}
		is, seen := j.known[word]
		if !seen {
			is = j.syllables.is(strings.ToLower(word))
			if len(j.known) < wordsMax {
				j.known[word] = is
			}
		}
		if is {
			good++
		} else {
			bad++
		}
	}
	return good, bad
}
