package xls

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// How tightly operators hold their operands, from the loosest.
const (
	bindCompare = iota
	bindConcat
	bindAdd
	bindMul
	bindPower
	bindPercent
	bindSign
	bindUnion
	bindIntersect
	bindRange
	bindAtom
)

// operand is a finished piece of the text, from where on it stands.
type operand struct {
	from, bind int
	yields     yield
}

// yield is what a formula can result in, beside an error.
type yield uint8

const (
	yieldsAny    yield = iota
	yieldsNumber       // or a truth value, never text
	yieldsText         // never a number
)

// writer turns the tokens of a formula into its text as Excel shows it. The
// tokens are in the order of evaluation, so operands wait in one buffer until
// their operator comes. Excel stores also the brackets; where another program
// left them out they are put in.
type writer struct {
	w      *workbook
	at     place
	moved  bool // relative references count from the cell: shared formulas
	in     []byte
	out    []byte
	stack  []operand
	failed bool
}

// formulaText is the text of a formula and what it yields; not ok, and "", if
// there is anything in it that is not known for certain.
func (w *workbook) formulaText(tokens []byte, at place, moved bool) (text string, y yield, ok bool) {
	if len(tokens) == 0 || w.budget <= 0 || w.effort <= 0 {
		return "", yieldsAny, false
	}
	f := writer{w: w, at: at, moved: moved, in: tokens}
	for len(f.in) > 0 && !f.failed && len(f.out) <= formulaTextMax && w.effort > 0 {
		f.token()
	}
	if f.failed || len(f.in) > 0 || len(f.stack) != 1 || len(f.out) == 0 || len(f.out) > formulaTextMax {
		return "", yieldsAny, false
	}
	w.budget -= len(f.out)
	return string(f.out), f.stack[0].yields, true
}

// take gives the next n bytes of the tokens; zeros when they are too few.
func (f *writer) take(n int) []byte {
	if len(f.in) < n {
		f.failed, f.in = true, nil
		return make([]byte, n)
	}
	b := f.in[:n]
	f.in = f.in[n:]
	return b
}

func (f *writer) fail() { f.failed = true }

// push adds an operand.
func (f *writer) push(text string, y yield) {
	f.stack = append(f.stack, operand{len(f.out), bindAtom, y})
	f.out = append(f.out, text...)
	f.w.effort -= 24 + len(text)
}

// insert puts text into what stands already.
func (f *writer) insert(at int, text string) {
	f.w.effort -= len(f.out) - at
	f.out = append(f.out, text...)
	copy(f.out[at+len(text):], f.out[at:])
	copy(f.out[at:], text)
}

// bracket puts the last operand, which ends the text, in brackets.
func (f *writer) bracket() {
	top := &f.stack[len(f.stack)-1]
	f.insert(top.from, "(")
	f.out = append(f.out, ')')
	top.bind = bindAtom
}

// binary joins the last two operands.
func (f *writer) binary(op string, bind int) {
	n := len(f.stack)
	if n < 2 {
		f.fail()
		return
	}
	left, right := &f.stack[n-2], &f.stack[n-1]
	if right.bind <= bind {
		f.bracket()
	}
	if left.bind < bind {
		f.insert(right.from, ")")
		f.insert(left.from, "(")
		right.from += 2
	}
	f.insert(right.from, op)
	left.bind, left.yields = bind, yieldsNumber
	if bind == bindConcat {
		left.yields = yieldsText
	} else if bind >= bindUnion {
		left.yields = yieldsAny
	}
	f.stack = f.stack[:n-1]
}

// unary puts a sign before the last operand, or a percent sign behind it.
func (f *writer) unary(op string, bind int) {
	if len(f.stack) == 0 {
		f.fail()
		return
	}
	top := &f.stack[len(f.stack)-1]
	if top.bind < bind {
		f.bracket()
	}
	if bind == bindPercent {
		f.out = append(f.out, op...)
	} else {
		f.insert(top.from, op)
	}
	top.bind = bind
	if op != "+" { // which changes nothing
		top.yields = yieldsNumber
	}
}

// token takes one token.
func (f *writer) token() {
	t := f.take(1)[0]
	if t >= 0x20 {
		if t >= 0x80 {
			f.fail()
			return
		}
		t = t&0x1f | 0x20 // whether a value or a reference is wanted
	}
	switch {
	case t >= 0x03 && t <= 0x11:
		ops := [...]string{"+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"}
		binds := [...]int{
			bindAdd, bindAdd, bindMul, bindMul, bindPower, bindConcat, bindCompare, bindCompare, bindCompare,
			bindCompare, bindCompare, bindCompare, bindIntersect, bindUnion, bindRange,
		}
		f.binary(ops[t-3], binds[t-3])
	case t == 0x12:
		f.unary("+", bindSign)
	case t == 0x13:
		f.unary("-", bindSign)
	case t == 0x14:
		f.unary("%", bindPercent)
	case t == 0x15:
		if len(f.stack) == 0 {
			f.fail()
			return
		}
		f.bracket()
	case t < 0x20:
		f.constant(t)
	default:
		f.reference(t)
	}
}

// call joins the last n operands as the arguments of a function.
func (f *writer) call(name string, n int) {
	first := len(f.stack) - n
	if first < 0 {
		f.fail()
		return
	}
	from := len(f.out)
	if n > 0 {
		from = f.stack[first].from
	}
	args := make([]byte, 0, len(f.out)-from+n+len(name)+2)
	args = append(append(args, name...), '(')
	for i := first; i < len(f.stack); i++ {
		upto := len(f.out)
		if i+1 < len(f.stack) {
			upto = f.stack[i+1].from
		}
		if i > first {
			args = append(args, ',')
		}
		arg := f.out[f.stack[i].from:upto]
		if f.stack[i].bind == bindUnion {
			args = append(append(append(args, '('), arg...), ')')
		} else {
			args = append(args, arg...)
		}
	}
	f.out = append(append(f.out[:from], args...), ')')
	y := functionYields(name, f.stack[first:])
	f.stack = append(f.stack[:first], operand{from, bindAtom, y})
	f.w.effort -= 2 * len(args)
}

// cell writes an address, moved from where a shared formula was written.
func (f *writer) cell(dst []byte, row, col int, fixedRow, fixedCol bool) []byte {
	return f.rowText(f.columnText(dst, col, fixedCol), row, fixedRow)
}

func (f *writer) columnText(dst []byte, col int, fixed bool) []byte {
	if fixed {
		dst = append(dst, '$')
	}
	return append(dst, tonghop.ColumnName(col+1)...)
}

func (f *writer) rowText(dst []byte, row int, fixed bool) []byte {
	if fixed {
		dst = append(dst, '$')
	}
	return strconv.AppendInt(dst, int64(row+1), 10)
}
