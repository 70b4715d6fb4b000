package xlsx

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// tidy finishes text that was just read: Excel's _xHHHH_ escapes are decoded
// and all line ends become "\n". It works in place; what it makes is never
// longer.
func tidy(b []byte) []byte {
	if bytes.Contains(b, []byte("_x")) {
		b = unescape(b)
	}
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c == '\r' {
			if i+1 < len(b) && b[i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return out
}

// unescape decodes _xHHHH_, by which Excel stores characters that XML cannot,
// and _x005F_ for an underscore that would start such an escape. NUL and lone
// surrogates have no place in text and stay as written.
func unescape(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); {
		r, ok := escape(b[i:])
		if !ok || r == 0 {
			out = append(out, b[i])
			i++
			continue
		}
		n := 7
		if utf16.IsSurrogate(r) {
			low, ok := escape(b[i+7:])
			if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
				out = append(out, b[i])
				i++
				continue
			}
			n = 14
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out
}

// escape reads _xHHHH_ at the start of b.
func escape(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	r := rune(0)
	for _, c := range b[2:6] {
		d := hexDigit(c)
		if d < 0 {
			return 0, false
		}
		r = r<<4 | d
	}
	return r, true
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
