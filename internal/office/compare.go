package office

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// compare proves that the workbook in out has what the account has, and no
// cell more. The first cell that differs is the error convert.differs; what
// cannot be read as a workbook is convert.failed.
func (a *account) compare(out []byte, lim tonghop.Limits) error {
	r, err := xlsx.Open(bytes.NewReader(out), int64(len(out)), lim)
	if err != nil {
		return tonghop.Fail("convert.failed", fmt.Errorf("read result: %w", err))
	}
	if r.Date1904() != a.date1904 {
		return tonghop.Fail("convert.failed", fmt.Errorf("days count from another year"))
	}
	if len(r.Sheets()) != len(a.sheets) {
		return tonghop.Fail("convert.failed", fmt.Errorf("%d sheets of %d", len(r.Sheets()), len(a.sheets)))
	}
	for i, info := range r.Sheets() {
		if name := a.sheets[i].name; name != "" && name != info.Name {
			return tonghop.Fail("convert.failed", fmt.Errorf("sheet %q is called %q", name, info.Name))
		}
		if err := a.compareSheet(r, i); err != nil {
			return err
		}
	}
	return nil
}

// compareSheet compares the cells of one sheet, one after the other.
func (a *account) compareSheet(r *xlsx.Reader, i int) error {
	left := a.sheets[i].cells
	slices.SortStableFunc(left, func(x, y entry) int { return cmp.Or(cmp.Compare(x.row, y.row), cmp.Compare(x.col, y.col)) })
	name := r.Sheets()[i].Name
	for line, err := range r.Rows(i) {
		if err != nil {
			return tonghop.Fail("convert.failed", fmt.Errorf("read result: %w", err))
		}
		for k := range line.Cells {
			c := &line.Cells[k]
			if c.Kind == tonghop.CellBlank || c.Kind == tonghop.CellText && strings.TrimSpace(c.Stored) == "" {
				continue
			}
			if len(left) == 0 || int(left[0].row) < c.Row || int(left[0].row) == c.Row && int(left[0].col) < c.Col {
				return missing(name, left, c)
			}
			if why := left[0].differs(c); why != "" {
				return differs(name, c.Row, c.Col, why)
			}
			left = left[1:]
		}
	}
	if len(left) > 0 {
		return missing(name, left, nil)
	}
	return nil
}

// missing tells of a cell that stands on one side only: the first one that is
// left of the account, or c, which no cell of the account stands before.
func missing(name string, left []entry, c *tonghop.Cell) error {
	if len(left) > 0 {
		return differs(name, int(left[0].row), int(left[0].col), "is lost")
	}
	return differs(name, c.Row, c.Col, "is new")
}

// differs is the refusal that names a cell.
func differs(sheet string, row, col int, why string) error {
	ref := tonghop.Ref{Sheet: sheet, Row: row, Col: col}
	return tonghop.Fail("convert.differs", fmt.Errorf("%s %s", ref, why), "cell", ref.String())
}

// differs says how the cell of the result is not what the account has; "" if it
// is. Both stand in the same sheet.
func (e *entry) differs(c *tonghop.Cell) string {
	switch {
	case int(e.row) != c.Row || int(e.col) != c.Col:
		return "is new"
	case e.kind != c.Kind:
		return fmt.Sprintf("is of kind %d, not %d", c.Kind, e.kind)
	case e.kind == tonghop.CellNumber:
		n, err := strconv.ParseFloat(c.Stored, 64)
		if err != nil || !sameNumber(e.number, n) {
			return fmt.Sprintf("is %s, not %v", c.Stored, e.number)
		}
	case e.kind == tonghop.CellText && !sameText(e.text, c.Stored), e.kind != tonghop.CellText && e.text != c.Stored:
		return fmt.Sprintf("is %q, not %q", c.Stored, e.text)
	}
	return ""
}

// sameNumber allows for the 15 digits that LibreOffice writes of a number, and
// Excel shows at the most.
func sameNumber(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-14*max(math.Abs(a), math.Abs(b))
}

// sameText allows for the signs that end a line.
func sameText(a, b string) bool {
	return a == b || lines.Replace(a) == lines.Replace(b)
}

var lines = strings.NewReplacer("\r\n", "\n", "\r", "\n")
