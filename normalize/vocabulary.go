package normalize

import (
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// vocabulary is a form's spellings, folded for comparison.
type vocabulary struct {
	roles    map[string]string // label key → column role or own field
	markCols map[string]bool
	valCols  map[string]bool
	short    map[string]string // abbreviation key → words, with accents
	marks    map[string]tonghop.Mark
	bareMark map[string]tonghop.Mark // by key without accents
	doubtful map[string][]string
	empties  map[string]tonghop.Empty
	zero     map[string]bool
	measures map[string]bool   // units of measure in headers
	vague    map[string]bool   // labels of a total only if counts stand below
	corner   map[string]bool   // heads of columns that are no commune, where communes stand in columns
	rows     map[string]string // row words → role
	others   []string          // keys of words that say it is another form
	titles   []string

	readMarks   memo[markReading]
	readRows    memo[string]
	readTokens  memo[[]string]
	readRoles   memo[string] // of columns
	readPhrases memo[phrase]
	readKeys    memo[string]
	readMarkOf  memo[bool] // of labels
}

// markReading is what a text says as a mark.
type markReading struct {
	mark     tonghop.Mark
	bare, ok bool
}

func compileVocabulary(f *tonghop.Form) *vocabulary {
	v := &vocabulary{
		roles: map[string]string{}, short: map[string]string{},
		marks: map[string]tonghop.Mark{}, bareMark: map[string]tonghop.Mark{},
		doubtful: map[string][]string{}, empties: map[string]tonghop.Empty{},
		rows: map[string]string{},
	}
	for role, labels := range f.Columns {
		for _, l := range labels {
			v.roles[viet.Key(l)] = role
		}
	}
	for short, long := range f.Abbreviations {
		v.short[viet.Key(short)] = viet.Fold(long)
	}
	for mark, words := range f.Marks {
		for _, w := range words {
			v.marks[viet.Fold(w)] = mark
			if k := viet.Key(w); len(k) > 2 && strings.Contains(k, "a") {
				v.bareMark[k] = mark
			}
		}
	}
	for word, meanings := range f.Doubtful {
		v.doubtful[viet.Fold(word)] = meanings
	}
	for kind, words := range f.Empties {
		for _, w := range words {
			v.empties[viet.Fold(w)] = kind
		}
	}
	for role, words := range f.Rows {
		for _, w := range words {
			v.rows[viet.Key(w)] = role
		}
	}
	v.markCols, v.valCols = keySet(f.MarkLabels), keySet(f.ValueLabels)
	v.zero, v.measures = foldSet(f.ZeroWords), foldSet(f.MeasureWords)
	v.vague, v.corner = keySet(f.VagueTotals), keySet(f.Corner)
	for _, w := range f.Others {
		v.others = append(v.others, viet.Key(w))
	}
	for _, w := range f.Titles {
		v.titles = append(v.titles, viet.Key(w))
	}
	return v
}

func keySet(words []string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[viet.Key(w)] = true
	}
	return set
}

func foldSet(words []string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[viet.Fold(w)] = true
	}
	return set
}

// mark reads a whole cell text as a mark. Without accents ("chua dat") it
// still answers; bare says so.
func (v *vocabulary) mark(text string) (m tonghop.Mark, bare, ok bool) {
	if len(text) > longestMark {
		return "", false, false
	}
	r := v.readMarks.get(text, func() markReading {
		fold := strings.Trim(viet.Fold(text), " .;:()!")
		if m, ok := v.marks[fold]; ok {
			return markReading{m, false, true}
		}
		m, ok := v.bareMark[fold] // without accents, and without anything else
		return markReading{m, true, ok}
	})
	return r.mark, r.bare, r.ok
}

// key is [viet.Key], remembered.
func (v *vocabulary) key(text string) string {
	return v.readKeys.get(text, func() string { return viet.Key(text) })
}

// longestMark is how many bytes a mark can have; a longer text is none.
const longestMark = 200

// rowRole tells which summing or closing row begins with the text, "" if none.
// Only whole words count, the longest spelling wins.
func (v *vocabulary) rowRole(text string) string {
	return v.readRows.get(text, func() string {
		key := viet.Key(text)
		best, role := 0, ""
		for words, r := range v.rows {
			if len(words) > best && (key == words || strings.HasPrefix(key, words+" ")) {
				best, role = len(words), r
			}
		}
		return role
	})
}

// tokens splits a label into words, with abbreviations written out.
func (v *vocabulary) tokens(label string) []string {
	return v.readTokens.get(label, func() []string {
		words := v.split(label)
		out := make([]string, len(words))
		for i, w := range words {
			out[i] = w.key
		}
		return out
	})
}

// mistypedRole is the role of a column whose label, blanks aside, is a slip or
// two away from one spelling of it; "" if that is also near to another role.
func (v *vocabulary) mistypedRole(key string) string {
	typed := strings.ReplaceAll(key, " ", "")
	if len(typed) < 5 || len(typed) > 60 {
		return ""
	}
	role, best := "", 1+len(typed)/12
	for spelling, r := range v.roles {
		name := strings.ReplaceAll(spelling, " ", "")
		allowed := len(name) / 10
		if diff := len(name) - len(typed); diff > allowed || -diff > allowed {
			continue
		}
		slips := levenshtein.ComputeDistance(typed, name)
		switch {
		case slips > allowed || slips > best:
		case slips < best || role == "":
			role, best = r, slips
		case r != role:
			role = "?"
		}
	}
	if role == "?" {
		return ""
	}
	return role
}
