package tonghop

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What stands in the hidden column of the list, by which its lines are known
// again whatever was sorted or renamed: of a line what OwnLine gives, of the place
// for a name that it is one.
const (
	OwnLineTag   = "tonghop:line "
	OwnPersonTag = "tonghop:person"
)

// OwnAreasNamed is how many areas of a finding the list names as its place; of
// more it says how many there are.
const OwnAreasNamed = 2

// Columns of the list that are read again, from 1.
const (
	OwnWhereColumn       = 3
	OwnPersonColumn      = 4
	OwnFoundColumn       = 6
	OwnExplanationColumn = 9
	OwnRuleColumn        = 10
	OwnTagColumn         = 11
	OwnWasColumn         = 12 // hidden: of a text that was of another value, that value…
	OwnCarriedColumn     = 13 // …the text, so that one that was rewritten is told from it…
	OwnCountColumn       = 14 // …and of how many cells it was
)

// OwnLine is the tag of a line: the commune and field, how many cells it is of,
// and a sum over what moves with the line when only the visible columns are
// sorted. By the sum a line finds its tag wherever it was left.
func OwnLine(rule, where, unit, field string, areas []Area) string {
	return fmt.Sprintf("%s%s/%s %d #%s", OwnLineTag, unit, field, countCells(areas), lineSum(rule, where))
}

// lineSum is the sum by which a line and its tag know each other.
func lineSum(rule, where string) string {
	h := fnv.New32a()
	h.Write([]byte(rule + " " + bare(where)))
	return strconv.FormatUint(uint64(h.Sum32()), 16)
}

// ownTag is a tag as it was read.
type ownTag struct {
	unit, field, sum string
	cells            int
}

func readTag(text string) (tag ownTag, ok bool) {
	rest, ok := strings.CutPrefix(text+" ", OwnLineTag)
	if !ok {
		return tag, false
	}
	parts := strings.Fields(rest)
	if len(parts) > 0 {
		tag.unit, tag.field, _ = strings.Cut(parts[0], "/")
	}
	if len(parts) == 3 {
		tag.cells, _ = strconv.Atoi(parts[1])
		tag.sum = strings.TrimPrefix(parts[2], "#")
	}
	return tag, true
}

// ownLines are the lists of a book while they are read.
type ownLines struct {
	rule   *regexp.Regexp
	tags   map[string][]ownTag // by their sum, each once
	all    []Explanation
	stray  []Explanation
	at     map[[3]string]int             // where in all, by rule, place and subject
	places map[[3]string]map[string]bool // of the lines of a rule, commune and field
}

// Explanations reads what was typed into the lists that the program put into the
// book. The place, the rule and the hidden tag of a line say what it is about;
// of two texts for one line the last counts. stray are texts that are of none:
// beside no line, of which it is only known where they were typed, and those that
// another one took the place of, which is their Value.
func (b *Book) Explanations() (all, stray []Explanation, person string) {
	l := &ownLines{rule: regexp.MustCompile(`^[A-Z]+-[0-9]+$`), tags: map[string][]ownTag{}, at: map[[3]string]int{}, places: map[[3]string]map[string]bool{}}
	for i := range b.Own {
		l.collect(&b.Own[i])
	}
	for i := range b.Own {
		for j := range b.Own[i].Lines {
			line := &b.Own[i].Lines[j]
			if name := typed(line, OwnPersonColumn); typed(line, OwnTagColumn) == OwnPersonTag && name != "" {
				person = name
			}
			l.take(b.Own[i].Name, line)
		}
	}
	said := map[string]bool{}
	for i := range l.all {
		e := &l.all[i]
		e.Person, e.Twins = person, len(l.places[[3]string{e.Rule, e.Unit, e.Field}])
		said[e.Text] = true
	}
	return l.all, beyond(l.stray, said, person), person
}

// take takes what was typed into a line.
func (l *ownLines) take(sheet string, line *Line) {
	e, ok := l.read(line)
	subject := [3]string{e.Rule, e.Unit, e.Field}
	if l.places[subject] == nil {
		l.places[subject] = map[string]bool{}
	}
	l.places[subject][bare(e.Where)] = true
	heading := e.Rule != "" && !strings.HasPrefix(typed(line, OwnTagColumn), OwnLineTag)
	key := [3]string{e.Rule, bare(e.Where), e.Unit + "/" + e.Field}
	n, twice := l.at[key]
	switch {
	case e.Text == "":
	case !ok && !heading:
		l.stray = append(l.stray, Explanation{Text: e.Text, Where: Ref{Sheet: sheet, Row: line.Row, Col: OwnExplanationColumn}.String()})
	case !ok:
	case !twice:
		l.at[key] = len(l.all)
		l.all = append(l.all, e)
	default:
		if l.all[n].Text != e.Text {
			l.stray = append(l.stray, Explanation{Text: l.all[n].Text, Where: e.Where, Value: e.Text})
		}
		l.all[n] = e
	}
}

// beyond leaves out of the texts beside no line those that were filled down from
// the lines above.
func beyond(stray []Explanation, said map[string]bool, person string) []Explanation {
	stray = slices.DeleteFunc(stray, func(e Explanation) bool { return said[e.Text] && e.Value == "" })
	for i := range stray {
		stray[i].Person = person
	}
	return stray
}

// collect notes the tags of a list.
func (l *ownLines) collect(s *Sheet) {
	for i := range s.Lines {
		tag, ok := readTag(typed(&s.Lines[i], OwnTagColumn))
		if !ok || tag.sum == "" {
			continue
		}
		known := false
		for _, o := range l.tags[tag.sum] {
			known = known || o == tag
		}
		if !known {
			l.tags[tag.sum] = append(l.tags[tag.sum], tag)
		}
	}
}

// read takes what was typed from a line; ok is false where it is none of the list.
func (l *ownLines) read(line *Line) (e Explanation, ok bool) {
	e = Explanation{Rule: typed(line, OwnRuleColumn), Where: typed(line, OwnWhereColumn), Value: typed(line, OwnFoundColumn), Text: typed(line, OwnExplanationColumn)}
	if e.Where == "" || !l.rule.MatchString(e.Rule) {
		return e, false
	}
	tag, sure := l.tagOf(line, e)
	e.Unit, e.Field, e.Count, e.Loose = tag.unit, tag.field, tag.cells, !sure
	if typed(line, OwnCarriedColumn) == e.Text {
		e.Value = typed(line, OwnWasColumn)
		e.Count, _ = strconv.Atoi(typed(line, OwnCountColumn))
	}
	return e, true
}

// tagOf finds the tag of a line: the one beside it, or where that is another
// line's, the one that knows the line. sure is false where none does.
func (l *ownLines) tagOf(line *Line, e Explanation) (tag ownTag, sure bool) {
	beside, _ := readTag(typed(line, OwnTagColumn))
	sum := lineSum(e.Rule, e.Where)
	if beside.sum == sum {
		return beside, true
	}
	if known := l.tags[sum]; len(known) == 1 {
		return known[0], true
	}
	if beside.sum != "" {
		return ownTag{}, false // it is of a line that is another one
	}
	return ownTag{unit: beside.unit, field: beside.field}, false
}

// linkText is the text of a place that is a link of several lines, which is a
// formula, where a program did not keep what it shows; otherwise the other text.
func linkText(formula, other string) string {
	_, text, ok := strings.Cut(formula, `","`)
	if !ok || !strings.HasPrefix(formula, "HYPERLINK(") {
		return other
	}
	return strings.ReplaceAll(strings.TrimSuffix(text, `")`), `""`, `"`)
}

// typed is what stands in a cell of a list: its text, or what somebody meant for
// one where a spreadsheet made a formula of it, as of "- xã đã họp lại".
func typed(line *Line, col int) string {
	c := line.At(col)
	if c == nil {
		return ""
	}
	text := c.Stored
	if c.Formula != "" && (c.Kind == CellError || strings.TrimSpace(text) == "") {
		text = linkText(c.Formula, "="+c.Formula)
		if strings.HasPrefix(c.Formula, "-") || strings.HasPrefix(c.Formula, "+") {
			text = c.Formula
		}
	}
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
}
