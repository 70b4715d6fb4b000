package xmlss_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
	"github.com/tonghop/tonghop/ingest/format/xmlss"
)

func load(text string) (*tonghop.Book, error) {
	return xmlss.Load(strings.NewReader(text), int64(len(text)), tonghop.Limits{})
}

const workbook = `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>Lan</Author></DocumentProperties>
 <ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><WindowHeight>1</WindowHeight></ExcelWorkbook>
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="Times New Roman"/><NumberFormat/></Style>
  <Style ss:ID="s21"><NumberFormat ss:Format="0.0%"/></Style>
  <Style ss:ID="s22" ss:Parent="s21"><Font ss:FontName=".VnTime"/></Style>
  <Style ss:ID="s23"><NumberFormat ss:Format="Short Date"/></Style>
 </Styles>
 <Worksheet ss:Name="Biểu 03">
  <Table ss:ExpandedColumnCount="5" ss:ExpandedRowCount="9" x:FullColumns="1" x:FullRows="1">
   <Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>
   <Row ss:StyleID="s22"><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">X· Long §øc</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell></Row>
   <Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="s21"><Data ss:Type="Number">0.4561</Data></Cell><Cell ss:Formula="=SUM(R[-3]C:R[-1]C)*R1C1"><Data ss:Type="Number">5</Data></Cell><Cell ss:Formula="=NA()"/></Row>
   <Row><Cell ss:StyleID="s23"><Data ss:Type="DateTime">2023-06-30T00:00:00.000</Data><Comment ss:Author="x"><ss:Data>y</ss:Data></Comment></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Biểu</B><Font html:Face="VNI-Times"> 3</Font></ss:Data></Cell><Cell ss:StyleID="s21"/></Row>
  </Table>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible><Panes><Pane/></Panes></WorksheetOptions>
 </Worksheet>
 <Worksheet ss:Name="Trống"/>
</Workbook>`

func TestLoad(t *testing.T) {
	b, err := load(workbook)
	if err != nil {
		t.Fatal(err)
	}
	normal := &tonghop.Style{Font: "Times New Roman"}
	vn := &tonghop.Style{Font: ".VnTime", NumberFormat: "0.0%", Percent: true}
	percent := &tonghop.Style{Font: "Times New Roman", NumberFormat: "0.0%", Percent: true}
	text := func(row, col int, s string, style *tonghop.Style) tonghop.Cell {
		return tonghop.Cell{Row: row, Col: col, Kind: tonghop.CellText, Stored: s, Shown: s, Style: style}
	}
	want := &tonghop.Book{Format: "xmlss", Sheets: []tonghop.Sheet{{
		Name: "Biểu 03", Hidden: true,
		Merges:     []tonghop.Area{{Top: 1, Left: 1, Bottom: 2, Right: 3}},
		HiddenCols: map[int]bool{2: true, 3: true},
		Lines: []tonghop.Line{
			{Row: 1, Cells: []tonghop.Cell{text(1, 1, "X· Long §øc", vn), text(1, 4, "b", vn)}},
			{Row: 4, Hidden: true, Cells: []tonghop.Cell{
				{Row: 4, Col: 2, Kind: tonghop.CellNumber, Stored: "0.4561", Shown: "45.6%", Style: percent},
				{Row: 4, Col: 3, Kind: tonghop.CellNumber, Stored: "5", Shown: "5", Formula: "SUM(C1:C3)*$A$1", HasForm: true, Cached: true, Style: normal},
				{Row: 4, Col: 4, Formula: "NA()", HasForm: true, Style: normal},
			}},
			{Row: 5, Cells: []tonghop.Cell{
				{Row: 5, Col: 1, Kind: tonghop.CellNumber, Stored: "45107", Shown: "30/06/2023", Style: &tonghop.Style{Font: "Times New Roman", NumberFormat: "dd/mm/yyyy", Date: true}},
				{Row: 5, Col: 2, Kind: tonghop.CellBool, Stored: "TRUE", Shown: "TRUE", Style: normal},
				{Row: 5, Col: 3, Kind: tonghop.CellError, Stored: "#N/A", Shown: "#N/A", Style: normal},
				text(5, 4, "Biểu 3", normal),
			}},
		},
	}, {Name: "Trống"}}}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
}

// one is a workbook with the rows.
func one(rows string) string {
	return `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>` + rows + `</Table></Worksheet></Workbook>`
}

func TestRefuses(t *testing.T) {
	if _, err := load(one(`<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>`)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, file, code string }{
		{"other xml", "<?xml version=\"1.0\"?><a/>", "file.xml"},
		{"flat ods", `<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`, "file.xml"},
		{"doctype", `<!DOCTYPE Workbook [<!ENTITY a "b">]>` + one(""), "file.unsafe_xml"},
		{"no sheets", `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, "file.no_sheets"},
		{"two cells", one(`<Row><Cell/><Cell ss:Index="1"/></Row>`), "file.damaged"},
		{"two rows", one(`<Row ss:Index="2"/><Row ss:Index="2"/>`), "file.damaged"},
		{"two values", one(`<Row><Cell><Data ss:Type="Number">1</Data><Data ss:Type="Number">1</Data></Cell></Row>`), "file.damaged"},
		{"no number", one(`<Row><Cell><Data ss:Type="Number">a</Data></Cell></Row>`), "file.damaged"},
		{"no date", one(`<Row><Cell><Data ss:Type="DateTime">30/6</Data></Cell></Row>`), "file.damaged"},
		{"no type", one(`<Row><Cell><Data ss:Type="Money">1</Data></Cell></Row>`), "file.damaged"},
		{"too far down", one(`<Row ss:Index="1048577"/>`), "file.beyond_sheet"},
		{"too far right", one(`<Row><Cell ss:Index="16385"/></Row>`), "file.beyond_sheet"},
		{"legacy bytes", "<?xml version=\"1.0\"?>" + one("<Row><Cell><Data ss:Type=\"String\">X\xb7</Data></Cell></Row>"), "file.damaged"},
		{"same name", strings.Replace(workbook, "Trống", "biểu 03", 1), "file.damaged"},
	} {
		if _, err := load(tt.file); tonghop.CodeOf(err) != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
	for n := range len(workbook) - 1 {
		if _, err := load(workbook[:n]); err == nil {
			t.Fatalf("cut at %d: read", n)
		}
	}
}

// Dates as Excel, LibreOffice and programs write them.
func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2023-06-30T12:00:00.000":  "45107.5",
		"2023-06-30T12:00:00.000Z": "45107.5",
		"2023-06-30T12:00:00Z":     "45107.5",
		"2023-06-30":               "45107",
		"1899-12-31T06:00:00.000":  "0.25",
		"1900-03-01T00:00:00.000":  "61",
	} {
		b, err := load(one(`<Row><Cell><Data ss:Type="DateTime">` + in + `</Data></Cell></Row>`))
		if err != nil {
			t.Errorf("%s: %v", in, err)
		} else if c := b.Sheets[0].Cell(1, 1); c.Kind != tonghop.CellNumber || c.Stored != want {
			t.Errorf("%s: %v %s, want %s", in, c.Kind, c.Stored, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	body := one(`<Row><Cell><Data ss:Type="String">?</Data></Cell></Row>`)
	for head, text := range map[string]string{
		"\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n":    "Đại",
		"<?xml version=\"1.0\" encoding=\"windows-1258\"?>\r\n": "\xd0a\xf2i",
		"<?xml version='1.0' encoding='UTF-8'?>":                "Đại",
	} {
		b, err := load(head + strings.Replace(body, "?", text, 1))
		if err != nil || b.Sheets[0].Cell(1, 1).Shown != "Đại" {
			t.Errorf("%s: %v", head, err)
		}
	}
}

// The nine samples written as XML Spreadsheet 2003 read as the workbooks do,
// every cell at its address with its text. LibreOffice 7.4 fails to write the
// format, so the test does.
func TestSamples(t *testing.T) {
	names, err := filepath.Glob("../../../cmd/tonghop/samples/*.xlsx")
	if err != nil || len(names) != 9 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := xlsx.Load(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := load(write(want))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(cells(want), cells(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for i := range want.Sheets {
			if diff := cmp.Diff(want.Sheets[i].Merges, got.Sheets[i].Merges); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}

// write writes a workbook of texts, numbers and merges.
func write(b *tonghop.Book) string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\n", "&#10;").Replace
	var styles, sheets strings.Builder
	known := map[*tonghop.Style]string{}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		merge := map[[2]int]*tonghop.Area{}
		for k := range s.Merges {
			merge[[2]int{s.Merges[k].Top, s.Merges[k].Left}] = &s.Merges[k]
		}
		s.Merges = nil // in the order of the cells
		fmt.Fprintf(&sheets, `<Worksheet ss:Name="%s"><Table>`, escape(s.Name))
		for _, l := range s.Lines {
			fmt.Fprintf(&sheets, `<Row ss:Index="%d">`, l.Row)
			for _, c := range l.Cells {
				if known[c.Style] == "" {
					known[c.Style] = fmt.Sprintf("s%d", len(known))
					fmt.Fprintf(&styles, `<Style ss:ID="%s"><NumberFormat ss:Format="%s"/></Style>`, known[c.Style], escape(c.Style.NumberFormat))
				}
				fmt.Fprintf(&sheets, `<Cell ss:Index="%d" ss:StyleID="%s"`, c.Col, known[c.Style])
				if m := merge[[2]int{c.Row, c.Col}]; m != nil {
					fmt.Fprintf(&sheets, ` ss:MergeAcross="%d" ss:MergeDown="%d"`, m.Right-m.Left, m.Bottom-m.Top)
					s.Merges = append(s.Merges, *m)
				}
				kind := map[tonghop.CellKind]string{tonghop.CellNumber: "Number", tonghop.CellText: "String"}[c.Kind]
				fmt.Fprintf(&sheets, `><Data ss:Type="%s">%s</Data></Cell>`, kind, escape(c.Stored))
			}
			sheets.WriteString("</Row>")
		}
		sheets.WriteString("</Table></Worksheet>")
	}
	return `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>` +
		styles.String() + "</Styles>" + sheets.String() + "</Workbook>"
}

// cells lists what every cell shows, by sheet and address.
func cells(b *tonghop.Book) map[string]string {
	m := map[string]string{}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		for _, l := range s.Lines {
			for _, c := range l.Cells {
				if !c.Blank() {
					m[tonghop.Ref{Sheet: s.Name, Row: c.Row, Col: c.Col}.String()] = c.Shown
				}
			}
		}
	}
	return m
}

func TestHostile(t *testing.T) {
	const n, limit = 1 << 18, 30 * time.Second // a machine under load is no fault
	for name, file := range map[string]string{
		"rows":    one(strings.Repeat("<Row/>", n)),
		"cells":   one("<Row>" + strings.Repeat(`<Cell><Data ss:Type="String">a</Data></Cell>`, 16000) + "</Row>" + strings.Repeat(`<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>`, n)),
		"merges":  one("<Row>" + strings.Repeat(`<Cell ss:MergeDown="99999999"/>`, 16000) + "</Row><Row>" + strings.Repeat(`<Cell ss:MergeDown="9"/>`, 16000) + "</Row>"),
		"columns": one(strings.Repeat(`<Column ss:Span="99999999"/>`, n)),
		"deep":    one("<Row><Cell><Data ss:Type=\"String\">" + strings.Repeat("<B>", n)),
		"styles":  strings.Replace(one(""), "<Worksheet", "<Styles>"+strings.Repeat("<Style ss:ID=\"a\" ss:Parent=\"a\"/>", n)+"</Styles><Worksheet", 1),
		"formula": one(`<Row><Cell ss:Formula="` + strings.Repeat("R[1]C[1]+", 100_000) + `"/></Row>`),
		"sheets":  strings.Replace(one(""), "</Worksheet>", "</Worksheet>"+strings.Repeat(`<Worksheet ss:Name="b"/>`, n), 1),
	} {
		start := time.Now()
		_, err := load(file)
		took := time.Since(start)
		t.Logf("%-10s %8v %v", name, took.Round(time.Millisecond), tonghop.CodeOf(err))
		if took > limit || err != nil && tonghop.CodeOf(err) == "" {
			t.Errorf("%s: %v %v", name, took, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(workbook)
	f.Add(one(`<Column ss:Span="3"/><Row ss:Index="3" ss:Span="2"><Cell ss:Index="2" ss:MergeAcross="1" ss:Formula="=R[-1]C+'R1C1'!R2C2"/></Row>`))
	f.Fuzz(func(t *testing.T, file string) {
		b, err := load(file)
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		for i := range b.Sheets {
			row := 0
			for _, l := range b.Sheets[i].Lines {
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
		}
	})
}
