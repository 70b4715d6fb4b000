package charset

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TCVN3Twice names Unicode text that was converted from TCVN3 although it was
// Unicode already: every letter that has its place among the Western characters
// became what TCVN3 has there, "Xã" became "Xó" and "tiêu chí" "tiờu chớ".
const TCVN3Twice = "tcvn3 twice"

// overTwice are the letters that such a conversion makes, each with the one that
// it was made of, and the letters that it leaves none of.
type overTwice struct {
	from map[rune]rune
	lost map[rune]bool
}

var twiceTable = sync.OnceValue(func() overTwice {
	t := overTwice{from: map[rune]rune{}, lost: map[rune]bool{}}
	letters := tcvn3Table()
	made := map[rune]bool{}
	for c := 0xc0; c < 0x100; c++ {
		was := rune(c)
		if !strings.ContainsRune(alphabet, unicode.ToLower(was)) {
			continue
		}
		if became := []rune(letters.one[c])[0]; became != was {
			t.from[became] = was
			t.lost[was] = true
			made[became] = true
		}
	}
	for r := range made {
		delete(t.lost, r)
	}
	return t
})

// frequentStay are syllables that are left as they are, although they may have
// been made of others: "dụng" is no "dông".
const frequentStay = " lớn lớp nhớ khớp vũ dũng ngũ cũ cũng lũng lũ mũi vũng kỳ mỳ vụ phụ phụng dụng trụ cụm cụ dụ thụ tụ " +
	"từ từng vừa rừng trừ thừa chừng dừng dừa cừ sừng mừng nhựa dựa lựa dựng tự dự sự cự ngự giờ chờ tờ bờ nhờ cờ lỡ đỡ mỡ " +
	"nhỏ bỏ hỏi hỏng khỏi đỏ mỏ cỏ sỏi "

// stays reports a syllable that is likelier than what it may have been made of:
// one of those, one with a letter that was hardly ever made, or a small letter
// that would have been a capital.
func stays(word, before string) bool {
	low := strings.ToLower(word)
	return strings.Contains(frequentStay, " "+low+" ") || strings.ContainsAny(low, "ộố") || strings.ToUpper(word) != word && strings.ToUpper(before) == before
}

// Converted is a text as it was before a second conversion from TCVN3, with what
// its words tell of that.
type Converted struct {
	Text  string
	Ways  []string // every way in which it can be read, Text first; nil if they are many
	Made  []string // words that are no syllables as they stand, but were before; and "xó"
	Right []string // words with letters that such a conversion leaves none of
}

const waysMax = 16

// BeforeTwice reads a text as one that was converted from TCVN3 twice.
func (j *Judge) BeforeTwice(text string) Converted {
	c := Converted{Ways: []string{""}}
	var b strings.Builder
	add := func(best string, all []string) {
		b.WriteString(best)
		c.Ways = joinWays(c.Ways, all)
	}
	rest := norm.NFC.String(text)
	for rest != "" {
		end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(rest)
		}
		if end == 0 {
			end = strings.IndexFunc(rest, unicode.IsLetter)
			if end < 0 {
				end = len(rest)
			}
			add(rest[:end], []string{rest[:end]})
			rest = rest[end:]
			continue
		}
		word := rest[:end]
		rest = rest[end:]
		ways := j.wordsBefore(word)
		switch {
		case strings.ContainsFunc(word, func(r rune) bool { return twiceTable().lost[r] }):
			c.Right = append(c.Right, word)
		case ways[0] != word && j.orderly(ways[0]) && (!j.orderly(word) || strings.ToLower(word) == "xó"):
			c.Made = append(c.Made, word)
		}
		add(ways[0], ways)
	}
	c.Text = b.String()
	return c
}

// joinWays puts every ending behind every beginning; nil if they are many.
func joinWays(begun, ends []string) []string {
	if len(begun)*len(ends) > waysMax {
		return nil
	}
	out := make([]string, 0, len(begun)*len(ends))
	for _, a := range begun {
		for _, b := range ends {
			out = append(out, a+b)
		}
	}
	return out
}

// wordsBefore lists what a word may have been, the likeliest first: the word
// itself if no syllable could have become it.
func (j *Judge) wordsBefore(word string) []string {
	t := twiceTable()
	runes := []rune(word)
	if len(word) > 2*wordMax {
		return []string{word}
	}
	var at []int
	for i, r := range runes {
		if t.lost[r] {
			return []string{word}
		}
		if t.from[r] != 0 {
			at = append(at, i)
		}
	}
	if len(at) == 0 || len(at) > 3 {
		return []string{word}
	}
	var out, odd []string // odd are those that Vietnamese spells otherwise: Kô
	for some := 1<<len(at) - 1; some >= 0; some-- {
		try := append([]rune(nil), runes...)
		left := false // a letter that can only have been made stays
		for k, i := range at {
			if some>>k&1 == 1 {
				try[i] = t.from[runes[i]]
			} else if runes[i] < 0x100 {
				left = true
			}
		}
		switch s := string(try); {
		case left:
		case j.orderly(s):
			out = append(out, s)
		case regular(s) && j.is(s):
			odd = append(odd, s)
		}
	}
	if last := len(out) - 1; last >= 0 && out[last] == word && stays(word, out[0]) {
		copy(out[1:], out[:last])
		out[0] = word
	}
	if out = append(out, odd...); len(out) == 0 {
		return []string{allBefore(runes), word} // no Vietnamese: Krông, Kmút
	}
	return out
}

// allBefore is a word before the conversion, if all of its letters were made by it.
func allBefore(runes []rune) string {
	return strings.Map(func(r rune) rune {
		if was := twiceTable().from[r]; was != 0 {
			return was
		}
		return r
	}, string(runes))
}

// orderly reports a syllable in an ordinary case, spelt as Vietnamese spells k, c,
// gh, g, ngh and ng before their vowels.
func (j *Judge) orderly(word string) bool {
	if !regular(word) || !j.is(word) {
		return false
	}
	bare := []rune(norm.NFD.String(strings.ToLower(word)))
	onset := 0
	for onset < len(bare) && !strings.ContainsRune("aeiouy", bare[onset]) {
		onset++
	}
	if onset == len(bare) {
		return true
	}
	front := strings.ContainsRune("eiy", bare[onset])
	switch string(bare[:onset]) {
	case "k", "gh", "ngh":
		return front
	case "c", "ng":
		return !front
	case "g":
		return !front || bare[onset] == 'i'
	}
	return true
}
