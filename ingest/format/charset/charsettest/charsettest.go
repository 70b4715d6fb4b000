// Package charsettest writes texts as files of old encodings hold them, for tests
// of reading them. It never reads one.
package charsettest

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Western is how the bytes of a text read as Western characters: by Windows-1252,
// and as controls where that has none.
func Western(raw string) string {
	var b strings.Builder
	for i := range len(raw) {
		if r := charmap.Windows1252.DecodeByte(raw[i]); r != utf8.RuneError {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(raw[i]))
		}
	}
	return b.String()
}

// Twice is Unicode text after a conversion from TCVN3 that it did not need: the
// Vietnamese letters that stand among the Western ones become what TCVN3 has
// there. tcvn3 reads a Western character.
func Twice(text string, tcvn3 func(string) string) string {
	return strings.Map(func(r rune) rune {
		if r < 0xc0 || r > 0xff || !strings.ContainsRune("ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý", r) {
			return r
		}
		read, _ := utf8.DecodeRuneInString(tcvn3(string(r)))
		return read
	}, norm.NFC.String(text))
}

// Encoder writes texts in an encoding: what stands for each letter is found by
// reading every character, and every pair of one behind a vowel. Capitals that
// the encoding does not have are written as small letters.
func Encoder(read func(string) string) func(string) string {
	stands := map[string]string{}
	for b := 0x80; b < 0x100; b++ {
		one := Western(string([]byte{byte(b)}))
		if letter := read(one); letter != one || stands[letter] == "" {
			stands[letter] = one
		}
		for _, vowel := range "aeiouyAEIOUY" + Western("\xf4\xf6\xd4\xd6") {
			pair := string(vowel) + one
			if letter := read(pair); utf8.RuneCountInString(letter) == 1 {
				stands[letter] = pair
			}
		}
	}
	return func(text string) string {
		var b strings.Builder
		for _, r := range norm.NFC.String(text) {
			s := stands[string(r)]
			if s == "" {
				s = stands[strings.ToLower(string(r))]
			}
			if s == "" {
				s = string(r)
			}
			b.WriteString(s)
		}
		return b.String()
	}
}

// Bytes are the bytes that read as the text's Western characters.
func Bytes(western string) []byte {
	raw := make([]byte, 0, len(western))
	for _, r := range western {
		if c, ok := charmap.Windows1252.EncodeRune(r); ok {
			raw = append(raw, c)
		} else {
			raw = append(raw, byte(r))
		}
	}
	return raw
}

// Names are the names of all units of the register in a file, each once.
func Names(t testing.TB, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 11_366 {
		t.Fatalf("%d units, %v", len(rows), err)
	}
	var names []string
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if name := row[1]; !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
