package xmlscan

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// fill gets more bytes behind the unread ones, which it moves to the start of
// the window. It reports false at the end of the part and on errors.
func (s *Scanner) fill() bool {
	if s.r > 0 {
		copy(s.buf, s.buf[s.r:s.have])
		s.w, s.have, s.r = s.w-s.r, s.have-s.r, 0
	}
	for from := s.w; s.w == from; {
		if s.eof || s.Err != nil {
			return false
		}
		if s.have == len(s.buf) {
			if len(s.buf) >= tagMax {
				s.failf("markup longer than %d bytes", tagMax)
				return false
			}
			s.buf = append(s.buf, make([]byte, len(s.buf))...)
		}
		if !s.read() {
			return false
		}
		s.checkUTF8()
	}
	return s.Err == nil
}

// read appends to the window what the source gives at once.
func (s *Scanner) read() bool {
	n, err := s.src.Read(s.buf[s.have:])
	s.have += n
	if err == io.EOF {
		s.eof = true
	} else if err != nil {
		s.fail(err)
		return false
	}
	return true
}

// checkUTF8 moves w up to the end of what was read, but for a character that
// is still incomplete.
func (s *Scanner) checkUTF8() {
	b := s.buf[s.w:s.have]
	for k := 1; k <= 3 && k <= len(b) && !s.eof; k++ {
		if c := b[len(b)-k]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-k:]) {
				b = b[:len(b)-k]
			}
			break
		}
	}
	if !utf8.Valid(b) {
		s.fail(&textError{})
	}
	s.w += len(b)
}

// need makes at least n unread bytes available.
func (s *Scanner) need(n int) bool {
	for s.w-s.r < n {
		if !s.fill() {
			return false
		}
	}
	return true
}

// until finds mark at or after offset from of the unread bytes and returns its
// offset, or -1 and an error.
func (s *Scanner) until(mark string, from int) int {
	for {
		if s.w-s.r >= from {
			if i := bytes.Index(s.buf[s.r+from:s.w], []byte(mark)); i >= 0 {
				return from + i
			}
		}
		if !s.fill() {
			s.fail(errEnd)
			return -1
		}
	}
}
