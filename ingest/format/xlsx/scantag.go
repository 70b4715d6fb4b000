package xlsx

import "bytes"

// verdict of a step that may run out of window.
type verdict uint8

const (
	done  verdict = iota
	short         // the window ends inside the tag
	wrong         // see scanner.err
)

// startTag reads a start tag with its attributes. It never consumes a part of
// a tag: if the window ends inside, it gets more and starts over.
func (s *scanner) startTag() token {
	for {
		n, v := s.tryTag()
		switch v {
		case done:
			s.r += n
			return tokStart
		case wrong:
			return tokErr
		}
		if !s.fill() {
			return s.fail(errEnd)
		}
	}
}

// tryTag parses the tag at the start of the unread bytes and returns its
// length.
func (s *scanner) tryTag() (int, verdict) {
	b := s.buf[s.r:s.w]
	end := nameEnd(b, 1)
	if end == len(b) {
		return 0, short
	}
	if end == 1 {
		s.failf("bad start tag")
		return 0, wrong
	}
	s.attrs = s.attrs[:0]
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
func (s *scanner) tryAttrs(b []byte, i int) (int, verdict) {
	for {
		from := i
		for i < len(b) && isSpace(b[i]) {
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
func (s *scanner) tryAttr(b []byte, i int) (int, verdict) {
	from := i
	i = nameEnd(b, i)
	name := b[from:i]
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i == len(b) {
		return 0, short
	}
	if b[i] != '=' || len(name) == 0 {
		return 0, s.badTag()
	}
	i++
	for i < len(b) && isSpace(b[i]) {
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
			if c == '<' || c < 0x20 && !isSpace(c) {
				return 0, s.badTag()
			}
			plain = false
		}
	}
	if i == len(b) {
		return 0, short
	}
	for k := range s.attrs {
		if bytes.Equal(s.attrs[k].name, name) {
			return 0, s.badTag()
		}
	}
	if len(s.attrs) == attrsMax {
		return 0, s.badTag()
	}
	s.attrs = append(s.attrs, attr{name: name, colon: bytes.IndexByte(name, ':'), val: b[from:i], plain: plain})
	return i + 1, done
}

func (s *scanner) badTag() verdict {
	s.failf("bad start tag")
	return wrong
}

// push opens an element: binds the prefixes that its attributes declare and
// resolves its own.
func (s *scanner) push(name []byte) bool {
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
	s.ns, s.local = ns, name[colon+1:]
	return ok
}

// child moves to the next child of the current element and reports true, or
// past its end and reports false. Only blanks may stand between children. A
// caller must consume each child to its end: by child, content or skip.
func (s *scanner) child() bool {
	for {
		switch s.next() {
		case tokStart:
			return true
		case tokText:
			if len(bytes.TrimLeft(s.text, " \t\r\n")) > 0 {
				s.failf("text between elements")
				return false
			}
		default:
			return false
		}
	}
}

// skip moves past the end of the current element.
func (s *scanner) skip() {
	for depth := 1; depth > 0; {
		switch s.next() {
		case tokStart:
			depth++
		case tokEnd:
			depth--
		case tokErr, tokEOF:
			return
		}
	}
}

// root moves to the root element and reports whether it is the named one.
func (s *scanner) root(ns nsID, local string) bool {
	if s.next() != tokStart {
		s.fail(errEnd)
		return false
	}
	if !s.is(ns, local) {
		s.failf("root element is %s, not %s", s.local, local)
		return false
	}
	return true
}

// finish expects nothing but blanks up to the end of the part, which proves
// the part's checksum.
func (s *scanner) finish() error {
	if s.err == nil && s.next() != tokEOF {
		s.failf("content after the root element")
	}
	return s.err
}

// is reports whether the current start tag is the named element.
func (s *scanner) is(ns nsID, local string) bool {
	return s.ns == ns && string(s.local) == local
}

// attr gives the decoded value of an attribute without prefix.
func (s *scanner) attr(local string) ([]byte, bool) {
	for i := range s.attrs {
		if a := &s.attrs[i]; a.colon < 0 && string(a.name) == local {
			return s.value(a), true
		}
	}
	return nil, false
}

// attrNS gives the decoded value of an attribute in a namespace.
func (s *scanner) attrNS(ns nsID, local string) ([]byte, bool) {
	for i := range s.attrs {
		a := &s.attrs[i]
		if a.colon < 0 || string(a.name[a.colon+1:]) != local {
			continue
		}
		if id, ok := s.resolve(a.name, a.colon); ok && id == ns {
			return s.value(a), true
		}
	}
	return nil, false
}

// flag reads a boolean attribute; missing is false.
func (s *scanner) flag(local string) bool {
	v, _ := s.attr(local)
	switch string(v) {
	case "", "0", "false", "off":
		return false
	case "1", "true", "on":
		return true
	}
	s.failf("attribute %s is no boolean", local)
	return false
}
