package numfmt

import "strconv"

// digitsMax is the number of significant digits that Excel shows of a number.
const digitsMax = 15

// Decimal is a stored number as Excel sees it: at most 15 significant digits.
// Its value is 0.d1d2d3... times ten to the power point. Zero has no digits.
type Decimal struct {
	neg   bool
	n     int
	point int
	d     [digitsMax + 1]byte // '0' to '9'; one more for a carry
}

// ParseDecimal reads an xsd:double without its infinities. The digits after
// the fifteenth are rounded half up, as Excel does before it shows a number.
func ParseDecimal(b []byte) (v Decimal, ok bool) {
	i := 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		v.neg = b[i] == '-'
		i++
	}
	n, up := v.takeDigits(b[i:])
	if n == 0 {
		return v, false
	}
	if i += n; i < len(b) {
		if b[i] != 'e' && b[i] != 'E' {
			return v, false
		}
		e, err := strconv.Atoi(string(b[i+1:]))
		if err != nil || e < -400 || e > 400 {
			return v, false
		}
		v.point += e
	}
	if up {
		v.increment()
	}
	v.trim()
	return v, true
}

// takeDigits reads digits with a decimal point among them, returns how many
// bytes that were, 0 if no digit was, and whether what was dropped rounds up.
func (v *Decimal) takeDigits(b []byte) (n int, up bool) {
	seen, point, dropped := false, false, false
	for n = 0; n < len(b); n++ {
		c := b[n]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		seen = true
		switch {
		case v.n == 0 && c == '0': // a leading zero
			if point {
				v.point--
			}
			continue
		case v.n < digitsMax:
			v.d[v.n] = c
			v.n++
		case !dropped:
			dropped, up = true, c >= '5'
		}
		if !point {
			v.point++
		}
	}
	if !seen {
		return 0, false
	}
	return n, up
}

// increment adds one unit of the last kept digit.
func (v *Decimal) increment() {
	for i := v.n - 1; i >= 0; i-- {
		if v.d[i] < '9' {
			v.d[i]++
			v.n = i + 1
			return
		}
	}
	v.d[0], v.n = '1', 1
	v.point++
}

// trim drops zeros at the end.
func (v *Decimal) trim() {
	for v.n > 0 && v.d[v.n-1] == '0' {
		v.n--
	}
	if v.n == 0 {
		v.point = 0
	}
}

// round keeps so many digits after the decimal point, half away from zero.
func (v *Decimal) round(places int) { v.keep(v.point + places) }

// keep keeps the first n significant digits.
func (v *Decimal) keep(n int) {
	switch {
	case n >= v.n:
		return
	case n < 0:
		v.n, v.point = 0, 0
		return
	}
	up := v.d[n] >= '5'
	v.n = n
	if up {
		v.increment()
	}
	v.trim()
}

// at is the digit of the place 10^p; '0' where none is kept.
func (v *Decimal) at(p int) byte {
	if i := v.point - 1 - p; i >= 0 && i < v.n {
		return v.d[i]
	}
	return '0'
}

// whole is the number of digits before the decimal point, without leading
// zeros.
func (v *Decimal) whole() int {
	if v.n == 0 {
		return 0
	}
	return max(v.point, 0)
}

// appendPlain writes the number without exponent.
func (v *Decimal) appendPlain(dst []byte) []byte {
	if v.neg && v.n > 0 {
		dst = append(dst, '-')
	}
	if v.whole() == 0 {
		dst = append(dst, '0')
	}
	for p := v.whole() - 1; p >= 0; p-- {
		dst = append(dst, v.at(p))
	}
	if v.n > v.point {
		dst = append(dst, '.')
		for p := -1; p >= v.point-v.n; p-- {
			dst = append(dst, v.at(p))
		}
	}
	return dst
}

// AppendGeneral writes the number as a cell without format shows it: up to
// eleven characters, the sign not counted, else with an exponent.
func (v Decimal) AppendGeneral(dst []byte) []byte {
	const width = 11
	if v.n == 0 {
		return append(dst, '0')
	}
	// All digits fit.
	if first := v.point - 1; first >= 0 {
		r := v
		r.round(max(width-1-v.point, 0))
		if r.point <= width {
			return r.appendPlain(dst)
		}
	} else if first >= -4 {
		v.round(width - 2)
		return v.appendPlain(dst)
	} else if 2+v.n-v.point <= width {
		return v.appendPlain(dst)
	}
	v.keep(6)
	if v.neg {
		dst = append(dst, '-')
	}
	dst = append(dst, v.d[0])
	if v.n > 1 {
		dst = append(append(dst, '.'), v.d[1:v.n]...)
	}
	return appendExponent(dst, v.point-1, true, 2)
}

// appendExponent writes E+05.
func appendExponent(dst []byte, e int, plus bool, digits int) []byte {
	dst = append(dst, 'E')
	if e < 0 {
		dst, e = append(dst, '-'), -e
	} else if plus {
		dst = append(dst, '+')
	}
	s := strconv.Itoa(e)
	for n := len(s); n < digits; n++ {
		dst = append(dst, '0')
	}
	return append(dst, s...)
}

// PlainGeneral reports whether the stored number is already what a cell
// without format shows: the common case, decided without arithmetic.
func PlainGeneral(b []byte) bool {
	if len(b) > 1 && b[0] == '-' && string(b) != "-0" {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 11 || b[0] == '0' && len(b) > 1 && b[1] != '.' {
		return false
	}
	point := -1
	for i, c := range b {
		if c == '.' && point < 0 && i > 0 {
			point = i
		} else if c < '0' || c > '9' {
			return false
		}
	}
	if point < 0 {
		return b[0] != '0' || len(b) == 1
	}
	return b[len(b)-1] != '0' && b[len(b)-1] != '.'
}
