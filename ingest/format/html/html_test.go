package html_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/html"
)

func load(text string) (*tonghop.Book, error) {
	return html.Load(strings.NewReader(text), int64(len(text)), tonghop.Limits{})
}

// grid is the cells of a sheet as text: rows apart by a line break, cells by a
// bar, line breaks in cells as ⏎, hidden rows marked; then the merges.
func grid(s *tonghop.Sheet) string {
	var out strings.Builder
	row := 1
	for _, l := range s.Lines {
		for ; row < l.Row; row++ {
			out.WriteByte('\n')
		}
		if l.Hidden {
			out.WriteByte('~')
		}
		col := 1
		for _, c := range l.Cells {
			for ; col < c.Col; col++ {
				out.WriteByte('|')
			}
			out.WriteString(strings.ReplaceAll(c.Shown, "\n", "⏎"))
		}
	}
	for _, m := range s.Merges {
		fmt.Fprintf(&out, " %s:%s", tonghop.Ref{Row: m.Top, Col: m.Left}.Cell(), tonghop.Ref{Row: m.Bottom, Col: m.Right}.Cell())
	}
	return out.String()
}

func TestGrid(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"plain", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a|b\nc|d"},
		{"end tags left out", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a|b\nc|d"},
		{"rows left out", "<table><td>a<td>b</table>", "a|b"},
		{"a document", "<!DOCTYPE html><html><head><title>t</title></head><body><h3>Biểu 1</h3><p>Tháng <b>6</b></p><table><tr><td>a</td></tr></table>Người lập<br>Lan</body></html>", "Biểu 1\nTháng 6\na\nNgười lập\nLan"},
		{"two tables", "<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>", "a|b\nc|d"},
		{"spans", "<table><tr><td colspan=2>a</td><td rowspan=2>b</td></tr><tr><td>c</td><td>d</td></tr><tr><td rowspan=3>e<td>f<td>g</tr><tr><td>h<td>i</table>", "a||b\nc|d\ne|f|g\n|h|i A1:B1 C1:C2 A3:A4"},
		{"a span to the end of the group", "<table><thead><tr><td rowspan=0>a<td>b<tr><td>c</thead><tbody><tr><td>d<td>e</table>", "a|b\n|c\nd|e A1:A2"},
		{"a wide cell beside a tall one", "<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>", "a|b\nc||d B1:B2"},
		{"blanks and breaks", "<table><tr><td>\n  a \n b<br>c<br><br>d<br></td><td>&nbsp;</td><td><p>e</p><p>f</p></td><td><br></td><td>g&nbsp;h</td></tr></table>", "a b⏎c⏎⏎d||e⏎f||g\u00a0h"},
		{"entities", "<table><tr><td>a &lt; b &amp; c &eacute; &#7873; &#x1EC1; &bogus;</td></tr></table>", "a < b & c é ề ề &bogus;"},
		{"scripts and styles", "<table><tr><td>a<script>document.write('<td>x')</script><style>td{}</style><!-- <td>y --></td><td>b</table>", "a|b"},
		{"hidden rows and cells", "<table><tr style='display:none'><td>a<td>b<tr><td>c<td style=\"display:none\">d<span style='display:none'>e</span></table>", "~a|b\nc|d"},
		{"caption", "<table><caption>Biểu 1</caption><tr><td>a</table>", "Biểu 1\na"},
		{"text between rows", "<table>x<tr>y<td>a</table>", "xy\na"},
		{"layout", "<table><tr><td>UBND</td><td>CỘNG HÒA</td></tr><tr><td colspan=2><table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table></td></tr><tr><td>Nơi nhận</td><td>Ký</td></tr></table>", "UBND|CỘNG HÒA\n1|2|3\n4|5|6\nNơi nhận|Ký"},
		{"a table in a cell", "<table><tr><td>a<td>b<td>c<tr><td>d<td>e<table><tr><td>x<td>y<tr><td>z</table>f</td><td>g</table>", "a|b|c\nd|e⏎x y⏎z⏎f|g"},
		{"a table in a row", "<table><tr><td>a<tr><table><tr><td>b</table>", "a\n\nb"},
		{"fields of a form", "<table><tr><td><input type=text value='85,5'><input type=hidden value=x><td><select><option>a<option selected>b</select>c</table>", "85,5|bc"},
		{"capitals and odd quotes", "<TABLE><TR><TD ColSpan=' 2 '>a</TD><TD>b</TD></TR></TABLE>", "a||b A1:B1"},
		{"no-break blanks alone", "<table><tr><td>&nbsp;&nbsp;</td><td>a</td></tr></table>", "|a"},
		{"xml island", "<html><xml><x:ExcelWorkbook>Sheet1</x:ExcelWorkbook></xml><body><table><tr><td>a</table></body></html>", "a"},
		{"misaligned columns of Excel", "<html><body><table><tr><td>a</td></tr><![if supportMisalignedColumns]><tr style='display:none'><td></td></tr><![endif]></table></body></html>", "a"},
		{"tables left open in a page that ends", "<html><body><table><tr><td>a</body></html>", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := load(tt.page)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, grid(&b.Sheets[0])); diff != "" {
				t.Error(diff)
			}
			if len(b.Sheets) != 1 || b.Sheets[0].Name != "Sheet1" {
				t.Errorf("%d sheets, the first is %s", len(b.Sheets), b.Sheets[0].Name)
			}
		})
	}
}

func TestRefuses(t *testing.T) {
	for _, tt := range []struct{ name, page, code string }{
		{"no table", "<html><body>Hello</body></html>", "file.html_no_table"},
		{"frames", "<html><frameset><frame src=sheet001.htm></frameset></html>", "file.html_frames"},
		{"sheets elsewhere", "<html><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>A</x:Name><x:WorksheetSource HRef=\"a_files/sheet001.htm\"/></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--><body></body></html>", "file.html_frames"},
		{"cut in a table", "<table><tr><td>a</td></tr><tr><td>b</td>", "file.damaged"},
		{"cut in a tag", "<table><tr><td>a</table><table><tr><td", "file.damaged"},
		{"cut after a table", "<html><body><table><tr><td>a</table><p>b", "file.damaged"},
		{"cut in a comment", "<table><tr><td>a</table><!-- b", "file.damaged"},
		{"nested too deep", strings.Repeat("<table><tr><td>", 100), "file.damaged"},
		{"too wide", "<table><tr><td colspan=16384>a<td>b</table>", "file.beyond_sheet"},
		{"binary", "<table>\x01\x02\x03\xff\xfe\x00\x00\x00", "file.unknown"},
		{"archive cut short", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<table><tr><td>a</table>\r\n", "file.damaged"},
		{"archive of pictures", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--\r\n", "file.html_no_table"},
	} {
		if _, err := load(tt.page); tonghop.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
}

// A page that is cut anywhere is refused or complete.
func TestCut(t *testing.T) {
	for _, page := range []string{
		excelPage,
		"<table><caption>x</caption><tr><td>a</td><td rowspan=2>b</td></tr><tr><td>c &amp; d</td></tr></table>\n",
	} {
		whole, err := load(page)
		if err != nil {
			t.Fatal(err)
		}
		for n := range len(page) {
			if b, err := load(page[:n]); err == nil {
				if diff := cmp.Diff(whole, b); diff != "" {
					t.Fatalf("cut at %d (%q): %s", n, page[max(n-30, 0):n], diff)
				}
			} else if tonghop.CodeOf(err) == "" {
				t.Fatal(err)
			}
		}
	}
}
