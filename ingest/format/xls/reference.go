package xls

import "strings"

// corner is one end of a reference.
type corner struct {
	row, col           int
	fixedRow, fixedCol bool
}

// reference takes a token that names cells, names or functions.
func (f *writer) reference(t byte) {
	switch t {
	case 0x21:
		n := int(le.Uint16(f.take(2)))
		fn, ok := f.w.functionOf(n)
		if !ok || fn.args < 0 {
			f.fail()
			return
		}
		f.call(fn.name, fn.args)
	case 0x22:
		f.variable()
	case 0x23:
		f.name()
	case 0x24, 0x2c:
		f.push(f.single(t == 0x2c), yieldsAny)
	case 0x25, 0x2d:
		f.push(f.area(t == 0x2d), yieldsAny)
	case 0x29: // a reference that is computed: its tokens follow
		f.take(2)
	case 0x2a:
		f.take(f.w.size(4, 3))
		f.push("#REF!", yieldsAny)
	case 0x2b:
		f.take(f.w.size(8, 6))
		f.push("#REF!", yieldsAny)
	case 0x39, 0x3a, 0x3b, 0x3c, 0x3d:
		f.linked(t)
	default:
		f.fail() // constant arrays and areas kept beside the formula
	}
}

// size is the first number for BIFF8 and the second for BIFF5.
func (w *workbook) size(eight, five int) int {
	if w.biff8 {
		return eight
	}
	return five
}

// variable calls a function whose number of arguments is in the token.
func (f *writer) variable() {
	n := int(f.take(1)[0] & 0x7f)
	id := int(le.Uint16(f.take(2)))
	if id != 255 {
		fn, ok := f.w.functionOf(id)
		if !ok {
			f.fail()
			return
		}
		f.call(fn.name, n)
		return
	}
	// The name of the function is the first operand.
	first := len(f.stack) - n
	if first < 0 || n == 0 {
		f.fail()
		return
	}
	upto := len(f.out)
	if first+1 < len(f.stack) {
		upto = f.stack[first+1].from
	}
	from := f.stack[first].from
	name := strings.TrimPrefix(string(f.out[from:upto]), "_xlfn.")
	f.w.effort -= len(f.out) - from
	f.out = append(f.out[:from], f.out[upto:]...)
	f.stack = append(f.stack[:first], f.stack[first+1:]...)
	for i := first; i < len(f.stack); i++ {
		f.stack[i].from -= upto - from
	}
	f.call(name, n-1)
}

// name takes the number of a defined name.
func (f *writer) name() {
	n := int(le.Uint16(f.take(2)))
	f.take(f.w.size(2, 12))
	if !f.w.biff8 || n < 1 || n > len(f.w.links.names) || f.w.links.names[n-1] == "" {
		f.fail()
		return
	}
	f.push(f.w.links.names[n-1], yieldsAny)
}

// linked takes a reference to other sheets, or a name in another book.
func (f *writer) linked(t byte) {
	if !f.w.biff8 {
		f.fail()
		return
	}
	sheets := int(le.Uint16(f.take(2)))
	if t == 0x39 {
		text, ok := f.w.linkedName(sheets, int(le.Uint16(f.take(4))))
		if !ok {
			f.fail()
		}
		f.push(text, yieldsAny)
		return
	}
	prefix, ok := f.w.sheetsText(sheets)
	if !ok {
		f.fail()
	}
	switch t {
	case 0x3a:
		f.push(prefix+f.single(false), yieldsAny)
	case 0x3b:
		f.push(prefix+f.area(false), yieldsAny)
	case 0x3c:
		f.take(4)
		f.push(prefix+"#REF!", yieldsAny)
	case 0x3d:
		f.take(8)
		f.push(prefix+"#REF!", yieldsAny)
	}
}

// corner makes sense of a row and a column with their flags. Offsets count
// from the cell and go on at the other edge of the sheet, as in Excel.
func (f *writer) corner(row, col uint16, offset bool) corner {
	flags, rows := col, rowsMax
	if !f.w.biff8 {
		flags, rows = row, rowsMax/4
		row &= 0x3fff
	}
	c := corner{row: int(row), col: int(col & 0xff), fixedRow: flags&0x8000 == 0, fixedCol: flags&0x4000 == 0}
	if offset && !c.fixedRow {
		c.row = (f.at.row + c.row) & (rows - 1)
	}
	if offset && !c.fixedCol {
		c.col = (f.at.col + c.col) & (colsMax - 1)
	}
	if f.w.biff8 && col&0x3f00 != 0 && !offset {
		f.fail()
	}
	return c
}

// single takes a reference to one cell.
func (f *writer) single(offset bool) string {
	if offset && !f.moved {
		f.fail()
	}
	var c corner
	if f.w.biff8 {
		b := f.take(4)
		c = f.corner(le.Uint16(b), le.Uint16(b[2:]), offset)
	} else {
		b := f.take(3)
		c = f.corner(le.Uint16(b), uint16(b[2]), offset)
	}
	return string(f.cell(nil, c.row, c.col, c.fixedRow, c.fixedCol))
}

// area takes a reference to a rectangle. One from edge to edge is columns or
// rows.
func (f *writer) area(offset bool) string {
	if offset && !f.moved {
		f.fail()
	}
	var a, z corner
	last := rowsMax - 1
	if f.w.biff8 {
		b := f.take(8)
		a, z = f.corner(le.Uint16(b), le.Uint16(b[4:]), offset), f.corner(le.Uint16(b[2:]), le.Uint16(b[6:]), offset)
	} else {
		b := f.take(6)
		a, z = f.corner(le.Uint16(b), uint16(b[4]), offset), f.corner(le.Uint16(b[2:]), uint16(b[5]), offset)
		last = rowsMax/4 - 1
	}
	switch {
	case a.col == 0 && z.col == colsMax-1:
		return string(f.rowText(append(f.rowText(nil, a.row, a.fixedRow), ':'), z.row, z.fixedRow))
	case a.row == 0 && z.row == last:
		return string(f.columnText(append(f.columnText(nil, a.col, a.fixedCol), ':'), z.col, z.fixedCol))
	}
	dst := append(f.cell(nil, a.row, a.col, a.fixedRow, a.fixedCol), ':')
	return string(f.cell(dst, z.row, z.col, z.fixedRow, z.fixedCol))
}
