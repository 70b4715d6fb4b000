package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word weighs one word, and gives it as read.
func (j *Judge) word(enc *encoding, word string, c *Claim) (out string, open bool) {
	key := encodingWord{enc, word}
	r, seen := j.words[key]
	if !seen {
		r = j.readWord(enc, word)
		if len(j.words) < wordsMax && len(word) <= 2*wordMax {
			j.words[key] = r
		}
	}
	c.Restored += r.restored
	c.Common += r.common
	switch r.tells {
	case strong:
		c.Strong++
	case shape:
		c.Shape++
	case support:
		c.Support++
	case either:
		c.Open++
	case mild:
		c.Mild++
	case against:
		c.Against++
	case kept:
		c.Kept++
	}
	return r.out, r.tells == either || r.tells == mild || r.ascii
}

// What a word tells of an encoding: see [Claim].
type tells uint8

const (
	nothing tells = iota
	strong
	shape
	support
	either
	mild
	against
	kept
)

// encodingWord is a word in an encoding.
type encodingWord struct {
	encoding *encoding
	word     string
}

// wordRead is a word as read in an encoding.
type wordRead struct {
	out              string
	tells            tells
	ascii            bool // it has no accent as it stands
	restored, common int
}

func (j *Judge) readWord(enc *encoding, word string) wordRead {
	if len(word) > 2*wordMax {
		return wordRead{out: word} // no word of any language
	}
	out, ok := enc.decode(word)
	plain := j.look(word)
	switch {
	case !ok && plain == strange:
		return wordRead{out: word, tells: against}
	case !ok:
		return wordRead{out: word, tells: kept}
	}
	r := wordRead{out: j.restore(enc, out), ascii: ascii(word)}
	if r.out != out {
		r.restored = 1
	}
	if r.ascii {
		return r
	}
	read := j.look(r.out)
	if enc.table == nil {
		read = j.lookParts(r.out)
	}
	if read == good && r.out != word && j.syllables.frequent[strings.ToLower(r.out)] {
		r.common = 1
	}
	r.tells = against
	switch {
	case r.out == word && plain != strange:
		r.tells = nothing
	case r.out == word:
	case plain == strange && read == good && (enc.table == nil || !abbreviation(r.out) && !footnote(j, word)):
		r.tells = strong
	case plain == strange && read != strange:
		r.tells = support
	case plain == fair && read == good:
		r.tells = shape
	case plain == good && read == good, plain == fair && read == fair:
		r.tells = either
	case plain == good && read == fair:
		r.tells = mild
	}
	return r
}

// The looks of a word.
type look uint8

const (
	strange look = iota // signs or letters that Vietnamese does not have
	fair                // Vietnamese letters, but no syllable: Krông, huyên2
	good                // a Vietnamese syllable in an ordinary case
)

// look tells how a word looks.
func (j *Judge) look(word string) look {
	is, seen := j.looks[word]
	if !seen {
		is = j.lookAt(word)
		if len(j.looks) < wordsMax && len(word) <= 2*wordMax {
			j.looks[word] = is
		}
	}
	return is
}

func (j *Judge) lookAt(word string) look {
	if len(word) > 2*wordMax {
		return fair
	}
	word = norm.NFC.String(word)
	if same := sameLetters(word); same != word {
		// In Unicode text they stand for Đ and đ, in old encodings for others.
		if j.look(same) == good {
			return good
		}
		return strange
	}
	for _, r := range word {
		if !vietnamese(r) {
			return strange
		}
	}
	if ascii(word) || regular(word) && (j.is(word) || abbreviation(word) && !strings.ContainsAny(norm.NFD.String(word), tones)) {
		return good
	}
	return fair
}

// lookParts tells how the words look that UTF-8 puts between its own signs: the
// worst of them.
func (j *Judge) lookParts(text string) look {
	worst := good
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r >= 0xa0 && !unicode.IsLetter(r) && !unicode.IsMark(r) && (r >= 0x2000 || r == 0xa0)
	}) {
		worst = min(worst, j.look(word))
	}
	return worst
}

// sameLetters writes Ð and ð, which Unicode text often has, as Đ and đ.
func sameLetters(s string) string {
	if !strings.ContainsAny(s, "ÐðƉɖ") {
		return s
	}
	return strings.NewReplacer("Ð", "Đ", "Ɖ", "Đ", "ð", "đ", "ɖ", "đ").Replace(s)
}

// vietnamese reports a letter of the Vietnamese alphabet, or of ASCII.
func vietnamese(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return strings.ContainsRune(alphabet, unicode.ToLower(r))
}

const alphabet = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"

// regular reports an ordinary case: small, capital, or small behind a capital.
func regular(word string) bool {
	upper, lower, first := 0, 0, true
	behind := 0 // capitals behind the first letter
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			upper++
			if !first {
				behind++
			}
		case unicode.IsLower(r):
			lower++
		}
		first = false
	}
	return upper == 0 || lower == 0 || behind == 0
}

// footnote reports signs alone, and a word that is a syllable, or a measure, with
// signs before or behind it: "Ba¹" has a footnote, and "Bạ" would be another place.
func footnote(j *Judge, word string) bool {
	bare := strings.TrimRight(strings.TrimLeft(word, "·•«“‘"), "¹²³ªº®©™»·”’")
	if !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && r != 'ª' && r != 'º' }) {
		return true
	}
	return bare != word && (bare == "" || j.is(bare) || strings.Contains(" m km cm dm mm ", " "+bare+" "))
}
