package xls

import "github.com/tonghop/tonghop"

// doubt is a cached result of zero or of no text, which programs write too
// when they have not computed the formula: xlwt leaves out every result in
// this way, POI too, and LibreOffice writes zero for a text that it read from
// another file.
type doubt struct {
	sheet    int // in the list of sheets
	row, col int
	zero     bool
	yields   yield
}

// impossible reports whether the formula cannot have that result.
func (d doubt) impossible() bool {
	return d.zero && d.yields == yieldsText || !d.zero && d.yields == yieldsNumber
}

// doubt notes that the result of the cell may be none.
func (s *sheetReader) doubt(c *tonghop.Cell, zero bool) {
	if _, shares := s.sharers[s.formulaCell]; shares {
		if s.doubted == nil {
			s.doubted = map[int]int{}
		}
		s.doubted[s.formulaCell] = len(s.w.doubts)
	}
	s.w.doubts = append(s.w.doubts, doubt{s.index, c.Row, c.Col, zero, s.formulaYields})
}

// settleDoubts takes away results that are none. One impossible result proves
// that the writer did not compute; then no result of the same kind is believed
// of a formula that could have another, and if all results of the workbook are
// of that kind, none is believed.
func (w *workbook) settleDoubts(sheets []tonghop.Sheet, places map[int]int) {
	count, proof := [2]int{}, [2]bool{}
	for _, d := range w.doubts {
		n := 0
		if d.zero {
			n = 1
		}
		count[n]++
		proof[n] = proof[n] || d.impossible()
	}
	for _, d := range w.doubts {
		n, fits := 0, yieldsText
		if d.zero {
			n, fits = 1, yieldsNumber
		}
		place, read := places[d.sheet]
		if !proof[n] || !read || d.zero && d.yields == fits && count[n] < w.formulas {
			continue
		}
		c := sheets[place].Cell(d.row, d.col)
		if c == nil || !c.HasForm {
			continue
		}
		c.Kind, c.Stored, c.Shown, c.Cached = tonghop.CellBlank, "", "", false
	}
}
