// Package xmlss reads XML Spreadsheet 2003: workbooks in one XML file, as Excel
// 2003 and many systems write them, mostly named .xml or .xls.
//
// It reads stored values, number formats, fonts, formulas (turned from R1C1 to
// A1 where every reference can be), merges, hidden rows, columns and sheets.
// Markup that is not well formed, a value that is not of its type, two cells at
// one place are refused, never skipped. It never computes and never fetches
// anything.
//
// Start reading at [Load], then sheet.go (rows and cells).
package xmlss

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/charset"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// The namespaces that matter here.
const (
	nsSheet = xmlscan.First + iota // of the spreadsheet
	nsExcel                        // of Excel's options
)

func namespace(uri []byte) xmlscan.NS {
	switch string(uri) {
	case "urn:schemas-microsoft-com:office:spreadsheet":
		return nsSheet
	case "urn:schemas-microsoft-com:office:excel":
		return nsExcel
	}
	return xmlscan.Other
}

// The size of a worksheet, and how many styles and sheets are read.
const (
	rowsMax   = 1 << 20
	colsMax   = 1 << 14
	stylesMax = 65_536
	sheetsMax = 4096
)

// reader reads one workbook.
type reader struct {
	s      *xmlscan.Scanner
	lim    tonghop.Limits
	book   *tonghop.Book
	styles map[string]*rawStyle
	looks  map[string]*look // of styles that are in use
	cells  int
	text   int64
}

// Load reads the workbook in r, which is size bytes long. Errors: file.xml for
// XML of another kind, file.damaged, file.unsafe_xml, file.no_sheets,
// file.beyond_sheet, file.too_large, file.too_many_cells,
// file.too_many_merges, file.unknown, file.unreadable.
func Load(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	lim = lim.WithDefaults()
	if size > lim.Part {
		return nil, tonghop.TooLarge(lim.Part, size)
	}
	var raw strings.Builder
	raw.Grow(int(size))
	if n, err := io.Copy(&raw, io.NewSectionReader(r, 0, size)); err != nil || n < size {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	text, err := decode(raw.String())
	if err != nil {
		return nil, err
	}
	x := reader{
		s: &xmlscan.Scanner{Namespaces: namespace}, lim: lim, book: &tonghop.Book{Format: "xmlss"},
		styles: map[string]*rawStyle{}, looks: map[string]*look{},
	}
	x.s.Reset(strings.NewReader(text), int64(len(text)))
	if !x.s.Root(nsSheet, "Workbook") {
		if errors.Is(x.s.Err, xmlscan.ErrDTD) {
			return nil, tonghop.Fail("file.unsafe_xml", x.s.Err)
		}
		return nil, tonghop.Fail("file.xml", x.s.Err)
	}
	err = x.workbook()
	if x.s.Err != nil {
		err = x.s.Err // a fault of the markup explains whatever it led to
	}
	if err == nil {
		err = x.s.Finish()
	}
	switch {
	case err == nil && len(x.book.Sheets) == 0:
		return nil, tonghop.Fail("file.no_sheets", nil)
	case err == nil:
		return x.book, nil
	case tonghop.CodeOf(err) != "":
		return nil, err
	case errors.Is(err, xmlscan.ErrDTD):
		return nil, tonghop.Fail("file.unsafe_xml", err)
	}
	return nil, tonghop.Fail("file.damaged", err)
}

var declaration = regexp.MustCompile(`^\s*<\?xml\s[^>]{0,300}?\?>`)
var declared = regexp.MustCompile(`encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decode gives the text behind the XML declaration: as the bytes prove, else as
// it declares.
func decode(raw string) (string, error) {
	head := declaration.FindString(raw[:min(len(raw), 512)])
	if m := declared.FindStringSubmatch(head); m != nil {
		name := strings.ToLower(m[1])
		if e, err := htmlindex.Get(name); err == nil && !strings.HasPrefix(name, "utf") {
			out, err := e.NewDecoder().String(raw[len(head):])
			if err != nil {
				return "", tonghop.Fail("file.damaged", err)
			}
			if name == "windows-1258" {
				out = norm.NFC.String(out) // tones stand behind their letters there
			}
			return out, nil
		}
	}
	t, err := charset.Decode(raw)
	if err != nil {
		return "", err
	}
	switch {
	case t.Lost > 0:
		return "", tonghop.Fail("file.damaged", errors.New("characters that are none"))
	case t.Encoding != charset.UTF8 && !strings.HasPrefix(t.Encoding, "utf-16"):
		return "", tonghop.Fail("file.damaged", errors.New("not in UTF-8, and nothing else is declared"))
	}
	return t.Text[len(declaration.FindString(t.Text[:min(len(t.Text), 512)])):], nil
}

// workbook reads the root element.
func (x *reader) workbook() error {
	for x.s.Child() {
		var err error
		switch {
		case x.s.Is(nsSheet, "Styles"):
			err = x.readStyles()
		case x.s.Is(nsSheet, "Worksheet"):
			err = x.worksheet()
		case x.s.Is(nsExcel, "ExcelWorkbook"):
			for x.s.Child() {
				if x.s.Is(nsExcel, "Date1904") {
					x.book.Date1904 = true
				}
				x.s.Skip()
			}
		default:
			x.s.Skip()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// attr is an attribute of the spreadsheet's namespace; "" if it is missing.
func (x *reader) attr(name string) string {
	v, ok := x.s.AttrNS(nsSheet, name)
	if !ok {
		v, _ = x.s.Attr(name) // some writers leave the prefix out
	}
	return string(v)
}

// number is an attribute that counts something.
func (x *reader) number(name string, missing int) (int, error) {
	v := x.attr(name)
	if v == "" {
		return missing, nil
	}
	n := 0
	for i := 0; i < len(v); i++ {
		if v[i] < '0' || v[i] > '9' || i > 8 {
			return 0, fmt.Errorf("%s %q", name, v)
		}
		n = n*10 + int(v[i]-'0')
	}
	return n, nil
}

// flag is an attribute that is 1 or 0.
func (x *reader) flag(name string) bool {
	v := x.attr(name)
	return v == "1" || strings.EqualFold(v, "true")
}
