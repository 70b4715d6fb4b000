package viet

import "strings"

// readNumber claims the number of a document, in which nothing is a period;
// "tháng 6/năm 2023" is none.
func readNumber(m match) (Mention, bool) {
	return Mention{}, m.group(1) != "nam"
}

func readDay(m match) (Mention, bool) {
	out := Mention{Kind: MentionDocument, Day: m.number(1), N: m.number(2), Year: m.year(3)}
	if out.Year > 0 && out.Day > monthEnd(out.Year, out.N) {
		return out, false
	}
	switch {
	case out.Year == 0:
	case comparison.MatchString(m.before()):
		out.Kind = MentionComparison
	case m.asOf(), reportBefore.MatchString(m.before()):
		out.Kind = MentionAsOf
	}
	return out, true
}

// readBlankDay reads the date of a signature that is still to be written in.
func readBlankDay(m match) (Mention, bool) {
	return Mention{Kind: MentionDocument, Day: m.number(1), N: m.number(2), Year: m.year(3)}, true
}

// readSlashDay reads ngày …/…/2023; a date without gaps is left to readDay.
func readSlashDay(m match) (Mention, bool) {
	out, _ := readBlankDay(m)
	return out, out.Day == 0 || out.N == 0 || out.Year == 0
}

func readDayRange(m match) (Mention, bool) {
	out := Mention{Kind: MentionRange, Day: m.number(4), N: m.number(5), Year: m.year(6),
		StartDay: m.number(1), StartN: m.number(2), StartYear: m.year(3)}
	if out.StartYear == 0 {
		out.StartYear = out.Year
		if out.StartN > out.N {
			out.StartYear--
		}
	}
	return out, out.Day <= monthEnd(out.Year, out.N)
}

// monthWords are the months as words; the first and last have names of their
// own.
var monthWords = map[string]int{"mot": 1, "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
	"chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12}

func readMonthWord(m match) (Mention, bool) {
	return m.compared(Mention{Kind: MentionMonth, N: monthWords[m.group(1)], Year: m.year(2)}), true
}

func readMonthRange(m match) (Mention, bool) {
	return Mention{Kind: MentionRange, N: m.number(3), Year: m.year(4)}, m.group(2) != "" || m.number(1) < m.number(3)
}

func readQuarterRange(m match) (Mention, bool) {
	return Mention{Kind: MentionRange, Year: m.year(3)}, m.number(1) < m.number(2) && m.quarterWord(strings.Index(m.plain[m.place[0]:], "qu")+m.place[0])
}

func readYearRange(m match) (Mention, bool) {
	return Mention{Kind: MentionRange, Year: m.year(2)}, m.year(1) <= m.year(2)
}

// readMonths reads "6 tháng đầu năm 2023". Six and nine months are periods of
// their own, three a quarter, twelve a year; other numbers are only a stretch.
func readMonths(m match) (Mention, bool) {
	months := m.number(1)
	switch m.group(1) {
	case "sau":
		months = 6
	case "chin":
		months = 9
	}
	year := m.year(len(m.place)/2 - 1)
	late := strings.HasPrefix(m.group(2), "cuoi")
	out := Mention{Year: year}
	switch {
	case months == 6 && late:
		out.Kind, out.N = MentionHalf, 2
	case months == 6:
		out.Kind, out.N = MentionHalf, 1
	case months == 3 && late:
		out.Kind, out.N = MentionQuarter, 4
	case months == 3:
		out.Kind, out.N = MentionQuarter, 1
	case months == 9 && !late:
		out.Kind = MentionNine
	case months == 12:
		out.Kind = MentionYear
	case months >= 1 && months < 12:
		out.Kind = MentionRange
		return out, true
	default:
		return out, false
	}
	return m.compared(out), true
}

func readQuarter(m match) (Mention, bool) {
	if strings.HasPrefix(m.plain[m.place[0]:], "qu") && !m.quarterWord(m.place[0]) {
		return Mention{}, false
	}
	out := Mention{Kind: MentionQuarter, N: m.number(1), Year: m.year(2)}
	if out.Year > 0 && m.asOf() {
		month := out.N * 3
		return Mention{Kind: MentionAsOf, Year: out.Year, N: month, Day: monthEnd(out.Year, month)}, true
	}
	return m.compared(out), true
}

func readMonth(m match) (Mention, bool) {
	out := Mention{Kind: MentionMonth, N: m.number(1), Year: m.year(2)}
	if out = m.compared(out); out.Kind == MentionComparison {
		return out, true
	}
	if out.Year > 0 && m.asOf() {
		out.Kind, out.Day = MentionAsOf, monthEnd(out.Year, out.N)
	}
	return out, true
}

func readYear(m match) (Mention, bool) {
	if !m.yearWord(m.place[0]) {
		return Mention{}, false
	}
	out := Mention{Kind: MentionYear, Year: m.year(1)}
	if lawBefore.MatchString(m.before()) || lawAfter.MatchString(m.after()) && strings.Contains(m.before(), "/") {
		out.Kind = MentionDocument
		return out, true
	}
	if aimBefore.MatchString(m.before()) && !countedBefore.MatchString(m.before()) {
		out.Kind = MentionComparison
		return out, true
	}
	return m.compared(out), true
}

// readBareYear reads a year without the word năm, where the words before it
// make clear that it is one.
func readBareYear(m match) (Mention, bool) {
	out := Mention{Kind: MentionComparison, Year: m.year(1)}
	if strings.HasPrefix(m.plain[m.place[0]:], "ky bao cao") {
		out.Kind = MentionYear
	}
	return out, true
}
