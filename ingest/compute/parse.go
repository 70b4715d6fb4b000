package compute

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

const (
	formulaMax = 8192 // bytes of a formula; Excel allows as many characters
	nestMax    = 64   // brackets within brackets, as in Excel
)

// kind is what a piece of a formula is.
type kind uint8

const (
	kindNumber   kind = iota // a number written in the formula
	kindArea                 // a reference
	kindChain                // pieces with signs
	kindSum                  // SUM
	kindCount                // COUNT
	kindCountA               // COUNTA
	kindCountIf              // COUNTIF, COUNTIFS
	kindSubtotal             // SUBTOTAL
	kindRound                // ROUND
	kindUnless               // IF(COUNTA(…)<n,"",…), the whole formula
)

// expr is a formula, or a piece of one, that can be computed.
type expr struct {
	kind   kind
	number decimal.Decimal // kindNumber
	area   area            // kindArea
	minus  []bool          // kindChain: whether args[i] is taken away
	args   []*expr         // for kindCountIf the ranges alone
	tests  []criterion     // kindCountIf, one per range
	code   int             // kindSubtotal: what to compute; kindRound: places
	lone   bool            // the whole formula is one reference
}

// areas appends all references of the piece.
func (e *expr) areas(dst []area) []area {
	if e.kind == kindArea {
		return append(dst, e.area)
	}
	for _, a := range e.args {
		dst = a.areas(dst)
	}
	return dst
}

// scalar reports whether the piece is one value wherever it stands.
func (e *expr) scalar() bool { return e.kind != kindArea || e.area.single() }

// whole reports whether what can only be a whole formula is no piece of one.
func (e *expr) whole() bool {
	for _, a := range e.args {
		if a.kind == kindUnless || !a.whole() {
			return false
		}
	}
	return true
}

// parser reads one formula. All its methods return false if the formula is
// none that can be computed.
type parser struct {
	f     *filler
	sheet int // where the formula stands
	in    string
	depth int
}

// parse reads the formula of a cell.
func (f *filler) parse(at place) (*expr, bool) {
	p := &parser{f: f, sheet: at.sheet, in: at.cell.Formula}
	if p.in == "" || len(p.in) > formulaMax {
		return nil, false
	}
	e, ok := p.chain()
	if !ok || p.in != "" || !e.scalar() || !e.whole() {
		return nil, false
	}
	inner := e
	for inner.kind == kindChain && len(inner.args) == 1 {
		inner = inner.args[0]
	}
	e.lone = inner.kind == kindArea
	return e, true
}

// skip drops blanks.
func (p *parser) skip() { p.in = strings.TrimLeft(p.in, " \t\r\n") }

// take drops a sign, if it comes next.
func (p *parser) take(c byte) bool {
	p.skip()
	if p.in == "" || p.in[0] != c {
		return false
	}
	p.in = p.in[1:]
	return true
}

// chain reads pieces with plus and minus between them. A piece alone is
// returned as it is: in the arguments of a function it may be a range.
func (p *parser) chain() (*expr, bool) {
	if p.depth++; p.depth > nestMax {
		return nil, false
	}
	e := &expr{kind: kindChain}
	signed := false
	for first := true; ; first = false {
		minus, signs := p.signs()
		if !first && signs == 0 {
			break
		}
		signed = signed || signs > 0
		t, ok := p.term()
		if !ok {
			return nil, false
		}
		e.args, e.minus = append(e.args, t), append(e.minus, minus)
	}
	p.depth--
	if !signed {
		return e.args[0], true
	}
	for _, t := range e.args {
		if !t.scalar() {
			return nil, false
		}
	}
	return e, true
}

// signs takes any number of plus and minus signs.
func (p *parser) signs() (minus bool, n int) {
	for ; ; n++ {
		switch {
		case p.take('-'):
			minus = !minus
		case !p.take('+'):
			return minus, n
		}
	}
}

// term reads a piece between signs.
func (p *parser) term() (*expr, bool) {
	p.skip()
	if p.in == "" {
		return nil, false
	}
	switch c := p.in[0]; {
	case c == '(':
		p.in = p.in[1:]
		e, ok := p.chain()
		return e, ok && e.scalar() && p.take(')')
	case c == '\'':
		name, ok := p.quoted('\'')
		if !ok || !strings.HasPrefix(p.in, "!") {
			return nil, false
		}
		return p.onSheet(name)
	case c >= '0' && c <= '9' || c == '.':
		return p.figure()
	}
	word := p.word()
	switch {
	case word == "":
		return nil, false
	case strings.HasPrefix(p.in, "!"):
		return p.onSheet(word)
	case strings.HasPrefix(p.in, "("):
		p.in = p.in[1:]
		return p.call(strings.ToUpper(word))
	}
	return p.reference(p.sheet, word)
}

// quoted takes a piece in quotes; two quotes in it stand for one.
func (p *parser) quoted(quote byte) (string, bool) {
	var b strings.Builder
	for i := 1; i < len(p.in); i++ {
		if p.in[i] != quote {
			b.WriteByte(p.in[i])
			continue
		}
		if i++; i == len(p.in) || p.in[i] != quote {
			p.in = p.in[i:]
			return b.String(), true
		}
		b.WriteByte(quote)
	}
	return "", false
}

// word takes letters, digits and what else names and addresses have.
func (p *parser) word() string {
	n := 0
	for n < len(p.in) {
		c := p.in[n]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c < 0x80 && !strings.ContainsRune(`_.$\?`, rune(c)) {
			break
		}
		n++
	}
	word := p.in[:n]
	p.in = p.in[n:]
	return word
}

// onSheet reads a reference behind the name of its sheet.
func (p *parser) onSheet(name string) (*expr, bool) {
	sheet, ok := p.f.sheetAt(name)
	if !ok {
		return nil, false
	}
	p.in = p.in[1:]
	return p.reference(sheet, p.word())
}

// reference reads the rest of a reference that begins with the word.
func (p *parser) reference(sheet int, word string) (*expr, bool) {
	from, ok := p.cornerOf(word)
	if !ok || p.foreign(word) {
		return nil, false
	}
	to := from
	if strings.HasPrefix(p.in, ":") {
		p.in = p.in[1:]
		word = p.word()
		if to, ok = p.cornerOf(word); !ok || p.foreign(word) {
			return nil, false
		}
	} else if from.row == 0 || from.col == 0 {
		return nil, false
	}
	if p.in != "" && strings.IndexByte("!(:#[{@'\"", p.in[0]) >= 0 {
		return nil, false
	}
	a, ok := p.join(sheet, from, to)
	return &expr{kind: kindArea, area: a}, ok
}

// figure reads a number, or rows as in 5:7.
func (p *parser) figure() (*expr, bool) {
	n := strings.IndexFunc(p.in, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if n < 0 {
		n = len(p.in)
	}
	if n < len(p.in) && p.in[n] == ':' {
		word := p.in[:n]
		p.in = p.in[n:]
		return p.reference(p.sheet, word)
	}
	if n+1 < len(p.in) && p.in[n]|0x20 == 'e' {
		for n += 2; n < len(p.in) && p.in[n] >= '0' && p.in[n] <= '9'; n++ {
		}
	}
	text := p.in[:n]
	p.in = p.in[n:]
	d, ok := exact(text)
	return &expr{kind: kindNumber, number: d}, ok
}

// exact reads a number that is written in a formula.
func exact(text string) (decimal.Decimal, bool) {
	if _, ok := numfmt.ParseDecimal([]byte(text)); !ok || len(text) > 400 {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}
