package xlsx_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// The same small report with the habits of three writers, built by hand: what
// each puts around and into the cells must not change what is read.
func TestHabitsOfWriters(t *testing.T) {
	const want = `A1 text "UBND HUYỆN TRÀ CÚ"
A2 text "Tên xã"
B2 text "Tỷ lệ"
C2 text "Ngày"
A3 text "Ngọc Biên"
B3 number "0.432" shown "43.2%"
C3 number "45107" shown "30/06/2023"
D3 number "86.4" ={B3*200} cached=true
D4 number "100" ={B4*200} cached=true
E3 text "Đạt" ={IF(B3>0.4,"Đạt","Chưa")} cached=true
`
	for name, p := range map[string]*parts{"Excel": byExcel(), "WPS": byWPS(), "Google Sheets": byGoogle()} {
		t.Run(name, func(t *testing.T) {
			b, err := open(p.zip(t))
			if err != nil {
				t.Fatal(err)
			}
			s := &b.Sheets[0]
			// Google writes whole numbers with a decimal; they stay as stored.
			got := strings.Replace(byColumn(s), `"45107.0"`, `"45107"`, 1)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if len(b.Sheets) != 2 || s.Name != "Biểu 03" || !b.Sheets[1].Hidden || len(s.Merges) != 1 || s.Merges[0] != (tonghop.Area{Top: 1, Left: 1, Bottom: 1, Right: 5}) {
				t.Errorf("sheets or merges: %+v", s.Merges)
			}
			if !s.HiddenCols[6] || len(s.HiddenCols) != 1 {
				t.Errorf("hidden columns %v", s.HiddenCols)
			}
			if font := s.Cell(3, 1).Style.Font; font != "Times New Roman" {
				t.Errorf("font %q", font)
			}
		})
	}
}

// byColumn shows rows 1 to 3, with the formulas of column D together.
func byColumn(s *tonghop.Sheet) string {
	var out string
	for _, at := range [][2]int{{1, 1}, {2, 1}, {2, 2}, {2, 3}, {3, 1}, {3, 2}, {3, 3}, {3, 4}, {4, 4}, {3, 5}} {
		if c := s.Cell(at[0], at[1]); c != nil {
			out += show(&tonghop.Sheet{Lines: []tonghop.Line{{Row: at[0], Cells: []tonghop.Cell{*c}}}})
		}
	}
	return out
}

const (
	header = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n"
	// reportTypes and reportLinks hold for all three but for their order.
	reportTypes = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`
	reportLinks = `<Relationship Id="rId3" Type="` + relNS + `/theme" Target="theme/theme1.xml"/><Relationship Id="rId2" Type="` + relNS + `/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId5" Type="` + relNS + `/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="` + relNS + `/styles" Target="styles.xml"/>`
	reportCells = `<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="164" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="14" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>`
	reportFonts = `<fonts count="2"><font><sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font><font><b/><sz val="14"/><name val="Times New Roman"/><family val="1"/></font></fonts>`
)

// report puts the parts together that all three have.
func report() *parts {
	p := &parts{body: map[string]string{}}
	p.set("[Content_Types].xml", header+`<Types xmlns="`+typeNS+`">`+reportTypes+`</Types>`)
	p.set("_rels/.rels", header+`<Relationships xmlns="`+linkNS+`"><Relationship Id="rId3" Type="`+relNS+`/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId1" Type="`+relNS+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	p.set("xl/_rels/workbook.xml.rels", header+`<Relationships xmlns="`+linkNS+`">`+reportLinks+`</Relationships>`)
	p.set("xl/worksheets/sheet2.xml", header+sheetXML("", ""))
	p.set("xl/theme/theme1.xml", "<a:theme/>")
	p.set("docProps/app.xml", "<Properties/>")
	return p
}

// byExcel: ignorable namespaces with attributes of their own, revision ids, a
// format stated in two ways, phonetic properties, spans, shared formulas,
// dynamic-array metadata, extensions behind the table.
func byExcel() *parts {
	const more = ` xmlns:r="` + relNS + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2" xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"`
	p := report()
	p.set("xl/workbook.xml", header+`<workbook xmlns="`+mainNS+`"`+more+`><fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="28129"/><workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="D:\BC\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><xr:revisionPtr revIDLastSave="0" documentId="13_ncr:1_{0}" xr6:coauthVersionLast="47" xmlns:xr6="http://schemas.microsoft.com/office/spreadsheetml/2016/revision6"/><bookViews><workbookView xWindow="-120" yWindow="-120" windowWidth="20730" windowHeight="11160" xr2:uid="{0}"/></bookViews><sheets><sheet name="Biểu 03" sheetId="4" r:id="rId1"/><sheet name="DM" sheetId="9" state="hidden" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'Biểu 03'!$A$1:$E$3</definedName></definedNames><calcPr calcId="191029"/><extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>`)
	p.set("xl/worksheets/sheet1.xml", header+`<worksheet xmlns="`+mainNS+`"`+more+` xr:uid="{00000000-0001-0000-0000-000000000000}"><sheetPr codeName="Sheet1"><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:E4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" sqref="A1:E1"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="1" width="20.7109375" customWidth="1"/><col min="6" max="6" width="0" hidden="1" customWidth="1"/></cols><sheetData><row r="1" spans="1:5" ht="18.75" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1" s="1"/><c r="D1" s="1"/><c r="E1" s="1"/></row><row r="2" spans="1:5" x14ac:dyDescent="0.25"><c r="A2" s="1" t="s"><v>1</v></c><c r="B2" s="1" t="s"><v>2</v></c><c r="C2" s="1" t="s"><v>3</v></c></row><row r="3" spans="1:5" x14ac:dyDescent="0.25"><c r="A3" s="1" t="s"><v>4</v></c><c r="B3" s="2"><v>0.432</v></c><c r="C3" s="3"><v>45107</v></c><c r="D3"><f t="shared" ref="D3:D4" si="0">B3*200</f><v>86.4</v></c><c r="E3" t="str" cm="1"><f t="array" ref="E3">IF(B3&gt;0.4,"Đạt","Chưa")</f><v>Đạt</v></c></row><row r="4" spans="1:5" x14ac:dyDescent="0.25"><c r="D4"><f t="shared" si="0"/><v>100</v></c></row></sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells><phoneticPr fontId="0" type="noConversion"/><hyperlinks><hyperlink ref="A3" r:id="rId1" xr:uid="{0}"/></hyperlinks><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><legacyDrawing r:id="rId2"/><mc:AlternateContent><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1" r:id="rId3" name="a"/></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list"><x14:formula1><xm:f>DM!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>A3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>`)
	p.set("xl/sharedStrings.xml", header+`<sst xmlns="`+mainNS+`" count="5" uniqueCount="5"><si><t>UBND HUYỆN TRÀ CÚ</t><phoneticPr fontId="0" type="noConversion"/></si><si><r><rPr><b/><sz val="14"/><color theme="1"/><rFont val="Times New Roman"/><family val="1"/></rPr><t xml:space="preserve">Tên </t></r><r><rPr><sz val="14"/><rFont val="Times New Roman"/></rPr><t>xã</t></r></si><si><t>Tỷ lệ</t></si><si><t>Ngày</t></si><si><t>Ngọc Biên</t></si></sst>`)
	p.set("xl/styles.xml", header+`<styleSheet xmlns="`+mainNS+`"`+more+`><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>`+reportFonts+`<fills count="1"><fill><patternFill patternType="none"/></fill></fills><cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>`+reportCells+`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/></styleSheet>`)
	return p
}

// byWPS: no spans, styles on whole columns and blank rows, extensions of its
// own, custom properties that name it, a drawing without content.
func byWPS() *parts {
	const more = ` xmlns:r="` + relNS + `" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"`
	p := report()
	p.set("xl/workbook.xml", header+`<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/><workbookPr/><bookViews><workbookView windowWidth="28800" windowHeight="12540"/></bookViews><sheets><sheet name="Biểu 03" sheetId="1" r:id="rId1"/><sheet name="DM" sheetId="2" state="veryHidden" r:id="rId2"/></sheets><calcPr calcId="144525"/></workbook>`)
	p.set("xl/worksheets/sheet1.xml", header+`<worksheet xmlns="`+mainNS+`"`+more+`><sheetPr/><dimension ref="A1:E65536"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="A1" sqref="A1:E1"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="9" defaultRowHeight="14.4" outlineLevelRow="3"/><cols><col min="1" max="5" width="20" style="1" customWidth="1"/><col min="6" max="6" width="9" hidden="1"/><col min="7" max="16384" width="9" style="1"/></cols><sheetData><row r="1" s="1" customFormat="1" ht="31" customHeight="1" spans="1:5"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/></row><row r="2"><c r="A2" s="1" t="s"><v>1</v></c><c r="B2" s="1" t="s"><v>2</v></c><c r="C2" s="1" t="s"><v>3</v></c></row><row r="3"><c r="A3" s="1" t="s"><v>4</v></c><c r="B3" s="2"><v>0.432</v></c><c r="C3" s="3"><v>45107</v></c><c r="D3" s="0"><f>B3*200</f><v>86.4</v></c><c r="E3" s="0" t="str"><f>IF(B3&gt;0.4,"Đạt","Chưa")</f><v>Đạt</v></c></row><row r="4"><c r="D4" s="0"><f>B4*200</f><v>100</v></c></row><row r="65536" s="1" customFormat="1"/></sheetData><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells><pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/><headerFooter/></worksheet>`)
	p.set("xl/sharedStrings.xml", header+`<sst xmlns="`+mainNS+`" count="5" uniqueCount="5"><si><t>UBND HUYỆN TRÀ CÚ</t></si><si><t>Tên xã</t></si><si><t>Tỷ lệ</t></si><si><t>Ngày</t></si><si><t>Ngọc Biên</t></si></sst>`)
	p.set("xl/styles.xml", header+`<styleSheet xmlns="`+mainNS+`"><numFmts count="5"><numFmt numFmtId="42" formatCode="_(&quot;$&quot;* #,##0_);_(&quot;$&quot;* \(#,##0\);_(&quot;$&quot;* &quot;-&quot;_);_(@_)"/><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>`+reportFonts+reportCells+`<extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>`)
	p.set("docProps/custom.xml", header+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property name="KSOProductBuildVer"/></Properties>`)
	return p
}

// byGoogle: no properties, links to every sheet's drawing, texts of formulas
// without type str elsewhere, formulas of its own wrapped in a dummy.
func byGoogle() *parts {
	const more = ` xmlns:r="` + relNS + `" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:mv="urn:schemas-microsoft-com:mac:vml" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"`
	p := report().drop("docProps/app.xml")
	p.set("xl/workbook.xml", header+`<workbook xmlns="`+mainNS+`"`+more+`><workbookPr/><sheets><sheet state="visible" name="Biểu 03" sheetId="1" r:id="rId1"/><sheet state="hidden" name="DM" sheetId="2" r:id="rId2"/></sheets><definedNames/><calcPr/></workbook>`)
	p.set("xl/worksheets/sheet1.xml", header+`<worksheet xmlns="`+mainNS+`"`+more+`><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><cols><col customWidth="1" hidden="1" min="6" max="6" width="12.63"/></cols><sheetData><row r="1" ht="15.75" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1" t="s"><v>1</v></c><c r="B2" s="1" t="s"><v>2</v></c><c r="C2" s="1" t="s"><v>3</v></c></row><row r="3"><c r="A3" s="1" t="s"><v>4</v></c><c r="B3" s="2"><v>0.432</v></c><c r="C3" s="3"><v>45107.0</v></c><c r="D3" s="0"><f t="shared" ref="D3:D4" si="1">B3*200</f><v>86.4</v></c><c r="E3" s="0" t="str"><f>IF(B3&gt;0.4,"Đạt","Chưa")</f><v>Đạt</v></c></row><row r="4"><c r="D4" s="0"><f t="shared" si="1"/><v>100</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells><drawing r:id="rId1"/></worksheet>`)
	p.set("xl/sharedStrings.xml", header+`<sst xmlns="`+mainNS+`" count="5" uniqueCount="5"><si><t>UBND HUYỆN TRÀ CÚ</t></si><si><t>Tên xã</t></si><si><r><rPr><rFont val="Times New Roman"/></rPr><t>Tỷ </t></r><r><rPr><rFont val="Times New Roman"/></rPr><t>lệ</t></r></si><si><t>Ngày</t></si><si><t>Ngọc Biên</t></si></sst>`)
	p.set("xl/styles.xml", header+`<styleSheet xmlns="`+mainNS+`" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>`+reportFonts+`<cellStyleXfs count="1"><xf borderId="0" fillId="0" fontId="0" numFmtId="0"/></cellStyleXfs>`+reportCells+`<dxfs count="0"/></styleSheet>`)
	p.set("xl/worksheets/_rels/sheet1.xml.rels", header+`<Relationships xmlns="`+linkNS+`"><Relationship Id="rId1" Type="`+relNS+`/drawing" Target="../drawings/drawing1.xml"/></Relationships>`)
	p.set("xl/drawings/drawing1.xml", header+`<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>`)
	return p
}
