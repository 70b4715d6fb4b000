// Package format tells spreadsheet formats apart by their content and picks
// the reader.
//
// The name of a file is never asked. What is no workbook that can be read here
// is refused with a code that says what it is, so that the clerk is told which
// three clicks help. It never reads a cell itself.
//
// Start reading at Open, then sniff.go.
package format

import (
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// Open reads the workbook in r, which is size bytes long. Errors are
// [tonghop.Error]s: those of the reader, or one that names what the file is:
// file.empty, file.xls, file.encrypted, file.xlsb, file.ods, file.docx,
// file.pptx, file.doc, file.ppt, file.ole, file.pdf, file.rtf, file.html,
// file.xml, file.text, file.image, file.archive, file.zip,
// file.not_spreadsheet, file.unknown.
func Open(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	head, err := readHead(r, size)
	if err != nil {
		return nil, err
	}
	if !isZip(head) {
		return nil, tonghop.Fail(sniff(r, size, head), nil)
	}
	a, err := container.Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	code, err := zipKind(a)
	if err != nil {
		return nil, err
	}
	if code != "" {
		return nil, tonghop.Fail(code, nil)
	}
	x, err := xlsx.OpenArchive(a, lim)
	if err != nil {
		return nil, err
	}
	return x.Book()
}

// headLen is how much of a file is looked at to tell what it is.
const headLen = 4096

func readHead(r io.ReaderAt, size int64) ([]byte, error) {
	head := make([]byte, min(size, headLen))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	return head, nil
}
