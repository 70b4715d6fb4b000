package ods

import (
	"bytes"
	"errors"
	"io"

	"github.com/tonghop/tonghop"
)

// IsFlat reports whether a file that begins with head is an OpenDocument file
// in one piece of XML, of whatever kind.
func IsFlat(head []byte) bool {
	i := bytes.Index(head, []byte("<office:document"))
	return i >= 0 && bytes.Contains(head[i:], []byte("opendocument"))
}

// LoadFlat reads a spreadsheet that is one piece of XML (.fods), size bytes
// long. Such a file has no checksum: a changed byte inside a text is not
// noticed. Errors: those of [Load].
func LoadFlat(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	lim = lim.WithDefaults()
	if size > lim.Part {
		return nil, tonghop.TooLarge(lim.Part, size)
	}
	d := document{s: newScanner(), lim: lim, common: newStyles(nil)}
	err := scan(wholeReader{io.NewSectionReader(r, 0, size)}, size, d.s, "", func() error {
		if !d.s.Root(nsOffice, "document") {
			return d.s.Err
		}
		return d.readBodyAndStyles()
	})
	if err != nil {
		return nil, err
	}
	return d.finish()
}

// wholeReader tells a fault of the disk from a fault of the file.
type wholeReader struct{ in *io.SectionReader }

// Read implements io.Reader.
func (w wholeReader) Read(b []byte) (int, error) {
	n, err := w.in.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = tonghop.Fail("file.unreadable", err)
	}
	return n, err
}
