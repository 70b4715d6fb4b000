package xmlscan

import (
	"bytes"
	"strconv"
	"strings"
)

// verdict of a step that may run out of window.
type verdict uint8

const (
	done  verdict = iota
	short         // the window ends inside the tag
	wrong         // see Scanner.err
)

// startTag reads a start tag with its attributes. It never consumes a part of
// a tag: if the window ends inside, it gets more and starts over.
func (s *Scanner) startTag() Token {
	for {
		n, v := s.tryTag()
		switch v {
		case done:
			s.r += n
			return Start
		case wrong:
			return Broken
		}
		if !s.fill() {
			return s.fail(errEnd)
		}
	}
}

// tryTag parses the tag at the start of the unread bytes and returns its
// length.
func (s *Scanner) tryTag() (int, verdict) {
	b := s.buf[s.r:s.w]
	end := nameEnd(b, 1)
	if end == len(b) {
		return 0, short
	}
	if end == 1 {
		s.failf("bad start tag")
		return 0, wrong
	}
	s.Attrs = s.Attrs[:0]
	i, v := s.tryAttrs(b, end)
	if v != done {
		return 0, v
	}
	closed := b[i] == '/'
	if closed {
		i++
	}
	if !s.push(b[1:end]) {
		return 0, wrong
	}
	s.empty = closed
	return i + 1, done
}

// tryAttrs parses attributes from b[i:] up to the > or /> that ends the tag
// and returns where that stands.
func (s *Scanner) tryAttrs(b []byte, i int) (int, verdict) {
	for {
		from := i
		for i < len(b) && IsSpace(b[i]) {
			i++
		}
		if i+1 >= len(b) && (i == len(b) || b[i] != '>') {
			return 0, short
		}
		switch {
		case b[i] == '>':
			return i, done
		case b[i] == '/':
			if b[i+1] != '>' {
				return 0, s.badTag()
			}
			return i, done
		case i == from:
			return 0, s.badTag()
		}
		var v verdict
		if i, v = s.tryAttr(b, i); v != done {
			return 0, v
		}
	}
}

// tryAttr parses one attribute at b[i:].
func (s *Scanner) tryAttr(b []byte, i int) (int, verdict) {
	from := i
	i = nameEnd(b, i)
	name := b[from:i]
	for i < len(b) && IsSpace(b[i]) {
		i++
	}
	if i == len(b) {
		return 0, short
	}
	if b[i] != '=' || len(name) == 0 {
		return 0, s.badTag()
	}
	i++
	for i < len(b) && IsSpace(b[i]) {
		i++
	}
	if i == len(b) {
		return 0, short
	}
	quote := b[i]
	if quote != '"' && quote != '\'' {
		return 0, s.badTag()
	}
	i++
	from, plain := i, true
	for ; i < len(b) && b[i] != quote; i++ {
		if c := b[i]; c < 0x20 || c == '&' || c == '<' {
			if c == '<' || c < 0x20 && !IsSpace(c) {
				return 0, s.badTag()
			}
			plain = false
		}
	}
	if i == len(b) {
		return 0, short
	}
	for k := range s.Attrs {
		if bytes.Equal(s.Attrs[k].Name, name) {
			return 0, s.badTag()
		}
	}
	if len(s.Attrs) == attrsMax {
		return 0, s.badTag()
	}
	s.Attrs = append(s.Attrs, Attr{Name: name, colon: bytes.IndexByte(name, ':'), val: b[from:i], plain: plain})
	return i + 1, done
}

func (s *Scanner) badTag() verdict {
	s.failf("bad start tag")
	return wrong
}

// push opens an element: binds the prefixes that its attributes declare and
// resolves its own.
func (s *Scanner) push(name []byte) bool {
	switch {
	case len(s.stack) == depthMax:
		s.failf("elements nested deeper than %d", depthMax)
		return false
	case len(s.stack) == 0 && s.rooted:
		s.failf("two root elements")
		return false
	}
	s.rooted, s.begun = true, true
	s.stack = append(s.stack, frame{name: len(s.names), binds: len(s.binds)})
	s.names = append(s.names, name...)
	if !s.bindAttrs() {
		return false
	}
	colon := bytes.IndexByte(name, ':')
	ns, ok := s.resolve(name, colon)
	s.NS, s.Local = ns, name[colon+1:]
	return ok
}

// Child moves to the next child of the current element and reports true, or
// past its end and reports false. Only blanks may stand between children. A
// caller must consume each child to its end: by child, content or skip.
func (s *Scanner) Child() bool {
	for {
		switch s.Next() {
		case Start:
			return true
		case Chars:
			if len(bytes.TrimLeft(s.Text, " \t\r\n")) > 0 {
				s.failf("text between elements")
				return false
			}
		default:
			return false
		}
	}
}

// Skip moves past the end of the current element.
func (s *Scanner) Skip() {
	for depth := 1; depth > 0; {
		switch s.Next() {
		case Start:
			depth++
		case End:
			depth--
		case Broken, EOF:
			return
		}
	}
}

// Root moves to the root element and reports whether it is the named one.
func (s *Scanner) Root(ns NS, local string) bool {
	if s.Next() != Start {
		s.fail(errEnd)
		return false
	}
	if !s.Is(ns, local) {
		s.failf("root element is %s, not %s", s.Local, local)
		return false
	}
	return true
}

// Finish expects nothing but blanks up to the end of the part, which proves
// the part's checksum.
func (s *Scanner) Finish() error {
	if s.Err == nil && s.Next() != EOF {
		s.failf("content after the root element")
	}
	return s.Err
}

// Is reports whether the current start tag is the named element.
func (s *Scanner) Is(ns NS, local string) bool {
	return s.NS == ns && string(s.Local) == local
}

// Attr gives the decoded value of an attribute without prefix.
func (s *Scanner) Attr(local string) ([]byte, bool) {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; a.colon < 0 && string(a.Name) == local {
			return s.Value(a), true
		}
	}
	return nil, false
}

// AttrNS gives the decoded value of an attribute in a namespace.
func (s *Scanner) AttrNS(ns NS, local string) ([]byte, bool) {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; a.NS == ns && a.colon >= 0 && string(a.Local()) == local {
			return s.Value(a), true
		}
	}
	return nil, false
}

// Flag reads a boolean attribute, whatever its case; missing is false.
func (s *Scanner) Flag(local string) bool {
	v, _ := s.Attr(local)
	switch strings.ToLower(string(bytes.TrimSpace(v))) {
	case "", "0", "false", "off":
		return false
	case "1", "true", "on":
		return true
	}
	s.failf("attribute %s is no boolean", local)
	return false
}

// Number reads a non-negative integer attribute; missing gives the default.
func (s *Scanner) Number(local string, missing int) (int, bool) {
	v, ok := s.Attr(local)
	if !ok {
		return missing, true
	}
	n, err := strconv.Atoi(string(v))
	return n, err == nil && n >= 0
}

// Window is what was read ahead and not consumed yet, for callers that know a
// quick way; [Scanner.Advance] consumes it. It says nothing of an end tag that
// Is due after an empty one, see [Scanner.Empty].
func (s *Scanner) Window() []byte { return s.buf[s.r:s.w] }

// Advance consumes n bytes of the window, which must be whole elements.
func (s *Scanner) Advance(n int) { s.r += n }

// Empty reports whether the current start tag was <a/>.
func (s *Scanner) Empty() bool { return s.empty }
