package xmlscan

import "errors"

var errRef = errors.New("unknown or bad reference")

// textError is a fault of the encoding, which the look at the first bytes may
// take back.
type textError struct{}

// Error implements error.
func (*textError) Error() string { return "text is not UTF-8" }

// plainText holds the bytes that stand for themselves in character data; the
// carriage return is left to the slow path, and ] because of ]]>.
var plainText = classOf(func(c byte) bool {
	return c >= 0x20 && c != '<' && c != '&' && c != ']' || c == '\n' || c == '\t'
})

// nameBytes holds the bytes of which names are made. That a name does not
// start with a digit is of no interest here.
var nameBytes = classOf(func(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '_' || c == '-' || c == '.' || c == ':' || c >= 0x80
})

// control holds the bytes that XML does not allow anywhere.
var control = classOf(func(c byte) bool {
	return c < 0x20 && c != '\n' && c != '\t' && c != '\r'
})

// Plain reports whether c stands for itself in character data.
func Plain(c byte) bool { return plainText[c] }

// classOf tabulates a set of bytes. The tables never change.
func classOf(in func(byte) bool) (set [256]bool) {
	for c := range set {
		set[c] = in(byte(c))
	}
	return set
}

// nameEnd returns the end of the name that starts at b[i].
func nameEnd(b []byte, i int) int {
	for i < len(b) && nameBytes[b[i]] {
		i++
	}
	return i
}

func hasControl(b []byte) bool {
	for _, c := range b {
		if control[c] {
			return true
		}
	}
	return false
}
