package xls

import (
	"errors"
	"fmt"
)

// Record numbers, as in [MS-XLS] 2.3.
const (
	recFormula     = 0x0006
	recEOF         = 0x000a
	recExternSheet = 0x0017
	recName        = 0x0018
	recDateMode    = 0x0022
	recExternName  = 0x0023
	recFilePass    = 0x002f
	recFont        = 0x0031
	recContinue    = 0x003c
	recCodePage    = 0x0042
	recColInfo     = 0x007d
	recWSBool      = 0x0081
	recBoundSheet  = 0x0085
	recMulRK       = 0x00bd
	recMulBlank    = 0x00be
	recRString     = 0x00d6
	recXF          = 0x00e0
	recMergeCells  = 0x00e5
	recSST         = 0x00fc
	recLabelSST    = 0x00fd
	recSupBook     = 0x01ae
	recBlank       = 0x0201
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recArray       = 0x0221
	recTable       = 0x0236
	recRK          = 0x027e
	recFormat      = 0x041e
	recShared      = 0x04bc
	recBOF         = 0x0809
)

// errCut says that a record or the stream is shorter than what stands in it.
var errCut = errors.New("record ends early")

// records walks the records of one substream.
type records struct {
	b     []byte
	at    int // where the next record starts
	id    uint16
	data  []byte
	depth int // of substreams within this one: charts on a sheet

	old       bool   // of Excel 2 to 4, whose records are turned into newer ones
	styled    bool   // there is a list of styles
	formats   int    // that were read so far, of an old file
	nextStyle uint16 // of the next cell, of an old file
}

// open starts at a BOF record and tells what begins there.
func (r *records) open(at int) (version, kind uint16, err error) {
	if at < 0 || at > len(r.b)-4 {
		return 0, 0, fmt.Errorf("nothing at byte %d of %d", at, len(r.b))
	}
	r.at, r.depth = at, 0
	if err := r.read(); err != nil {
		return 0, 0, err
	}
	if r.id&^0x0e00 != 0x0009 || len(r.data) < 4 || len(r.data) > 16 {
		return 0, 0, fmt.Errorf("no beginning at byte %d", at)
	}
	version, kind = le.Uint16(r.data), le.Uint16(r.data[2:])
	switch {
	case r.id != recBOF: // what it says of its version is not to be relied on
		version = 0x0200 + r.id&0x0600>>1
		r.old = true
	case version == 0: // programs leave it out
		version = version5
	}
	return version, kind, nil
}

// read reads the record at r.at.
func (r *records) read() error {
	if len(r.b)-r.at < 4 {
		return errors.New("stream ends without an end record")
	}
	n := int(le.Uint16(r.b[r.at+2:]))
	if n > len(r.b)-r.at-4 {
		return fmt.Errorf("record at byte %d goes beyond the end of the stream", r.at)
	}
	r.id = le.Uint16(r.b[r.at:])
	r.data = r.b[r.at+4 : r.at+4+n : r.at+4+n]
	r.at += 4 + n
	return nil
}

// next goes to the next record of the substream and reports false at its end.
// The records of charts within it are passed over.
func (r *records) next() (bool, error) {
	for {
		at := r.at
		if err := r.read(); err != nil {
			return false, err
		}
		if r.depth == 0 {
			prove := r.check
			switch {
			case r.old:
				prove = r.modern
			case r.id == oldFormula3, r.id == oldFormula4:
				r.id = recFormula // under its older numbers, as Java programs write it
			}
			if err := prove(); err != nil {
				return false, fmt.Errorf("byte %d: %w", at, err)
			}
		}
		switch {
		case r.id == recBOF, r.old && r.id&^0x0600 == 0x0009:
			r.depth++
		case r.id == recEOF && len(r.data) != 0:
			return false, fmt.Errorf("end record of %d bytes at byte %d", len(r.data), at)
		case r.id == recEOF && r.depth == 0:
			return false, r.checkEnd()
		case r.id == recEOF:
			r.depth--
		case r.depth == 0:
			return true, nil
		}
	}
}

// checkEnd proves that the substream really ends here: another one begins, or
// the stream is over, but for zeros that fill it up.
func (r *records) checkEnd() error {
	rest := r.b[r.at:]
	if len(rest) >= 4 && (le.Uint16(rest) == recBOF || r.old && (le.Uint16(rest) == oldSheet || le.Uint16(rest) == recEOF)) {
		return nil
	}
	for _, c := range rest {
		if c != 0 {
			return fmt.Errorf("more data at byte %d, behind the end of a sheet", r.at)
		}
	}
	return nil
}

// peek is the number of the next record, 0 at the end of the stream.
func (r *records) peek() uint16 {
	if len(r.b)-r.at < 4 {
		return 0
	}
	return le.Uint16(r.b[r.at:])
}

// size checks that the record has exactly n bytes.
func (r *records) size(n int) error {
	if len(r.data) != n {
		return fmt.Errorf("record %#04x of %d bytes, not %d", r.id, len(r.data), n)
	}
	return nil
}
