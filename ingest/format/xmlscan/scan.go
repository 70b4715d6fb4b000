// Package xmlscan reads XML 1.0 strictly, one token at a time, from a window
// that slides over the input.
//
// It takes UTF-8, UTF-16 and the commonest declared encodings of one byte a
// character, knows no entities but the five of the standard, refuses document
// types with declarations of their own, undeclared prefixes, deep nesting and
// endless tags, and ends either with the input proven to its last byte or with
// an error. It knows nothing of spreadsheets: which namespaces matter is the
// caller's to say.
//
// Start reading at [Scanner.Next], then tag.go, text.go and encoding.go.
package xmlscan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Token is what a scanner stands on.
type Token uint8

// The tokens.
const (
	Broken Token = iota // see Scanner.Err
	Start               // start of an element
	End                 // end of the innermost open element
	Chars               // character data, decoded
	EOF                 // after the root element
)

const (
	windowSize = 32 << 10 // bytes read at once, at most
	tagMax     = 1 << 20  // longest tag, comment or instruction
	depthMax   = 256      // deepest nesting of elements
	attrsMax   = 128      // attributes of one tag
	entityMax  = 16       // longest reference, from & to ;
)

// ErrDTD is the error for a document type declaration.
var ErrDTD = errors.New("document type declaration")

var errEnd = errors.New("part ends inside its markup")

// Scanner reads one part. What it hands out (Local, Attrs, Text) points into
// the window and is valid until the next call. The first error stays. The zero
// value is ready for [Scanner.Reset].
type Scanner struct {
	// Namespaces tells the namespaces that matter; without it all are Other.
	Namespaces func(uri []byte) NS
	// Doctype allows a document type declaration that declares nothing
	// itself. It is skipped; what it refers to is never fetched.
	Doctype bool

	NS    NS     // of the element that just started
	Local []byte // its name without prefix
	Attrs []Attr // its attributes
	Text  []byte // the character data
	Err   error  // the first error

	src  io.Reader
	buf  []byte
	r, w int // unread bytes are buf[r:w], known to be UTF-8
	have int // buf[w:have] is the start of a character
	eof  bool

	recoded bool // the part is not in UTF-8 and decoded on the way

	empty   bool // the start tag was <a/>: its end is due
	rooted  bool // the root element was seen
	begun   bool // anything was seen
	stack   []frame
	names   []byte   // qualified names of the open elements, end to end
	binds   []bind   // namespace prefixes in force
	scratch []byte   // decoded text
	recent  [16]bind // prefixes looked up since binds changed
}

// frame is an open element.
type frame struct {
	name  int // start of its name in names
	binds int // prefixes in force around it
}

// Attr is an attribute of the current start tag.
type Attr struct {
	Name  []byte // as written
	colon int    // index of the colon in Name, -1 for none
	val   []byte // as written between the quotes
	plain bool   // val holds neither references nor line breaks
	NS    NS     // None without a prefix
}

// Local is the attribute's name without its prefix.
func (a *Attr) Local() []byte { return a.Name[a.colon+1:] }

// Reset prepares the scanner for a new part of so many bytes.
func (s *Scanner) Reset(src io.Reader, size int64) {
	buf := s.buf
	if want := int(min(size+1, windowSize)); len(buf) < want {
		// Steps of four, so that the parts of a workbook, mostly rising in
		// size, do not each take a window of their own.
		buf = make([]byte, min(max(4*want, 2<<10), windowSize))
	}
	*s = Scanner{
		Namespaces: s.Namespaces, Doctype: s.Doctype, Attrs: s.Attrs[:0],
		src: src, buf: buf, stack: s.stack[:0],
		names: s.names[:0], binds: append(s.binds[:0], bind{"xml", XML}), scratch: s.scratch[:0],
	}
	s.detectEncoding()
}

// fail keeps the first error.
func (s *Scanner) fail(err error) Token {
	if s.Err == nil {
		s.Err = err
	}
	return Broken
}

func (s *Scanner) failf(format string, args ...any) Token {
	return s.fail(fmt.Errorf(format, args...))
}

// Next moves to the next Token.
func (s *Scanner) Next() Token {
	if s.empty {
		s.empty = false
		s.pop()
		return End
	}
	for {
		if s.Err != nil {
			return Broken
		}
		if s.r == s.w && !s.fill() {
			return s.atEnd()
		}
		if s.buf[s.r] != '<' {
			if t := s.textToken(); t != Chars || len(s.stack) > 0 {
				return t
			}
			continue
		}
		if !s.need(2) {
			return s.fail(errEnd)
		}
		switch s.buf[s.r+1] {
		case '/':
			return s.endTag()
		case '?':
			s.instruction()
		case '!':
			if s.need(9) && string(s.buf[s.r+2:s.r+9]) == "[CDATA[" {
				return s.cdata()
			}
			s.declaration()
		default:
			return s.startTag()
		}
		s.begun = true
	}
}

func (s *Scanner) atEnd() Token {
	switch {
	case s.Err != nil:
		return Broken
	case len(s.stack) > 0 || !s.rooted:
		return s.fail(errEnd)
	}
	return EOF
}

// instruction skips <?...?>; the XML declaration is looked at.
func (s *Scanner) instruction() {
	end := s.until("?>", 2)
	if end < 0 {
		return
	}
	body := s.buf[s.r+2 : s.r+end]
	if n := nameEnd(body, 0); n == 3 && bytes.EqualFold(body[:3], []byte("xml")) {
		if s.begun {
			s.failf("XML declaration inside the part")
			return
		}
		s.checkDeclared(body[3:])
	} else if n == 0 {
		s.failf("instruction without a name")
	}
	s.r += end + 2
}

// declaration skips a comment and refuses everything else that starts with <!.
func (s *Scanner) declaration() {
	if !s.need(4) || string(s.buf[s.r+2:s.r+4]) != "--" {
		if s.need(9) && bytes.EqualFold(s.buf[s.r+2:s.r+9], []byte("DOCTYPE")) {
			s.doctype()
			return
		}
		s.failf("unknown declaration")
		return
	}
	end := s.until("--", 4)
	if end < 0 || !s.need(end+3) {
		s.fail(errEnd)
		return
	}
	if s.buf[s.r+end+2] != '>' {
		s.failf("-- inside a comment")
		return
	}
	s.r += end + 3
}

// doctype skips a declaration that only names a document type.
func (s *Scanner) doctype() {
	if !s.Doctype || s.rooted {
		s.fail(ErrDTD)
		return
	}
	end := s.until(">", 9)
	if end >= 0 && bytes.IndexByte(s.buf[s.r:s.r+end], '[') >= 0 {
		s.fail(ErrDTD)
	}
	s.r += max(end, 0) + 1
}

// cdata hands out a whole CDATA section as text.
func (s *Scanner) cdata() Token {
	if len(s.stack) == 0 {
		return s.failf("CDATA outside the root element")
	}
	end := s.until("]]>", 9)
	if end < 0 {
		return Broken
	}
	s.Text = s.buf[s.r+9 : s.r+end]
	s.r += end + 3
	if hasControl(s.Text) {
		return s.failf("control character")
	}
	return Chars
}

// endTag closes the innermost element.
func (s *Scanner) endTag() Token {
	if len(s.stack) == 0 {
		return s.failf("end tag without a start")
	}
	name := s.names[s.stack[len(s.stack)-1].name:]
	if !s.need(len(name) + 3) {
		return s.fail(errEnd)
	}
	b := s.buf[s.r+2:]
	if !bytes.HasPrefix(b, name) {
		return s.failf("end tag does not match <%s>", name)
	}
	i := len(name)
	for b[i] != '>' {
		if !IsSpace(b[i]) {
			return s.failf("end tag does not match <%s>", name)
		}
		i++
		if !s.need(i + 3) {
			return s.fail(errEnd)
		}
		b = s.buf[s.r+2:]
	}
	s.r += i + 3
	s.pop()
	return End
}

// pop forgets the innermost element.
func (s *Scanner) pop() {
	f := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	s.names = s.names[:f.name]
	if len(s.binds) != f.binds {
		s.binds = s.binds[:f.binds]
		clear(s.recent[:])
	}
}

// IsSpace reports whether c is white space in XML.
func IsSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
