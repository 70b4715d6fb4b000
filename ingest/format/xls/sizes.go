package xls

// recordMax is the longest record; more goes on in CONTINUE records.
const recordMax = 8224

// sized reports whether a record has the size that its kind or its own counts
// demand. With a wrong size the records that follow would be passed over.
func (r *records) sized() bool {
	n := len(r.data)
	switch r.id {
	case 0x0c, 0x0d, 0x0e, 0x0f, 0x11, 0x12, 0x13, 0x19, 0x22, 0x2a, 0x2b, 0x33, 0x40, 0x42, 0x55, 0x5f, 0x63, 0x81, 0x82,
		0x83, 0x84, 0x8d, 0x99, 0x9c, 0xda, 0xdd, 0x160, 0x1af, 0x1b7, 0x1bc:
		return n == 2
	case 0x1bd, 0xffff:
		return n == 0
	case 0x8c, 0xa0, 0x225:
		return n == 4
	case 0x10, 0x26, 0x27, 0x28, 0x29, 0x80:
		return n == 8
	case 0x3d:
		return n == 18
	case 0x41:
		return n == 9 || n == 10
	case 0xa1:
		return n == 34
	}
	return r.sizedByCount()
}

// sizedByCount is sized for records with counts or with several sizes.
func (r *records) sizedByCount() bool {
	n := len(r.data)
	count := func(at int) int { // a number in the record
		if n < at+2 {
			return -1
		}
		return int(le.Uint16(r.data[at:]))
	}
	switch r.id {
	case recXF:
		return n == 16 || n == 20
	case 0x200:
		return n == 10 || n == 14
	case 0x23e:
		return n == 10 || n == 14 || n == 18
	case 0x14, 0x15: // printed above and below the page
		return n == 0 || n == 2 && count(0) == 0 || n == 1+int(r.data[0]) || n == 3+count(0) || n == 3+2*count(0)
	case 0x1a, 0x1b: // page breaks
		return n == 2+6*count(0) || n == 2+2*count(0)
	case 0x1d: // what is selected
		return n == 9+6*count(7)
	case 0x92: // colours
		return n == 2+4*count(0)
	case 0x20b: // where rows begin, 32 of them at a time
		rows := count(6) // of BIFF5; BIFF8 has four bytes for them
		if n >= 12 {
			rows = max(rows, int(min(le.Uint32(r.data[8:]), rowsMax)))
		}
		return n%4 == 0 && n <= 16+4*(rows/32+2) || n < 16
	case recExternSheet:
		return n == 2+6*count(0) || n <= 2+255 || r.peek() == recContinue
	}
	return n <= recordMax
}
