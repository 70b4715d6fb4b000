package office

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// What SheetJS wrote.
var written = []string{
	"A1 text Xã Ngọc Biên", "B1 number 43.2", "C1 bool TRUE", "D1 error #N/A",
	"A2 number 0.333333333333333", "B2 number 1234567.891", "C2 number 45107", "D2 number 0.125",
	"A3 number -7", "B3 bool FALSE", "A4 text gộp",
}

// files are those of testdata that are converted, and the cells of their first
// sheets.
var files = []struct {
	kind, name, sheet, font string
	cells                   []string
}{
	{"xlsb", "sheetjs.xlsb", "Biểu 03", "Calibri", written},
	{"xlsb", "records.xlsb", "Biểu 03", "Arial", []string{
		"A1 text Xã Ngọc Biên", "B1 text   ", "C1 text hai\ndòng", "D1 text tại chỗ",
		"A2 number 43.2", "B2 number -5", "C2 number 0.3", "D2 number 1E+300",
		"A3 bool TRUE", "B3 bool FALSE", "C3 error #DIV/0!", "D3 error #N/A",
		"A5 number 2", "B5 text x", "C5 bool TRUE", "D5 error #REF!", "AO301 number 7",
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
	for name, cell := range map[string]string{"recomputed.xlsb": "Biểu 03!C5", "volatile.xlsb": "Biểu 03!B1"} {
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
	xlsb := file(t, "records.xlsb")
	web := []byte(`<html><table><tr><td>=WEBSERVICE("http://127.0.0.1/")</td></tr></table></html>`)
	ods := odsOf(t, "", `<table:table table:name="A"/>`, "")
	linked := archive(t, "[Content_Types].xml", map[string]string{"[Content_Types].xml": "<x/>", "xl/drawings/_rels/drawing1.xml.rels": `<Relationships>` +
		`<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`})
	zeros := archive(t, "[Content_Types].xml", map[string]string{"[Content_Types].xml": "<x/>", "xl/workbook.bin": strings.Repeat("\x00", 3<<20)})
	for _, r := range []struct {
		what, kind string
		b          []byte
		code       string
	}{
		{"another kind", "ods", ods, "convert.kind"},
		{"no kind", "", xlsb, "convert.kind"},
		{"nothing", "xlsb", nil, "file.damaged"},
		{"web page", "xlsb", web, "file.damaged"},
		{"ods as xlsb", "xlsb", ods, "file.not_spreadsheet"},
		{"bomb", "xlsb", zeros, "file.bomb"},
		{"too large", "xlsb", make([]byte, 20<<20+1), "file.too_large"},
		{"linked picture", "xlsb", linked, "convert.content"},
	} {
		c := &Converter{Program: "/nowhere/soffice", Dir: t.TempDir()}
		if _, err := c.Convert(t.Context(), r.kind, r.b); tonghop.CodeOf(err) != r.code {
			t.Errorf("%s as %s: %v, want %s", r.what, r.kind, err, r.code)
		}
	}
}

// A file cut off anywhere, or at every 37th place of a long one, is refused before LibreOffice sees it, which would
// give what it found up to there.
func TestCut(t *testing.T) {
	for _, f := range files {
		whole := file(t, f.name)
		step := 1
		if len(whole) > 5000 {
			step = 37
		}
		for n := 0; n < len(whole); n += step {
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
		"Biểu 03!A2 is new":      func(a *account) { a.sheets[0].cells = slices.Delete(a.sheets[0].cells, 4, 5) },
		"Biểu 03!B4 is lost":     func(a *account) { a.sheets[0].cells = append(a.sheets[0].cells, entry{row: 4, col: 2}) },
		"Biểu 03!D3 is lost":     func(a *account) { a.sheets[0].cells = append(a.sheets[0].cells, entry{row: 3, col: 4}) },
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
		c.open, c.Time = open, 400*time.Millisecond
		_, err := c.Convert(t.Context(), "xlsb", file(t, "records.xlsb"))
		if tonghop.CodeOf(err) != "convert.time" {
			t.Errorf("open %t: %v", open, err)
		}
		gone(t, c.Dir)

		c.Time = 0
		ctx, cancel := context.WithCancelCause(t.Context())
		sent := errors.New("the sender went away")
		go func() {
			for ctx.Err() == nil && !strings.Contains(strings.Join(processes(t, c.Dir), " "), "soffice.bin") {
				time.Sleep(10 * time.Millisecond)
			}
			cancel(sent)
		}()
		if _, err := c.Convert(ctx, "xlsb", file(t, "records.xlsb")); !errors.Is(err, sent) {
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
	if _, err := c.Convert(ctx, "xlsb", file(t, "records.xlsb")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting: %v", err)
	}
	release()
	if _, err := c.Convert(ctx, "xlsb", file(t, "records.xlsb")); !errors.Is(err, context.DeadlineExceeded) {
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
		if _, err := c.Convert(t.Context(), "xlsb", file(t, "records.xlsb")); tonghop.CodeOf(err) != code {
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
	c.Bytes = 3000 // the file has 0.5 KB, the result 5 KB
	if _, err := c.Convert(t.Context(), "xlsb", file(t, "records.xlsb")); tonghop.CodeOf(err) != "convert.too_large" {
		t.Error(err)
	}
	if err := c.checkResult([]byte("<html>")); tonghop.CodeOf(err) != "convert.failed" {
		t.Error(err)
	}
}
