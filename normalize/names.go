package normalize

import (
	"math"
	"strconv"

	"github.com/agnivade/levenshtein"

	"github.com/tonghop/tonghop"
)

// nameBook recognises criteria and indicators by the words of their names.
type nameBook struct {
	words      *vocabulary
	weight     map[string]float64 // rare words tell more
	indicators []named
	criteria   []named
	guesses    memo[guess]
}

// named is one criterion or indicator with all the names it goes by.
type named struct {
	no        string
	criterion int
	names     []phrase
}

func compileNames(f *tonghop.Form, c *tonghop.Criteria, v *vocabulary) *nameBook {
	b := &nameBook{words: v, weight: map[string]float64{}}
	seen := map[string]int{}
	for _, cr := range c.Criteria {
		no := strconv.Itoa(cr.No)
		b.criteria = append(b.criteria, compileNamed(v, no, cr.No, cr.Name, f.CriterionNames[no]))
		for _, in := range cr.Indicators {
			n := compileNamed(v, in.No, cr.No, in.Name, f.IndicatorNames[in.No])
			b.indicators = append(b.indicators, n)
			words := map[string]bool{}
			for _, name := range n.names {
				for _, w := range name.words {
					words[w.key] = true
				}
			}
			for w := range words {
				seen[w]++
			}
		}
	}
	total := float64(len(b.indicators) + 1)
	for w, n := range seen {
		b.weight[w] = math.Log(total / float64(n))
	}
	return b
}

func compileNamed(v *vocabulary, no string, criterion int, name string, shorts []string) named {
	n := named{no: no, criterion: criterion, names: []phrase{v.phrase(name)}}
	for _, s := range shorts {
		n.names = append(n.names, v.phrase(s))
	}
	return n
}

// guess is a recognised name: which, how well, and what came second.
type guess struct {
	no     string
	score  float64 // 0 to 1
	second string
	margin float64 // to the second
}

// indicator recognises a header text among the indicators of a criterion, or
// of all of them for criterion 0.
func (b *nameBook) indicator(text string, criterion int) guess {
	return b.best("i", b.indicators, text, criterion)
}

// criterion recognises a header text among the criteria.
func (b *nameBook) criterion(text string) guess {
	return b.best("c", b.criteria, text, 0)
}

func (b *nameBook) best(kind string, from []named, text string, criterion int) guess {
	if len(text) > longestName {
		return guess{}
	}
	key := kind + strconv.Itoa(criterion) + " " + text
	return b.guesses.get(key, func() guess { return b.findBest(from, b.words.phrase(text), criterion) })
}

// longestName is how many bytes the name of an indicator can have in a header;
// the longest of the decision has some 700.
const longestName = 2000

func (b *nameBook) findBest(from []named, typed phrase, criterion int) guess {
	var g guess
	second := 0.0
	for _, n := range from {
		if criterion > 0 && n.criterion != criterion {
			continue
		}
		score := b.likenessTo(n, typed)
		if score > g.score {
			second, g.second = g.score, g.no
			g.no, g.score = n.no, score
		} else if score > second {
			second, g.second = score, n.no
		}
	}
	g.margin = g.score - second
	if g.score == 1 && second < 1 {
		g.margin = max(g.margin, 0.2) // the very name: another that has more words is no rival
	}
	return g
}

func (b *nameBook) likenessTo(n named, typed phrase) float64 {
	score := 0.0
	for i := range n.names {
		score = max(score, b.likeness(&typed, &n.names[i]))
	}
	return score
}

// enough is the weight of common words that tells a name by itself; less than
// that must make up the whole name.
const enough = 6

// likeness compares a typed label with a name, 0 to 1: the same letters are
// the name itself, then words count, then letters, then initials.
func (b *nameBook) likeness(typed, name *phrase) float64 {
	if len(typed.words) == 0 || len(name.words) == 0 {
		return 0
	}
	if typed.joined == name.joined {
		if typed.accented && typed.folded != name.folded {
			return 0.97
		}
		return 1
	}
	return min(0.96, max(b.byWords(typed, name), byLetters(typed, name), byInitials(typed, name)))
}

// byWords tells how much of the label the name explains, and how much of the
// name is there. Names are cut short far more often than words are added, so
// the first weighs more. Words with other accents, or in another order, are
// worth less: "mai táng" is not "hạ tầng thương mại".
func (b *nameBook) byWords(typed, name *phrase) float64 {
	used := make([]bool, len(name.words))
	var hit, all, there, whole float64
	last := -1
	for _, t := range typed.words {
		w := b.weigh(t.key)
		all += w
		i := findWord(t.key, name.words, used, last)
		if i < 0 {
			continue
		}
		used[i] = true
		if t.fold != name.words[i].fold && t.key != t.fold {
			w *= 0.7
		}
		if i < last {
			w *= 0.6
		}
		last = i
		hit += w
	}
	for i, n := range name.words {
		w := b.weigh(n.key)
		whole += w
		if used[i] {
			there += w
		}
	}
	if all == 0 || whole == 0 {
		return 0
	}
	precision, recall := hit/all, there/whole
	return precision * (0.65 + 0.35*recall) * min(1, max(recall, hit/enough))
}

func (b *nameBook) weigh(word string) float64 {
	if w, ok := b.weight[word]; ok {
		return w + 0.3
	}
	return 2
}

// findWord finds a free equal word, best behind the last one found, or one a
// single slip away if it is long enough for that to mean anything.
func findWord(w string, in []word, used []bool, last int) int {
	before := -1
	for i := range in {
		if in[i].key != w || used[i] {
			continue
		}
		if i > last {
			return i
		}
		if before < 0 {
			before = i
		}
	}
	if before >= 0 || len(w) < 5 {
		return before
	}
	for i := range in {
		if !used[i] && len(in[i].key) >= 5 && levenshtein.ComputeDistance(w, in[i].key) == 1 {
			return i
		}
	}
	return -1
}

// likenessOf compares a typed label with the names of one criterion.
func (b *nameBook) likenessOf(criterion int, text string) float64 {
	return b.likenessIn(b.criteria, strconv.Itoa(criterion), text)
}

// likenessOfIndicator compares a typed label with the names of one indicator.
func (b *nameBook) likenessOfIndicator(no string, text string) float64 {
	return b.likenessIn(b.indicators, no, text)
}

func (b *nameBook) likenessIn(from []named, no string, text string) float64 {
	if len(text) > longestName {
		return 0
	}
	key := strconv.Itoa(len(from)) + "=" + no + " " + text
	return b.guesses.get(key, func() guess {
		typed := b.words.phrase(text)
		for _, n := range from {
			if n.no == no {
				return guess{no: no, score: b.likenessTo(n, typed)}
			}
		}
		return guess{}
	}).score
}

// nearIndicator reports whether a label may be the name of an indicator badly
// typed; nearCriterion the same for a criterion.
func (b *nameBook) nearIndicator(no, text string) bool { return b.nearIn(b.indicators, no, text) }

func (b *nameBook) nearCriterion(no int, text string) bool {
	return b.nearIn(b.criteria, strconv.Itoa(no), text)
}

func (b *nameBook) nearIn(from []named, no, text string) bool {
	if len(text) > longestName {
		return false
	}
	typed := b.words.phrase(text)
	for _, n := range from {
		if n.no != no {
			continue
		}
		for i := range n.names {
			if near(&typed, &n.names[i]) {
				return true
			}
		}
	}
	return false
}
