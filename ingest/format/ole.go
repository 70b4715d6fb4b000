package format

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// oleMark starts an OLE compound file: the container of the old formats, and
// of encrypted new ones.
var oleMark = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// oleSectors bounds how much of a directory is looked at.
const oleSectors = 256

// oleKind tells what a compound file holds by the names of its streams.
func oleKind(r io.ReaderAt, size int64) string {
	names := oleNames(r, size)
	for _, k := range [...]struct{ stream, code string }{
		{"EncryptedPackage", kindEncrypted},
		{"EncryptionInfo", kindEncrypted},
		{"Workbook", kindXLS},
		{"Book", kindXLS},
		{"WordDocument", "file.doc"},
		{"PowerPoint Document", "file.ppt"},
	} {
		if names[k.stream] {
			return k.code
		}
	}
	return "file.ole"
}

// oleNames walks the chain of directory sectors as far as it is sound; a
// damaged directory gives the names up to the damage.
func oleNames(r io.ReaderAt, size int64) map[string]bool {
	names := map[string]bool{}
	header := make([]byte, 512)
	if n, _ := r.ReadAt(header, 0); n < len(header) {
		return names
	}
	le := binary.LittleEndian
	shift := le.Uint16(header[30:])
	if shift != 9 && shift != 12 {
		return names
	}
	sector := int64(1) << shift
	// The header names the first 109 sectors of the allocation table; they
	// cover 6.8 MB of a file, and the directory mostly stands early.
	next := func(id uint32) (uint32, bool) {
		perSector := uint32(sector / 4)
		slot := id / perSector
		if slot >= 109 {
			return 0, false
		}
		b := make([]byte, 4)
		fat := int64(le.Uint32(header[76+4*slot:]))
		if n, _ := r.ReadAt(b, (fat+1)*sector+int64(id%perSector)*4); n < 4 {
			return 0, false
		}
		return le.Uint32(b), true
	}
	buf := make([]byte, sector)
	id, ok := le.Uint32(header[48:]), true
	for range oleSectors {
		at := (int64(id) + 1) * sector
		if !ok || at >= size {
			break
		}
		n, _ := r.ReadAt(buf, at)
		for e := buf[:n]; len(e) >= 128; e = e[128:] {
			if name := oleName(e); name != "" {
				names[name] = true
			}
		}
		id, ok = next(id)
	}
	return names
}

// oleName is the name of a directory entry.
func oleName(e []byte) string {
	n := int(binary.LittleEndian.Uint16(e[64:]))
	if n < 2 || n > 64 || e[66] == 0 {
		return ""
	}
	var u []uint16
	for i := 0; i < n-2; i += 2 {
		u = append(u, binary.LittleEndian.Uint16(e[i:]))
	}
	return string(utf16.Decode(u))
}
