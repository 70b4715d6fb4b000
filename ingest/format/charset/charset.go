// Package charset turns the bytes of a text file into text when nothing in the
// file, or nothing that can be trusted, says how it was encoded.
//
// It knows UTF-8, UTF-16, Windows-1258, Windows-1252 and the 8-bit encodings
// that Vietnamese fonts stand for, TCVN3 (ABC), VNI-Windows, VPS and VISCII. What
// is valid UTF-8 is UTF-8; of the others it takes the one under which the most
// words become Vietnamese syllables, and says whether that was clear.
//
// Text in a font's encoding stays as a spreadsheet would hold it: one Western
// character a byte, with the font that makes Vietnamese of it beside it. It
// never looks for tables, never asks for a file's name, and keeps nothing
// between calls.
//
// Start reading at [Decode], then evidence.go.
package charset

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/tonghop/tonghop"
)

// Names of the encodings, as [Text] gives them.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1258 = "windows-1258"
	Windows1252 = "windows-1252"
	TCVN3       = "tcvn3"
	VNI         = "vni"
	VPS         = "vps"
	VISCII      = "viscii"
)

// The fonts that stand for the 8-bit Vietnamese encodings, as clerks' machines
// name the commonest of each family.
const (
	FontTCVN3  = ".VnTime"
	FontVNI    = "VNI-Times"
	FontVPS    = "VPS Times"
	FontVISCII = "VISCII"
)

// Text is the content of a file, and on what ground it was read so.
type Text struct {
	Text     string // without byte order mark and NUL characters
	Encoding string // one of the names above, or the declared one
	Font     string // font that the text needs to be read; "" for Unicode text
	Sure     bool   // no other encoding reads as well and differently
	Second   string // the runner-up, if not sure
	Lost     int    // characters that could not be read and became U+FFFD
}

// Taken is the choice of the encoding as a book notes it; nothing where the
// bytes prove what they are and every character could be read.
func (t Text) Taken() []tonghop.Taken {
	if t.Lost == 0 && (t.Encoding == UTF8 || t.Encoding == UTF16LE || t.Encoding == UTF16BE) {
		return nil
	}
	return []tonghop.Taken{{What: tonghop.TakenEncoding, As: t.Encoding, Second: t.Second, Sure: t.Sure, Lost: t.Lost}}
}

const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
)

// Decode reads raw. It fails with file.unknown for bytes that are no text, and
// with file.damaged for a text that is cut off inside a character.
func Decode(raw string) (Text, error) {
	t, err := unicodeText(raw)
	if err != nil {
		return Text{}, err
	}
	if t.Encoding == "" {
		if binaryText(raw) {
			return Text{}, tonghop.Fail("file.unknown", errors.New("no text"))
		}
		t = weigh(raw)
	}
	if strings.IndexByte(t.Text, 0) >= 0 {
		if len(t.Text)/50 < strings.Count(t.Text, "\x00") {
			return Text{}, tonghop.Fail("file.unknown", errors.New("many NUL characters"))
		}
		t.Text = strings.ReplaceAll(t.Text, "\x00", "")
	}
	return t, nil
}

// unicodeText reads what a byte order mark or the bytes themselves prove to be
// Unicode; Encoding is "" if nothing does.
func unicodeText(raw string) (Text, error) {
	switch {
	case strings.HasPrefix(raw, markUTF16LE):
		return utf16Text(raw[2:], UTF16LE, binary.LittleEndian)
	case strings.HasPrefix(raw, markUTF16BE):
		return utf16Text(raw[2:], UTF16BE, binary.BigEndian)
	case strings.HasPrefix(raw, markUTF8):
		return utf8Text(raw[3:], true)
	}
	if even, odd := zeros(raw); len(raw) >= 4 && even+odd > 0 {
		// Every ASCII character of UTF-16 has a zero on one side, and
		// half of what stands in a table is ASCII.
		units := min(len(raw), headBytes) / 2
		switch {
		case odd*4 >= units && even*10 <= odd:
			return utf16Text(raw, UTF16LE, binary.LittleEndian)
		case even*4 >= units && odd*10 <= even:
			return utf16Text(raw, UTF16BE, binary.BigEndian)
		}
	}
	return utf8Text(raw, false)
}

// headBytes is how much of a text is looked at where a look is enough.
const headBytes = 1 << 16

// zeros counts the zero bytes at even and odd places of the head.
func zeros(raw string) (even, odd int) {
	for i := 0; i < min(len(raw), headBytes); i++ {
		if raw[i] == 0 {
			even += 1 - i&1
			odd += i & 1
		}
	}
	return even, odd
}

func utf16Text(raw, name string, order binary.ByteOrder) (Text, error) {
	if len(raw)%2 != 0 {
		return Text{}, tonghop.Fail("file.damaged", errors.New("UTF-16 text of an odd number of bytes"))
	}
	t := Text{Encoding: name, Sure: true}
	var b strings.Builder
	b.Grow(len(raw)/2 + len(raw)/8)
	var pair [2]byte
	unit := func(i int) rune {
		pair[0], pair[1] = raw[i], raw[i+1]
		return rune(order.Uint16(pair[:]))
	}
	for i := 0; i < len(raw); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			both := utf8.RuneError
			if i+3 < len(raw) {
				both = utf16.DecodeRune(r, unit(i+2))
			}
			if both == utf8.RuneError {
				t.Lost++
			} else {
				i += 2
			}
			r = both
		}
		b.WriteRune(r)
	}
	t.Text = b.String()
	return t, nil
}

// utf8Text takes raw for UTF-8 if it is valid, or if it is marked so or mostly
// valid and few bytes of it are damaged; those become U+FFFD.
func utf8Text(raw string, marked bool) (Text, error) {
	if utf8.ValidString(raw) {
		return Text{Text: raw, Encoding: UTF8, Sure: true}, nil
	}
	good, bad := sequences(raw)
	if !marked && good <= 2*bad {
		return Text{}, nil
	}
	if cutInside(raw) {
		return Text{}, tonghop.Fail("file.damaged", errors.New("UTF-8 text ends inside a character"))
	}
	var b strings.Builder
	b.Grow(len(raw) + 2*bad)
	for _, r := range raw {
		b.WriteRune(r)
	}
	return Text{Text: b.String(), Encoding: UTF8, Sure: true, Lost: bad}, nil
}

// sequences counts valid characters of several bytes, and invalid bytes.
func sequences(raw string) (good, bad int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRuneInString(raw[i:])
		if n > 1 {
			good++
		} else {
			bad++
		}
		i += n
	}
	return good, bad
}

// cutInside reports whether the text ends with the beginning of a character.
func cutInside(raw string) bool {
	for n := 1; n < utf8.UTFMax && n <= len(raw); n++ {
		if tail := raw[len(raw)-n:]; utf8.RuneStart(tail[0]) {
			return tail[0] >= 0xc2 && !utf8.FullRuneInString(tail)
		}
	}
	return false
}

// binaryText reports bytes that no text file has in such number.
func binaryText(raw string) bool {
	n, control := min(len(raw), headBytes), 0
	for i := range n {
		if c := raw[i]; c < 0x20 && (c < '\t' || c > '\r') {
			control++
		}
	}
	return control > n/50
}
