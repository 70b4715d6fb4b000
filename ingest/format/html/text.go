package html

import "strings"

// sink collects the text of a cell or of the page, blanks joined as a browser
// joins them. No-break blanks stay.
type sink struct {
	items []item
	buf   []byte
	blank bool   // a blank is due before the next word
	font  string // of the first word
}

// write adds text. font is the one it stands in, "" if no element says.
func (s *sink) write(text []byte, font string) {
	for len(text) > 0 {
		n := 0
		for n < len(text) && isBlank(text[n]) {
			n++
		}
		if n > 0 {
			s.blank, text = true, text[n:]
			continue
		}
		for n < len(text) && !isBlank(text[n]) {
			n++
		}
		if k := len(s.buf); k == 0 {
			s.font = font
		} else if s.blank && s.buf[k-1] != '\n' {
			s.buf = append(s.buf, ' ')
		}
		s.buf = append(s.buf, text[:n]...)
		s.blank, text = false, text[n:]
	}
}

func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

// lineBreak starts a new line; always is for <br>, which also makes blank
// lines, while the borders of paragraphs do not.
func (s *sink) lineBreak(always bool) {
	s.blank = false
	if n := len(s.buf); n > 0 && (always || s.buf[n-1] != '\n') {
		s.buf = append(s.buf, '\n')
	}
}

// take gives what was collected since the last time; "" for nothing but blanks
// and line breaks.
func (s *sink) take() string {
	text := strings.TrimRight(string(s.buf), "\n")
	s.buf, s.blank = s.buf[:0], false
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return text
}

// rejoin gives lines that stand as items back to the text.
func (s *sink) rejoin() {
	if len(s.items) == 0 {
		return
	}
	var b strings.Builder
	writeText(&b, s.items)
	s.buf = append([]byte(b.String()+"\n"), s.buf...)
	s.items = nil
}
