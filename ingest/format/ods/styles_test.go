package ods_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// Where a cell gets its font and its format from: itself, its row, its column,
// parents, defaults.
func TestStyles(t *testing.T) {
	common := `<office:document-styles` + spaces + `><office:font-face-decls><style:font-face style:name="F1" svg:font-family="&apos;.VnTime&apos;, serif"/></office:font-face-decls><office:styles>` +
		`<style:default-style style:family="table-cell"><style:text-properties style:font-name="Gốc"/></style:default-style>` +
		`<number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>` +
		`<style:style style:name="Default" style:family="table-cell" style:parent-style-name="Default"/>` +
		`<style:style style:name="Cha" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N1"><style:text-properties style:font-name="F1"/></style:style>` +
		`<style:style style:name="A" style:family="table-cell" style:parent-style-name="B"/><style:style style:name="B" style:family="table-cell" style:parent-style-name="A"/>` +
		`</office:styles></office:document-styles>`
	auto := `<style:style style:name="con" style:family="table-cell" style:parent-style-name="Cha"/>` +
		`<style:style style:name="riêng" style:family="table-cell"><style:text-properties fo:font-family="VNI-Times"/></style:style>` +
		`<style:style style:name="vòng" style:family="table-cell" style:parent-style-name="A"/>` +
		`<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="F1"/></style:style>` +
		`<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>`
	v := `office:value-type="float" office:value="0.5"`
	span := func(name, text string) string {
		return `<text:span text:style-name="` + name + `">` + text + `</text:span>`
	}
	s := sheet(`<table:table-column table:default-cell-style-name="con" table:number-columns-repeated="2"/><table:table-column table:number-columns-repeated="1022"/>`+
		row(cell(v, ""), cell(v+` table:style-name="riêng"`, ""), cell(v, ""), cell(v+` table:style-name="vòng"`, ""), cell(v+` table:style-name="không có"`, ""))+
		`<table:table-row table:default-cell-style-name="riêng">`+cell(v, "")+cell(v+` table:style-name="con"`, "")+cell(v, "")+`</table:table-row>`+
		row(cell(v+` table:number-columns-repeated="3"`, ""))+
		row(cell("", span("T1", "mét")+" "), cell("", span("T2", "mét")+span("T1", " hai")), cell("", "một "+span("T1", "hai")), cell("", span("không", "một"))),
		auto).set("styles.xml", common).load(t)
	want := map[string]string{
		"A1": ".VnTime 0.0% 50.0%", "B1": "VNI-Times  0.5", "C1": "Gốc  0.5", "D1": "Gốc  0.5", "E1": "Gốc  0.5",
		"A2": "VNI-Times  0.5", "B2": ".VnTime 0.0% 50.0%", "C2": "VNI-Times  0.5",
		"A3": ".VnTime 0.0% 50.0%", "B3": ".VnTime 0.0% 50.0%", "C3": "Gốc  0.5",
		"A4": ".VnTime 0.0% mét ", "B4": ".VnTime 0.0% mét hai", "C4": "Gốc  một hai", "D4": "Gốc  một",
	}
	got := map[string]string{}
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			got[tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()] = c.Style.Font + " " + c.Style.NumberFormat + " " + c.Shown
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Data styles and the format codes that say the same.
func TestDataStyles(t *testing.T) {
	n := func(attrs string) string { return `<number:number ` + attrs + `/>` }
	tests := []struct{ style, want string }{
		{`<number:number-style style:name="N">` + n(`number:min-integer-digits="1"`) + `</number:number-style>`, ""},
		{`<number:currency-style style:name="N"><number:text> <x:invisible xmlns:x="http://example.org" x:char="("/>đ<x:repeated xmlns:x="http://example.org"> </x:repeated></number:text>` + n(`number:decimal-places="1" number:min-integer-digits="1"`) + `</number:currency-style>`, `" đ"0.0`},
		{`<number:number-style style:name="N">` + n(`number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"`) + `</number:number-style>`, "#,##0.00"},
		{`<number:number-style style:name="N">` + n(`number:decimal-places="3" number:min-decimal-places="1" number:min-integer-digits="0"`) + `</number:number-style>`, "#.0##"},
		{`<number:number-style style:name="N">` + n(`number:decimal-places="2" number:decimal-replacement="" number:min-integer-digits="1"`) + `</number:number-style>`, "0.##"},
		{`<number:number-style style:name="N">` + n(`number:decimal-places="0" number:min-integer-digits="1" number:display-factor="1000"`) + `<number:text> nghìn</number:text></number:number-style>`, `0," nghìn"`},
		{`<number:number-style style:name="N"><number:number number:decimal-places="0" number:min-integer-digits="5"><number:embedded-text number:position="2">-</number:embedded-text></number:number></number:number-style>`, `000"-"00`},
		{`<number:percentage-style style:name="N">` + n(`number:decimal-places="1" number:min-integer-digits="1"`) + `<number:text> %</number:text></number:percentage-style>`, "0.0 %"},
		{`<number:number-style style:name="N">` + n(`number:decimal-places="0" number:min-integer-digits="1"`) + `<number:text>%</number:text></number:number-style>`, `0"%"`},
		{`<number:currency-style style:name="N">` + n(`number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"`) + `<number:text> </number:text><number:currency-symbol number:language="vi">₫</number:currency-symbol></number:currency-style>`, "#,##0 [$₫]"},
		{`<number:number-style style:name="N"><number:scientific-number number:decimal-places="2" number:min-integer-digits="1" number:min-exponent-digits="2"/></number:number-style>`, "0.00E+00"},
		{`<number:number-style style:name="N"><number:fraction number:min-integer-digits="0" number:min-numerator-digits="1" number:min-denominator-digits="2"/></number:number-style>`, "# ?/??"},
		{`<number:date-style style:name="N"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text> năm </number:text><number:year number:style="long"/></number:date-style>`, `dd/mm" năm "yyyy`},
		{`<number:date-style style:name="N"><number:day-of-week/><number:text> </number:text><number:day/><number:month number:textual="true" number:style="long"/><number:year/></number:date-style>`, "ddd dmmmmyy"},
		{`<number:time-style style:name="N" number:truncate-on-overflow="false"><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long" number:decimal-places="2"/></number:time-style>`, "[hh]:mm:ss.00"},
		{`<number:time-style style:name="N"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/><number:text> </number:text><number:am-pm/></number:time-style>`, "h:mm AM/PM"},
		{`<number:text-style style:name="N"><number:text-content/><number:text> "xã"</number:text></number:text-style>`, `@" "\""xã"\"""`},
		{`<number:boolean-style style:name="N"><number:boolean/></number:boolean-style>`, ""},
		{`<number:number-style style:name="P">` + n(`number:decimal-places="0" number:min-integer-digits="1"`) + `</number:number-style><number:number-style style:name="N"><style:text-properties fo:color="#ff0000"/><number:text>-</number:text>` + n(`number:decimal-places="0" number:min-integer-digits="1"`) + `<style:map style:condition="value()&gt;=0" style:apply-style-name="P"/></number:number-style>`, "0;[Red]-0"},
		{`<number:number-style style:name="P"><number:text>to</number:text></number:number-style><number:number-style style:name="N"><number:text>nhỏ</number:text><style:map style:condition="value()&gt;=100" style:apply-style-name="P"/></number:number-style>`, `[>=100]"to";"nhỏ"`},
		{`<number:number-style style:name="N">` + n(`number:decimal-places="999999999" number:min-integer-digits="999999999"`) + `</number:number-style>`, strings.Repeat("0", 30) + "." + strings.Repeat("0", 30)},
		{`<number:number-style style:name="N"><number:text>` + strings.Repeat("x", 2000) + `</number:text></number:number-style>`, ""},
	}
	for _, tt := range tests {
		s := sheet(row(cell(`table:style-name="ce1" office:value-type="float" office:value="1"`, "1")), tt.style, `<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N"/>`).load(t)
		if got := s.Cell(1, 1).Style.NumberFormat; got != tt.want {
			t.Errorf("%s\n%q, want %q", tt.style, got, tt.want)
		}
	}
}

// Repeated cells and rows, groups, merges, what is hidden, at their addresses.
func TestLayout(t *testing.T) {
	num := `office:value-type="float" office:value="1"`
	book := mustLoad(t, body(`<office:spreadsheet><table:tracked-changes><table:deletion><table:table-cell/></table:deletion></table:tracked-changes>`+
		`<table:table table:name="Một" table:style-name="ta2"><table:title>x</table:title><office:forms/><table:shapes/>`+
		`<table:table-column-group><table:table-column table:number-columns-repeated="2"/><table:table-header-columns><table:table-column table:visibility="collapse"/></table:table-header-columns></table:table-column-group>`+
		`<table:table-column table:number-columns-repeated="16381" table:visibility="filter"/>`+
		`<table:table-header-rows>`+row(cell(num+` table:number-columns-repeated="2"`, ""), cell(`table:number-columns-repeated="3"`, ""), cell(num, ""))+`</table:table-header-rows>`+
		`<text:soft-page-break/><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`+
		`<table:table-row-group><table:table-row-group><table:table-row table:number-rows-repeated="2" table:visibility="filter">`+cell(num+` table:number-columns-spanned="2"`, "")+`<table:covered-table-cell office:value-type="float" office:value="7"/></table:table-row></table:table-row-group></table:table-row-group>`+
		`<table:table-rows><table:table-row table:visibility="collapse">`+cell(`table:number-columns-spanned="2" table:number-rows-spanned="2"`, "a")+`<table:covered-table-cell/></table:table-row></table:table-rows>`+
		row(`<table:covered-table-cell table:number-columns-repeated="2"/>`, cell(num, ""))+
		`<table:table-row table:number-rows-repeated="1048567"><table:table-cell table:number-columns-spanned="3" table:number-columns-repeated="16384"/></table:table-row></table:table>`+
		`<table:table table:name="'file:///a.ods'#Bảng" table:style-name="ta_extref"><table:table-source/>`+row(cell(num, ""))+`</table:table>`+
		`<table:table/></office:spreadsheet>`, `<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>`).zip(t))
	s := &book.Sheets[0]
	if len(book.Sheets) != 2 || s.Name != "Một" || !s.Hidden || book.Sheets[1].Name != "Sheet2" || book.Sheets[1].Hidden {
		t.Fatalf("sheets %+v", book.Sheets)
	}
	var at []string
	for _, l := range s.Lines {
		for i := range l.Cells {
			at = append(at, fmt.Sprintf("%s %v", tonghop.Ref{Row: l.Cells[i].Row, Col: l.Cells[i].Col}.Cell(), l.Hidden))
		}
	}
	want := []string{"A1 false", "B1 false", "F1 false", "A5 true", "B5 true", "A6 true", "B6 true", "A7 true", "C8 false"}
	if diff := cmp.Diff(want, at); diff != "" {
		t.Error(diff)
	}
	merges := []tonghop.Area{{Top: 5, Left: 1, Bottom: 5, Right: 2}, {Top: 6, Left: 1, Bottom: 6, Right: 2}, {Top: 7, Left: 1, Bottom: 8, Right: 2}, {Top: 9, Left: 1, Bottom: 9, Right: 3}}
	if diff := cmp.Diff(merges, s.Merges); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[int]bool{3: true, 4: true, 5: true, 6: true}, s.HiddenCols); diff != "" {
		t.Error(diff)
	}
}
