package xmlscan

import (
	"bytes"
	"unicode/utf8"
)

// Value decodes an attribute value.
func (s *Scanner) Value(a *Attr) []byte {
	if a.plain {
		return a.val
	}
	out, err := decodeRefs(nil, a.val, true)
	if err != nil {
		s.fail(err)
	}
	return out
}

// textToken hands out character data up to the next markup or the end of the
// window, references decoded.
func (s *Scanner) textToken() Token {
	for {
		b := s.buf[s.r:s.w]
		end := bytes.IndexByte(b, '<')
		whole := end >= 0
		if !whole {
			end = len(b)
			// A reference that the window cuts waits for the rest.
			if amp := bytes.LastIndexByte(b, '&'); amp >= 0 && len(b)-amp < entityMax && bytes.IndexByte(b[amp:], ';') < 0 {
				end = amp
			}
			// So does what may become ]]>.
			for held := 0; held < 2 && end > 0 && b[end-1] == ']'; held++ {
				end--
			}
		}
		if end == 0 {
			if !s.fill() {
				return s.fail(errEnd)
			}
			continue
		}
		return s.takeText(b[:end])
	}
}

func (s *Scanner) takeText(raw []byte) Token {
	s.r += len(raw)
	s.Text = raw
	if len(s.stack) == 0 && len(bytes.TrimLeft(raw, " \t\r\n")) > 0 {
		return s.failf("text outside the root element")
	}
	s.begun = true
	if hasControl(raw) || bytes.Contains(raw, []byte("]]>")) {
		return s.failf("character not allowed in text")
	}
	if bytes.IndexByte(raw, '&') >= 0 {
		var err error
		if s.scratch, err = decodeRefs(s.scratch[:0], raw, false); err != nil {
			return s.fail(err)
		}
		s.Text = s.scratch
	}
	return Chars
}

// Content appends the character data of the current element to dst and moves
// past its end. Elements inside are an error.
func (s *Scanner) Content(dst []byte) []byte {
	if !s.empty && s.Err == nil {
		// Nearly always the text and its end tag are in the window as they are.
		b := s.buf[s.r:s.w]
		name := s.names[s.stack[len(s.stack)-1].name:]
		i := 0
		for i < len(b) && plainText[b[i]] {
			i++
		}
		if e := i + 2 + len(name); e < len(b) && b[i] == '<' && b[i+1] == '/' && b[e] == '>' && bytes.Equal(b[i+2:e], name) {
			s.r += e + 1
			s.pop()
			return append(dst, b[:i]...)
		}
	}
	for {
		switch s.Next() {
		case Chars:
			dst = append(dst, s.Text...)
		case Start:
			s.failf("element %s inside a value", s.Local)
			return dst
		default:
			return dst
		}
	}
}

// decodeRefs appends b to dst with the predefined entities and the character
// references replaced; blanks becomes spaces for line breaks and tabs.
func decodeRefs(dst, b []byte, blanks bool) ([]byte, error) {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c == '&':
			end := bytes.IndexByte(b[i:min(len(b), i+entityMax)], ';')
			if end < 0 {
				return dst, errRef
			}
			r, ok := reference(b[i+1 : i+end])
			if !ok {
				return dst, errRef
			}
			dst = utf8.AppendRune(dst, r)
			i += end + 1
			continue
		case blanks && c < 0x20:
			if c == '\r' && i+1 < len(b) && b[i+1] == '\n' {
				i++
			}
			c = ' '
		}
		dst = append(dst, c)
		i++
	}
	return dst, nil
}

// reference decodes what stands between & and ;.
func reference(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	r := rune(0)
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base || r > utf8.MaxRune {
			return 0, false
		}
		r = r*base + d
	}
	ok := len(digits) > 0 && utf8.ValidRune(r) && r != 0xfffe && r != 0xffff &&
		(r >= 0x20 || r == '\t' || r == '\n' || r == '\r')
	return r, ok
}

func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}
