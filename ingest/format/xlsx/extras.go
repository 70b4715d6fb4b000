package xlsx

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
)

// readCols notes the hidden columns.
func (w *sheetReader) readCols() error {
	s := w.s
	for s.Child() {
		if s.Is(nsMain, "col") && s.Flag("hidden") {
			first, ok1 := s.Number("min", 0)
			last, ok2 := s.Number("max", first)
			if !ok1 || !ok2 || last < first {
				return errors.New("bad range of columns")
			}
			first, last = max(first, 1), min(last, colsMax)
			if w.extras.HiddenCols == nil {
				w.extras.HiddenCols = map[int]bool{}
			}
			for c := first; c <= last; c++ {
				w.extras.HiddenCols[c] = true
			}
		}
		s.Skip()
	}
	return s.Err
}

// readMerges notes the merged areas.
func (w *sheetReader) readMerges() error {
	s := w.s
	for s.Child() {
		if s.Is(nsMain, "mergeCell") {
			ref, _ := s.Attr("ref")
			a, ok := parseArea(ref)
			if !ok {
				return fmt.Errorf("merged area %q", ref)
			}
			if len(w.extras.Merges) == w.r.lim.Merges {
				return tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(w.r.lim.Merges))
			}
			w.extras.Merges = append(w.extras.Merges, a)
		}
		s.Skip()
	}
	return s.Err
}

// parseArea reads A1:B2, or A1 for a single cell; $ may stand anywhere before
// a letter or number.
func parseArea(ref []byte) (tonghop.Area, bool) {
	ref = bytes.ReplaceAll(ref, []byte("$"), nil)
	from, to, two := bytes.Cut(ref, []byte(":"))
	if !two {
		to = from
	}
	top, left, ok1 := parseRef(from)
	bottom, right, ok2 := parseRef(to)
	a := tonghop.Area{Top: min(top, bottom), Left: min(left, right), Bottom: max(top, bottom), Right: max(left, right)}
	return a, ok1 && ok2
}

// parseRef reads an address such as AB12.
func parseRef(b []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(b) && i < 4; i++ {
		c := b[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	row, ok = smallNumber(b[i:])
	return row, col, ok && row >= 1 && row <= rowsMax && col >= 1 && col <= colsMax && b[i] != '0'
}

// smallNumber reads up to nine digits.
func smallNumber(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
