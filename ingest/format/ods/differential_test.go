package ods_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
	"github.com/tonghop/tonghop/ingest/format/ods"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

var update = flag.Bool("update", false, "write the golden files anew")

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func load(b []byte) (*tonghop.Book, error) {
	return ods.Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
}

func mustLoad(t testing.TB, b []byte) *tonghop.Book {
	t.Helper()
	book, err := load(b)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func loadXLSX(t testing.TB, name string) *tonghop.Book {
	t.Helper()
	b := readFile(t, name)
	book, err := xlsx.Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return book
}

// pairs lists the spreadsheets that have LibreOffice's own conversion beside
// them.
func pairs(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/*.ods.xlsx")
	if err != nil || len(names) < 18 {
		t.Fatalf("spreadsheets are missing in testdata: %v %v", names, err)
	}
	for i := range names {
		names[i] = strings.TrimSuffix(names[i], ".xlsx")
	}
	return names
}

// Every spreadsheet at hand reads as LibreOffice's own conversion to .xlsx
// reads, cell for cell, but for the differences that testdata/differs.txt
// lists, each with its reason.
func TestSameAsLibreOffice(t *testing.T) {
	var list strings.Builder
	for _, name := range pairs(t) {
		d := differ{ours: mustLoad(t, readFile(t, name)), theirs: loadXLSX(t, name+".xlsx"), excuse: libreOfficeExcuse}
		d.books()
		for _, line := range d.found {
			fmt.Fprintf(&list, "%s\t%s\n", filepath.Base(name), line)
		}
	}
	golden(t, "testdata/differs.txt", list.String())
}

// The districts' workbooks, saved by LibreOffice as .ods, hold what the
// workbooks themselves hold.
func TestSamplesAsXLSX(t *testing.T) {
	names, err := filepath.Glob("../../../cmd/tonghop/samples/*.xlsx")
	if err != nil || len(names) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".xlsx")
		file := readFile(t, "testdata/sample-"+base+".ods")
		d := differ{ours: mustLoad(t, file), theirs: loadXLSX(t, name), excuse: noExcuse}
		d.books()
		for _, line := range d.found {
			t.Errorf("%s: %s", base, line)
		}
	}
}

func noExcuse(string, string, string, *tonghop.Cell, *tonghop.Cell) string { return "" }

// golden compares a list of differences with the one that is accepted, and
// wants a reason in each line.
func golden(t *testing.T, name, got string) {
	t.Helper()
	for line := range strings.Lines(got) {
		if strings.Contains(line, "UNEXPLAINED") {
			t.Error(strings.TrimSpace(line))
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(readFile(t, name)), got); diff != "" {
		t.Error(diff)
	}
}

// differ lists the differences of two books.
type differ struct {
	ours, theirs *tonghop.Book
	excuse       func(field string, a, b string, ours, theirs *tonghop.Cell) string
	sheet        string
	found        []string
}

// note adds a difference with its reason.
func (d *differ) note(where, field, a, b string, ours, theirs *tonghop.Cell) {
	reason := d.excuse(field, a, b, ours, theirs)
	if reason == "" {
		reason = "UNEXPLAINED"
	}
	d.found = append(d.found, fmt.Sprintf("%s!%s\t%s\t%q\t%q\t%s", d.sheet, where, field, shorten(a), shorten(b), reason))
}

func shorten(s string) string {
	if len(s) > 80 {
		return s[:40] + "…" + s[len(s)-20:]
	}
	return s
}

func (d *differ) books() {
	if d.ours.Date1904 != d.theirs.Date1904 || len(d.ours.Sheets) != len(d.theirs.Sheets) {
		d.note("", "book", fmt.Sprint(d.ours.Date1904, len(d.ours.Sheets)), fmt.Sprint(d.theirs.Date1904, len(d.theirs.Sheets)), nil, nil)
		return
	}
	for i := range d.ours.Sheets {
		a, b := &d.ours.Sheets[i], &d.theirs.Sheets[i]
		d.sheet = a.Name
		if a.Name != b.Name || a.Hidden != b.Hidden {
			d.note("", "sheet", fmt.Sprint(a.Name, a.Hidden), fmt.Sprint(b.Name, b.Hidden), nil, nil)
		}
		d.layout(a, b)
		d.cells(a, b)
	}
}

// layout compares merges and what is hidden.
func (d *differ) layout(a, b *tonghop.Sheet) {
	count := map[tonghop.Area]int{}
	for _, m := range a.Merges {
		count[m]++
	}
	for _, m := range b.Merges {
		count[m]--
	}
	for m, n := range count {
		if n != 0 {
			d.note(fmt.Sprint(m), "merge", fmt.Sprint(n > 0), fmt.Sprint(n < 0), nil, nil)
		}
	}
	last := 0
	for _, s := range []*tonghop.Sheet{a, b} {
		for _, l := range s.Lines {
			last = max(last, l.Cells[len(l.Cells)-1].Col)
		}
	}
	for col := 1; col <= last; col++ {
		if a.HiddenCols[col] != b.HiddenCols[col] {
			d.note(tonghop.ColumnName(col), "hidden column", fmt.Sprint(a.HiddenCols[col]), fmt.Sprint(b.HiddenCols[col]), nil, nil)
		}
	}
}

func (d *differ) cells(a, b *tonghop.Sheet) {
	rows := map[int]bool{}
	for _, s := range []*tonghop.Sheet{a, b} {
		for _, l := range s.Lines {
			rows[l.Row] = true
		}
	}
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		la, lb := a.Line(row), b.Line(row)
		if la != nil && lb != nil && la.Hidden != lb.Hidden {
			d.note(strconv.Itoa(row), "hidden row", fmt.Sprint(la.Hidden), fmt.Sprint(lb.Hidden), nil, nil)
		}
		cols := map[int]bool{}
		for _, l := range []*tonghop.Line{la, lb} {
			if l != nil {
				for i := range l.Cells {
					cols[l.Cells[i].Col] = true
				}
			}
		}
		for _, col := range slices.Sorted(maps.Keys(cols)) {
			d.cell(tonghop.Ref{Row: row, Col: col}.Cell(), a.Cell(row, col), b.Cell(row, col))
		}
	}
}

func (d *differ) cell(at string, a, b *tonghop.Cell) {
	if a == nil || b == nil {
		d.note(at, "cell", fmt.Sprint(a != nil), fmt.Sprint(b != nil), a, b)
		return
	}
	field := func(name, x, y string) {
		if x != y {
			d.note(at, name, x, y, a, b)
		}
	}
	field("kind", fmt.Sprint(a.Kind), fmt.Sprint(b.Kind))
	if a.Kind != tonghop.CellNumber || !sameNumber(a.Stored, b.Stored) {
		field("stored", a.Stored, b.Stored)
	}
	field("shown", a.Shown, b.Shown)
	field("formula", fmt.Sprint(a.HasForm, a.Cached), fmt.Sprint(b.HasForm, b.Cached))
	field("formula text", a.Formula, plainFormula(b.Formula))
	field("font", a.Style.Font, b.Style.Font)
	field("flags", fmt.Sprint(a.Style.Percent, a.Style.Date), fmt.Sprint(b.Style.Percent, b.Style.Date))
	if a.Kind == tonghop.CellNumber {
		field("format", inFormat(a), inFormat(b))
	}
}

// sameNumber allows for digits beyond what a float tells apart.
func sameNumber(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-14*math.Abs(x)
}

// plainFormula drops what a file has before the names of newer functions and a
// spreadsheet does not show.
func plainFormula(f string) string {
	return strings.NewReplacer("_xlfn.", "", "_xlws.", "").Replace(f)
}

// inFormat shows some numbers in the cell's number format: two codes that show
// all of them alike say the same in different words.
func inFormat(c *tonghop.Cell) string {
	f := numfmt.Compile(c.Style.NumberFormat)
	var out []byte
	for _, n := range []string{"1234.5678", "-1234.5678", "0", "0.25", "45107.3"} {
		v, _ := numfmt.ParseDecimal([]byte(n))
		if f.General() {
			out = v.AppendGeneral(out)
		} else {
			out = f.AppendNumber(out, []byte(n), v, false)
		}
		out = append(out, '|')
	}
	return string(out)
}
