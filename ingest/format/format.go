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
	"bytes"
	"fmt"
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/crypt"
	"github.com/tonghop/tonghop/ingest/format/csv"
	"github.com/tonghop/tonghop/ingest/format/html"
	"github.com/tonghop/tonghop/ingest/format/ods"
	"github.com/tonghop/tonghop/ingest/format/xls"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
	"github.com/tonghop/tonghop/ingest/format/xmlss"
)

// Open reads the workbook in r, which is size bytes long: .xlsx and its kin,
// .xls since Excel 2, .ods and .fods, delimited text, a page or a web archive
// with tables, XML Spreadsheet 2003. Text in one of the old Vietnamese fonts
// comes as a person sees it. Macros are never run, links never
// followed. One of the passwords opens a workbook that has one.
//
// Errors are [tonghop.Error]s: those of the readers, or one that names what the
// file is: file.empty, file.encrypted,
// file.password, file.xlsb,
// file.docx, file.pptx, file.doc, file.ppt, file.ole, file.pdf, file.rtf,
// file.owner, file.xml, file.image, file.archive, file.zip, file.not_spreadsheet,
// file.unknown; or file.too_many_sheets (limit).
func Open(r io.ReaderAt, size int64, lim tonghop.Limits, passwords ...string) (*tonghop.Book, error) {
	lim = lim.WithDefaults()
	head, err := readHead(r, size)
	if err != nil {
		return nil, err
	}
	book, err := open(r, size, head, lim, passwords)
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) > lim.Sheets {
		return nil, tonghop.Fail("file.too_many_sheets", nil, "limit", fmt.Sprint(lim.Sheets))
	}
	book.SetOwnAside() // before anything is told from the words of the book
	legible(book)
	return book, nil
}

// open has the reader read that the file is for.
func open(r io.ReaderAt, size int64, head []byte, lim tonghop.Limits, passwords []string) (*tonghop.Book, error) {
	if isZip(head) {
		return openZip(r, size, lim)
	}
	code, err := sniff(r, size, head, lim)
	if err != nil {
		return nil, err
	}
	switch code {
	case kindXLS:
		return xls.Load(r, size, lim)
	case kindHTML:
		return html.Load(r, size, lim)
	case kindText:
		return csv.Load(r, size, lim)
	case kindXML:
		if ods.IsFlat(head) {
			return ods.LoadFlat(r, size, lim)
		}
		return xmlss.Load(r, size, lim)
	case kindEncrypted:
		return openEncrypted(r, size, lim, passwords)
	default:
		return nil, tonghop.Fail(code, nil)
	}
}

// openZip reads a workbook that is a zip archive.
func openZip(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	a, err := container.Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	code, err := zipKind(a)
	if err != nil {
		return nil, err
	}
	switch code {
	case kindXLSX:
		x, err := xlsx.OpenArchive(a, lim)
		if err != nil {
			return nil, err
		}
		return x.Book()
	case kindODS:
		o, err := ods.OpenArchive(a, lim)
		if err != nil {
			return nil, err
		}
		return o.Book()
	}
	return nil, tonghop.Fail(code, nil)
}

// openEncrypted reads a workbook that only a password opens.
func openEncrypted(r io.ReaderAt, size int64, lim tonghop.Limits, passwords []string) (*tonghop.Book, error) {
	plain, asked, err := crypt.Decrypt(r, size, passwords, lim)
	if err != nil {
		return nil, err
	}
	book, err := openZip(bytes.NewReader(plain), int64(len(plain)), lim)
	if err != nil {
		return nil, err
	}
	if asked {
		book.Taken = append(book.Taken, tonghop.Taken{What: tonghop.TakenPassword, Sure: true})
	}
	return book, nil
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
