package charset

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// UTF8Twice names UTF-8 whose bytes were read as Western characters: "XÃ£".
const UTF8Twice = "utf-8 twice"

// encoding is one way in which Vietnamese can stand as Western characters, one
// a byte.
type encoding struct {
	name  string
	table *table // nil for UTF-8
	soft  bool   // ư is the soft hyphen, which programs drop
}

// encodings are all of them, the commonest first.
var encodings = sync.OnceValue(func() []*encoding {
	return []*encoding{
		{name: TCVN3, table: tcvn3Table(), soft: true},
		{name: VNI, table: vniTable()},
		{name: UTF8Twice},
		{name: Windows1258, table: western(charmap.Windows1258)},
		{name: VISCII, table: visciiTable()},
		{name: VPS, table: vpsTable()},
	}
})

// named is the encoding of a name, nil for none.
func named(name string) *encoding {
	for _, e := range encodings() {
		if e.name == name {
			return e
		}
	}
	return nil
}

// byteOf is the byte that a Western character stands for. Characters of the
// range that Windows-1252 fills with signs also come as controls, from programs
// that take bytes for Latin-1.
func byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// letter reports whether a character may be part of a word in the encoding.
func (e *encoding) letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z' || e.table != nil && r < ' ' && e.table.one[r] != string(r)
	}
	if unicode.IsLetter(r) || unicode.IsMark(r) {
		return true
	}
	c, ok := byteOf(r)
	if !ok || e.table == nil {
		return ok
	}
	first, _ := utf8.DecodeRuneInString(e.table.one[c])
	return c != 0xa0 && (unicode.IsLetter(first) || unicode.IsMark(first))
}

// decode reads a word; ok is false if it has characters that the encoding
// cannot have.
func (e *encoding) decode(word string) (out string, ok bool) {
	raw := make([]byte, 0, len(word))
	for _, r := range word {
		c, ok := byteOf(r)
		if !ok {
			return word, false
		}
		raw = append(raw, c)
	}
	if e.table == nil {
		if ascii(word) || !utf8.Valid(raw) {
			return word, ascii(word)
		}
		out = norm.NFC.String(string(raw))
		if again, more := e.decode(out); more {
			out = again // it was read so more than once
		}
		return out, true
	}
	out = e.table.decode(string(raw))
	if strings.ContainsRune(out, utf8.RuneError) {
		return word, false
	}
	if e.name != VNI && e.name != Windows1258 {
		out = mendCase(out)
	}
	return out, true
}

// words calls f for every word and for what stands between words.
func (e *encoding) words(text string, f func(part string, word bool)) {
	start, inside := 0, false
	for i, r := range text {
		if is := e.letter(r); is != inside {
			if i > start {
				f(text[start:i], inside)
			}
			start, inside = i, is
		}
	}
	if start < len(text) {
		f(text[start:], inside)
	}
}

// mend puts back the no-break blanks that UTF-8 has inside of à, which programs
// make ordinary ones and then one of several: "TrÃ Vinh" is Trà Vinh, "lÃ ng"
// làng. A capital Ã behind a small letter is no other thing; "XÃ HÀM" is.
func (e *encoding) mend(text string) (mended string, times int) {
	if e.table != nil || !strings.Contains(text, "Ã") {
		return text, 0
	}
	var b strings.Builder
	for {
		i := strings.Index(text, "Ã")
		if i < 0 {
			break
		}
		rest := text[i+len("Ã"):]
		b.WriteString(text[:i] + "Ã")
		behind := i > 0 && text[i-1] >= 'a' && text[i-1] <= 'z'
		if behind && (rest == "" || rest[0] == ' ') {
			times++
			b.WriteString("\u00a0")
			rest = strings.TrimPrefix(rest, " ")
			if next, _, _ := strings.Cut(rest, " "); rest != "" && next != "" && !strings.Contains(" n m ng nh i o u ", " "+next+" ") {
				b.WriteString(" ")
			}
		}
		text = rest
	}
	return b.String() + text, times
}

// mendCase writes a word of capitals in capitals where the encoding had no
// capital of its accented letters: "TỉNH" is TỈNH. Two capitals, and no small
// letter without an accent, make such a word.
func mendCase(word string) string {
	upper, accented := 0, false
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			upper++
		case r < utf8.RuneSelf:
			return word
		default:
			accented = true
		}
	}
	if upper < 2 || !accented {
		return word
	}
	return strings.ToUpper(word)
}

// Restore gives the words of a text, as [Unicode] reads it in a font, letters back
// that the file has lost, and says how many words had lost any.
func (j *Judge) Restore(font, text string) (full string, words int) {
	name, _ := FontEncoding(font)
	e := named(name)
	if e == nil || !e.soft || j.Hyphens {
		return text, 0
	}
	var b strings.Builder
	e.words(text, func(part string, word bool) {
		if word {
			if full := j.restore(e, part); full != part {
				words++
				part = full
			}
		}
		b.WriteString(part)
	})
	if full = j.notYet(e, b.String()); full != b.String() {
		words++
	}
	return full, words
}

// notYet restores "Chưa đạt", the one phrase of reports that loses a word's only
// accent with the ư.
func (j *Judge) notYet(e *encoding, text string) string {
	if !e.soft || j.Hyphens {
		return text
	}
	return strings.NewReplacer("Cha đạt", "Chưa đạt", "cha đạt", "chưa đạt", "CHA ĐẠT", "CHƯA ĐẠT", "CHA ĐạT", "CHƯA ĐẠT").Replace(text)
}

// restore gives a word of TCVN3 the ư back that was dropped with a soft hyphen,
// where no Vietnamese syllable could stand without: "Mờng" was Mường, "Hng" was
// Hưng. Words that are syllables without it come as they are: "Cha" may be Chưa.
func (j *Judge) restore(enc *encoding, word string) string {
	if !enc.soft || j.Hyphens || len(word) < 3 || len(word) > wordMax || j.is(word) || ascii(word) && (!strings.HasSuffix(word, "ng") || !abbreviation(word)) {
		return word
	}
	runes, found := []rune(word), ""
	for i := 1; i < len(runes); i++ {
		try := string(runes[:i]) + "ư" + string(runes[i:])
		if !j.is(try) {
			continue
		}
		if found != "" {
			return word
		}
		found = try
	}
	if found == "" {
		return word
	}
	return mendCase(found)
}
