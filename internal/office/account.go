package office

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

// account is what the cells of a file hold, read without LibreOffice: of each
// cell with content its place and its value, and nothing of its looks.
type account struct {
	sheets   []accountSheet
	date1904 bool
	left     int // cells that may still be added
	limit    int
}

// accountSheet is one sheet of cells.
type accountSheet struct {
	name  string // "" where the format has none: LibreOffice names the sheet
	cells []entry
}

// entry is one cell with content. Row and column count from 1.
type entry struct {
	row, col int32
	kind     tonghop.CellKind
	number   float64
	text     string // of a text; of a truth TRUE or FALSE; of an error its name
}

// errCut is the cause where a file ends before its end.
var errCut = errors.New("cut off")

// errorNames are the names of Excel's errors by their number.
var errorNames = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A", 0x2b: "#GETTING_DATA",
}

// newAccount is empty and has the limits of cells.
func newAccount(lim tonghop.Limits) *account {
	limit := lim.WithDefaults().Cells
	return &account{left: limit, limit: limit}
}

// add enters a cell of the last sheet. Texts of blanks only are no content.
func (a *account) add(e entry) error {
	if e.kind == tonghop.CellText && strings.TrimSpace(e.text) == "" {
		return nil
	}
	if a.left--; a.left < 0 {
		return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(a.limit))
	}
	s := &a.sheets[len(a.sheets)-1]
	s.cells = append(s.cells, e)
	return nil
}

// truth is the cell of a boolean.
func truth(e entry, b byte) entry {
	e.kind, e.text = tonghop.CellBool, "FALSE"
	if b != 0 {
		e.text = "TRUE"
	}
	return e
}

// fault is the cell of an error; an unknown one is named by its number, which
// nothing in the result is equal to.
func fault(e entry, b byte) entry {
	e.kind, e.text = tonghop.CellError, errorNames[b]
	if e.text == "" {
		e.text = fmt.Sprintf("error %d", b)
	}
	return e
}

// damaged is the refusal of a file that is not whole.
func damaged(part string, err error) error {
	return tonghop.Fail("file.damaged", err, "part", part)
}

// unproven is the refusal of a file with something that the account cannot
// follow. The detail is technical.
func unproven(kind, detail string) error {
	return tonghop.Fail("convert.content", nil, "kind", kind, "detail", detail)
}
