package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
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
			compare(t, readFile(t, name), excelizeReads[filepath.Base(name)])
		})
	}
}

// excelizeReads lists, by file and cell, what excelize reads otherwise: it leaves
// dates that are written out (t="d") as they are, where Excel and we make serial
// numbers of them, and decodes the escape _x0041_ in shared strings only.
var excelizeReads = map[string]map[string]string{
	"openpyxl-dates.xlsx": {"A1": "2023-06-30T14:05:06", "B1": "2023-06-30", "C1": "14:05:00"},
	"sheetjs-dates.xlsx":  {"A1": "2023-06-30T00:00:00.000Z", "B1": "2023-06-30T14:05:06.000Z"},
	"sheetjs-1904.xlsx":   {"A8": " hai đầu\nxuống dòng & <ngoặc> _x0041_ "},
}

// compare reads the file with both; otherwise is what is known to differ.
func compare(t *testing.T, file []byte, otherwise map[string]string) {
	t.Helper()
	book, err := load(file)
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
		if !slices.Contains(names, name) {
			if _, err := x.GetColVisible(name, "A"); err != nil {
				continue // the sheet of a chart
			}
		}
		theirs = append(theirs, name)
	}
	if diff := cmp.Diff(theirs, names); diff != "" {
		t.Fatal(diff)
	}
	formulas := 0
	for i := range book.Sheets {
		compareSheet(t, x, &book.Sheets[i], otherwise)
		for _, l := range book.Sheets[i].Lines {
			for j := range l.Cells {
				if l.Cells[j].HasForm {
					formulas++
				}
			}
		}
	}
	if want := countFormulas(t, file); formulas != want {
		t.Errorf("%d formulas, the file has %d", formulas, want)
	}
}

func compareSheet(t *testing.T, x *excelize.File, s *tonghop.Sheet, otherwise map[string]string) {
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
	compareValues(t, rows, s, lastCol, otherwise)
	if lastRow > farRow {
		// All else would make excelize fill the rows up to the far one.
		if len(s.Merges)+len(s.HiddenCols) > 0 || len(s.Lines) > 100 {
			t.Errorf("%s: a sheet with a far cell must hold little else in this test", s.Name)
		}
		return
	}
	compareFormulas(t, x, s)
	compareMerges(t, x, s)
	compareHidden(t, x, s, lastRow, lastCol)
}

// farRow is the row from which on excelize takes seconds and gigabytes.
const farRow = 100_000

// compareValues compares every cell of the sheet with the rows of excelize.
func compareValues(t *testing.T, rows [][]string, s *tonghop.Sheet, lastCol int, otherwise map[string]string) {
	t.Helper()
	ends := strings.NewReplacer("\r\n", "\n", "\r", "\n")
	for i, row := range rows {
		l := s.Line(i + 1)
		if l == nil && len(row) == 0 {
			continue
		}
		for col := 1; col <= max(lastCol, len(row)); col++ {
			stored, value := "", ""
			if l != nil {
				stored = storedAs(l.At(col))
			}
			if col <= len(row) {
				value = ends.Replace(row[col-1])
			}
			at := tonghop.Ref{Row: i + 1, Col: col}.Cell()
			if other, ok := otherwise[at]; ok && value == other && value != stored {
				continue
			}
			if stored != value {
				t.Errorf("%s!%s: %q, excelize %q", s.Name, at, stored, value)
			}
		}
	}
	for _, l := range s.Lines {
		for i := range l.Cells {
			if l.Row > len(rows) && storedAs(&l.Cells[i]) != "" {
				t.Errorf("%s: row %d column %d: excelize has no such row", s.Name, l.Row, l.Cells[i].Col)
			}
		}
	}
}

// storedAs is the content of a cell as the file holds it.
func storedAs(c *tonghop.Cell) string {
	switch {
	case c == nil:
		return ""
	case c.Kind == tonghop.CellBool:
		return map[string]string{"TRUE": "1", "FALSE": "0"}[c.Stored]
	}
	return c.Stored
}

// compareFormulas asks excelize for each formula; countFormulas sees that none
// is missing.
func compareFormulas(t *testing.T, x *excelize.File, s *tonghop.Sheet) {
	t.Helper()
	for _, l := range s.Lines {
		for i := range l.Cells {
			c := &l.Cells[i]
			if !c.HasForm {
				continue
			}
			at := tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()
			formula, err := x.GetCellFormula(s.Name, at)
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimPrefix(formula, "=") != c.Formula {
				t.Errorf("%s!%s: %q, excelize %q", s.Name, at, c.Formula, formula)
			}
		}
	}
}

// countFormulas counts the f elements of all worksheets by encoding/xml.
func countFormulas(t *testing.T, file []byte) int {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range z.File {
		if ok, _ := path.Match("xl/worksheets/*.xml", f.Name); !ok {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		inCell := false
		for d := xml.NewDecoder(in); ; {
			tok, err := d.RawToken()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			switch e := tok.(type) {
			case xml.StartElement:
				if inCell = inCell || e.Name.Local == "c"; inCell && e.Name.Local == "f" {
					n++
				}
			case xml.EndElement:
				inCell = inCell && e.Name.Local != "c"
			}
		}
		in.Close()
	}
	return n
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
		t.Run(fmt.Sprint(round), func(t *testing.T) { compare(t, buf.Bytes(), nil) })
	}
}
