// Package xls reads the workbooks of Excel 97 to 2003 (BIFF8), of Excel 5 and 95
// (BIFF5), and of Excel 2 to 4, which programs write to this day, as neutral
// sheets, the same as package xlsx gives. Those of Excel 2 to 4, and bare
// streams of one sheet, have no compound file around them; their formulas come
// without their text.
//
// A file is read whole or refused. The format carries no checksum, so it is
// held to what it says of itself: the compound file must be sound and every
// stream in it complete, records must have their exact size and be known ones,
// the table of texts must come out to the byte, indexes must exist, and
// nothing but another sheet may follow where a sheet ends.
//
// It never computes a formula, never guesses what a cell means, never runs a
// macro or follows a link, and never writes.
//
// Start reading at [Load], then compound.go (the streams), records.go,
// globals.go (what the sheets share), sheet.go and cells.go; old.go for Excel 2
// to 4.
package xls

import (
	"io"

	"github.com/tonghop/tonghop"
)

// Load reads the workbook in r, which is size bytes long. Errors:
// file.damaged, file.unreadable, file.encrypted, file.not_spreadsheet (a
// compound file without a workbook), file.no_sheets, file.too_large,
// file.too_many_parts, file.too_many_cells, file.too_many_merges.
func Load(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	lim = lim.WithDefaults()
	stream, err := workbookStream(r, size, lim)
	if err != nil {
		return nil, coded(err, "")
	}
	w := &workbook{stream: stream, lim: lim}
	if err := w.readGlobals(); err != nil {
		return nil, coded(err, "")
	}
	b := &tonghop.Book{Format: "xls", Date1904: w.date1904}
	read := map[int]int{} // place in the book of each sheet
	for i := range w.sheets {
		if w.sheets[i].kind != sheetOfCells {
			continue
		}
		s, ok, err := w.readSheet(i)
		if err != nil {
			return nil, coded(err, w.sheets[i].name)
		}
		if ok {
			read[i] = len(b.Sheets)
			b.Sheets = append(b.Sheets, s)
		}
	}
	if len(b.Sheets) == 0 {
		return nil, tonghop.Fail("file.no_sheets", nil)
	}
	w.settleDoubts(b.Sheets, read)
	return b, nil
}

// coded makes a fault of the bytes the refusal that people are told of.
func coded(err error, sheet string) error {
	switch {
	case tonghop.CodeOf(err) != "":
		return err
	case sheet != "":
		return tonghop.Fail("file.damaged", err, "sheet", sheet)
	}
	return tonghop.Fail("file.damaged", err)
}

// tooLarge refuses what takes more bytes than the limit.
func tooLarge(limit int64) error {
	return tonghop.TooLarge(limit, 0)
}
