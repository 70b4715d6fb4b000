package format

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
	"github.com/tonghop/tonghop/ingest/format/charset/charsettest"
)

// The names of the register, a third for each encoding, are read from a text file
// in it, and in the fonts of a workbook, up to the case of capitals that it lacks.
func TestEveryNameInOldLetters(t *testing.T) {
	all := charsettest.Names(t, "../../templates/units/units.csv")
	for k, font := range []string{charset.FontTCVN3, charset.FontVNI, charset.FontVPS, charset.FontVISCII} {
		encode := charsettest.Encoder(func(s string) string { return charset.Unicode(font, s) })
		names := all[k*len(all)/6 : k*len(all)/6+len(all)/3]
		var file strings.Builder
		var pairs []string
		for _, name := range names {
			file.WriteString(encode(name) + ";1\r\n")
			pairs = append(pairs, font, encode(name))
		}
		raw := charsettest.Bytes(file.String())
		typed, err := Open(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", font, err)
		}
		styled := oneColumn(pairs...)
		legible(styled)
		for _, book := range []*tonghop.Book{typed, styled} {
			for i, name := range names {
				if c := book.Sheets[0].Cell(i+1, 1); c == nil || !strings.EqualFold(strings.ReplaceAll(c.Stored, "Ð", "Đ"), strings.ReplaceAll(name, "Ð", "Đ")) {
					t.Errorf("%s, row %d: %+v, want %q", font, i+1, c, name)
				}
			}
		}
	}
}
