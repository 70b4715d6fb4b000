//go:build !race

package pipeline_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// hostileCSV are texts.
func hostileCSV() []hostile {
	rep := strings.Repeat
	text := func(write func() string) func(testing.TB) []byte {
		return func(testing.TB) []byte { return []byte(write()) }
	}
	rows := func(n, cols int) func() string {
		return func() string {
			return many(n, func(b *strings.Builder, i int) {
				for c := range cols {
					b.WriteString(word(i*cols+c) + ";")
				}
				b.WriteString("\n")
			})
		}
	}
	return []hostile{
		{"one line of 19 MB", text(func() string { return rep("Đạt rồi ", 1_600_000) }), "file.text", dear},
		{"one line of 19 MB with separators", text(func() string { return rep("Đạt;", 2_900_000) }), "file.text", dear},
		{"one field of 19 MB", text(func() string { return "a;b;c\nd;e;f\n\"" + rep("Đạt rồi ", 1_600_000) + "\";h;i\n" }), "", dear},
		{"a million rows", text(rows(1_000_000, 1)), "file.text", huge},
		{"a million rows of two", text(rows(780_000, 2)), "", huge},
		{"50,000 rows of two", text(rows(50_000, 2)), "", cheap},
		{"1.9 million cells", text(func() string {
			return many(95_000, func(b *strings.Builder, i int) {
				for c := range 20 {
					b.WriteString(strconv.Itoa((i*20+c)%99_991) + ";")
				}
				b.WriteString("\n")
			})
		}), "", huge},
		{"more rows than a sheet has", text(func() string { return rep("a;b\n\n", 600_000) }), "file.beyond_sheet", huge},
		{"16,384 columns", text(func() string { return rep(rep("1;", 16_383)+"1\n", 10) }), "", dear},
		{"more columns than a sheet has", text(func() string { return rep(rep("1;", 16_384)+"1\n", 10) }), "file.beyond_sheet", cheap},
		{"nothing but separators", text(func() string { return rep(";", 19<<20) }), "file.text", dear},
		{"nothing but line ends", text(func() string { return rep("\n", 19<<20) }), "file.empty", dear},
		{"line ends before a table", text(func() string { return rep("\n", 10<<20) + "a;b\nc;d\n" }), "file.empty", cheap},
		{"a quote never closed", text(func() string { return rep("a;b;c;d;e;f;g\n", 20) + "\"a;" + rep("b;c\n", 4_000_000) }), "file.quotes", dear},
		{"a quote never closed in every row", text(func() string { return rep("a;\"b;c\n", 2_500_000) }), "file.text", dear},
		{"nothing but quotes", text(func() string { return rep(`"`, 19<<20) }), "file.text", dear},
		{"nothing but NUL", text(func() string { return rep("\x00", 19<<20) }), "file.empty", cheap},
		{"NUL between letters", text(func() string { return rep("a;\x00b\n", 3_000_000) }), "file.unknown", cheap},
		{"few NUL", text(func() string { return rep(rep("a;b\n", 50)+"c;\x00d\n", 1000) }), "", cheap},
		{"UTF-16 of 19 MB", text(func() string { return "\xff\xfe" + rep("a\x00;\x00b\x00\n\x00", 2_400_000) }), "file.too_many_cells", huge},
		{"half a pair in UTF-16", text(func() string { return "\xff\xfe" + rep("a\x00;\x00\x00\xd8\n\x00", 100_000) }), "", cheap},
		{"TCVN3 of 19 MB", text(func() string { return rep("X\xb7 \xa7\xf8c;\xa7\xb9t;12,5\n", 1_200_000) }), "file.too_many_cells", huge},
		{"TCVN3 of 2 MB", text(func() string { return rep("X\xb7 \xa7\xf8c;\xa7\xb9t;12,5\n", 130_000) }), "", dear},
		{"bytes of no encoding", text(func() string {
			return many(19<<20, func(b *strings.Builder, i int) { b.WriteByte(byte(i * i * 31 >> 3)) })
		}), "file.unknown", dear},
		{"marks without a letter", text(func() string { return "a;b\n" + rep("e"+rep("\u0301", 1000)+";x\n", 9000) }), "", huge},
		{"JSON of 19 MB", text(func() string { return "[" + rep(`{"a": 1},`, 2_000_000) + "]" }), "file.text", dear},
		{"brackets of 19 MB", text(func() string { return rep("[", 19<<20) }), "file.text", dear},
	}
}

// hostileHTML are pages, and web archives.
func hostileHTML() []hostile {
	rep := strings.Repeat
	page := func(write func() string) func(testing.TB) []byte {
		return func(testing.TB) []byte { return []byte("<html><body>" + write() + "</body></html>") }
	}
	archive := func(write func() string) func(testing.TB) []byte {
		return func(testing.TB) []byte { return []byte("MIME-Version: 1.0\n" + write()) }
	}
	return []hostile{
		{"300,000 tables in each other", page(func() string { return rep("<table><tr><td>", 300_000) }), "file.damaged", cheap},
		{"300,000 tables one after the other", page(func() string { return rep("<table><tr><td>a</table>", 300_000) }), "", dear},
		{"60 tables in each other, 20,000 times", page(func() string { return rep(rep("<table><tr><td>a<td>b", 60)+rep("</table>", 60), 5000) }), "", dear},
		{"a cell of 65,000 by 65,000", page(func() string { return `<table><tr><td colspan=65000 rowspan=65000>a<tr><td>b</table>` }), "file.beyond_sheet", cheap},
		{"19,000 cells of 65,000 by 65,000", page(func() string { return "<table>" + rep("<tr><td colspan=16384 rowspan=65000>a", 19_000) + "</table>" }), "file.damaged", dear},
		{"19,000 cells over all rows", page(func() string {
			return "<table><tr>" + rep("<td rowspan=65000>a", 16_000) + rep("<tr><td>b", 200_000) + "</table>"
		}), "file.damaged", dear},
		{"20,001 merged cells", page(func() string { return "<table>" + rep("<tr><td colspan=2>a", 20_001) + "</table>" }), "file.too_many_merges", cheap},
		{"100,000 cells", page(func() string { return htmlCells(1000, 100) }), "", dear},
		{"a million cells", page(func() string { return htmlCells(10_000, 100) }), "", huge},
		{"1.9 million cells", page(func() string { return "<table>" + rep("<tr>"+rep("<td>1", 100), 19_000) + "</table>" }), "", huge},
		{"more cells than allowed", page(func() string { return "<table>" + rep("<tr>"+rep("<td>1", 100), 20_001) + "</table>" }), "file.too_many_cells", huge},
		{"16,384 columns", page(func() string { return htmlCells(10, 16_384) }), "", dear},
		{"more columns than a sheet has", page(func() string { return htmlCells(2, 16_385) }), "file.beyond_sheet", cheap},
		{"a million lines", page(func() string { return rep("a<br>", 1_000_000) + "<table><tr><td>a</table>" }), "", huge},
		{"19 MB of entities", page(func() string { return "<table><tr><td>" + rep("&nbsp;&#x10ffff;&zwnj;", 900_000) + "</table>" }), "", dear},
		{"entities that do not end", page(func() string { return "<table><tr><td>" + rep("&CounterClockwiseContourIntegra", 500_000) + "</table>" }), "", dear},
		{"elements never closed", page(func() string { return rep("<div><font face=a><b>", 900_000) + "<table><tr><td>a</table>" }), "", dear},
		{"attributes", page(func() string { return "<table><tr><td " + rep("a=b ", 4_000_000) + ">a</table>" }), "", dear},
		{"styles", page(func() string {
			return "<style>" + many(500_000, func(b *strings.Builder, i int) { fmt.Fprintf(b, ".a%d{display:none;color:red}", i) }) + "</style>" + htmlCells(100, 10)
		}), "", dear},
		{"a style that does not end", page(func() string { return "<table><tr><td>a</table><style>" + rep("a{b:c;", 2_000_000) }), "file.damaged", dear},
		{"brackets", page(func() string { return rep("<", 19<<20) + "<table><tr><td>a</table>" }), "", dear},
		{"comments", page(func() string { return rep("<!--x-->", 2_000_000) + "<table><tr><td>a</table>" }), "", dear},
		{"a text of 19 MB in a cell", page(func() string { return "<table><tr><td>" + rep("Đạt rồi ", 1_600_000) + "</table>" }), "", dear},
		{"hidden columns without end", page(func() string {
			return "<table>" + rep("<col span=16384 style='display:none'>", 400_000) + "<tr><td>a</table>"
		}), "", dear},
		{"an archive of 300,000 parts", archive(func() string {
			return "Content-Type: multipart/related; boundary=x\n\n" + rep("--x\nContent-Type: text/css\n\na{}\n", 300_000) + "--x--"
		}), "file.too_many_parts", cheap},
		{"archives 1,000 deep", archive(func() string {
			return many(1000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, "Content-Type: multipart/related; boundary=x%d\n\n--x%[1]d\n", i)
			}) +
				"Content-Type: text/html\n\n<table><tr><td>a</table>\n" + many(1000, func(b *strings.Builder, i int) { fmt.Fprintf(b, "--x%d--\n", 999-i) })
		}), "file.html_no_table", cheap},
		{"a header of 19 MB", archive(func() string {
			return "X: " + rep("a", 19<<20) + "\nContent-Type: text/html\n\n<table><tr><td>a</table>"
		}), "", dear},
		{"base64 of 19 MB", archive(func() string {
			return "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + rep("PHRhYmxlPjx0cj48dGQ+YTwvdGFibGU+\n", 500_000)
		}), "", dear},
		{"a part 1,000 times named", archive(func() string {
			return "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\nContent-Location: a.htm\n\n<html><!--[if gte mso 9]><xml>" +
				rep("<x:ExcelWorksheet><x:Name>A</x:Name><x:WorksheetSource HRef=\"b.htm\"/></x:ExcelWorksheet>", 3000) +
				"</xml><![endif]--><frameset></frameset></html>\n--x\nContent-Type: text/html\nContent-Location: b.htm\n\n<html><body>" + htmlCells(100, 10) + "</body></html>\n--x--"
		}), "file.too_many_cells", dear},
	}
}

func htmlCells(rows, cols int) string {
	return "<table>" + many(rows, func(b *strings.Builder, r int) {
		b.WriteString("<tr>")
		for c := range cols {
			b.WriteString("<td>" + word(r*cols+c))
		}
	}) + "</table>"
}

// hostileXMLSS are workbooks in one piece of XML.
func hostileXMLSS() []hostile {
	rep := strings.Repeat
	book := func(write func() string) func(testing.TB) []byte {
		return func(testing.TB) []byte { return []byte(xmlssBook(write())) }
	}
	one := `<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>`
	return []hostile{
		{"a cell in the last corner", book(func() string {
			return `<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell></Row>`
		}), "", cheap},
		{"an index beyond it", book(func() string { return `<Row ss:Index="99999999">` + one[5:] }), "file.beyond_sheet", cheap},
		{"an index beyond any number", book(func() string { return `<Row ss:Index="99999999999999999999">` + one[5:] }), "file.damaged", cheap},
		{"2,000 rows of the last column alone", book(func() string {
			return rep(`<Row><Cell ss:Index="16384"><Data ss:Type="String">Xã</Data></Cell></Row>`, 2000)
		}), "", cheap},
		{"a merge without end", book(func() string {
			return rep(`<Row><Cell ss:MergeAcross="999999999" ss:MergeDown="999999999"><Data ss:Type="Number">1</Data></Cell></Row>`, 2)
		}), "", cheap},
		{"20,000 merges of the whole sheet", book(func() string {
			return rep(`<Row><Cell ss:MergeAcross="16383" ss:MergeDown="1000000"><Data ss:Type="Number">1</Data></Cell></Row>`, 20_000)
		}), "", dear},
		{"20,001 merges", book(func() string { return rep(`<Row><Cell ss:MergeAcross="1"/></Row>`, 20_001) }), "file.too_many_merges", cheap},
		{"blank rows without end", book(func() string { return one + `<Row ss:Span="999999999"/>` }), "", cheap},
		{"columns without end", book(func() string { return rep(`<Column ss:Index="1" ss:Hidden="1" ss:Span="16383"/>`, 100_000) + one }), "file.damaged", cheap},
		{"elements 1,000,000 deep", book(func() string { return rep("<a>", 1_000_000) }), "file.damaged", cheap},
		{"runs 100,000 deep", book(func() string { return `<Row><Cell><Data ss:Type="String">` + rep("<B>", 100_000) }), "file.damaged", cheap},
		{"entities", func(testing.TB) []byte {
			return []byte(strings.Replace(xmlssBook(one), "?>", `?><!DOCTYPE a [<!ENTITY b "x">]>`, 1))
		}, "file.unsafe_xml", cheap},
		{"100,000 numbers", book(func() string { return xmlssNumbers(1000, 100) }), "", dear},
		{"300,000 numbers", book(func() string { return xmlssNumbers(3000, 100) }), "", huge},
		{"16,384 columns", book(func() string { return xmlssNumbers(10, 16_384) }), "", dear},
		{"200,000 formatted empty rows", book(func() string { return rep(`<Row ss:StyleID="s1" ss:Height="15.75"/>`, 200_000) + one }), "", dear},
		{"a text of 19 MB", book(func() string {
			return `<Row><Cell><Data ss:Type="String">` + rep("Đạt rồi ", 1_600_000) + `</Data></Cell></Row>`
		}), "", dear},
		{"100,000 sheets", func(testing.TB) []byte {
			return []byte(strings.Replace(xmlssBook(one), "</Workbook>", many(100_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<Worksheet ss:Name="%d"><Table>%s</Table></Worksheet>`, i, one)
			})+"</Workbook>", 1))
		}, "file.too_many_parts", dear},
		{"long formulas", book(func() string {
			return rep(`<Row><Cell ss:Formula="=`+rep("R[-1]C+", 1000)+`1"><Data ss:Type="Number">1</Data></Cell></Row>`, 2000)
		}), "", dear},
		{"brackets in formulas", book(func() string {
			return rep(`<Row><Cell ss:Formula="=`+rep("R[-R[", 8000)+`"><Data ss:Type="Number">1</Data></Cell></Row>`, 400)
		}), "", dear},
		{"a format of 1 MB", func(testing.TB) []byte {
			return []byte(strings.Replace(xmlssBook(one), "<Worksheet", `<Styles><Style ss:ID="Default"><NumberFormat ss:Format="`+rep("[&gt;1]0;", 20_000)+`"/></Style></Styles><Worksheet`, 1))
		}, "", cheap},
		{"a format of many digits in 100,000 cells", func(testing.TB) []byte {
			return []byte(strings.Replace(xmlssBook(xmlssNumbers(1000, 100)), "<Worksheet", `<Styles><Style ss:ID="Default"><NumberFormat ss:Format="0.`+rep("0", 8000)+`"/></Style></Styles><Worksheet`, 1))
		}, "", dear},
		{"numbers of 100,000 digits", book(func() string {
			return rep(`<Row><Cell><Data ss:Type="Number">`+rep("7", 90_000)+`</Data></Cell></Row>`, 200)
		}), "", dear},
		{"numbers with an exponent of millions", book(func() string { return rep(`<Row><Cell><Data ss:Type="Number">1E2000000000</Data></Cell></Row>`, 1000) }), "file.damaged", cheap},
		{"UTF-16", func(testing.TB) []byte {
			out := []byte{0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(strings.Replace(xmlssBook(xmlssNumbers(1000, 60)), "UTF-8", "UTF-16", 1))) {
				out = append(out, byte(u), byte(u>>8))
			}
			return out
		}, "", dear},
	}
}

func xmlssBook(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>` +
		rows + `</Table></Worksheet></Workbook>`
}

func xmlssNumbers(rows, cols int) string {
	return many(rows, func(b *strings.Builder, r int) {
		b.WriteString(`<Row>`)
		for c := range cols {
			b.WriteString(`<Cell><Data ss:Type="Number">` + figure(r*cols+c) + `</Data></Cell>`)
		}
		b.WriteString(`</Row>`)
	})
}
