// Package charsettest writes texts as files of old encodings hold them, for tests
// of reading them. It never reads one.
package charsettest

import (
	"strings"
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
