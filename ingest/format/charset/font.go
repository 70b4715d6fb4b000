package charset

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FontEncoding names the encoding that a font stands for: [TCVN3] for .VnTime
// and its family, [VNI] for VNI-Times and its, [VPS] for VPS Times and its,
// [VISCII] for fonts that say so; "" for a font of Unicode text. capitals says
// that the font shows small letters as capitals (.VnTimeH). The names of the VPS
// and VISCII families are from memory.
func FontEncoding(font string) (name string, capitals bool) {
	low := strings.ToLower(strings.TrimSpace(font))
	switch {
	case strings.HasPrefix(low, ".vn"):
		// The family's capitals end with an H; no other of its names does.
		return TCVN3, strings.HasSuffix(low, "h")
	case strings.HasPrefix(low, "vni-"), strings.HasPrefix(low, "vni "):
		return VNI, false
	case strings.HasPrefix(low, "vps "), strings.HasPrefix(low, "vps-"):
		return VPS, false
	case strings.Contains(low, "viscii"):
		return VISCII, false
	}
	return "", false
}

// Unicode is what a person reads in a text that stands in a font: see
// [FontEncoding]. Text in a font of Unicode comes back as it is, and so does
// one with letters that the font cannot show; signs that it cannot show stay.
// Capitals that share their byte with small letters come as small letters,
// unless the font is one of capitals or the word is of capitals.
func Unicode(font, text string) string {
	name, capitals := FontEncoding(font)
	e := named(name)
	if e == nil || name == "" {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	whole := true
	e.words(text, func(part string, word bool) {
		if word {
			out, ok := e.decode(part)
			whole = whole && ok
			part = out
		}
		b.WriteString(part)
	})
	if !whole {
		return text
	}
	if capitals {
		return strings.ToUpper(b.String())
	}
	return b.String()
}

// Shares reports whether a font has the letters of the text at the places where
// Unicode has them, so that it reads the same in both: many letters of VPS and
// VISCII do.
func Shares(font, text string) bool {
	name, _ := FontEncoding(font)
	if name != VPS && name != VISCII {
		return false
	}
	whole := true
	e := named(name)
	e.words(text, func(part string, word bool) {
		out, ok := e.decode(part)
		whole = whole && (!word || ok && out == part)
	})
	return whole
}

// Readings counts the words of a text in a font that are shaped as Vietnamese
// syllables and those that are not: read by the font, and as they stand. A word
// is what is one in either reading; plain ASCII and abbreviations do not count.
type Readings struct{ Good, Bad, PlainGood, PlainBad int }

// Judge tells whether words look like Vietnamese. It may be used by one
// goroutine at a time.
type Judge struct {
	Hyphens bool // the texts have soft hyphens, so that no ư of TCVN3 was dropped

	syllables *syllables
	known     map[string]bool // words that were looked at
	looks     map[string]look // the same, in their case
	words     map[encodingWord]wordRead
}

// NewJudge makes a judge.
func NewJudge() *Judge {
	return &Judge{syllables: newSyllables(), known: map[string]bool{}, looks: map[string]look{}, words: map[encodingWord]wordRead{}}
}

// Weigh counts the words of a text in a font by both readings.
func (j *Judge) Weigh(font, text string) Readings {
	var n Readings
	name, _ := FontEncoding(font)
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	if e := named(name); e != nil {
		inWord = e.letter
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
		if len(j.known) < wordsMax && len(word) <= 2*wordMax {
			j.known[word] = is
		}
	}
	return is
}
