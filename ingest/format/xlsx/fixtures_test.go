package xlsx_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// difference is what openpyxl reads and what we read instead.
type difference struct{ theirs, ours string }

// explained lists all differences. Excel writes characters that XML cannot hold
// as _xHHHH_, and _x005F_ for an underscore that would start such an escape.
// Excel and excelize decode both; openpyxl takes out the mark of the second
// kind, in shared strings only, and leaves the rest. SheetJS and exceljs do not
// escape an underscore, so that Excel reads another text than was meant.
var explained = map[string][]difference{
	"sheetjs.xlsx":         {{`<ngoặc> _x0041_ "`, `<ngoặc> A "`}},
	"sheetjs-1904.xlsx":    {{`<ngoặc> _x0041_ "`, `<ngoặc> A "`}},
	"exceljs.xlsx":         {{`" \t_x000D_\nhai dòng"`, `" \t\nhai dòng"`}},
	"exceljs-1904.xlsx":    {{`" \t_x000D_\nhai dòng"`, `" \t\nhai dòng"`}},
	"xlsxwriter-rich.xlsx": {{`"_x000D_ a_x000D_\nb"`, `"_x000D_ a\nb"`}},
	"xlsxwriter-1904.xlsx": {{`"_x005F_x000D_ a_x000D_\nb"`, `"_x000D_ a\nb"`}},
}

// Workbooks that other programs wrote read as openpyxl reads them; the
// listings and the scripts that made both are in testdata/make.
func TestSameAsOpenpyxl(t *testing.T) {
	lists, err := filepath.Glob("testdata/*.expect")
	if err != nil || len(lists) < 10 {
		t.Fatalf("listings are missing: %v %v", lists, err)
	}
	for _, list := range lists {
		name := strings.TrimSuffix(list, ".expect") + ".xlsx"
		t.Run(filepath.Base(name), func(t *testing.T) {
			book, err := load(readFile(t, name))
			if err != nil {
				t.Fatal(err)
			}
			want := string(readFile(t, list))
			for _, e := range explained[filepath.Base(name)] {
				if !strings.Contains(want, e.theirs) {
					t.Errorf("openpyxl no longer reads %q", e.theirs)
				}
				want = strings.ReplaceAll(want, e.theirs, e.ours)
			}
			if diff := cmp.Diff(want, listing(t, book)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// listing writes a book as testdata/make/expect.py does.
func listing(t *testing.T, b *tonghop.Book) string {
	t.Helper()
	var out strings.Builder
	fmt.Fprintf(&out, "1904 %v\n", b.Date1904)
	for i := range b.Sheets {
		s := &b.Sheets[i]
		hidden := ""
		if s.Hidden {
			hidden = " hidden"
		}
		fmt.Fprintf(&out, "sheet %s%s\n", quote(t, s.Name), hidden)
		var rows []string
		for _, l := range s.Lines {
			if l.Hidden {
				rows = append(rows, strconv.Itoa(l.Row))
			}
			for j := range l.Cells {
				if c := &l.Cells[j]; c.Stored != "" || c.HasForm { // openpyxl drops empty texts
					out.WriteString(strings.TrimRight(listed(t, c), "\t") + "\n")
				}
			}
		}
		var merges, cols []string
		for _, a := range s.Merges {
			merges = append(merges, tonghop.Ref{Row: a.Top, Col: a.Left}.Cell()+":"+tonghop.Ref{Row: a.Bottom, Col: a.Right}.Cell())
		}
		slices.Sort(merges)
		for c := 1; c <= 16_384; c++ {
			if s.HiddenCols[c] {
				cols = append(cols, tonghop.ColumnName(c))
			}
		}
		for what, list := range map[string]*[]string{"merged": &merges, "hidden rows": &rows, "hidden columns": &cols} {
			*list = append([]string{what}, *list...)
		}
		for _, list := range [][]string{merges, rows, cols} {
			out.WriteString(strings.Join(list, " ") + "\n")
		}
	}
	return out.String()
}

// listed writes one cell.
func listed(t *testing.T, c *tonghop.Cell) string {
	t.Helper()
	stored := c.Stored
	if c.Kind == tonghop.CellNumber {
		f, err := strconv.ParseFloat(stored, 64)
		if err != nil {
			t.Fatal(err)
		}
		if stored = strconv.FormatFloat(f, 'g', 12, 64); strings.Contains(stored, ".") && !strings.Contains(stored, "e") {
			stored = strings.TrimRight(strings.TrimRight(stored, "0"), ".")
		}
	}
	formula, marks := "", ""
	if c.HasForm {
		formula = "=" + c.Formula
	}
	if c.Style.Date {
		marks += "d"
	}
	if c.Style.Percent {
		marks += "p"
	}
	return strings.Join([]string{tonghop.Ref{Row: c.Row, Col: c.Col}.Cell(), kindName(c.Kind), quote(t, stored), formula, marks, c.Style.Font}, "\t")
}

// quote writes a text as Python's json does.
func quote(t *testing.T, s string) string {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}
