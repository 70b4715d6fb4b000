package xlsx_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// What programs write differently, and what it must come to.
func TestCells(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"numbers as written", `<row r="1"><c r="A1"><v>12.50</v></c><c r="B1" t="n"><v>1E3</v></c><c r="C1"><v> 7 </v></c></row>`,
			"A1 number \"12.50\" shown \"12.5\"\nB1 number \"1E3\" shown \"1000\"\nC1 number \"7\"\n"},
		{"shared strings", `<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="s"><v>0</v></c></row>`,
			"A2 text \"one\"\nC2 text \"zero\"\n"},
		{"inline text in runs, phonetic guide left out", `<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>Tổng </t></r><r><t xml:space="preserve">số </t></r><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr fontId="1"/></is></c></row>`,
			"A1 text \"Tổng số \"\n"},
		{"inline text in v", `<row r="1"><c r="A1" t="inlineStr"><v>x</v></c></row>`, "A1 text \"x\"\n"},
		{"no addresses", `<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c t="s"><v>0</v></c></row><row r="9"><c><v>3</v></c><c r="F9"><v>4</v></c><c><v>5</v></c></row>`,
			"A1 number \"1\"\nC1 number \"2\"\nA2 text \"zero\"\nA9 number \"3\"\nF9 number \"4\"\nG9 number \"5\"\n"},
		{"style without content is blank, empty text is not", `<row r="1"><c r="A1" s="1"/><c r="B1" t="str"><v></v></c><c r="C1" t="inlineStr"><is><t/></is></c><c r="D1"><v/></c><c r="E1" t="s"></c></row>`,
			"B1 text \"\"\nC1 text \"\"\n"},
		{"formulas with and without value", `<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>3</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>"a"&amp;"b"</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
			"A1 number \"3\" ={SUM(B1:C1)} cached=true\nB1 blank \"\" ={1+1} cached=false\nC1 blank \"\" ={\"a\"&\"b\"} cached=false\nD1 text \"\" ={\"\"} cached=true\nE1 error \"#DIV/0!\" ={1/0} cached=true\n"},
		{"shared formula", `<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$C$1+SUM(A$1:A1)&amp;"A1"&amp;'A1 b'!A1</f><v>1</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c><c r="C2"><f t="shared" si="7"/><v>2</v></c></row>`,
			"B1 number \"1\" ={A1*$C$1+SUM(A$1:A1)&\"A1\"&'A1 b'!A1} cached=true\nB2 number \"2\" ={A2*$C$1+SUM(A$1:A2)&\"A1\"&'A1 b'!A2} cached=true\nC2 number \"2\" ={} cached=true\n"},
		{"booleans and errors", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#REF!</v></c></row>`,
			"A1 bool \"TRUE\"\nB1 bool \"FALSE\"\nC1 error \"#REF!\"\n"},
		{"escapes and line ends", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a_x000D_\nb_x005F_x0041_&#13;&#10;c\r\nd_x00e0__xD83D__xDE00__xD83D__</v></c></row>",
			"A1 text \"a\\nb_x0041_\\nc\\ndà😀_xD83D__\"\n"},
		{"entities, CDATA and comments inside a value", `<row r="1"><c r="A1" t="str"><v>a&lt;<![CDATA[b&lt;]]><!-- no -->&#x1EA3;</v></c><c r="B1"><v>1<!-- 9 -->2</v></c></row>`,
			"A1 text \"a<b&lt;ả\"\nB1 number \"12\"\n"},
		{"blanks between elements", "<row r=\"1\">\n <c r=\"A1\" >\n  <v >1</v >\n </c>\n</row>\n", "A1 number \"1\"\n"},
		{"cells out of order", `<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, "A1 number \"1\"\nC1 number \"3\"\n"},
		{"rows out of order", `<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>`, "A1 number \"1\"\nA3 number \"3\"\n"},
		{"the last cell of a sheet", `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, "XFD1048576 number \"1\"\n"},
		{"dates written out", `<row r="1"><c r="A1" s="1" t="d"><v>2023-06-30T12:00:00</v></c><c r="B1" s="1" t="d"><v>2023-06-30</v></c></row>`,
			"A1 number \"45107.5\" shown \"30/06/2023\"\nB1 number \"45107\" shown \"30/06/2023\"\n"},
		{"extensions", `<row r="1"><c r="A1"><v>1</v><extLst><ext uri="x"><y xmlns="z"><v>2</v></y></ext></extLst></c><extLst/></row>`, "A1 number \"1\"\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := mustLoad(t, workbook(tt.data))
			if diff := cmp.Diff(tt.want, show(&b.Sheets[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What must be refused, never read as something else.
func TestRefused(t *testing.T) {
	row := func(cells string) *parts { return workbook(`<row r="1">` + cells + `</row>`) }
	sheet := func(xml string) *parts { return workbook("").set("xl/worksheets/sheet1.xml", xml) }
	tests := []struct {
		name string
		p    *parts
		code string
	}{
		{"two cells at one address", row(`<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>`), "file.damaged"},
		{"two cells at one address, one blank", row(`<c r="A1"><v>1</v></c><c r="A1"/>`), "file.damaged"},
		{"a row twice", workbook(`<row r="2"><c><v>1</v></c></row><row r="1"/><row r="2"><c r="B2"><v>1</v></c></row>`), "file.damaged"},
		{"a row twice, once with blanks", workbook(`<row r="2"><c><v>1</v></c></row><row r="2"><c/></row>`), "file.damaged"},
		{"a row twice, once hidden", workbook(`<row r="2"><c><v>1</v></c></row><row r="2" hidden="1"/>`), "file.damaged"},
		{"cell of another row in a row without number", workbook(`<row><c r="A2"><v>1</v></c><c r="B3"><v>1</v></c></row>`), "file.damaged"},
		{"text beside another text", row(`<c r="A1" t="inlineStr"><v>a</v><is><t>b</t></is></c>`), "file.damaged"},
		{"text beside a number", row(`<c r="A1"><v>1</v><is><t>1</t></is></c>`), "file.damaged"},
		{"two texts", row(`<c r="A1" t="inlineStr"><is><t>b</t></is><is><t>b</t></is></c>`), "file.damaged"},
		{"cell of another row", row(`<c r="A2"><v>1</v></c>`), "file.damaged"},
		{"column outside", row(`<c r="XFE1"><v>1</v></c>`), "file.damaged"},
		{"row outside", workbook(`<row r="1048577"/>`), "file.damaged"},
		{"row zero", workbook(`<row r="0"/>`), "file.damaged"},
		{"bad address", row(`<c r="A01"><v>1</v></c>`), "file.damaged"},
		{"two values", row(`<c r="A1"><v>1</v><v>2</v></c>`), "file.damaged"},
		{"no number", row(`<c r="A1"><v>1,5</v></c>`), "file.damaged"},
		{"infinite", row(`<c r="A1"><v>INF</v></c>`), "file.damaged"},
		{"unknown type", row(`<c r="A1" t="x"><v>1</v></c>`), "file.damaged"},
		{"unknown boolean", row(`<c r="A1" t="b"><v>2</v></c>`), "file.damaged"},
		{"string out of range", row(`<c r="A1" t="s"><v>2</v></c>`), "file.damaged"},
		{"negative string", row(`<c r="A1" t="s"><v>-1</v></c>`), "file.damaged"},
		{"style out of range", row(`<c r="A1" s="3"><v>2</v></c>`), "file.damaged"},
		{"element in a value", row(`<c r="A1"><v>1<b/></v></c>`), "file.damaged"},
		{"unknown element in a row", row(`<d r="A1"><v>1</v></d>`), "file.damaged"},
		{"cell of another namespace", row(`<x:c xmlns:x="y" r="A1"><v>1</v></x:c>`), "file.damaged"},
		{"text among cells", row(`x<c r="A1"><v>1</v></c>`), "file.damaged"},
		{"two tables", sheet(sheetXML("", "<sheetData/>")), "file.damaged"},
		{"no namespace", sheet(`<worksheet><sheetData/></worksheet>`), "file.damaged"},
		{"another root", sheet(`<chartsheet xmlns="` + mainNS + `"/>`), "file.damaged"},
		{"not closed", sheet(`<worksheet xmlns="` + mainNS + `"><sheetData/>`), "file.damaged"},
		{"closed wrongly", sheet(`<worksheet xmlns="` + mainNS + `"><sheetData></worksheet></sheetData>`), "file.damaged"},
		{"two roots", sheet(sheetXML("", "") + sheetXML("", "")), "file.damaged"},
		{"text after the root", sheet(sheetXML("", "") + "x"), "file.damaged"},
		{"empty part", sheet(""), "file.damaged"},
		{"document type", sheet(`<!DOCTYPE worksheet [<!ENTITY a "b">]>` + sheetXML("", "")), "file.unsafe_xml"},
		{"unknown entity", row(`<c r="A1" t="str"><v>&a;</v></c>`), "file.damaged"},
		{"control character", row("<c r=\"A1\" t=\"str\"><v>\x01</v></c>"), "file.damaged"},
		{"reference to a control character", row("<c r=\"A1\" t=\"str\"><v>&#1;</v></c>"), "file.damaged"},
		{"not UTF-8", row("<c r=\"A1\" t=\"str\"><v>\xe1</v></c>"), "file.damaged"},
		{"another encoding", sheet(`<?xml version="1.0" encoding="gb2312"?>` + sheetXML("", "")), "file.damaged"},
		{"half a pair in UTF-16", sheet(strings.Replace(utf16(sheetXML(`<row><c t="str"><v>?</v></c></row>`, ""), false), "?\x00<", "\x00\xd8<", 1)), "file.damaged"},
		{"an odd byte in UTF-16", sheet(utf16(sheetXML("", ""), false) + "\n"), "file.damaged"},
		{"a free place of the encoding", sheet(declare("windows-1252")(sheetXML("<row><c t=\"str\"><v>\x81</v></c></row>", ""))), "file.damaged"},
		{"attribute twice", row(`<c r="A1" r="A1"><v>1</v></c>`), "file.damaged"},
		{"prefix not declared", row(`<c r="A1" z:y="1"><v>1</v></c>`), "file.damaged"},
		{"deep nesting", sheet(sheetXML("", strings.Repeat("<a>", 300)+strings.Repeat("</a>", 300))), "file.damaged"},
		{"bad merge", workbook("", `<mergeCells><mergeCell ref="A1:"/></mergeCells>`), "file.damaged"},
		{"too many merges", workbook("", `<mergeCells>`+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 20_001)+`</mergeCells>`), "file.too_many_merges"},
		{"sheet part missing", workbook("").drop("xl/worksheets/sheet1.xml"), "file.damaged"},
		{"relationships missing", workbook("").drop("xl/_rels/workbook.xml.rels"), "file.damaged"},
		{"no sheets", workbook("").set("xl/workbook.xml", `<workbook xmlns="`+mainNS+`"><sheets/></workbook>`), "file.no_sheets"},
		{"one part for two sheets", workbook("").set("xl/workbook.xml", `<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><sheets><sheet name="S" sheetId="1" r:id="rId1"/><sheet name="T" sheetId="2" r:id="rId1"/></sheets></workbook>`), "file.damaged"},
		{"theme not well packed", workbook(""), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := load(tt.p.zip(t))
			if got := tonghop.CodeOf(err); got != tt.code {
				t.Errorf("got %v, want %q", err, tt.code)
			}
		})
	}
}

func TestWorkbookParts(t *testing.T) {
	p := workbook(`<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>100</v></c><c r="B2" s="2"><v>0.5</v></c></row>`,
		`<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="$D$4:C3"/></mergeCells>`)
	p.set("xl/worksheets/sheet1.xml", strings.Replace(p.body["xl/worksheets/sheet1.xml"], "<sheetData>", `<cols><col min="2" max="3" hidden="1"/><col min="5" max="6"/></cols><sheetData>`, 1))
	p.set("xl/worksheets/sheet2.xml", sheetXML("", ""))
	p.set("xl/chartsheets/sheet1.xml", `<chartsheet xmlns="`+mainNS+`"/>`)
	p.set("xl/workbook.xml", `<workbook xmlns="`+mainNS+`" xmlns:rr="`+relNS+`"><workbookPr date1904="true"/><sheets><sheet name="Biểu &quot;2&quot;" sheetId="2" state="veryHidden" rr:id="a"/><sheet name="Chart" sheetId="3" rr:id="c"/><sheet name="S" sheetId="1" state="visible" rr:id="b"/></sheets></workbook>`)
	p.set("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+linkNS+`"><Relationship Id="b" Type="`+relNS+`/worksheet" Target="../xl/Worksheets/sheet1.xml"/><Relationship Id="a" Type="`+relNS+`/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="c" Type="`+relNS+`/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="d" Type="`+relNS+`/externalLink" Target="http://x/y" TargetMode="External"/><Relationship Id="rId3" Type="`+relNS+`/styles" Target="styles.xml"/></Relationships>`)
	b := mustLoad(t, p)
	want := &tonghop.Book{Format: "xlsx", Date1904: true, Sheets: []tonghop.Sheet{
		{Name: `Biểu "2"`, Hidden: true},
		{Name: "S",
			Lines: []tonghop.Line{
				{Row: 1, Hidden: true, Cells: []tonghop.Cell{{Row: 1, Col: 1, Kind: tonghop.CellNumber, Stored: "1", Shown: "1", Style: &tonghop.Style{Font: "Times New Roman"}}}},
				{Row: 2, Cells: []tonghop.Cell{
					{Row: 2, Col: 1, Kind: tonghop.CellNumber, Stored: "100", Shown: "10/04/1904", Style: &tonghop.Style{NumberFormat: "dd/mm/yyyy", Date: true, Font: ".VnTime"}},
					{Row: 2, Col: 2, Kind: tonghop.CellNumber, Stored: "0.5", Shown: "50%", Style: &tonghop.Style{NumberFormat: "0%", Percent: true, Font: "Times New Roman"}},
				}},
			},
			Merges:     []tonghop.Area{{Top: 1, Left: 1, Bottom: 2, Right: 2}, {Top: 3, Left: 3, Bottom: 4, Right: 4}},
			HiddenCols: map[int]bool{2: true, 3: true},
		},
	}}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
}

// The same sheet in the clothes of other writers.
func TestSameInOtherMarkup(t *testing.T) {
	data := `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>2</v></c></row>`
	plain := workbook(data)
	want := mustLoad(t, plain)
	utf16le := func(s string) string {
		var b strings.Builder
		b.WriteString("\xff\xfe")
		for _, r := range s {
			b.WriteByte(byte(r))
			b.WriteByte(byte(r >> 8))
		}
		return b.String()
	}
	prefixed := `<?xml version="1.0"?><x:worksheet xmlns:x="` + mainNS + `" xmlns="other"><x:sheetData><x:row r='1'><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	strict := strings.NewReplacer(mainNS, "http://purl.oclc.org/ooxml/spreadsheetml/main", relNS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
	all := workbook(data)
	for _, n := range all.names {
		all.set(n, strict.Replace(all.body[n]))
	}
	tests := map[string]*parts{
		"byte order mark": workbook(data).set("xl/worksheets/sheet1.xml", "\ufeff<?xml version='1.0' encoding='utf-8'?>"+plain.body["xl/worksheets/sheet1.xml"]),
		"prefix":          workbook(data).set("xl/worksheets/sheet1.xml", prefixed),
		"utf-16":          workbook(data).set("xl/worksheets/sheet1.xml", utf16le(`<?xml version="1.0" encoding="UTF-16"?>`+plain.body["xl/worksheets/sheet1.xml"])),
		"strict":          all,
		"other parts":     workbook(data).set("xl/theme/theme1.xml", "<not><well").set("docProps/thumb.jpeg", "\xff\xd8"),
		"folders":         workbook(data).set("xl/", "").set("docProps/", ""),
	}
	for name, p := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, mustLoad(t, p)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
