package html_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// archive is a workbook of two sheets as Excel saves it as a single file.
const archive = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"----=_NextPart_01\"\r\n\r\n" +
	"This document is a Single File Web Page.\r\n\r\n" +
	"------=_NextPart_01\r\nContent-Location: file:///C:/A/bieu.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n" +
	"<html><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>\r\n" +
	"<x:ExcelWorksheet><x:Name>Bi=E1=BB=83u 1</x:Name><x:WorksheetSource HRef=3D\"bieu_files/sheet001.htm\"/></x:ExcelWorksheet>\r\n" +
	"<x:ExcelWorksheet><x:Name>=E1=BA=A8n</x:Name><x:Visible>SheetHidden</x:Visible><x:WorksheetSource HRef=3D\"bieu_files/sheet002.htm\"/></x:ExcelWorksheet>\r\n" +
	"</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--><frameset><frame src=3D\"bieu_files/sheet001.htm\"></frameset></html>\r\n\r\n" +
	"------=_NextPart_01\r\nContent-Location: file:///C:/A/bieu_files/stylesheet.css\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/css; charset=\"us-ascii\"\r\n\r\n" +
	".xl24 {font-family:\".VnTime\", sans-serif;\r\n\tmso-number-format:\"0\\.0\";}\r\n\r\n" +
	"------=_NextPart_01\r\nContent-Location: file:///C:/A/bieu_files/sheet001.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"windows-1252\"\r\n\r\n" +
	"<html><body><table><tr><td class=3Dxl24>X=B7 Long =A7=F8c</td><td class=3Dxl24 x:num=3D\"=\r\n43.25\">43.3</td></tr></table></body></html>\r\n\r\n" +
	"------=_NextPart_01\r\nContent-Location: file:///C:/A/bieu_files/sheet002.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset=\"windows-1252\"\r\n\r\n" +
	"<html><body><table></table></body></html>\r\n\r\n" +
	"------=_NextPart_01--\r\n"

func TestArchive(t *testing.T) {
	b, err := load(archive)
	if err != nil {
		t.Fatal(err)
	}
	style := &tonghop.Style{Font: ".VnTime", NumberFormat: "0.0"}
	want := &tonghop.Book{Format: "html", Sheets: []tonghop.Sheet{
		{Name: "Biểu 1", Lines: []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{
			{Row: 1, Col: 1, Kind: tonghop.CellText, Stored: "X· Long §øc", Shown: "X· Long §øc", Style: style},
			{Row: 1, Col: 2, Kind: tonghop.CellNumber, Stored: "43.25", Shown: "43.3", Style: style},
		}}}},
		{Name: "Ẩn", Hidden: true},
	}, Taken: []tonghop.Taken{{What: tonghop.TakenEncoding, As: "windows-1252", Sure: true}}}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
	for _, cut := range []string{"------=_NextPart_01--", "bieu_files/sheet002.htm\r\nContent-Transfer", "</table></body></html>\r\n\r\n------=_NextPart_01--"} {
		if _, err := load(archive[:strings.Index(archive, cut)]); tonghop.CodeOf(err) != "file.damaged" {
			t.Errorf("cut before %q: %v", cut, err)
		}
	}
	if _, err := load(strings.Replace(archive, "/sheet002.htm\r\n", "/other.htm\r\n", 1)); tonghop.CodeOf(err) != "file.damaged" {
		t.Errorf("a sheet missing: %v", err)
	}
}

// A page alone in an archive, as browsers save it.
func TestArchiveOfBrowser(t *testing.T) {
	page := base64.StdEncoding.EncodeToString([]byte("<html><body><table><tr><td>Xã</td></tr></table></body></html>"))
	b, err := load("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.vn/\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"x\"\r\n\r\n\r\n--x\r\n" +
		"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + page + "\r\n--x\r\nContent-Type: image/png\r\n\r\nP\r\n--x--\r\n")
	if err != nil || grid(&b.Sheets[0]) != "Xã" {
		t.Error(b, err)
	}
}

// The encoding is what the bytes prove, then what the page declares, then what
// its words say.
func TestEncodings(t *testing.T) {
	table := "<table><tr><td>%s</td></tr></table>"
	for _, tt := range []struct{ name, page, want, font string }{
		{"utf-8 without a word", strings.Replace(table, "%s", "Xã Đại An", 1), "Xã Đại An", ""},
		{"utf-8 with a false word", "<meta charset=windows-1252>" + strings.Replace(table, "%s", "Xã Đại An", 1), "Xã Đại An", ""},
		{"utf-16", "\xff\xfe" + utf16(strings.Replace(table, "%s", "Xã Đại An", 1)), "Xã Đại An", ""},
		{"windows-1258", "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\">" + strings.Replace(table, "%s", "\xd0a\xf2i An", 1), "Đại An", ""},
		{"declared Western, in a font", "<meta charset='iso-8859-1'>" + strings.Replace(table, "%s", "<font face='.VnTime'>X\xb7 \xa7\xb9i An</font>", 1), "X· §¹i An", ".VnTime"},
		{"a font by its words", strings.Replace(table, "%s", "X\xb7 \xa7\xb9i An huy\xd6n t\xd8nh", 1), "X· §¹i An huyÖn tØnh", ".VnTime"},
		{"xhtml", "<?xml version=\"1.0\" encoding=\"windows-1252\"?><html>" + strings.Replace(table, "%s", "caf\xe9", 1) + "</html>", "café", ""},
		{"unknown word", "<meta charset=x-user-defined-7>" + strings.Replace(table, "%s", "37 \xb0C", 1), "37 °C", ""},
	} {
		b, err := load(tt.page)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if c := b.Sheets[0].Cell(1, 1); c == nil || c.Shown != tt.want || c.Style.Font != tt.font {
			t.Errorf("%s: %+v", tt.name, c)
		}
	}
}

func utf16(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(string([]byte{byte(r), byte(r >> 8)}))
	}
	return b.String()
}
