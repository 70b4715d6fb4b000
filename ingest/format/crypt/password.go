package crypt

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
)

// excelsOwn is the password with which Excel encrypts a workbook that is only
// protected against changes. Every program knows it and opens such files
// without asking.
const excelsOwn = "VelvetSweatshop"

const (
	passwordsMax = 20        // are tried, in all their spellings
	roundsMax    = 1_000_000 // that one password may take; Excel takes 100,000
	roundsSum    = 7_000_000 // that all may take together: some seconds, and enough for 20 of Excel's
)

// unlock tries Excel's own password, then the given ones, for as many rounds of
// hashing as are left for the file. asked is true if it took a given one.
func unlock(s scheme, passwords []string, left int) (key []byte, asked bool, err error) {
	try := func(password string) ([]byte, bool) {
		left -= s.rounds()
		return s.key(utf16le(password))
	}
	if s.rounds() > roundsMax {
		return nil, false, refuse(kindRounds, nil, "rounds", strconv.Itoa(s.rounds()))
	}
	if key, ok := try(excelsOwn); ok {
		return key, false, nil
	}
	given := distinct(passwords)
	if len(given) == 0 {
		return nil, false, tonghop.Fail("file.encrypted", nil)
	}
	for _, p := range spellings(given[:min(len(given), passwordsMax)]) {
		if s.rounds() > left {
			return nil, false, refuse(kindRounds, nil, "rounds", strconv.Itoa(s.rounds()))
		}
		if key, ok := try(p); ok {
			return key, true, nil
		}
	}
	if len(given) > passwordsMax {
		return nil, false, tonghop.Fail("file.password", nil, "tried", strconv.Itoa(passwordsMax), "given", strconv.Itoa(len(given)))
	}
	return nil, false, tonghop.Fail("file.password", nil)
}

// distinct gives the passwords that are not empty, each once.
func distinct(passwords []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, p := range passwords {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

// spellings gives each password as it stands, then those with accents in the
// other ways in which keyboards compose them. The program that encrypts takes
// the characters as they were typed, so "ế" may have been one, two or three.
func spellings(passwords []string) []string {
	out := passwords
	for _, p := range passwords {
		out = append(out, norm.NFC.String(p), tonesApart(p), norm.NFD.String(p))
	}
	return distinct(out)
}

// tones are the five marks of tone that the Vietnamese keyboard of Windows
// types behind the vowel.
const tones = "\u0300\u0301\u0303\u0309\u0323"

// tonesApart composes every vowel but leaves its tone a character of its own,
// as that keyboard does: "ế" is ê and the acute.
func tonesApart(s string) string {
	var out strings.Builder
	for _, r := range norm.NFC.String(s) {
		base, tone := "", ""
		for _, d := range norm.NFD.String(string(r)) {
			if strings.ContainsRune(tones, d) {
				tone += string(d)
			} else {
				base += string(d)
			}
		}
		out.WriteString(norm.NFC.String(base) + tone)
	}
	return out.String()
}

// utf16le is the form in which passwords are hashed.
func utf16le(s string) []byte {
	var b []byte
	for _, c := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, c)
	}
	return b
}
