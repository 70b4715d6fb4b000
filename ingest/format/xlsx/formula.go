package xlsx

import (
	"errors"
	"strconv"

	"github.com/tonghop/tonghop"
)

// master is a formula that several cells share.
type master struct {
	row, col int
	text     string
}

// orphan is a cell whose shared formula was not known when it was read.
type orphan struct{ row, col, id int }

// readFormula reads an f element. Cells that share a formula name it by
// number; one of them, mostly the first, holds its text, the others get it
// with its relative references moved.
func (w *sheetReader) readFormula(raw *rawCell) error {
	s := w.s
	kind, _ := s.Attr("t")
	shared := string(kind) == "shared"
	id, ok := 0, true
	if shared {
		if id, ok = s.Number("si", -1); !ok {
			return errors.New("shared formula with a bad number")
		}
		shared = id >= 0
	}
	if string(kind) == "array" || string(kind) == "dataTable" {
		ref, _ := s.Attr("ref")
		a, ok := parseArea(ref)
		if ok && (a.Top != a.Bottom || a.Left != a.Right) && len(w.extras.Arrays) < w.r.lim.Merges {
			w.extras.Arrays = append(w.extras.Arrays, a)
		}
	}
	from := len(w.text)
	w.text = s.Content(w.text)
	w.text = w.text[:from+len(tidy(w.text[from:]))]
	if s.Err != nil {
		return s.Err
	}
	if shared {
		w.share(id, from)
	}
	raw.formula = spanFrom(from, w.text)
	return nil
}

// share keeps the text of a shared formula, w.text[from:], or appends it where
// the cell leaves it to another one.
func (w *sheetReader) share(id, from int) {
	if len(w.text) > from {
		if w.masters == nil {
			w.masters = map[int]master{}
		}
		w.masters[id] = master{w.row, w.col, string(w.text[from:])}
		return
	}
	m, ok := w.masters[id]
	if !ok {
		w.orphans = append(w.orphans, orphan{w.row, w.col, id})
	} else if w.r.shared >= len(m.text) {
		w.text = shiftFormula(w.text, m.text, w.row-m.row, w.col-m.col)
		w.r.shared -= len(w.text) - from
	}
}

// adopt gives the cells of the sheet whose shared formula came after them its
// text.
func (w *sheetReader) adopt(s *tonghop.Sheet) {
	for _, o := range w.orphans {
		m, ok := w.masters[o.id]
		c := s.Cell(o.row, o.col)
		if ok && c != nil && w.r.shared >= len(m.text) {
			text := shiftFormula(nil, m.text, o.row-m.row, o.col-m.col)
			w.r.shared -= len(text)
			c.Formula = string(text)
		}
	}
}

// shiftFormula appends the formula with its relative references moved by rows
// and cols. Text in quotes, names, functions and references in brackets stay.
func shiftFormula(dst []byte, f string, rows, cols int) []byte {
	for i := 0; i < len(f); {
		c := f[i]
		switch {
		case c == '"' || c == '\'':
			n := quoted(f[i:])
			dst = append(dst, f[i:i+n]...)
			i += n
		case c == '[':
			n := bracketed(f[i:])
			dst = append(dst, f[i:i+n]...)
			i += n
		case c == '$' || wordByte(c):
			n := 1
			for i+n < len(f) && (f[i+n] == '$' || wordByte(f[i+n])) {
				n++
			}
			dst = shiftWord(dst, f, i, i+n, rows, cols)
			i += n
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}

// quoted is the length of the quoted piece that f starts with; a doubled quote
// ends one piece and starts the next, which comes to the same.
func quoted(f string) int {
	for n := 1; n < len(f); n++ {
		if f[n] == f[0] {
			return n + 1
		}
	}
	return len(f)
}

// bracketed is the length of the bracket that f starts with.
func bracketed(f string) int {
	depth := 0
	for n := range len(f) {
		switch f[n] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return n + 1
			}
		}
	}
	return len(f)
}

func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '_' || c == '.' || c == '\\' || c == '?' || c >= 0x80
}

// shiftWord appends the word f[from:to], moved if it is a reference: A1, or
// one side of A:A or 1:1. A word before ( is a function, before ! a sheet.
func shiftWord(dst []byte, f string, from, to, rows, cols int) []byte {
	word := f[from:to]
	next := byte(0)
	if to < len(f) {
		next = f[to]
	}
	if next == '(' || next == '!' || next == '[' {
		return append(dst, word...)
	}
	col, row, colFixed, rowFixed, ok := splitRef(word)
	inRange := next == ':' || from > 0 && f[from-1] == ':'
	if !ok || (col == 0 || row == 0) && !inRange {
		return append(dst, word...)
	}
	if col > 0 {
		dst = appendColumn(dst, col, colFixed, cols)
	}
	if row > 0 {
		if rowFixed {
			dst = append(dst, '$')
		} else {
			row = wrap(row+rows, rowsMax)
		}
		dst = strconv.AppendInt(dst, int64(row), 10)
	}
	return dst
}

func appendColumn(dst []byte, col int, fixed bool, cols int) []byte {
	if fixed {
		dst = append(dst, '$')
	} else {
		col = wrap(col+cols, colsMax)
	}
	return append(dst, tonghop.ColumnName(col)...)
}

// wrap goes on at the other edge of the sheet, as Excel does.
func wrap(n, size int) int { return ((n-1)%size+size)%size + 1 }

// splitRef takes a reference apart; col or row is 0 where there is none.
func splitRef(word string) (col, row int, colFixed, rowFixed, ok bool) {
	i := 0
	dollar := func() bool {
		if i < len(word) && word[i] == '$' {
			i++
			return true
		}
		return false
	}
	first := dollar()
	start := i
	for i < len(word) && i-start < 4 && (word[i]|0x20) >= 'a' && (word[i]|0x20) <= 'z' {
		col = col*26 + int(word[i]|0x20-'a') + 1
		i++
	}
	if i == start {
		rowFixed = first
	} else {
		colFixed, rowFixed = first, dollar()
	}
	if i == len(word) {
		return col, 0, colFixed, false, col > 0 && col <= colsMax && !rowFixed
	}
	row, ok = smallNumber([]byte(word[i:]))
	return col, row, colFixed, rowFixed, ok && row > 0 && row <= rowsMax && col <= colsMax && word[i] != '0'
}
