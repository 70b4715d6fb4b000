package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns s in composed form (NFC) with every kind of blank as one
// ordinary blank, without invisible characters, trimmed, and with look-alikes
// of Latin letters (Ð for Đ, Cyrillic а for a) replaced. The text reads the
// same to a person before and after. Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	if tidy(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		if isBlank(r) {
			blank = b.Len() > 0
			continue
		}
		if invisible(r) {
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(sameLetter(r))
	}
	s = compose(b.String())
	if !strings.ContainsFunc(s, isForeign) {
		return s
	}
	return compose(latinWords(s))
}

// tidy reports whether s is surely clean already: ASCII and Vietnamese letters
// in composed form with single blanks inside. Most cells are, so it is worth
// asking first.
func tidy(s string) bool {
	blank := true
	for _, r := range s {
		switch {
		case r == ' ':
			if blank {
				return false
			}
		case r > ' ' && r < 0x7f, r == 'Đ', r == 'đ', r >= 'À' && r <= 'ỹ' && vietnamese(r):
		default:
			return false
		}
		blank = r == ' '
	}
	return !blank || s == ""
}

// vietnamese reports a composed letter with an accent, đ apart.
func vietnamese(r rune) bool {
	switch r {
	case 'Ă', 'ă', 'Ĩ', 'ĩ', 'Ũ', 'ũ', 'Ơ', 'ơ', 'Ư', 'ư':
		return true
	case 'Ð', 'ð', '×', '÷':
		return false
	}
	return r >= 'À' && r <= 'ÿ' || r >= 'Ạ'
}

// isBlank covers the no-break, thin and ideographic blanks, line breaks, and the
// letters of other scripts that have no ink.
func isBlank(r rune) bool {
	if r < 0x80 {
		return r == ' ' || r >= '\t' && r <= '\r'
	}
	return unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp) || r == '\u0085' || r == '\u2800' || r == '\u3164'
}

// invisible covers zero-width characters, the soft hyphen, byte order marks,
// text direction marks, variation selectors and control characters.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == '\u034f' || unicode.Is(unicode.Variation_Selector, r)
}

// sameLetter replaces the letters that old code pages confuse with Đ and đ.
func sameLetter(r rune) rune {
	switch r {
	case 'Ð', 'Ɖ':
		return 'Đ'
	case 'ð', 'ɖ':
		return 'đ'
	}
	return r
}

// compose is NFC, also where a tone was typed before the circumflex or breve
// (e + acute + circumflex): NFC alone keeps that order and the letter stays in
// pieces. A tone that was typed twice stands once.
func compose(s string) string {
	s = norm.NFC.String(s)
	if !strings.ContainsAny(s, "\u0302\u0306\u0300\u0301\u0303\u0309\u0323") {
		return s
	}
	runes := []rune(norm.NFD.String(s))
	for i := 1; i < len(runes); i++ {
		for j := i; j > 0 && isShape(runes[j]) && isTone(runes[j-1]); j-- {
			runes[j], runes[j-1] = runes[j-1], runes[j]
		}
	}
	return norm.NFC.String(onceToned(string(runes)))
}

// onceToned drops a tone mark that stands beside the same one, which nobody can
// see. s is decomposed.
func onceToned(s string) string {
	var before rune
	return strings.Map(func(r rune) rune {
		if r == before && (isTone(r) || r == '\u0323') {
			return -1
		}
		before = r
		return r
	}, s)
}

// isShape reports a combining circumflex or breve, which make another letter.
func isShape(r rune) bool { return r == '\u0302' || r == '\u0306' }

// isTone reports a combining tone mark: grave, acute, tilde, hook above. The
// dot below sorts before shapes by itself.
func isTone(r rune) bool {
	return r == '\u0300' || r == '\u0301' || r == '\u0303' || r == '\u0309'
}

// foreign holds the Cyrillic and Greek letters that look exactly like the
// Latin letter at the same place of latin.
const (
	foreign = "АВЕЅІЈКМНОРСТУХаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
	latin   = "ABESIJKMHOPCTYXaeopcyxijshdqwABEZHIKMNOPTYXo"
)

// latinWords replaces Cyrillic and Greek look-alikes in words that hold no
// other Cyrillic or Greek letter: a word of such letters alone is a typing
// slip too, real Russian or Greek has letters of its own.
func latinWords(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		if end < 0 {
			end = len(s)
		}
		b.WriteString(latinWord(s[:end]))
		_, size := utf8.DecodeRuneInString(s[end:])
		b.WriteString(s[end : end+size])
		s = s[end+size:]
	}
	return b.String()
}

func latinWord(w string) string {
	genuine := strings.ContainsFunc(w, func(r rune) bool { return isForeign(r) && unicode.IsLetter(r) && !strings.ContainsRune(foreign, r) })
	if genuine {
		return w
	}
	letters := []rune(latin)
	return strings.Map(func(r rune) rune {
		for i, f := range []rune(foreign) {
			if f == r {
				return letters[i]
			}
		}
		return r
	}, w)
}

func isForeign(r rune) bool { return unicode.In(r, unicode.Cyrillic, unicode.Greek) }
