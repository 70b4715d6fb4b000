package ods

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

const (
	sheetsMax = 10_000  // as many as LibreOffice takes
	hiddenMax = 1 << 20 // hidden columns of all sheets together
)

// document reads one XML part: styles.xml, content.xml, or a flat file that is
// both.
type document struct {
	s        *xmlscan.Scanner
	lim      tonghop.Limits
	common   *styles // named styles
	auto     *styles // styles that the content makes for itself
	date1904 bool
	sheets   []tonghop.Sheet
	names    map[string]bool // of the sheets, in lower case
	keep     keeper
	hidden   int // hidden columns so far
}

// readStyles reads styles.xml. Its automatic styles are those of page headers.
func (d *document) readStyles(string) error {
	s := d.s
	if !s.Root(nsOffice, "document-styles") {
		return s.Err
	}
	for s.Child() {
		var err error
		switch {
		case s.Is(nsOffice, "font-face-decls"):
			err = d.common.readFonts(s)
		case s.Is(nsOffice, "styles"):
			err = d.common.read(s)
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	return s.Err
}

// readContent reads content.xml.
func (d *document) readContent(string) error {
	if !d.s.Root(nsOffice, "document-content") {
		return d.s.Err
	}
	return d.readBodyAndStyles()
}

// readBodyAndStyles reads the children of the root element: the styles stand
// before what is styled.
func (d *document) readBodyAndStyles() error {
	d.auto = newStyles(d.common)
	d.names = map[string]bool{}
	d.keep.lim = d.lim
	s, body := d.s, false
	for s.Child() {
		var err error
		switch {
		case s.NS != nsOffice:
			s.Skip()
		case body && (s.Is(nsOffice, "automatic-styles") || s.Is(nsOffice, "styles") || s.Is(nsOffice, "body")):
			err = fmt.Errorf("element %s after the body", s.Local)
		case s.Is(nsOffice, "font-face-decls"):
			err = d.auto.readFonts(s)
		case s.Is(nsOffice, "styles"): // of a flat file
			d.common.fonts = d.auto.fonts
			err = d.common.read(s)
		case s.Is(nsOffice, "automatic-styles"):
			err = d.auto.read(s)
		case s.Is(nsOffice, "body"):
			body = true
			err = d.readBody()
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	if s.Err == nil && !body {
		return errors.New("no body")
	}
	return s.Err
}

// readBody reads the one child of the body, which says what the document is.
func (d *document) readBody() error {
	s, found := d.s, false
	for s.Child() {
		if !s.Is(nsOffice, "spreadsheet") || found {
			return tonghop.Fail("file.not_spreadsheet", fmt.Errorf("body is %s", s.Local))
		}
		found = true
		if err := d.readSpreadsheet(); err != nil {
			return err
		}
	}
	if s.Err == nil && !found {
		return tonghop.Fail("file.not_spreadsheet", errors.New("body is empty"))
	}
	return s.Err
}

func (d *document) readSpreadsheet() error {
	s := d.s
	for s.Child() {
		var err error
		switch {
		case s.Is(nsTable, "table"):
			err = d.readTable()
		case s.Is(nsTable, "calculation-settings"):
			err = d.readSettings()
		default:
			s.Skip() // named ranges, filters, pivots, deleted cells of a change history
		}
		if err != nil {
			return err
		}
	}
	return s.Err
}

// readSettings reads from which day dates count.
func (d *document) readSettings() error {
	s := d.s
	for s.Child() {
		if s.Is(nsTable, "null-date") {
			day, _ := s.AttrNS(nsTable, "date-value")
			d.date1904 = strings.HasPrefix(string(day), "1904-01-01")
			if d.date1904 && len(d.sheets) > 0 {
				return errors.New("start of dates after the first sheet")
			}
		}
		s.Skip()
	}
	return s.Err
}

// finish makes the book.
func (d *document) finish() (*tonghop.Book, error) {
	if len(d.sheets) == 0 {
		return nil, tonghop.Fail("file.no_sheets", nil)
	}
	return &tonghop.Book{Format: "ods", Date1904: d.date1904, Sheets: d.sheets}, nil
}
