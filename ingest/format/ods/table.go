package ods

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/rich"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// The size of a sheet.
const (
	rowsMax = 1 << 20
	colsMax = 1 << 14
)

// rowGuess is how many cells a row is made ready for.
const rowGuess = 48

// columns is a run of columns that share their settings.
type columns struct {
	last   int // the first is one more than the last of the run before
	hidden bool
	style  *cellStyle // what cells without a style have; nil if not stated
}

// tableReader reads one sheet.
type tableReader struct {
	d       *document
	s       *xmlscan.Scanner
	sheet   tonghop.Sheet
	plain   *cellStyle // what cells have when nobody states a style
	columns []columns

	row      int // number of the current row
	repeat   int // how often the row is there
	col      int // last column of the cell read last
	lastCol  int // last column with content or in a merged area
	rowStyle *cellStyle
	run      int // index in columns of where col is
	cells    []tonghop.Cell
	pending  []pending // beside cells
	merges   []tonghop.Area
	text     []byte // text of the row's cells
	textFrom int    // where that of the current cell begins
	fonts    rich.Fonts
}

// readTable reads a table element that is a sheet.
func (d *document) readTable() error {
	s := d.s
	attr, _ := s.AttrNS(nsTable, "name")
	name := string(attr)
	attr, _ = s.AttrNS(nsTable, "style-name")
	hidden := d.auto.hides(string(attr))
	if isCache(name) {
		s.Skip()
		return s.Err
	}
	if name == "" {
		name = fmt.Sprintf("Sheet%d", len(d.sheets)+1)
	}
	key := strings.ToLower(name)
	if d.names[key] {
		return fmt.Errorf("two sheets are called %q", name)
	}
	if d.names[key] = true; len(d.names) > sheetsMax {
		return errors.New("too many sheets")
	}
	w := tableReader{d: d, s: s, plain: d.plainStyle(), cells: make([]tonghop.Cell, 0, rowGuess), pending: make([]pending, 0, rowGuess)}
	w.sheet = tonghop.Sheet{Name: name, Hidden: hidden}
	if err := w.readRows(); err != nil {
		if s.Err != nil || tonghop.CodeOf(err) != "" {
			return err
		}
		return tonghop.Fail("file.damaged", err, "sheet", name)
	}
	if err := w.hideColumns(); err != nil {
		return err
	}
	d.sheets = append(d.sheets, w.sheet)
	return nil
}

// isCache knows the tables in which LibreOffice keeps copies of cells of other
// files: their names are addresses.
func isCache(name string) bool {
	return strings.HasPrefix(name, "'") && strings.Contains(name, "'#")
}

// hides reports whether the table style hides its sheet.
func (t *styles) hides(name string) bool {
	for ; t != nil; t = t.outer {
		if hidden, ok := t.hidden[name]; ok {
			return hidden
		}
	}
	return false
}

// plainStyle is the style of cells for which none is stated.
func (d *document) plainStyle() *cellStyle {
	if st := d.auto.cell([]byte(defaultName)); st != nil {
		return st
	}
	st := &cellStyle{in: d.common}
	d.common.cells[defaultName] = st
	return st
}

// readRows reads the columns and rows of a table, which may lie in groups.
func (w *tableReader) readRows() error {
	s := w.s
	for s.Child() {
		if s.NS != nsTable {
			s.Skip()
			continue
		}
		var err error
		switch string(s.Local) {
		case "table-row":
			err = w.readRow()
		case "table-column":
			err = w.readColumn()
		case "table-rows", "table-row-group", "table-header-rows", "table-columns", "table-column-group", "table-header-columns":
			err = w.readRows()
		case "title", "desc", "table-source", "scenario", "shapes", "named-expressions", "table-protection":
			s.Skip()
		default:
			return fmt.Errorf("unknown element %s in a table", s.Local)
		}
		if err != nil {
			return err
		}
	}
	return s.Err
}

// readColumn notes what a run of columns says.
func (w *tableReader) readColumn() error {
	s := w.s
	c := columns{}
	repeat, err := w.count("number-columns-repeated")
	if err != nil {
		return err
	}
	if name, ok := s.AttrNS(nsTable, "default-cell-style-name"); ok {
		c.style = w.d.auto.cell(name)
	}
	c.hidden = w.invisible()
	first := 0
	if n := len(w.columns); n > 0 {
		first = w.columns[n-1].last
	}
	if c.last = min(first+repeat, colsMax); c.last > first {
		w.columns = append(w.columns, c)
	}
	s.Skip()
	return s.Err
}

// invisible reports whether the row or column is not shown.
func (w *tableReader) invisible() bool {
	v, _ := w.s.AttrNS(nsTable, "visibility")
	return string(v) == "collapse" || string(v) == "filter"
}

// hideColumns lists the hidden columns as far as anything stands in them or
// behind them.
func (w *tableReader) hideColumns() error {
	first := 1
	for _, c := range w.columns {
		if last := min(c.last, w.lastCol); c.hidden && last >= first {
			if w.d.hidden += last - first + 1; w.d.hidden > hiddenMax {
				return tonghop.Fail("file.too_many_cells", errors.New("hidden columns"), "limit", fmt.Sprint(hiddenMax))
			}
			if w.sheet.HiddenCols == nil {
				w.sheet.HiddenCols = map[int]bool{}
			}
			for i := first; i <= last; i++ {
				w.sheet.HiddenCols[i] = true
			}
		}
		first = c.last + 1
	}
	return nil
}

// count reads how often something is there or how far it reaches; 1 if that
// is not stated.
func (w *tableReader) count(local string) (int, error) {
	v, ok := w.s.AttrNS(nsTable, local)
	if !ok {
		return 1, nil
	}
	return parseCount(v)
}

func parseCount(v []byte) (int, error) {
	n, ok := number(v)
	if !ok {
		return 0, fmt.Errorf("count %q", v)
	}
	return max(n, 1), nil
}

// number reads digits; what is beyond a thousand millions is that.
func number(b []byte) (int, bool) {
	const most = 1_000_000_000
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = min(n*10+int(c-'0'), most)
	}
	return n, len(b) > 0
}
