package xlsx_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// sampleFiles lists the workbooks of other programs: our own, and the
// districts' forms.
func sampleFiles(t testing.TB) []string {
	own, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(own) == 0 {
		t.Fatalf("no workbooks in testdata: %v", err)
	}
	forms, err := filepath.Glob("../../../cmd/tonghop/samples/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return append(own, forms...)
}

// Every workbook at hand reads as excelize reads it, cell for cell.
func TestSameAsExcelize(t *testing.T) {
	for _, name := range sampleFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			compare(t, readFile(t, name))
		})
	}
}

func compare(t *testing.T, file []byte) {
	t.Helper()
	book, err := open(file)
	if err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	var names, theirs []string
	for _, s := range book.Sheets {
		names = append(names, s.Name)
	}
	for _, name := range x.GetSheetList() {
		if _, err := x.GetColVisible(name, "A"); err == nil { // no sheet of a chart
			theirs = append(theirs, name)
		}
	}
	if diff := cmp.Diff(theirs, names); diff != "" {
		t.Fatal(diff)
	}
	for i := range book.Sheets {
		compareSheet(t, x, &book.Sheets[i])
	}
}

func compareSheet(t *testing.T, x *excelize.File, s *tonghop.Sheet) {
	t.Helper()
	visible, err := x.GetSheetVisible(s.Name)
	if err != nil || visible == s.Hidden {
		t.Errorf("%s: hidden %v, excelize visible %v %v", s.Name, s.Hidden, visible, err)
	}
	rows, err := x.GetRows(s.Name)
	if err != nil {
		t.Fatal(err)
	}
	lastRow, lastCol := len(rows), 0
	for _, r := range rows {
		lastCol = max(lastCol, len(r))
	}
	for _, l := range s.Lines {
		lastRow, lastCol = max(lastRow, l.Row), max(lastCol, l.Cells[len(l.Cells)-1].Col)
	}
	if lastRow*lastCol > 40_000 { // a cell at the far end
		lastRow = 40_000 / max(lastCol, 1)
	}
	for row := 1; row <= lastRow; row++ {
		for col := 1; col <= lastCol; col++ {
			if covered(s, row, col) {
				// excelize answers with the value of the area's first cell.
				compareCovered(t, rows, s, row, col)
				continue
			}
			compareCell(t, x, s, row, col)
		}
	}
	compareMerges(t, x, s)
	compareHidden(t, x, s, lastRow, lastCol)
}

func covered(s *tonghop.Sheet, row, col int) bool {
	for _, a := range s.Merges {
		if a.Contains(row, col) && (row != a.Top || col != a.Left) {
			return true
		}
	}
	return false
}

func compareCovered(t *testing.T, rows [][]string, s *tonghop.Sheet, row, col int) {
	t.Helper()
	value, stored := "", ""
	if row <= len(rows) && col <= len(rows[row-1]) {
		value = rows[row-1][col-1]
	}
	if c := s.Cell(row, col); c != nil {
		stored = c.Stored
	}
	if value != stored {
		t.Errorf("%s: row %d column %d: %q, excelize %q", s.Name, row, col, stored, value)
	}
}

func compareCell(t *testing.T, x *excelize.File, s *tonghop.Sheet, row, col int) {
	t.Helper()
	at := fmt.Sprintf("%s%d", tonghop.ColumnName(col), row)
	value, err := x.GetCellValue(s.Name, at)
	if err != nil {
		t.Fatal(err)
	}
	formula, err := x.GetCellFormula(s.Name, at)
	if err != nil {
		t.Fatal(err)
	}
	c := s.Cell(row, col)
	if c == nil {
		if value != "" || formula != "" {
			t.Errorf("%s!%s: nothing, excelize %q = %q", s.Name, at, value, formula)
		}
		return
	}
	stored := c.Stored
	if c.Kind == tonghop.CellBool {
		stored = map[string]string{"TRUE": "1", "FALSE": "0"}[stored]
	}
	value = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(value)
	if stored != value || strings.TrimPrefix(formula, "=") != c.Formula {
		t.Errorf("%s!%s: %q = %q, excelize %q = %q", s.Name, at, stored, c.Formula, value, formula)
	}
}

func compareMerges(t *testing.T, x *excelize.File, s *tonghop.Sheet) {
	t.Helper()
	merged, err := x.GetMergeCells(s.Name, true)
	if err != nil {
		t.Fatal(err)
	}
	var theirs, ours []string
	for _, m := range merged {
		theirs = append(theirs, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, a := range s.Merges {
		ours = append(ours, tonghop.Ref{Row: a.Top, Col: a.Left}.Cell()+":"+tonghop.Ref{Row: a.Bottom, Col: a.Right}.Cell())
	}
	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Errorf("%s: merges: %s", s.Name, diff)
	}
}

func compareHidden(t *testing.T, x *excelize.File, s *tonghop.Sheet, lastRow, lastCol int) {
	t.Helper()
	for col := 1; col <= min(lastCol+2, 16_384); col++ {
		if v, err := x.GetColVisible(s.Name, tonghop.ColumnName(col)); err != nil || v == s.HiddenCols[col] {
			t.Errorf("%s: column %d hidden %v, excelize visible %v %v", s.Name, col, s.HiddenCols[col], v, err)
		}
	}
	for row := 1; row <= lastRow; row++ {
		if l := s.Line(row); l != nil {
			if v, err := x.GetRowVisible(s.Name, row); err != nil || v == l.Hidden {
				t.Errorf("%s: row %d hidden %v, excelize visible %v %v", s.Name, row, l.Hidden, v, err)
			}
		}
	}
}

// Workbooks that excelize writes, full of odd content, read as they were meant.
func TestReadsWhatExcelizeWrites(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	odd := []any{
		"", " ", " hai đầu ", "dòng 1\ndòng 2", "a\r\nb", "\tx", "<&>\"'", "]]>", "_x000D_", "_x0041_", "_x005F_x0041_", "_x", "nghĩa_xã",
		"Xã Ngọc Biên", "=1+1", "0012", "😀", "\u200b", "é", "e\u0301", strings.Repeat("dài ", 8000),
		0, 1, -1, 12.5, 0.1 + 0.2, 1e300, -1e-300, 1.0 / 3, 123456789012345, true, false, nil,
	}
	for round := range 5 {
		x := excelize.NewFile()
		for _, name := range []string{"Biểu 1", "a 'b' c", "X & <Y>"} {
			if _, err := x.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			for range 150 {
				at := fmt.Sprintf("%s%d", tonghop.ColumnName(1+rnd.IntN(30)), 1+rnd.IntN(40))
				if err := x.SetCellValue(name, at, odd[rnd.IntN(len(odd))]); err != nil {
					t.Fatal(err)
				}
				if rnd.IntN(5) == 0 {
					if err := x.SetCellFormula(name, at, `SUM(A1:B2)&"<x>"`); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := x.MergeCell(name, "AA1", "AC3"); err != nil {
				t.Fatal(err)
			}
			if err := x.SetRowVisible(name, 5, false); err != nil {
				t.Fatal(err)
			}
			if err := x.SetColVisible(name, "C:E", false); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.SetSheetVisible("a 'b' c", false); err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if err := x.Write(&buf); err != nil {
			t.Fatal(err)
		}
		t.Run(fmt.Sprint(round), func(t *testing.T) { compare(t, buf.Bytes()) })
	}
}
