package xlsx

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/rich"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// The size of a worksheet.
const (
	rowsMax = 1 << 20
	colsMax = 1 << 14
)

// rowGuess is how many cells a row is made ready for.
const rowGuess = 48

// errStop ends the reading of a sheet early, at the caller's wish.
var errStop = errors.New("stopped")

// Rows streams sheet i: rows with content, by rising number. The line and its
// cells are valid until the next step; the texts in them stay valid. A row
// out of order is refused here; [Reader.Book] sorts. A cell whose shared
// formula comes after it has no formula text here; in a Book it has.
//
// The checksum of the sheet is known at its end only: after an error nothing
// that came before may be used.
func (r *Reader) Rows(i int) iter.Seq2[*tonghop.Line, error] {
	return func(yield func(*tonghop.Line, error) bool) {
		last := 0
		_, err := r.walk(i, func(line *tonghop.Line, row int, _ bool) error {
			if row <= last {
				return fmt.Errorf("row %d out of order", row)
			}
			last = row
			if len(line.Cells) > 0 && !yield(line, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

// Book reads all sheets. Errors: those of Open, file.too_many_merges, and
// file.too_large for too much text.
func (r *Reader) Book() (*tonghop.Book, error) {
	b := &tonghop.Book{Format: "xlsx", Date1904: r.date1904, Sheets: make([]tonghop.Sheet, 0, len(r.sheets))}
	k := keeper{lim: r.lim}
	for i, info := range r.sheets {
		k.lines, k.rows, k.sorted = nil, k.rows[:0], true
		w, err := r.walk(i, k.keep)
		if err != nil {
			return nil, err
		}
		if err := k.sort(); err != nil {
			return nil, partError(err, info.part)
		}
		x := r.extras[i]
		b.Sheets = append(b.Sheets, tonghop.Sheet{
			Name: info.Name, Hidden: info.Hidden, Lines: k.lines, Merges: x.Merges, HiddenCols: x.HiddenCols, Arrays: x.Arrays,
		})
		w.adopt(&b.Sheets[i])
	}
	return b, nil
}

// walk reads sheet i and calls each for every row, also the empty ones; bare
// tells that a row has not even blank cells. An error of each ends it.
func (r *Reader) walk(i int, each eachRow) (*sheetReader, error) {
	part := r.sheets[i].part
	in, err := r.opc.a.Open(part)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var s *xmlscan.Scanner
	if n := len(r.scanners); n > 0 {
		s, r.scanners = r.scanners[n-1], r.scanners[:n-1]
	} else {
		s = newScanner()
	}
	defer func() { r.scanners = append(r.scanners, s) }()
	s.Reset(in, r.opc.a.Size(part))
	w := &sheetReader{r: r, s: s, each: each, slow: r.slow, pending: make([]pending, 0, rowGuess)}
	w.line.Cells = make([]tonghop.Cell, 0, rowGuess)
	err = w.read()
	if err == nil {
		err = s.Finish()
	}
	// A fault of the bytes explains whatever the markup led to.
	if s.Err != nil && !errors.Is(err, errStop) {
		err = s.Err
	}
	r.extras[i] = w.extras
	return w, sheetError(err, &r.sheets[i])
}

// sheetError is an error of reading a sheet with the names of its part, the
// sheet and, where one is at fault, the cell.
func sheetError(err error, info *SheetInfo) error {
	if err == nil || tonghop.CodeOf(err) != "" || errors.Is(err, xmlscan.ErrDTD) || errors.Is(err, errStop) {
		return partError(err, info.part)
	}
	e := tonghop.Fail("file.damaged", err, "part", info.part, "sheet", info.Name)
	var at *cellError
	if errors.As(err, &at) {
		e.Args["cell"] = at.ref.Cell()
	}
	return e
}

// eachRow takes a row; row is its number.
type eachRow func(line *tonghop.Line, row int, bare bool) error

// sheetReader reads one worksheet part.
type sheetReader struct {
	r      *Reader
	s      *xmlscan.Scanner
	each   eachRow
	extras Extras

	row        int  // number of the current row
	unnumbered bool // the row does not tell its number
	col        int  // column of the last cell
	sorted     bool
	line       tonghop.Line
	pending    []pending // beside line.Cells
	cols       []int32   // columns of all cells of the row
	text       []byte    // text of the row's cells
	fonts      rich.Fonts
	masters    map[int]master
	orphans    []orphan
	quick      bool // elements without prefix are the main namespace's, so quickCell may read them
	slow       bool // never quick, for tests
	err        error
}

// read reads the worksheet element.
func (w *sheetReader) read() error {
	s := w.s
	if !s.Root(nsMain, "worksheet") {
		return s.Err
	}
	data := 0
	for s.Child() {
		var err error
		switch {
		case s.Is(nsMain, "sheetData"):
			if data++; data > 1 {
				return errors.New("two tables of cells")
			}
			err = w.readRows()
		case s.Is(nsMain, "cols"):
			err = w.readCols()
		case s.Is(nsMain, "mergeCells"):
			err = w.readMerges()
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	return s.Err // a sheet without a table of cells is an empty one
}

func (w *sheetReader) readRows() error {
	s := w.s
	for s.Child() {
		if !s.Is(nsMain, "row") {
			return fmt.Errorf("unknown element %s among rows", s.Local)
		}
		if err := w.readRow(); err != nil {
			return err
		}
		if err := w.each(&w.line, w.row, len(w.cols) == 0); err != nil {
			return err
		}
	}
	return s.Err
}

// readRow reads one row into w.line.
func (w *sheetReader) readRow() error {
	s := w.s
	w.row++
	v, _ := s.Attr("r")
	if w.unnumbered = len(v) == 0; !w.unnumbered {
		n, ok := smallNumber(v)
		if !ok || n == 0 {
			return fmt.Errorf("row number %q", v)
		}
		w.row = n
	}
	if w.row > rowsMax {
		return fmt.Errorf("row %d is outside the sheet", w.row)
	}
	w.quick = !w.slow && s.DefaultNS() == nsMain
	w.line.Row, w.line.Hidden = w.row, s.Flag("hidden")
	w.line.Cells, w.pending, w.cols, w.text = w.line.Cells[:0], w.pending[:0], w.cols[:0], w.text[:0]
	w.col, w.sorted = 0, true
	for w.quickCells() && s.Child() {
		switch {
		case s.Is(nsMain, "c"):
			if err := w.readCell(); err != nil {
				return err
			}
		case s.Is(nsMain, "extLst"):
			s.Skip()
		default:
			return fmt.Errorf("unknown element %s in row %d", s.Local, w.row)
		}
	}
	if s.Err != nil {
		return s.Err
	}
	if w.err != nil {
		return w.err
	}
	return w.finishRow()
}

// quickCells reads as many cells as quickCell takes. It reports false on an
// error, which is then in w.err.
func (w *sheetReader) quickCells() bool {
	s := w.s
	if !w.quick || s.Empty() || s.Err != nil {
		return true
	}
	for {
		took, err := w.quickCell()
		if err != nil {
			w.err = err
			return false
		}
		if !took {
			return true
		}
	}
}

// finishRow gives the cells their texts, cut from one string for the row, and
// puts them in order.
func (w *sheetReader) finishRow() error {
	all := string(w.text)
	for i := range w.line.Cells {
		w.pending[i].resolve(&w.line.Cells[i], all)
	}
	if w.sorted {
		return nil
	}
	slices.Sort(w.cols)
	for i := 1; i < len(w.cols); i++ {
		if w.cols[i] == w.cols[i-1] {
			return fmt.Errorf("two cells at %s", tonghop.Ref{Row: w.row, Col: int(w.cols[i])}.Cell())
		}
	}
	slices.SortFunc(w.line.Cells, func(a, b tonghop.Cell) int { return cmp.Compare(a.Col, b.Col) })
	return nil
}
