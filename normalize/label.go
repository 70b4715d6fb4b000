package normalize

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// label is what one header cell says.
type label struct {
	area        tonghop.Area
	text        string
	key         string
	criterion   int    // number of a criterion or of an indicator's criterion; 0 for none
	sub         int    // number behind the point; 0 for none
	rest        string // what stands behind the number
	named       bool   // words stand with the number, or instead of it
	typed       bool   // the number was stored as a number: 17.10 became 17.1
	prefixed    bool   // "Tiêu chí 2", "TC2"
	ofIndicator bool   // the prefix is that of an indicator: "Chỉ tiêu 2", "CT2"
	carried     bool   // it stands over this column only because nothing else does
	group       bool   // a heading over several criteria: "Nhóm II", "III. Kinh tế"
	judging     string // what stands before the criterion: "Đánh giá" of "Đánh giá TC8"
}

var numbered = regexp.MustCompile(`^(nhom |muc )?(tieu chi so|tieu chi|chi tieu so|chi tieu|tc so|ct so|tc|ct)?[ .:]*([0-9]{1,2})(?:([.,])([0-9]{1,2}))?([ ]*[.:)/\-]+[ ]*|[ ]+|$)(.*)$`)

// apart is a number of an indicator alone whose parts a blank or a dash sets
// apart: "2. 1", "2-1".
var apart = regexp.MustCompile(`^((?:tieu chi|chi tieu|tc|ct)? ?)([0-9]{1,2})(?:[.,] +| ?- ?)([0-9]{1,2})[.:]?$`)

// judged is the head of a criterion's mark that says so before it names the
// criterion: "Đánh giá TC8", "Kết quả tiêu chí số 8".
var judged = regexp.MustCompile(`^((?:tu |ket qua |kq )?(?:danh gia|dg)|ket qua|kq|tdg|ket luan|xep loai|muc(?: do)? dat|dat)(?: cua)?[ :(\-]+((?:tieu chi|tc)(?: so)?[ .:]*[0-9]{1,2}(?:[^0-9.,].*|[.,])?)$`)

var groupNumber = regexp.MustCompile(`^(nhom [0-9ivx]+\b|[ivx]+ *([.:)/-]|$))`)

// parseLabel reads a header cell.
func parseLabel(c *tonghop.Cell, a tonghop.Area, text string) label {
	l := label{area: a, text: text, key: viet.Key(text)}
	if c != nil && c.Kind == tonghop.CellNumber && !c.Style.Date {
		if plain, ok := viet.Canonical(c.Stored); ok && !strings.ContainsAny(text, ".,") {
			text = plain
		}
		l.typed = true
	}
	plain := unbracket(viet.Plain(text))
	if p := apart.FindStringSubmatch(plain); p != nil {
		plain = p[1] + p[2] + "." + p[3]
	}
	if p := judged.FindStringSubmatch(plain); p != nil {
		l.judging, plain = headOf(text, p[1]), p[2]
	}
	m := numbered.FindStringSubmatch(plain)
	if l.group = groupNumber.MatchString(viet.Plain(text)); m == nil {
		l.named, l.rest = l.key != "", text
		return l
	}
	if m[1] != "" {
		l.group, l.named = true, true
		return l
	}
	l.criterion, _ = strconv.Atoi(m[3])
	l.sub, _ = strconv.Atoi(m[5])
	l.prefixed = m[2] != ""
	l.ofIndicator = strings.HasPrefix(m[2], "ct") || strings.HasPrefix(m[2], "chi")
	rest := strings.TrimSpace(m[7])
	l.rest, l.named = tailOf(text, rest), viet.Key(rest) != ""
	// "3 sạch", "5 tuổi": a number that only counts something is no number of
	// a criterion unless a separator or a prefix says so; names decide later.
	if l.named && m[5] == "" && !l.prefixed && strings.TrimSpace(m[6]) == "" && !strings.HasPrefix(rest, "(") && !ownLine(c) {
		l.rest = text
		l.criterion = -l.criterion
	}
	return l
}

var bracketed = regexp.MustCompile(`^[(\[] *([0-9]{1,2}(?:[.,][0-9]{1,2})?) *[)\]] *(.*)$`)

// unbracket writes "(5) trường học" and "(2.1)" as "5. trường học" and "2.1".
// Rows that only number the columns are known as such before.
func unbracket(plain string) string {
	m := bracketed.FindStringSubmatch(plain)
	if m == nil || strings.HasPrefix(m[2], "=") {
		return plain
	}
	if m[2] == "" {
		return m[1]
	}
	return strings.TrimSpace(m[1] + ". " + m[2])
}

// tailOf finds the part of the typed text that the folded rest stands for: the
// same number of words from the end.
func tailOf(text, rest string) string {
	n := len(strings.Fields(rest))
	words := strings.Fields(text)
	if n == 0 || n > len(words) {
		return rest
	}
	return strings.Join(words[len(words)-n:], " ")
}

// headOf finds the part of the typed text that the folded head stands for.
func headOf(text, head string) string {
	words := strings.Fields(text)
	return strings.TrimRight(strings.Join(words[:min(len(strings.Fields(head)), len(words))], " "), " :(-")
}

var numberLine = regexp.MustCompile(`^\s*[0-9]{1,2}[ \t]*[\r\n]`)

// ownLine reports whether a cell begins with a number on a line of its own, as
// narrow headers have it: that counts nothing.
func ownLine(c *tonghop.Cell) bool {
	return c != nil && c.Kind == tonghop.CellText && numberLine.MatchString(c.Stored)
}

var numberBehind = regexp.MustCompile(`^(.{3,}?) ?[(\[] ?(?:(?:chi tieu|tieu chi|ct|tc) ?)?([0-9]{1,2})[.,]([0-9]{1,2}) ?[)\]] ?([(\[].*)?$`)

// behind reads the number of an indicator that stands in brackets behind its
// name: "Đường xã (2.1) (%)". ok is false where there is none.
func (l label) behind() (out label, ok bool) {
	m := numberBehind.FindStringSubmatch(viet.Plain(l.text))
	if m == nil || l.criterion != 0 || l.group {
		return l, false
	}
	l.criterion, _ = strconv.Atoi(m[2])
	l.sub, _ = strconv.Atoi(m[3])
	l.rest = strings.TrimSpace(l.text[:strings.LastIndexAny(strings.TrimSuffix(l.text, measureBehind(l.text)), "([")])
	return l, true
}

// measureBehind is the last bracket of a text that has two.
func measureBehind(text string) string {
	i := strings.LastIndexAny(text, "([")
	if i <= 0 || !strings.ContainsAny(text[:i], "([") {
		return ""
	}
	return text[i:]
}

// number is the indicator number as the criteria set writes it; "" if the
// label names none.
func (l label) number() string {
	if l.criterion <= 0 || l.sub == 0 {
		return ""
	}
	return strconv.Itoa(l.criterion) + "." + strconv.Itoa(l.sub)
}

// span is how many columns the label stands over.
func (l label) span() int { return l.area.Right - l.area.Left + 1 }

var columnNumber = regexp.MustCompile(`^[(\[]?([0-9]{1,3}|[a-z])[)\]]?( ?=.*)?$`)

// columnOrdinal reads a cell of a row that numbers the columns: 7, (7),
// (3)=(1)+(2), A; letters count as -1, everything else is not ok.
func columnOrdinal(text string) (n int, bracket, ok bool) {
	if len(text) > 40 || text == "" || len(text) > 6 && !strings.Contains(text, "=") {
		return 0, false, false
	}
	m := columnNumber.FindStringSubmatch(strings.ToLower(viet.Plain(text)))
	if m == nil {
		return 0, false, false
	}
	bracket = strings.HasPrefix(text, "(") || strings.HasPrefix(text, "[")
	if n, err := strconv.Atoi(m[1]); err == nil {
		return n, bracket, true
	}
	return -1, bracket, true
}

// onlyFigures tells a row above the header whose bare numbers are figures of
// another table: most stand over columns that the header calls otherwise.
func (n *Normalizer) onlyFigures(g *grid, row, best int) bool {
	bare, other := 0, 0
	for _, c := range g.filled(row) {
		above := n.label(g, row, c)
		if above.criterion <= 0 || above.sub > 0 || above.named || above.prefixed || above.group {
			continue
		}
		bare++
		below := n.label(g, best, c)
		if no := n.criterionOf(below); no > 0 && no != above.criterion || n.columnRole(below) == tonghop.ColUnit {
			other++
		}
	}
	return bare >= 3 && other*2 > bare
}

// headsRows tells a row that heads both the running number and the communes: it
// is of the header whatever else it says.
func (n *Normalizer) headsRows(g *grid, row int, cols []int) bool {
	if len(cols) < 2 {
		return false
	}
	return n.columnRole(n.label(g, row, cols[0])) == tonghop.ColNumber && n.columnRole(n.label(g, row, cols[1])) == tonghop.ColUnit
}
