package normalize

import (
	"math"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/tonghop/tonghop"
)

// nameBook recognises criteria and indicators by the words of their names.
type nameBook struct {
	weight     map[string]float64 // rare words tell more
	indicators []named
	criteria   []named
	guesses    memo[guess]
}

// named is one criterion or indicator with all the names it goes by.
type named struct {
	no        string
	criterion int
	names     [][]string
}

func compileNames(f *tonghop.Form, c *tonghop.Criteria, v *vocabulary) *nameBook {
	b := &nameBook{weight: map[string]float64{}}
	seen := map[string]int{}
	for _, cr := range c.Criteria {
		no := strconv.Itoa(cr.No)
		b.criteria = append(b.criteria, compileNamed(v, no, cr.No, cr.Name, f.CriterionNames[no]))
		for _, in := range cr.Indicators {
			n := compileNamed(v, in.No, cr.No, in.Name, f.IndicatorNames[in.No])
			b.indicators = append(b.indicators, n)
			words := map[string]bool{}
			for _, name := range n.names {
				for _, w := range name {
					words[w] = true
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
	n := named{no: no, criterion: criterion, names: [][]string{v.tokens(name)}}
	for _, s := range shorts {
		n.names = append(n.names, v.tokens(s))
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
func (b *nameBook) indicator(tokens []string, criterion int) guess {
	return b.best(b.indicators, tokens, criterion)
}

// criterion recognises a header text among the criteria.
func (b *nameBook) criterion(tokens []string) guess {
	return b.best(b.criteria, tokens, 0)
}

func (b *nameBook) best(from []named, tokens []string, criterion int) guess {
	key := strconv.Itoa(len(from)) + " " + strconv.Itoa(criterion) + " " + strings.Join(tokens, " ")
	return b.guesses.get(key, func() guess { return b.findBest(from, tokens, criterion) })
}

func (b *nameBook) findBest(from []named, tokens []string, criterion int) guess {
	var g guess
	second := 0.0
	for _, n := range from {
		if criterion > 0 && n.criterion != criterion {
			continue
		}
		score := 0.0
		for _, name := range n.names {
			score = max(score, b.likeness(tokens, name))
		}
		if score > g.score {
			second, g.second = g.score, g.no
			g.no, g.score = n.no, score
		} else if score > second {
			second, g.second = score, n.no
		}
	}
	g.margin = g.score - second
	return g
}

// enough is the weight of common words that tells a name by itself; less than
// that must make up the whole name.
const enough = 6

// likeness compares a typed label with a name: how much of the label the name
// explains, and how much of the name is there. Names are cut short far more
// often than words are added, so the first weighs more.
func (b *nameBook) likeness(typed, name []string) float64 {
	if len(typed) == 0 || len(name) == 0 {
		return 0
	}
	used := make([]bool, len(name))
	var hit, all float64
	for _, t := range typed {
		w := b.weigh(t)
		all += w
		if i := findWord(t, name, used); i >= 0 {
			used[i] = true
			hit += w
		}
	}
	var there, whole float64
	for i, n := range name {
		w := b.weigh(n)
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

// findWord finds a free equal word, or one a single slip away if it is long
// enough for that to mean anything.
func findWord(w string, in []string, used []bool) int {
	for i, n := range in {
		if n == w && !used[i] {
			return i
		}
	}
	if len(w) < 5 {
		return -1
	}
	for i, n := range in {
		if !used[i] && len(n) >= 5 && levenshtein.ComputeDistance(w, n) == 1 {
			return i
		}
	}
	return -1
}

// likenessOf compares a typed label with the names of one criterion.
func (b *nameBook) likenessOf(criterion int, typed []string) float64 {
	return b.likenessIn(b.criteria, strconv.Itoa(criterion), typed)
}

// likenessOfIndicator compares a typed label with the names of one indicator.
func (b *nameBook) likenessOfIndicator(no string, typed []string) float64 {
	return b.likenessIn(b.indicators, no, typed)
}

func (b *nameBook) likenessIn(from []named, no string, typed []string) float64 {
	score := 0.0
	for _, n := range from {
		if n.no != no {
			continue
		}
		for _, name := range n.names {
			score = max(score, b.likeness(typed, name))
		}
	}
	return score
}
