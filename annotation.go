package tonghop

// OwnSheetTag stands in cell A1 of every sheet that the program itself put into
// an office's workbook: the list of findings, and how the file was understood.
// A reader sets such a sheet aside, so that an annotated workbook that is sent
// back reads as the office's own. A cell survives what other traces do not:
// another name for the sheet, another program, another format.
const OwnSheetTag = "tonghop: trang tính này do hệ thống lập, không phải số liệu của biểu"

// SetOwnAside takes the sheets out of a book that the program put there, and
// keeps them in Own.
func (b *Book) SetOwnAside() {
	kept := b.Sheets[:0:0]
	for _, s := range b.Sheets {
		if c := s.Cell(1, 1); c != nil && c.Stored == OwnSheetTag {
			b.Own = append(b.Own, s)
			continue
		}
		kept = append(kept, s)
	}
	if len(b.Own) > 0 {
		b.Sheets = kept
	}
}
