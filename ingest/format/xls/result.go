package xls

import (
	"errors"
	"fmt"
	"math"

	"github.com/tonghop/tonghop"
)

// Bits of a formula record.
const formulaOnLoad = 2 // computed when the file is opened

// Tokens that stand for a formula kept elsewhere.
const (
	tokenShared = 0x01
	tokenTable  = 0x02
)

// formula reads a formula with its cached result.
func (s *sheetReader) formula() error {
	d := s.rec.data
	if len(d) < 22 || len(d) < 22+int(le.Uint16(d[20:])) {
		return errCut
	}
	c, l, err := s.add(d, le.Uint16(d[4:]))
	if err != nil {
		return err
	}
	c.HasForm = true
	s.formulaCell, s.formulaLook, s.formulaYields = len(s.cells)-1, l, yieldsAny
	tokens, extra := d[22:22+int(le.Uint16(d[20:]))], d[22+int(le.Uint16(d[20:])):]
	if len(tokens) == 5 && tokens[0] == tokenShared {
		s.formulaKey = place{int(le.Uint16(tokens[1:])), int(le.Uint16(tokens[3:]))}
		if s.sharers == nil {
			s.sharers = map[int]place{}
		}
		s.sharers[s.formulaCell] = s.formulaKey
	} else {
		var ok bool
		if c.Formula, s.formulaYields, ok = s.w.formulaText(tokens, place{c.Row - 1, c.Col - 1}, false); ok && len(extra) > 0 {
			return fmt.Errorf("%d bytes behind a formula", len(extra))
		}
	}
	s.w.formulas++
	return s.result(c, l, d[6:14], le.Uint16(d[14:])&formulaOnLoad != 0)
}

// result sets the cached result. Writers that do not compute leave zeros or
// "empty", and ask that the formula be computed when the file is opened: that
// is no result.
func (s *sheetReader) result(c *tonghop.Cell, l *look, d []byte, onLoad bool) error {
	c.Cached = true
	if d[6] != 0xff || d[7] != 0xff {
		bits := le.Uint64(d)
		if onLoad && bits == 0 {
			c.Cached = false
			return nil
		}
		if bits == 0 {
			s.doubt(c, true)
		}
		s.number(c, l, math.Float64frombits(bits))
		return nil
	}
	switch d[0] {
	case 0:
		c.Cached, s.awaited = false, true // until the text comes
		return nil
	case 1:
		return setBoolErr(c, d[2], 0)
	case 2:
		return setBoolErr(c, d[2], 1)
	case 3:
		if onLoad {
			c.Cached = false
			return nil
		}
		s.doubt(c, false)
		s.setText(c, l, "")
		return nil
	}
	return fmt.Errorf("formula with a result of kind %d", d[0])
}

// textResult reads the text that a formula resulted in.
func (s *sheetReader) textResult() error {
	if !s.awaited {
		return errors.New("result without a formula")
	}
	c, l := &s.cells[s.formulaCell], s.formulaLook
	text, rest, err := s.plainText(s.rec.data, l)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("result with %d more bytes", len(rest))
	}
	s.w.text += int64(len(text))
	s.setText(c, l, text)
	c.Cached, s.awaited = true, false
	return nil
}

// sharedFormula keeps a formula for the cells that name it.
func (s *sheetReader) sharedFormula() error {
	d, head, keep := s.rec.data, 10, &s.shared
	if s.rec.id == recArray {
		head, keep = 14, &s.arrays
	}
	if len(d) < head || len(d) < head+int(le.Uint16(d[head-2:])) {
		return errCut
	}
	if s.formulaCell < 0 {
		return errors.New("shared formula without a cell")
	}
	if *keep == nil {
		*keep = map[place][]byte{}
	}
	(*keep)[s.formulaKey] = d[head : head+int(le.Uint16(d[head-2:]))]
	return nil
}

// writeShared gives the cells without a formula of their own the shared one,
// moved to them. Of the cells of an array formula the first has it, as in .xlsx;
// the others have values.
func (s *sheetReader) writeShared() {
	for i := range s.cells {
		key, ok := s.sharers[i]
		if !ok {
			continue
		}
		c := &s.cells[i]
		at := place{c.Row - 1, c.Col - 1}
		if tokens, ok := s.shared[key]; ok {
			text, y, ok := s.w.formulaText(tokens, at, true)
			if !ok {
				s.shared[key] = nil // nor will it be for the next cell
			}
			c.Formula = text
			if n, ok := s.doubted[i]; ok {
				s.w.doubts[n].yields = y
			}
		} else if tokens, ok := s.arrays[key]; ok {
			if at == key {
				c.Formula, _, _ = s.w.formulaText(tokens, at, false)
			} else if c.Cached {
				c.HasForm, c.Cached = false, false
			}
		}
	}
}
