package xls_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xls"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

func load(b []byte) (*tonghop.Book, error) {
	return xls.Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fixtures lists the workbooks of testdata.
func fixtures(t testing.TB, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no workbooks %s: %v", pattern, err)
	}
	return names
}

func loadBoth(t *testing.T, name, oracle string) (ours, theirs *tonghop.Book) {
	t.Helper()
	ours, err := load(readFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	b := readFile(t, oracle)
	theirs, err = xlsx.Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}

// differences compares what the steps see of two books: one line each.
func differences(ours, theirs *tonghop.Book) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if ours.Date1904 != theirs.Date1904 {
		add("date1904 %v, %v", ours.Date1904, theirs.Date1904)
	}
	var names, theirNames []string
	for _, s := range ours.Sheets {
		names = append(names, fmt.Sprint(s.Name, " ", s.Hidden))
	}
	for _, s := range theirs.Sheets {
		theirNames = append(theirNames, fmt.Sprint(s.Name, " ", s.Hidden))
	}
	if diff := cmp.Diff(theirNames, names); diff != "" {
		add("sheets %v, %v", names, theirNames)
		return out
	}
	for i := range ours.Sheets {
		s, o := &ours.Sheets[i], &theirs.Sheets[i]
		if a, b := areas(s.Merges), areas(o.Merges); a != b {
			add("%s merges %s, %s", s.Name, a, b)
		}
		if a, b := hidden(s.HiddenCols), hidden(o.HiddenCols); a != b {
			add("%s hidden columns %s, %s", s.Name, a, b)
		}
		for _, at := range places(s, o) {
			compareCells(s.Line(at[0]), o.Line(at[0]), at[1], func(what string, a, b any) {
				add("%s!%s %s %v, %v", s.Name, tonghop.Ref{Row: at[0], Col: at[1]}.Cell(), what, short(a), short(b))
			})
		}
	}
	return out
}

func short(v any) string {
	s := fmt.Sprintf("%q", fmt.Sprint(v))
	if len(s) > 90 {
		s = s[:80] + "…"
	}
	return s
}

func areas(list []tonghop.Area) string {
	var out []string
	for _, a := range list {
		out = append(out, fmt.Sprint(a))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func hidden(set map[int]bool) string {
	var out []int
	for c := range set {
		if c <= 255 { // the last column of .xls is not the last of .xlsx
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return fmt.Sprint(out)
}

// places lists rows and columns where one of the sheets has something.
func places(sheets ...*tonghop.Sheet) [][2]int {
	var out [][2]int
	for _, s := range sheets {
		for _, l := range s.Lines {
			for _, c := range l.Cells {
				out = append(out, [2]int{c.Row, c.Col})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

func compareCells(ours, theirs *tonghop.Line, col int, differ func(what string, a, b any)) {
	var a, b *tonghop.Cell
	if ours != nil {
		a = ours.At(col)
	}
	if theirs != nil {
		b = theirs.At(col)
	}
	if a == nil || b == nil {
		if !a.Blank() || !b.Blank() {
			differ("there", a != nil, b != nil)
		}
		return
	}
	if ours.Hidden != theirs.Hidden {
		differ("hidden", ours.Hidden, theirs.Hidden)
	}
	if a.Kind != b.Kind {
		differ("kind", fmt.Sprint(a.Kind, a.Stored), fmt.Sprint(b.Kind, b.Stored))
		return
	}
	if !sameStored(a, b) {
		differ("stored", a.Stored, b.Stored)
	} else if a.Shown != b.Shown {
		differ("shown", a.Shown, b.Shown)
	}
	if a.HasForm != b.HasForm || a.Cached != b.Cached {
		differ("formula", fmt.Sprint(a.HasForm, a.Cached), fmt.Sprint(b.HasForm, b.Cached))
	}
	if plainFormula(a.Formula) != plainFormula(b.Formula) {
		differ("formula", a.Formula, b.Formula)
	}
	if a.Style.Font != b.Style.Font {
		differ("font", a.Style.Font, b.Style.Font)
	}
	if a.Style.Percent != b.Style.Percent || a.Style.Date != b.Style.Date {
		differ("format", a.Style.NumberFormat, b.Style.NumberFormat)
	}
}

// sameStored compares numbers with the 15 digits that LibreOffice writes.
func sameStored(a, b *tonghop.Cell) bool {
	if a.Stored == b.Stored {
		return true
	}
	x, err1 := strconv.ParseFloat(a.Stored, 64)
	y, err2 := strconv.ParseFloat(b.Stored, 64)
	return a.Kind == tonghop.CellNumber && err1 == nil && err2 == nil &&
		strconv.FormatFloat(x, 'e', 14, 64) == strconv.FormatFloat(y, 'e', 14, 64)
}

// plainFormula leaves out blanks and the quotes around names of sheets, which
// programs set as they like, and the brackets of TRUE().
func plainFormula(f string) string {
	return strings.NewReplacer(" ", "", "'", "", "TRUE()", "TRUE", "FALSE()", "FALSE", "_xlfn.", "").Replace(f)
}

// explained lists where we differ from LibreOffice, and why that is right or
// does no harm: workbook, a pattern of the difference, the reason.
var explained = []struct{ book, like, why string }{
	{".", `kind "3(TRUE|FALSE)", "1[01]"$`, "LibreOffice has no truth values as results of formulas, only numbers that look like them"},
	{".", `formula "SUM\(\(B1:B3,C1:C3\)\)"`, "LibreOffice writes ~ for the union of areas, or leaves out its brackets"},
	{".", `F49 formula "", "SUM\({1,2;3,4}\)"`, "constant arrays are not written as text: no text is never wrong"},
	{".", `F52 formula "1.5E-07`, "the same number"},
	{"gnumeric|both|95|xlwt", `formula "(false false)?", "(true true|TRUE\(\)|FALSE\(\)|NA\(\))"`, "LibreOffice makes stored truth values and errors formulas"},
	{"awkward|1904", `Biểu 03!B(62|63|64|69|72) kind "0"`, "LibreOffice stored zero for the text of a formula in a cell with a number format: that result is not believed"},
	{"awkward", `Công thức!(J1|F25|F28|F47) kind "0", "10"`, "a zero in a workbook where zero stands for text too is not believed of a formula that could have a text"},
	{"awkward", `Công thức!F22 kind "143", "4#REF!"`, "LibreOffice does not read its own 1:1"},
	{"awkward", `Công thức!F50 kind "3TRUE", "4#N/A"`, "LibreOffice computes ISERROR(#N/A) anew, differently"},
	{"both|95", `B6 stored "45309.84", "45310.84"`, "LibreOffice computes SUM(A:A) anew and counts TRUE as 1"},
	{"95", `B6 formula "SUM\(A:A\)"`, "a whole column of 16,384 rows is none of 65,536"},
	{"95", `B7 formula ""`, "references to other sheets in Excel 95 are not written as text"},
	{"gnumeric|both|95", `font "[^"]*", "2"`, "LibreOffice takes the font of a rich text by Gnumeric to be named 2"},
	{"gnumeric", `G3[1-8] shown`, "format 14 follows the computer: as in Vietnam here, as in the USA there"},
	{"gnumeric", `[AB]47 stored "_x005F_x000D_"`, "Gnumeric did not decode the escape; LibreOffice wrote it bare, so it is decoded when read again"},
	{"gnumeric", `IV65536 there "true", "false"`, "LibreOffice drops the last cell of the sheet"},
	{"gnumeric", `F22 formula "", "SUM\(\$A1:\$IV1\)"`, "Gnumeric writes columns that do not exist: no text"},
	{"gnumeric", `F25 formula "IF\(B1>0,,2\)"`, "LibreOffice fills in the argument that was left out"},
	{"gnumeric", `F48 kind "15", "4#VALUE!"`, "LibreOffice does not know the function that Gnumeric named"},
	{"gnumeric", `F50 formula "ISERROR`, "LibreOffice writes NA() for #N/A"},
	{"gnumeric", `F62 stored "FALSE", "TRUE"`, "LibreOffice computes 1=TRUE anew, differently"},
	{"bare5", `font "", "Arial"`, "no font is named: LibreOffice puts in its own"},
	{"old|bare5", `[A-G]1[34] formula`, "LibreOffice makes stored truth values and errors formulas"},
	{"old|bare5", `[A-D]15 formula "(#N/A)?", `, "formulas of Excel 2 to 4 are not written as text; LibreOffice writes NA() for #N/A"},
	{"old2", `4 hidden "true", "false"`, "a row of no height is hidden; LibreOffice gives it one"},
	{"old4book", `(shown|format) "`, "LibreOffice counts the formats of the workbook and of its sheets on, and finds none for the cells"},
	{"uncomputed", `AG\d+ kind "0", "2(Đạt|Chưa đạt)"`, "LibreOffice stored zero for the text; LibreOffice computes it anew, we say that there is no result"},
	{"writeexcel", `A4 kind "0", "125"`, "the formula was stored uncomputed; LibreOffice computes it"},
	{"xlwt", `[AB]28 kind "0", "(10|2bc)"`, "the formula was stored uncomputed; LibreOffice computes it"},
}

// Every workbook of testdata reads as LibreOffice's own conversion of it does.
func TestSameAsLibreOffice(t *testing.T) {
	used := make([]bool, len(explained))
	for _, name := range fixtures(t, "testdata/*.xls") {
		base := strings.TrimSuffix(filepath.Base(name), ".xls")
		t.Run(base, func(t *testing.T) {
			ours, theirs := loadBoth(t, name, "testdata/oracle/"+base+".xlsx")
			if base == "old2" || base == "old4book" {
				// LibreOffice names a sheet after the file, and those of a
				// workbook of Excel 4 anew.
				for i := range ours.Sheets {
					ours.Sheets[i].Name = theirs.Sheets[i].Name
				}
			}
			for _, d := range differences(ours, theirs) {
				known := false
				for i, e := range explained {
					if regexp.MustCompile(e.book).MatchString(base) && regexp.MustCompile(e.like).MatchString(d) {
						known, used[i] = true, true
					}
				}
				if !known {
					t.Error(d)
				}
			}
		})
	}
	for i, e := range explained {
		if !used[i] {
			t.Errorf("no difference any more: %s %s", e.book, e.like)
		}
	}
}

// The nine forms saved as .xls read as they do as .xlsx.
func TestSameAsSamples(t *testing.T) {
	for _, name := range fixtures(t, "testdata/samples/*.xls") {
		base := strings.TrimSuffix(filepath.Base(name), ".xls")
		t.Run(base, func(t *testing.T) {
			ours, theirs := loadBoth(t, name, "../../../cmd/tonghop/samples/"+base+".xlsx")
			for _, d := range differences(ours, theirs) {
				t.Error(d)
			}
		})
	}
}
