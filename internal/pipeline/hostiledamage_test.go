//go:build !race

package pipeline_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// damaged is a report in one format, to be damaged byte by byte.
type damaged struct {
	format string
	file   []byte
	proven bool // the format has checksums: what is read is what was sent
}

// reports are the same report in every format but .xlsx, which has a test of
// its own.
func reports(t *testing.T) []damaged {
	t.Helper()
	s := form(t)
	return []damaged{
		{"ods", fixture(t, "ods/testdata/sample-"+formName+".ods"), true},
		{"xls", fixture(t, "xls/testdata/samples/"+formName+".xls"), false},
		{"fods", []byte(odsFlat(rowsOf(s, `<table:table-row>`, `</table:table-row>`, odsCell))), false},
		{"csv", []byte("\ufeff" + rowsOf(s, "", "\r\n", csvCell)), false},
		{"html", []byte("<html><meta charset=utf-8><body><table>" + rowsOf(s, "<tr>", "</tr>\n", htmlCell) + "</table></body></html>"), false},
		{"xmlss", []byte(xmlssBook(rowsOf(s, "<Row>", "</Row>\n", xmlssCell))), false},
	}
}

// fixture reads a file that the reader of a format has for its tests.
func fixture(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../../ingest/format/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// rowsOf writes the rows of a sheet, each with as many cells as the widest.
// Cells that a merge covers are told apart: cell gets the area, or none.
func rowsOf(s *tonghop.Sheet, start, end string, cell func(c *tonghop.Cell, a tonghop.Area, covered bool) string) string {
	var b strings.Builder
	width := 0
	for i := range s.Lines {
		width = max(width, s.Lines[i].Cells[len(s.Lines[i].Cells)-1].Col)
	}
	for row := 1; row <= s.Lines[len(s.Lines)-1].Row; row++ {
		b.WriteString(start)
		for col := 1; col <= width; col++ {
			a, covered := tonghop.Area{Top: row, Left: col, Bottom: row, Right: col}, false
			for _, m := range s.Merges {
				if m.Contains(row, col) {
					a, covered = m, m.Top != row || m.Left != col
				}
			}
			c := s.Cell(row, col)
			if c == nil || covered {
				c = &tonghop.Cell{}
			}
			b.WriteString(cell(c, a, covered))
		}
		b.WriteString(end)
	}
	return b.String()
}

func odsCell(c *tonghop.Cell, a tonghop.Area, covered bool) string {
	switch span := fmt.Sprintf(` table:number-columns-spanned="%d" table:number-rows-spanned="%d"`, a.Right-a.Left+1, a.Bottom-a.Top+1); {
	case covered:
		return `<table:covered-table-cell/>`
	case c.Kind == tonghop.CellNumber:
		return `<table:table-cell` + span + ` office:value-type="float" office:value="` + c.Stored + `"><text:p>` + c.Shown + `</text:p></table:table-cell>`
	case c.Stored == "":
		return `<table:table-cell` + span + `/>`
	default:
		return `<table:table-cell` + span + ` office:value-type="string"><text:p>` + escape(c.Stored) + `</text:p></table:table-cell>`
	}
}

func csvCell(c *tonghop.Cell, _ tonghop.Area, _ bool) string {
	if strings.ContainsAny(c.Shown, "\";\n") {
		return `"` + strings.ReplaceAll(c.Shown, `"`, `""`) + `";`
	}
	return c.Shown + ";"
}

func htmlCell(c *tonghop.Cell, a tonghop.Area, covered bool) string {
	if covered {
		return ""
	}
	return fmt.Sprintf("<td colspan=%d rowspan=%d>%s</td>", a.Right-a.Left+1, a.Bottom-a.Top+1, strings.ReplaceAll(escape(c.Shown), "\n", "<br>"))
}

func xmlssCell(c *tonghop.Cell, a tonghop.Area, covered bool) string {
	kind, merge := "String", ""
	if c.Kind == tonghop.CellNumber {
		kind = "Number"
	}
	if a.Right > a.Left || a.Bottom > a.Top {
		merge = fmt.Sprintf(` ss:MergeAcross="%d" ss:MergeDown="%d"`, a.Right-a.Left, a.Bottom-a.Top)
	}
	switch at := fmt.Sprintf(`<Cell ss:Index="%d"`, a.Left); {
	case covered, c.Stored == "" && merge == "":
		return ""
	case c.Stored == "":
		return at + merge + "/>"
	default:
		return at + merge + `><Data ss:Type="` + kind + `">` + escape(c.Stored) + `</Data></Cell>`
	}
}

// Every reader refuses, or reads what was sent but for the damaged place: a
// changed byte loses no row and changes no cell but its own, or what the cells
// of a shared text say; where the format has checksums, not even that. Where a
// byte makes the report another one, it is asked about.
func TestHostileFlipped(t *testing.T) {
	r := newReader(t)
	steps, masks := 12, []byte{0x01, 0x20, 0xff}
	if long() {
		steps = 200
	}
	for _, d := range reports(t) {
		t.Run(d.format, func(t *testing.T) {
			whole := r.Read(parcel("báo cáo", d.file))
			if whole.State != tonghop.Accepted || len(whole.Rows) < 10 {
				t.Fatalf("whole: %d rows, %s", len(whole.Rows), verdictOf(whole))
			}
			same, refused, other, asked := 0, 0, 0, 0
			for at := 0; at < len(d.file); at += len(d.file)/steps + 1 {
				for i, mask := range masks {
					if !long() && at%len(masks) != i {
						continue
					}
					broken := bytes.Clone(d.file)
					broken[at] ^= mask
					got := r.Read(parcel("báo cáo", broken))
					switch why := d.fault(whole, got); {
					case why != "":
						t.Errorf("byte %d ^ %#x (%s): %s", at, mask, around(broken, at), why)
					case got.State == tonghop.Rejected:
						refused++
					case said(whole, got):
						asked++
					case cmp.Equal(facts(whole), facts(got)):
						same++
					default:
						other++
					}
				}
			}
			t.Logf("%d bytes: %d refused, %d asked about, %d the same, %d with another cell", len(d.file), refused, asked, same, other)
		})
	}
}

// A file that was cut off anywhere is refused. Only a text does not say where it
// ends: one that is short of rows, or of cells in the last one, is asked about.
func TestHostileCut(t *testing.T) {
	r := newReader(t)
	steps := 24
	if long() {
		steps = 600
	}
	for _, d := range reports(t) {
		t.Run(d.format, func(t *testing.T) {
			whole, read := r.Read(parcel("báo cáo", d.file)), 0
			for n := 0; n < len(d.file); n += len(d.file)/steps + 1 {
				got := r.Read(parcel("báo cáo", d.file[:n]))
				if got.State == tonghop.Rejected && len(got.Findings) > 0 {
					continue
				}
				if read++; d.format != "csv" || !said(whole, got) && !cmp.Equal(facts(whole), facts(got)) {
					t.Errorf("%d of %d bytes: %d rows, %s", n, len(d.file), len(got.Rows), verdictOf(got))
				}
			}
			t.Logf("%d of %d cuts were read", read, steps)
		})
	}
}

// fault says what is wrong with what became of a damaged file; "" if nothing.
func (d damaged) fault(whole, got tonghop.Return) string {
	for _, f := range got.Findings {
		if f.Rule == "TEP-002" || f.Rule == "TEP-003" {
			return "broke down: " + f.Args["detail"]
		}
	}
	switch {
	case got.State == tonghop.Rejected:
		return ""
	case d.proven:
		return cmp.Diff(facts(whole), facts(got))
	case said(whole, got):
		return ""
	case got.Office.Code != whole.Office.Code || got.Period != whole.Period || got.Province != whole.Province:
		return "accepted as of " + got.Office.Code + " for " + got.Period.String()
	case len(got.Rows) != len(whole.Rows):
		return "accepted with other rows"
	}
	return otherValues(whole.Rows, got.Rows)
}

// said reports whether a return asks something that the whole file's does not.
func said(whole, got tonghop.Return) bool {
	asked := map[string]bool{}
	for _, f := range whole.Findings {
		asked[f.Rule+f.Field+f.Sheet+f.Cells()] = true
	}
	for _, f := range got.Findings {
		if f.Severity != tonghop.Note && !asked[f.Rule+f.Field+f.Sheet+f.Cells()] {
			return true
		}
	}
	return false
}

// otherValues wants at most one value to differ, or values that had one text.
func otherValues(whole, got []tonghop.Row) string {
	texts, said := map[string]bool{}, ""
	for i := range whole {
		values := map[tonghop.Ref]tonghop.Value{}
		for _, v := range got[i].Values {
			values[v.Ref] = v
		}
		for _, v := range whole[i].Values {
			now, ok := values[v.Ref]
			if !ok && v.Empty != tonghop.NotReported {
				return "the value of " + v.Ref.String() + " is lost"
			}
			if now.Raw != v.Raw || now.Field != v.Field || now.Figure() != v.Figure() || now.Mark != v.Mark {
				texts[v.Raw] = true
				said += v.Ref.Cell() + " " + v.Field + " " + v.Raw + " is " + now.Field + " " + now.Raw + "; "
			}
		}
		if whole[i].Name != got[i].Name {
			texts[whole[i].Name] = true
		}
	}
	if len(texts) > 1 {
		return said
	}
	return ""
}

// around shows the bytes about a place.
func around(b []byte, at int) string {
	return strings.TrimSpace(hex.EncodeToString(b[max(0, at-4):min(len(b), at+5)]))
}
