package html_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// excelPage is a sheet as Excel saves it as a web page.
const excelPage = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=ProgId content=Excel.Sheet>
<style>
<!--table
	{mso-displayed-decimal-separator:"\.";
	mso-displayed-thousand-separator:"\,";}
@page
	{margin:1.0in .75in 1.0in .75in;}
.font5
	{color:windowtext; font-family:".VnTimeH", sans-serif;}
tr
	{mso-height-source:auto;}
td
	{mso-style-parent:style0;
	padding-top:1px;
	font-family:Calibri, sans-serif;
	mso-number-format:General;}
.xl24
	{mso-style-parent:style0;
	font-family:".VnTime", sans-serif;
	mso-font-charset:0;}
.xl25
	{mso-style-parent:style0;
	mso-number-format:"\#\,\#\#0\.00_\)\;\\\(\#\,\#\#0\.00\\\)\;\0022-\0022";}
.xl26
	{mso-number-format:Percent;}
.xl27
	{mso-number-format:"Short Date";}
.xl28
	{mso-number-format:"\@";}
-->
</style>
<!--[if gte mso 9]><xml>
 <x:ExcelWorkbook>
  <x:ExcelWorksheets>
   <x:ExcelWorksheet>
    <x:Name>Bi&#7875;u 03</x:Name>
    <x:WorksheetOptions><x:Selected/></x:WorksheetOptions>
   </x:ExcelWorksheet>
  </x:ExcelWorksheets>
  <x:Date1904/>
 </x:ExcelWorkbook>
</xml><![endif]-->
</head>
<body link=blue vlink=purple>
<table border=0 cellpadding=0 cellspacing=0 width=192 style='border-collapse:collapse;table-layout:fixed;width:144pt'>
 <col width=64 span=2 style='width:48pt'>
 <col width=0 style='display:none;mso-width-source:userset'>
 <tr height=17 style='height:12.75pt'>
  <td height=17 class=xl24 width=64 style='height:12.75pt;width:48pt'>X· Long
  §øc</td>
  <td class=xl25 align=right width=64 x:num="1234.5">1,234.50</td>
  <td class=xl26 align=right width=0 x:num="0.855" x:fmla="=A1/B1">85.50%</td>
 </tr>
 <tr height=17 style='height:12.75pt'>
  <td class=xl27 align=right x:num="43646">30/06/2023</td>
  <td class=xl28 x:str="'05">05</td>
  <td align=center x:err="#N/A" x:fmla="=NA()">#N/A</td>
  <td align=center x:bool="TRUE">TRUE</td>
  <td align=right x:num>12</td>
  <td align=right x:num x:fmla="=SUM(A3:A4)"></td>
  <td>85,5</td>
  <td align=right>43.2</td>
  <td class=xl26>85</td>
  <td class=xl28>7</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=64 style='width:48pt'></td>
  <td width=64 style='width:48pt'></td>
  <td width=0></td>
 </tr>
 <![endif]>
</table>
</body>
</html>
`

// Where the table says that what is not marked is text, a figure is text.
func TestExcelMarks(t *testing.T) {
	b, err := load("<table x:str><tr><td>12</td><td x:num>12</td></tr></table>")
	if err != nil {
		t.Fatal(err)
	}
	if s := &b.Sheets[0]; s.Cell(1, 1).Kind != tonghop.CellText || s.Cell(1, 2).Kind != tonghop.CellNumber {
		t.Errorf("%+v", s.Lines)
	}
}

func TestExcelPage(t *testing.T) {
	b, err := load(excelPage)
	if err != nil {
		t.Fatal(err)
	}
	calibri := &tonghop.Style{Font: "Calibri", NumberFormat: "General"}
	text := func(row, col int, s string, style *tonghop.Style) tonghop.Cell {
		return tonghop.Cell{Row: row, Col: col, Kind: tonghop.CellText, Stored: s, Shown: s, Style: style}
	}
	want := &tonghop.Book{Format: "html", Date1904: true, Sheets: []tonghop.Sheet{{
		Name: "Biểu 03", HiddenCols: map[int]bool{3: true},
		Lines: []tonghop.Line{
			{Row: 1, Cells: []tonghop.Cell{
				text(1, 1, "X· Long §øc", &tonghop.Style{Font: ".VnTime", NumberFormat: "General"}),
				{Row: 1, Col: 2, Kind: tonghop.CellNumber, Stored: "1234.5", Shown: "1,234.50", Style: &tonghop.Style{Font: "Calibri", NumberFormat: `#,##0.00_);\(#,##0.00\);"-"`}},
				{Row: 1, Col: 3, Kind: tonghop.CellNumber, Stored: "0.855", Shown: "85.50%", Formula: "A1/B1", HasForm: true, Cached: true, Style: &tonghop.Style{Font: "Calibri", NumberFormat: "0.00%", Percent: true}},
			}},
			{Row: 2, Cells: []tonghop.Cell{
				{Row: 2, Col: 1, Kind: tonghop.CellNumber, Stored: "43646", Shown: "30/06/2023", Style: &tonghop.Style{Font: "Calibri", NumberFormat: "dd/mm/yyyy", Date: true}},
				text(2, 2, "05", &tonghop.Style{Font: "Calibri", NumberFormat: "@"}),
				{Row: 2, Col: 3, Kind: tonghop.CellError, Stored: "#N/A", Shown: "#N/A", Formula: "NA()", HasForm: true, Cached: true, Style: calibri},
				{Row: 2, Col: 4, Kind: tonghop.CellBool, Stored: "TRUE", Shown: "TRUE", Style: calibri},
				{Row: 2, Col: 5, Kind: tonghop.CellNumber, Stored: "12", Shown: "12", Style: calibri},
				{Row: 2, Col: 6, Formula: "SUM(A3:A4)", HasForm: true, Style: calibri},
				text(2, 7, "85,5", calibri),
				{Row: 2, Col: 8, Kind: tonghop.CellNumber, Stored: "43.2", Shown: "43.2", Style: calibri},
				text(2, 9, "85", &tonghop.Style{Font: "Calibri", NumberFormat: "0.00%", Percent: true}),
				text(2, 10, "7", &tonghop.Style{Font: "Calibri", NumberFormat: "@"}),
			}},
		},
	}}}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
}
