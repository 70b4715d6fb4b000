package xls

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// flushAt is how much text is gathered before the cells get theirs.
const flushAt = 16 << 10

// ink says where the texts of a cell stand in the buffer.
type ink struct {
	cell            int
	from, mid, upto int // stored is from:mid, shown mid:upto, or the same if empty
}

// cellRecord reads a record of cells; others are passed over.
func (s *sheetReader) cellRecord() error {
	size := 0
	switch s.rec.id {
	case recBlank:
		return s.rec.size(6)
	case recMulBlank:
		return s.multiple(2, nil)
	case recMulRK:
		return s.multiple(6, func(c *tonghop.Cell, l *look, d []byte) error {
			s.number(c, l, rkValue(le.Uint32(d[2:])))
			return nil
		})
	case recNumber:
		size = 14
	case recRK, recLabelSST:
		size = 10
	case recBoolErr:
		size = 8
	case recLabel, recRString:
		return s.label()
	case recFormula:
		return s.formula()
	case recShared, recArray:
		return s.sharedFormula()
	case recString:
		return s.textResult()
	default:
		return nil
	}
	if err := s.rec.size(size); err != nil {
		return err
	}
	return s.value(s.rec.data)
}

// value reads a cell whose value stands in its record.
func (s *sheetReader) value(d []byte) error {
	c, l, err := s.add(d, le.Uint16(d[4:]))
	if err != nil {
		return err
	}
	switch s.rec.id {
	case recNumber:
		s.number(c, l, math.Float64frombits(le.Uint64(d[6:])))
	case recRK:
		s.number(c, l, rkValue(le.Uint32(d[6:])))
	case recLabelSST:
		n := le.Uint32(d[6:])
		if int64(n) >= int64(len(s.w.texts)) {
			return fmt.Errorf("text %d does not exist", n)
		}
		s.setText(c, l, s.w.texts[n])
		c.Rich = s.w.rich(n)
		// A text counts in every cell that shows it: each is looked at.
		s.w.text += int64(len(s.w.texts[n]))
	case recBoolErr:
		return setBoolErr(c, d[6], d[7])
	}
	return nil
}

// add adds the cell whose row and column d begins with.
func (s *sheetReader) add(d []byte, style uint16) (*tonghop.Cell, *look, error) {
	row, col := int(le.Uint16(d)), int(le.Uint16(d[2:]))
	if col >= colsMax {
		return nil, nil, fmt.Errorf("cell in column %d", col)
	}
	l, err := s.w.styles.look(style)
	if err != nil {
		return nil, nil, err
	}
	if n := len(s.cells); n > 0 && (s.cells[n-1].Row > row+1 || s.cells[n-1].Row == row+1 && s.cells[n-1].Col >= col+1) {
		s.sorted = false
	}
	if len(s.cells) == cap(s.cells) {
		return nil, nil, errors.New("more cells than were counted")
	}
	s.formulaCell, s.awaited = -1, false
	s.cells = append(s.cells, tonghop.Cell{Row: row + 1, Col: col + 1, Style: &l.style})
	return &s.cells[len(s.cells)-1], l, nil
}

// multiple reads a record of several cells in one row: row, first column, so
// many bytes a cell, last column.
func (s *sheetReader) multiple(size int, each func(c *tonghop.Cell, l *look, d []byte) error) error {
	d := s.rec.data
	if len(d) < 6 {
		return errCut
	}
	first, last := int(le.Uint16(d[2:])), int(le.Uint16(d[len(d)-2:]))
	if last < first || last >= colsMax {
		return fmt.Errorf("cells from column %d to %d", first, last)
	}
	if err := s.rec.size(6 + size*(last-first+1)); err != nil || each == nil {
		return err
	}
	at := [4]byte{d[0], d[1]}
	for col := first; col <= last; col++ {
		le.PutUint16(at[2:], uint16(col))
		one := d[4+size*(col-first):][:size]
		c, l, err := s.add(at[:], le.Uint16(one))
		if err == nil {
			err = each(c, l, one)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rkValue is a number in four bytes: an integer of 30 bits or the upper half
// of a float, as it is or in hundredths.
func rkValue(rk uint32) float64 {
	x := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		x = float64(int32(rk) >> 2)
	}
	if rk&1 != 0 {
		x /= 100
	}
	return x
}

// number sets a number: the shortest decimal that is the same float.
func (s *sheetReader) number(c *tonghop.Cell, l *look, x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		c.Kind, c.Stored, c.Shown = tonghop.CellError, "#NUM!", "#NUM!" // as Excel opens it
		return
	}
	c.Kind = tonghop.CellNumber
	from := len(s.buf)
	s.buf = appendNumber(s.buf, x)
	k := ink{cell: len(s.cells) - 1, from: from, mid: len(s.buf)}
	stored := s.buf[from:]
	if l.format != nil || !numfmt.PlainGeneral(stored) {
		if v, ok := numfmt.ParseDecimal(stored); ok {
			if l.format == nil {
				s.buf = v.AppendGeneral(s.buf)
			} else {
				s.buf = l.format.AppendNumber(s.buf, stored, v, s.w.date1904)
			}
		}
		k.upto = len(s.buf)
	}
	s.ink = append(s.ink, k)
	if len(s.buf) >= flushAt {
		s.flush()
	}
}

func appendNumber(dst []byte, x float64) []byte {
	switch a := math.Abs(x); {
	case x == 0:
		return append(dst, '0') // also minus zero
	case a >= 1e-6 && a < 1e21:
		return strconv.AppendFloat(dst, x, 'f', -1, 64)
	}
	return strconv.AppendFloat(dst, x, 'E', -1, 64)
}

// flush gives the cells their texts, cut from one string.
func (s *sheetReader) flush() {
	all := string(s.buf)
	s.w.text += int64(len(all))
	for _, k := range s.ink {
		c := &s.cells[k.cell]
		c.Stored = all[k.from:k.mid]
		c.Shown = c.Stored
		if k.upto > 0 {
			c.Shown = all[k.mid:k.upto]
		}
	}
	s.buf, s.ink = s.buf[:0], s.ink[:0]
}

func (s *sheetReader) setText(c *tonghop.Cell, l *look, text string) {
	c.Kind, c.Stored, c.Shown = tonghop.CellText, text, text
	if l.showsText() {
		c.Shown = string(l.format.AppendText(nil, text))
		s.w.text += int64(len(c.Shown))
	}
}

// setBoolErr sets a truth value or an error.
func setBoolErr(c *tonghop.Cell, v, isError byte) error {
	if isError == 1 {
		text := errorText(v)
		if text == "" {
			return fmt.Errorf("error value %#02x", v)
		}
		c.Kind, c.Stored = tonghop.CellError, text
	} else {
		if isError > 1 || v > 1 {
			return fmt.Errorf("truth value %#02x", v)
		}
		c.Kind, c.Stored = tonghop.CellBool, [...]string{"FALSE", "TRUE"}[v]
	}
	c.Shown = c.Stored
	return nil
}

func errorText(v byte) string {
	switch v {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0f:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1d:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	case 0x2a:
		return "#N/A"
	case 0x2b:
		return "#GETTING_DATA"
	}
	return ""
}

// label reads a text that stands in the cell.
func (s *sheetReader) label() error {
	d := s.rec.data
	if len(d) < 8 {
		return errCut
	}
	c, l, err := s.add(d, le.Uint16(d[4:]))
	if err != nil {
		return err
	}
	rich := s.rec.id == recRString
	text, rest, err := s.plainText(d[6:], l)
	if err != nil {
		return err
	}
	if want := richRuns(rest, s.w.biff8); rich && len(rest) != want || !rich && len(rest) != 0 {
		return fmt.Errorf("text with %d more bytes", len(rest))
	}
	s.w.text += int64(len(text))
	s.setText(c, l, text)
	return nil
}

// richRuns is the size of the list of fonts behind a text.
func richRuns(b []byte, biff8 bool) int {
	switch {
	case biff8 && len(b) >= 2:
		return 2 + 4*int(le.Uint16(b))
	case !biff8 && len(b) >= 1:
		return 1 + 2*int(b[0])
	}
	return 0
}

// plainText reads a text with a count of two bytes, and gives what stands
// behind it.
func (s *sheetReader) plainText(b []byte, l *look) (string, []byte, error) {
	if s.w.biff8 {
		p := pieces{rec: &s.rec, b: b}
		text, err := p.text(2)
		return text, p.b, err
	}
	if len(b) < 2 || len(b) < 2+int(le.Uint16(b)) {
		return "", nil, errCut
	}
	n := 2 + int(le.Uint16(b))
	text, err := decode(b[2:n], l.charset)
	return text, b[n:], err
}
