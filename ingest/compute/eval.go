package compute

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// literal is the number that the piece is, if it is one.
func (e *expr) literal() (decimal.Decimal, bool) {
	switch {
	case e.kind == kindNumber:
		return e.number, true
	case e.kind == kindChain && len(e.args) == 1 && e.args[0].kind == kindNumber:
		if e.minus[0] {
			return e.args[0].number.Neg(), true
		}
		return e.args[0].number, true
	}
	return decimal.Decimal{}, false
}

// eval computes a piece; false if it is to be left. All formulas that it
// refers to have values.
func (f *filler) eval(e *expr) (value, bool) {
	switch e.kind {
	case kindNumber:
		return literal(e.number), true
	case kindArea:
		return f.single(e.area, e.lone)
	case kindChain:
		return f.evalChain(e)
	case kindSum:
		return f.evalSum(e)
	case kindCount, kindCountA:
		return f.evalCount(e)
	case kindCountIf:
		return f.evalCountIf(e)
	case kindSubtotal:
		return f.evalSubtotal(e)
	case kindRound:
		v, ok := f.eval(e.args[0])
		if !ok {
			return v, false
		}
		return v.rounded(e.code)
	}
	return value{}, false
}

// single is the value of one cell in a chain, where a blank one is zero and
// text is an error. A formula that is one reference and nothing else leaves a
// blank one open: nobody added anything, so nothing says zero.
func (f *filler) single(a area, lone bool) (value, bool) {
	e := f.entryOf(f.book.Sheets[a.sheet].Cell(a.Top, a.Left))
	switch {
	case e.is == isBlank:
		return value{}, !lone
	case e.is == isSmall || e.is == isWide:
		var t tally
		t.add(&e)
		return t.value(), true
	}
	return value{}, false
}

func (f *filler) evalChain(e *expr) (sum value, ok bool) {
	if !f.spend(4 * len(e.args)) {
		return sum, false
	}
	for i, a := range e.args {
		if e.lone && a.kind != kindNumber {
			a.lone = true
		}
		v, ok := f.eval(a)
		if !ok {
			return sum, false
		}
		sum = sum.plus(v, e.minus[i])
	}
	return sum, true
}

func (f *filler) evalSum(e *expr) (sum value, ok bool) {
	var t tally
	for _, a := range e.args {
		if a.kind == kindArea {
			if !f.tally(&t, a.area) {
				return sum, false
			}
			continue
		}
		v, ok := f.eval(a)
		if !ok {
			return sum, false
		}
		sum = sum.plus(v, false)
	}
	return sum.plus(t.value(), false), f.sums(&t)
}

// sums reports whether all programs agree on the sum of what was added, and
// nobody meant another.
func (f *filler) sums(t *tally) bool {
	return t.errors == 0 && t.doubts == 0 && (t.bools == 0 || !f.openDocument())
}

// openDocument reports whether the file is LibreOffice's own, to which TRUE is
// a number, and which shows a sum without a format as what went into it.
func (f *filler) openDocument() bool { return f.book.Format == "ods" || f.book.Format == "fods" }

func (f *filler) evalCount(e *expr) (value, bool) {
	var t tally
	for _, a := range e.args {
		if a.kind == kindNumber {
			t.numbers++
		} else if !f.tally(&t, a.area) {
			return value{}, false
		}
	}
	return f.counted(&t, e.kind == kindCountA)
}

// counted is the number of numbers, or of all that is not blank. A text of
// nothing but blanks looks blank and counts: that is a doubt.
func (f *filler) counted(t *tally, all bool) (value, bool) {
	if all {
		return count(t.numbers + t.texts + t.doubts + t.bools + t.errors), t.spaces == 0
	}
	return count(t.numbers), t.doubts == 0 && (t.bools == 0 || !f.openDocument())
}

// evalCountIf counts the cells of the first range that meet the first
// criterion and whose fellows in the other ranges meet theirs. Blank cells
// meet none.
func (f *filler) evalCountIf(e *expr) (value, bool) {
	a, n := e.args[0].area, 0
	columns := f.sheetOf(a.sheet).within(a.Area)
	for i := range columns {
		c := &columns[i]
		from, to := c.between(a.Top, a.Bottom)
		if !f.spend(8 + 4*(to-from)) {
			return value{}, false
		}
		for i := from; i < to; i++ {
			v := f.match(&e.tests[0], c.entries[i])
			if v == verdictYes && len(e.args) > 1 {
				v = f.others(e, int(c.rows[i])-a.Top, c.entries[i].cell.Col-a.Left)
			}
			if v == verdictDoubt {
				return value{}, false
			}
			n += int(v)
		}
	}
	return count(n), true
}

// others holds the further criteria against the cells at the same place of
// their ranges.
func (f *filler) others(e *expr, down, right int) verdict {
	f.spend(16 * len(e.args))
	for i := 1; i < len(e.args); i++ {
		a := e.args[i].area
		v := f.match(&e.tests[i], f.entryOf(f.book.Sheets[a.sheet].Cell(a.Top+down, a.Left+right)))
		if v != verdictYes {
			return v
		}
	}
	return verdictYes
}

// match holds a criterion against a cell.
func (f *filler) match(c *criterion, e entry) verdict {
	if e.is == isWaiting {
		e = f.entryOf(e.cell)
	}
	switch e.is {
	case isSmall, isWide:
		return c.matchNumber(e.float(), e.cell.Computed)
	case isDoubt:
		if c.text == "" {
			return verdictDoubt
		}
		return c.matchText(e.cell.Stored)
	case isText, isSpaces:
		if c.text != "" {
			return c.matchText(e.cell.Stored)
		}
	case isBool:
		if f.openDocument() {
			return verdictDoubt
		}
	case isWaiting:
		return verdictDoubt
	}
	return verdictNo
}

// evalSubtotal adds or counts what other subtotals have not. From 100 on it
// leaves hidden rows out; below, only those hidden by a filter, which the cells
// do not tell, so that no row may be hidden.
func (f *filler) evalSubtotal(e *expr) (value, bool) {
	var t tally
	for _, arg := range e.args {
		if !f.visible(&t, arg.area, e.code > 100) {
			return value{}, false
		}
	}
	if !f.spend(wideWork * t.wides) {
		return value{}, false
	}
	switch e.code % 100 {
	case 9:
		return t.value(), f.sums(&t)
	case 3:
		return f.counted(&t, true)
	}
	return f.counted(&t, false)
}

// visible adds the cells of an area that a subtotal has to take.
func (f *filler) visible(t *tally, a area, skip bool) bool {
	lines := f.book.Sheets[a.sheet].Lines
	for i := f.lineFrom(a); i < len(lines) && lines[i].Row <= a.Bottom; i++ {
		l := &lines[i]
		if !f.spend(2+len(l.Cells)) || l.Hidden && !skip {
			return false
		}
		for j := range l.Cells {
			c := &l.Cells[j]
			if l.Hidden || c.Col < a.Left || c.Col > a.Right {
				continue
			}
			sub, ok := subtotal(c)
			if !ok {
				return false
			}
			if sub {
				continue
			}
			e := f.entryOf(c)
			if e.is == isWaiting {
				return false
			}
			t.add(&e)
		}
	}
	return true
}

// lineFrom is the index of the first line in the area.
func (f *filler) lineFrom(a area) int {
	lines := f.book.Sheets[a.sheet].Lines
	lo, hi := 0, len(lines)
	for lo < hi {
		if mid := (lo + hi) / 2; lines[mid].Row < a.Top {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// subtotal reports whether the cell is a subtotal itself; not ok if a subtotal
// is a part of its formula, or its formula is not known.
func subtotal(c *tonghop.Cell) (is, ok bool) {
	if !c.HasForm {
		return false, true
	}
	in := strings.ToUpper(c.Formula)
	if in == "" {
		return false, false
	}
	if !strings.Contains(in, "SUBTOTAL") && !strings.Contains(in, "AGGREGATE") {
		return false, true
	}
	rest, ok := strings.CutPrefix(in, "SUBTOTAL(")
	return ok, ok && strings.IndexByte(rest, '(') < 0 && strings.IndexByte(rest, ')') == len(rest)-1
}
