// Package xlsx reads Excel workbooks (.xlsx, .xlsm and what WPS, Google
// Sheets, LibreOffice and programs write in their name) as neutral sheets.
//
// Each sheet part is inflated, checked and parsed in one streamed pass by a
// strict XML scanner. What is read is complete or there is an error: a part
// whose checksum fails, markup that is not well formed, an element where cells
// are expected that is none, two cells at one address, a shared string that
// does not exist are refused, never skipped.
//
// It never computes a formula, never guesses what a cell means, never follows
// a link out of the file, and never writes.
//
// Start reading at Open, then sheet.go (rows), cell.go (cells), and the
// packages xmlscan (XML) and numfmt (what a cell shows).
package xlsx

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// SheetInfo is what the workbook says of a worksheet before it is read.
type SheetInfo struct {
	Name   string
	Hidden bool   // hidden or very hidden
	part   string // name of its part
}

// Extras is what a sheet tells beside its cells.
type Extras struct {
	Merges     []tonghop.Area
	HiddenCols map[int]bool // nil if none is hidden
	Arrays     []tonghop.Area
}

// Reader is an open workbook. It is not safe for concurrent use.
type Reader struct {
	opc      opc
	lim      tonghop.Limits
	date1904 bool
	sheets   []SheetInfo
	strings  texts
	looks    []look // by cell style; nil if there is no style sheet
	plain    look   // of cells in a workbook without style sheet
	lost     bool   // there should be a style sheet, and there is none
	pairs    int    // of a look and another font
	extras   map[int]Extras
	shared   int                // bytes that shared formulas may still take
	scanners []*xmlscan.Scanner // to use again
	slow     bool               // read no cell the quick way, for tests
}

// sharedBudget bounds what formulas written once and used in many cells may
// grow to; beyond it the dependent cells have no formula text.
const sharedBudget = 32 << 20

// Load reads the whole workbook; see [Reader.Book].
func Load(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	x, err := Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	return x.Book()
}

// Open checks the archive in r, which is size bytes long, and reads all of it
// but the sheets. Errors: those of [container.Open], file.damaged,
// file.unsafe_xml, file.not_spreadsheet, file.no_sheets, file.too_many_cells.
func Open(r io.ReaderAt, size int64, lim tonghop.Limits) (*Reader, error) {
	a, err := container.Open(r, size, lim)
	if err != nil {
		return nil, err
	}
	return OpenArchive(a, lim)
}

// OpenArchive is [Open] for an archive that is open already.
func OpenArchive(a *container.Archive, lim tonghop.Limits) (*Reader, error) {
	r := &Reader{lim: lim.WithDefaults(), extras: map[int]Extras{}, shared: sharedBudget}
	r.opc = opc{a: a, s: newScanner(), proven: map[string]bool{}}
	main, err := r.opc.mainPart()
	if err != nil {
		return nil, err
	}
	links, err := r.opc.links(main)
	if err != nil {
		return nil, err
	}
	if err := r.readWorkbook(main, links); err != nil {
		return nil, err
	}
	if err := r.readSide(main, links); err != nil {
		return nil, err
	}
	for _, s := range r.sheets {
		r.opc.proven[s.part] = true // proven when they are read
	}
	if err := a.Verify(func(name string) bool { return r.opc.proven[name] }); err != nil {
		return nil, err
	}
	r.scanners = append(r.scanners, r.opc.s)
	return r, nil
}

// readWorkbook reads the list of sheets and the date system.
func (r *Reader) readWorkbook(main string, links map[string]link) error {
	err := r.opc.read(main, nsMain, "workbook", func(s *xmlscan.Scanner) error {
		listed := false
		for s.Child() {
			switch {
			case s.Is(nsMain, "workbookPr"):
				r.date1904 = s.Flag("date1904")
				s.Skip()
			case s.Is(nsMain, "sheets"):
				if listed {
					return errors.New("two lists of sheets")
				}
				listed = true
				for s.Child() {
					if err := r.addSheet(s, links); err != nil {
						return err
					}
				}
			default:
				s.Skip()
			}
		}
		return nil
	})
	if err == nil && len(r.sheets) == 0 {
		return tonghop.Fail("file.no_sheets", nil)
	}
	return err
}

// addSheet reads one entry of the list of sheets. Sheets of other kinds,
// charts and dialogs, hold no cells and are left out.
func (r *Reader) addSheet(s *xmlscan.Scanner, links map[string]link) error {
	if !s.Is(nsMain, "sheet") {
		return fmt.Errorf("unknown element %s", s.Local)
	}
	attr, _ := s.Attr("name")
	name := string(tidy(append([]byte(nil), attr...)))
	attr, _ = s.Attr("state")
	state := strings.ToLower(string(attr))
	id, _ := s.AttrNS(nsRel, "id")
	l, ok := links[string(id)]
	s.Skip()
	switch {
	case !ok || l.external:
		return fmt.Errorf("sheet %q has no part", name)
	case l.kind == "chartsheet" || l.kind == "dialogsheet" || strings.HasSuffix(l.kind, "acrosheet"):
		return nil
	case l.kind != "worksheet":
		return fmt.Errorf("sheet %q is of unknown kind %s", name, l.kind)
	case name == "":
		return errors.New("sheet without a name")
	}
	part, ok := r.opc.a.Find(l.target)
	if !ok {
		return fmt.Errorf("part %s of sheet %q is missing", l.target, name)
	}
	for _, other := range r.sheets {
		if other.part == part || strings.EqualFold(other.Name, name) {
			return fmt.Errorf("sheet %q is listed twice", name)
		}
	}
	switch state {
	case "", "visible", "hidden", "veryhidden":
	default:
		return fmt.Errorf("sheet %q is %s", name, state)
	}
	r.sheets = append(r.sheets, SheetInfo{Name: name, Hidden: strings.HasSuffix(state, "hidden"), part: part})
	return nil
}

// readSide reads the parts that the sheets share. A workbook may do without
// either. Where only a relationship was left behind, a cell that needs the part
// is refused. Some writers forget the relationship to the strings instead.
func (r *Reader) readSide(main string, links map[string]link) error {
	parts := map[string]string{}
	for _, l := range links {
		if l.external || l.kind != "sharedStrings" && l.kind != "styles" {
			continue
		}
		part, ok := r.opc.a.Find(l.target)
		if !ok {
			r.lost = r.lost || l.kind == "styles"
			continue
		}
		if other := parts[l.kind]; other != "" && other != part {
			return tonghop.Fail("file.damaged", fmt.Errorf("there are two %s", l.kind), "part", part)
		}
		parts[l.kind] = part
	}
	if parts["sharedStrings"] == "" {
		dir, _ := path.Split(main)
		parts["sharedStrings"], _ = r.opc.a.Find(dir + "sharedStrings.xml")
	}
	if part := parts["sharedStrings"]; part != "" {
		if err := r.readStrings(part); err != nil {
			return err
		}
	}
	if part := parts["styles"]; part != "" {
		return r.readStyles(part)
	}
	return nil
}

// Sheets lists the worksheets in the order of the workbook.
func (r *Reader) Sheets() []SheetInfo { return r.sheets }

// Date1904 reports whether dates count from 1904.
func (r *Reader) Date1904() bool { return r.date1904 }

// Extras gives what was read of sheet i beside its cells. It is complete once
// [Reader.Rows] has come to its end without an error.
func (r *Reader) Extras(i int) Extras { return r.extras[i] }
