package office

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// What SheetJS wrote in the three formats of one sheet.
var old = []string{
	"A1 text Xa Ngoc Bien", "B1 number 43.2", "C1 bool TRUE", "D1 error #N/A",
	"A2 number 0.333333333333333", "B2 number 1234567.891", "C2 number 45107", "D2 number 0.125",
	"A3 number -7", "B3 bool FALSE",
}

// files are those of testdata that are converted, and the cells of their first
// sheets.
var files = []struct {
	kind, name, sheet, font string
	cells                   []string
}{
	{"xlsb", "sheetjs.xlsb", "Biểu 03", "Calibri", append([]string{"A1 text Xã Ngọc Biên"}, append(old[1:len(old):len(old)], "A4 text gộp")...)},
	{"xlsb", "records.xlsb", "Biểu 03", "Arial", []string{
		"A1 text Xã Ngọc Biên", "B1 text   ", "C1 text hai\ndòng", "D1 text tại chỗ",
		"A2 number 43.2", "B2 number -5", "C2 number 0.3", "D2 number 1E+300",
		"A3 bool TRUE", "B3 bool FALSE", "C3 error #DIV/0!", "D3 error #N/A",
		"A5 number 2", "B5 text x", "C5 bool TRUE", "D5 error #REF!", "AO301 number 7",
	}},
	{"xls", "sheetjs.biff2.xls", "", "Arial", old},
	{"xls", "sheetjs.biff3.xls", "", "Arial", old},
	{"xls", "sheetjs.biff4.xls", "", "Arial", old},
	{"xls", "records.xls", "", ".VnTime", []string{ // the letters are those of .VnTime
		"A1 text X· Ngäc Biªn", "B1 number 43.2", "A2 number 1234567.891", "B2 bool TRUE", "C2 error #DIV/0!",
		"A3 number 2", "B3 text x", "C3 bool TRUE",
	}},
}

// Ten calls at once take their turns, and each gives the cells of its file,
// with their fonts, formats, merges and hidden sheets.
func TestConvert(t *testing.T) {
	t.Parallel()
	c := converter(t)
	var wg sync.WaitGroup
	for i := range 10 {
		f := files[i%len(files)]
		wg.Go(func() {
			out, err := c.Convert(t.Context(), f.kind, file(t, f.name))
			if err != nil {
				t.Errorf("%s: %v", f.name, err)
				return
			}
			book := load(t, out)
			s := &book.Sheets[0]
			if f.sheet != "" && s.Name != f.sheet {
				t.Errorf("%s: sheet %q", f.name, s.Name)
			}
			if font := s.Cell(1, 1).Style.Font; font != f.font {
				t.Errorf("%s: font %q", f.name, font)
			}
			if diff := cmp.Diff(f.cells, values(s)); diff != "" {
				t.Errorf("%s: %s", f.name, diff)
			}
			if f.name == "sheetjs.xlsb" {
				looks(t, book)
			}
		})
	}
	wg.Wait()
}

// looks judges what is not a value in sheetjs.xlsb.
func looks(t *testing.T, book *tonghop.Book) {
	s := &book.Sheets[0]
	got := []string{s.Cell(2, 2).Shown, s.Cell(2, 3).Shown, s.Cell(2, 4).Shown}
	if diff := cmp.Diff([]string{"1,234,567.89", "30/06/2023", "12.5%"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]tonghop.Area{{Top: 4, Left: 1, Bottom: 4, Right: 3}}, s.Merges); diff != "" {
		t.Error(diff)
	}
	if len(book.Sheets) != 2 || s.Hidden || !book.Sheets[1].Hidden || book.Sheets[1].Name != "Ẩn" {
		t.Errorf("sheets: %v", book.Sheets)
	}
}

// LibreOffice computes formulas anew, whatever its profile says. A result that
// is not what stands in the file is refused with its cell.
func TestRecomputed(t *testing.T) {
	t.Parallel()
	c := converter(t)
	for name, cell := range map[string]string{"recomputed.xlsb": "Biểu 03!C5", "volatile.xlsb": "Biểu 03!B1", "recomputed.xls": "Sheet1!B3"} {
		_, kind, _ := strings.Cut(name, ".")
		_, err := c.Convert(t.Context(), kind, file(t, name))
		var e *tonghop.Error
		if !errors.As(err, &e) || e.Code != "convert.differs" || e.Args["cell"] != cell {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What can be told without LibreOffice never reaches it: the program of this
// converter is not there, and none of these errors is that it is missing.
func TestRefused(t *testing.T) {
	xlsb, xls := file(t, "records.xlsb"), file(t, "records.xls")
	macro := append([]byte{}, xls...)
	macro[6] = 0x40
	web := []byte(`<html><table><tr><td>=WEBSERVICE("http://127.0.0.1/")</td></tr></table></html>`)
	ods := odsOf(t, "", `<table:table table:name="A"/>`, "")
	zeros := archive(t, "[Content_Types].xml", map[string]string{"[Content_Types].xml": "<x/>", "xl/workbook.bin": strings.Repeat("\x00", 30<<20)})
	for _, r := range []struct {
		what, kind string
		b          []byte
		code       string
	}{
		{"another kind", "ods", ods, "convert.kind"},
		{"no kind", "", xlsb, "convert.kind"},
		{"nothing", "xlsb", nil, "file.damaged"},
		{"nothing", "xls", nil, "file.not_spreadsheet"},
		{"web page", "xlsb", web, "file.damaged"},
		{"web page", "xls", web, "file.not_spreadsheet"},
		{"ods as xlsb", "xlsb", ods, "file.not_spreadsheet"},
		{"xls as xlsb", "xlsb", xls, "file.damaged"},
		{"xlsb as xls", "xls", xlsb, "file.not_spreadsheet"},
		{"bomb", "xlsb", zeros, "file.bomb"},
		{"too large", "xls", make([]byte, 21<<20), "file.too_large"},
		{"macro sheet", "xls", macro, "convert.content"},
	} {
		c := &Converter{Program: "/nowhere/soffice", Dir: t.TempDir()}
		if _, err := c.Convert(t.Context(), r.kind, r.b); tonghop.CodeOf(err) != r.code {
			t.Errorf("%s as %s: %v, want %s", r.what, r.kind, err, r.code)
		}
	}
}

// A file cut off anywhere is refused before LibreOffice sees it, which would
// give what it found up to there.
func TestCut(t *testing.T) {
	for _, f := range files {
		whole := file(t, f.name)
		for n := range len(whole) {
			if acc, err := kinds[f.kind].take(whole[:n], tonghop.Limits{}); err == nil {
				t.Fatalf("%s: %d of %d bytes are taken for whole: %v", f.name, n, len(whole), acc)
			}
		}
	}
}

// The account is what stands in the file, no more and no less: a result that
// lacks a cell, has one more or another value is refused.
func TestCompare(t *testing.T) {
	t.Parallel()
	c := converter(t)
	b := file(t, "sheetjs.xlsb")
	out, err := c.Convert(t.Context(), "xlsb", b)
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(a *account){
		"":                       func(*account) {},
		"Biểu 03!A2 is lost":     func(a *account) { a.sheets[0].cells[4].col, a.sheets[0].cells[5].col = 1, 3 },
		"Biểu 03!A4 is new":      func(a *account) { a.sheets[0].cells = a.sheets[0].cells[:10] },
		"Biểu 03!B1 is 43.2":     func(a *account) { a.sheets[0].cells[1].number += 1e-9 },
		"Biểu 03!A1 is \"Xã":     func(a *account) { a.sheets[0].cells[0].text = "Xa" },
		"Biểu 03!C1 is \"TRUE\"": func(a *account) { a.sheets[0].cells[2].text = "FALSE" },
		"Biểu 03!D1 is of kind":  func(a *account) { a.sheets[0].cells[3].kind = tonghop.CellText },
		"Biểu 03!Z9 is lost":     func(a *account) { a.sheets[0].cells = append(a.sheets[0].cells, entry{row: 9, col: 26}) },
		"2 sheets of 1":          func(a *account) { a.sheets = a.sheets[:1] },
		"is called":              func(a *account) { a.sheets[1].name = "Y" },
		"another year":           func(a *account) { a.date1904 = true },
	} {
		a, err := takeXlsb(b, tonghop.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		change(a)
		err = a.compare(out, tonghop.Limits{})
		if (err == nil) != (what == "") || err != nil && !strings.Contains(err.Error(), what) {
			t.Errorf("%q: %v", what, err)
		}
	}
}

// A call over its time ends with all that it started; so does one whose context
// ends. Nothing of either is left on the machine, with the walls and without.
func TestEnded(t *testing.T) {
	t.Parallel()
	for _, open := range []bool{false, true} {
		c := converter(t)
		c.open, c.Time = open, 700*time.Millisecond
		_, err := c.Convert(t.Context(), "xls", file(t, "records.xls"))
		if tonghop.CodeOf(err) != "convert.time" {
			t.Errorf("open %t: %v", open, err)
		}
		gone(t, c.Dir)

		c.Time = 0
		ctx, cancel := context.WithCancelCause(t.Context())
		sent := errors.New("the sender went away")
		time.AfterFunc(700*time.Millisecond, func() { cancel(sent) })
		if _, err := c.Convert(ctx, "xls", file(t, "records.xls")); !errors.Is(err, sent) {
			t.Errorf("open %t: %v", open, err)
		}
		gone(t, c.Dir)
	}
}

// Who waits for a turn waits no longer than the context.
func TestWait(t *testing.T) {
	c := &Converter{Program: "/nowhere/soffice"}
	release, err := c.wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.Convert(ctx, "xls", file(t, "records.xls")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting: %v", err)
	}
	release()
	if _, err := c.Convert(ctx, "xls", file(t, "records.xls")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("over before it began: %v", err)
	}
}

// A program that is not there, is none, or fails, is told apart; no folder
// stays.
func TestNoProgram(t *testing.T) {
	dir := t.TempDir()
	text := dir + "/text"
	if err := os.WriteFile(text, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	for program, code := range map[string]string{"": "convert.none", "/nowhere/soffice": "convert.none", text: "convert.none", "/bin/false": "convert.failed", "/bin/true": "convert.failed"} {
		c := &Converter{Program: program, Dir: t.TempDir()}
		if _, err := c.Convert(t.Context(), "xls", file(t, "records.xls")); tonghop.CodeOf(err) != code {
			t.Errorf("%q: %v, want %s", program, err, code)
		}
		if left, _ := os.ReadDir(c.Dir); len(left) > 0 {
			t.Errorf("%q leaves %v", program, left)
		}
	}
}

// A result over its limit is refused, and so is one that is no archive.
func TestResult(t *testing.T) {
	t.Parallel()
	c := converter(t)
	c.Bytes = 2000 // the file has 1.7 KB, the result 5 KB
	if _, err := c.Convert(t.Context(), "xlsb", file(t, "records.xlsb")); tonghop.CodeOf(err) != "convert.too_large" && tonghop.CodeOf(err) != "convert.failed" {
		t.Error(err)
	}
	if err := c.checkResult([]byte("<html>")); tonghop.CodeOf(err) != "convert.failed" {
		t.Error(err)
	}
}
