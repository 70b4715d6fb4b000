package compute

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// criterion is what COUNTIF counts: cells whose number compares, or, where
// text is not empty, cells of that text in capital or small letters.
type criterion struct {
	op     string // "=", "<", "<=", ">", ">="
	number float64
	text   string
	lower  string // text in small letters
	key    []rune // its letters alone, small
}

// verdict is whether a cell meets a criterion.
type verdict uint8

const (
	verdictNo verdict = iota
	verdictYes
	verdictDoubt
)

// criterionOf reads a criterion written as a text. How spreadsheet programs
// read a decimal fraction, a date or a percentage in it depends on the settings
// of the computer; those, and wildcards, are not read here.
func criterionOf(s string) (criterion, bool) {
	c := criterion{op: "="}
	rest := s
	for _, op := range [...]string{"<>", ">=", "<=", ">", "<", "="} {
		if cut, ok := strings.CutPrefix(s, op); ok {
			c.op, rest = op, cut
			break
		}
	}
	if c.op == "<>" {
		return c, false
	}
	if whole := strings.TrimPrefix(rest, "-"); whole != "" && strings.Trim(whole, "0123456789") == "" {
		n, err := strconv.ParseInt(rest, 10, 64)
		c.number = float64(n)
		return c, err == nil && len(whole) <= 15 && strconv.FormatInt(n, 10) == rest
	}
	c.text, c.lower = rest, strings.ToLower(rest)
	for _, r := range c.lower {
		if unicode.IsLetter(r) {
			c.key = append(c.key, r)
		}
	}
	return c, c.op == "=" && plainText(rest)
}

// plainText reports whether a text is taken for nothing else by any program:
// a number, a date, a truth value, a pattern.
func plainText(s string) bool {
	if len(s) == 0 || len(s) > 255 || strings.EqualFold(s, "true") || strings.EqualFold(s, "false") {
		return false
	}
	first, last := true, ' '
	for _, r := range s {
		if first && !unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.IsControl(r) ||
			strings.ContainsRune(`*?~"`, r) || r == unicode.ReplacementChar {
			return false
		}
		first, last = false, r
	}
	return !unicode.IsSpace(last)
}

// matchNumber holds the criterion against a cell with a number; computed says
// that the number is one of ours.
func (c *criterion) matchNumber(x float64, computed bool) verdict {
	if c.text != "" {
		return verdictNo
	}
	// What looks equal and is not, or was made equal by our arithmetic, is
	// one thing to a person and another to a program.
	near := math.Abs(x-c.number) <= 1e-9*math.Max(1, math.Abs(c.number))
	if near && (x != c.number || computed && x != math.Trunc(x)) {
		return verdictDoubt
	}
	yes := false
	switch c.op {
	case "=":
		yes = x == c.number
	case "<":
		yes = x < c.number
	case "<=":
		yes = x <= c.number
	case ">":
		yes = x > c.number
	case ">=":
		yes = x >= c.number
	}
	if yes {
		return verdictYes
	}
	return verdictNo
}

// matchText holds a criterion of text against a cell with one. A text that
// differs only in blanks and signs, as "Đạt " from "Đạt", is a doubt.
func (c *criterion) matchText(s string) verdict {
	if s == c.text || strings.ToLower(s) == c.lower {
		return verdictYes
	}
	if c.alike(s) || strings.EqualFold(s, c.text) {
		return verdictDoubt
	}
	return verdictNo
}

// alike reports whether a person may take the text for the criterion: the same
// letters, or a letter with its marks written behind it.
func (c *criterion) alike(s string) bool {
	key, missed := c.key, false
	for _, r := range s {
		switch {
		case unicode.IsMark(r):
			return true
		case missed:
			return false
		case !unicode.IsLetter(r):
			if unicode.IsNumber(r) {
				return false
			}
		case len(key) > 0 && unicode.ToLower(r) == key[0]:
			key = key[1:]
		default:
			missed = true // unless a mark follows
		}
	}
	return !missed && len(key) == 0
}

// maybeNumber reports whether a person may mean a number, or a date, with a
// text: it begins with a digit, or has one among a few letters. In a text file
// any digit will do, for programs that open it look for numbers and dates.
func maybeNumber(s string, typed bool) bool {
	letters, digits := 0, false
	for _, r := range s {
		switch {
		case unicode.IsNumber(r):
			if letters == 0 || typed {
				return true
			}
			digits = digits || unicode.IsDigit(r)
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits && letters <= 3
}
