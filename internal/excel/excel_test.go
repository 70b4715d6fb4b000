package excel_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"html"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/consolidate"
	"github.com/tonghop/tonghop/consolidate/consolidatetest"
	"github.com/tonghop/tonghop/internal/excel"
)

// edition assembles the made-up month of Trà Vinh.
func edition(t *testing.T) (tonghop.Edition, tonghop.Look) {
	t.Helper()
	in, err := consolidatetest.Inputs("84")
	if err != nil {
		t.Fatal(err)
	}
	e, err := consolidate.Assemble(in)
	if err != nil {
		t.Fatal(err)
	}
	return e, in.Layout.Look
}

func write(t *testing.T, e tonghop.Edition, look tonghop.Look) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := excel.Write(&b, e, look); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same edition gives the same bytes, whatever the number of processors,
// the time zone and the moment.
func TestWriteSameBytes(t *testing.T) {
	zone, procs := time.Local, runtime.GOMAXPROCS(0)
	t.Cleanup(func() { time.Local = zone; runtime.GOMAXPROCS(procs) })
	var first [32]byte
	for i, name := range []string{"UTC", "Asia/Ho_Chi_Minh", "America/New_York"} {
		at, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = at
		runtime.GOMAXPROCS(1 + i%2)
		e, look := edition(t)
		sum := sha256.Sum256(write(t, e, look))
		if i == 0 {
			first = sum
		} else if sum != first {
			t.Errorf("in %s with %d processors: other bytes", name, 1+i%2)
		}
	}
}

// A style or a tint that the look lacks is an error that names it.
func TestWriteUnknownStyle(t *testing.T) {
	e := tonghop.Edition{Sheets: []tonghop.EditionSheet{{Name: "A",
		Rows: []tonghop.EditionRow{{Cells: []tonghop.EditionCell{{Text: "x", Style: "nowhere"}}}}}}}
	err := excel.Write(new(bytes.Buffer), e, tonghop.Look{})
	if err == nil || !strings.Contains(err.Error(), "nowhere") || !strings.Contains(err.Error(), "A1") {
		t.Errorf("got %v, want an error that names the style and the cell", err)
	}
}

// Text stays text whatever it begins with, in the cell and when it is edited.
func TestWriteTextStaysText(t *testing.T) {
	texts := []string{"=1+1", "+84 294", "-", "@SUM(A1)", "\tx", "＝1", "1/19", "001"}
	var cells []tonghop.EditionCell
	for _, x := range texts {
		cells = append(cells, tonghop.EditionCell{Text: x})
	}
	minus := tonghop.EditionCell{Number: decimal.NewNullDecimal(decimal.NewFromInt(-5))}
	raw := write(t, tonghop.Edition{Sheets: []tonghop.EditionSheet{{Name: "A",
		Rows: []tonghop.EditionRow{{Cells: append(cells, minus)}}}}}, tonghop.Look{})
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, want := range texts {
		at := tonghop.Ref{Row: 1, Col: i + 1}.Cell()
		if got, _ := f.GetCellValue("A", at); got != want {
			t.Errorf("%s: got %q, want %q", at, got, want)
		}
		if formula, _ := f.GetCellFormula("A", at); formula != "" {
			t.Errorf("%s: formula %q", at, formula)
		}
	}
	if kind, _ := f.GetCellType("A", "I1"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a negative number became text")
	}
	if styles := part(t, raw, "xl/styles.xml"); !strings.Contains(styles, `quotePrefix="1"`) {
		t.Error("no style is quoted: an edited text could become a formula")
	}
}

// What readers trust without looking stands in the parts: the used area, the
// print titles, the filter, the breaks.
func TestWriteParts(t *testing.T) {
	e, look := edition(t)
	raw := write(t, e, look)
	for i, s := range e.Sheets {
		xml := part(t, raw, "xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml")
		if strings.Count(xml, "<dimension") != 1 || !strings.Contains(xml, `:`+tonghop.ColumnName(len(s.Widths))+strconv.Itoa(len(s.Rows))+`"`) {
			t.Errorf("%s: the dimension is not the used area", s.Name)
		}
	}
	book := html.UnescapeString(part(t, raw, "xl/workbook.xml"))
	for _, want := range []string{"_xlnm.Print_Titles", "'Xã'!$A:$C,'Xã'!$", "_xlnm._FilterDatabase", `fullCalcOnLoad="true"`} {
		if !strings.Contains(book, want) {
			t.Errorf("the workbook lacks %s", want)
		}
	}
	xml := part(t, raw, "xl/worksheets/sheet2.xml")
	for _, want := range []string{"<colBreaks", "<conditionalFormatting", `state="frozen"`, `orientation="landscape"`, "<autoFilter"} {
		if !strings.Contains(xml, want) {
			t.Errorf("the sheet of communes lacks %s", want)
		}
	}
}

// LibreOffice, made to calculate everything anew, finds every cached value; a
// wrong one that was planted is found out.
func TestWriteRecalculated(t *testing.T) {
	need(t, "soffice")
	e, look := edition(t)
	planted := plant(t, e)
	planted.Sheets = planted.Sheets[:2] // enough to hold the planted one
	if wrong := recalculated(t, planted, write(t, planted, look)); len(wrong) == 0 {
		t.Fatal("a planted wrong value was not found: the check checks nothing")
	}
	e, _ = edition(t)
	for _, w := range recalculated(t, e, write(t, e, look)) {
		t.Error(w)
	}
}

// plant makes the first cached total wrong by one.
func plant(t *testing.T, e tonghop.Edition) tonghop.Edition {
	t.Helper()
	for _, r := range e.Sheets[0].Rows {
		for i, c := range r.Cells {
			if c.Formula != "" && c.Number.Valid {
				r.Cells[i].Number.Decimal = c.Number.Decimal.Add(decimal.NewFromInt(1))
				return e
			}
		}
	}
	t.Fatal("no formula to plant a wrong value in")
	return e
}

// recalculated lists the formulas whose value LibreOffice finds otherwise.
func recalculated(t *testing.T, e tonghop.Edition, raw []byte) []string {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "edition.xlsx")
	profile(t, filepath.Join(dir, "profile", "user"))
	if err := os.WriteFile(in, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), in)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, "out", "edition.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var wrong []string
	seen := 0
	for _, s := range e.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				if cell.Formula == "" {
					continue
				}
				seen++
				at := tonghop.Ref{Sheet: s.Name, Row: r + 1, Col: c + 1}
				got, err := f.GetCellValue(s.Name, at.Cell(), excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if !same(got, cell) {
					wrong = append(wrong, at.String()+": recalculated "+got+", cached "+cell.Text+cell.Number.Decimal.String())
				}
			}
		}
	}
	if seen < 50 {
		t.Fatalf("only %d formulas", seen)
	}
	return wrong
}

func same(got string, cell tonghop.EditionCell) bool {
	if !cell.Number.Valid {
		return got == cell.Text
	}
	a, err := strconv.ParseFloat(got, 64)
	b := cell.Number.Decimal.InexactFloat64()
	return err == nil && math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b))
}

// profile makes a LibreOffice profile that calculates always.
func profile(t *testing.T, user string) {
	t.Helper()
	const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`
	if err := os.MkdirAll(user, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A second library, in both its ways of reading, sees the same cells.
func TestWriteOpenpyxl(t *testing.T) {
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import openpyxl").Run(); err != nil {
		missing(t, "openpyxl")
	}
	e, look := edition(t)
	in := filepath.Join(t.TempDir(), "edition.xlsx")
	if err := os.WriteFile(in, write(t, e, look), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", openpyxl, in)
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(string(out)), "\n")
	var want []string
	for _, s := range e.Sheets {
		for r, row := range s.Rows {
			for c, cell := range row.Cells {
				at := s.Name + "!" + tonghop.Ref{Row: r + 1, Col: c + 1}.Cell() + "\t"
				switch {
				case cell.Number.Valid:
					want = append(want, at+strconv.FormatFloat(cell.Number.Decimal.InexactFloat64(), 'g', 12, 64))
				case cell.Text != "":
					want = append(want, at+cell.Text)
				}
			}
		}
	}
	if len(got) != len(want) {
		t.Fatalf("openpyxl sees %d cells, the edition has %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("openpyxl sees %q, want %q", got[i], want[i])
		}
	}
}

// openpyxl prints every cell that holds something, read from the cached
// values in one stream, and checks that the other way of reading agrees.
const openpyxl = `
import sys, openpyxl
def shown(v):
    return '%.12g' % v if isinstance(v, (int, float)) else str(v)
stream = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
whole = openpyxl.load_workbook(sys.argv[1], data_only=True)
for ws in stream.worksheets:
    other = whole[ws.title]
    for r, row in enumerate(ws.iter_rows(values_only=True), 1):
        for c, v in enumerate(row, 1):
            assert other.cell(r, c).value == v, (ws.title, r, c)
            if v is not None and v != '':
                print('%s!%s%d\t%s' % (ws.title, openpyxl.utils.get_column_letter(c), r, shown(v)))
`

// part reads one part of a workbook.
func part(t *testing.T, raw []byte, name string) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := zr.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// need skips a test for want of a program, unless TONGHOP_MUST_RUN names it.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		missing(t, program)
	}
}

func missing(t *testing.T, what string) {
	t.Helper()
	if strings.Contains(os.Getenv("TONGHOP_MUST_RUN"), what) {
		t.Fatalf("%s is not installed, and TONGHOP_MUST_RUN names it", what)
	}
	t.Skipf("%s is not installed", what)
}
