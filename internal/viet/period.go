package viet

import (
	"slices"
	"strconv"
	"strings"
)

// MentionKind tells what a mention of time in a text is.
type MentionKind string

// The kinds of mentions. Only the first six say what a report is about.
const (
	MentionMonth   MentionKind = "month"   // Tháng 6 năm 2023, T6/2023: N 1-12
	MentionQuarter MentionKind = "quarter" // Quý II/2023: N 1-4
	MentionHalf    MentionKind = "half"    // 6 tháng đầu năm 2023: N 1-2
	MentionNine    MentionKind = "nine"    // 9 tháng năm 2023
	MentionYear    MentionKind = "year"    // năm 2023, hết năm 2023
	MentionAsOf    MentionKind = "as_of"   // tính đến ngày 30/6/2023, đến hết tháng 6/2023: N the month, Day

	MentionDocument   MentionKind = "document"   // the date of a signature or of a decision; never a period
	MentionRange      MentionKind = "range"      // giai đoạn 2021-2025, từ 15/5 đến 14/6/2023: Year, N, Day of its end
	MentionComparison MentionKind = "comparison" // so với năm 2022, kế hoạch năm 2024
)

// Mention is one mention of a period or a day in a text.
type Mention struct {
	Kind                        MentionKind
	Year                        int // 0 where none is typed: "6 tháng đầu năm"
	N                           int // month, quarter or half; 0 otherwise
	StartDay, StartN, StartYear int // of a MentionRange between two days: its first day

	Day      int    // of MentionAsOf, MentionDocument and MentionRange, where known
	From, To int    // place in the text, in bytes
	Text     string // as typed
}

// maxPeriodText bounds the work on a hostile cell; headings are shorter.
const maxPeriodText = 4000

// Periods returns every mention of a period or a day in s, in order. It
// understands upper case, decomposed and missing accents, line breaks and
// underscores, and never returns two mentions of one place. A mention that
// says nothing about the report's own period (a signature's date, a plan, a
// comparison) is returned as such, so that the caller can pass over it.
func Periods(s string) []Mention {
	if len(s) > maxPeriodText {
		s = s[:maxPeriodText]
	}
	f := flatten(s)
	start, found := f.start()
	if !found {
		return nil
	}
	taken := make([]bool, len(f.plain))
	var out []Mention
	for _, p := range patterns {
		if !p.mayFit(f.plain[start:]) {
			continue
		}
		for _, place := range p.expr.FindAllStringSubmatchIndex(f.plain[start:], -1) {
			shift(place, start)
			if slices.Contains(taken[place[0]:place[1]], true) {
				continue
			}
			m, ok := p.read(match{flatText: f, place: place})
			if !ok {
				continue
			}
			for i := place[0]; i < place[1]; i++ {
				taken[i] = true
			}
			if m.Kind == "" {
				continue // a document's number: nothing inside it is a period
			}
			m.From, m.To = f.span(place[0], place[1])
			m.Text = s[m.From:m.To]
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Mention) int { return a.From - b.From })
	return out
}

// start is where searching may begin: the word some way before the first digit
// or the first "ngày", "sáu" or "chín", with which a mention can start. found is false where there is none.
func (f flatText) start() (at int, found bool) {
	first := len(f.plain)
	if i := strings.IndexAny(f.plain, "0123456789"); i >= 0 {
		first = i
	}
	for _, word := range []string{"ngay", "sau ", "chin "} {
		if i := strings.Index(f.plain[:first], word); i >= 0 {
			first = i
		}
	}
	const longestLead = 40 // no pattern has more before its first digit
	return strings.LastIndexByte(f.plain[:max(0, first-longestLead)], ' ') + 1, first < len(f.plain)
}

// shift moves the offsets of a match that was found in the text from start on.
func shift(place []int, start int) {
	for i := range place {
		if place[i] >= 0 {
			place[i] += start
		}
	}
}

// match is one place where a pattern fits.
type match struct {
	flatText
	place []int
}

// group is the text of the n-th group, "" where it took no part.
func (m match) group(n int) string {
	if 2*n+1 >= len(m.place) || m.place[2*n] < 0 {
		return ""
	}
	return m.plain[m.place[2*n]:m.place[2*n+1]]
}

// number is the n-th group as a number, Roman or not; 0 where it is none.
func (m match) number(n int) int {
	g := m.group(n)
	if i := slices.Index([]string{"i", "ii", "iii", "iv"}, g); i >= 0 {
		return i + 1
	}
	v, err := strconv.Atoi(g)
	if err != nil {
		return 0
	}
	return v
}

// year is the n-th group as a year; two digits are of this century.
func (m match) year(n int) int {
	v := m.number(n)
	if v > 0 && v < 100 {
		v += 2000
	}
	return v
}

// before is the text in front of the place, at most 60 characters.
func (m match) before() string { return m.plain[max(0, m.place[0]-60):m.place[0]] }

// after is the text behind the place, at most 20 characters.
func (m match) after() string { return m.plain[m.place[1]:min(len(m.plain), m.place[1]+20)] }
