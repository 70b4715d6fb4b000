package container

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"
)

const localLen = 30 // local header without name and extra

var (
	sigLocal      = []byte("PK\x03\x04")
	sigDescriptor = []byte("PK\x07\x08")
)

// checkLayout proves that the entries tile the file from its first byte to the
// directory: a reader that walks the local headers sees what one that reads
// the directory sees.
func checkLayout(r io.ReaderAt, entries []entry, directory int64) error {
	order := make([]*entry, len(entries))
	for i := range entries {
		order[i] = &entries[i]
	}
	slices.SortFunc(order, func(a, b *entry) int { return cmp.Compare(a.header, b.header) })
	next := int64(0)
	for i, e := range order {
		if e.header != next {
			return damaged(e.name, "entries overlap or leave a gap")
		}
		next = directory
		if i+1 < len(order) {
			next = order[i+1].header
		}
		if err := checkLocal(r, e, next); err != nil {
			return err
		}
	}
	if len(order) == 0 && directory != 0 {
		return damaged("", "bytes before the directory")
	}
	return nil
}

// checkLocal compares the local header of e with the directory; the entry must
// end exactly at next.
func checkLocal(r io.ReaderAt, e *entry, next int64) error {
	le := binary.LittleEndian
	b := make([]byte, localLen, 256)
	if next-e.header < localLen {
		return damaged(e.name, "entries overlap")
	}
	if err := readAt(r, b, e.header); err != nil {
		return err
	}
	if !bytes.HasPrefix(b, sigLocal) {
		return damaged(e.name, "no local header")
	}
	nameLen, extraLen := int(le.Uint16(b[26:])), int(le.Uint16(b[28:]))
	e.data = e.header + localLen + int64(nameLen+extraLen)
	if e.data > next || e.packed > next-e.data {
		return damaged(e.name, "entries overlap")
	}
	rest := make([]byte, nameLen+extraLen)
	if err := readAt(r, rest, e.header+localLen); err != nil {
		return err
	}
	if slashes(rest[:nameLen]) != e.name {
		return damaged(e.name, "two names for one entry")
	}
	flags := le.Uint16(b[6:])
	if le.Uint16(b[8:]) != e.method || flags&(flagEncrypted|flagStrong|flagMasked) != 0 {
		return damaged(e.name, "local header disagrees")
	}
	crc, packed, size := le.Uint32(b[14:]), int64(le.Uint32(b[18:])), int64(le.Uint32(b[22:]))
	if err := readExtra(rest[nameLen:], e.name, &size, &packed); err != nil {
		return err
	}
	later := flags&flagDescriptor != 0
	// With a descriptor to follow the header may leave its fields empty.
	agree := func(local, central int64) bool { return local == central || later && local == 0 }
	if !agree(int64(crc), int64(e.crc)) || !agree(packed, e.packed) || !agree(size, e.size) {
		return damaged(e.name, "local header disagrees")
	}
	gap := next - e.data - e.packed
	if !later && gap != 0 {
		return damaged(e.name, "entries leave a gap")
	} else if !later || gap == 0 && crc == e.crc && packed == e.packed && size == e.size {
		return nil // some writers announce a descriptor and then tell all in the header
	}
	return checkDescriptor(r, e, gap)
}

// checkDescriptor compares the record after the packed bytes; gap is all the
// room there is for it. Writers put a signature before it or not, and use
// four or eight bytes for a size.
func checkDescriptor(r io.ReaderAt, e *entry, gap int64) error {
	if gap < 12 || gap > 24 || gap%4 != 0 {
		return damaged(e.name, "no room for the data descriptor")
	}
	b := make([]byte, gap)
	if err := readAt(r, b, e.data+e.packed); err != nil {
		return err
	}
	if gap == 16 || gap == 24 {
		if !bytes.HasPrefix(b, sigDescriptor) {
			return damaged(e.name, "bad data descriptor")
		}
		b = b[4:]
	}
	le := binary.LittleEndian
	crc, packed, size := le.Uint32(b), uint64(0), uint64(0)
	if len(b) == 12 {
		packed, size = uint64(le.Uint32(b[4:])), uint64(le.Uint32(b[8:]))
	} else {
		packed, size = le.Uint64(b[4:]), le.Uint64(b[12:])
	}
	if crc != e.crc || packed != uint64(e.packed) || size != uint64(e.size) {
		return damaged(e.name, "data descriptor disagrees")
	}
	return nil
}
