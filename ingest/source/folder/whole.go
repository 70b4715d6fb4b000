package folder

import (
	"bytes"
	"encoding/binary"
	"io"
)

// whole reports whether a file of so many bytes may be complete. One without
// any byte is not; one that begins as a zip is if its directory reaches up to
// the record at its very end; of all others nothing is known.
func whole(r io.ReaderAt, size int64) bool {
	if size == 0 {
		return false
	}
	start := make([]byte, 4)
	n, _ := r.ReadAt(start, 0)
	if n < 4 {
		// The first letters of a zip may be all that came so far.
		return !bytes.HasPrefix([]byte("PK\x03\x04"), start[:n])
	}
	if string(start) != "PK\x03\x04" && string(start) != "PK\x05\x06" {
		return true
	}
	const record, comment = 22, 1<<16 - 1
	tail := make([]byte, min(size, record+comment))
	if n, _ := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return false
	}
	end := []byte("PK\x05\x06")
	for i := bytes.LastIndex(tail, end); i >= 0; i = bytes.LastIndex(tail[:i], end) {
		if rest := tail[i:]; len(rest) >= record && record+int(binary.LittleEndian.Uint16(rest[20:])) == len(rest) {
			return reaches(r, rest, size-int64(len(rest)))
		}
	}
	return false
}

// reaches reports whether the directory that an end record at offset at names
// ends where that record begins, and begins as one.
func reaches(r io.ReaderAt, end []byte, at int64) bool {
	le := binary.LittleEndian
	entries, length, start := le.Uint16(end[10:]), int64(le.Uint32(end[12:])), int64(le.Uint32(end[16:]))
	if entries == 0xffff || length == 0xffffffff || start == 0xffffffff {
		return signed(r, at-20, "PK\x06\x07") // the numbers stand in a larger record, to which this one leads
	}
	return start+length == at && (entries == 0 || signed(r, start, "PK\x01\x02"))
}

// signed reports whether a record with the signature stands at an offset.
func signed(r io.ReaderAt, at int64, signature string) bool {
	b := make([]byte, len(signature))
	n, _ := r.ReadAt(b, max(at, 0))
	return n == len(b) && string(b) == signature
}
