package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the key under which spellings of one name or label meet exactly:
// cleaned, lower case, one place for the tone in oa, oe and uy (hòa = hoà),
// one form of each dash, apostrophe and quotation mark, no blanks around
// hyphens and apostrophes, full-width characters as ordinary ones. Accents
// stay: Nậm Cha and Nậm Chà remain two communes.
func Fold(s string) string {
	s = Clean(s)
	if same := unifyMarks(s); same != s {
		s = Clean(same) // an apostrophe or a full-width letter made ordinary ends or joins words
	}
	s = strings.ToLower(s)
	if !tidy(s) {
		s = compose(s)
	}
	return placeTones(tightenMarks(s))
}

// FoldIY is a second-chance key: [Fold], and a final y written i after
// h, k, l, m, s, t and qu (Sỹ = Sĩ, Quy = Qui). Two distinct names could meet
// under it, so use it only among few candidates and only if one answers.
func FoldIY(s string) string { return finalI(Fold(s)) }

// Plain is [Fold] without accents, đ as d: what remains when a clerk types
// without marks. It merges names that differ by tone only, so use it inside
// one district and only if one answers.
func Plain(s string) string { return plain(Fold(s)) }

// Keys gives [Fold], [FoldIY] and [Plain] of a text at the price of little more
// than the first: a register has tens of thousands of names.
func Keys(s string) (fold, iy, flat string) {
	fold = Fold(s)
	return fold, finalI(fold), plain(fold)
}

// plain takes the accents off a folded text.
func plain(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case r == 'đ':
			b.WriteByte('d')
		case !unicode.IsMark(r):
			b.WriteRune(bare(s[i:], r))
		}
	}
	s = b.String()
	return tightenMarks(Clean(s)) // a mark that stood alone leaves blanks behind
}

// bare is r, the first character of s, without its accents.
func bare(s string, r rune) rune {
	if d := norm.NFD.PropertiesString(s).Decomposition(); d != nil {
		r, _ = utf8.DecodeRune(d)
	}
	return r
}

// Key is the letters and digits of [Plain], words apart by one blank: the key
// of labels, where punctuation carries no meaning ("Tỷ lệ (%)" is "ty le").
func Key(s string) string {
	words := strings.FieldsFunc(Plain(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, " ")
}

// unifyMarks gives each dash, apostrophe, quotation mark, superscript and
// full-width character its ordinary form.
func unifyMarks(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '…' || unifyMark(r) != r }) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r == '…' {
			b.WriteString("...")
			continue
		}
		b.WriteRune(unifyMark(r))
	}
	return b.String()
}

func unifyMark(r rune) rune {
	if r < 0x80 && r != '`' {
		return r
	}
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣':
		return '-'
	case '’', '‘', '‛', 'ʼ', 'ʹ', '′', '`', '´':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '²':
		return '2'
	case '³':
		return '3'
	}
	if r >= '！' && r <= '～' {
		return unifyMark(r - '！' + '!')
	}
	return r
}

// tightenMarks removes the blanks beside hyphens and apostrophes:
// "Ia H' Drai" is "Ia H'Drai", "2021 - 2025" is "2021-2025".
func tightenMarks(s string) string {
	if !strings.ContainsAny(s, "-'") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' && (tight(s, i-1) || tight(s, i+1)) {
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func tight(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] == '-' || s[i] == '\'')
}
