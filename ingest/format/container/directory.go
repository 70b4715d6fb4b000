package container

import (
	"bytes"
	"encoding/binary"
	"io"
	"strconv"

	"github.com/tonghop/tonghop"
)

const (
	endLen      = 22 // end record without comment
	end64Len    = 56 // zip64 end record
	locatorLen  = 20 // zip64 locator
	centralLen  = 46 // directory record without name, extra and comment
	commentMax  = 1<<16 - 1
	directoryMB = 8 // more than any honest directory of the allowed length
)

var (
	sigEnd     = []byte("PK\x05\x06")
	sigEnd64   = []byte("PK\x06\x06")
	sigLocator = []byte("PK\x06\x07")
	sigCentral = []byte("PK\x01\x02")
)

// Flags of an entry.
const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	flagStrong     = 1 << 6
	flagMasked     = 1 << 13
)

// endRecord says where the directory stands.
type endRecord struct {
	directory, length int64
	count             uint64
}

// findEnd finds the one end record whose comment reaches exactly the end of
// the file. Two such records are two files in one. Mail gateways and
// downloaders leave bytes behind it; then it must be the only one there is.
func findEnd(r io.ReaderAt, size int64) (endRecord, error) {
	tail := make([]byte, min(size, endLen+commentMax))
	if err := readAt(r, tail, size-int64(len(tail))); err != nil {
		return endRecord{}, err
	}
	at := -1
	for i := bytes.LastIndex(tail, sigEnd); i >= 0; i = bytes.LastIndex(tail[:i], sigEnd) {
		if i+endLen > len(tail) {
			continue
		}
		if i+endLen+int(binary.LittleEndian.Uint16(tail[i+20:])) != len(tail) {
			continue
		}
		if at >= 0 {
			return endRecord{}, damaged("", "two end records")
		}
		at = i
	}
	if at < 0 {
		if at = bytes.Index(tail, sigEnd); !loneEnd(tail, at) {
			return endRecord{}, damaged("", "no end record at the end of the file")
		}
	}
	return parseEnd(r, tail[at:], size-int64(len(tail)-at))
}

// loneEnd reports whether the end record at offset at is whole and nothing
// behind it belongs to another archive.
func loneEnd(tail []byte, at int) bool {
	if at < 0 || at+endLen > len(tail) {
		return false
	}
	comment := int(binary.LittleEndian.Uint16(tail[at+20:]))
	return at+endLen+comment < len(tail) && !bytes.Contains(tail[at+1:], sigEnd) &&
		!bytes.Contains(tail[at+1:], sigLocal) && !bytes.Contains(tail[at+1:], sigCentral)
}

// parseEnd reads the end record rec that stands at offset at.
func parseEnd(r io.ReaderAt, rec []byte, at int64) (endRecord, error) {
	le := binary.LittleEndian
	disk, dirDisk := le.Uint16(rec[4:]), le.Uint16(rec[6:])
	here, all := le.Uint16(rec[8:]), le.Uint16(rec[10:])
	length, offset := le.Uint32(rec[12:]), le.Uint32(rec[16:])
	end := endRecord{directory: int64(offset), length: int64(length), count: uint64(all)}

	big, ok, err := findEnd64(r, at)
	if err != nil {
		return end, err
	}
	if !ok {
		if disk != 0 || dirDisk != 0 || here != all {
			return end, damaged("", "archive in several volumes")
		}
		if end.directory+end.length != at {
			return end, damaged("", "directory does not reach the end record")
		}
		return end, nil
	}
	// Each field of the small record repeats the big one or is full of ones.
	if (disk != 0 && disk != 0xffff) || (dirDisk != 0 && dirDisk != 0xffff) ||
		(uint64(all) != big.count && all != 0xffff) || here != all ||
		(int64(length) != big.length && length != 0xffffffff) ||
		(int64(offset) != big.directory && offset != 0xffffffff) {
		return end, damaged("", "end records disagree")
	}
	return big, nil
}

// findEnd64 looks for the zip64 record and its locator straight before the end
// record at offset at.
func findEnd64(r io.ReaderAt, at int64) (end endRecord, ok bool, err error) {
	if at < locatorLen+end64Len {
		return end, false, nil
	}
	b := make([]byte, end64Len+locatorLen)
	if err := readAt(r, b, at-int64(len(b))); err != nil {
		return end, false, err
	}
	loc := b[end64Len:]
	if !bytes.HasPrefix(loc, sigLocator) {
		return end, false, nil
	}
	le := binary.LittleEndian
	start := at - int64(len(b))
	if !bytes.HasPrefix(b, sigEnd64) || le.Uint64(b[4:]) != end64Len-12 ||
		le.Uint32(loc[4:]) != 0 || le.Uint64(loc[8:]) != uint64(start) || le.Uint32(loc[16:]) > 1 ||
		le.Uint32(b[16:]) != 0 || le.Uint32(b[20:]) != 0 || le.Uint64(b[24:]) != le.Uint64(b[32:]) {
		return end, false, damaged("", "bad zip64 end record")
	}
	length, offset := le.Uint64(b[40:]), le.Uint64(b[48:])
	if length > uint64(start) || offset != uint64(start)-length {
		return end, false, damaged("", "directory does not reach the end record")
	}
	return endRecord{directory: int64(offset), length: int64(length), count: le.Uint64(b[32:])}, true, nil
}

// readDirectory reads exactly the records that the end record announces.
func readDirectory(r io.ReaderAt, end endRecord) ([]entry, error) {
	if end.length > directoryMB*tonghop.MB {
		return nil, tonghop.TooLarge(directoryMB*tonghop.MB, 0)
	}
	b := make([]byte, end.length)
	if err := readAt(r, b, end.directory); err != nil {
		return nil, err
	}
	if uint64(len(b)) < end.count*centralLen {
		return nil, damaged("", "directory too short")
	}
	entries := make([]entry, 0, end.count)
	for range end.count {
		e, n, err := readCentral(b)
		if err != nil {
			return nil, err
		}
		entries, b = append(entries, e), b[n:]
	}
	if len(b) != 0 {
		return nil, damaged("", "directory longer than its entries")
	}
	return entries, nil
}

// readCentral reads the directory record at the start of b and tells its
// length.
func readCentral(b []byte) (entry, int, error) {
	le := binary.LittleEndian
	if len(b) < centralLen || !bytes.HasPrefix(b, sigCentral) {
		return entry{}, 0, damaged("", "bad directory record")
	}
	nameLen, extraLen := int(le.Uint16(b[28:])), int(le.Uint16(b[30:]))
	whole := centralLen + nameLen + extraLen + int(le.Uint16(b[32:]))
	if whole > len(b) || nameLen == 0 {
		return entry{}, 0, damaged("", "bad directory record")
	}
	e := entry{
		name:   slashes(b[centralLen : centralLen+nameLen]),
		flags:  le.Uint16(b[8:]),
		method: le.Uint16(b[10:]),
		crc:    le.Uint32(b[16:]),
		packed: int64(le.Uint32(b[20:])),
		size:   int64(le.Uint32(b[24:])),
		header: int64(le.Uint32(b[42:])),
	}
	if le.Uint16(b[34:]) != 0 {
		return e, 0, damaged(e.name, "archive in several volumes")
	}
	extra := b[centralLen+nameLen : centralLen+nameLen+extraLen]
	if err := readExtra(extra, e.name, &e.size, &e.packed, &e.header); err != nil {
		return e, 0, err
	}
	return e, whole, checkEntry(&e)
}

// checkEntry refuses what is not read, before its sizes are believed.
func checkEntry(e *entry) error {
	switch {
	case e.flags&(flagEncrypted|flagStrong|flagMasked) != 0:
		return tonghop.Fail("file.encrypted", nil, "part", e.name)
	case e.method != methodStore && e.method != methodDeflate:
		return damaged(e.name, "unknown compression method "+strconv.Itoa(int(e.method)))
	case e.method == methodStore && e.packed != e.size:
		return damaged(e.name, "stored entry of two sizes")
	case e.folder() && e.size != 0:
		return damaged(e.name, "folder with content")
	}
	return nil
}

// readExtra takes the true values of the fields that are full of ones from the
// zip64 field, and refuses a second, different name for the entry. The other
// fields (times, padding for growth) are of no consequence.
func readExtra(b []byte, name string, fields ...*int64) error {
	for len(b) >= 4 {
		tag, n := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if n > len(b)-4 {
			break
		}
		body := b[4 : 4+n]
		b = b[4+n:]
		switch tag {
		case 0x0001:
			if err := readZip64(body, name, fields); err != nil {
				return err
			}
			fields = nil // a second field of the kind changes nothing
		case 0x7075:
			if len(body) < 5 || slashes(body[5:]) != name {
				return tonghop.Fail("file.unsafe_names", nil, "part", name)
			}
		}
	}
	return nil
}

func readZip64(body []byte, name string, fields []*int64) error {
	for _, f := range fields {
		if *f != 0xffffffff {
			continue
		}
		if len(body) < 8 {
			return damaged(name, "short zip64 field")
		}
		v := binary.LittleEndian.Uint64(body)
		if v > 1<<62 {
			return damaged(name, "impossible size")
		}
		*f, body = int64(v), body[8:]
	}
	return nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
