package viet

import (
	"regexp"
	"strings"
	"time"
)

// pattern finds one way of writing a period in a flat text. read says what it
// is; ok is false where the place turns out to be something else.
type pattern struct {
	need string // a text without this, or without any of marks, cannot fit:
	mark string // cheap to ask, and most texts need not be searched
	expr *regexp.Regexp
	read func(match) (Mention, bool)
}

// The pieces that patterns are made of. In a flat text "năm" and "Nam" look
// alike; [match.yearWord] tells them apart.
const (
	reDay   = `(0?[1-9]|[12]\d|3[01])`
	reMonth = `(0?[1-9]|1[0-2])`
	// Tháng Sáu; "tháng năm năm 2023" is May.
	reMonthWord = `(muoi hai|muoi mot|mot|gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi|chap)`
	reYear      = `((?:19|20)\d\d)`
	reShort     = `((?:19|20)\d\d|\d\d)`                         // a year of four or two digits
	reQuart     = `(i{1,3}|iv|0?[1-4])`                          //
	reOf        = `(?: nam |,? ?nam ?:? ?| ?[/.-] ?(?:nam )?| )` // between a period and its year
	reSep       = ` ?[/.-] ?`
	reGap       = `[ .]*` // dots and blanks of a date that is left to be filled in
)

// patterns in the order in which they claim places: what contains another way
// of writing stands before it.
var patterns = []pattern{
	// 318/QĐ-TTg, 05/2022/TT-BNNPTNT, 04-NQ/TU
	{"", "/", re(`\d+ ?/ ?(?:\d{4} ?/ ?)?([a-z]{2,})\d*(?: ?- ?[a-z&]+\d*)*|\d+-[a-z]{2,4}/[a-z]{2,}`), readNumber},
	// từ ngày 15/12/2022 đến (hết) ngày 14/6/2023
	{"", "/.-", re(`(?:tu )?(?:ngay )?` + reDay + reSep + reMonth + `(?:` + reSep + reShort + `)? ?(?:den|-) ?(?:het )?(?:ngay )?` + reDay + reSep + reMonth + reSep + reShort), readDayRange},
	// từ tháng 1 đến tháng 6 năm 2023, tháng 1-6/2023
	{"thang", "-,dv+", re(`(?:tu )?thang ` + reMonth + `( ?[/-] ?\d{4}| nam \d{4})? ?(?:den|-|,|va) ?(?:het )?(?:thang )?` + reMonth + reOf + reYear), readMonthRange},
	{"qu", "-,dv+", re(`(?:tu )?qu[yi] ` + reQuart + ` ?(?:den|-|,|va|\+) ?(?:het )?(?:qu[yi] )?` + reQuart + reOf + reYear), readQuarterRange},
	// ngày 05 tháng 7 năm 2023, ngày … tháng … năm 2023
	{"thang", "", re(`(?:ngay` + reGap + `)?` + reDay + ` ?thang ` + reMonth + ` ?(?:,? ?nam|[/-]) ?` + reYear), readDay},
	{"ngay", "", re(`ngay` + reGap + reDay + `?` + reGap + `thang` + reGap + reMonth + `?` + reGap + `nam(?:` + reGap + reYear + `|` + reGap + `(?:20\b)?)`), readBlankDay},
	{"ngay", "/", re(`ngay` + reGap + reDay + `?` + reGap + `/` + reGap + reMonth + `?` + reGap + `/` + reGap + reYear + `?`), readSlashDay},
	{"", "/.-", re(`(?:ngay )?` + reDay + reSep + reMonth + reSep + reShort), readDay},
	{"ngay ", "", re(`ngay ` + reDay + `(?: thang |` + reSep + `)` + reMonth), readDay},
	// giai đoạn 2021-2025, từ năm 2021 đến năm 2025
	{"", "-d", re(`(?:giai doan |nhiem ky |tu |nam )*` + reYear + ` ?(?:-|den) ?(?:het )?(?:nam )?` + reYear), readYearRange},
	// 6 tháng đầu năm 2023, 9 tháng năm 2023, 11 tháng năm 2023
	{"thang", "", re(`(\d{1,2}|sau|chin) thang (dau |cuoi )?(?:cua )?nam(?: ?[/:-]? ?` + reYear + `)?`), readMonths},
	{"thang", "", re(`(\d{1,2}|sau|chin) thang (dau |cuoi )?()` + `(?:[/-] ?)?` + reYear), readMonths},
	// 6T/2023, 9T đầu năm 2023: names of sheets and files
	{"t", "", re(`(0?[69]) ?t(?: (dau|cuoi))?(?: ?[/.-] ?| nam | )` + reYear), readMonths},
	// Quý II/2023
	{"qu", "", re(`qu[yi] ?` + reQuart + reOf + reYear), readQuarter},
	{"q", "", re(`q ?\.? ?` + reQuart + ` ?(?:[/.-]|nam| ) ?` + reYear), readQuarter},
	{"qu", "", re(`qu[yi] ` + reQuart), readQuarter},
	// Tháng 6 năm 2023, T.6/2023, kỳ báo cáo 6/2023
	{"thang", "", re(`thang ?(?:bao cao ?|so lieu ?)?:? ?` + reMonth + reOf + reYear), readMonth},
	{"thang", "", re(`thang ` + reMonthWord + `,? nam:? ?` + reYear), readMonthWord},
	{"t", "", re(`t ?\.? ?` + reMonth + `(?: ?[/.-] ?| nam | )` + reYear), readMonth},
	{"t", "", re(`(?:thang ?|t)` + reMonth + ` ?/ ?(2\d)`), readMonth},
	{"ky", "", re(`ky(?: bao cao| so lieu)? ?:? ?` + reMonth + ` ?[/-] ?` + reYear), readMonth},
	{"thang", "", re(`thang ?` + reMonth), readMonth},
	// năm 2023
	{"nam", "", re(`nam ?(?:bao cao ?)?[:.]? ?` + reYear), readYear},
	{"", "k:v", re(`(?:cung ky|so voi|so cung ky|kh|ky bao cao ?:) ?` + reYear), readBareYear},
}

// mayFit reports whether searching the text is worth the work.
func (p pattern) mayFit(plain string) bool {
	return strings.Contains(plain, p.need) && (p.mark == "" || strings.ContainsAny(plain, p.mark))
}

// re compiles a pattern that neither starts nor ends inside a word or number.
func re(expr string) *regexp.Regexp { return regexp.MustCompile(`\b(?:` + expr + `)(?:\b|$)`) }

// Words in front of a place that tell what it is; flat text, up to the place.
var (
	asOfBefore = regexp.MustCompile(`\b(?:den|toi|het|chot|thoi diem)(?: het| cuoi| thoi diem| ngay| hien tai| so lieu| bao cao)*[ :]*$`)
	// "Kỳ báo cáo: 30/6/2023" gives a day its meaning; before a month or a
	// quarter it changes nothing.
	reportBefore = regexp.MustCompile(`\b(?:ky bao cao|ky so lieu)[ :]*$`)
	// "đến năm 2025" alone is an aim.
	aimBefore     = regexp.MustCompile(`\bden $`)
	countedBefore = regexp.MustCompile(`\b(?:tinh|luy ke|cong don|so lieu) den $`)
	// A deadline is no as-of date.
	deadline = regexp.MustCompile(`\b(?:han|gui|nop|truoc)\b[a-z ]*$`)
	// Plans, earlier periods and what figures are held against. What follows
	// is done work: "thực hiện kế hoạch năm 2023" is a report on 2023.
	comparison = regexp.MustCompile(`\b(?:cung ky|so voi|so cung ky|ke hoach|kh|du toan|du kien|phuong huong|muc tieu|dang ky|nhiem vu trong tam|giai phap)` +
		`(?: nhiem vu| trong tam| chu yeu| giai phap| thuc hien| trien khai| cong tac| phan dau| dat chuan| von| giao| va| voi| cung ky| ky| cuoi| thoi diem| het| den| ngay| nam| cua| trong|,)*[ :(]*$`)
	doneWork = regexp.MustCompile(`\b(?:thuc hien|hoan thanh|ket qua|danh gia)(?: cac)? (?:ke hoach|muc tieu|du toan|nhiem vu trong tam)[a-z ]*[ :(]*$`)
	// A law or decision is named by its year.
	lawBefore = regexp.MustCompile(`\b(?:luat|hien phap|phap lenh|nghi dinh|nghi quyet|thong tu|quyet dinh)(?: [a-z]+){0,5} $`)
	lawAfter  = regexp.MustCompile(`^ (?:cua|ban hanh|ve viec)\b`)
	southern  = regexp.MustCompile(`\b(?:viet|mien|ha|quang|dong|tay|phia) $`)
)

// compared turns a period into a comparison where the words before say so.
func (m match) compared(out Mention) Mention {
	before := m.before()
	if comparison.MatchString(before) && !doneWork.MatchString(before) {
		out.Kind = MentionComparison
	}
	return out
}

// asOf reports whether the words before make the place an as-of date.
func (m match) asOf() bool {
	before := m.before()
	return asOfBefore.MatchString(before) && !deadline.MatchString(before)
}

// yearWord reports whether the flat "nam" at plain[i] is năm and not the south
// or a province (Việt Nam, Hà Nam).
func (m match) yearWord(i int) bool {
	return m.letter(i+1) == "ă" || !southern.MatchString(m.plain[max(0, i-8):i])
}

// quarterWord reports whether the flat "quy" at plain[i] may be quý and not
// quỹ (a fund) or quỷ.
func (m match) quarterWord(i int) bool {
	return !strings.ContainsAny(m.letter(i+2)+m.letter(i+1), "ỹỷỵỳũủụù")
}

// monthEnd is the last day of a month.
func monthEnd(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
