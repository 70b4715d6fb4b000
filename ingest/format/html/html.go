// Package html reads web pages that hold tables and are named .xls, .htm or
// .mht: what Excel, LibreOffice and the web systems of offices save so.
//
// A page becomes one sheet, as it does in a spreadsheet program: its lines of
// text and its tables stand below each other in the order in which they are
// read, every table from column A. A page that LibreOffice or Excel (as a
// single file, .mht) saved from several sheets becomes as many. A table that
// only holds other tables in place is taken apart; a small table inside a cell
// is text of that cell.
//
// What Excel and LibreOffice note in the markup is taken from there: stored
// numbers, formulas, number formats, fonts, hidden rows and columns. A cell
// without such notes is what is shown in it: text, or a number where that takes
// no guess, as in package csv.
//
// A page that ends in the middle is refused, never read in part: a table, a
// tag, a comment, or the html or body element is left open. Scripts never run,
// nothing outside the file is fetched, and neither scripts nor styles are ever
// shown as text.
//
// Start reading at [Load], then walk.go (elements), table.go (the grid),
// nested.go (tables in tables) and sheet.go (tables to sheets).
package html

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// The size of a worksheet.
const (
	rowsMax = 1 << 20
	colsMax = 1 << 14
)

// Load reads the page in r, which is size bytes long. Errors: file.damaged for
// a page that ends early or is nested absurdly, file.html_frames for one whose
// sheets lie in other files, file.html_no_table, file.beyond_sheet,
// file.too_large, file.too_many_cells, file.too_many_merges, file.unknown,
// file.unreadable.
func Load(r io.ReaderAt, size int64, lim tonghop.Limits) (*tonghop.Book, error) {
	lim = lim.WithDefaults()
	if size > lim.Part {
		return nil, tooLarge(lim.Part)
	}
	var raw strings.Builder
	raw.Grow(int(size))
	if n, err := io.Copy(&raw, io.NewSectionReader(r, 0, size)); err != nil || n < size {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	b := &builder{lim: lim, styles: map[tonghop.Style]*tonghop.Style{}, names: map[string]bool{}}
	var err error
	if isArchive(raw.String()) {
		err = b.archive(raw.String())
	} else {
		err = b.page(raw.String(), "", "")
	}
	if err != nil {
		return nil, err
	}
	return &tonghop.Book{Format: "html", Sheets: b.sheets, Date1904: b.date1904, Taken: b.taken}, nil
}

// builder makes the sheets of a book from one page or several.
type builder struct {
	lim      tonghop.Limits
	styles   map[tonghop.Style]*tonghop.Style
	css      []string // style sheets that stand beside the pages
	sheets   []tonghop.Sheet
	names    map[string]bool // of the sheets, in small letters
	taken    []tonghop.Taken // encodings of the pages
	date1904 bool
	slab     slab
	cells    int   // with content, so far
	text     int64 // bytes of their texts
}

// style gives one Style for all cells that look the same.
func (b *builder) style(font, format string) *tonghop.Style {
	key := tonghop.Style{Font: font, NumberFormat: format}
	s, ok := b.styles[key]
	if !ok {
		s = newStyle(font, format)
		b.styles[key] = s
	}
	return s
}

// page reads one page. name is the sheet's, if known; charset is the one that
// was declared beside the page, if any.
func (b *builder) page(raw, charset, name string) error {
	t, err := decode(raw, charset)
	if err != nil {
		return err
	}
	for _, taken := range t.Taken() {
		if !slices.Contains(b.taken, taken) {
			b.taken = append(b.taken, taken)
		}
	}
	w := newWalker(t.Text, t.Font, b)
	if err := w.walk(); err != nil {
		return err
	}
	b.date1904 = b.date1904 || w.notes.date1904
	if w.tables == 0 {
		if w.framed || w.notes.elsewhere() {
			return tonghop.Fail("file.html_frames", nil)
		}
		return tonghop.Fail("file.html_no_table", nil)
	}
	if name == "" && len(w.notes.sheets) == 1 {
		name = w.notes.sheets[0].name
	}
	return b.addSheets(w.flow.items, name)
}

// archive reads the pages of a single-file web archive: the only one, or those
// that the first names as its sheets.
func (b *builder) archive(raw string) error {
	parts, err := unpack(raw, b.lim)
	if err != nil {
		return err
	}
	b.css = parts.css
	first := parts.pages[0]
	t, err := decode(first.body, first.charset)
	if err != nil {
		return err
	}
	var n notes
	n.add(t.Text)
	if !n.elsewhere() {
		return b.page(first.body, first.charset, "")
	}
	b.date1904 = n.date1904
	for _, s := range n.sheets {
		p := parts.find(s.source)
		if p == nil {
			return tonghop.Fail("file.damaged", fmt.Errorf("sheet %q is missing", s.source))
		}
		before := len(b.sheets)
		err := b.page(p.body, p.charset, s.name)
		if tonghop.CodeOf(err) == "file.html_no_table" {
			b.sheets = append(b.sheets, tonghop.Sheet{Name: b.sheetName(s.name)}) // empty, or a chart
		} else if err != nil {
			return err
		}
		for i := before; i < len(b.sheets); i++ {
			b.sheets[i].Hidden = s.hidden
		}
	}
	return nil
}

// check keeps to the limit of cells while they are read: those of a page that
// has too many do not fit in memory.
func (b *builder) check() error {
	if b.cells > b.lim.Cells {
		return tooManyCells(b.lim.Cells)
	}
	return nil
}

func damaged(why string) error {
	return tonghop.Fail("file.damaged", errors.New(why))
}

func tooLarge(limit int64) error {
	return tonghop.TooLarge(limit, 0)
}

func tooManyCells(limit int) error {
	return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(limit))
}
