package xmlscan

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// declarationMax is how far into a part its XML declaration may reach.
const declarationMax = 512

// pages are the encodings of one byte a character that a declaration may name.
// The table never changes.
var pages = map[string]*charmap.Charmap{
	"iso-8859-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2,
	"iso-8859-15": charmap.ISO8859_15, "windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251,
	"windows-1252": charmap.Windows1252, "windows-1258": charmap.Windows1258,
}

// detectEncoding looks at the first bytes: UTF-8 with or without a mark,
// UTF-16 of either order, or an encoding that the declaration names. All but
// UTF-8 is decoded on the way.
func (s *Scanner) detectEncoding() {
	for s.have < 4 && !s.eof && s.read() {
	}
	s.checkUTF8()
	b := s.buf[s.r:s.have]
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		s.r += 3
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{'<', 0, '?', 0}):
		s.recode(pairs(binary.LittleEndian))
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}), bytes.HasPrefix(b, []byte{0, '<', 0, '?'}):
		s.recode(pairs(binary.BigEndian))
	case bytes.HasPrefix(b, []byte("<?xm")):
		if page := pages[s.declared()]; page != nil {
			s.recode(single(page))
		}
	}
}

// declared is the encoding that the declaration at the start of the part
// names, in lower case; "" if it names none.
func (s *Scanner) declared() string {
	for {
		b := s.buf[s.r:s.have]
		if end := bytes.Index(b, []byte("?>")); end >= 0 {
			name, _ := encodingName(b[:end])
			return name
		}
		if len(b) > declarationMax || !s.fill() {
			return ""
		}
	}
}

// recode reads the part through a decoder, from its first byte on.
func (s *Scanner) recode(next decoder) {
	head := strings.NewReader(string(s.buf[s.r:s.have]))
	// The window was taken for UTF-8 in vain; an error of the source stays.
	if _, plain := s.Err.(*textError); plain {
		s.Err = nil
	}
	s.src = &recoder{src: io.MultiReader(head, s.src), next: next, in: make([]byte, 0, 4<<10)}
	s.r, s.w, s.have, s.eof, s.recoded = 0, 0, 0, false, true
}

// checkDeclared refuses a declaration that names an encoding which is neither
// in use nor known. That a part in Unicode calls itself another form of
// Unicode is of no consequence: its bytes have shown which one it is.
func (s *Scanner) checkDeclared(decl []byte) {
	name, ok := encodingName(decl)
	switch {
	case !ok:
		s.failf("bad XML declaration")
	case name == "", name == "utf-8", name == "utf8", name == "us-ascii", strings.HasPrefix(name, "utf-16"):
	case !s.recoded || pages[name] == nil:
		s.failf("encoding %q", name)
	}
}

// encodingName finds the name of the encoding in a declaration, in lower case.
func encodingName(decl []byte) (name string, ok bool) {
	_, rest, found := bytes.Cut(decl, []byte("encoding"))
	if !found {
		return "", true
	}
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if len(rest) < 2 {
		return "", false
	}
	value, _, ok := bytes.Cut(rest[1:], rest[:1])
	return strings.ToLower(string(bytes.TrimSpace(value))), ok
}

// decoder appends the first character of b in UTF-8 and tells how many bytes
// it took; 0 if it wants more of them.
type decoder func(dst, b []byte) ([]byte, int, error)

// single decodes one byte a character.
func single(page *charmap.Charmap) decoder {
	return func(dst, b []byte) ([]byte, int, error) {
		r := page.DecodeByte(b[0])
		// Programs do not agree on the places that a page leaves free.
		if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
			return dst, 0, fmt.Errorf("byte %#x is not in the declared encoding", b[0])
		}
		return utf8.AppendRune(dst, r), 1, nil
	}
}

// pairs decodes UTF-16. Half a pair of surrogates is an error.
func pairs(order binary.ByteOrder) decoder {
	begun := false
	return func(dst, b []byte) ([]byte, int, error) {
		if len(b) < 2 {
			return dst, 0, nil
		}
		r, first := rune(order.Uint16(b)), !begun
		begun = true
		switch {
		case first && r == 0xfeff:
			return dst, 2, nil
		case !utf16.IsSurrogate(r):
			return utf8.AppendRune(dst, r), 2, nil
		case len(b) < 4:
			return dst, 0, nil
		}
		if r = utf16.DecodeRune(r, rune(order.Uint16(b[2:]))); r == utf8.RuneError {
			return dst, 0, errSurrogate
		}
		return utf8.AppendRune(dst, r), 4, nil
	}
}

var errSurrogate = errors.New("text is not UTF-16")

// recoder is a stream in UTF-8 of one that is encoded otherwise.
type recoder struct {
	src  io.Reader
	next decoder
	in   []byte // read but not decoded
	out  []byte // decoded but not handed out
	err  error  // of src, once in is used up
}

// Read implements io.Reader.
func (r *recoder) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if err := r.decode(); err != nil {
			r.err = err
		}
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// decode turns what src gives next into r.out.
func (r *recoder) decode() error {
	n, srcErr := r.src.Read(r.in[len(r.in):cap(r.in)])
	r.in = r.in[:len(r.in)+n]
	r.out = r.out[:0]
	at := 0
	for at < len(r.in) {
		var err error
		if r.out, n, err = r.next(r.out, r.in[at:]); err != nil {
			return err
		}
		if n == 0 {
			break
		}
		at += n
	}
	r.in = r.in[:copy(r.in, r.in[at:])]
	if srcErr == io.EOF && len(r.in) > 0 {
		return errSurrogate // a character cut in two
	}
	return srcErr
}
