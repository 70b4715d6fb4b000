package xls

import (
	"encoding/binary"
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound"
)

var le = binary.LittleEndian

// workbookStream gives the bytes of the stream that holds the workbook. A file
// that is this stream alone, without a compound file around it, was written by
// some programs and is opened by Excel too.
func workbookStream(r io.ReaderAt, size int64, lim tonghop.Limits) ([]byte, error) {
	head := make([]byte, min(size, 8))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	if !compound.Is(head) {
		return bareStream(r, size, head, lim)
	}
	c, err := compound.Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"Workbook", "Book"} {
		n, ok := c.Size(name)
		if !ok {
			continue
		}
		if n > lim.Part {
			return nil, tooLarge(lim.Part)
		}
		return c.Read(name)
	}
	if _, ok := c.Size("EncryptedPackage"); ok {
		return nil, tonghop.Fail("file.encrypted", nil)
	}
	return nil, tonghop.Fail("file.not_spreadsheet", nil)
}

func bareStream(r io.ReaderAt, size int64, head []byte, lim tonghop.Limits) ([]byte, error) {
	if len(head) < 8 || head[0] != 0x09 || head[1]&^0x0e != 0 || head[3] != 0 {
		return nil, tonghop.Fail("file.not_spreadsheet", nil)
	}
	if size > lim.Part {
		return nil, tooLarge(lim.Part)
	}
	b := make([]byte, size)
	if n, err := r.ReadAt(b, 0); n < len(b) {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	return b, nil
}
