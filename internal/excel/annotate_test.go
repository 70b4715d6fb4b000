package excel

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
)

// theirs is a workbook with what an office may have put into it: comments,
// colours by condition, names, a chart, a list to choose from, a hidden sheet.
func theirs(t testing.TB) ([]byte, *tonghop.Book) {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Biểu 03"))
	_, err := f.NewSheet("ghi chép")
	must(err)
	for row := 1; row <= 9; row++ {
		must(f.SetCellStr("Biểu 03", fmt.Sprintf("A%d", row), fmt.Sprintf("Xã số %d", row)))
		must(f.SetCellFloat("Biểu 03", fmt.Sprintf("B%d", row), float64(row)*1.5, 1, 64))
	}
	must(f.SetCellFormula("Biểu 03", "B10", "SUM(B1:B9)"))
	must(f.SetCellStr("ghi chép", "A1", "việc riêng"))
	must(f.AddComment("Biểu 03", excelize.Comment{Cell: "B3", Author: "chị Lan", Text: "đã hỏi xã"}))
	green, err := f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"00FF00"}}})
	must(err)
	must(f.SetConditionalFormat("Biểu 03", "B1:B9", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: "<", Value: "5", Format: &green}}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "vùng", RefersTo: "'ghi chép'!$A$1", Scope: "ghi chép"}))
	must(f.SetSheetVisible("ghi chép", false))
	must(f.AddChart("Biểu 03", "D2", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "'Biểu 03'!$B$1:$B$9"}}}))
	var out bytes.Buffer
	must(f.Write(&out))
	return out.Bytes(), readAll(t, out.Bytes())
}

// readAll reads a workbook as the oracle does, our sheets set aside.
func readAll(t testing.TB, raw []byte) *tonghop.Book {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	book := &tonghop.Book{Format: "xlsx"}
	for _, name := range f.GetSheetList() {
		s := tonghop.Sheet{Name: name}
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, cells := range rows {
			line := tonghop.Line{Row: i + 1}
			for j, shown := range cells {
				kind, _ := f.GetCellType(name, tonghop.Ref{Row: i + 1, Col: j + 1}.Cell())
				c := tonghop.Cell{Row: i + 1, Col: j + 1, Kind: tonghop.CellText, Stored: shown, Shown: shown, Style: &tonghop.Style{}}
				if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
					c.Kind = tonghop.CellNumber
				}
				line.Cells = append(line.Cells, c)
			}
			s.Lines = append(s.Lines, line)
		}
		book.Sheets = append(book.Sheets, s)
	}
	book.SetOwnAside()
	return book
}

// said is a list over some cells of the workbook.
func said(cells ...tonghop.Area) Notes {
	n := Notes{Verdict: "Còn vài chỗ cần xem lại.", Words: map[string]string{"sheet_list": "Kết quả kiểm tra", "sheet_understood": "Hệ thống đã hiểu thế nào",
		"found": "Đang ghi", "fix": "Cách xử lý", "explanation": "Giải trình"}, Steps: []string{"Sửa rồi gửi lại."}}
	for i, a := range cells {
		s := tonghop.Query
		if i%2 == 1 {
			s = tonghop.Reject
		}
		n.Items = append(n.Items, NoteItem{Severity: s, Weight: "? Cần xem lại", Sheet: "Biểu 03", Areas: []tonghop.Area{a},
			Message: fmt.Sprintf("Điểm <%d> & \"nữa\"", i), Found: "=1+1", Fix: "Sửa ô này.", Rule: "O-002"})
	}
	n.Understood = []Understood{{Ref: tonghop.Ref{Sheet: "Biểu 03", Row: 1, Col: 2}, Meaning: "1.5", Item: 1}}
	return n
}

func at(row, col int) tonghop.Area {
	return tonghop.Area{Top: row, Left: col, Bottom: row, Right: col}
}

func annotated(t testing.TB, raw []byte, book *tonghop.Book, n Notes) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := AnnotateInPlace(&out, Source{Raw: raw, Book: book, Most: 1 << 28}, n); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// partsOf unpacks a workbook.
func partsOf(t testing.TB, raw []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// Nothing of theirs is lost or changed: a part that must be touched has all its
// bytes still, in their order, and every other part is the same.
func TestAnnotateKeepsTheirs(t *testing.T) {
	raw, book := theirs(t)
	before := partsOf(t, raw)
	out := annotated(t, raw, book, said(at(2, 2), at(3, 2), at(4, 1)))
	after := partsOf(t, out)
	touched := map[string]bool{"xl/workbook.xml": true, "xl/styles.xml": true, "[Content_Types].xml": true, "xl/_rels/workbook.xml.rels": true,
		"xl/worksheets/sheet1.xml": true, "xl/comments1.xml": true, "xl/drawings/vmlDrawing1.vml": true}
	for name, text := range before {
		if !touched[name] && after[name] != text {
			t.Errorf("part %s is changed", name)
		}
	}
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/_rels/workbook.xml.rels"} {
		kept := strings.ReplaceAll(before[name], `tabSelected="true"`, `tabSelected="false"`) // the list is open instead
		if rest := without(after[name], kept); rest != "" {
			t.Errorf("part %s lost %.80q", name, rest)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.GetSheetList(); !cmp.Equal(got, []string{"Kết quả kiểm tra", "Biểu 03", "ghi chép", "Hệ thống đã hiểu thế nào"}) {
		t.Errorf("sheets %q", got)
	}
	comments, err := f.GetComments("Biểu 03")
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]string{}
	for _, c := range comments {
		of[c.Cell] = c.Author
	}
	if want := (map[string]string{"B2": "tonghop", "B3": "chị Lan", "A4": "tonghop"}); !cmp.Equal(of, want) {
		t.Errorf("comments by %v, want %v", of, want)
	}
	if got := f.GetDefinedName(); len(got) != 3 || got[0].Scope != "ghi chép" {
		t.Errorf("names %+v", got)
	}
	if formula, _ := f.GetCellFormula("Biểu 03", "B10"); formula != "SUM(B1:B9)" {
		t.Errorf("formula %q", formula)
	}
}

// without gives the first part of a text that is not in another one, in order:
// "" if only something was put between.
func without(after, before string) string {
	for before != "" {
		n := 0
		for n < len(before) && n < len(after) && before[n] == after[n] {
			n++
		}
		before, after = before[n:], after[n:]
		if before == "" {
			return ""
		}
		key := before[:min(len(before), 40)]
		next := strings.Index(after, key)
		if next < 0 {
			return before
		}
		after = after[next:]
	}
	return ""
}

// stripped takes our sheets and marks out of a workbook.
func stripped(t testing.TB, raw []byte, book *tonghop.Book) []byte {
	t.Helper()
	w, err := openWorkbook(raw, 1<<28)
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]bool{}
	for _, s := range book.Own {
		own[s.Name] = true
	}
	if err := w.strip(own, openedOf(book.Own)); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := w.write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Annotating what is annotated is annotating once, whatever the first time said;
// without our marks the sheets are as they were.
func TestAnnotateTwice(t *testing.T) {
	raw, book := theirs(t)
	before := partsOf(t, raw)
	cell := rapid.Custom(func(rt *rapid.T) tonghop.Area {
		return at(rapid.IntRange(1, 12).Draw(rt, "row"), rapid.IntRange(1, 3).Draw(rt, "col"))
	})
	cells := rapid.SliceOfN(cell, 0, 5)
	for seed := range 8 {
		first, second := said(cells.Example(2*seed)...), said(cells.Example(2*seed+1)...)
		once := annotated(t, raw, book, first)
		again := annotated(t, once, readAll(t, once), first)
		if !bytes.Equal(once, again) {
			t.Fatalf("%d: annotating twice differs from once", seed)
		}
		other := annotated(t, once, readAll(t, once), second)
		none := partsOf(t, stripped(t, other, readAll(t, other)))
		for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} {
			if none[name] != before[name] {
				t.Fatalf("%d: part %s is not as it was", seed, name)
			}
		}
	}
}

// What is put in and what is taken out may stand side by side.
func TestApply(t *testing.T) {
	got := apply([]byte("<v old=\"1\"/>"), []edit{{2, 10, ""}, {2, 2, " new=\"2\""}})
	if want := `<v new="2"/>`; string(got) != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What the clerk typed into the list stands in the next one.
func TestAnnotateExplained(t *testing.T) {
	raw, book := theirs(t)
	n := said(at(2, 2), at(4, 1))
	n.Items[0].Where, n.Items[1].Where = "Biểu 03!B2", "Biểu 03!A4"
	f, err := excelize.OpenReader(bytes.NewReader(annotated(t, raw, book, n)))
	if err != nil {
		t.Fatal(err)
	}
	_, first := firstItem(n)
	const why = "=xã đã họp lại ngày 30/6"
	if err := f.SetCellStr("Kết quả kiểm tra", fmt.Sprintf("I%d", first), why); err != nil {
		t.Fatal(err)
	}
	var typed bytes.Buffer
	if err := f.Write(&typed); err != nil {
		t.Fatal(err)
	}
	n.Items[0], n.Items[1] = n.Items[1], n.Items[0]
	again := readAll(t, annotated(t, typed.Bytes(), readAll(t, typed.Bytes()), n))
	for i, want := range []string{"", why} {
		got := ""
		if c := again.Own[0].Cell(first+i, tonghop.OwnExplanationColumn); c != nil {
			got = c.Stored
		}
		if got != want {
			t.Errorf("line %d: %q, want %q", i+1, got, want)
		}
	}
}

// A comment of ours that somebody wrote into is theirs from then on.
func TestSeal(t *testing.T) {
	text := sealed("? Cần xem lại: ô ghi 16\nCách xử lý: sửa ô này")
	for said, want := range map[string]bool{
		text:                                   true,
		strings.ReplaceAll(text, "\n", "  \n"): true, // another program's lines
		strings.Replace(text, "16", "17", 1):   false,
		text + "\nđã hỏi xã":                   false,
		"đã hỏi xã":                            false,
		"":                                     false,
	} {
		if unbroken(said) != want {
			t.Errorf("%q: %v", said, !want)
		}
	}
}

// What is no plain .xlsx is not touched; the copy has the values, the marks and
// the list.
func TestAnnotateCopy(t *testing.T) {
	raw, book := theirs(t)
	for _, change := range [][2]string{
		{"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"},
		{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"},
	} {
		p, err := openParts(raw, 1<<28)
		if err != nil {
			t.Fatal(err)
		}
		for name := range p.byName {
			text, err := p.get(name)
			if err != nil {
				t.Fatal(err)
			}
			p.set(name, bytes.ReplaceAll(text, []byte(change[0]), []byte(change[1])))
		}
		var other, out bytes.Buffer
		if err := p.write(&other); err != nil {
			t.Fatal(err)
		}
		if err := AnnotateInPlace(&out, Source{Raw: other.Bytes(), Book: book, Most: 1 << 28}, said(at(2, 2))); !errors.Is(err, errShape) {
			t.Errorf("%s: %v", change[1], err)
		}
	}
	var out bytes.Buffer
	if err := AnnotateCopy(&out, book, said(at(2, 2))); err != nil {
		t.Fatal(err)
	}
	copied := readAll(t, out.Bytes())
	if len(copied.Own) != 2 || len(copied.Sheets) != 2 {
		t.Fatalf("%d sheets of ours, %d of theirs", len(copied.Own), len(copied.Sheets))
	}
	for _, c := range []struct {
		cell string
		want string
	}{{"A4", "Xã số 4"}, {"B4", "6.0"}} {
		line := copied.Sheets[0].Line(4)
		got := line.At(tonghop.ColumnNumber(c.cell[:1]))
		if got == nil || strings.TrimSuffix(c.want, ".0") != strings.TrimSuffix(got.Stored, ".0") {
			t.Errorf("%s: %+v, want %q", c.cell, got, c.want)
		}
	}
	out.Reset()
	if err := AnnotateCopy(&out, nil, said()); err != nil {
		t.Fatal(err)
	}
	if alone := readAll(t, out.Bytes()); len(alone.Sheets) != 0 || len(alone.Own) != 2 {
		t.Errorf("without a book there are %d sheets", len(alone.Sheets))
	}
}

// The sign never turns a number into ###, and stands before nothing that a format
// writes in its own way.
func TestSigned(t *testing.T) {
	cell := func(kind tonghop.CellKind, shown, format string) *tonghop.Cell {
		return &tonghop.Cell{Kind: kind, Stored: shown, Shown: shown, Style: &tonghop.Style{NumberFormat: format}}
	}
	for _, c := range []struct {
		cell  *tonghop.Cell
		width float64
		want  string
	}{
		{cell(tonghop.CellText, "Đạt", ""), 4, `"? "@`},
		{cell(tonghop.CellNumber, "16", ""), 8, `"? "General`},
		{cell(tonghop.CellNumber, "16.5", "0.0;-0.0"), 8, `"? "0.0;"? "-0.0`},
		{cell(tonghop.CellNumber, "1234567", ""), 8, ""},
		{cell(tonghop.CellNumber, "16", `0" xã"`), 20, ""},
		{cell(tonghop.CellNumber, "16", ";;;"), 20, ""},
		{cell(tonghop.CellBlank, "", ""), 20, ""},
		{nil, 20, ""},
	} {
		if got := signed(c.cell, "? ", c.width); got != c.want {
			t.Errorf("%+v in %v: %q, want %q", c.cell, c.width, got, c.want)
		}
	}
}
