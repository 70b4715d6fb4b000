package xls

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// pieces reads what may go on in CONTINUE records.
type pieces struct {
	rec *records
	b   []byte   // not yet read of the current record
	u   []uint16 // to use again
}

// more goes on in the next CONTINUE record.
func (p *pieces) more() error {
	if p.rec.peek() != recContinue {
		return errCut
	}
	if err := p.rec.read(); err != nil {
		return err
	}
	p.b = p.rec.data
	return nil
}

// number reads a number of n bytes.
func (p *pieces) number(n int) (v uint32, err error) {
	for i := range n {
		for len(p.b) == 0 {
			if err := p.more(); err != nil {
				return 0, err
			}
		}
		v |= uint32(p.b[0]) << (8 * i)
		p.b = p.b[1:]
	}
	return v, nil
}

func (p *pieces) skip(n int64) error {
	for n > int64(len(p.b)) {
		n -= int64(len(p.b))
		if err := p.more(); err != nil {
			return err
		}
	}
	p.b = p.b[n:]
	return nil
}

// The flags before the characters of a text.
const (
	flagWide     = 1 // two bytes a character
	flagPhonetic = 4
	flagRich     = 8
)

// text reads a Unicode text with a count of so many bytes before it. Fonts of
// its parts and phonetic helps are passed over.
func (p *pieces) text(countBytes int) (string, error) {
	s, _, err := p.richText(countBytes)
	return s, err
}

// richText reads a text with the fonts of its parts.
func (p *pieces) richText(countBytes int) (string, []fontRun, error) {
	count, err := p.number(countBytes)
	if err != nil {
		return "", nil, err
	}
	if count == 0 && len(p.b) == 0 && p.rec.peek() != recContinue {
		return "", nil, nil // some writers leave out the flags of an empty text
	}
	flags, err := p.number(1)
	if err != nil {
		return "", nil, err
	}
	if flags&^(flagWide|flagPhonetic|flagRich) != 0 {
		return "", nil, fmt.Errorf("text with flags %#02x", flags)
	}
	var fonts, phonetic uint32
	if flags&flagRich != 0 {
		if fonts, err = p.number(2); err != nil {
			return "", nil, err
		}
	}
	if flags&flagPhonetic != 0 {
		if phonetic, err = p.number(4); err != nil {
			return "", nil, err
		}
	}
	s, err := p.chars(int(count), flags&flagWide != 0)
	if err != nil {
		return "", nil, err
	}
	runs, err := p.readRuns(int(fonts))
	if err != nil {
		return "", nil, err
	}
	if len(runs) > 0 && units(s) != int(count) {
		runs = nil // tidied, so the places are no longer those of the file
	}
	return s, runs, p.skip(int64(phonetic))
}

// chars reads n characters. Each CONTINUE record among them starts by saying
// anew how wide they are.
func (p *pieces) chars(n int, wide bool) (string, error) {
	if !wide && n <= len(p.b) && isASCII(p.b[:n]) {
		s := string(p.b[:n])
		p.b = p.b[n:]
		return tidy(s), nil
	}
	p.u = p.u[:0]
	for {
		step := 1
		if wide {
			step = 2
		}
		k := min(n-len(p.u), len(p.b)/step)
		for i := range k {
			if wide {
				p.u = append(p.u, le.Uint16(p.b[2*i:]))
			} else {
				p.u = append(p.u, uint16(p.b[i]))
			}
		}
		p.b = p.b[k*step:]
		if len(p.u) == n {
			return tidy(string(utf16.Decode(p.u))), nil
		}
		if len(p.b) > 0 {
			return "", errors.New("text is cut within a character")
		}
		if err := p.more(); err != nil {
			return "", err
		}
		if len(p.b) == 0 {
			return "", errCut
		}
		wide = p.b[0]&flagWide != 0
		p.b = p.b[1:]
	}
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// tidy makes all line ends "\n", as in other formats, and takes out the NULs
// with which some writers fill up a text; one in the middle shows as a
// character that could not be read.
func tidy(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(strings.TrimRight(s, "\x00"), "\x00", "\ufffd")
	}
	return s
}

// charset turns the bytes of Excel 95 into text; nil for ASCII and for code
// pages that are not known, of which only ASCII is read.
type charset = *charmap.Charmap

// charsetOf knows the code pages by number.
func charsetOf(page int) charset {
	switch page {
	case 1252, 32769, 0:
		return charmap.Windows1252
	case 10000, 32768:
		return charmap.Macintosh
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 866:
		return charmap.CodePage866
	case 874:
		return charmap.Windows874
	case 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258:
		return [...]charset{
			charmap.Windows1250, charmap.Windows1251, nil, charmap.Windows1253, charmap.Windows1254,
			charmap.Windows1255, charmap.Windows1256, charmap.Windows1257, charmap.Windows1258,
		}[page-1250]
	}
	return nil
}

// fontPage is the code page of a font's script, 0 for that of the workbook.
func fontPage(script byte) int {
	switch script {
	case 77:
		return 10000
	case 161, 162, 163:
		return [...]int{1253, 1254, 1258}[script-161]
	case 177, 178:
		return [...]int{1255, 1256}[script-177]
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	}
	return 0
}

// decode reads the bytes of Excel 95.
func decode(b []byte, c charset) (string, error) {
	if isASCII(b) {
		return tidy(string(b)), nil
	}
	if c == nil {
		return "", errors.New("text in a code page that is not known")
	}
	s, err := c.NewDecoder().Bytes(b)
	return tidy(string(s)), err
}
