package format_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"testing"
	"unicode/utf16"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/ingest/format/compound/compoundtest"
)

func open(b []byte) (*tonghop.Book, error) {
	return format.Open(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
}

// pack makes an archive of name, body, name, body...
func pack(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// ownerFile is what Excel writes beside a file that somebody has open.
func ownerFile(name string) []byte {
	b := bytes.Repeat([]byte{' ', 0}, 83)[:165]
	for i := 1; i < 55; i++ {
		b[i] = ' '
	}
	b[0], b[55], b[56] = byte(len(name)), byte(len(name)), 0
	copy(b[1:], name)
	copy(b[57:], utf16LE(name))
	return b
}

// utf16LE writes a text as Windows does, without a mark.
func utf16LE(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// office makes a package whose main part has the content type.
func office(t *testing.T, contentType string) []byte {
	return pack(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main" ContentType="`+contentType+`"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="main"/></Relationships>`,
		"main", "")
}

// compound makes an OLE file that has the streams.
func compound(streams ...string) []byte {
	var all []compoundtest.Stream
	for _, name := range streams {
		all = append(all, compoundtest.Stream{Name: name, Data: make([]byte, 5000)})
	}
	return compoundtest.Write(all...)
}

func TestTellsFormats(t *testing.T) {
	file := func(name string) []byte {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := []struct {
		name string
		file []byte
		code string
	}{
		{"xlsx", file("small.xlsx"), ""},
		{"xls", file("small.xls"), ""},
		{"ods", file("small.ods"), ""},
		{"pdf", file("small.pdf"), "file.pdf"},
		{"html", file("small.html"), ""},
		{"one text", file("small.csv"), "file.text"},
		{"csv", []byte("\"Xã Ngọc Biên\";1\n"), ""},
		{"flat ods", file("small.fods"), ""},
		{"owner file", ownerFile("Nguyen"), "file.owner"},
		{"a text as long", append(bytes.Repeat([]byte("a;"), 82), 'b'), ""},
		{"nothing", nil, "file.empty"},
		{"zeros", make([]byte, 5000), "file.empty"},
		{"blanks", []byte(" \r\n "), "file.empty"},
		{"encrypted", compound("EncryptionInfo", "EncryptedPackage"), "file.encrypted"},
		{"old workbook, damaged", compound("Workbook"), "file.damaged"},
		{"older workbook, damaged", compound("Book"), "file.damaged"},
		{"old document", compound("WordDocument"), "file.doc"},
		{"old slides", compound("PowerPoint Document"), "file.ppt"},
		{"other compound", compound("__properties_version1.0"), "file.ole"},
		{"compound cut short", compound("Workbook")[:600], "file.damaged"},
		{"macros", office(t, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "file.damaged"},
		{"binary workbook", office(t, "application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "file.xlsb"},
		{"document", office(t, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), "file.docx"},
		{"slides", office(t, "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "file.pptx"},
		{"drawing", office(t, "application/vnd.ms-visio.drawing.main+xml"), "file.not_spreadsheet"},
		{"text document", pack(t, "mimetype", "application/vnd.oasis.opendocument.text"), "file.not_spreadsheet"},
		{"archive of reports", pack(t, "a.xlsx", "x", "b.xlsx", "y"), "file.zip"},
		{"empty archive", pack(t), "file.zip"},
		{"rar", []byte("Rar!\x1a\x07\x00"), "file.archive"},
		{"7z", []byte("7z\xbc\xaf\x27\x1c"), "file.archive"},
		{"photo", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "file.image"},
		{"screenshot", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "file.image"},
		{"bitmap", []byte("BM\x36\x00\x0c\x00\x00\x00\x00\x00"), "file.image"},
		{"phone photo", []byte("\x00\x00\x00\x18ftypheic"), "file.image"},
		{"text that starts with BM", []byte("BM 1\n"), "file.text"},
		{"letter", []byte("Xin ch\xe0o.\r\n"), "file.text"},
		{"UTF-16 text", []byte("\xff\xfea\x00b\x00"), "file.text"},
		{"UTF-16 page", []byte("\xff\xfe<\x00b\x00>\x00a\x00<\x00/\x00b\x00>\x00"), "file.html_no_table"},
		{"page as xls", []byte("\ufeff\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>Xã Ngọc Biên</table></html>"), ""},
		{"table as xls", []byte("<!-- a --> <style>b{}</style><table><tr><td>Xã Ngọc Biên</td></tr></table>"), ""},
		{"page cut short", []byte("<table><tr>"), "file.damaged"},
		{"UTF-16 table without a mark", utf16LE("Xã Ngọc Biên;1\r\nXã Hàm Giang;2\r\n"), ""},
		{"workbook of 2003 in XML", []byte("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>"), "file.xml"},
		{"rtf", []byte("{\\rtf1"), "file.rtf"},
		{"very old workbook, damaged", []byte("\x09\x00\x04\x00\x02\x00\x10\x00\x0a\x00\x09\x00"), "file.damaged"},
		{"noise", []byte{1, 2, 3, 0xfe, 0, 7}, "file.unknown"},
		{"cut workbook", file("small.xlsx")[:2000], "file.damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, err := open(tt.file)
			if got := tonghop.CodeOf(err); got != tt.code || (err == nil) != (tt.code == "") {
				t.Fatalf("got %v, want %q", err, tt.code)
			}
			if err == nil && tt.name != "a text as long" && book.Sheets[0].Cell(1, 1).Stored != "Xã Ngọc Biên" {
				t.Error("read otherwise")
			}
		})
	}
}

// FuzzOpen opens anything: a book or a refusal with a code.
func FuzzOpen(f *testing.F) {
	f.Add(compound("Workbook"))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := open(b); err != nil && tonghop.CodeOf(err) == "" {
			t.Fatalf("error without a code: %v", err)
		}
	})
}

// A workbook with a password opens with it, and the book says so.
func TestPassword(t *testing.T) {
	b, err := os.ReadFile("crypt/testdata/agile.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	open := func(passwords ...string) (*tonghop.Book, error) {
		return format.Open(bytes.NewReader(b), int64(len(b)), tonghop.Limits{}, passwords...)
	}
	if _, err := open(); tonghop.CodeOf(err) != "file.encrypted" {
		t.Errorf("without a password: %v", err)
	}
	if _, err := open("sai"); tonghop.CodeOf(err) != "file.password" {
		t.Errorf("with another one: %v", err)
	}
	book, err := open("sai", "Mật khẩu huyện Trà Cú")
	if err != nil || len(book.Taken) != 1 || book.Taken[0].What != tonghop.TakenPassword || len(book.Sheets) == 0 {
		t.Errorf("with the right one: %v", err)
	}
}

// A text whose parts have an old font and a new one comes out whole, in the
// shared strings and in the cell.
func TestMixedFonts(t *testing.T) {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const runs = `<r><rPr><rFont val=".VnTime"/></rPr><t>X· Long §øc</t></r><r><rPr><rFont val="Times New Roman"/></rPr><t xml:space="preserve"> (Trà Cú)</t></r>`
	const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	const rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	file := pack(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/b.xml" ContentType="`+workbook+`sheet.main+xml"/>`+
			`<Override PartName="/s.xml" ContentType="`+workbook+`worksheet+xml"/><Override PartName="/t.xml" ContentType="`+workbook+`sharedStrings+xml"/></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="`+rels+`/officeDocument" Target="b.xml"/></Relationships>`,
		"b.xml", `<workbook `+ns+` xmlns:r="`+rels+`"><sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>`,
		"_rels/b.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="`+rels+`/worksheet" Target="s.xml"/>`+
			`<Relationship Id="t" Type="`+rels+`/sharedStrings" Target="t.xml"/></Relationships>`,
		"s.xml", `<worksheet `+ns+`><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>`+runs+`</is></c></row></sheetData></worksheet>`,
		"t.xml", `<sst `+ns+`><si>`+runs+`</si></sst>`)
	book, err := open(file)
	if err != nil {
		t.Fatal(err)
	}
	for col := 1; col <= 2; col++ {
		if c := book.Sheets[0].Cell(1, col); c.Stored != "Xã Long Đức (Trà Cú)" || c.Shown != c.Stored {
			t.Errorf("column %d: %q, shown %q", col, c.Stored, c.Shown)
		}
	}
}

// Arrays are told, so that nobody takes their cells for blank.
func TestArrays(t *testing.T) {
	book, err := open(oneSheet(t, `<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3*2</f></c><c r="C1"><f>SUM(A1:A3)</f></c></row>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := book.Sheets[0].Arrays; len(got) != 1 || got[0] != (tonghop.Area{Top: 1, Left: 1, Bottom: 3, Right: 1}) {
		t.Errorf("arrays %v", got)
	}
}

// oneSheet makes a workbook of the rows.
func oneSheet(t *testing.T, rows string) []byte {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	const rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const list = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	return pack(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/b.xml" ContentType="`+kind+`sheet.main+xml"/>`+
			`<Override PartName="/s.xml" ContentType="`+kind+`worksheet+xml"/></Types>`,
		"_rels/.rels", list+`<Relationship Id="a" Type="`+rels+`/officeDocument" Target="b.xml"/></Relationships>`,
		"b.xml", `<workbook `+ns+` xmlns:r="`+rels+`"><sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>`,
		"_rels/b.xml.rels", list+`<Relationship Id="s" Type="`+rels+`/worksheet" Target="s.xml"/></Relationships>`,
		"s.xml", `<worksheet `+ns+`><sheetData>`+rows+`</sheetData></worksheet>`)
}

// The same in .ods.
func TestMixedFontsODS(t *testing.T) {
	const ns = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
		`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2"`
	book, err := open([]byte(`<office:document ` + ns + ` office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>` +
		`<style:style style:name="T1" style:family="text"><style:text-properties style:font-name=".VnTime"/></style:style>` +
		`<style:style style:name="T2" style:family="text"><style:text-properties style:font-name="Arial"/></style:style></office:automatic-styles>` +
		`<office:body><office:spreadsheet><table:table table:name="A"><table:table-row><table:table-cell office:value-type="string">` +
		`<text:p><text:span text:style-name="T1">X· Long §øc</text:span><text:s text:c="2"/><text:span text:style-name="T2">(Trà Cú)</text:span></text:p>` +
		`</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>`))
	if err != nil {
		t.Fatal(err)
	}
	if c := book.Sheets[0].Cell(1, 1); c.Stored != "Xã Long Đức  (Trà Cú)" {
		t.Errorf("%q, %v", c.Stored, c.Rich)
	}
}

// The same in .xls, also where a character beyond the first 65,536 stands
// before a change of font, and where one font covers all the text.
func TestMixedFontsXLS(t *testing.T) {
	raw, err := os.ReadFile("testdata/rich.xls")
	if err != nil {
		t.Fatal(err)
	}
	book, err := open(raw)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Xã Long Đức (Trà Cú)", "Huyện Trà Cú 😀 CẦU KÈ", "Xã một"} {
		if c := book.Sheets[0].Cell(i+1, 1); c.Stored != want || c.Shown != want {
			t.Errorf("%q, shown %q, want %q", c.Stored, c.Shown, want)
		}
	}
}
