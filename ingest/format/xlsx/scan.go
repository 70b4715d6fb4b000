package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// token is what the scanner stands on.
type token uint8

const (
	tokErr   token = iota // see scanner.err
	tokStart              // start of an element
	tokEnd                // end of the innermost open element
	tokText               // character data, decoded
	tokEOF                // after the root element
)

const (
	windowSize = 32 << 10 // bytes read at once, at most
	tagMax     = 1 << 20  // longest tag, comment or instruction
	depthMax   = 256      // deepest nesting of elements
	attrsMax   = 128      // attributes of one tag
	entityMax  = 16       // longest reference, from & to ;
)

var (
	errDTD = errors.New("document type declaration")
	errEnd = errors.New("part ends inside its markup")
)

// scanner reads XML 1.0 strictly, one token at a time, from a window that
// slides over the part. What it hands out (local, attrs, text) points into the
// window and is valid until the next call. The first error stays.
type scanner struct {
	src   io.Reader
	buf   []byte
	r, w  int // unread bytes are buf[r:w], known to be UTF-8
	have  int // buf[w:have] is the start of a character
	eof   bool
	utf16 bool
	err   error

	ns    nsID
	local []byte
	attrs []attr
	text  []byte

	empty   bool // the start tag was <a/>: its end is due
	rooted  bool // the root element was seen
	begun   bool // anything was seen
	stack   []frame
	names   []byte // qualified names of the open elements, end to end
	binds   []bind // namespace prefixes in force
	scratch []byte // decoded text and attribute values
}

// frame is an open element.
type frame struct {
	name  int // start of its name in names
	binds int // prefixes in force around it
}

// attr is an attribute of the current start tag.
type attr struct {
	name  []byte // as written
	colon int    // index of the colon in name, -1 for none
	val   []byte // as written between the quotes
	plain bool   // val holds neither references nor line breaks
}

// reset prepares the scanner for a new part of so many bytes.
func (s *scanner) reset(src io.Reader, size int64) {
	buf := s.buf
	if want := int(min(size+1, windowSize)); len(buf) < want {
		// Steps of four, so that the parts of a workbook, mostly rising in
		// size, do not each take a window of their own.
		buf = make([]byte, min(max(4*want, 2<<10), windowSize))
	}
	*s = scanner{
		src: src, buf: buf, attrs: s.attrs[:0], stack: s.stack[:0],
		names: s.names[:0], binds: append(s.binds[:0], bind{"xml", nsXML}), scratch: s.scratch[:0],
	}
	s.detectEncoding()
}

// fail keeps the first error.
func (s *scanner) fail(err error) token {
	if s.err == nil {
		s.err = err
	}
	return tokErr
}

func (s *scanner) failf(format string, args ...any) token {
	return s.fail(fmt.Errorf(format, args...))
}

// next moves to the next token.
func (s *scanner) next() token {
	if s.empty {
		s.empty = false
		s.pop()
		return tokEnd
	}
	for {
		if s.err != nil {
			return tokErr
		}
		if s.r == s.w && !s.fill() {
			return s.atEnd()
		}
		if s.buf[s.r] != '<' {
			if t := s.textToken(); t != tokText || len(s.stack) > 0 {
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

func (s *scanner) atEnd() token {
	switch {
	case s.err != nil:
		return tokErr
	case len(s.stack) > 0 || !s.rooted:
		return s.fail(errEnd)
	}
	return tokEOF
}

// instruction skips <?...?>; the XML declaration is looked at.
func (s *scanner) instruction() {
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
func (s *scanner) declaration() {
	if !s.need(4) || string(s.buf[s.r+2:s.r+4]) != "--" {
		if s.need(9) && bytes.EqualFold(s.buf[s.r+2:s.r+9], []byte("DOCTYPE")) {
			s.fail(errDTD)
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

// cdata hands out a whole CDATA section as text.
func (s *scanner) cdata() token {
	if len(s.stack) == 0 {
		return s.failf("CDATA outside the root element")
	}
	end := s.until("]]>", 9)
	if end < 0 {
		return tokErr
	}
	s.text = s.buf[s.r+9 : s.r+end]
	s.r += end + 3
	if hasControl(s.text) {
		return s.failf("control character")
	}
	return tokText
}

// endTag closes the innermost element.
func (s *scanner) endTag() token {
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
		if !isSpace(b[i]) {
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
	return tokEnd
}

// pop forgets the innermost element.
func (s *scanner) pop() {
	f := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	s.names = s.names[:f.name]
	s.binds = s.binds[:f.binds]
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
