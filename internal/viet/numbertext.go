package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// operators maps what stands before a number to its operator; longer spellings
// first, since the first that fits wins.
var operators = []struct{ text, operator string }{
	{">=", ">="}, {"=>", ">="}, {"≥", ">="}, {"≧", ">="}, {"⩾", ">="},
	{"<=", "<="}, {"=<", "<="}, {"≤", "<="}, {"≦", "<="}, {"⩽", "<="},
	{">", ">"}, {"<", "<"}, {"=", "="}, {"~", "~"}, {"≈", "~"},
	{"ít nhất ", ">="}, {"tối thiểu ", ">="}, {"từ ", ">="}, {"trên ", ">"}, {"hơn ", ">"},
	{"không quá ", "<="}, {"tối đa ", "<="}, {"dưới ", "<"}, {"khoảng ", "~"}, {"gần ", "~"},
}

// cutOperator splits a leading operator off.
func cutOperator(s string) (operator, rest string) {
	for _, o := range operators {
		if len(s) >= len(o.text) && strings.EqualFold(s[:len(o.text)], o.text) {
			return o.operator, strings.TrimSpace(s[len(o.text):])
		}
	}
	return "", s
}

// cutQuotes takes quotation marks and apostrophes off both ends: an apostrophe
// in front keeps a spreadsheet from reading a text as a number, and other
// programs store it with the text.
func cutQuotes(s string) string { return strings.TrimSpace(strings.Trim(s, `'"`)) }

// cutSign splits a sign off that touches its digits: "- 5" may be an item of a
// list, so it is no number.
func cutSign(s string) (sign, rest string) {
	if len(s) > 1 && (s[0] == '-' || s[0] == '+') && s[1] != ' ' {
		return strings.TrimPrefix(s[:1], "+"), s[1:]
	}
	return "", s
}

// cutBody splits the digits and separators off, without blanks at the end.
func cutBody(s string) (body, rest string) {
	end, seen := 0, false
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || strings.IndexByte("., ", s[end]) >= 0) {
		seen = seen || s[end] >= '0' && s[end] <= '9'
		end++
	}
	if !seen {
		return "", s
	}
	return strings.TrimRight(s[:end], " "), strings.TrimSpace(s[end:])
}

func cutPercent(s string) (percent bool, rest string) {
	for _, sign := range []string{"%", "phần trăm"} {
		if len(s) >= len(sign) && strings.EqualFold(s[:len(sign)], sign) {
			return true, strings.TrimSpace(s[len(sign):])
		}
	}
	return false, s
}

// cutTrailing splits "trở lên" and "trở xuống" off the end.
func cutTrailing(s string) (operator, unit string) {
	low := strings.ToLower(s)
	for _, o := range []struct{ text, operator string }{{"trở lên", ">="}, {"trở xuống", "<="}} {
		if rest, found := strings.CutSuffix(low, o.text); found {
			return o.operator, strings.TrimSpace(s[:len(rest)])
		}
	}
	return "", s
}

// unitText reports whether s may be a unit of measure: words and slashes, no
// digit but the 2 or 3 of m2 and m3. "" is a unit too: none.
func unitText(s string) bool {
	before := ' '
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), r == '₫':
		case strings.ContainsRune(" /.-", r) && i+size < len(s) || r == '.':
		case (r == '2' || r == '3') && before == 'm':
		default:
			return false
		}
		before = r
	}
	return s == "" || s[0] != '-' && s[0] != '.'
}
