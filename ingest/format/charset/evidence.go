package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	wordsMax  = 20_000 // words that are weighed; more say nothing new
	wordMax   = 32     // bytes of a word; Vietnamese syllables have seven letters
	goodFloor = 3      // syllables below which nothing is sure
)

// candidate is one encoding that the bytes may be in.
type candidate struct {
	name, font string
	table      *table
	rare       bool // hardly seen; its letters stand where others have signs
	points     int
	good, bad  int // words that become syllables, and words that become nonsense
}

// weigh reads raw in the 8-bit encoding for which the evidence is best.
func weigh(raw string) Text {
	western1252 := western(charmap.Windows1252)
	for c, s := range western1252.one {
		if s == string(utf8.RuneError) {
			western1252.one[c] = string(rune(c)) // fonts may have a letter there
		}
	}
	all := []*candidate{
		{name: Windows1258, table: western(charmap.Windows1258)},
		{name: TCVN3, font: FontTCVN3, table: tcvn3Table()},
		{name: VNI, font: FontVNI, table: vniTable()},
		{name: Windows1252, table: western1252},
		{name: VISCII, font: FontVISCII, table: visciiTable(), rare: true},
		{name: VPS, font: FontVPS, table: vpsTable(), rare: true},
	}
	words, wide := distinctWords(raw, 0xa0), distinctWords(raw, 0x7f)
	judge := newSyllables()
	for _, c := range all {
		in := words
		if c.rare {
			in = wide
		}
		for w := range in {
			c.weigh(judge, w)
		}
	}
	best := all[0]
	for _, other := range all[1:] {
		if other.points > best.points && (!other.rare || best.rare || other.stands() && other.points > 2*best.points) {
			best = other
		}
	}
	if best.points <= 0 {
		best = all[3] // signs such as ² and °, or another language
	}
	t := Text{Encoding: best.name, Font: best.font}
	t.Sure, t.Second = verdict(best, all, wide)
	if best.font != "" {
		t.Text = western1252.decode(raw)
	} else {
		t.Text = best.table.decode(raw)
	}
	return t
}

// verdict says whether the best candidate stands apart, and else who is next.
// A rival that gives the same words is none.
func verdict(best *candidate, all []*candidate, words map[string]bool) (sure bool, second string) {
	var next *candidate
	for _, c := range all {
		if c != best && c.stands() && (next == nil || c.points > next.points) && !same(best, c, words) {
			next = c
		}
	}
	if best.good+best.bad == 0 {
		return true, "" // signs only, which are read the same or not at all
	}
	if best.good >= goodFloor && best.bad*4 <= best.good && (next == nil || next.points*2 <= best.points) {
		return true, ""
	}
	if next == nil {
		return false, ""
	}
	return false, next.name
}

// stands reports an encoding that offices use, or a rare one that several words
// tell of.
func (c *candidate) stands() bool { return !c.rare || c.good >= goodFloor }

func same(a, b *candidate, words map[string]bool) bool {
	for w := range words {
		if a.table.decode(w) != b.table.decode(w) {
			return false
		}
	}
	return true
}

// distinctWords collects the words with bytes beyond ASCII: a word that stands
// in every row is one piece of evidence. Bytes up to above are no letters, nor
// is the no-break blank.
func distinctWords(raw string, above byte) map[string]bool {
	words := map[string]bool{}
	start, high := -1, false
	for i := 0; i <= len(raw) && len(words) < wordsMax; i++ {
		var c byte
		if i < len(raw) {
			c = raw[i]
		}
		if c > above && c != 0xa0 || c|0x20 >= 'a' && c|0x20 <= 'z' {
			if start < 0 {
				start, high = i, false
			}
			high = high || c >= utf8.RuneSelf
			continue
		}
		if start >= 0 && high && i-start <= wordMax {
			words[raw[start:i]] = true
		}
		start = -1
	}
	return words
}

// weigh adds one word. Signs at its ends are no part of it, and make a word
// that is left neither good nor bad: the sign may be a letter elsewhere.
func (c *candidate) weigh(judge *syllables, word string) {
	text := strings.ToLower(c.table.decode(word))
	letters := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	switch {
	case ascii(letters):
	case !judge.is(letters):
		c.bad++
		c.points -= 2
	case letters == text:
		c.good++
		c.points++
		if judge.frequent[letters] {
			c.points++
		}
	}
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
