package viet

import "strings"

// MaybeNegative returns the readings of a number that is written as book-keepers
// write a negative one, "(5)" or "- 5", but may as well be a remark or an item
// of a list: each without its sign. It returns none for any other text.
func MaybeNegative(s string) []Reading {
	if len(s) > maxNumberText {
		return nil
	}
	s = cutQuotes(unifyMarks(Clean(s)))
	if inner, ok := strings.CutPrefix(s, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); ok {
			return unsigned(strings.TrimSpace(inner))
		}
		return nil
	}
	if inner, ok := strings.CutPrefix(s, "- "); ok {
		return unsigned(inner)
	}
	return nil
}

// unsigned reads a number without sign and operator.
func unsigned(s string) []Reading {
	readings := Numbers(s)
	if len(readings) == 0 || readings[0].Operator != "" || strings.ContainsAny(s[:1], "+-") {
		return nil
	}
	return readings
}

// Several lists the figures of a text that holds more than one number, as
// typed, at most six; none for a text with one number or without any. "8o,5"
// holds none: a letter inside a number is a slip of the keyboard.
func Several(s string) []string {
	if len(s) > maxNumberText {
		return nil
	}
	var out []string
	for _, word := range strings.FieldsFunc(unifyMarks(Clean(s)), func(r rune) bool { return strings.ContainsRune(" /-;:()+=", r) }) {
		word = strings.TrimRight(strings.Trim(word, ".,"), "%")
		if strings.Trim(word, "0123456789.,") == "" && strings.Trim(word, ".,") != "" && len(out) < 6 {
			out = append(out, word)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}
