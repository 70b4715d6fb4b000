package pipeline

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// fit is how well the columns of a table agree with one form.
type fit struct {
	held  int // indicators, and criteria as a whole, that have a column
	known int // indicators among them
	all   int // indicators of the form
	alien int // columns among them that the form does not explain
	other int // columns whose words are not those of what their number says
}

// score weighs what speaks for a form against what speaks against it.
func (f fit) score() int { return f.held - f.alien - f.other }

// whole reports whether every indicator has a column and nothing else is there.
func (f fit) whole() bool { return f.known >= f.all && f.alien == 0 && f.other == 0 && f.all > 0 }

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
					if _, _, ok := b.criteria.Indicator(c.Field); ok {
						f.known++
					}
				}
				if c.Why != "answer" && !b.callsSo(c.Field, c.Label) { // a person knows what else it is called
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
	if len(words) == 0 || b.names().generic[strings.Join(words, " ")] {
		return true
	}
	for _, name := range b.names().of[field] {
		n := 0
		for _, w := range words {
			if slices.Contains(name, w) {
				n++
			}
		}
		if n*5 >= len(words)*3 {
			return true
		}
	}
	return false
}

// wordsOf are the words of a label without the numbers and what announces them.
func wordsOf(label string) []string {
	var out []string
	for _, w := range strings.Fields(viet.Key(label)) {
		if strings.Trim(w, "0123456789") != "" && w != "tieu" && w != "chi" && w != "tc" && w != "ct" {
			out = append(out, w)
		}
	}
	return out
}

// fieldNames are the words of the names by which a form calls its fields.
type fieldNames struct {
	of      map[string][][]string // by field: of the indicator, or of the criterion
	generic map[string]bool       // headers that name no field
}

// namesOf collects the names of a form's fields. An indicator that is all of its
// criterion may bear the name of either.
func namesOf(form *tonghop.Form, criteria *tonghop.Criteria) fieldNames {
	n := fieldNames{of: map[string][][]string{}, generic: map[string]bool{}}
	add := func(field string, names ...string) {
		for _, name := range names {
			n.of[field] = append(n.of[field], wordsOf(name))
		}
	}
	for _, cr := range criteria.Criteria {
		no := strconv.Itoa(cr.No)
		whole := append([]string{cr.Name}, form.CriterionNames[no]...)
		add("TC"+no, whole...)
		for _, in := range cr.Indicators {
			add(in.No, in.Name)
			add(in.No, form.IndicatorNames[in.No]...)
			if in.No == no {
				add(no, whole...)
			}
		}
	}
	for _, l := range slices.Concat(form.MarkLabels, form.ValueLabels) {
		n.generic[strings.Join(wordsOf(l), " ")] = true
	}
	return n
}
