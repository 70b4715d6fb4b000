package normalize

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// periodGuess is the period that a heading names, with what is to be said
// about it.
type periodGuess struct {
	period   tonghop.Period
	findings []tonghop.Finding
	ref      tonghop.Ref // the text that names it; zero if none does
}

// theExpected picks the expected period among others of another length: a
// month beside its quarter. Two months contradict each other, whatever was
// expected.
func theExpected(periods []told, expect tonghop.Period) []told {
	for _, p := range periods {
		if p.period != expect {
			continue
		}
		for _, q := range periods {
			if q.period != expect && q.period.Kind == expect.Kind {
				return periods
			}
		}
		return []told{p}
	}
	return periods
}

// told is one period that the heading names.
type told struct {
	period tonghop.Period
	ref    tonghop.Ref
	text   string
	title  bool // it stands in the title, or alone in its cell
}

// closing date of the figures, "tính đến ngày 30/6/2023".
type closingDate struct {
	date tonghop.Date
	ref  tonghop.Ref
	text string
}

// readPeriod decides which period a heading names. The place and date of a
// signature, comparisons and plans are no period. What disagrees with the
// expectation, or with itself, holds the return.
func readPeriod(h heading, sheet string, hints Hints) periodGuess {
	periods, closings := h.periods()
	periods = mostTelling(periods)
	periods = theExpected(periods, hints.Expect)
	if t, ok := h.unreadMonth(); ok && len(periods) == 1 && periods[0].period.Kind == tonghop.Year {
		f := hold("KY-006").At(t.ref).Arg("period", periods[0].period.String())
		f.Found = t.text
		return periodGuess{periods[0].period, []tonghop.Finding{f}, periods[0].ref}
	}
	switch {
	case len(periods) == 1:
		return checkPeriod(periods[0], closings, hints)
	case len(periods) > 1:
		f := hold("KY-004").At(periods[0].ref, periods[1].ref).
			Arg("first", periods[0].period.String()).Arg("second", periods[1].period.String())
		f.Found = periods[0].text
		return periodGuess{periods[0].period, []tonghop.Finding{f}, periods[0].ref}
	case len(closings) > 0:
		return fromClosing(closings[0], hints)
	}
	return fromHints(sheet, hints)
}

// periods lists the distinct periods and closing dates of the heading.
func (h heading) periods() ([]told, []closingDate) {
	var out []told
	var closings []closingDate
	year := h.onlyYear()
	seen := map[tonghop.Period]int{}
	for _, t := range h.texts {
		for _, m := range viet.Periods(t.text) {
			if m.Year == 0 {
				m.Year = year
			}
			if m.Kind == viet.MentionAsOf && m.Year > 0 {
				if d, ok := asOfDate(m); ok {
					closings = append(closings, closingDate{d, t.ref, m.Text})
				}
				continue
			}
			p, ok := periodOf(m)
			if !ok {
				continue
			}
			title := len(m.Text)*2 >= len(t.text) || strings.Contains(viet.Key(t.text), "tieu chi")
			if i, ok := seen[p]; ok {
				out[i].title = out[i].title || title
				continue
			}
			seen[p] = len(out)
			out = append(out, told{p, t.ref, m.Text, title})
		}
	}
	return out, closings
}

// onlyYear is the one year that the heading names, 0 if it names none or more.
func (h heading) onlyYear() int {
	year := 0
	for _, t := range h.texts {
		for _, m := range viet.Periods(t.text) {
			reports := m.Kind != viet.MentionRange && m.Kind != viet.MentionComparison && m.Kind != viet.MentionDocument
			if !reports || m.Year == 0 || m.Year == year {
				continue
			}
			if year != 0 {
				return 0
			}
			year = m.Year
		}
	}
	return year
}

func asOfDate(m viet.Mention) (tonghop.Date, bool) {
	if m.Day > 0 {
		return tonghop.DateOf(m.Year, m.N, m.Day)
	}
	p := tonghop.Period{Kind: tonghop.Month, Year: m.Year, N: m.N}
	if m.N == 0 {
		p = tonghop.Period{Kind: tonghop.Year, Year: m.Year}
	}
	return p.AsOf(), true
}

func periodOf(m viet.Mention) (tonghop.Period, bool) {
	if m.Kind == viet.MentionRange && m.StartDay > 0 {
		return spanOf(m)
	}
	kinds := map[viet.MentionKind]tonghop.PeriodKind{viet.MentionMonth: tonghop.Month, viet.MentionQuarter: tonghop.Quarter,
		viet.MentionHalf: tonghop.HalfYear, viet.MentionNine: tonghop.NineMonths, viet.MentionYear: tonghop.Year}
	kind, ok := kinds[m.Kind]
	if !ok || m.Year == 0 {
		return tonghop.Period{}, false
	}
	n := m.N
	if kind == tonghop.NineMonths || kind == tonghop.Year {
		n = 0
	}
	return tonghop.Period{Kind: kind, Year: m.Year, N: n}, true
}

// spanOf is the period between two days, if it is one: whole months, or from
// the 15th to the 14th as yearly plans count.
func spanOf(m viet.Mention) (tonghop.Period, bool) {
	end := tonghop.Period{Kind: tonghop.Month, Year: m.Year, N: m.N}
	last, _ := asOfDate(viet.Mention{Year: m.Year, N: m.N})
	_, _, lastDay := last.Parts()
	months := (m.Year-m.StartYear)*12 + m.N - m.StartN
	switch {
	case m.StartDay == 1 && m.Day == lastDay:
		months++
	case m.StartDay != m.Day+1:
		return end, false
	}
	switch {
	case months == 1:
		return end, true
	case months == 3 && m.N%3 == 0:
		return tonghop.Period{Kind: tonghop.Quarter, Year: m.Year, N: m.N / 3}, true
	case months == 6 && m.N%6 == 0:
		return tonghop.Period{Kind: tonghop.HalfYear, Year: m.Year, N: m.N / 6}, true
	case months == 9 && m.N == 9:
		return tonghop.Period{Kind: tonghop.NineMonths, Year: m.Year}, true
	case months == 12 && m.N == 12:
		return tonghop.Period{Kind: tonghop.Year, Year: m.Year}, true
	}
	return end, false
}

// unreadMonth finds a text that speaks of a month or a quarter which no
// mention explains: then a bare year is not the period.
func (h heading) unreadMonth() (headingText, bool) {
	for _, t := range h.texts {
		rest := []byte(t.text)
		for _, m := range viet.Periods(t.text) {
			for i := m.From; i < m.To && i < len(rest); i++ {
				rest[i] = ' '
			}
		}
		fold := " " + viet.Fold(strings.ToValidUTF8(string(rest), " ")) + " "
		if strings.Contains(fold, " tháng ") || strings.Contains(fold, " tháng:") || strings.Contains(fold, " quý ") || strings.Contains(fold, " quý:") {
			return t, true
		}
	}
	return headingText{}, false
}

// mostTelling drops what another mention says more exactly: the year beside
// one of its months, and passing mentions beside one in the title.
func mostTelling(all []told) []told {
	var exact []told
	for _, p := range all {
		finer := false
		for _, q := range all {
			finer = finer || p.period.Kind == tonghop.Year && q.period.Kind != tonghop.Year && q.period.Year == p.period.Year
		}
		if !finer {
			exact = append(exact, p)
		}
	}
	var title []told
	for _, p := range exact {
		if p.title {
			title = append(title, p)
		}
	}
	if len(title) > 0 {
		return title
	}
	return exact
}

// checkPeriod compares the period of the heading with what was expected and
// with the closing date that stands beside it.
func checkPeriod(p told, closings []closingDate, hints Hints) periodGuess {
	out := periodGuess{period: p.period, ref: p.ref}
	if !hints.Expect.IsZero() && p.period != hints.Expect {
		f := hold("KY-001").At(p.ref).Arg("period", p.period.String()).Arg("expected", hints.Expect.String())
		f.Found, f.Expected = p.text, hints.Expect.String()
		out.findings = append(out.findings, f)
	}
	for _, c := range closings {
		if c.date <= p.period.AsOf() && c.date > p.period.Previous().AsOf() {
			continue
		}
		f := hold("KY-005").At(p.ref, c.ref).Arg("period", p.period.String()).Arg("date", c.date.Vietnamese())
		f.Found = c.text
		out.findings = append(out.findings, f)
		break
	}
	return out
}

// fromClosing takes the period from a closing date: the expected one if it
// ends then, otherwise the month.
func fromClosing(c closingDate, hints Hints) periodGuess {
	y, m, _ := c.date.Parts()
	month := tonghop.Period{Kind: tonghop.Month, Year: y, N: m}
	if e := hints.Expect; !e.IsZero() && e.AsOf() == month.AsOf() {
		month = e
	}
	out := checkPeriod(told{period: month, ref: c.ref, text: c.text}, nil, hints)
	out.findings = append(out.findings, note("GC-013", c.ref, "", c.text).Arg("period", month.String()))
	return out
}

// fromHints serves a heading without a period: somebody's expectation is
// taken and noted; a name of a file or sheet is only a guess, and asked.
func fromHints(sheet string, hints Hints) periodGuess {
	h := heading{texts: []headingText{{text: sheet}, {text: strings.NewReplacer("_", " ", ".xlsx", "").Replace(hints.FileName)}}}
	hinted, _ := h.periods()
	if e := hints.Expect; !e.IsZero() && (len(hinted) == 0 || hinted[0].period == e) && !h.otherMonth(e) {
		f := tonghop.Finding{Rule: "GC-014", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}.Over(sheet)
		return periodGuess{period: hints.Expect, findings: []tonghop.Finding{f.Arg("period", hints.Expect.String())}}
	}
	if len(hinted) > 0 {
		return periodGuess{period: hinted[0].period, findings: []tonghop.Finding{hold("KY-002").Over(sheet).Arg("period", hinted[0].period.String())}}
	}
	return periodGuess{period: hints.Expect, findings: []tonghop.Finding{hold("KY-003").Over(sheet)}}
}

// otherMonth reports whether a name speaks of another month than the expected
// one, without a year: "Tháng 5".
func (h heading) otherMonth(expect tonghop.Period) bool {
	for _, t := range h.texts {
		for _, m := range viet.Periods(t.text) {
			if m.Kind == viet.MentionMonth && m.Year == 0 && expect.Kind == tonghop.Month && m.N != expect.N {
				return true
			}
		}
	}
	return false
}
