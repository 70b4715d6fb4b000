package compute

import "github.com/tonghop/tonghop"

// unless reads the one use of IF that is computed: IF(COUNTA(…)<n,"",…), as a
// form writes it that shows no total before enough cells are filled in. The
// name and the bracket are taken already. It must be the whole formula, for a
// text inside a sum would be another question.
func (p *parser) unless() (*expr, bool) {
	if p.depth != 1 {
		return nil, false
	}
	counted, ok := p.term()
	if !ok || counted.kind != kindCount && counted.kind != kindCountA || !p.take('<') {
		return nil, false
	}
	least, ok := p.term()
	if !ok || least.kind != kindNumber || !least.number.IsInteger() || !p.take(',') {
		return nil, false
	}
	if p.skip(); p.in == "" || p.in[0] != '"' {
		return nil, false
	}
	if text, ok := p.quoted('"'); !ok || text != "" || !p.take(',') {
		return nil, false
	}
	then, ok := p.chain()
	if !ok || !then.scalar() || !p.take(')') {
		return nil, false
	}
	return &expr{kind: kindUnless, args: []*expr{counted, least, then}}, true
}

// blank reports whether the formula of a cell says that it shows nothing, and
// lets the cell show that; ok is false if the formula is to be left.
func (f *filler) blank(w *waiting) (blank, ok bool) {
	e := w.expr
	if e.kind != kindUnless {
		return false, true
	}
	n, ok := f.eval(e.args[0])
	if !ok {
		return false, false
	}
	if w.expr = e.args[2]; !n.number.LessThan(e.args[1].number) {
		return false, true
	}
	c := w.cell
	c.Kind, c.Stored, c.Shown, c.Computed = tonghop.CellText, "", "", true
	delete(f.state, c)
	f.done++
	return true, true
}
