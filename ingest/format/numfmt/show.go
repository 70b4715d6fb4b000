package numfmt

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// appendDecimal shows a number in a section of digits.
func (s *section) appendDecimal(dst []byte, v Decimal) []byte {
	for i := range s.parts {
		if s.parts[i].kind == partGeneral || s.parts[i].kind == partAt {
			return s.appendAround(dst, v)
		}
	}
	if v.neg && v.n > 0 {
		dst = append(dst, '-')
	}
	if v.n > 0 {
		v.point += s.scale
	}
	if s.whole+s.places > 0 {
		v.round(s.places)
	}
	return s.appendDigits(dst, v, 0)
}

// appendAround shows a section that says General or @ among its literals.
func (s *section) appendAround(dst []byte, v Decimal) []byte {
	if v.neg && v.n > 0 {
		dst, v.neg = append(dst, '-'), false
	}
	for _, p := range s.parts {
		switch p.kind {
		case partGeneral, partAt:
			dst = v.AppendGeneral(dst)
		case partText:
			dst = append(dst, p.text...)
		case partPercent:
			dst = append(dst, '%')
		}
	}
	return dst
}

// appendDigits fills the digits of v, which is rounded, into the section's
// places; exp goes behind E.
func (s *section) appendDigits(dst []byte, v Decimal, exp int) []byte {
	p := s.whole // place of the next digit, counted from the point
	f := 0
	for i := range s.parts {
		q := &s.parts[i]
		switch q.kind {
		case partText:
			dst = append(dst, q.text...)
		case partPercent:
			dst = append(dst, '%')
		case partPoint:
			if s.whole == 0 {
				dst = s.appendSurplus(dst, v)
			}
			dst = append(dst, '.')
		case partExponent:
			dst = appendExponent(dst, exp, q.c == '+', s.expDigits)
		case partDigit:
			switch {
			case q.exp:
			case q.frac:
				f++
				dst = appendPlace(dst, q.c, v.at(-f), v.n-v.point >= f)
			default:
				if p == s.whole {
					dst = s.appendSurplus(dst, v)
				}
				p--
				dst = s.appendGrouped(dst, q.c, v.at(p), v.whole() > p, p)
			}
		}
	}
	return dst
}

// appendSurplus writes the digits before the section's first place.
func (s *section) appendSurplus(dst []byte, v Decimal) []byte {
	for p := v.whole() - 1; p >= s.whole; p-- {
		dst = s.appendGrouped(dst, '0', v.at(p), true, p)
	}
	return dst
}

// appendGrouped writes the digit of the place 10^p and the comma behind it.
func (s *section) appendGrouped(dst []byte, c, digit byte, used bool, p int) []byte {
	n := len(dst)
	dst = appendPlace(dst, c, digit, used)
	if s.thousands && p > 0 && p%3 == 0 && len(dst) > n && dst[n] != ' ' {
		dst = append(dst, ',')
	}
	return dst
}

// appendPlace writes a digit, or what stands for a place that is not used.
func appendPlace(dst []byte, c, digit byte, used bool) []byte {
	switch {
	case used:
		return append(dst, digit)
	case c == '0':
		return append(dst, '0')
	case c == '?':
		return append(dst, ' ')
	}
	return dst
}

// appendScientific shows 1.23E+04; with several places before the point the
// exponent goes in steps of as many.
func (s *section) appendScientific(dst []byte, v Decimal) []byte {
	if v.neg && v.n > 0 {
		dst = append(dst, '-')
	}
	step := max(s.whole, 1)
	exp := 0
	if v.n > 0 {
		exp = floorTo(v.point+s.scale-1, step)
		v.point += s.scale - exp
		v.round(s.places)
		if v.point > step { // rounding made one digit more
			exp += step
			v.point -= step
		}
	}
	return s.appendDigits(dst, v, exp)
}

// floorTo is the largest multiple of step that is not above n.
func floorTo(n, step int) int {
	r := n % step
	if r < 0 {
		r += step
	}
	return n - r
}

// lastDay is the serial number of 31/12/9999.
const lastDay = 2958465

// moment is a serial number taken apart.
type moment struct {
	day     int // serial number of the day, 1900 system
	y, m, d int
	secs    int64 // of the day, rounded as far as it is shown
	sub     int   // thousandths or as many digits as are shown
	total   int64 // seconds since day 0
	hasHalf bool
}

// appendDate shows a serial number as date and time.
func (s *section) appendDate(dst []byte, stored []byte, date1904 bool) []byte {
	x, err := strconv.ParseFloat(string(stored), 64)
	if err != nil || math.IsNaN(x) {
		return append(dst, stored...)
	}
	if date1904 {
		x += 1462
	}
	if x < 0 || x >= lastDay+1 {
		return append(dst, "###"...) // Excel fills the cell with #
	}
	t := momentOf(x, s.sub)
	if !s.seconds {
		t = momentOf(x, 3)
	}
	t.hasHalf = s.halfDay
	for i := range s.parts {
		q := &s.parts[i]
		switch q.kind {
		case partText:
			dst = append(dst, q.text...)
		case partDate:
			dst = t.appendPart(dst, q.text[0], q.n)
		case partElapsed:
			dst = appendPadded(dst, t.total/unit(q.text), q.n)
		case partHalfDay:
			before, after, _ := strings.Cut(q.text, "/")
			if t.secs >= 12*3600 {
				before = after
			}
			dst = append(dst, before...)
		case partFraction:
			dst = appendPadded(append(dst, '.'), int64(t.sub), q.n)
		case partPoint:
			dst = append(dst, '.')
		case partDigit:
			if q.c == '0' {
				dst = append(dst, '0')
			}
		}
	}
	return dst
}

// unit is the length of [h], [m] or [s] in seconds.
func unit(letter string) int64 {
	switch letter {
	case "h":
		return 3600
	case "m", "i":
		return 60
	}
	return 1
}

// momentOf takes a serial number apart, rounded to sub digits of a second.
// Day 60 of the 1900 system is 29/2/1900, which never was.
func momentOf(x float64, sub int) moment {
	scale := math.Pow10(sub)
	whole := math.Floor(x)
	ticks := int64(math.Round((x - whole) * 86400 * scale))
	t := moment{day: int(whole)}
	if perDay := int64(86400 * scale); ticks >= perDay {
		ticks -= perDay
		t.day++
	}
	t.secs, t.sub = ticks/int64(scale), int(ticks%int64(scale))
	t.total = int64(t.day)*86400 + t.secs
	switch {
	case t.day == 60:
		t.y, t.m, t.d = 1900, 2, 29
	case t.day == 0:
		t.y, t.m, t.d = 1900, 1, 0
	default:
		base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if t.day < 60 {
			base = base.AddDate(0, 0, 1)
		}
		y, m, d := base.AddDate(0, 0, t.day).Date()
		t.y, t.m, t.d = y, int(m), d
	}
	return t
}

// appendPart writes one run of date letters; i stands for minutes.
func (t *moment) appendPart(dst []byte, letter byte, n int) []byte {
	switch letter {
	case 'y', 'b':
		y := t.y
		if letter == 'b' {
			y += 543
		}
		if n <= 2 {
			return appendPadded(dst, int64(y%100), 2)
		}
		return appendPadded(dst, int64(y), 4)
	case 'e':
		return appendPadded(dst, int64(t.y), 4)
	case 'm':
		switch name := time.Month(t.m).String(); {
		case n == 3:
			return append(dst, name[:3]...)
		case n == 5:
			return append(dst, name[0])
		case n >= 4:
			return append(dst, name...)
		}
		return appendPadded(dst, int64(t.m), n)
	case 'd':
		// Serial 1 is a Sunday, the fifth of its names Thursday.
		switch name := time.Weekday((t.day + 6) % 7).String(); {
		case n == 3:
			return append(dst, name[:3]...)
		case n >= 4:
			return append(dst, name...)
		}
		return appendPadded(dst, int64(t.d), n)
	case 'h':
		h := t.secs / 3600
		if t.hasHalf {
			h = (h+11)%12 + 1
		}
		return appendPadded(dst, h, min(n, 2))
	case 'i':
		return appendPadded(dst, t.secs/60%60, min(n, 2))
	}
	return appendPadded(dst, t.secs%60, min(n, 2))
}

func appendPadded(dst []byte, n int64, width int) []byte {
	s := strconv.FormatInt(n, 10)
	for i := len(s); i < width; i++ {
		dst = append(dst, '0')
	}
	return append(dst, s...)
}
