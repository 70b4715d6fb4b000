// Package compute gives a value to formulas that came without one, where that
// takes no guess: sums and counts of cells that were read. Programs that write
// workbooks without calculating them leave such formulas behind.
//
// What is computed: SUM, COUNT, COUNTA, COUNTIF and COUNTIFS with a plain
// literal, SUBTOTAL of those kinds, chains of plus and minus, brackets, and
// ROUND of these; and IF(COUNTA(…)<n,"",…) around one of them, which shows
// nothing before enough is filled in. Everything else is left as it was:
// products, quotients, any other IF, names, tables, other workbooks, several sheets at once, and whatever this
// package cannot read.
//
// A value is given only if every program that computes would show the same and
// nobody could have meant another. A number that stands as text in a summed
// range is ignored by spreadsheet programs, which the clerk did not mean; so
// that sum is left too. The same goes for formulas in web pages, whose
// addresses follow the layout of another program.
//
// Arithmetic is in exact decimals, and the result is the shortest decimal of
// the nearest binary fraction: 0.1+0.2 gives 0.3, where a spreadsheet program
// stores 0.30000000000000004 and shows 0.3. Where the two could differ by more
// than a millionth of the result, the formula is left.
//
// It never touches a cell that has a value or is no formula, never says that a
// computed value was in the file, and its work is bounded. Start reading at
// [Fill], then parse.go (what is a sum), eval.go (the values) and column.go
// (long ranges).
package compute

import (
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

const (
	// workMax bounds the work on one workbook. A unit is 10 to 30 ns, the
	// whole about two seconds. What is not computed then is left.
	workMax = 100_000_000

	// formulaWork is the work of reading a formula and showing its value.
	formulaWork = 60

	// depthMax is how many formulas may wait for one another at a time. It
	// concerns only formulas that refer to later rows: earlier ones are done.
	depthMax = 100_000
)

// Fill computes the uncached formulas of the workbook that are sums or counts
// of cells with values, and returns how many those were. It sets Kind, Stored,
// Shown and Computed of their cells; Cached stays false. All other cells stay
// as they are. A second call changes nothing, but where the first ran out of
// work.
func Fill(book *tonghop.Book) int {
	if book == nil || book.Format == "html" || spills(book) {
		return 0
	}
	return fill(book, workMax).done
}

// spills reports whether a formula without a value fills several cells: those
// look blank, and no sum could tell them from cells that are.
func spills(book *tonghop.Book) bool {
	for i := range book.Sheets {
		s := &book.Sheets[i]
		for _, a := range s.Arrays {
			if c := s.Cell(a.Top, a.Left); c == nil || waits(c) || c.Kind == tonghop.CellBlank {
				return true
			}
		}
	}
	return false
}

// fill is Fill with a bound of its own.
func fill(book *tonghop.Book, work int) *filler {
	f := &filler{
		book: book, sizes: sizesOf(book.Format), left: work,
		state: map[*tonghop.Cell]state{}, formats: map[string]*numfmt.Format{},
		sheets: make([]sheet, len(book.Sheets)), names: map[string]int{},
	}
	for i := range book.Sheets {
		name := strings.ToLower(book.Sheets[i].Name)
		if _, twice := f.names[name]; twice {
			f.names[name] = -1
			continue
		}
		f.names[name] = i
	}
	for i := range book.Sheets {
		lines := book.Sheets[i].Lines
		for j := range lines {
			for k := range lines[j].Cells {
				if c := &lines[j].Cells[k]; waits(c) && f.state[c] == 0 {
					f.compute(place{i, c})
				}
				if f.left <= 0 {
					return f
				}
			}
		}
	}
	return f
}

// waits reports whether the cell is a formula without a value.
func waits(c *tonghop.Cell) bool { return c.HasForm && !c.Cached && !c.Computed }

// state is how far a formula without a value has come. None is 0; one that has
// got its value needs none, its cell says so.
type state uint8

const (
	stateOpen state = 1 + iota // its formula waits for others
	stateLeft                  // it gets no value
)

// place is a cell and the number of its sheet.
type place struct {
	sheet int
	cell  *tonghop.Cell
}

// filler computes one workbook.
type filler struct {
	book    *tonghop.Book
	sizes   sizes
	sheets  []sheet        // what was made to look cells up, per sheet
	names   map[string]int // sheet by name in small letters; -1 if two have it
	state   map[*tonghop.Cell]state
	formats map[string]*numfmt.Format
	left    int // work that may still be done
	done    int // formulas computed
}

// spend takes from the work that is left and reports whether there was some.
func (f *filler) spend(n int) bool {
	f.left -= n
	return f.left > 0
}

// waiting is a formula on the way to its value.
type waiting struct {
	place
	expr  *expr
	needs []place // formulas without a value that it refers to
}

// compute gives the formula at p its value, and first those that it needs. If
// one cannot have a value, then none that waits for it can.
func (f *filler) compute(p place) {
	var stack []waiting
	next := p
	for {
		w, ok := f.begin(next)
		stack = append(stack, w)
		for ok && len(stack) > 0 {
			var found bool
			top := &stack[len(stack)-1]
			if next, found, ok = f.need(top); found || !ok {
				break
			}
			if ok = f.settle(top); ok {
				stack = stack[:len(stack)-1]
			}
		}
		if ok && len(stack) == 0 {
			return
		}
		if !ok || len(stack) >= depthMax {
			for i := range stack {
				f.state[stack[i].cell] = stateLeft
			}
			return
		}
	}
}

// begin reads a formula and finds what it needs.
func (f *filler) begin(p place) (w waiting, ok bool) {
	w.place = p
	f.state[p.cell] = stateOpen
	if !f.figures(p.cell) || !f.spend(formulaWork+len(p.cell.Formula)) {
		return w, false
	}
	if w.expr, ok = f.parse(p); !ok {
		return w, false
	}
	for _, a := range w.expr.areas(nil) {
		if w.needs, ok = f.openCells(w.needs, a); !ok {
			return w, false
		}
	}
	return w, true
}

// need takes the next formula that w waits for, if there is one; ok is false
// if that cannot have a value, because it was tried or because it waits for w.
func (f *filler) need(w *waiting) (next place, found, ok bool) {
	for len(w.needs) > 0 {
		next, w.needs = w.needs[len(w.needs)-1], w.needs[:len(w.needs)-1]
		if !next.cell.Computed {
			return next, true, f.state[next.cell] == 0
		}
	}
	return place{}, false, true
}

// settle computes a formula whose needs are met.
func (f *filler) settle(w *waiting) bool {
	if blank, ok := f.blank(w); blank || !ok {
		return ok
	}
	v, ok := f.eval(w.expr)
	if !ok || !v.certain() {
		return false
	}
	stored, ok := v.text()
	if !ok {
		return false
	}
	d, ok := numfmt.ParseDecimal([]byte(stored))
	if !ok {
		return false
	}
	c, format := w.cell, f.format(w.cell)
	if f.openDocument() && format.General() && v.styled > 0 {
		return false
	}
	switch {
	case !format.General():
		c.Shown = string(format.AppendNumber(nil, []byte(stored), d, f.book.Date1904))
	case numfmt.PlainGeneral([]byte(stored)):
		c.Shown = stored
	default:
		c.Shown = string(d.AppendGeneral(nil))
	}
	c.Kind, c.Stored, c.Computed = tonghop.CellNumber, stored, true
	delete(f.state, c)
	f.done++
	return true
}

// figures reports whether the cell shows numbers as such. A sum that is shown
// as a date or as a truth value is none.
func (f *filler) figures(c *tonghop.Cell) bool {
	if c.Style != nil && (c.Style.Date || strings.EqualFold(c.Style.NumberFormat, "BOOLEAN")) {
		return false
	}
	return !f.format(c).Date()
}

// format is the number format of a cell, compiled once.
func (f *filler) format(c *tonghop.Cell) *numfmt.Format {
	code := ""
	if c.Style != nil {
		code = c.Style.NumberFormat
	}
	format, ok := f.formats[code]
	if !ok {
		format = numfmt.Compile(code)
		f.formats[code] = format
	}
	return format
}
