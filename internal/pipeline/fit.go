package pipeline

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// fit is how well the columns of a table agree with one form.
type fit struct {
	held  int // indicators, and criteria as a whole, that have a column
	all   int // indicators of the form
	alien int // columns among them that the form does not explain
	other int // columns whose words are not those of what their number says
}

// score weighs what speaks for a form against what speaks against it.
func (f fit) score() int { return f.held - f.alien - f.other }

// whole reports whether every indicator has a column and nothing else is there.
func (f fit) whole() bool { return f.held >= f.all && f.alien == 0 && f.other == 0 && f.all > 0 }

// fitOf compares the tables that a form's Normalizer found with the form.
func fitOf(b *rulebook, covers []tonghop.Cover) fit {
	f := fit{}
	for _, cr := range b.criteria.Criteria {
		f.all += len(cr.Indicators)
	}
	held := map[string]bool{}
	for _, cv := range covers {
		first, last := span(b, cv.Columns)
		for _, c := range cv.Columns {
			switch {
			case c.Role == tonghop.ColField && b.isOwn(c.Field):
			case c.Role == tonghop.ColField:
				if !held[c.Field] {
					held[c.Field] = true
					f.held++
				}
				if !b.callsSo(c.Field, c.Label) {
					f.other++
				}
			case c.Role == tonghop.ColUnknown && c.Label != "" && c.Col > first && c.Col < last:
				f.alien++
			}
		}
		for _, ask := range cv.Findings {
			if ask.Rule == "COT-002" {
				f.alien++
			}
		}
	}
	return f
}

// isOwn reports whether a field is one that no criteria set defines.
func (b *rulebook) isOwn(field string) bool {
	_, own := b.form.OwnFields[field]
	return own
}

// span is the first and last column of a table that holds an indicator.
func span(b *rulebook, cols []tonghop.Column) (first, last int) {
	for _, c := range cols {
		if c.Role != tonghop.ColField || b.isOwn(c.Field) {
			continue
		}
		if first == 0 || c.Col < first {
			first = c.Col
		}
		last = max(last, c.Col)
	}
	return first, last
}

// callsSo reports whether the words of a header may be the name of a field: at
// least three fifths of them stand in one of its names. A header without words
// of its own (a number, "Đánh giá") says nothing against it.
func (b *rulebook) callsSo(field, label string) bool {
	words := wordsOf(label)
	key := strings.Join(words, " ")
	for _, generic := range [][]string{b.form.MarkLabels, b.form.ValueLabels} {
		for _, l := range generic {
			if viet.Key(l) == key {
				return true
			}
		}
	}
	if len(words) == 0 {
		return true
	}
	for _, name := range b.namesOf(field) {
		has := map[string]bool{}
		for _, w := range wordsOf(name) {
			has[w] = true
		}
		n := 0
		for _, w := range words {
			if has[w] {
				n++
			}
		}
		if n*5 >= len(words)*3 {
			return true
		}
	}
	return false
}

// wordsOf are the words of a label without the numbers.
func wordsOf(label string) []string {
	var out []string
	for _, w := range strings.Fields(viet.Key(label)) {
		if strings.Trim(w, "0123456789") != "" && w != "tieu" && w != "chi" && w != "tc" {
			out = append(out, w)
		}
	}
	return out
}

// namesOf are the names by which a form calls a field: those of the indicator
// and of its criterion.
func (b *rulebook) namesOf(field string) []string {
	var names []string
	no := strings.TrimPrefix(field, "TC")
	for _, cr := range b.criteria.Criteria {
		mine := strconv.Itoa(cr.No) == no
		for _, in := range cr.Indicators {
			if in.No == field {
				names = append(append(names, in.Name), b.form.IndicatorNames[in.No]...)
				mine = true
			}
		}
		if mine {
			names = append(append(names, cr.Name), b.form.CriterionNames[strconv.Itoa(cr.No)]...)
		}
	}
	return names
}
