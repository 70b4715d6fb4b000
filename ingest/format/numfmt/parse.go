package numfmt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// formatParser compiles one section of a format code and stops at its
// semicolon.
type formatParser struct {
	in     string
	sec    section
	point  bool // the decimal point was seen
	commas int  // commas since the last digit
	slash  bool // a slash between digits was seen
}

func (p *formatParser) parse() {
	for p.in != "" && p.in[0] != ';' {
		switch c := p.in[0]; c {
		case '"':
			text, rest, _ := strings.Cut(p.in[1:], `"`)
			p.literal(text)
			p.in = rest
		case '\\':
			p.literal(p.char(1))
		case '_':
			p.char(1)
			p.literal(" ")
		case '*':
			p.char(1) // fills the column's width, which is not known
		case '[':
			p.bracket()
		case '0', '#', '?':
			p.digit(c)
			p.in = p.in[1:]
		case '.':
			p.dot()
		case ',':
			if p.sec.whole == 0 {
				p.literal(",") // between the words of a date
			} else {
				p.commas++
			}
			p.in = p.in[1:]
		case '%':
			p.add(formatPart{kind: partPercent})
			p.sec.scale += 2
			p.in = p.in[1:]
		case '@':
			p.add(formatPart{kind: partAt})
			p.in = p.in[1:]
		default:
			p.letter()
		}
	}
}

func (p *formatParser) add(part formatPart) { p.sec.parts = append(p.sec.parts, part) }

func (p *formatParser) literal(text string) {
	if text != "" {
		p.add(formatPart{kind: partText, text: text})
	}
}

// char takes the character after skip bytes.
func (p *formatParser) char(skip int) string {
	if len(p.in) <= skip {
		p.in = ""
		return ""
	}
	_, n := utf8.DecodeRuneInString(p.in[skip:])
	text := p.in[skip : skip+n]
	p.in = p.in[skip+n:]
	return text
}

func (p *formatParser) digit(c byte) {
	if p.commas > 0 && !p.point {
		p.sec.thousands = true
	}
	p.commas = 0
	part := formatPart{kind: partDigit, c: c}
	switch {
	case p.sec.exponent:
		part.exp = true
		p.sec.expDigits++
	case p.point:
		part.frac = true
		p.sec.places++
	default:
		p.sec.whole++
	}
	p.add(part)
}

// dot is the decimal point, or the start of a part of a second.
func (p *formatParser) dot() {
	n := 0
	for 1+n < len(p.in) && p.in[1+n] == '0' {
		n++
	}
	if last := p.lastDate(); n > 0 && (last == "s" || last == "ss") {
		p.sec.sub = min(n, 3)
		p.add(formatPart{kind: partFraction, n: p.sec.sub})
		p.in = p.in[1+n:]
		return
	}
	p.scaleDown()
	if p.point || p.sec.exponent {
		p.literal(".")
	} else {
		p.point = true
		p.add(formatPart{kind: partPoint})
	}
	p.in = p.in[1:]
}

// scaleDown turns the commas behind the last digit into thousandths.
func (p *formatParser) scaleDown() {
	p.sec.scale -= 3 * p.commas
	p.commas = 0
}

// bracket reads [Red], [>=100], [$₫-42A], [h].
func (p *formatParser) bracket() {
	body, rest, ok := strings.Cut(p.in[1:], "]")
	if !ok {
		p.literal(p.in)
		p.in = ""
		return
	}
	p.in = rest
	low := strings.ToLower(body)
	switch {
	case body == "":
	case body[0] == '$':
		symbol, _, _ := strings.Cut(body[1:], "-")
		p.literal(symbol)
	case strings.ContainsRune("<>=", rune(body[0])):
		n := 1
		if len(body) > 1 && strings.ContainsRune("<>=", rune(body[1])) {
			n = 2
		}
		if x, err := strconv.ParseFloat(strings.TrimSpace(body[n:]), 64); err == nil {
			p.sec.op, p.sec.operand = body[:n], x
		}
	case strings.Trim(low, low[:1]) == "" && strings.ContainsRune("hms", rune(low[0])):
		p.add(formatPart{kind: partElapsed, text: low[:1], n: len(low)})
		p.sec.date = true
	}
}

// letter reads date letters, exponents and General; anything else is literal.
func (p *formatParser) letter() {
	up := upper(p.in[:min(len(p.in), 7)])
	switch {
	case up == "GENERAL":
		p.add(formatPart{kind: partGeneral})
		p.in = p.in[7:]
	case strings.HasPrefix(up, "AM/PM"):
		p.halfDay("AM/PM")
	case strings.HasPrefix(up, "A/P"):
		p.halfDay("A/P")
	case strings.HasPrefix(up, "E+"), strings.HasPrefix(up, "E-"):
		if p.sec.exponent || p.sec.whole+p.sec.places == 0 {
			p.literal(p.in[:2])
		} else {
			p.scaleDown()
			p.sec.exponent = true
			p.add(formatPart{kind: partExponent, c: up[1]})
		}
		p.in = p.in[2:]
	case strings.IndexByte("YMDHSEB", up[0]) >= 0:
		n := 1
		for n < len(p.in) && p.in[n]|0x20 == p.in[0]|0x20 {
			n++
		}
		p.add(formatPart{kind: partDate, text: string(up[0] | 0x20), n: n})
		p.sec.date = true
		p.in = p.in[n:]
	default:
		if up[0] == '/' && p.sec.whole > 0 {
			p.slash = true
		}
		p.literal(p.char(0))
	}
}

// upper raises ASCII letters alone: no other letter means anything in a code.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

func (p *formatParser) halfDay(marks string) {
	p.add(formatPart{kind: partHalfDay, text: marks})
	p.sec.halfDay, p.sec.date = true, true
	p.in = p.in[len(marks):]
}

// lastDate is the last date part as written, "" if other parts than literals
// stand behind it.
func (p *formatParser) lastDate() string {
	for i := len(p.sec.parts) - 1; i >= 0; i-- {
		switch q := p.sec.parts[i]; q.kind {
		case partDate, partElapsed:
			return strings.Repeat(q.text, q.n)
		case partText:
		default:
			return ""
		}
	}
	return ""
}

// finish settles what only the whole section tells: scaling, fractions, and
// which m are minutes.
func (p *formatParser) finish() {
	p.scaleDown()
	s := &p.sec
	s.odd = p.slash && !s.date
	var before byte // the last date part before
	for i := range s.parts {
		q := &s.parts[i]
		if q.kind != partDate && q.kind != partElapsed {
			continue
		}
		if q.kind == partDate && q.text == "m" && q.n <= 2 && (before == 'h' || s.followedBySeconds(i)) {
			q.text = "i" // minutes
		}
		before = q.text[0]
		s.seconds = s.seconds || before == 's'
	}
}

func (s *section) followedBySeconds(i int) bool {
	for _, q := range s.parts[i+1:] {
		switch q.kind {
		case partDate, partElapsed:
			return q.text == "s"
		case partText, partHalfDay:
		default:
			return false
		}
	}
	return false
}
