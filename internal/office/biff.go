package office

import (
	"errors"
	"fmt"

	"golang.org/x/text/encoding/charmap"

	"github.com/tonghop/tonghop"
)

// Records of the .xls of Excel 2, 3 and 4, without the version that stands in
// the upper byte of most.
const (
	biffNumber   = 0x03
	biffInteger  = 0x02
	biffLabel    = 0x04
	biffBoolErr  = 0x05
	biffFormula  = 0x06
	biffString   = 0x07
	biffBOF      = 0x09
	biffEOF      = 0x0a
	biffDateMode = 0x22
	biffFilePass = 0x2f
	biffCodePage = 0x42
	biffRK       = 0x7e
)

// biffSheet is the kind of stream that is a worksheet.
const biffSheet = 0x10

// biff is a stream of Excel 2, 3 or 4 whose account is taken.
type biff struct {
	*account
	codepage uint16
	awaits   *entry // a formula whose text stands in the next STRING
}

// takeBiff takes the account of an .xls of Excel 2, 3 or 4: one worksheet in
// one stream of records. Workbooks of Excel 4 and macro sheets are refused.
func takeBiff(b []byte, lim tonghop.Limits) (*account, error) {
	x := &biff{account: newAccount(lim)}
	x.sheets = []accountSheet{{}}
	d := &data{b: b}
	id, body := d.u16(), &data{}
	body.b = d.take(int(d.u16()))
	if err := x.begin(id, body); err != nil {
		return nil, err
	}
	for {
		id, size := d.u16(), d.u16()
		body := &data{b: d.take(int(size))}
		if d.err != nil {
			return nil, damaged("Worksheet", d.err)
		}
		if id == biffEOF {
			break
		}
		err := x.record(id, body)
		if err == nil {
			err = body.err
		}
		if err != nil {
			if tonghop.CodeOf(err) != "" {
				return nil, err
			}
			return nil, damaged("Worksheet", fmt.Errorf("record %#x: %w", id, err))
		}
	}
	if x.awaits != nil {
		return nil, damaged("Worksheet", errors.New("a formula without its text"))
	}
	return x.account, nil
}

// begin reads the first record.
func (x *biff) begin(id uint16, d *data) error {
	ok := id == biffBOF || id == 0x0200|biffBOF || id == 0x0400|biffBOF
	d.skip(2)
	sort := d.u16()
	switch {
	case !ok || d.err != nil:
		return tonghop.Fail("file.not_spreadsheet", nil)
	case sort != biffSheet:
		return unproven("xls", fmt.Sprintf("a stream of the kind %#x", sort))
	}
	return nil
}

// record reads one record behind the first.
func (x *biff) record(id uint16, d *data) error {
	if id>>8 != 0 && id>>8 != 2 && id>>8 != 4 {
		return nil
	}
	switch id & 0xff {
	case biffBOF:
		return unproven("xls", "a stream in a stream")
	case biffFilePass:
		return tonghop.Fail("file.encrypted", nil)
	case biffDateMode:
		x.date1904 = d.u16() != 0
	case biffCodePage:
		x.codepage = d.u16()
	case biffString:
		return x.formulaText(id, d)
	}
	if !cellRecord(id) {
		return nil
	}
	if x.awaits != nil {
		return errors.New("a formula without its text")
	}
	return x.cell(id, d)
}

// cellRecord reports whether the record is a cell with content. Programs mix
// the records of Excel 2 into the files of the later versions, and LibreOffice
// takes both.
func cellRecord(id uint16) bool {
	switch id {
	case biffInteger, biffNumber, biffLabel, biffBoolErr, biffFormula,
		0x0200 | biffNumber, 0x0200 | biffLabel, 0x0200 | biffBoolErr, 0x0200 | biffFormula, 0x0200 | biffRK,
		0x0400 | biffFormula:
		return true
	}
	return false
}

// cell enters a cell.
func (x *biff) cell(id uint16, d *data) error {
	e := entry{row: int32(d.u16()) + 1, col: int32(d.u16()) + 1, kind: tonghop.CellNumber}
	short := id < 0x0100 // as Excel 2 wrote it
	if short {
		d.skip(3) // looks
	} else {
		d.skip(2)
	}
	switch id & 0xff {
	case biffInteger:
		e.number = float64(d.u16())
	case biffNumber:
		e.number = d.f64()
	case biffRK:
		e.number = rk(d.u32())
	case biffBoolErr:
		value := d.u8()
		if d.u8() == 0 {
			e = truth(e, value)
		} else {
			e = fault(e, value)
		}
	case biffLabel:
		var err error
		if e.kind = tonghop.CellText; short {
			e.text, err = x.decode(d.take(int(d.u8())))
		} else {
			e.text, err = x.decode(d.take(int(d.u16())))
		}
		if err != nil {
			return err
		}
	case biffFormula:
		return x.formula(e, d)
	}
	if d.err != nil {
		return d.err
	}
	return x.add(e)
}

// formula enters the result of a formula: eight bytes that are a number, or say
// that they are none.
func (x *biff) formula(e entry, d *data) error {
	if len(d.b) < 8 {
		return errCut
	}
	result := d.b[:8]
	if result[6] != 0xff || result[7] != 0xff {
		e.number = d.f64()
		return x.add(e)
	}
	switch result[0] {
	case 0:
		e.kind = tonghop.CellText
		x.awaits = &e
		return nil
	case 1:
		return x.add(truth(e, result[2]))
	case 2:
		return x.add(fault(e, result[2]))
	case 3: // an empty text
		return nil
	}
	return fmt.Errorf("the result of a formula is of kind %d", result[0])
}

// formulaText enters the cell whose text this is.
func (x *biff) formulaText(id uint16, d *data) error {
	if x.awaits == nil {
		return errors.New("the text of no formula")
	}
	n := 0
	if id < 0x0100 {
		n = int(d.u8())
	} else {
		n = int(d.u16())
	}
	e := *x.awaits
	x.awaits = nil
	var err error
	if e.text, err = x.decode(d.take(n)); err != nil {
		return err
	}
	return x.add(e)
}

// decode turns the bytes of a text into letters. Bytes beyond ASCII are known
// only where the file says that they are those of Windows in western Europe,
// as Excel did in Vietnam too: the letters of .VnTime and VNI-Times are such
// bytes.
func (x *biff) decode(b []byte) (string, error) {
	for _, c := range b {
		if c >= 0x80 && x.codepage != 1252 && x.codepage != 0x8001 {
			return "", unproven("xls", fmt.Sprintf("texts in code page %d", x.codepage))
		}
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("decode text: %w", err)
	}
	return string(s), nil
}
