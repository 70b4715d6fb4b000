package xls

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
)

// constant takes a token that stands for itself.
func (f *writer) constant(t byte) {
	switch t {
	case 0x16: // an argument left out
		f.push("", yieldsAny)
	case 0x17:
		f.push(`"`+strings.ReplaceAll(f.text(), `"`, `""`)+`"`, yieldsText)
	case 0x19:
		f.attribute()
	case 0x1c:
		text := errorText(f.take(1)[0])
		if text == "" {
			f.fail()
		}
		f.push(text, yieldsAny)
	case 0x1d:
		f.push([...]string{"FALSE", "TRUE"}[f.take(1)[0]&1], yieldsNumber)
	case 0x1e:
		f.push(strconv.Itoa(int(le.Uint16(f.take(2)))), yieldsNumber)
	case 0x1f:
		x := math.Float64frombits(le.Uint64(f.take(8)))
		if x < 0 || math.IsNaN(x) || math.IsInf(x, 0) {
			f.fail()
		}
		f.push(string(appendNumber(nil, x)), yieldsNumber)
	default:
		f.fail()
	}
}

// text takes the characters of a text in a formula.
func (f *writer) text() string {
	n := int(f.take(1)[0])
	if !f.w.biff8 {
		s, err := decode(f.take(n), f.w.charset)
		if err != nil {
			f.fail()
		}
		return s
	}
	switch f.take(1)[0] {
	case 0:
		u := make([]rune, n)
		for i, c := range f.take(n) {
			u[i] = rune(c)
		}
		return string(u)
	case flagWide:
		b := f.take(2 * n)
		u := make([]uint16, n)
		for i := range u {
			u[i] = le.Uint16(b[2*i:])
		}
		return string(utf16.Decode(u))
	}
	f.fail()
	return ""
}

// attribute takes a token that says how to compute or to print the others.
func (f *writer) attribute() {
	kind := f.take(1)[0]
	n := int(le.Uint16(f.take(2)))
	switch kind {
	case 0x04: // where CHOOSE jumps to
		f.take(2 * (n + 1))
	case 0x10: // SUM of one argument
		f.call("SUM", 1)
	case 0x00, 0x01, 0x02, 0x08, 0x40, 0x41: // computed anew; IF; jump; blanks
	default:
		f.fail()
	}
}
