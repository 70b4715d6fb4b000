package xls

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"

	"github.com/tonghop/tonghop"
)

var le = binary.LittleEndian

// compoundMark starts a compound file.
var compoundMark = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// readStep is how much of a stream is asked of mscfb at once. It joins
// neighbouring sectors in quadratic time, so a whole stream in one call would
// take minutes.
const readStep = 32 << 10

// workbookStream gives the bytes of the stream that holds the workbook. A file
// that is this stream alone, without a compound file around it, was written by
// some programs and is opened by Excel too.
func workbookStream(r io.ReaderAt, size int64, lim tonghop.Limits) ([]byte, error) {
	head := make([]byte, min(size, headerSize))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	if !bytes.HasPrefix(head, compoundMark) {
		return bareStream(r, size, head, lim)
	}
	c := &compound{r: r, size: size, lim: lim}
	if err := c.check(head); err != nil {
		return nil, err
	}
	e, ok := c.find("Workbook")
	if !ok {
		if e, ok = c.find("Book"); !ok {
			if _, ok := c.find("EncryptedPackage"); ok {
				return nil, tonghop.Fail("file.encrypted", nil)
			}
			return nil, tonghop.Fail("file.not_spreadsheet", nil)
		}
	}
	if e.size > lim.Part {
		return nil, tooLarge(lim.Part)
	}
	return c.read(e)
}

func bareStream(r io.ReaderAt, size int64, head []byte, lim tonghop.Limits) ([]byte, error) {
	if len(head) < 8 || head[0] != 0x09 || head[1]&^0x0c != 0 || head[3] != 0 {
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

// read reads a stream of the proven compound file.
func (c *compound) read(e *dirEntry) ([]byte, error) {
	doc, err := mscfb.New(wholeReads{c.r})
	if err != nil {
		return nil, fmt.Errorf("open compound file: %w", err)
	}
	for _, f := range doc.File {
		if f.Name != e.name || len(f.Path) > 0 || f.Size != e.size {
			continue
		}
		b := make([]byte, e.size)
		for at := 0; at < len(b); {
			n, err := f.Read(b[at:min(at+readStep, len(b))])
			if at += n; err != nil && !(errors.Is(err, io.EOF) && at == len(b)) || n == 0 {
				return nil, fmt.Errorf("stream %s ends at byte %d of %d: %w", e.name, at, len(b), err)
			}
		}
		return b, nil
	}
	return nil, fmt.Errorf("stream %s is listed but not found", e.name)
}

// wholeReads takes away the io.EOF that may come with the last bytes of a
// file, which mscfb takes for a failure.
type wholeReads struct{ r io.ReaderAt }

func (w wholeReads) ReadAt(b []byte, off int64) (int, error) {
	n, err := w.r.ReadAt(b, off)
	if n == len(b) {
		err = nil
	}
	return n, err
}
