package office

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
)

// Records of .xlsb that the account needs ([MS-XLSB] 2.3.1).
const (
	brtRowHdr         = 0
	brtCellBlank      = 1
	brtCellRk         = 2
	brtCellError      = 3
	brtCellBool       = 4
	brtCellReal       = 5
	brtCellSt         = 6
	brtCellIsst       = 7
	brtFmlaString     = 8
	brtFmlaNum        = 9
	brtFmlaBool       = 10
	brtFmlaError      = 11
	brtShortBlank     = 12 // cells without a column: it is the next one
	brtShortRk        = 13
	brtShortError     = 14
	brtShortBool      = 15
	brtShortReal      = 16
	brtShortSt        = 17
	brtShortIsst      = 18
	brtSSTItem        = 19
	brtCellRString    = 62
	brtBeginSheet     = 129
	brtEndSheet       = 130
	brtEndBook        = 132
	brtBeginSheetData = 145
	brtEndSheetData   = 146
	brtWbProp         = 153
	brtBundleSh       = 156
	brtBeginSst       = 159
	brtEndSst         = 160
)

// xlsb is an open .xlsb whose account is taken.
type xlsb struct {
	*account
	a      *container.Archive
	shared []string
	text   int64 // bytes of text that may still be held
}

// takeXlsb takes the account of an .xlsb. Every part of the archive is read to
// its end, so that its checksum and length are proven before LibreOffice sees
// it.
func takeXlsb(b []byte, lim tonghop.Limits) (*account, error) {
	a, err := container.Open(bytes.NewReader(b), int64(len(b)), lim)
	if err != nil {
		return nil, err
	}
	if err := a.Verify(func(string) bool { return false }); err != nil {
		return nil, err
	}
	x := &xlsb{account: newAccount(lim), a: a, text: lim.WithDefaults().Text}
	if err := x.noOutside(); err != nil {
		return nil, err
	}
	roots, err := x.links("")
	if err != nil {
		return nil, err
	}
	book := ""
	for _, l := range roots {
		if l.is("officeDocument") {
			book = l.Target
		}
	}
	if !strings.HasSuffix(strings.ToLower(book), ".bin") {
		return nil, tonghop.Fail("file.not_spreadsheet", nil)
	}
	return x.account, x.takeBook(book)
}

// takeBook reads the workbook and all its sheets.
func (x *xlsb) takeBook(book string) error {
	links, err := x.links(book)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.is("sharedStrings") {
			if err := x.takeStrings(l.Target); err != nil {
				return err
			}
		}
	}
	listed, err := x.listed(book)
	if err != nil {
		return err
	}
	for _, s := range listed {
		l, ok := links[s.id]
		switch {
		case !ok:
			return damaged(book, fmt.Errorf("sheet %q has no part", s.name))
		case l.is("chartsheet"), l.is("dialogsheet"):
			continue
		case !l.is("worksheet"):
			return unproven("xlsb", "a sheet of the kind "+path.Base(l.Type))
		}
		x.sheets = append(x.sheets, accountSheet{name: s.name})
		if err := x.takeSheet(l.Target); err != nil {
			return err
		}
	}
	return nil
}

// bundle is a sheet as the workbook lists it.
type bundle struct{ id, name string }

// listed reads the list of sheets and the date system.
func (x *xlsb) listed(book string) ([]bundle, error) {
	var list []bundle
	ended := false
	err := x.records(book, func(id int, d *data) error {
		switch id {
		case brtWbProp:
			x.date1904 = d.u32()&1 != 0
		case brtBundleSh:
			d.skip(8)
			list = append(list, bundle{d.wide(), d.wide()})
		case brtEndBook:
			ended = true
		}
		return d.err
	})
	if err == nil && (!ended || len(list) == 0) {
		err = damaged(book, errCut)
	}
	return list, err
}

// takeStrings reads the texts that cells share.
func (x *xlsb) takeStrings(part string) error {
	ended := false
	err := x.records(part, func(id int, d *data) error {
		switch id {
		case brtSSTItem:
			d.skip(1)
			s := d.wide()
			if x.text -= int64(len(s)) + 16; x.text < 0 {
				return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(x.limit))
			}
			x.shared = append(x.shared, s)
		case brtEndSst:
			ended = true
		}
		return d.err
	})
	if err == nil && !ended {
		err = damaged(part, errCut)
	}
	return err
}

// takeSheet enters the cells of a sheet.
func (x *xlsb) takeSheet(part string) error {
	var row, col int32
	inside, ended := false, false
	err := x.records(part, func(id int, d *data) error {
		switch {
		case id == brtBeginSheetData:
			inside = true
		case id == brtEndSheetData:
			inside = false
		case id == brtEndSheet:
			ended = !inside
		case !inside:
		case id == brtRowHdr:
			row = int32(d.u32()) + 1
			col = 0
		case id <= brtShortIsst || id == brtCellRString:
			if id < brtShortBlank || id > brtShortIsst {
				col = int32(d.u32()) + 1
			} else {
				col++
			}
			return x.takeCell(row, col, id, d)
		}
		return d.err
	})
	if err == nil && !ended {
		err = damaged(part, errCut)
	}
	return err
}

// takeCell enters one cell.
func (x *xlsb) takeCell(row, col int32, id int, d *data) error {
	e := entry{row: row, col: col}
	d.skip(4) // style
	switch id {
	case brtCellBlank, brtShortBlank:
		return d.err
	case brtCellRk, brtShortRk:
		e.kind, e.number = tonghop.CellNumber, rk(d.u32())
	case brtCellReal, brtShortReal, brtFmlaNum:
		e.kind, e.number = tonghop.CellNumber, d.f64()
	case brtCellBool, brtShortBool, brtFmlaBool:
		e = truth(e, d.u8())
	case brtCellError, brtShortError, brtFmlaError:
		e = fault(e, d.u8())
	case brtCellIsst, brtShortIsst:
		n := d.u32()
		if d.err == nil && int64(n) >= int64(len(x.shared)) {
			return fmt.Errorf("shared text %d does not exist", n)
		}
		if d.err == nil {
			e.kind, e.text = tonghop.CellText, x.shared[n]
		}
	case brtCellRString:
		d.skip(1)
		e.kind, e.text = tonghop.CellText, d.wide()
	case brtCellSt, brtShortSt, brtFmlaString:
		e.kind, e.text = tonghop.CellText, d.wide()
	}
	if d.err != nil {
		return d.err
	}
	if x.text -= int64(len(e.text)); x.text < 0 && id != brtCellIsst && id != brtShortIsst {
		return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(x.limit))
	}
	return x.add(e)
}
