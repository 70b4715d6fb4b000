package excel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// Our tables print at 9 points or more on a page of A4 across, also where a
// program takes a font for the workbook's whose digits are a seventh wider.
func TestTablesPrint(t *testing.T) {
	const page = 842 - 2*0.3*72 // points between the margins
	for name, widths := range map[string][]float64{"list": listWidths(nil), "list with long places": listWidths([]NoteItem{{Where: "Biểu 03!AB12:AB27"}}), "understood": understoodWidths()} {
		sum := 0.0
		for _, w := range widths {
			sum += w
		}
		if size := letterSize * page / (sum * charWidth * 8 / 7); sum > tableMost || size < 9 {
			t.Errorf("the %s is %v wide: %.1f points on paper", name, sum, size)
		}
	}
}

// A place such as a part of a column stands on one line behind its sheet's name,
// and no word of a header or of a weight is broken.
func TestListWords(t *testing.T) {
	widths := listWidths([]NoteItem{{Where: "Biểu 03!C4"}, {Where: "Biểu 03!AB12:AB27"}, {Where: strings.Repeat("Biểu 03!AB12:AB27, ", 9)}})
	for _, c := range []struct {
		column int
		text   string
		bold   bool
		most   int
	}{
		{2, "Biểu 03!AB12:AB27", false, 1},
		{1, "! Phải sửa", true, 1},
		{1, "? Cần xem lại", true, 2},
		{9, "COT-040", false, 1},
		{9, "Số quy tắc", true, 2},
		{0, "999", false, 1},
	} {
		if got := linesIn(c.text, widths[c.column], letterSize, c.bold); got > c.most {
			t.Errorf("%q stands on %d lines, want at most %d", c.text, got, c.most)
		}
	}
}

func TestLinesIn(t *testing.T) {
	line := strings.TrimSpace(strings.Repeat("nông thôn mới ", 11)) // some 750 points wide
	for _, c := range []struct {
		name  string
		text  string
		width float64
		size  int
		bold  bool
		want  int
	}{
		{"nothing", "", 10, 11, false, 1},
		{"one word", "Đạt", 10, 11, false, 1},
		{"its own breaks", "một\nhai\n\nbốn", 10, 11, false, 4},
		{"accents take no room", strings.Repeat("ướ", 10), 20, 11, false, linesIn(strings.Repeat("uo", 10), 20, 11, false)},
		{"between words", "xã Long Khánh", 9, 11, false, 2},
		{"a word too long is broken", strings.Repeat("o", 40), 10, 11, false, 5},
		{"across the table", line, tableMost, 11, false, 1},
		{"larger letters", line, tableMost, 14, true, 2},
		{"no room at all", "ab", 0, 11, false, 1},
	} {
		if got := linesIn(c.text, c.width, c.size, c.bold); got != c.want {
			t.Errorf("%s: %d lines, want %d", c.name, got, c.want)
		}
	}
}

// The more room, the fewer lines; never fewer than the text's own.
func TestLinesInFall(t *testing.T) {
	text := "Sửa kết quả hoặc mức đạt cho khớp; nếu tỉnh quy định mức khác, ghi giải trình.\nCăn cứ: QĐ 318/QĐ-TTg."
	last := linesIn(text, 1, letterSize, false)
	for width := 2.0; width < 200; width++ {
		n := linesIn(text, width, letterSize, false)
		if n > last || n < 2 {
			t.Fatalf("%d lines at a width of %v, %d at one less", n, width, last)
		}
		last = n
	}
	if last != 2 {
		t.Errorf("%d lines in the widest column", last)
	}
}

// A column has the same width in points whatever the first font of a workbook is.
func TestLetterScale(t *testing.T) {
	for _, c := range []struct {
		font   string
		digit  int // pixels of a digit of the font in Excel
		styles string
	}{
		{"Calibri 11", 7, `<fonts><font><sz val="11"/><name val="Calibri"/></font></fonts>`},
		{"Times New Roman 12", 8, `<fonts><font><sz val="12"/><name val="Times New Roman"/></font></fonts>`},
		{".VnTime 14", 9, `<fonts><font><name val=".VnTime"/><sz val="14"/></font><font><sz val="40"/></font></fonts>`},
		{"Arial 10", 7, `<fonts><font><sz val="10"/><name val="Arial"/></font></fonts>`},
		{"Arial Narrow 12", 8, `<fonts><font><sz val="12"/><name val="Arial Narrow"/></font></fonts>`},
		{"one that nobody knows, 12", 9, `<fonts><font><sz val="12"/><name val="Chữ đẹp"/></font></fonts>`},
		{"a size out of reason", 8, `<fonts><font><sz val="4000"/><name val="Arial"/></font></fonts>`},
		{"none", 7, `<fonts/>`},
		{"no list", 7, ``},
	} {
		s := &styleSheet{text: []byte(`<styleSheet xmlns="` + nsMain + `">` + c.styles + `</styleSheet>`)}
		if got, want := s.letterScale(), 7/float64(c.digit); got != want {
			t.Errorf("%s: %.3f, want %.3f", c.font, got, want)
		}
	}
	if got := (&styleSheet{text: []byte("<styleSheet")}).letterScale(); got != 1 {
		t.Errorf("of what is no style sheet: %v", got)
	}
}

// Only what may be explained has a box for it; what holds no figures has none.
func TestListBoxes(t *testing.T) {
	raw, book := theirs(t)
	n := said(at(2, 2), at(4, 1)) // a query and a reject
	for _, closed := range []bool{false, true} {
		n.Closed = closed
		f, err := excelize.OpenReader(bytes.NewReader(annotated(t, raw, book, n)))
		if err != nil {
			t.Fatal(err)
		}
		list := f.GetSheetName(0)
		_, first := firstItem(n)
		for i, want := range []bool{!closed, false} {
			id, err := f.GetCellStyle(list, fmt.Sprintf("I%d", first+i))
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if open := style.Protection != nil && !style.Protection.Locked; open != want {
				t.Errorf("closed %v, line %d: a box %v", closed, i+1, open)
			}
		}
	}
}

// A copy keeps what is struck out, and shows texts, which are in Unicode by now, in
// a font that has their letters.
func TestCopyFonts(t *testing.T) {
	cell := func(col int, text string, s tonghop.Style) tonghop.Cell {
		return tonghop.Cell{Row: 1, Col: col, Kind: tonghop.CellText, Stored: text, Shown: text, Style: &s}
	}
	rich := cell(3, "xã Tân An", tonghop.Style{Font: "Arial"})
	rich.Rich = &tonghop.Rich{Runs: []tonghop.Run{{Text: "x·", Font: ".VnTime"}, {Text: " Tân An"}}}
	book := &tonghop.Book{Sheets: []tonghop.Sheet{{Name: "Biểu", Lines: []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{
		cell(1, "Xã Long Khánh", tonghop.Style{Font: ".VnTime"}), cell(2, "95", tonghop.Style{Font: "VNI-Times", Struck: true}), rich,
	}}}}}}
	raw, _, err := cleanCopy(book)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for cell, struck := range map[string]bool{"A1": false, "B1": true, "C1": false} {
		id, _ := f.GetCellStyle("Biểu", cell)
		style, err := f.GetStyle(id)
		if err != nil || style.Font == nil || style.Font.Family != usualFont || style.Font.Strike != struck {
			t.Errorf("%s: %+v, %v, want it struck out: %v", cell, style.Font, err, struck)
		}
	}
	if text, _ := f.GetCellValue("Biểu", "C1"); text != rich.Stored {
		t.Errorf("a text in several fonts is %q", text)
	}
}

// A place that needs several lines is a link all the same, and another program
// shows all of it: as a formula, which is nobody's text.
func TestListLinks(t *testing.T) {
	raw, book := theirs(t)
	n := said(at(2, 2), at(4, 1))
	n.Items[0].Where, n.Items[1].Where = "Biểu 03!B2", `Biểu 03!A4, AB12:AB27, AD12:AD27 và 3 vùng "khác"`
	f, err := excelize.OpenReader(bytes.NewReader(annotated(t, raw, book, n)))
	if err != nil {
		t.Fatal(err)
	}
	list := f.GetSheetName(0)
	_, first := firstItem(n)
	short, long := fmt.Sprintf("C%d", first), fmt.Sprintf("C%d", first+1)
	if ok, to, _ := f.GetCellHyperLink(list, short); !ok || to != "'Biểu 03'!B2" {
		t.Errorf("a short place leads to %q", to)
	}
	if formula, _ := f.GetCellFormula(list, short); formula != "" {
		t.Errorf("a short place is the formula %q", formula)
	}
	formula, _ := f.GetCellFormula(list, long)
	if want := `HYPERLINK("#'Biểu 03'!A4","Biểu 03!A4, AB12:AB27, AD12:AD27 và 3 vùng ""khác""")`; formula != want {
		t.Errorf("a long place is %q, want %q", formula, want)
	}
	if shown, _ := f.GetCellValue(list, long); shown != n.Items[1].Where {
		t.Errorf("it shows %q", shown)
	}
}

// Whatever is copied has room: no number turns into ###, and a row is as high as
// the texts in it, in Vietnamese and with their own breaks.
func TestCopyLayout(t *testing.T) {
	number := func(col int, shown string) tonghop.Cell {
		return tonghop.Cell{Row: 2, Col: col, Kind: tonghop.CellNumber, Stored: shown, Shown: shown}
	}
	text := func(row, col int, s string) tonghop.Cell {
		return tonghop.Cell{Row: row, Col: col, Kind: tonghop.CellText, Stored: s, Shown: s}
	}
	s := &tonghop.Sheet{Merges: []tonghop.Area{{Top: 3, Left: 1, Bottom: 3, Right: 2}}, HiddenCols: map[int]bool{5: true}, Lines: []tonghop.Line{
		{Row: 1, Cells: []tonghop.Cell{text(1, 1, strings.Repeat("Báo cáo kết quả ", 9))}}, // alone: runs on
		{Row: 2, Cells: []tonghop.Cell{text(2, 1, "Xã Hiếu Tử"), text(2, 2, strings.Repeat("Tỷ lệ hộ ", 12)), number(3, "123456789012.5"), number(4, "7")}},
		{Row: 3, Cells: []tonghop.Cell{text(3, 1, strings.Repeat("ghi chú ", 20)), text(3, 3, "một\nhai"), number(4, "8")}},
	}}
	l := layoutOf(s)
	for col, least := range map[int]float64{3: 14, 4: copyLeast} {
		if got := l.of(col); got < least || got > least+5 {
			t.Errorf("column %d is %v wide, want some %v", col, got, least)
		}
	}
	if got := linesIn("Xã Hiếu Tử", l.of(1), letterSize, false); got != 1 {
		t.Errorf("a name stands on %d lines in a width of %v", got, l.of(1))
	}
	for i, want := range []int{1, linesIn(strings.Repeat("Tỷ lệ hộ ", 12), l.of(2), letterSize, false), linesIn(strings.Repeat("ghi chú ", 20), l.of(1)+l.of(2), letterSize, false)} {
		if got := l.height(s.Lines[i].Cells); got != 14*want+2 {
			t.Errorf("row %d is %d points high, want %d lines", i+1, got, want)
		}
	}
	far := number(6, strings.Repeat("9", 4000))
	if got := widthFor(&far); got > 255 {
		t.Errorf("a number may make a column %v wide", got)
	}
	if cols := l.cols(s.HiddenCols); !strings.Contains(cols, `<col min="5" max="5" width="16" hidden="1" customWidth="1"/></cols>`) {
		t.Errorf("hidden columns in %s", cols)
	}
}
