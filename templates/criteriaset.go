package templates

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// general is the key of the figure that holds where a region has none.
const general = "all"

// zoneKeys are the keys of figures for communes with a status of their own.
var zoneKeys = map[string]tonghop.ZoneKind{"DBKK": tonghop.ZoneDBKK, "ATK": tonghop.ZoneATK}

// criteria turns the file into the noun and checks it as a whole.
func (f *criteriaFile) criteria() (*tonghop.Criteria, error) {
	c := &tonghop.Criteria{ID: f.ID.value, Name: f.Name.value, Basis: f.Basis.value, Comment: f.Amended.Comment.value}
	for _, d := range []struct {
		from text
		to   *tonghop.Date
		open bool
	}{{f.From, &c.From, false}, {f.To, &c.To, true}, {f.Amended.From, &c.Amended, true}} {
		if d.open && d.from.value == "" {
			continue
		}
		day, err := tonghop.ParseDate(d.from.value)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", d.from.line, err)
		}
		*d.to = day
	}
	if c.To != "" && c.To < c.From {
		return nil, fmt.Errorf("line %d: the set ends before it starts", f.To.line)
	}
	if c.Name == "" || c.Basis == "" || f.Kind.value == "" {
		return nil, fmt.Errorf("line %d: a set needs kind, name and basis", f.ID.line)
	}
	if err := f.groups(c); err != nil {
		return nil, err
	}
	for i, e := range f.Criteria {
		if err := f.criterion(c, i+1, e); err != nil {
			return nil, err
		}
	}
	return c, f.counts(c)
}

// groups checks that the groups follow one another without a gap.
func (f *criteriaFile) groups(c *tonghop.Criteria) error {
	next := 1
	for _, g := range f.Groups {
		if g.From != next || g.To < g.From || g.Key.value == "" || g.Name.value == "" {
			return fmt.Errorf("line %d: group %q: want a key, a name and criteria from %d on", g.Key.line, g.Key.value, next)
		}
		next = g.To + 1
		c.Groups = append(c.Groups, tonghop.CriteriaGroup{Key: g.Key.value, Name: g.Name.value, From: g.From, To: g.To})
	}
	if next != len(f.Criteria)+1 {
		return fmt.Errorf("line %d: the groups end at %d, the criteria at %d", f.ID.line, next-1, len(f.Criteria))
	}
	return nil
}

// counts holds the decoded set against the numbers that the decision states.
func (f *criteriaFile) counts(c *tonghop.Criteria) error {
	indicators := 0
	for _, cr := range c.Criteria {
		indicators += len(cr.Indicators)
	}
	if len(c.Criteria) != f.Count.Criteria || indicators != f.Count.Indicators {
		return fmt.Errorf("line %d: %d criteria with %d indicators, the count says %d and %d",
			f.ID.line, len(c.Criteria), indicators, f.Count.Criteria, f.Count.Indicators)
	}
	return nil
}

// criterion adds the criterion that must have the number no.
func (f *criteriaFile) criterion(c *tonghop.Criteria, no int, e criterionEntry) error {
	if e.No.value != strconv.Itoa(no) || e.Name.value == "" || len(e.Indicators) == 0 {
		return fmt.Errorf("line %d: want criterion %d with a name and indicators, found %q", e.No.line, no, e.No.value)
	}
	inGroup := slices.ContainsFunc(c.Groups, func(g tonghop.CriteriaGroup) bool {
		return g.Key == e.Group.value && g.From <= no && no <= g.To
	})
	if !inGroup {
		return fmt.Errorf("line %d: criterion %d does not lie in group %q", e.No.line, no, e.Group.value)
	}
	cr := tonghop.Criterion{No: no, Name: e.Name.value, Group: e.Group.value}
	for i, ie := range e.Indicators {
		want := fmt.Sprintf("%d.%d", no, i+1)
		if len(e.Indicators) == 1 {
			want = strconv.Itoa(no)
		}
		if ie.No.value != want {
			return fmt.Errorf("line %d: want indicator %s, found %q", ie.No.line, want, ie.No.value)
		}
		in, err := f.indicator(c, ie)
		if err != nil {
			return err
		}
		cr.Indicators = append(cr.Indicators, in)
	}
	c.Criteria = append(c.Criteria, cr)
	return nil
}

// indicator decodes one indicator.
func (f *criteriaFile) indicator(c *tonghop.Criteria, e indicatorEntry) (tonghop.Indicator, error) {
	in := tonghop.Indicator{
		No: e.No.value, Name: e.Name.value, Type: tonghop.ValueType(e.Type.value), Unit: e.Unit.value,
		Operator: e.Operator.value, Optional: e.Optional, ByProvince: e.ByProvince,
		Certainty: tonghop.Certainty(e.Sure.value), NameSure: tonghop.Certainty(e.NameSure.value),
		Basis: e.Basis.value, Note: e.Note.value,
	}
	if in.Basis == "" {
		in.Basis = c.Basis
	}
	if err := checkIndicator(in, e); err != nil {
		return in, err
	}
	years := map[int]map[string]figure{0: e.Thresholds}
	if len(e.ByYear) > 0 {
		years = maps.Clone(e.ByYear)
		years[0] = e.Thresholds
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if err := f.thresholds(c, &in, e, year, years[year]); err != nil {
			return in, err
		}
	}
	return in, nil
}

// checkIndicator refuses words that the program does not know.
func checkIndicator(in tonghop.Indicator, e indicatorEntry) error {
	operators := map[tonghop.ValueType][]string{
		tonghop.TypeMark: {"="}, tonghop.TypeGrade: {">="}, tonghop.TypeCount: {"=", ">=", "<="},
		tonghop.TypePercent: {">=", "<=", "="}, tonghop.TypeNumber: {">=", "<=", "="},
	}
	wants := func(t text, what string) error {
		return fmt.Errorf("line %d: indicator %s: %s %q", max(t.line, e.No.line), in.No, what, t.value)
	}
	switch {
	case in.Name == "":
		return wants(e.Name, "no name")
	case operators[in.Type] == nil:
		return wants(e.Type, "unknown type")
	case !slices.Contains(operators[in.Type], in.Operator):
		return wants(e.Operator, "operator does not suit the type:")
	case !known(in.Certainty):
		return wants(e.Sure, "unknown certainty")
	case !known(in.NameSure):
		return wants(e.NameSure, "unknown certainty of the name")
	case in.Certainty.Sure() && e.Source.value == "":
		return wants(e.Sure, "a source must stand beside sure:")
	}
	return nil
}

// thresholds adds the figures of one year, the general one first, then the
// regions by code.
func (f *criteriaFile) thresholds(c *tonghop.Criteria, in *tonghop.Indicator, e indicatorEntry, year int, by map[string]figure) error {
	first, _, _ := c.From.Parts()
	last, _, _ := c.To.Parts()
	// A set judges the whole year in which it came into force, and one
	// reported for the year before.
	if year != 0 && (year < first-1 || last != 0 && year > last) {
		return fmt.Errorf("line %d: indicator %s: year %d lies outside the set", e.No.line, in.No, year)
	}
	by = maps.Clone(by)
	row := figure{sure: by["sure"].is, source: by["source"].is} // of all figures of the row
	delete(by, "sure")
	delete(by, "source")
	keys := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		if (a == general) != (b == general) {
			return map[bool]int{true: -1, false: 1}[a == general]
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	for _, key := range keys {
		t, err := threshold(in, by[key].or(row))
		if err != nil {
			return fmt.Errorf("line %d: indicator %s: %w", by[key].is.line, in.No, err)
		}
		t.Year, t.Zone = year, zoneKeys[key]
		if key != general && t.Zone == "" {
			t.Region = key
		}
		if _, ok := f.Regions[t.Region]; !ok && t.Region != "" {
			return fmt.Errorf("line %d: indicator %s: unknown region %q", by[key].is.line, in.No, key)
		}
		in.Thresholds = append(in.Thresholds, t)
	}
	return nil
}

// or takes the certainty and source of the row where the figure has none.
func (f figure) or(row figure) figure {
	if f.sure.line == 0 {
		f.sure = row.sure
	}
	if f.source.line == 0 {
		f.source = row.source
	}
	return f
}

// pairOfShares is a threshold of two shares, "95 (60)": what is asked, and in
// brackets what is asked of a part. No single figure decides on both, so it
// stands as a word.
var pairOfShares = regexp.MustCompile(`^\d{1,3} \(\d{1,3}\)$`)

// threshold decodes a figure or the word that stands for one.
func threshold(in *tonghop.Indicator, f figure) (tonghop.Threshold, error) {
	t := tonghop.Threshold{Certainty: in.Certainty}
	if f.sure.line > 0 {
		t.Certainty = tonghop.Certainty(f.sure.value)
	}
	switch {
	case !known(t.Certainty):
		return t, fmt.Errorf("unknown certainty %q", t.Certainty)
	case f.sure.line > 0 && t.Certainty.Sure() && f.source.value == "":
		return t, fmt.Errorf("figure %q: a source must stand beside sure: %s", f.is.value, t.Certainty)
	case t.Certainty == tonghop.Unknown:
		return t, fmt.Errorf("figure %q stands where it is said to be unknown", f.is.value)
	}
	if in.Type == tonghop.TypePercent && pairOfShares.MatchString(f.is.value) {
		t.Word = f.is.value
		return t, nil
	}
	number, err := decimal.NewFromString(f.is.value)
	switch words := in.Type == tonghop.TypeMark || in.Type == tonghop.TypeGrade; {
	case words && err == nil, f.is.value == "":
		return t, fmt.Errorf("%q: want a word such as Đạt", f.is.value)
	case words, err != nil && in.Type == tonghop.TypeCount:
		t.Word = f.is.value
		return t, nil
	case err != nil:
		return t, fmt.Errorf("%q is no figure: write 16.5 with a point", f.is.value)
	case in.Type == tonghop.TypePercent && (number.IsNegative() || number.GreaterThan(decimal.NewFromInt(100))):
		return t, fmt.Errorf("%q: a share lies between 0 and 100", f.is.value)
	}
	t.Figure = number
	return t, nil
}
