package compute_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
	"github.com/tonghop/tonghop/ingest/format"
)

// alwaysRecalculate is a profile of LibreOffice in which every formula of a
// workbook is calculated anew when it is opened.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// What Fill computes in a workbook that openpyxl wrote is what LibreOffice
// computes, in the workbook itself and in its copy as OpenDocument from which
// the values were taken out.
func TestSameAsLibreOffice(t *testing.T) {
	dir := t.TempDir()
	original := generated(t, dir)
	oracle := open(t, converted(t, dir, original, "xlsx", "xlsx"))
	t.Run("xlsx", func(t *testing.T) { compare(t, original, oracle) })
	t.Run("fods", func(t *testing.T) {
		file := converted(t, dir, original, "fods", "fods:OpenDocument Spreadsheet Flat XML")
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw = odsFormula.ReplaceAll(raw, []byte(`$1$2/>`))
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		compare(t, file, oracle)
	})
}

// generated is a workbook of formulas without values.
func generated(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(dir, "formulas.xlsx")
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import openpyxl").Run() != nil {
			continue
		}
		if out, err := exec.CommandContext(t.Context(), python, "testdata/make.py", file).CombinedOutput(); err != nil {
			t.Fatalf("make.py: %v\n%s", err, out)
		}
		return file
	}
	missing(t, "openpyxl")
	return ""
}

// converted lets LibreOffice compute a workbook and save it in a format.
func converted(t *testing.T, dir, file, ext, filter string) string {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		missing(t, "soffice")
	}
	profile, out := filepath.Join(dir, "profile"), filepath.Join(dir, "out")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(profile, "user", "registrymodifications.xcu")
	if _, err := os.Stat(settings); err != nil {
		if err := os.WriteFile(settings, []byte(alwaysRecalculate), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+profile, "--headless", "--convert-to", filter, "--outdir", out, file)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(file), ".xlsx")+"."+ext)
}

// missing skips a test for want of a program, unless TONGHOP_MUST_RUN names it.
func missing(t *testing.T, what string) {
	t.Helper()
	if strings.Contains(os.Getenv("TONGHOP_MUST_RUN"), what) {
		t.Fatalf("%s is not installed, and TONGHOP_MUST_RUN names it", what)
	}
	t.Skipf("%s is not installed", what)
}

// odsFormula is a cell with a formula and its value.
var odsFormula = regexp.MustCompile(`(?s)(<table:table-cell [^>]*table:formula="[^"]*")[^>]*?( table:style-name="[^"]*")?[^>]*>.*?</table:table-cell>`)

func open(t *testing.T, file string) *tonghop.Book {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := format.Open(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// compare computes a workbook and holds what came out against the oracle's.
func compare(t *testing.T, file string, oracle *tonghop.Book) {
	t.Helper()
	b := open(t, file)
	n := compute.Fill(b)
	formulas := 0
	for i := range b.Sheets {
		s := &b.Sheets[i]
		for _, l := range s.Lines {
			for j := range l.Cells {
				c := &l.Cells[j]
				if c.HasForm && c.Cached {
					t.Fatalf("%s has a value: the file is none without", tonghop.Ref{Sheet: s.Name, Row: c.Row, Col: c.Col})
				}
				if c.HasForm {
					formulas++
				}
				if c.Computed {
					n--
					same(t, s.Name, c, cellAt(t, oracle, s.Name+"!"+tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()))
				}
			}
		}
	}
	if n != 0 {
		t.Errorf("the number of computed formulas is wrong by %d", n)
	}
	report(t, b, formulas)
}

func same(t *testing.T, sheet string, c, theirs *tonghop.Cell) {
	t.Helper()
	x, err1 := strconv.ParseFloat(c.Stored, 64)
	y, err2 := strconv.ParseFloat(theirs.Stored, 64)
	if err1 != nil || err2 != nil || theirs.Kind != tonghop.CellNumber || math.Abs(x-y) > 1e-9*math.Max(1, math.Abs(y)) {
		t.Errorf("%s!R%dC%d =%s: %q, LibreOffice has %q", sheet, c.Row, c.Col, c.Formula, c.Stored, theirs.Stored)
	}
}

// report counts by kind what was computed, and lists what was not.
func report(t *testing.T, b *tonghop.Book, formulas int) {
	t.Helper()
	computed, all := map[string]int{}, map[string]int{}
	s := &b.Sheets[3]
	for _, l := range s.Lines {
		kind, c := l.At(1).Stored, l.At(2)
		all[kind]++
		switch {
		case !c.Computed:
			t.Logf("left: %s =%s", kind, c.Formula)
		case kind == "never":
			t.Errorf("computed: =%s", c.Formula)
		default:
			computed[kind]++
		}
	}
	for kind, n := range all {
		if kind != "never" && computed[kind] < n/4 {
			t.Errorf("%s: only %d of %d computed", kind, computed[kind], n)
		}
	}
	t.Log(fmt.Sprint(b.Format, ": ", formulas, " formulas, computed by kind ", computed, " of ", all))
}
