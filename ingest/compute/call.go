package compute

import "strings"

// call reads the arguments of a function.
func (p *parser) call(name string) (*expr, bool) {
	switch name {
	case "SUM":
		return p.list(&expr{kind: kindSum}, func(*expr) bool { return true })
	case "COUNT":
		return p.list(&expr{kind: kindCount}, func(a *expr) bool { return a.kind == kindArea || a.kind == kindNumber })
	case "COUNTA":
		// Readers of text drop cells of nothing but blanks, which count.
		return p.list(&expr{kind: kindCountA}, func(a *expr) bool {
			return p.f.book.Format != "csv" && (a.kind == kindArea || a.kind == kindNumber)
		})
	case "COUNTIF", "COUNTIFS":
		e, ok := p.countIf()
		return e, ok && (name == "COUNTIFS" || len(e.args) == 1)
	case "SUBTOTAL":
		return p.subtotal()
	case "ROUND":
		return p.round()
	case "IF":
		return p.unless()
	}
	return nil, false
}

// list reads one argument or more, each of which is to pass.
func (p *parser) list(e *expr, pass func(*expr) bool) (*expr, bool) {
	for {
		a, ok := p.chain()
		if !ok || !pass(a) {
			return nil, false
		}
		e.args = append(e.args, a)
		if !p.take(',') {
			return e, p.take(')')
		}
	}
}

// countIf reads pairs of a range and a literal.
func (p *parser) countIf() (*expr, bool) {
	e := &expr{kind: kindCountIf}
	for {
		a, ok := p.chain()
		if !ok || a.kind != kindArea || !p.take(',') {
			return nil, false
		}
		c, ok := p.criterion()
		if !ok || !e.sameShape(a) {
			return nil, false
		}
		e.args, e.tests = append(e.args, a), append(e.tests, c)
		if !p.take(',') {
			return e, p.take(')')
		}
	}
}

// sameShape reports whether a range is as large as the first one.
func (e *expr) sameShape(a *expr) bool {
	if len(e.args) == 0 {
		return true
	}
	x, y := e.args[0].area, a.area
	return x.Bottom-x.Top == y.Bottom-y.Top && x.Right-x.Left == y.Right-y.Left
}

// criterion reads what cells are to be counted: a number or a text.
func (p *parser) criterion() (criterion, bool) {
	p.skip()
	if strings.HasPrefix(p.in, `"`) {
		text, ok := p.quoted('"')
		if !ok {
			return criterion{}, false
		}
		c, ok := criterionOf(text)
		// What such a text means is a setting of the file in OpenDocument.
		return c, ok && (c.text == "" || p.f.book.Format != "ods" && p.f.book.Format != "fods")
	}
	e, ok := p.chain()
	if !ok {
		return criterion{}, false
	}
	n, ok := e.literal()
	if !ok {
		return criterion{}, false
	}
	x, _ := n.Float64()
	return criterion{op: "=", number: x}, true
}

// subtotal reads SUBTOTAL(9,…) and its kind. Only in these formats do the
// readers tell which rows are hidden.
func (p *parser) subtotal() (*expr, bool) {
	switch p.f.book.Format {
	case "xlsx", "xls", "ods", "fods":
	default:
		return nil, false
	}
	e := &expr{kind: kindSubtotal}
	code, ok := p.chain()
	if !ok || !p.take(',') {
		return nil, false
	}
	n, ok := code.literal()
	if !ok || !n.IsInteger() || n.NumDigits() > 3 {
		return nil, false
	}
	switch e.code = int(n.IntPart()); e.code {
	case 2, 3, 9, 102, 103, 109:
		return p.list(e, func(a *expr) bool { return a.kind == kindArea })
	}
	return nil, false
}

// round reads ROUND(…,places).
func (p *parser) round() (*expr, bool) {
	a, ok := p.chain()
	if !ok || !a.scalar() || !p.take(',') {
		return nil, false
	}
	places, ok := p.chain()
	if !ok {
		return nil, false
	}
	n, ok := places.literal()
	if !ok || !n.IsInteger() || n.NumDigits() > 2 || n.Exponent() > 2 {
		return nil, false
	}
	e := &expr{kind: kindRound, args: []*expr{a}, code: int(n.IntPart())}
	return e, e.code >= -15 && e.code <= 15 && p.take(')')
}
