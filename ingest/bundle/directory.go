package bundle

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tonghop/tonghop"
)

// Lengths of the records of a zip, without what varies in them.
const (
	localLen   = 30
	centralLen = 46
	endLen     = 22
	end64Len   = 56
	locatorLen = 20
	mostNote   = 1<<16 - 1 // bytes of the note after the end
)

// Fields of extra data, by their tags.
const (
	tagZip64   = 0x0001
	tagUnicode = 0x7075 // the name in UTF-8, beside one that is not
	tagNothing = 0xffff
)

// Flags and methods of an entry.
const (
	flagEncrypted = 1 << 0
	flagStrong    = 1 << 6
	flagMasked    = 1 << 13
	methodStore   = 0
	methodDeflate = 8
)

// entry is what the directory says about a file or a folder. What it says is
// believed only where nothing depends on it: all else the container proves.
type entry struct {
	raw           string // name as it stands there
	unicode       string // name of the extra field, if there is one that belongs to raw
	flags, method uint16
	nameAt        int // where the name stands in the directory, extra data behind it
	extraLen      int
	header        int    // where the local header stands
	content       bool   // it has any
	label         string // name under which the container knows it
}

// locked reports whether a password is needed.
func (e *entry) locked() bool { return e.flags&(flagEncrypted|flagStrong|flagMasked) != 0 }

// readable reports whether the container knows how the entry is packed.
func (e *entry) readable() bool { return e.method == methodStore || e.method == methodDeflate }

// readDirectory reads what the directory of a zip says; not ok if this is no
// zip, or none whose directory can be found and read.
func readDirectory(b []byte) (entries []*entry, ok bool) {
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) && !bytes.HasPrefix(b, []byte("PK\x05\x06")) {
		return nil, false
	}
	at, end := findDirectory(b)
	if at < 0 || at > end {
		return nil, false
	}
	for at < end {
		e, n := readEntry(b[:end], at)
		if e == nil {
			return nil, false
		}
		entries, at = append(entries, e), at+n
	}
	return entries, true
}

// findDirectory tells from where to where the directory stands; -1 if there is
// none, or more than one.
func findDirectory(b []byte) (from, to int) {
	le := binary.LittleEndian
	at := -1
	for i := max(0, len(b)-endLen-mostNote); i+endLen <= len(b); i++ {
		if string(b[i:i+4]) == "PK\x05\x06" && i+endLen+int(le.Uint16(b[i+20:])) == len(b) {
			if at >= 0 {
				return -1, 0
			}
			at = i
		}
	}
	if at < 0 {
		return -1, 0
	}
	length, start := uint64(le.Uint32(b[at+12:])), uint64(le.Uint32(b[at+16:]))
	if rec := at - locatorLen - end64Len; rec >= 0 && string(b[rec+end64Len:rec+end64Len+4]) == "PK\x06\x07" && string(b[rec:rec+4]) == "PK\x06\x06" {
		length, start, at = le.Uint64(b[rec+40:]), le.Uint64(b[rec+48:]), rec
	}
	if start > uint64(at) || length != uint64(at)-start {
		return -1, 0
	}
	return int(start), at
}

// readEntry reads the record of the directory at an offset and tells its
// length; nil if there is none.
func readEntry(b []byte, at int) (*entry, int) {
	le := binary.LittleEndian
	if len(b)-at < centralLen || string(b[at:at+4]) != "PK\x01\x02" {
		return nil, 0
	}
	r := b[at:]
	nameLen, extraLen := int(le.Uint16(r[28:])), int(le.Uint16(r[30:]))
	whole := centralLen + nameLen + extraLen + int(le.Uint16(r[32:]))
	if whole > len(r) || nameLen == 0 {
		return nil, 0
	}
	e := &entry{flags: le.Uint16(r[8:]), method: le.Uint16(r[10:]), nameAt: at + centralLen, extraLen: extraLen,
		raw: string(r[centralLen : centralLen+nameLen]), header: int(le.Uint32(r[42:])), content: le.Uint32(r[24:]) != 0}
	before := 0 // bytes of the zip64 field before the offset
	for _, field := range []int{20, 24} {
		if le.Uint32(r[field:]) == 0xffffffff {
			before += 8
		}
	}
	eachExtra(r[centralLen+nameLen:centralLen+nameLen+extraLen], func(tag uint16, _, body []byte) {
		switch {
		case tag == tagUnicode:
			e.unicode = unicodeName(e.raw, body)
		case tag == tagZip64 && e.header == 0xffffffff && len(body) >= before+8:
			e.header = int(min(le.Uint64(body[before:]), uint64(len(b))))
		}
	})
	return e, whole
}

// eachExtra gives the fields of extra data: tag, the place of the tag, content.
func eachExtra(b []byte, do func(tag uint16, at, body []byte)) {
	for len(b) >= 4 {
		n := int(binary.LittleEndian.Uint16(b[2:]))
		if n > len(b)-4 {
			return
		}
		do(binary.LittleEndian.Uint16(b), b[:2], b[4:4+n])
		b = b[4+n:]
	}
}

// unicodeName is the name in an extra field; "" if the field is about another
// name, as after a renaming by a program that does not know it.
func unicodeName(raw string, body []byte) string {
	if len(body) < 5 || body[0] != 1 || binary.LittleEndian.Uint32(body[1:]) != crc32.ChecksumIEEE([]byte(raw)) ||
		!utf8.Valid(body[5:]) {
		return ""
	}
	return string(body[5:])
}

// relabel gives a copy of an archive in which each entry stands under a plain
// name of the same length, its label. The container insists on names of which
// nobody can doubt what they are, for the parts of a workbook are found by them;
// those of files come in the encoding of any machine, and are judged by this
// package. Whatever else there is to prove, the container proves on the copy: a
// local header with a name of its own is left as it is, for it to find.
func relabel(b []byte, entries []*entry) ([]byte, error) {
	out, given := bytes.Clone(b), map[int]int{} // labels given out, by length
	for _, e := range entries {
		stem := strings.TrimSuffix(e.raw, "/")
		label := strconv.FormatInt(int64(given[len(stem)]), 36)
		if given[len(stem)]++; len(label) > len(stem) {
			return nil, tonghop.Fail("file.zip_names", errors.New("too many short names"), "file", shown(spelled(e)))
		}
		e.label = strings.Repeat("0", len(stem)-len(label)) + label + e.raw[len(stem):]
		e.mark(out, e.nameAt, e.extraLen)
		if at := e.header + localLen; e.header >= 0 && at+len(e.raw) <= len(out) && string(out[at:at+len(e.raw)]) == e.raw {
			e.mark(out, at, min(int(binary.LittleEndian.Uint16(out[at-2:])), len(out)-at-len(e.raw)))
		}
	}
	return out, nil
}

// mark writes the label over a name, and makes the second name behind it one
// that means nothing.
func (e *entry) mark(b []byte, at, extraLen int) {
	copy(b[at:], e.label)
	at += len(e.raw)
	eachExtra(b[at:at+extraLen], func(tag uint16, at, _ []byte) {
		if tag == tagUnicode {
			binary.LittleEndian.PutUint16(at, tagNothing)
		}
	})
}
