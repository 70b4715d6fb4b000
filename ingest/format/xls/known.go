package xls

import "fmt"

// knownLow has a bit for each record number below 0x0280 that [MS-XLS] or the
// format of Excel 95 knows.
var knownLow = numbers(
	// 0x00xx
	0x06, 0x06, 0x0a, 0x1d, 0x21, 0x23, 0x25, 0x2b, 0x2f, 0x2f, 0x31, 0x33, 0x36, 0x37, 0x3c, 0x3e, 0x40, 0x42,
	0x44, 0x45, 0x4d, 0x4d, 0x50, 0x52, 0x55, 0x57, 0x59, 0x64, 0x7d, 0x7d, 0x80, 0x9b, 0x9c, 0xa1, 0xa9, 0xa9, 0xab, 0xab, 0xae, 0xb6,
	0xb8, 0xb9, 0xbd, 0xc0, 0xc1, 0xe3, 0xe5, 0xe5, 0xe9, 0xed, 0xef, 0xf2, 0xf4, 0xf9, 0xfb, 0xfd, 0xff, 0xff,
	// 0x01xx
	0x100, 0x100, 0x122, 0x122, 0x137, 0x160, 0x161, 0x161, 0x191, 0x198, 0x1a9, 0x1c3,
	// 0x02xx
	0x200, 0x201, 0x203, 0x205, 0x207, 0x208, 0x20b, 0x20b, 0x218, 0x218, 0x221, 0x221, 0x223, 0x223, 0x225, 0x225,
	0x231, 0x231, 0x236, 0x236, 0x23e, 0x23e, 0x27e, 0x27e,
)

// numbers sets the bits from each first to each last number.
func numbers(ranges ...int) (set [0x280 / 64]uint64) {
	for i := 0; i < len(ranges); i += 2 {
		for n := ranges[i]; n <= ranges[i+1]; n++ {
			set[n/64] |= 1 << (n % 64)
		}
	}
	return set
}

// check proves that the record can be one of a workbook. Programs make up
// records of their own, so not every unknown one is a damaged one.
func (r *records) check() error {
	switch {
	case !r.sized():
		return fmt.Errorf("record %#04x of %d bytes", r.id, len(r.data))
	case !known(r.id) && (r.id == 0 || r.id >= 0x0200 || r.disguised()):
		return fmt.Errorf("unknown record %#04x", r.id)
	}
	return nil
}

// known reports whether there is such a record.
func known(id uint16) bool {
	if int(id) < 64*len(knownLow) {
		return knownLow[id/64]&(1<<(id%64)) != 0
	}
	switch id {
	case 0x0293, recBOF, 0x0418, recFormat, 0x043c, recShared,
		0xffff: // LibreOffice writes conditions under this number that Excel has none for
		return true
	}
	return id&^0x00ff == 0x0800 || id&^0x00ff == 0x1000 // of later editions; of charts
}

// disguised reports whether a record of unknown number has the shape of one
// that matters and a number that differs from that one's in one byte: a cell
// that would be lost without a word. Other unknown records are passed over;
// programs do make up their own.
func (r *records) disguised() bool {
	d := r.data
	near := func(ids ...uint16) bool {
		for _, id := range ids {
			if x := r.id ^ id; x&0xff00 == 0 || x&0x00ff == 0 {
				return true
			}
		}
		return false
	}
	counted := func(head, width int) bool { // a text behind so many bytes
		if len(d) < head {
			return false
		}
		n := int(d[head-width])
		if width == 2 {
			n = int(le.Uint16(d[head-2:]))
		}
		rest := len(d) - head
		return n > 0 && (rest == n || rest == n+1 || rest == 2*n+1)
	}
	switch len(d) {
	case 8:
		return near(recBoolErr) && d[3] == 0 && d[7] <= 1
	case 10:
		return near(recRK, recLabelSST) && d[3] == 0
	case 14:
		return near(recNumber) && d[3] == 0
	}
	switch {
	case near(recFormula) && len(d) > 22 && len(d) >= 22+int(le.Uint16(d[20:])) && le.Uint16(d[20:]) > 0 && d[3] == 0,
		near(recMulRK) && len(d) >= 12 && len(d) == 6+6*(1+int(le.Uint16(d[len(d)-2:]))-int(le.Uint16(d[2:]))),
		near(recLabel, recRString) && counted(8, 2) && d[3] == 0,
		near(recMergeCells) && len(d) >= 10 && len(d) == 2+8*int(le.Uint16(d)),
		near(recRow, recXF) && len(d) == 16, near(recXF) && len(d) == 20,
		near(recFont) && counted(15, 1), near(recFormat) && (counted(4, 2) || counted(3, 1)), near(recBoundSheet) && counted(7, 1):
		return true
	}
	return false
}
