package xls

// Files of Excel 2 to 4: one sheet, or a workbook that holds its sheets. They
// are read as files of Excel 95 are, once their records have been turned.

// Records of Excel 2 to 4. Most mean the same as a later record in another
// layout.
const (
	oldInteger  = 0x0002
	oldRow      = 0x0008
	oldFormat   = 0x001e
	oldWidth    = 0x0024
	oldXF       = 0x0043
	oldIXFE     = 0x0044 // the style of the next cell, where it is above 62
	oldSheet    = 0x008f // a sheet of a workbook of Excel 4 follows
	oldFont     = 0x0231
	oldFormula3 = 0x0206
	oldFormula4 = 0x0406
	oldXF3      = 0x0243
	oldFormat4  = 0x041e
	oldXF4      = 0x0443
	oldStyleMax = 62 // the last style that a cell of Excel 2 can name itself
)

// Styles of cells of Excel 2 in a file without a list of styles: the cell says
// its font and format.
const ownStyle = 0x8000

// ownStyles reads the styles that a sheet of a workbook of Excel 4 brings along;
// one without has those of the workbook.
func (w *workbook) ownStyles(r records, at int) error {
	if !w.old || at == 0 { // a file of one sheet has been gone through
		return nil
	}
	var own styles
	for {
		ok, err := r.next()
		switch {
		case err != nil:
			return err
		case !ok && len(own.xfs) == 0:
			return nil
		case !ok:
			w.styles = own
			return w.styles.finish(w.charset)
		}
		switch r.id {
		case recFont:
			err = own.addFont(&r, false)
		case recFormat:
			err = own.addFormat(&r, false)
		case recXF:
			err = own.addStyle(&r)
		}
		if err != nil {
			return err
		}
	}
}

// modern turns a record of Excel 2 to 4 into that of Excel 95 which means the
// same, so that the rest of the package knows one layout alone. Formulas come
// without their text: their tokens are others. A record that it does not know
// keeps its number and is passed over.
func (r *records) modern() error {
	d, style := r.data, r.nextStyle
	r.nextStyle = 0
	switch r.id {
	case oldIXFE:
		if err := r.size(2); err != nil {
			return err
		}
		r.nextStyle = le.Uint16(d)
	case oldSheet:
		if len(d) < 5 || len(d) < 5+int(d[4]) {
			return errCut
		}
	case oldRow:
		return r.oldRow()
	case oldWidth:
		if err := r.size(4); err != nil {
			return err
		}
		r.id, r.data = recColInfo, []byte{d[0], 0, d[1], 0, d[2], d[3], 0, 0, 0, 0}
	case recFormula, oldFormula3, oldFormula4, oldInteger, recString &^ 0x0200, 0x0001, 0x0003, 0x0004, 0x0005, recString:
		return r.oldCell(style)
	}
	return r.oldLook()
}

// oldRow reads a row of Excel 2, which is hidden by its height.
func (r *records) oldRow() error {
	if len(r.data) < 8 {
		return errCut
	}
	row := make([]byte, 16)
	copy(row, r.data[:8])
	if le.Uint16(row[6:])&0x7fff == 0 {
		row[12] = 0x20
	}
	r.id, r.data = recRow, row
	return nil
}

// oldLook turns what the sheets share.
func (r *records) oldLook() error {
	d, name := r.data, 0
	switch r.id {
	case recFont:
		name = 4
	case oldFont:
		name = 6
	case oldFormat, oldFormat4:
		if name = 0; r.id == oldFormat4 {
			name = 2
		}
		if len(d) < name+1 {
			return errCut
		}
		// Formats are counted as they come, whatever they say.
		r.id, r.data = recFormat, append([]byte{byte(r.formats), byte(r.formats >> 8)}, d[name:]...)
		r.formats++
		return nil
	case oldXF, oldXF3, oldXF4:
		if len(d) < 4 {
			return errCut
		}
		format := d[1]
		if r.id == oldXF {
			format = d[2] & 0x3f
		}
		xf := make([]byte, 16)
		xf[0], xf[2] = d[0], format
		r.id, r.data = recXF, xf
		return nil
	default:
		return nil
	}
	if len(d) < name+1 {
		return errCut
	}
	r.id, r.data = recFont, append(make([]byte, 14), d[name:]...)
	return nil
}

// oldCell turns a cell, or the text that a formula resulted in.
func (r *records) oldCell(style uint16) error {
	d := r.data
	if r.id == recString {
		return nil // since Excel 3 as today
	}
	if r.id == recString&^0x0200 {
		if len(d) < 1 || len(d) != 1+int(d[0]) {
			return errCut
		}
		r.id, r.data = recString, append([]byte{d[0], 0}, d[1:]...)
		return nil
	}
	if r.id == oldFormula3 || r.id == oldFormula4 {
		return r.oldFormula(d)
	}
	if len(d) < 7 {
		return errCut
	}
	xf := style
	switch own := d[4] & 0x3f; {
	case !r.styled:
		xf = ownStyle | uint16(d[5])
	case own <= oldStyleMax:
		xf = uint16(own)
	}
	head := []byte{d[0], d[1], d[2], d[3], byte(xf), byte(xf >> 8)}
	rest := d[7:]
	switch r.id {
	case 0x0001:
		r.id = recBlank
	case oldInteger:
		if err := r.size(9); err != nil {
			return err
		}
		// An integer of 30 bits with its mark.
		v := uint32(le.Uint16(rest))<<2 | 2
		r.id, rest = recRK, le.AppendUint32(nil, v)
	case 0x0003:
		r.id = recNumber
	case 0x0004:
		if len(rest) < 1 {
			return errCut
		}
		r.id, rest = recLabel, append([]byte{rest[0], 0}, rest[1:]...)
	case 0x0005:
		r.id = recBoolErr
	case recFormula:
		if len(rest) < 10 {
			return errCut
		}
		return r.oldFormula(append(head, rest[:9]...))
	}
	r.data = append(head, rest...)
	return nil
}

// oldFormula leaves the cell and its result of a formula.
func (r *records) oldFormula(d []byte) error {
	if len(d) < 15 {
		return errCut
	}
	f := make([]byte, 22)
	copy(f, d[:14])
	f[14] = d[14] & formulaOnLoad
	r.id, r.data = recFormula, f
	return nil
}
