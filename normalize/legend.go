package normalize

import (
	"regexp"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// legend is what a workbook says its signs mean: "x: đạt; o: chưa đạt".
type legend struct {
	signs []tonghop.Sign
	known map[string]tonghop.Sign // by sign, folded
	usual *vocabulary             // what signs mean without it
}

// Bounds on the texts that are looked through: a legend is one short line, and
// a book with more texts than this has none worth the time.
const (
	legendMost  = 400 // bytes
	legendTexts = 20_000
)

// explained is one pair of a sign and what it is said to mean. The sign stands
// at the beginning, behind a separator, or behind a word that announces it; it
// is one letter or symbol, or a few consonants, so that no word is taken for
// one. A meaning behind nothing but a bracketed sign needs no separator.
var (
	signText   = `[a-zđ]|[bcdđghkmnpqrstvx]{2,4}|ko|ok|[+*#@&%^~○●◯□■☐☑☒△▲×✓✔√✗✘/\\.-]|--|[01]`
	signPair   = `(?:["'(\[]+ *(` + signText + `) *["')\]]+ *(?::|=|là|->|→|-)? *|(` + signText + `) *(?::|=|là |->|→|-) *)(\pL[\pL ]*)`
	bullet     = `(?:[-+*•] *)??` // "- x: đạt", each on a line of its own
	explained  = regexp.MustCompile(`(?:^|[;,:.(]|(?:dấu|ký hiệu|kí hiệu|chữ|số|ghi|điền|đánh|và)) *` + bullet + signPair)
	goesOn     = regexp.MustCompile(`^ *` + bullet + signPair)
	announced  = regexp.MustCompile(`^(ghi chú|chú thích|chú giải|ký hiệu|kí hiệu|quy ước|lưu ý)`)
	turnedPair = regexp.MustCompile(`(?:^|[;,:.]) *(\pL[\pL ]*?) *(?::|=|(?:ghi|điền|đánh)(?: là| số| dấu| chữ)?|\() *["'(]? *(` + signText + `) *["')]? *(?:$|[;,.)])`)
)

// readLegend looks through all texts of a book for what its signs mean.
func readLegend(book *tonghop.Book, v *vocabulary) legend {
	var out legend
	left := legendTexts
	for i := range book.Sheets {
		s := &book.Sheets[i]
		var spread []tonghop.Sign
		for j := range s.Lines {
			l := &s.Lines[j]
			for k := range l.Cells {
				c := &l.Cells[k]
				if c.Kind != tonghop.CellText || left == 0 || !mayExplain(c.Stored) {
					continue
				}
				left--
				at := tonghop.Ref{Sheet: s.Name, Row: c.Row, Col: c.Col}
				for _, sign := range v.explains(c.Stored) {
					sign.At = at
					out.signs = append(out.signs, sign)
				}
			}
			spread = append(spread, v.besides(s, j)...)
		}
		out.signs = append(out.signs, withoutLoneDigit(spread)...)
	}
	return settled(out)
}

// mayExplain reports whether a text is long and short enough and has anything
// that could stand between a sign and its meaning. Most cells have not.
func mayExplain(text string) bool {
	return len(text) >= 5 && len(text) <= legendMost && (strings.ContainsAny(text, ":=(-–→\"“;,") || strings.Contains(text, " l"))
}

// mentionsMeaning reports whether a folded text has any word for a mark, or for
// there being none.
func (v *vocabulary) mentionsMeaning(fold string) bool {
	for word := range v.marks {
		if len([]rune(word)) >= 3 && strings.Contains(fold, word) {
			return true
		}
	}
	for word := range v.empties {
		if strings.Contains(fold, word) {
			return true
		}
	}
	return false
}

// explains lists the signs that one text explains. Whole numbers are signs
// only together: "1: đạt" alone may be the first item of a list.
func (v *vocabulary) explains(text string) []tonghop.Sign {
	fold := viet.Fold(text)
	if !v.mentionsMeaning(fold) {
		return nil
	}
	var out []tonghop.Sign
	for {
		m := explained.FindStringSubmatchIndex(fold)
		if m == nil {
			break
		}
		sign, used, ok := v.meant(submatch(fold, m, 1)+submatch(fold, m, 2), submatch(fold, m, 3))
		behind := fold[m[6]+used:]
		if ok && !harmless[strings.TrimSpace(fold[m[6]+used:m[7]])] && !goesOn.MatchString(behind) {
			ok = false
		}
		if ok {
			out = append(out, sign)
		}
		fold = behind
	}
	if len(out) == 0 {
		out = v.explainsTurned(viet.Fold(text)) // fold is used up
	}
	if len(out) == 0 {
		out = v.explainsBare(viet.Fold(text))
	}
	out = append(out, v.explainsBlank(viet.Fold(text), out)...)
	return withoutLoneDigit(out)
}

// explainsTurned reads "Đạt: x; chưa đạt: o", where at least two stand.
func (v *vocabulary) explainsTurned(fold string) []tonghop.Sign {
	var out []tonghop.Sign
	for rest := fold; ; {
		m := turnedPair.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		if s, used, ok := v.meant(submatch(rest, m, 2), submatch(rest, m, 1)); ok && harmless[strings.TrimSpace(rest[m[2]+used:m[3]])] {
			out = append(out, s)
		}
		rest = rest[m[5]:]
	}
	if len(out) < 2 || out[0].Text == out[1].Text || out[0].Mark == out[1].Mark {
		return nil
	}
	return out
}

func submatch(s string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return s[m[2*i]:m[2*i+1]]
}

// meant is the sign with a meaning that begins with the words of a mark, or of
// a reason for there being none, and how much of the text those are; the
// longest words count.
func (v *vocabulary) meant(sign, meaning string) (s tonghop.Sign, used int, ok bool) {
	if of := subject.FindString(meaning); of != "" {
		s, used, ok = v.meant(sign, meaning[len(of):])
		return s, used + len(of), ok
	}
	words := strings.Fields(meaning)
	for n := min(len(words), 6); n > 0 && !columnWords[sign]; n-- {
		text := strings.Join(words[:n], " ")
		if len([]rune(text)) < 3 || text == sign {
			continue
		}
		used = strings.Index(meaning, words[0]) + len(text)
		if m, ok := v.marks[text]; ok {
			return tonghop.Sign{Text: sign, Mark: m}, used, true
		}
		if e, ok := v.empties[text]; ok {
			return tonghop.Sign{Text: sign, Empty: e}, used, true
		}
	}
	return s, 0, false
}

// subject is of what a meaning is said: "xã đạt tiêu chí", "tiêu chí chưa đạt",
// "viết tắt của đạt".
var subject = regexp.MustCompile(`^ *(?:(?:các |những )?xã |tiêu chí |chỉ tiêu |viết tắt (?:của |là )?(?:từ )?)(?:đã )?`)

// columnWords are abbreviations that head columns, and no signs.
var columnWords = map[string]bool{"tt": true, "tc": true, "ct": true}

// harmless are the words that may follow a meaning without changing it.
var harmless = map[string]bool{"": true, "tiêu chí": true, "chỉ tiêu": true, "chuẩn": true, "yêu cầu": true, "quy định": true,
	"tc": true, "và": true, "theo quy định": true, "dấu": true, "ký hiệu": true, "ghi": true, "còn": true, "còn lại": true}

// withoutLoneDigit drops 0 and 1 unless both are explained, and differently, or
// one of them beside a letter or symbol that means the opposite.
func withoutLoneDigit(signs []tonghop.Sign) []tonghop.Sign {
	digits, others := map[string]tonghop.Mark{}, map[tonghop.Mark]bool{}
	for _, s := range signs {
		if s.Text == "0" || s.Text == "1" {
			digits[s.Text] = s.Mark
		} else {
			others[s.Mark] = true
		}
	}
	opposite := map[tonghop.Mark]tonghop.Mark{tonghop.Met: tonghop.NotMet, tonghop.NotMet: tonghop.Met}
	lone := len(digits) == 1 && (others[opposite[digits["0"]]] || others[opposite[digits["1"]]])
	if len(digits) == 0 || len(digits) == 2 && digits["0"] != digits["1"] || lone {
		return signs
	}
	var out []tonghop.Sign
	for _, s := range signs {
		if s.Text != "0" && s.Text != "1" {
			out = append(out, s)
		}
	}
	return out
}

var wholeSign = regexp.MustCompile(`^["'(\[]*(` + signText + `)["')\]]*:?$`)

// besides reads a legend that is spread over cells: in a row of its own, or
// behind words that announce one, a sign and its meaning in the next cell.
func (v *vocabulary) besides(s *tonghop.Sheet, line int) []tonghop.Sign {
	var cells []*tonghop.Cell
	for k := range s.Lines[line].Cells {
		if c := &s.Lines[line].Cells[k]; !c.Blank() {
			cells = append(cells, c)
		}
		if len(cells) > 12 {
			return nil
		}
	}
	if len(cells) < 2 {
		return nil
	}
	lead := announced.MatchString(viet.Fold(cells[0].Stored))
	if lead {
		cells = cells[1:]
	}
	if len(cells)%2 != 0 || !lead && (len(cells) != 2 || !legendAbove(s, line)) {
		return nil
	}
	var out []tonghop.Sign
	for i := 0; i < len(cells); i += 2 {
		m := wholeSign.FindStringSubmatch(viet.Fold(cells[i].Stored))
		if m == nil {
			return nil
		}
		meaning := strings.Trim(viet.Fold(cells[i+1].Stored), " .;:")
		sign, used, ok := v.meant(m[1], meaning)
		if !ok || used < len(meaning) {
			return nil
		}
		sign.At = tonghop.Ref{Sheet: s.Name, Row: cells[i].Row, Col: cells[i].Col}
		out = append(out, sign)
	}
	return out
}

// legendAbove reports whether one of the rows close above announces a legend.
func legendAbove(s *tonghop.Sheet, line int) bool {
	for i := line - 1; i >= max(0, line-6); i-- {
		for k := range s.Lines[i].Cells {
			if c := &s.Lines[i].Cells[k]; !c.Blank() {
				if announced.MatchString(viet.Fold(c.Stored)) {
					return true
				}
				break
			}
		}
	}
	return false
}

// settled keeps each sign once. What a file explains in two ways decides
// nothing: the sign says both, and is asked about wherever it stands.
func settled(l legend) legend {
	first := map[string]int{}
	var out []tonghop.Sign
	for _, s := range l.signs {
		i, again := first[s.Text]
		if !again {
			first[s.Text] = len(out)
			out = append(out, s)
			continue
		}
		if o := &out[i]; o.Also == tonghop.MarkNone && (o.Mark != s.Mark || o.Empty != s.Empty) {
			if o.Mark == tonghop.MarkNone { // two marks are what the question names
				o.Mark, s.Mark = s.Mark, o.Mark
			}
			if o.Also = s.Mark; o.Also == tonghop.MarkNone {
				o.Also = tonghop.Mark(tonghop.NotReported)
			}
		}
	}
	l.signs = out
	return l
}
