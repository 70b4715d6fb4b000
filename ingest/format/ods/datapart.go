package ods

import (
	"bytes"
	"strings"

	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// codeReader writes the format code of one data style, piece by piece.
type codeReader struct {
	s       *xmlscan.Scanner
	code    []byte
	percent bool // a % in the text multiplies
	elapsed bool // the first part of a time counts on
}

func (r *codeReader) add(code string) {
	if len(r.code) <= codeMax {
		r.code = append(r.code, code...)
	}
}

// part reads one child of a data style to its end.
func (r *codeReader) part() {
	s := r.s
	switch string(s.Local) {
	case "text":
		text := r.text()
		if r.percent && bytes.IndexByte(text, '%') >= 0 {
			before, after, _ := bytes.Cut(text, []byte("%"))
			r.literal(string(before))
			r.add("%")
			r.literal(string(after))
			return
		}
		r.literal(string(text))
		return
	case "currency-symbol":
		if text := r.text(); bytes.ContainsAny(text, "]-") {
			r.literal(string(text))
		} else if len(text) > 0 {
			r.add("[$" + string(text) + "]")
		}
		return
	case "fill-character":
		if text := r.text(); len(text) > 0 {
			r.add("*" + string([]rune(string(text))[:1]))
		}
		return
	case "text-content":
		r.add("@")
	case "boolean":
		r.add("General")
	case "number":
		r.number()
		return
	case "scientific-number":
		r.scientific()
	case "fraction":
		r.fraction()
	default:
		r.datePart()
	}
	s.Skip()
}

// text is the character data of the current element, to its end. What other
// programs put among it, as Gnumeric notes blanks of a certain width, is passed
// over with all that it holds.
func (r *codeReader) text() []byte {
	var out []byte
	for {
		switch r.s.Next() {
		case xmlscan.Chars:
			if len(out) <= codeMax {
				out = append(out, r.s.Text...)
			}
		case xmlscan.Start:
			r.s.Skip()
		default:
			return out
		}
	}
}

// literal writes text between quotes, but for the marks that stand for
// themselves in every code.
func (r *codeReader) literal(text string) {
	if len(r.code) > codeMax || text == "" {
		return
	}
	if strings.Trim(text, " -/():") == "" {
		r.add(text)
		return
	}
	r.add(`"` + strings.ReplaceAll(text, `"`, `"\""`) + `"`)
}

// places reads a count of digits; ok tells whether it is stated.
func (r *codeReader) places(ns xmlscan.NS, local string) (n int, ok bool) {
	v, ok := r.s.AttrNS(ns, local)
	if !ok {
		return 0, false
	}
	n, valid := number(v)
	return min(n, placesMax), valid
}

// number writes the digits of a plain number and reads the texts among them.
func (r *codeReader) number() {
	s := r.s
	places, stated := r.places(nsNumber, "decimal-places")
	least, leastOK := r.places(nsNumber, "min-decimal-places")
	if !leastOK {
		least, leastOK = r.places(nsLoExt, "min-decimal-places")
	}
	if replaced, ok := s.AttrNS(nsNumber, "decimal-replacement"); !leastOK && (!ok || len(replaced) > 0) {
		least = places
	}
	whole, _ := r.places(nsNumber, "min-integer-digits")
	grouped, _ := s.AttrNS(nsNumber, "grouping")
	factor, _ := s.AttrNS(nsNumber, "display-factor")
	commas := thousands(factor)
	if !stated && !r.percent {
		r.add("General")
		s.Skip()
		return
	}
	digits := wholeDigits(whole, string(grouped) == "true")
	for s.Child() { // the scanner's attributes are gone from here on
		position, ok := r.places(nsNumber, "position")
		if !ok || !s.Is(nsNumber, "embedded-text") {
			s.Skip()
			continue
		}
		text := r.text()
		if at := len(digits) - position; at >= 0 && len(digits)+len(text) < codeMax {
			digits = digits[:at] + `"` + strings.ReplaceAll(string(text), `"`, "") + `"` + digits[at:]
		}
	}
	r.add(digits)
	r.decimals(min(least, places), places)
	r.add(strings.Repeat(",", commas))
}

// thousands counts by how many thousands a display factor divides.
func thousands(factor []byte) int {
	whole, _, _ := bytes.Cut(factor, []byte("."))
	if len(whole) == 0 || whole[0] != '1' || len(bytes.Trim(whole[1:], "0")) > 0 {
		return 0
	}
	return min((len(whole)-1)/3, 4)
}

// wholeDigits is the part before the decimal point, at least so many digits.
func wholeDigits(least int, grouped bool) string {
	if !grouped {
		if least == 0 {
			return "#"
		}
		return strings.Repeat("0", least)
	}
	n := max(least, 4)
	var b strings.Builder
	for i := n; i > 0; i-- {
		if i > least {
			b.WriteByte('#')
		} else {
			b.WriteByte('0')
		}
		if i%3 == 1 && i > 1 {
			b.WriteByte(',')
		}
	}
	return b.String()
}

func (r *codeReader) decimals(least, most int) {
	if most > 0 {
		r.add("." + strings.Repeat("0", least) + strings.Repeat("#", most-least))
	}
}

func (r *codeReader) scientific() {
	places, _ := r.places(nsNumber, "decimal-places")
	whole, _ := r.places(nsNumber, "min-integer-digits")
	exponent, _ := r.places(nsNumber, "min-exponent-digits")
	step, ok := r.places(nsNumber, "exponent-interval")
	if !ok {
		step, _ = r.places(nsLoExt, "exponent-interval")
	}
	r.add(strings.Repeat("#", max(step-whole, 0)) + strings.Repeat("0", max(whole, 1-max(step, 0))))
	r.decimals(places, places)
	sign := "+"
	for _, ns := range [...]xmlscan.NS{nsNumber, nsLoExt} {
		if v, _ := r.s.AttrNS(ns, "forced-exponent-sign"); string(v) == "false" {
			sign = "-"
		}
	}
	r.add("E" + sign + strings.Repeat("0", max(exponent, 1)))
}

func (r *codeReader) fraction() {
	if whole, ok := r.places(nsNumber, "min-integer-digits"); ok {
		r.add(wholeDigits(whole, false) + " ")
	}
	over, _ := r.places(nsNumber, "min-numerator-digits")
	under, _ := r.places(nsNumber, "min-denominator-digits")
	r.add(strings.Repeat("?", max(over, 1)) + "/")
	if fixed, ok := r.s.AttrNS(nsNumber, "denominator-value"); ok {
		if n, valid := number(fixed); valid && n > 0 && len(fixed) < 6 {
			r.add(string(fixed))
			return
		}
	}
	r.add(strings.Repeat("?", max(under, 1)))
}

// datePart writes a part of a date or time. Quarters, weeks and eras have no
// place in a format code.
func (r *codeReader) datePart() {
	s := r.s
	v, _ := s.AttrNS(nsNumber, "style")
	long := string(v) == "long"
	pick := func(short, full string) {
		if long {
			short = full
		}
		r.add(short)
	}
	switch string(s.Local) {
	case "day":
		pick("d", "dd")
	case "month":
		if v, _ := s.AttrNS(nsNumber, "textual"); string(v) == "true" {
			pick("mmm", "mmmm")
		} else {
			pick("m", "mm")
		}
	case "year":
		pick("yy", "yyyy")
	case "day-of-week":
		pick("ddd", "dddd")
	case "hours":
		r.clock(pick, "h", "hh")
	case "minutes":
		r.clock(pick, "m", "mm")
	case "seconds":
		r.clock(pick, "s", "ss")
		if places, _ := r.places(nsNumber, "decimal-places"); places > 0 {
			r.add("." + strings.Repeat("0", places))
		}
	case "am-pm":
		r.add("AM/PM")
	}
}

// clock writes a part of a time; the first one counts on if the style says so.
func (r *codeReader) clock(pick func(short, long string), short, full string) {
	if r.elapsed {
		r.elapsed = false
		pick("["+short+"]", "["+full+"]")
		return
	}
	pick(short, full)
}
