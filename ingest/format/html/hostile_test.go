package html_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// Pages made to be slow or large take the time of their bytes, or are refused.
func TestHostile(t *testing.T) {
	const n, limit = 1 << 16, 30 * time.Second // a machine under load is no fault
	rep := strings.Repeat
	wide := "<table><tr>" + rep("<td rowspan=65534>", 16000) + "<td>a"
	stairs := func() string {
		var b strings.Builder
		b.WriteString("<table>")
		for i := range 10_000 {
			b.WriteString("<tr><td rowspan=" + rep("9", 1+i%5) + ">a<td>b")
		}
		return b.String() + rep("<tr><td>x", n) + "</table>"
	}()
	nested := func(depth, count int) string {
		return rep(rep("<table><tr><td>a<td>", depth)+rep("</table>", depth), count)
	}
	for name, page := range map[string]string{
		"cells over many rows":      wide + rep("<tr><td>b", n) + "</table>",
		"stairs of cells":           stairs,
		"wide cells":                "<table><tr>" + rep("<td colspan=16384>", n) + "</table>",
		"tables never closed":       rep("<table>", n),
		"tables in cells":           rep("<table><tr><td>", n),
		"nested tables":             nested(60, n/60),
		"layout with long text":     "<table><tr><td>a<table><tr><td>" + rep("x ", n) + "<td>b<tr><td>c<td>d</table></table>",
		"nested text":               rep("<table><tr><td>a<td>b<td>c<tr><td>d<td>", 60) + rep("y ", n) + rep("</table>", 60),
		"elements never closed":     rep("<font face=a>", n) + rep("</b>", n) + "<table><tr><td>a</table>",
		"divs never closed":         "<table><tr><td>" + rep("<div>", n) + "a</table>",
		"hidden never closed":       "<table><tr><td>" + rep("<i style='display:none'>", n) + "a</table>",
		"lists never closed":        "<table><tr><td>" + rep("<select><option>a", n) + "</table>",
		"attributes":                "<table><tr><td " + rep("a=b ", n) + ">a</table>",
		"same attributes":           "<table><tr><td " + rep("class=b ", n) + ">a</table>",
		"classes":                   "<style>td{color:red}.a{font-family:b}</style><table><tr><td class='" + rep("a ", n) + "'>a</table>",
		"rules":                     "<style>" + rep(".a{display:none}", n) + "</style><table><tr><td>a</table>",
		"rules never closed":        "<style>" + rep("a{", n) + "</style><table><tr><td>a</table>",
		"selectors":                 "<style>" + rep("a,", n) + "b{display:none}</style><table><tr><td>a</table>",
		"comments":                  rep("<!-- x: -->", n) + "<table><tr><td>a</table>",
		"comment never closed":      "<table><tr><td>a</table><!--" + rep("-", n),
		"brackets":                  rep("<", n) + "<table><tr><td>a</table>",
		"entities":                  "<table><tr><td>" + rep("&amp", n) + rep("&", n) + "</table>",
		"notes":                     "<!--[if gte mso 9]><xml>" + rep("<x:ExcelWorksheet>", n) + "</xml><![endif]--><table><tr><td>a</table>",
		"sheets of LibreOffice":     "<meta name=generator content=LibreOffice>" + rep("<a name=table0><h1>Sheet 1: A</h1></a>", n) + "<table><tr><td>a</table>",
		"islands":                   rep("<xml>x</xml>", n) + "<table><tr><td>a</table>",
		"groups of rows":            "<table>" + rep("<tr><td rowspan=9>a<tbody>", 15_000) + "</table>",
		"columns":                   "<table>" + rep("<col span=16384 style='display:none'>", n) + "<tr><td>a</table>",
		"lines":                     rep("a<br>", n) + "<table><tr><td>a</table>",
		"archive of many parts":     "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + rep("--x\nContent-Type: text/css\n\na{}\n", n) + "--x--",
		"archive of endless header": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n" + rep("A: b\n", n),
	} {
		start := time.Now()
		b, err := load(page)
		took := time.Since(start)
		t.Logf("%-26s %8v %v", name, took.Round(time.Millisecond), tonghop.CodeOf(err))
		if took > limit {
			t.Errorf("%s: %v", name, took)
		}
		if err != nil && tonghop.CodeOf(err) == "" || err == nil && len(b.Sheets) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(excelPage)
	f.Add("<table><tr><td colspan=2 rowspan=3>a<table><td>b</table><td>c</table>")
	f.Add("<html><style>.a{display:none;font-family:\".VnTime\"}</style><body>x<table><col class=a><tr class=a><td class=a sdval=5 sdnum='1033;0;0%'>5</table></body></html>")
	f.Add(archive)
	f.Fuzz(func(t *testing.T, page string) {
		b, err := load(page)
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		for i := range b.Sheets {
			s, row := &b.Sheets[i], 0
			for _, l := range s.Lines {
				if l.Row <= row || len(l.Cells) == 0 {
					t.Fatalf("row %d after %d", l.Row, row)
				}
				row = l.Row
				for k, c := range l.Cells {
					if c.Row != row || c.Col < 1 || k > 0 && c.Col <= l.Cells[k-1].Col || c.Style == nil {
						t.Fatalf("cell %+v", c)
					}
				}
			}
			for _, m := range s.Merges {
				if m.Top < 1 || m.Left < 1 || m.Bottom < m.Top || m.Right < m.Left || m.Bottom == m.Top && m.Right == m.Left {
					t.Fatalf("merge %+v", m)
				}
			}
		}
	})
}
