package xlsx_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// What is beside the standard or seldom seen in cells, and that Excel, or all
// programs that open it, read in one way.
func TestOddCells(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"rows without numbers, cells with", `<row><c r="A3"><v>1</v></c><c r="B3"><v>2</v></c></row><row><c><v>3</v></c></row>`,
			"A3 number \"1\"\nB3 number \"2\"\nA4 number \"3\"\n"},
		{"absolute and lower-case addresses", `<row r="1"><c r="$A$1"><v>1</v></c><c r="b1"><v>2</v></c></row>`, "A1 number \"1\"\nB1 number \"2\"\n"},
		{"empty attributes", `<row r=""><c r="" s="" t=""><v>1</v></c></row>`, "A1 number \"1\"\n"},
		{"numbers in all notations", `<row><c><v>1E+2</v></c><c><v>-0</v></c><c><v>1e-300</v></c><c><v>.5</v></c><c><v>5.</v></c><c><v>+5</v></c></row>`,
			"A1 number \"1E+2\" shown \"100\"\nB1 number \"-0\" shown \"0\"\nC1 number \"1e-300\" shown \"1E-300\"\nD1 number \".5\" shown \"0.5\"\nE1 number \"5.\" shown \"5\"\nF1 number \"+5\" shown \"5\"\n"},
		{"number type without a value", `<row><c t="n"/><c t="n"><v></v></c><c t="n"><v> </v></c><c t="e"><v/></c><c t="b"><v/></c></row>`, ""},
		{"booleans in words", `<row><c t="b"><v>TRUE</v></c><c t="b"><v>false</v></c></row>`, "A1 bool \"TRUE\"\nB1 bool \"FALSE\"\n"},
		{"all errors", `<row><c t="e"><v>#NULL!</v></c><c t="e"><v>#GETTING_DATA</v></c><c t="e" vm="1"><v>#VALUE!</v></c></row>`,
			"A1 error \"#NULL!\"\nB1 error \"#GETTING_DATA\"\nC1 error \"#VALUE!\"\n"},
		{"is with an empty v, or one that repeats it", `<row><c t="inlineStr"><v></v><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is><v>b</v></c><c t="inlineStr"><v>c</v><is><t>c</t></is></c></row>`,
			"A1 text \"a\"\nB1 text \"b\"\nC1 text \"c\"\n"},
		{"array formula", `<row><c><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c></row><row><c><v>4</v></c></row>`,
			"A1 number \"2\" ={B1:B2*2} cached=true\nA2 number \"4\"\n"},
		{"data table", `<row><c><f t="dataTable" ref="A1:A2" dt2D="1" dtr="1" r1="D1" r2="E1"/><v>2</v></c></row>`, "A1 number \"2\" ={} cached=true\n"},
		{"formula without text", `<row><c><f/><v>2</v></c><c><f></f></c></row>`, "A1 number \"2\" ={} cached=true\nB1 blank \"\" ={} cached=false\n"},
		{"shared formula without a number", `<row><c><f t="shared">A2</f><v>2</v></c></row>`, "A1 number \"2\" ={A2} cached=true\n"},
		{"shared formula before its master", `<row><c/><c><f t="shared" si="3"/><v>1</v></c></row><row><c/><c><f t="shared" si="3" ref="B1:B3">A2*$A$1</f><v>2</v></c></row><row><c/><c><f t="shared" si="3"/><v>3</v></c></row>`,
			"B1 number \"1\" ={A1*$A$1} cached=true\nB2 number \"2\" ={A2*$A$1} cached=true\nB3 number \"3\" ={A3*$A$1} cached=true\n"},
		{"shared formula in rows out of order", `<row r="2"><c><f t="shared" si="0">B2</f><v>2</v></c></row><row r="1"><c><f t="shared" si="0"/><v>1</v></c></row>`,
			"A1 number \"1\" ={B1} cached=true\nA2 number \"2\" ={B2} cached=true\n"},
		{"a row that comes again without cells", `<row r="2"><c><v>2</v></c></row><row r="1"/><row r="2"/><row r="1"/>`, "A2 number \"2\"\n"},
		{"lies about size", `<row r="1" spans="5:9"><c r="A1"><v>1</v></c><c r="Z1"><v>2</v></c></row>`, "A1 number \"1\"\nZ1 number \"2\"\n"},
		{"instructions and comments", `<?a b?><row><?a?><c><!-- c --><v>1<?x?>2</v></c></row><!-- d -->`, "A1 number \"12\"\n"},
		{"times and zones", `<row><c s="1" t="d"><v>2023-06-30T00:00:00Z</v></c><c t="d"><v>12:00:00</v></c><c t="d"><v>1900-01-01</v></c><c t="d"><v>1900-03-01T06:00Z</v></c></row>`,
			"A1 number \"45107\" shown \"30/06/2023\"\nB1 number \"0.5\"\nC1 number \"1\"\nD1 number \"61.25\"\n"},
		{"blanks kept without xml:space", `<row><c t="inlineStr"><is><t> a </t></is></c><c t="str"><v> b </v></c></row>`, "A1 text \" a \"\nB1 text \" b \"\n"},
		{"style that does not exist, on a blank", `<row><c s="99"/></row>`, ""},
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

// What is beside the standard or seldom seen in packages, and what is read in
// spite of it. The sheet always holds the same.
func TestOddPackages(t *testing.T) {
	const (
		main  = "xl/workbook.xml"
		sheet = "xl/worksheets/sheet1.xml"
		links = "xl/_rels/workbook.xml.rels"
	)
	data := `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>45107</v></c></row>`
	edit := func(name, old, new string) func(p *parts) {
		return func(p *parts) {
			body := strings.ReplaceAll(p.body[name], old, new)
			if body == p.body[name] {
				panic(fmt.Sprintf("%q is not in %s", old, name))
			}
			p.set(name, body)
		}
	}
	rename := func(old, new string) func(p *parts) {
		return func(p *parts) { p.set(new, p.body[old]).drop(old) }
	}
	all := func(edits ...func(p *parts)) func(p *parts) {
		return func(p *parts) {
			for _, e := range edits {
				e(p)
			}
		}
	}
	tests := map[string]func(p *parts){
		"as it is":                      func(*parts) {},
		"backslashes in names":          func(p *parts) { p.renameAll(func(n string) string { return strings.ReplaceAll(n, "/", `\`) }) },
		"names in capitals":             func(p *parts) { p.renameAll(strings.ToUpper) },
		"folders, twice":                func(p *parts) { p.set("xl/", "").set("xl/worksheets/", "") },
		"defaults only":                 edit("[Content_Types].xml", `<Override PartName="/xl/workbook.xml"`, `<Default Extension=".xml"`),
		"type in other letters":         edit("[Content_Types].xml", "sheet.main+xml", "Sheet.Main+XML; charset=utf-8"),
		"main part not declared":        edit("[Content_Types].xml", "/xl/workbook.xml", "/xl/other.xml"),
		"no types":                      func(p *parts) { p.drop("[Content_Types].xml") },
		"no root relationships":         func(p *parts) { p.drop("_rels/.rels") },
		"root relationship to nothing":  edit("_rels/.rels", "/officeDocument\"", "/thumbnail\""),
		"absolute targets":              edit("_rels/.rels", `Target="xl`, `Target="/xl`),
		"targets from the root":         edit(links, `Target="worksheets/`, `Target="xl/worksheets/`),
		"targets with backslashes":      edit(links, `worksheets/sheet1`, `worksheets\sheet1`),
		"targets that climb":            edit(links, `Target="worksheets/`, `Target="./../xl/worksheets/`),
		"targets escaped":               all(edit(links, "sheet1.xml", "b%E1%BA%A3ng%201.xml"), rename(sheet, "xl/worksheets/bảng 1.xml")),
		"a percent sign in a name":      all(edit(links, "sheet1.xml", "50%25.xml"), rename(sheet, "xl/worksheets/50%.xml")),
		"an escape in a name":           all(edit(links, "sheet1.xml", "a%20b.xml"), rename(sheet, "xl/worksheets/a%20b.xml")),
		"parts in the root":             all(edit(links, "worksheets/sheet1.xml", "/s.bin"), rename(sheet, "s.bin")),
		"main part elsewhere":           all(edit("_rels/.rels", "xl/workbook.xml", "book.xml"), edit("[Content_Types].xml", "/xl/workbook.xml", "/book.xml"), edit(links, `Target="`, `Target="/xl/`), edit(links, `/xl//xl/`, `/xl/`), rename(main, "book.xml"), rename(links, "_rels/book.xml.rels")),
		"strings without relationship":  edit(links, "/sharedStrings\"", "/theme\""),
		"relationships of others":       edit(links, `<Relationship Id="rId1"`, `<x:y xmlns:x="z"><x:v/></x:y><Relationship Id="a" Type="b" Target=""/><Relationship Id="c" Type="b" Target="NULL"/><Relationship Id="d" Type="b" Target="%zz"/><Relationship Id="e" Type="b" Target="/"/><Relationship Id="rId1"`),
		"links out of the file":         edit(links, `<Relationship Id="rId1"`, `<Relationship Id="x" Type="`+relNS+`/externalLinkPath" Target="file:///C:\BC\năm trước.xlsx" TargetMode="External"/><Relationship Id="rId1"`),
		"other kinds of sheets":         all(edit(main, `<sheet name="S"`, `<sheet name="M" sheetId="7" r:id="m"/><sheet name="D" sheetId="8" state="hidden" r:id="d"/><sheet name="S"`), edit(links, `<Relationship Id="rId1"`, `<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/><Relationship Id="d" Type="`+relNS+`/dialogsheet" Target="dialogsheets/sheet1.xml"/><Relationship Id="rId1"`)),
		"defined names and the rest":    edit(main, `</sheets>`, `</sheets><externalReferences><externalReference r:id="x"/></externalReferences><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">S!$1:$3</definedName><definedName name="a" hidden="1">#REF!</definedName></definedNames><calcPr calcId="0" fullCalcOnLoad="1"/><extLst/>`),
		"ignorable content":             edit(main, `<sheets>`, `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="u" url="C:\"/></mc:Choice></mc:AlternateContent><sheets>`),
		"date system said in words":     edit(main, `<sheets>`, `<workbookPr date1904="False"/><sheets>`),
		"visible in capitals":           edit(main, `sheetId="1"`, `sheetId="1" state="VISIBLE"`),
		"macros":                        edit("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
		"macros, type in small letters": edit("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroenabled.main+xml"),
		"add-in":                        edit("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.addin.macroEnabled.main+xml"),
		"template":                      edit("[Content_Types].xml", "sheet.main+xml", "template.main+xml"),
		"utf-16 big-endian":             func(p *parts) { p.set(sheet, utf16(p.body[sheet], true)) },
		"utf-16 in every part":          func(p *parts) { p.recode(func(s string) string { return utf16(s, false) }) },
		"utf-8 that calls itself -16":   func(p *parts) { p.recode(declare("UTF-16")) },
		"declared Latin-1":              func(p *parts) { p.recode(declare("ISO-8859-1")) },
		"declared us-ascii":             func(p *parts) { p.recode(declare("US-ASCII")) },
		"standalone, single quotes": func(p *parts) {
			p.recode(func(s string) string {
				return "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n" + undeclared(s)
			})
		},
		"byte order marks everywhere": func(p *parts) { p.recode(func(s string) string { return "\ufeff" + s }) },
		"prefixes everywhere": func(p *parts) {
			p.prefix(sheet, "ns0")
			p.prefix(main, "x")
			p.prefix("xl/sharedStrings.xml", "x")
			p.prefix("xl/styles.xml", "ns2")
			p.prefix(links, "rel")
			p.prefix("[Content_Types].xml", "ct")
		},
		"views, filters and rules": edit(sheet, `</sheetData>`, `</sheetData><autoFilter ref="A1:B9"><filterColumn colId="0"><filters blank="1"/></filterColumn></autoFilter><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1&gt;0</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="B1"><formula1>"Đạt,Chưa"</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" r:id="rId9" display="khác" xmlns:r="`+relNS+`"/><hyperlink ref="B1" location="'S'!A1"/></hyperlinks><legacyDrawing r:id="rId8" xmlns:r="`+relNS+`"/><tableParts count="0"/>`),
		"dimension that lies":      edit(sheet, `<sheetData>`, `<dimension ref="XFD1:A9999999"/><sheetData>`),
		"comments beside": func(p *parts) {
			p.set("xl/worksheets/_rels/sheet1.xml.rels", `<Relationships xmlns="`+linkNS+`"><Relationship Id="rId8" Type="`+relNS+`/comments" Target="../comments1.xml"/></Relationships>`).set("xl/comments1.xml", `<comments xmlns="`+mainNS+`"><authors><author/></authors><commentList><comment ref="A1" authorId="0"><text><t>ghi chú</t></text></comment></commentList></comments>`)
		},
		"foreign elements of strings": edit("xl/sharedStrings.xml", "</sst>", `<z:z xmlns:z="y"/><extLst/></sst>`),
		"phonetic guides":             edit("xl/sharedStrings.xml", "<t>one</t>", `<r><t>one</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="0"/>`),
		"format stated twice":         edit("xl/styles.xml", "<fonts>", `<numFmts count="1"><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x16"><numFmt numFmtId="14" formatCode="0.000"/></mc:Choice><mc:Fallback><numFmt numFmtId="14" formatCode="dd/mm/yyyy"/></mc:Fallback></mc:AlternateContent></numFmts><fonts>`),
		"styles nobody uses":          edit("xl/styles.xml", "</cellXfs>", `<xf numFmtId="999" fontId="77"/></cellXfs><cellStyles/><dxfs><dxf><font><name val="x"/></font></dxf></dxfs><tableStyles/><colors/>`),
		"no properties, no theme":     func(p *parts) { p.set("docProps/app.xml", "").set("docProps/core.xml", "") },
	}
	p := workbook(data)
	want := mustLoad(t, p)
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			p := workbook(data)
			change(p)
			got, err := open(p.zip(t)) // by way of format, which must know it as a workbook
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Without styles and strings, and with relationships to parts that are gone,
// nothing is read but what needs neither.
func TestPartsMissing(t *testing.T) {
	cell := func(c string) *parts { return workbook(`<row r="1">` + c + `</row>`) }
	tests := []struct {
		name string
		p    *parts
		code string
	}{
		{"no strings, none needed", cell(`<c><v>1</v></c>`).drop("xl/sharedStrings.xml"), ""},
		{"no strings, one needed", cell(`<c t="s"><v>0</v></c>`).drop("xl/sharedStrings.xml"), "file.damaged"},
		{"no styles, none needed", cell(`<c s="0"><v>1</v></c>`).drop("xl/styles.xml"), ""},
		{"no styles, one needed", cell(`<c s="1"><v>45107</v></c>`).drop("xl/styles.xml"), "file.damaged"},
		{"style sheet without styles", cell(`<c s="0"><v>1</v></c>`).set("xl/styles.xml", `<styleSheet xmlns="`+mainNS+`"/>`), ""},
		{"sheet without a table", workbook("").set("xl/worksheets/sheet1.xml", `<worksheet xmlns="`+mainNS+`"/>`), ""},
		{"only an empty sheet", workbook("").drop("xl/sharedStrings.xml").drop("xl/styles.xml"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book, err := open(tt.p.zip(t))
			if got := tonghop.CodeOf(err); got != tt.code {
				t.Fatalf("got %v, want %q", err, tt.code)
			}
			if err == nil && len(book.Sheets) != 1 {
				t.Errorf("%d sheets", len(book.Sheets))
			}
		})
	}
}

// The font of a text is that of its runs where all have one.
func TestFontsOfRuns(t *testing.T) {
	run := func(font, text string) string {
		if font != "" {
			font = `<rPr><sz val="12"/><rFont val="` + font + `"/><family val="2"/></rPr>`
		}
		return `<r>` + font + `<t xml:space="preserve">` + text + `</t></r>`
	}
	tests := []struct{ is, want string }{
		{`<t>a</t>`, "Times New Roman"},
		{run(".VnTime", "a"), ".VnTime"},
		{run(".VnTime", "X· ") + run("Arial", " ") + run(".VnTime", "Ngäc"), ".VnTime"},
		{run(".VnTime", "a") + run("Arial", "b"), "Times New Roman"},
		{run("", "a") + run(".VnTime", "b"), "Times New Roman"},
		{run("", "a") + run("", "b"), "Times New Roman"},
		{`<r><t>a</t><rPr><rFont val="VNI-Times"/></rPr></r>`, "VNI-Times"},
	}
	for _, tt := range tests {
		p := workbook(`<row><c t="inlineStr"><is>`+tt.is+`</is></c><c t="s"><v>0</v></c><c t="s" s="1"><v>0</v></c></row>`).
			set("xl/sharedStrings.xml", `<sst xmlns="`+mainNS+`"><si>`+tt.is+`</si></sst>`)
		cells := mustLoad(t, p).Sheets[0].Lines[0].Cells
		if a, b := cells[0].Style.Font, cells[1].Style.Font; a != tt.want || b != tt.want {
			t.Errorf("%s: %q and %q, want %q", tt.is, a, b, tt.want)
		}
		other := tt.want
		if other == "Times New Roman" {
			other = ".VnTime" // the font of style 1
		}
		if got := cells[2].Style.Font; got != other || !cells[2].Style.Date {
			t.Errorf("%s: %+v, want %q", tt.is, cells[2].Style, other)
		}
	}
}

// A refusal of a cell tells which one it was.
func TestRefusalNamesTheCell(t *testing.T) {
	for _, cell := range []string{`<c r="C7"><v>NaN</v></c>`, `<c r="C7" t="s"><v>9</v></c>`, `<c r="C7" s="9"><v>1</v></c>`, `<c r="C7" t="b"><f>A1</f><v>7</v></c>`} {
		_, err := load(workbook(`<row r="7"><c r="B7"><v>1</v></c>` + cell + `</row>`).zip(t))
		var e *tonghop.Error
		if !asError(err, &e) || e.Args["cell"] != "C7" || e.Args["sheet"] != "S" {
			t.Errorf("%s: %v", cell, err)
		}
	}
}
