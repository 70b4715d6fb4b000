package tonghop

import (
	"regexp"
	"slices"
	"strings"
)

// At reports whether an explanation names the very place of a finding.
func (e Explanation) At(f Finding) bool {
	if e.Rule != f.Rule {
		return false
	}
	if e.Where == "" {
		return e.Sheet == f.Sheet && e.Cells == f.Cells()
	}
	switch {
	case f.Sheet == "":
		return !strings.Contains(e.Where, "!")
	case len(f.Areas) == 0:
		return strings.Contains(e.Where, f.Sheet)
	}
	first := f
	first.Areas = f.Areas[:min(OwnAreasNamed, len(f.Areas))]
	more, ok := strings.CutPrefix(bare(e.Where), bare(f.Sheet+"!"+first.Cells()))
	if len(f.Areas) > OwnAreasNamed { // words follow, no further letter or digit of a cell
		return ok && more != "" && !strings.ContainsAny(more[:1], "0123456789,:")
	}
	return ok && more == ""
}

// About reports whether an explanation is of what a finding asks, wherever it
// stands by now: the same rule for the same field of the same commune. What has
// neither is told by its place.
func (e Explanation) About(f Finding) bool {
	if e.Unit == "" && e.Field == "" || f.Unit == "" && f.Field == "" {
		return e.At(f)
	}
	return e.Rule == f.Rule && e.Unit == f.Unit && e.Field == f.Field
}

// Of reports whether an explanation is of the value that a finding found, and of
// no fewer cells: what was said of one blank cell says nothing of another one.
func (e Explanation) Of(f Finding) bool { return e.sameValue(f) && !e.Fewer(f) }

func (e Explanation) sameValue(f Finding) bool {
	return strings.Join(strings.Fields(e.Value), " ") == strings.Join(strings.Fields(f.Found), " ")
}

// Fewer reports whether a finding is of more cells than were explained. Where it
// is not known how many those were, a value that is none tells nothing.
func (e Explanation) Fewer(f Finding) bool {
	now, was := f.CellCount(), e.CellCount()
	if was == 0 {
		return now > 0 && e.Value == "" && !e.At(f)
	}
	return now > was
}

// CellCount is how many cells were explained, as many at least as are named; 0 =
// it is not known, or a whole sheet or file.
func (e Explanation) CellCount() int {
	if e.Count > 0 {
		return e.Count
	}
	n := 0
	for _, name := range strings.Split(e.Cells, ",") {
		name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
		if area, ok := readArea(name); ok {
			n += countCells([]Area{area})
		}
	}
	return n
}

// CellCount is how many cells a finding names; 0 = a whole sheet or file.
func (f Finding) CellCount() int { return countCells(f.Areas) }

func countCells(areas []Area) int {
	n := 0
	for _, a := range areas {
		n += (a.Bottom - a.Top + 1) * (a.Right - a.Left + 1)
	}
	return n
}

// Explained finds for each finding the explanation that was typed about it; -1 =
// none. An explanation goes to the line that it was typed beside: of its place,
// commune and field, or where the place moved, of its commune and field. Where the
// tag of the line may be another one's, its place and value decide. What may be of
// several findings goes to none.
func Explained(all []Finding, typed []Explanation) []int {
	m := &matching{all: all, of: make([]int, len(all)), rules: map[string][]int{}}
	for i, f := range all {
		m.of[i] = -1
		m.rules[f.Rule] = append(m.rules[f.Rule], i)
	}
	placed := make([]bool, len(typed))
	for n, x := range typed {
		placed[n] = m.give(n, m.there(x))
	}
	taken := slices.Clone(m.of)
	for n, x := range typed {
		if !placed[n] {
			m.give(n, slices.DeleteFunc(m.elsewhere(x), func(i int) bool { return taken[i] >= 0 }))
		}
	}
	return m.of
}

// matching are findings to which explanations are given.
type matching struct {
	all   []Finding
	of    []int            // which explanation; -1 = none
	rules map[string][]int // findings of each rule
}

// give gives an explanation to the one finding that it is of, also where that is
// said twice.
func (m *matching) give(n int, of []int) bool {
	for _, i := range of {
		if a, b := m.all[i], m.all[of[0]]; a.Key() != b.Key() || a.Unit != b.Unit || a.Field != b.Field || a.Found != b.Found {
			return false
		}
	}
	for _, i := range of {
		m.of[i] = n
	}
	return len(of) > 0
}

// only gives of a rule the findings that a test lets through; of several those of the very
// value.
func (m *matching) only(x Explanation, test func(f Finding) bool) []int {
	var got []int
	for _, i := range m.rules[x.Rule] {
		if test(m.all[i]) {
			got = append(got, i)
		}
	}
	if len(got) > 1 {
		got = slices.DeleteFunc(got, func(i int) bool { return !x.Of(m.all[i]) })
	}
	return got
}

// there finds what stands where an explanation says, of the commune and field
// that it says.
func (m *matching) there(x Explanation) []int {
	if x.Loose {
		return nil
	}
	there := m.only(x, func(f Finding) bool { return x.Unit == f.Unit && x.Field == f.Field && x.At(f) })
	if len(there) == 1 && !x.Of(m.all[there[0]]) && x.Twins <= m.count(x) { // its own may have moved, and another cell of the field come there
		about := m.only(x, func(f Finding) bool { return x.about(f) && x.Of(f) })
		if len(about) == 1 {
			return about
		}
	}
	return there
}

// count is how many findings are of the rule, commune and field of an explanation.
func (m *matching) count(x Explanation) (n int) {
	for _, i := range m.rules[x.Rule] {
		if x.about(m.all[i]) {
			n++
		}
	}
	return n
}

// about reports whether the commune or field of an explanation is that of a finding.
func (e Explanation) about(f Finding) bool {
	return (e.Unit != "" || e.Field != "") && e.Unit == f.Unit && e.Field == f.Field
}

// elsewhere finds what an explanation is of where its place is not that of its
// commune and field.
func (m *matching) elsewhere(x Explanation) []int {
	about := m.only(x, func(f Finding) bool {
		return x.about(f) && (!x.Loose || x.sameValue(f))
	})
	if !x.Loose {
		if x.Twins > m.count(x) { // its own may be the one that is asked no more
			return nil
		}
		return about
	}
	there := m.only(x, func(f Finding) bool { return x.sameValue(f) && x.At(f) })
	switch {
	case len(about) == 0: // the tag stayed behind when the line was moved
		return there
	case len(there) == 0:
		return about
	}
	return slices.DeleteFunc(there, func(i int) bool { return !slices.Contains(about, i) })
}

func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// readArea reads F14 or F14:F20.
func readArea(name string) (a Area, ok bool) {
	m := regexp.MustCompile(`^([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?$`).FindStringSubmatch(name)
	if m == nil {
		return a, false
	}
	a = Area{Top: whole(m[2]), Left: ColumnNumber(m[1])}
	a.Bottom, a.Right = a.Top, a.Left
	if m[3] != "" {
		a.Bottom, a.Right = whole(m[4]), ColumnNumber(m[3])
	}
	return a, true
}

// whole reads digits.
func whole(digits string) (n int) {
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}
