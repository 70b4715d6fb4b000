package ods_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// brief writes a cell as kind, stored, shown, and what else there is to it.
func brief(c *tonghop.Cell) string {
	if c == nil {
		return "nil"
	}
	kind := [...]string{"blank", "number", "text", "bool", "error"}[c.Kind]
	s := fmt.Sprintf("%s %q", kind, c.Stored)
	if c.Shown != c.Stored {
		s += fmt.Sprintf(" shown %q", c.Shown)
	}
	if c.HasForm {
		s += " =" + c.Formula
		if !c.Cached {
			s += " uncached"
		}
	}
	if c.Style.Percent {
		s += " percent"
	}
	if c.Style.Date {
		s += " date"
	}
	return s
}

// Values as the programs write them, and as they are to be read.
func TestValues(t *testing.T) {
	const str, num = `office:value-type="string"`, `office:value-type="float"`
	tests := []struct{ name, cell, want string }{
		{"text", cell(str, "chữ"), `text "chữ"`},
		{"text without a type", cell("", "chữ"), `text "chữ"`},
		{"lines", cell(str, "a</text:p><text:p/><text:p>b"), `text "a\n\nb"`},
		{"blanks", cell(str, ` a<text:s text:c="3"/>b<text:s/>c<text:tab/>d<text:line-break/>e `), "text \" a   b c\\td\\ne \""},
		{"line ends", cell(str, "a\r\nb&#13;c"), `text "a\nb\nc"`},
		{"spans and links", cell(str, `a<text:span text:style-name="T1">b<text:span>c</text:span></text:span><text:a>d</text:a><text:sheet-name>e</text:sheet-name>`), `text "abcde"`},
		{"note in a cell", cell(str, `a</text:p><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>b`), `text "a\nb"`},
		{"note in a line", cell(str, `a<office:annotation><text:p>ghi chú</text:p></office:annotation><text:note><text:note-body>x</text:note-body></text:note>b`), `text "ab"`},
		{"ruby", cell(str, `<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>`), `text "漢"`},
		{"drawing in a cell", cell(str, `a</text:p><draw:frame><draw:text-box><text:p>hình</text:p></draw:text-box></draw:frame><text:p>b`), `text "a\nb"`},
		{"list", cell(str, `a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list><text:p>c`), `text "a\nb\nc"`},
		{"CDATA and references", cell(str, "<![CDATA[a<b]]>&amp;&#7843;"), `text "a<b&ả"`},
		{"text stated apart", cell(str+` office:string-value="thật"`, "hiện"), `text "thật" shown "hiện"`},
		{"text stated as nothing", cell(str+` office:string-value=""`, "hiện"), `text "hiện"`},
		{"lines stated apart", cell(str+` office:string-value="a&#10;b"`, "a</text:p><text:p>b"), `text "a\nb"`},
		{"empty text", cell(str, ""), "nil"},
		{"empty line", cell(str, "<text:span/>"), "nil"},
		{"number", cell(num+` office:value="43.20"`, "43,2"), `number "43.20" shown "43,2"`},
		{"number not shown", cell(num+` office:value="43.20"`, ""), `number "43.20" shown "43.2"`},
		{"number with exponent", cell(num+` office:value="1E3"`, ""), `number "1E3" shown "1000"`},
		{"number of Go's kind", cell(num+` office:value=" -5 "`, ""), `number "-5"`},
		{"number without a type", cell(`office:value="7"`, "7"), `number "7"`},
		{"number without a value", cell(num, "12"), `text "12"`},
		{"no number", cell(num+` office:value="NaN"`, "-"), `text "NaN" shown "-"`},
		{"percentage", cell(`office:value-type="percentage" office:value="0.5"`, "50%"), `number "0.5" shown "50%" percent`},
		{"percentage not shown", cell(`office:value-type="percentage" office:value="0.5"`, ""), `number "0.5" shown "50.00%" percent`},
		{"currency", cell(`office:value-type="currency" office:currency="VND" office:value="1500"`, "1.500 ₫"), `number "1500" shown "1.500 ₫"`},
		{"date", cell(`office:value-type="date" office:date-value="2023-06-30"`, "30/6/23"), `number "45107" shown "30/6/23" date`},
		{"date not shown", cell(`office:value-type="date" office:date-value="2023-06-30"`, ""), `number "45107" shown "30/06/2023" date`},
		{"date and time", cell(`office:value-type="date" office:date-value="2023-06-30T12:00:00"`, ""), `number "45107.5" shown "30/06/2023 12:00:00" date`},
		{"date and time with zone", cell(`office:value-type="date" office:date-value="2023-06-30T12:00:00Z"`, ""), `number "45107.5" shown "30/06/2023 12:00:00" date`},
		{"first date", cell(`office:value-type="date" office:date-value="1899-12-30"`, "30/12/1899"), `number "0" shown "30/12/1899" date`},
		{"date of early 1900", cell(`office:value-type="date" office:date-value="1900-01-01"`, ""), `number "1" shown "01/01/1900" date`},
		{"no date", cell(`office:value-type="date" office:date-value="2023-02-30"`, "30/2/2023"), `text "2023-02-30" shown "30/2/2023"`},
		{"year for a date", cell(`office:value-type="date" office:date-value="2023"`, ""), `text "2023"`},
		{"time", cell(`office:value-type="time" office:time-value="PT12H30M00S"`, "12:30"), `number "0.5208333333333334" shown "12:30" date`},
		{"long time", cell(`office:value-type="time" office:time-value="PT36H00M00.000S"`, ""), `number "1.5" shown "36:00:00" date`},
		{"time before noon", cell(`office:value-type="time" office:time-value="-P1DT6H"`, "-30:00"), `number "-1.25" shown "-30:00" date`},
		{"no time", cell(`office:value-type="time" office:time-value="P1Y"`, ""), `text "P1Y"`},
		{"true", cell(`office:value-type="boolean" office:boolean-value="true"`, "ĐÚNG"), `bool "TRUE" shown "ĐÚNG"`},
		{"false not shown", cell(`office:value-type="boolean" office:boolean-value="false"`, ""), `bool "FALSE"`},
		{"unknown type", cell(`office:value-type="void"`, "v"), `text "v"`},
		{"error of LibreOffice", cell(`table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"`, "#DIV/0!"), `error "#DIV/0!" =1/0`},
		{"error of Excel", cell(`table:formula="of:=1/0" office:value-type="string" office:string-value="#DIV/0!"`, "#DIV/0!"), `error "#DIV/0!" =1/0`},
		{"error of OpenOffice", cell(`table:formula="oooc:=[.A1]/0" office:value-type="float" office:value="0"`, "Err:503"), `error "Err:503" =A1/0`},
		{"text like an error", cell(`table:formula="of:=&quot;#N/A&quot;" office:value-type="string" office:string-value="#N/A" calcext:value-type="string"`, "#N/A"), `text "#N/A" ="#N/A"`},
		{"formula without a value", cell(`table:formula="of:=SUM([.A1:.B2])"`, ""), `blank "" =SUM(A1:B2) uncached`},
		{"formula with an empty text", cell(`table:formula="of:=&quot;&quot;"`, "<text:span/>"), `text "" =""`},
		{"formula with a stated empty text", cell(`table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""`, ""), `text "" =""`},
		{"result that shows a date", cell(`table:formula="of:=TODAY()" office:value-type="float" office:value="45107"`, "30/06/23"), `number "45107" shown "30/06/23" =TODAY() date`},
		{"result that shows percent", cell(`table:formula="of:=[.A1]" office:value-type="float" office:value="0.5"`, "50.00%"), `number "0.5" shown "50.00%" =A1 percent`},
		{"result of one digit, as Excel writes it", cell(`table:formula="of:=1+2" office:value-type="float" office:value="3"`, "3"), `number "3" =1+2`},
		{"result of one letter", cell(`table:formula="of:=[.A1]" office:value-type="string"`, "x"), `text "x" =A1`},
		{"result of one sign", cell(`table:formula="of:=[.A1]" office:value-type="string"`, "#"), `text "#" =A1`},
		{"result that shows TRUE", cell(`table:formula="of:=1=1" office:value-type="float" office:value="1"`, "TRUE"), `bool "TRUE" =1=1`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := brief(sheet(row(tt.cell)).load(t).Cell(1, 1)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestFormulas(t *testing.T) {
	tests := []struct{ in, want string }{
		{"of:=SUM([.A1:.B2];[.$C$3])*2", "SUM(A1:B2,$C$3)*2"},
		{"of:=['Biểu 03'.A1]+[$'it''s'.B2]+[$S.C3]", "'Biểu 03'!A1+'it''s'!B2+S!C3"},
		{"of:=SUM([.A:.B])+SUM([.1:.3])", "SUM(A:B)+SUM(1:3)"},
		{"of:=SUM([S1.A1:S3.B2])", "SUM(S1:S3!A1:B2)"},
		{"of:=SUM(['S 1'.A1:'S 3'.B2])", "SUM('S 1:S 3'!A1:B2)"},
		{"of:=SUM([S1.A1:S1.B2])", "SUM(S1!A1:B2)"},
		{"of:=['file:///tmp/a.ods'#$Biểu.A1]", "'[file:///tmp/a.ods]Biểu'!A1"},
		{"of:=[.#REF!#REF!]+[S.#REF!1]", "#REF!+S!#REF!"},
		{"of:=#REF!+1", "#REF!+1"},
		{`of:=SUM({1;2|3;4})&"a;b|c""[.A1]"`, `SUM({1,2;3,4})&"a;b|c""[.A1]"`},
		{"of:=SUM([.A1:.B2]![.B1:.C2])+INDEX([.A1]~[.B1];1)", "SUM(A1:B2 B1:C2)+INDEX(A1,B1,1)"},
		{"of:=COM.MICROSOFT.CONCAT([.A1];LEGACY.CHIDIST(1;2))", "CONCAT(A1,CHIDIST(1,2))"},
		{"oooc:=IF([.A1]>0;\"có\";\"không\")", `IF(A1>0,"có","không")`},
		{"msoxl:=SUM(A1:B2,{1,2;3,4})", "SUM(A1:B2,{1,2;3,4})"},
		{"=SUM(A1;Sheet1!B2)", "SUM(A1,Sheet1!B2)"},
		{"=SUM({1,2;3,4})", "SUM({1,2;3,4})"},
		{"of:==[.A1]", "A1"},
		{"of:=tổng+Tên_2", "tổng+Tên_2"},
		{"of:=[.A1", "[.A1"}, {`of:="a`, `"a`}, {"of:=[x]", "[x]"}, {"of:={{{}", "{{{}"}, {"of:=", ""}, {"A1", "A1"},
	}
	for _, tt := range tests {
		p := sheet(row(cell(`office:value-type="float" office:value="1" table:formula="`+strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(tt.in)+`"`, "1")))
		if got := p.load(t).Cell(1, 1); got.Formula != tt.want || !got.HasForm {
			t.Errorf("%s: %q, want %q", tt.in, got.Formula, tt.want)
		}
	}
}
