package xmlss

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// toA1 writes the references of a formula that stands at row and col as
// addresses: R[-1]C is the cell above, R1C1 is $A$1. A formula with a reference
// that has no address of its own, a whole row or column or a place off the
// sheet, stays as it is.
func toA1(formula string, row, col int) string {
	var b strings.Builder
	b.Grow(len(formula))
	for i := 0; i < len(formula); {
		switch c := formula[i]; {
		case c == '"' || c == '\'':
			end := strings.IndexByte(formula[i+1:], c)
			if end < 0 {
				return formula
			}
			b.WriteString(formula[i : i+end+2])
			i += end + 2
		case wordByte(c):
			end := i
			for end < len(formula) && (wordByte(formula[end]) || bracketed(formula, end)) {
				end++
			}
			word := formula[i:end]
			if address, ok := address(word, row, col); ok {
				b.WriteString(address)
			} else if upper := strings.ToUpper(word); !strings.HasPrefix(formula[end:], "(") && (loneRef(upper) || strings.ContainsRune(word, '[')) {
				return formula
			} else {
				b.WriteString(word)
			}
			i = end
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '.' || c >= 0x80
}

// bracketed reports whether the byte belongs to a distance in brackets.
func bracketed(s string, i int) bool {
	switch s[i] {
	case '[':
		return i > 0 && (s[i-1]|0x20 == 'r' || s[i-1]|0x20 == 'c')
	case '-', ']':
		open := strings.LastIndexByte(s[max(0, i-10):i], '[')
		return open >= 0 && !strings.ContainsAny(s[max(0, i-10)+open:i], "]")
	}
	return false
}

// loneRef reports a reference to a whole row or column: R, C5.
func loneRef(word string) bool {
	if word == "" || word[0] != 'R' && word[0] != 'C' {
		return false
	}
	return strings.Trim(word[1:], "0123456789") == ""
}

// address reads R2C3, R[-1]C and their like.
func address(word string, row, col int) (string, bool) {
	if word == "" || word[0]|0x20 != 'r' {
		return "", false
	}
	r, fixedRow, rest, ok := place(word[1:], row)
	if !ok || rest == "" || rest[0]|0x20 != 'c' {
		return "", false
	}
	c, fixedCol, rest, ok := place(rest[1:], col)
	if !ok || rest != "" || r < 1 || r > rowsMax || c < 1 || c > colsMax {
		return "", false
	}
	return fixedCol + tonghop.ColumnName(c) + fixedRow + strconv.Itoa(r), true
}

// place reads a number, a distance in brackets, or nothing, which is here.
func place(s string, here int) (at int, fixed, rest string, ok bool) {
	if inner, found := strings.CutPrefix(s, "["); found {
		number, rest, closed := strings.Cut(inner, "]")
		n, err := strconv.Atoi(number)
		return here + n, "", rest, closed && err == nil && n > -rowsMax && n < rowsMax
	}
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end == 0 {
		return here, "", s, true
	}
	n, err := strconv.Atoi(s[:end])
	return n, "$", s[end:], err == nil
}
