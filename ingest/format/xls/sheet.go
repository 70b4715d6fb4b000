package xls

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/tonghop/tonghop"
)

// The size of a worksheet of Excel 97 to 2003.
const (
	rowsMax = 1 << 16
	colsMax = 1 << 8
)

// place is a cell counted from 0, as the records do.
type place struct{ row, col int }

// sheetReader reads one worksheet.
type sheetReader struct {
	w      *workbook
	rec    records
	sheet  tonghop.Sheet
	cells  []tonghop.Cell
	sorted bool
	dialog bool
	rows   [rowsMax / 64]uint64 // hidden rows

	buf []byte // texts of cells, until flush
	ink []ink

	formulaCell   int // the cell that a STRING record belongs to; -1 if none
	formulaLook   *look
	formulaYields yield
	index         int              // in the list of sheets
	doubted       map[int]int      // cells with shared formulas among the workbook's doubts
	formulaKey    place            // what the last formula says it shares
	awaited       bool             // that cell waits for its text
	shared        map[place][]byte // formulas that several cells share
	arrays        map[place][]byte // formulas with one result for several cells
	sharers       map[int]place    // cells that have no formula of their own
}

// readSheet reads sheet i. It reports false for a dialog, which holds no
// cells.
func (w *workbook) readSheet(i int) (tonghop.Sheet, bool, error) {
	e := &w.sheets[i]
	s := &sheetReader{w: w, rec: records{b: w.stream}, sorted: true, formulaCell: -1, index: i}
	s.sheet = tonghop.Sheet{Name: e.name, Hidden: e.hidden}
	version, kind, err := s.rec.open(e.at)
	if err != nil {
		return s.sheet, false, err
	}
	if (version == version8) != w.biff8 || kind != streamCells {
		return s.sheet, false, fmt.Errorf("a substream of kind %#x and version %#x", kind, version)
	}
	if err := w.ownStyles(s.rec, e.at); err != nil {
		return s.sheet, false, err
	}
	s.rec.styled = len(w.styles.xfs) > 0
	start := s.rec
	n, err := start.countCells()
	if err != nil {
		return s.sheet, false, err
	}
	if w.cells += n; w.cells > w.lim.Cells {
		return s.sheet, false, tooManyCells(w.lim.Cells)
	}
	s.cells = make([]tonghop.Cell, 0, n)
	for {
		ok, err := s.rec.next()
		if err != nil {
			return s.sheet, false, err
		}
		if !ok {
			break
		}
		if err := s.record(); err != nil {
			return s.sheet, false, fmt.Errorf("record %#04x before byte %d: %w", s.rec.id, s.rec.at, err)
		}
	}
	if err := w.checkNext(&s.rec); err != nil {
		return s.sheet, false, err
	}
	// A dialog has no cells; what has some is none, whatever it says.
	return s.sheet, !s.dialog || len(s.cells) > 0, s.finish()
}

// countCells goes through the substream and counts the cells with content.
func (r records) countCells() (int, error) {
	n := 0
	for {
		ok, err := r.next()
		if err != nil || !ok {
			return n, err
		}
		switch r.id {
		case recNumber, recRK, recLabel, recLabelSST, recRString, recBoolErr, recFormula:
			n++
		case recMulRK:
			n += max(len(r.data)-6, 0) / 6
		}
	}
}

// record reads one record.
func (s *sheetReader) record() error {
	switch s.rec.id {
	case recRow:
		return s.row()
	case recColInfo:
		return s.column()
	case recMergeCells:
		return s.merges()
	case recWSBool:
		if err := s.rec.size(2); err != nil {
			return err
		}
		s.dialog = s.rec.data[0]&0x10 != 0
		return nil
	case recFilePass:
		return tonghop.Fail("file.encrypted", nil)
	}
	return s.cellRecord()
}

func (s *sheetReader) row() error {
	if err := s.rec.size(16); err != nil {
		return err
	}
	if s.rec.data[12]&0x20 != 0 {
		n := le.Uint16(s.rec.data)
		s.rows[n/64] |= 1 << (n % 64)
	}
	return nil
}

func (s *sheetReader) column() error {
	d := s.rec.data
	if len(d) < 10 || len(d) > 12 {
		return errCut
	}
	first, last := int(le.Uint16(d)), min(int(le.Uint16(d[2:])), colsMax-1) // some say 256
	if first > last && first != colsMax {
		return errors.New("bad range of columns")
	}
	if d[8]&1 != 0 || le.Uint16(d[4:]) == 0 { // of no width is hidden too
		if s.sheet.HiddenCols == nil {
			s.sheet.HiddenCols = map[int]bool{}
		}
		for c := first; c <= last; c++ {
			s.sheet.HiddenCols[c+1] = true
		}
	}
	return nil
}

func (s *sheetReader) merges() error {
	d := s.rec.data
	if len(d) < 2 {
		return errCut
	}
	n := int(le.Uint16(d))
	if err := s.rec.size(2 + 8*n); err != nil {
		return err
	}
	if len(s.sheet.Merges)+n > s.w.lim.Merges {
		return tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(s.w.lim.Merges))
	}
	for d = d[2:]; len(d) > 0; d = d[8:] {
		a := tonghop.Area{
			Top: int(le.Uint16(d)) + 1, Bottom: int(le.Uint16(d[2:])) + 1,
			Left: int(le.Uint16(d[4:])) + 1, Right: int(le.Uint16(d[6:])) + 1,
		}
		if a.Top > a.Bottom || a.Left > a.Right || a.Right > colsMax {
			return fmt.Errorf("merged area %v", a)
		}
		s.sheet.Merges = append(s.sheet.Merges, a)
	}
	return nil
}

// finish puts the cells in order and into lines.
func (s *sheetReader) finish() error {
	s.flush()
	s.writeShared()
	if s.w.text > s.w.lim.Text {
		return tooLarge(s.w.lim.Text)
	}
	if !s.sorted {
		slices.SortStableFunc(s.cells, func(a, b tonghop.Cell) int {
			return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
		})
	}
	lines, kept := 0, 0
	for i := range s.cells {
		c := &s.cells[i]
		if kept == 0 || c.Row != s.cells[kept-1].Row {
			lines++
		} else if last := &s.cells[kept-1]; c.Col == last.Col {
			if *c != *last {
				return fmt.Errorf("two cells at %s", tonghop.Ref{Row: c.Row, Col: c.Col}.Cell())
			}
			continue // programs that add to a workbook write its cells again
		}
		if kept < i {
			s.cells[kept] = *c
		}
		kept++
	}
	s.cells = s.cells[:kept]
	s.sheet.Lines = make([]tonghop.Line, 0, lines)
	for from, i := 0, 1; i <= len(s.cells); i++ {
		if i < len(s.cells) && s.cells[i].Row == s.cells[from].Row {
			continue
		}
		n := s.cells[from].Row - 1
		s.sheet.Lines = append(s.sheet.Lines, tonghop.Line{
			Row: n + 1, Hidden: s.rows[n/64]&(1<<(n%64)) != 0, Cells: s.cells[from:i:i],
		})
		from = i
	}
	return nil
}
