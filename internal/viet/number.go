package viet

import "strings"

// Why tells on what ground a text was read as a number.
type Why string

// The grounds. Both thousands signs may be followed by the other sign as the
// decimal sign: 1.234,5 is ThousandsDot.
const (
	WholeDigits    Why = "plain"           // 1057010, 05
	DecimalComma   Why = "decimal_comma"   // 85,5: the Vietnamese decimal sign
	DecimalPoint   Why = "decimal_point"   // 85.5
	ThousandsDot   Why = "thousands_dot"   // 1.234: the Vietnamese thousands sign
	ThousandsComma Why = "thousands_comma" // 1,234
	ThousandsBlank Why = "thousands_blank" // 29 789
)

// Reading is one honest reading of a number typed as text.
type Reading struct {
	Figure   string // canonical: "85.5", "-3", "1234.5"; see [Canonical]
	Why      Why    //
	Percent  bool   // a % sign follows the number
	Operator string // "", ">=", "<=", ">", "<", "=", "~": typed as a sign or as words before or after
	Unit     string // text after the number and the % sign, cleaned: "triệu đồng"
}

// maxDigits is what a spreadsheet keeps of a number; maxNumberText bounds the
// work on a hostile cell.
const (
	maxDigits     = 15
	maxNumberText = 200
)

// Numbers returns every honest reading of s as one number, the Vietnamese
// reading first: "1.234" is 1234 or 1.234, "85,5" only 85.5. It returns none
// where s is no number, holds more than one (5/8, 10-14), is in parentheses,
// or has more than 15 significant digits. Which reading is meant, the column
// decides, not this package.
func Numbers(s string) []Reading {
	if len(s) > maxNumberText {
		return nil
	}
	s = cutQuotes(unifyMarks(Clean(s)))
	operator, s := cutOperator(s)
	sign, s := cutSign(s)
	body, rest := cutBody(s)
	if body == "" {
		return nil
	}
	percent, rest := cutPercent(rest)
	after, unit := cutTrailing(rest)
	if after != "" {
		if operator != "" && operator != after {
			return nil
		}
		operator = after
	}
	if !unitText(unit) {
		return nil
	}
	var out []Reading
	for _, r := range readBody(body) {
		figure, ok := plainFigure(sign, r.whole, r.fraction)
		if ok {
			out = append(out, Reading{Figure: figure, Why: r.why, Percent: percent, Operator: operator, Unit: unit})
		}
	}
	return out
}

// parts is a number taken apart, without its sign.
type parts struct {
	whole, fraction string
	why             Why
}

// readBody reads digits and separators; body starts with a digit or a
// separator and holds nothing else.
func readBody(body string) []parts {
	dots, commas, blanks := strings.Count(body, "."), strings.Count(body, ","), strings.Count(body, " ")
	switch {
	case blanks > 0:
		return readBlanks(body, dots+commas)
	case dots+commas == 0:
		return []parts{{whole: body, why: WholeDigits}}
	case dots == 0:
		return readOneSign(body, ",", DecimalComma, ThousandsComma)
	case commas == 0:
		return readOneSign(body, ".", DecimalPoint, ThousandsDot)
	case strings.LastIndex(body, ".") < strings.LastIndex(body, ","):
		return readTwoSigns(body, ".", ",", ThousandsDot)
	}
	return readTwoSigns(body, ",", ".", ThousandsComma)
}

// readBlanks reads 29 789 and 29 789,5.
func readBlanks(body string, signs int) []parts {
	if signs > 1 {
		return nil
	}
	whole, fraction := body, ""
	if i := strings.IndexAny(body, ".,"); i >= 0 {
		whole, fraction = body[:i], body[i+1:]
		if !digits(fraction) {
			return nil
		}
	}
	joined, ok := joinGroups(whole, " ")
	if !ok {
		return nil
	}
	return []parts{{joined, fraction, ThousandsBlank}}
}

// readOneSign reads a body with one kind of sign: a decimal sign if it stands
// once, a thousands sign if it sets off groups of three.
func readOneSign(body, sign string, decimal, thousands Why) []parts {
	var asDecimal, asThousands []parts
	if whole, fraction, _ := strings.Cut(body, sign); digits(fraction) && (whole == "" || digits(whole)) {
		asDecimal = []parts{{whole, fraction, decimal}}
	}
	if joined, ok := joinGroups(body, sign); ok {
		asThousands = []parts{{joined, "", thousands}}
	}
	if sign == "." { // the Vietnamese reading comes first
		return append(asThousands, asDecimal...)
	}
	return append(asDecimal, asThousands...)
}

// readTwoSigns reads 1.234,5 and 1,234.5.
func readTwoSigns(body, thousands, decimal string, why Why) []parts {
	whole, fraction, _ := strings.Cut(body, decimal)
	joined, ok := joinGroups(whole, thousands)
	if !ok || !digits(fraction) {
		return nil
	}
	return []parts{{joined, fraction, why}}
}

// joinGroups joins 1.234.567: a first group of one to three digits that does
// not start with zero, then groups of three.
func joinGroups(s, sign string) (string, bool) {
	groups := strings.Split(s, sign)
	first := groups[0]
	if len(groups) < 2 || len(first) == 0 || len(first) > 3 || first[0] == '0' || !digits(first) {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || !digits(g) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// digits reports whether s is one or more ASCII digits.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
