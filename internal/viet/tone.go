package viet

import (
	"strings"
	"unicode"
)

// toned lists a vowel without a tone and with each of the five tones, always
// in the same order: none, grave, acute, hook, tilde, dot.
type toned string

// The vowels whose tone has two customary places, and i for y/i pairs.
const (
	tonedA toned = "aàáảãạ"
	tonedE toned = "eèéẻẽẹ"
	tonedI toned = "iìíỉĩị"
	tonedO toned = "oòóỏõọ"
	tonedU toned = "uùúủũụ"
	tonedY toned = "yỳýỷỹỵ"
)

// tone is the place of r in the list: 0 without a tone, -1 if r is another
// letter.
func (t toned) tone(r rune) int {
	i := 0
	for _, c := range t {
		if c == r {
			return i
		}
		i++
	}
	return -1
}

// with is the vowel with the tone.
func (t toned) with(tone int) rune { return []rune(string(t))[tone] }

// placeTones moves the tone of oa, oe and uy to its classic place: on the
// first vowel at the end of a syllable (hòa, khỏe, thúy), on the second before
// another letter (toán, hoàn, huỳnh) and after q (quý). s is lower case, NFC.
func placeTones(s string) string {
	if !hasPair(s) {
		return s
	}
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i++ {
		first, second := tonedO, tonedA
		switch {
		case tonedU.tone(runes[i]) >= 0:
			first, second = tonedU, tonedY
		case tonedE.tone(runes[i+1]) >= 0:
			second = tonedE
		}
		a, b := first.tone(runes[i]), second.tone(runes[i+1])
		if a < 0 || b < 0 || (a == 0) == (b == 0) {
			continue // another pair, no tone, or two tones: not ours to mend
		}
		if i+2 < len(runes) && unicode.IsMark(runes[i+2]) {
			continue // a letter of another language, or a slip: left alone
		}
		open := i+2 == len(runes) || !unicode.IsLetter(runes[i+2])
		afterQ := first == tonedU && i > 0 && runes[i-1] == 'q'
		if open && !afterQ {
			runes[i], runes[i+1] = first.with(a+b), second.with(0)
		} else {
			runes[i], runes[i+1] = first.with(0), second.with(a+b)
		}
	}
	return string(runes)
}

// hasPair reports whether any oa, oe or uy stands in s with a tone, which
// spares most names the work.
func hasPair(s string) bool {
	before := rune(0)
	for _, r := range s {
		if (before >= 0x80 || r >= 0x80) && strings.ContainsRune(string(tonedA+tonedE+tonedY), r) &&
			strings.ContainsRune(string(tonedO+tonedU), before) {
			return true
		}
		before = r
	}
	return false
}

// isASCII spares texts without a single accent the work.
func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// finalI writes a word-final y as i after h, k, l, m, s, t and qu, tone kept.
func finalI(s string) string {
	if !strings.ContainsAny(s, string(tonedY)) {
		return s
	}
	runes := []rune(s)
	for i := 1; i < len(runes); i++ {
		tone := tonedY.tone(runes[i])
		if tone < 0 || i+1 < len(runes) && unicode.In(runes[i+1], unicode.Letter, unicode.Mark) {
			continue
		}
		switch runes[i-1] {
		case 'h', 'k', 'l', 'm', 's', 't':
			runes[i] = tonedI.with(tone)
		case 'u':
			if i > 1 && runes[i-2] == 'q' {
				runes[i] = tonedI.with(tone)
			}
		}
	}
	return string(runes)
}
