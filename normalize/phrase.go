package normalize

import (
	"math/bits"
	"strings"
	"unicode"

	"github.com/tonghop/tonghop/internal/viet"
)

// phrase is a label or a name taken apart for comparison.
type phrase struct {
	words    []word
	raw      []word // before abbreviations are written out
	joined   string // letters and digits without blanks, without accents
	folded   string // the same with accents
	accented bool   // any accent was typed
	grams    grams
	count    int // of grams
}

// word is one word with and without its accents.
type word struct {
	key, fold string
	short     bool // typed in capitals, or cut by a point: it may be initials
}

// grams is the set of pairs of neighbouring letters.
type grams [22]uint64

// phrase takes a text apart, once.
func (v *vocabulary) phrase(text string) phrase {
	return v.readPhrases.get(text, func() phrase {
		p := phrase{words: v.split(text), raw: rawWords(text)}
		var keys, folds strings.Builder
		for _, w := range p.words {
			keys.WriteString(w.key)
			folds.WriteString(w.fold)
			p.accented = p.accented || w.key != w.fold
		}
		p.joined, p.folded = keys.String(), folds.String()
		for i := 0; i+1 < len(p.joined); i++ {
			at := letterAt(p.joined[i])*37 + letterAt(p.joined[i+1])
			p.grams[at>>6] |= 1 << (at & 63)
		}
		for _, g := range p.grams {
			p.count += bits.OnesCount64(g)
		}
		return p
	})
}

func letterAt(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return int(c - 'a')
	case c >= '0' && c <= '9':
		return int(c-'0') + 26
	}
	return 36
}

// typedWords cuts a text at everything that is no letter or digit.
func typedWords(text string) []string {
	return strings.FieldsFunc(viet.Clean(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// split cuts a label into words, with abbreviations written out. Only words
// typed in capitals are taken for abbreviations, and in a label all in capitals
// only those that no syllable could be.
func (v *vocabulary) split(label string) []word {
	shouting := !strings.ContainsFunc(label, unicode.IsLower)
	var out []word
	for _, typed := range typedWords(label) {
		key := viet.Key(typed)
		long, known := v.short[key]
		upper := !strings.ContainsFunc(typed, unicode.IsLower)
		if known && upper && (!shouting || len(key) >= 3 && !strings.ContainsAny(key, "aeiou")) {
			for _, f := range strings.Fields(long) {
				out = append(out, word{key: viet.Key(f), fold: f})
			}
			continue
		}
		fold := viet.Fold(typed)
		for _, k := range strings.Fields(key) {
			out = append(out, word{key: k, fold: fold})
		}
	}
	return out
}

func rawWords(text string) []word {
	var out []word
	for _, typed := range typedWords(text) {
		key := viet.Key(typed)
		if key == "" || strings.Contains(key, " ") {
			continue
		}
		upper := !strings.ContainsFunc(typed, unicode.IsLower)
		out = append(out, word{key: key, fold: viet.Fold(typed), short: upper && len(key) <= 6 || len(key) == 1 && cutOff(text, typed)})
	}
	return out
}

// cutOff reports whether a letter stands for a word: "v.hóa", "T/c".
func cutOff(text, letter string) bool {
	return strings.Contains(text, letter+".") || strings.Contains(text, letter+"/")
}

// byLetters compares without regard to blanks, line breaks and hyphens, and
// allows a slip in about six letters: "Đườngthôn", "Đư-⏎ờng thôn", "Đưng thôn".
// The label may end before the name does.
func byLetters(typed, name *phrase) float64 {
	n, m := len(typed.joined), len(name.joined)
	if n < 5 || n > m+m/5+1 || n > 200 || typed.count == 0 {
		return 0
	}
	same := 0
	for i, g := range typed.grams {
		same += bits.OnesCount64(g & name.grams[i])
	}
	if same*2 < typed.count { // a slip spoils two pairs of letters
		return 0
	}
	slips, upto := startSlips(typed.joined, name.joined)
	if slips*11 > n*2 {
		return 0
	}
	precision := 1 - float64(slips)/float64(n)
	recall := float64(upto) / float64(m)
	score := precision * (0.65 + 0.35*recall) * min(1, max(recall, float64(n)/16))
	if typed.accented && slips == 0 && !strings.HasPrefix(name.folded, typed.folded) {
		score *= 0.95
	}
	return score
}

// near reports whether a label may be a badly typed beginning of a name: two
// slips in five letters. That says something only of the one name that is
// expected at the place.
func near(typed, name *phrase) bool {
	n := len(typed.joined)
	if n < 4 || n > 200 {
		return false
	}
	slips, upto := startSlips(typed.joined, name.joined)
	return slips*5 <= n*2 && upto*3 >= len(name.joined)
}

// startSlips counts the slips that lead from a to the beginning of b that is
// nearest to it, and how long that beginning is. A slip is a letter too few,
// too many, another, or two changed about.
func startSlips(a, b string) (slips, upto int) {
	width := min(len(b), len(a)+len(a)/5+2)
	before, last, now := make([]int, width+1), make([]int, width+1), make([]int, width+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= width; j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	upto = width
	for j := width; j >= 0; j-- {
		if last[j] < last[upto] {
			upto = j
		}
	}
	return last[upto], upto
}

// byInitials reads names whose words are cut to their first letters: "TL&PCTT",
// "Q.hoạch", "MT và ATTP". Every word of the label must be explained, in order
// and from the beginning of the name.
func byInitials(typed, name *phrase) float64 {
	letters, short := 0, false
	for _, w := range typed.raw {
		letters += len(w.key)
		short = short || w.short
	}
	if !short || letters < 2 || letters > 40 {
		return 0
	}
	at := 0
	for _, w := range typed.raw {
		for at < len(name.words) && joining[name.words[at].key] && w.key != name.words[at].key {
			at++
		}
		switch {
		case joining[w.key] && (at == len(name.words) || name.words[at].key != w.key):
		case at < len(name.words) && name.words[at].key == w.key:
			at++
		case w.short && initialsAt(w.key, name.words[at:]):
			at += len(w.key)
		default:
			return 0
		}
	}
	recall := float64(at) / float64(len(name.words))
	if recall < 0.4 {
		return 0
	}
	return 0.9 * (0.65 + 0.35*recall)
}

// joining words come and go in shortened names.
var joining = map[string]bool{"va": true, "ve": true}

func initialsAt(letters string, words []word) bool {
	if len(letters) > len(words) {
		return false
	}
	for i := 0; i < len(letters); i++ {
		if words[i].key[0] != letters[i] {
			return false
		}
	}
	return true
}
