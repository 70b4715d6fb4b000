package charset

import (
	"strings"
	"unicode"
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

// word weighs one word, and gives it as read.
func (j *Judge) word(enc *encoding, word string, c *Claim) (out string, open bool) {
	key := encodingWord{enc, word}
	r, seen := j.words[key]
	if !seen {
		r = j.readWord(enc, word)
		if len(j.words) < wordsMax {
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
		if len(j.looks) < wordsMax {
			j.looks[word] = is
		}
	}
	return is
}

func (j *Judge) lookAt(word string) look {
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

// plain tells whether a text has letters that only Unicode has, whether strange
// signs stand in its words, and whether all its words are syllables.
func (j *Judge) plain(text string) (unicodeOnly, odd, well bool) {
	well = true
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < utf8.RuneSelf && (r|0x20 < 'a' || r|0x20 > 'z') }) {
		if ascii(word) {
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
