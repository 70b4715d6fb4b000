package excel

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tonghop/tonghop"
)

// rich are the workbooks of testdata/make_rich.py: the form with what an office
// may keep beside it, as several programs write it.
func rich(t *testing.T) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/rich-*.xlsx")
	if err != nil || len(names) < 8 {
		t.Fatalf("only %q: %v", names, err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = raw
	}
	return out
}

// sheetNames are the sheets of a workbook in their order.
func sheetNames(t *testing.T, raw []byte) []string {
	t.Helper()
	w, err := openWorkbook(raw, 1<<28)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range w.sheets {
		out = append(out, s.name)
	}
	return out
}

// bookOf names the sheets of a workbook as a reader would, ours aside.
func bookOf(t *testing.T, raw []byte) *tonghop.Book {
	t.Helper()
	book := &tonghop.Book{Format: "xlsx"}
	w, err := openWorkbook(raw, 1<<28)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range w.sheets {
		text, err := w.get(s.part)
		if err != nil {
			t.Fatal(err)
		}
		sheet := tonghop.Sheet{Name: s.name}
		if strings.Contains(string(text), tonghop.OwnSheetTag) {
			sheet.Lines = []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{{Row: 1, Col: 1, Kind: tonghop.CellText, Stored: tonghop.OwnSheetTag}}}}
			if _, rest, ok := strings.Cut(string(text), `<c r="B1"`); ok {
				state := commentText([]byte("<c" + rest[:strings.Index(rest, "</c>")] + "</c>"))
				sheet.Lines[0].Cells = append(sheet.Lines[0].Cells, tonghop.Cell{Row: 1, Col: 2, Kind: tonghop.CellText, Stored: state})
			}
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	book.SetOwnAside()
	return book
}

// ntm is a list over the form of the rich workbooks: a cell with a comment of
// theirs, one without, one under their colours, and an area.
func ntm() Notes {
	n := said(at(22, 3), at(12, 3), at(16, 70), tonghop.Area{Top: 12, Left: 2, Bottom: 23, Right: 2})
	for i := range n.Items {
		n.Items[i].Sheet = "NTM"
	}
	return n
}

// Nothing that an office keeps in its workbook is lost or changed: every element
// and attribute of every part is there, in its order, and what counts sheets by
// their place counts on by one. Without our marks the parts are the same bytes,
// but for formats that nothing uses.
func TestRichNothingLost(t *testing.T) {
	for name, raw := range rich(t) {
		t.Run(name, func(t *testing.T) {
			book := bookOf(t, raw)
			out := annotated(t, raw, book, ntm())
			before, after := partsOf(t, raw), partsOf(t, out)
			for part, text := range before {
				if lost := keeps(part, text, after[part]); lost != "" {
					t.Errorf("part %s: %s", part, lost)
				}
			}
			marked := bookOf(t, out)
			if len(marked.Own) != 2 || marked.Own[0].Name != sheetNames(t, out)[0] {
				t.Fatalf("our sheets are %d, of %q", len(marked.Own), sheetNames(t, out))
			}
			if again := annotated(t, out, marked, ntm()); !bytes.Equal(again, out) {
				t.Error("annotated twice differs from once")
			}
			for part, text := range partsOf(t, stripped(t, out, marked)) {
				is, was := plainPart(text), plainPart(before[part])
				if part != "xl/styles.xml" && is != was {
					t.Errorf("without our marks part %s is not as it was: lost %.120q", part, without(is, was))
				}
				delete(before, part)
			}
			if len(before) > 0 {
				t.Errorf("without our marks %d parts are missing", len(before))
			}
		})
	}
}

// Another library opens what is annotated, finds their comments and ours, and
// names still hold for the sheets that they held for.
func TestRichOpens(t *testing.T) {
	for name, raw := range rich(t) {
		if name == "rich-utf16.xlsx" || name == "rich-prefixed.xlsx" {
			continue // this library reads neither; the program does
		}
		t.Run(name, func(t *testing.T) {
			was, err := excelize.OpenReader(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			out := annotated(t, raw, bookOf(t, raw), ntm())
			is, err := excelize.OpenReader(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			sheets := is.GetSheetList()
			names := slices.DeleteFunc(is.GetDefinedName(), func(n excelize.DefinedName) bool {
				return n.Scope == sheets[0] || n.Scope == sheets[len(sheets)-1]
			})
			if a, b := fmt.Sprint(was.GetDefinedName()), fmt.Sprint(names); a != b {
				t.Errorf("names were %s, are %s", a, b)
			}
			if got := is.GetActiveSheetIndex(); got != 0 {
				t.Errorf("it opens at sheet %d", got)
			}
			theirs, _ := was.GetComments("NTM")
			all, err := is.GetComments("NTM")
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range []string{"C22", "C12", "BR16", "B12"} {
				if !slices.ContainsFunc(all, func(o excelize.Comment) bool { return o.Cell == cell }) {
					t.Errorf("no comment at %s", cell)
				}
			}
			for _, c := range theirs {
				if !slices.ContainsFunc(all, func(o excelize.Comment) bool { return o.Cell == c.Cell && o.Text == c.Text && o.Author == c.Author }) {
					t.Errorf("comment %+v is lost", c)
				}
			}
		})
	}
}

// LibreOffice loads no workbook with a name for a sheet beyond those that it
// counts, and it counts none whose name ends with an apostrophe.
func TestRichApostrophe(t *testing.T) {
	raw := rich(t)["rich-openpyxl.xlsx"]
	names := sheetNames(t, raw)
	if last := names[len(names)-1]; !strings.HasSuffix(last, "'") {
		t.Fatalf("the last sheet is %q", last)
	}
	f, err := excelize.OpenReader(bytes.NewReader(annotated(t, raw, bookOf(t, raw), ntm())))
	if err != nil {
		t.Fatal(err)
	}
	sheets := f.GetSheetList()
	of := map[string]bool{}
	for _, n := range f.GetDefinedName() {
		of[n.Scope] = of[n.Scope] || n.Name == "_xlnm.Print_Titles"
	}
	if !of[sheets[0]] || of[sheets[len(sheets)-1]] {
		t.Errorf("titles of %v in %q", of, sheets)
	}
}

// plainPart is a part in UTF-8, without a list of names that holds none.
func plainPart(text string) string {
	return strings.NewReplacer("<definedNames/>", "", "<x:definedNames/>", "").Replace(string(plainText([]byte(text))))
}

// keeps tells what of a part another one has lost or changed; "" = nothing.
func keeps(part, before, after string) string {
	if before == after {
		return ""
	}
	if strings.HasSuffix(part, ".vml") {
		end := strings.LastIndex(before, "</xml>")
		if !strings.HasPrefix(after, before[:end]) || !strings.HasSuffix(after, before[end:]) {
			return "changed"
		}
		return ""
	}
	if !strings.HasSuffix(part, ".xml") && !strings.HasSuffix(part, ".rels") {
		return "not the same bytes"
	}
	a, b := words(string(plainText([]byte(before)))), words(string(plainText([]byte(after))))
	for _, word := range a {
		i := slices.Index(b, word)
		if i < 0 {
			return "lost " + word
		}
		b = b[i+1:]
	}
	return ""
}

// moves are what may differ: counts of entries that ours add to, which sheet is
// open, and by one the place of the sheet that a name holds for.
var moves = regexp.MustCompile(`^(count|activeTab|firstSheet|tabSelected)=`)

// words writes a part as a list of its tags, with their attributes in order of
// names, and texts.
func words(text string) []string {
	d := xml.NewDecoder(strings.NewReader(text))
	step := 1 // the list comes first
	if strings.Contains(text, ownPart+`1"`) {
		step = 0
	}
	var out []string
	for {
		tok, err := d.Token()
		if err != nil {
			return out
		}
		switch t := tok.(type) {
		case xml.StartElement:
			var attrs []string
			for _, a := range t.Attr {
				value := a.Value
				if at, err := strconv.Atoi(value); err == nil && a.Name.Local == "localSheetId" {
					value = strconv.Itoa(at + step)
				}
				if attr := a.Name.Space + a.Name.Local + "=" + value; !moves.MatchString(attr) {
					attrs = append(attrs, attr)
				}
			}
			slices.Sort(attrs)
			out = append(out, fmt.Sprint("<", t.Name.Space, t.Name.Local, attrs, ">"))
		case xml.EndElement:
			out = append(out, "</"+t.Name.Local+">")
		case xml.CharData:
			if s := strings.TrimSpace(string(t)); s != "" {
				out = append(out, s)
			}
		}
	}
}
