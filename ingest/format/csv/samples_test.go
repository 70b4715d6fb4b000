package csv_test

import (
	"bytes"
	"encoding/binary"
	stdcsv "encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
	"github.com/tonghop/tonghop/ingest/format/csv"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// saved is one way in which a program may save a sheet as text.
type saved struct {
	name   string
	comma  rune
	encode func(string) string
	want   csv.Choice
}

// bytesOf reverses an encoding; what it cannot hold becomes a question mark.
func bytesOf(letters map[string]string) func(string) string {
	return func(text string) string {
		var b strings.Builder
		for _, r := range text {
			if s, ok := letters[string(r)]; ok {
				b.WriteString(s)
			} else {
				b.WriteByte('?')
			}
		}
		return b.String()
	}
}

// fontLetters lists the letters of a font's encoding with their bytes.
func fontLetters(font string) map[string]string {
	letters := map[string]string{}
	add := func(bytes ...byte) {
		western := ""
		for _, c := range bytes {
			western += string(charmap.Windows1252.DecodeByte(c))
		}
		letter := charset.Unicode(font, western)
		if _, ok := letters[letter]; !ok && len([]rune(letter)) == 1 {
			letters[letter] = string(bytes)
		}
	}
	for _, base := range []byte("aeouyAEOUY\xf4\xf6\xd4\xd6") {
		for c := 0xc0; c < 0x100; c++ {
			add(base, byte(c))
		}
	}
	for c := range 256 {
		add(byte(c))
	}
	return letters
}

// windows1258 lists the letters with their bytes: a tone stands behind its
// letter.
func windows1258() map[string]string {
	letters := map[string]string{}
	for base := range 256 {
		for tone := range 256 {
			both := string(charmap.Windows1258.DecodeByte(byte(base)))
			bytes := string([]byte{byte(base)})
			if t := charmap.Windows1258.DecodeByte(byte(tone)); unicode.IsMark(t) {
				both, bytes = norm.NFC.String(both+string(t)), string([]byte{byte(base), byte(tone)})
			}
			if _, ok := letters[both]; !ok {
				letters[both] = bytes
			}
		}
	}
	return letters
}

func units(order binary.AppendByteOrder, mark string) func(string) string {
	return func(text string) string {
		b := []byte(mark)
		for _, u := range utf16.Encode([]rune(text)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
}

func ways() []saved {
	utf := func(name string) csv.Choice {
		return csv.Choice{Encoding: name, EncodingSure: true, SeparatorSure: true}
	}
	old := func(name, font string) csv.Choice {
		c := utf(name)
		c.Font = font
		return c
	}
	same := func(s string) string { return s }
	return []saved{
		{"semicolons", ';', same, utf(charset.UTF8)},
		{"commas", ',', same, utf(charset.UTF8)},
		{"mark", ';', func(s string) string { return "\ufeff" + s }, utf(charset.UTF8)},
		{"Unicode text of Excel", '\t', units(binary.LittleEndian, "\xff\xfe"), utf(charset.UTF16LE)},
		{"UTF-16", ';', units(binary.LittleEndian, ""), utf(charset.UTF16LE)},
		{"UTF-16 the other way", ',', units(binary.BigEndian, ""), utf(charset.UTF16BE)},
		{"Windows-1258", ';', bytesOf(windows1258()), utf(charset.Windows1258)},
		{"TCVN3", ';', bytesOf(fontLetters(charset.FontTCVN3)), old(charset.TCVN3, charset.FontTCVN3)},
		{"VNI", '\t', bytesOf(fontLetters(charset.FontVNI)), old(charset.VNI, charset.FontVNI)},
	}
}

// The nine samples saved as text in every way read as the workbooks do.
func TestSamples(t *testing.T) {
	names, err := filepath.Glob("../../../cmd/tonghop/samples/*.xlsx")
	if err != nil || len(names) != 9 {
		t.Fatal(names, err)
	}
	for _, way := range ways() {
		t.Run(way.name, func(t *testing.T) {
			for _, name := range names {
				checkSample(t, name, way)
			}
		})
	}
}

func checkSample(t *testing.T, name string, way saved) {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Load(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	sheet := slices.MaxFunc(book.Sheets, func(a, b tonghop.Sheet) int { return len(a.Lines) - len(b.Lines) })
	rows, want := saveAs(&sheet, func(s string) string {
		s = norm.NFC.String(s)
		if way.want.Encoding == charset.TCVN3 {
			s = smallToned(s)
		}
		if raw := way.encode("Ạ"); raw == "?" || way.want.Font != "" || way.want.Encoding == charset.Windows1258 {
			s = strings.Map(func(r rune) rune { // the encoding has no other signs
				if way.encode(string(r)) == "?" {
					return '?'
				}
				return r
			}, s)
		}
		return s
	})
	var b strings.Builder
	w := stdcsv.NewWriter(&b)
	w.Comma, w.UseCRLF = way.comma, true
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	got, choice, err := read(way.encode(b.String()))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	way.want.Separator = byte(way.comma)
	if diff := cmp.Diff(way.want, choice); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
	if diff := cmp.Diff(oneCase(way.want.Encoding, want), oneCase(way.want.Encoding, texts(&got.Sheets[0]))); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

// oneCase writes texts of TCVN3 small: words of capitals are read as such, where
// the file has small letters among them.
func oneCase(encoding string, texts map[string]string) map[string]string {
	if encoding == charset.TCVN3 {
		for at, text := range texts {
			texts[at] = strings.ToLower(text)
		}
	}
	return texts
}

// smallToned writes toned capitals small, which TCVN3 has no capitals of.
func smallToned(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x80 && !strings.ContainsRune("ĂÂÊÔƠƯĐ", r) {
			return unicode.ToLower(r)
		}
		return r
	}, s)
}

// saveAs gives the rows of a sheet as text and, by address, what is to be read
// of them.
func saveAs(s *tonghop.Sheet, change func(string) string) ([][]string, map[string]string) {
	width, height := 0, 0
	for _, l := range s.Lines {
		width, height = max(width, l.Cells[len(l.Cells)-1].Col), l.Row
	}
	rows := make([][]string, height)
	for i := range rows {
		rows[i] = make([]string, width)
	}
	want := map[string]string{}
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			if text := change(c.Shown); strings.TrimSpace(text) != "" {
				rows[c.Row-1][c.Col-1] = text
				want[tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()] = text
			}
		}
	}
	return rows, want
}

// texts gives what a person reads in each cell.
func texts(s *tonghop.Sheet) map[string]string {
	m := map[string]string{}
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			m[tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()] = charset.Unicode(c.Style.Font, c.Shown)
		}
	}
	return m
}
