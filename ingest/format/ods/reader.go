// Package ods reads OpenDocument spreadsheets (.ods, .ots, and the flat .fods,
// by LibreOffice, Excel, WPS, Google Sheets, OnlyOffice and programs) as
// neutral sheets, the same that the xlsx package gives.
//
// Each part is inflated, checked and parsed in one streamed pass by a strict
// XML scanner. What is read is complete or there is an error. Cells, rows and
// columns that the file repeats by a number are repeated only where they hold
// something, and counted against the limits before they are made.
//
// It never computes a formula, never guesses what a cell means, never follows
// a link out of the file, never runs a macro, and never writes.
//
// Start reading at Open, then document.go (parts), table.go (rows), cell.go
// (cells), value.go (what they hold), style.go and datastyle.go (their looks).
package ods

import (
	"bytes"
	"errors"
	"io"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

const (
	mimePart     = "mimetype"
	manifestPart = "META-INF/manifest.xml"
	stylesPart   = "styles.xml"
	contentPart  = "content.xml"
)

// mimeMax is more than the name of any type is long.
const mimeMax = 200

// Reader is an open spreadsheet whose cells are still to be read. It is not
// safe for concurrent use.
type Reader struct {
	a      *container.Archive
	lim    tonghop.Limits
	common *styles // of styles.xml
}

// Load reads the whole spreadsheet; see [Reader.Book].
func Load(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	x, err := Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	return x.Book()
}

// Open checks the archive in r, which is size bytes long, and reads all of it
// but the cells. Errors: those of [container.Open], file.damaged,
// file.encrypted, file.unsafe_xml, file.not_spreadsheet.
func Open(r io.ReaderAt, size int64, lim tonghop.Limits) (*Reader, error) {
	a, err := container.Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	return OpenArchive(a, lim)
}

// OpenArchive is [Open] for an archive that is open already.
func OpenArchive(a *container.Archive, lim tonghop.Limits) (*Reader, error) {
	r := &Reader{a: a, lim: lim.WithDefaults(), common: newStyles(nil)}
	m, err := readManifest(a)
	if err != nil {
		return nil, err
	}
	kind, err := mimeType(a)
	if err != nil {
		return nil, err
	}
	if kind == "" {
		kind = m.kind
	}
	content, ok := a.Find(contentPart)
	switch {
	case m.encrypted:
		return nil, tonghop.Fail("file.encrypted", nil)
	case kind != "" && !isSpreadsheet(kind), kind == "" && !ok:
		return nil, tonghop.Fail("file.not_spreadsheet", nil)
	case !ok:
		return nil, tonghop.Fail("file.damaged", errors.New("no content"), "part", contentPart)
	}
	proven := map[string]bool{content: true} // proven when it is read
	if part, ok := a.Find(stylesPart); ok {
		d := document{s: newScanner(), lim: r.lim, common: r.common}
		if err := readPart(a, d.s, part, func() error { return d.readStyles(part) }); err != nil {
			return nil, err
		}
		proven[part] = true
	}
	if err := a.Verify(func(name string) bool { return proven[name] }); err != nil {
		return nil, err
	}
	return r, nil
}

// Book reads all sheets. Errors: those of Open, file.no_sheets,
// file.too_many_cells, file.too_many_merges, and file.too_large for too much
// text.
func (r *Reader) Book() (*tonghop.Book, error) {
	part, _ := r.a.Find(contentPart)
	d := document{s: newScanner(), lim: r.lim, common: r.common}
	if err := readPart(r.a, d.s, part, func() error { return d.readContent(part) }); err != nil {
		return nil, err
	}
	return d.finish()
}

// readPart scans one part with f to its end, checksum and all.
func readPart(a *container.Archive, s *xmlscan.Scanner, part string, f func() error) error {
	in, err := a.Open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	return scan(in, a.Size(part), s, part, f)
}

// scan runs f over in. A fault of the bytes explains whatever the markup led
// to, so it is what is reported.
func scan(in io.Reader, size int64, s *xmlscan.Scanner, part string, f func() error) error {
	s.Reset(in, size)
	err := f()
	if err == nil {
		err = s.Finish()
	}
	if s.Err != nil {
		err = s.Err
	}
	return partError(err, part)
}

// partError gives a fault its code and part. Errors that have a code keep it.
func partError(err error, part string) error {
	switch {
	case err == nil:
		return nil
	case tonghop.CodeOf(err) != "":
		return err
	case errors.Is(err, xmlscan.ErrDTD):
		return tonghop.Fail("file.unsafe_xml", err, "part", part)
	case part == "": // a flat file
		return tonghop.Fail("file.damaged", err)
	}
	return tonghop.Fail("file.damaged", err, "part", part)
}

// MainType tells the media type that an OpenDocument package names for itself,
// such as "application/vnd.oasis.opendocument.spreadsheet"; "" if the archive
// names none.
func MainType(a *container.Archive) (string, error) {
	if kind, err := mimeType(a); kind != "" || err != nil {
		return kind, err
	}
	m, err := readManifest(a)
	return m.kind, err
}

// isSpreadsheet knows spreadsheets and templates of them.
func isSpreadsheet(kind string) bool {
	switch kind {
	case "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template",
		"application/x-vnd.oasis.opendocument.spreadsheet", "application/x-vnd.oasis.opendocument.spreadsheet-template":
		return true
	}
	return false
}

// mimeType reads the entry that names the type of the package.
func mimeType(a *container.Archive) (string, error) {
	name, ok := a.Find(mimePart)
	if !ok || a.Size(name) > mimeMax {
		return "", nil
	}
	in, err := a.Open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	kind, err := io.ReadAll(in)
	return string(bytes.TrimSpace(kind)), err
}

// manifest is what the list of the package's parts tells.
type manifest struct {
	kind      string // media type of the whole
	encrypted bool   // a part is
}

// readManifest reads the list of parts, if there is one. Old writers put a
// document type in front of it.
func readManifest(a *container.Archive) (manifest, error) {
	var m manifest
	part, ok := a.Find(manifestPart)
	if !ok {
		return m, nil
	}
	s := newScanner()
	s.Doctype = true
	err := readPart(a, s, part, func() error {
		if !s.Root(nsManifest, "manifest") {
			return s.Err
		}
		for s.Child() {
			if s.Is(nsManifest, "file-entry") {
				if path, _ := s.AttrNS(nsManifest, "full-path"); string(path) == "/" {
					kind, _ := s.AttrNS(nsManifest, "media-type")
					m.kind = string(kind)
				}
			}
			for s.Child() {
				m.encrypted = m.encrypted || s.Is(nsManifest, "encryption-data")
				s.Skip()
			}
		}
		return s.Err
	})
	return m, err
}
