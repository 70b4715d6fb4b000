//go:build !race

package pipeline_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// hostileXLSX are the files of the newer Excel.
func hostileXLSX() []hostile {
	book := func(data, tail string, more ...part) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return packed(t, workbook(data, tail, more...)...) }
	}
	rep, one := strings.Repeat, `<row r="1"><c r="A1"><v>1</v></c></row>`
	return append(bigXLSX(), []hostile{
		{"a cell at XFD1048576", book(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, ""), "", cheap},
		{"2,000 rows of XFD alone", book(many(2000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<row r="%d"><c r="XFD%[1]d" t="inlineStr"><is><t>Xã %[1]d</t></is></c></row>`, i+1)
		}), ""), "", cheap},
		{"2,000 cells on the diagonal", book(many(2000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<row r="%d"><c r="%s" t="inlineStr"><is><t>Xã %[1]d</t></is></c></row>`, i*500+1, tonghop.Ref{Row: i*500 + 1, Col: i*8 + 1}.Cell())
		}), ""), "", cheap},
		{"200,000 merges", book(one, `<mergeCells>`+many(200_000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<mergeCell ref="A%d:B%d"/>`, i+1, i+1)
		})+`</mergeCells>`), "file.too_many_merges", dear},
		{"20,000 merges of the whole sheet", book(one, `<mergeCells>`+rep(`<mergeCell ref="A1:XFD1048576"/>`, 20_000)+`</mergeCells>`), "", cheap},
		{"20,000 merges in a column of texts", book(many(60_000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<row r="%d"><c r="A%[1]d" t="inlineStr"><is><t>%d.%d</t></is></c></row>`, i+1, i%19+1, i%5+1)
		}), `<mergeCells>`+many(20_000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<mergeCell ref="A%d:A%d"/>`, 3*i+1, 3*i+3)
		})+`</mergeCells>`), "", dear},
		{"a shared formula in a million cells", book(`<row r="1"><c r="A1"><f t="shared" ref="A1:CV10000" si="0">`+rep("A1+", 300)+`1</f><v>1</v></c></row>`+
			many(10_000, func(b *strings.Builder, i int) {
				b.WriteString(`<row r="` + strconv.Itoa(i+2) + `">`)
				for range 100 {
					b.WriteString(`<c><f t="shared" si="0"/><v>1</v></c>`)
				}
				b.WriteString(`</row>`)
			}), ""), "", huge},
		{"a million shared formulas", book(many(50_000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<row r="%d">`, i+1)
			for c := range 20 {
				fmt.Fprintf(b, `<c><f t="shared" ref="A1" si="%d">A%d+1</f><v>1</v></c>`, i*20+c, i+1)
			}
			b.WriteString(`</row>`)
		}), ""), "", huge},
		{"200,000 sums of everything, without values", book(many(20_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row>` + strings.Repeat(`<c><f>SUM($L$1:$XFD$1048576)+COUNTA($L:$L)</f></c>`, 10) + `</row>`)
		}), ""), "", dear},
		{"formulas that wait for the next row", book(many(100_000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<row r="%d"><c r="A%[1]d"><f>A%d+1</f></c></row>`, i+1, i+2)
		}), ""), "", dear},
		{"formulas in a circle", book(many(1000, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<row r="%d"><c r="A%[1]d"><f>SUM(A1:A1000)</f></c></row>`, i+1)
		}), ""), "", cheap},
		{"brackets in a formula", book(`<row><c><f>SUM`+rep("(", 8000)+`1`+rep(")", 8000)+`</f></c></row>`, ""), "", cheap},
		{"elements a million deep", book(one, rep("<a>", 1<<20)), "file.damaged", cheap},
		{"elements 200 deep", book(one, rep("<a>", 200)+rep("</a>", 200)), "", cheap},
		{"a tag that does not end", book(one, `<a b="`+many(3<<20, func(b *strings.Builder, i int) { b.WriteByte('a' + byte(i*i>>5)%26) })), "file.damaged", dear},
		{"entities", book("", "", part{xlSheet, `<!DOCTYPE a [<!ENTITY b "` + rep("x", 1000) + `"><!ENTITY c "` + rep("&b;", 1000) + `">]><worksheet` + xlMain + `><sheetData><row><c t="str"><v>` + rep("&c;", 1000) + `</v></c></row></sheetData></worksheet>`}), "file.unsafe_xml", cheap},
		{"a bomb, flat", book(rep(" ", 90<<20), ""), "file.bomb", dear},
		{"a bomb in a picture", book(one, "", part{"xl/media/image1.png", rep("\x00", 90<<20)}), "file.bomb", dear},
		{"a bomb in many parts", func(t testing.TB) []byte {
			parts := workbook(one, "")
			for i := range 700 {
				parts = append(parts, part{fmt.Sprintf("xl/media/%d.bin", i), rep("\x00", 999<<10)})
			}
			return packed(t, parts...)
		}, "file.too_large", dear},
		{"bombs in each other", func(t testing.TB) []byte {
			inner := packed(t, part{"a", rep(" ", 50<<20)})
			for range 5 {
				parts := make([]part, 10)
				for i := range parts {
					parts[i] = part{fmt.Sprintf("%d.zip", i), string(inner)}
				}
				inner = packed(t, parts...)
			}
			return packed(t, append(workbook(one, ""), part{"xl/embeddings/a.zip", string(inner)})...)
		}, "", dear},
		{"a size that is too small", func(t testing.TB) []byte {
			return lied(t, packed(t, workbook(one, "")...), xlSheet, 24, 10)
		}, "file.damaged", cheap},
		{"a size of 4 GB", func(t testing.TB) []byte {
			return lied(t, packed(t, workbook(one, "")...), xlSheet, 24, 0xfffffff0)
		}, "file.too_large", cheap},
		{"two entries in one place", func(t testing.TB) []byte {
			return lied(t, packed(t, workbook(one, "", part{"xl/a.xml", "<a/>"})...), "xl/a.xml", 42, 0)
		}, "file.damaged", cheap},
		{"a part twice", func(t testing.TB) []byte {
			return packed(t, append(workbook(one, ""), part{xlSheet, "<a/>"})...)
		}, "file.unsafe_names", cheap},
		{"a part twice in capitals", func(t testing.TB) []byte {
			return packed(t, append(workbook(one, ""), part{"XL/Worksheets/Sheet1.XML", "<a/>"})...)
		}, "file.unsafe_names", cheap},
		{"a name that leads out", book(one, "", part{"../../etc/cron.d/x", "x"}), "file.unsafe_names", cheap},
		{"a name from the root", book(one, "", part{"/etc/passwd", "x"}), "file.unsafe_names", cheap},
		{"a name on a drive", book(one, "", part{`C:\autoexec.bat`, "x"}), "file.unsafe_names", cheap},
		{"a sheet that leads out", book(one, "", part{xlLinks, `<Relationships xmlns="` + xlPackage + `relationships"><Relationship Id="r1" Type="` + xlRel + `/worksheet" Target="../../../../etc/passwd"/></Relationships>`}), "file.damaged", cheap},
		{"more parts than anybody has", func(t testing.TB) []byte {
			parts := workbook(one, "")
			for i := range 10_001 {
				parts = append(parts, part{fmt.Sprintf("xl/media/%d", i), ""})
			}
			return packed(t, parts...)
		}, "file.too_many_parts", dear},
		{"a text that does not exist", book(`<row><c t="s"><v>7</v></c></row>`, ""), "file.damaged", cheap},
		{"a text beyond any number", book(`<row><c t="s"><v>99999999999999999999</v></c></row>`, ""), "file.damaged", cheap},
		{"texts said to be thousands of millions", book(one, "", part{xlStrings, `<sst` + xlMain + ` count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>`}), "", cheap},
		{"a look that does not exist", book(`<row><c s="4000000000"><v>1</v></c></row>`, ""), "file.damaged", cheap},
		{"columns without end", book(one, "", part{xlSheet, `<worksheet` + xlMain + `><cols>` + rep(`<col min="1" max="4000000000" hidden="1"/>`, 10_000) + `</cols><sheetData>` + one + `</sheetData></worksheet>`}), "", huge},
		{"1,000 sheets that are one part", func(t testing.TB) []byte { return packed(t, shareSheet(1000)...) }, "file.damaged", huge},
		{"100,000 sheets", func(t testing.TB) []byte { return packed(t, shareSheet(100_000)...) }, "file.damaged", dear},
		{"more cells than allowed", book(numbers(20_001, 100), ""), "file.too_many_cells", huge},
	}...)
}

// shareSheet is a workbook whose n sheets are the same part, of 100,000 cells.
func shareSheet(n int) []part {
	return workbook(numbers(1000, 100), "",
		part{xlBook, `<workbook` + xlMain + ` xmlns:r="` + xlRel + `"><sheets>` + many(n, func(b *strings.Builder, i int) {
			fmt.Fprintf(b, `<sheet name="S%d" sheetId="%d" r:id="r1"/>`, i, i+1)
		}) + `</sheets></workbook>`})
}

// numbers are rows of different numbers.
func numbers(rows, cols int) string {
	return many(rows, func(b *strings.Builder, r int) {
		b.WriteString(`<row r="` + strconv.Itoa(r+1) + `">`)
		for c := range cols {
			b.WriteString(`<c s="1"><v>` + figure(r*cols+c) + `</v></c>`)
		}
		b.WriteString(`</row>`)
	})
}

// figure is the i-th of many different numbers.
func figure(i int) string { return strconv.Itoa(i*7919%100_003) + "." + strconv.Itoa(i%97) }

// word is the i-th of many different texts.
func word(i int) string {
	return "Xã " + string(rune('A'+i%26)) + strconv.FormatInt(int64(i)*2654435761%4294967291, 36)
}

// bigXLSX are honest, and as big as the limits allow.
func bigXLSX() []hostile {
	book := func(data, tail func() string, more ...part) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return packed(t, workbook(data(), tail(), more...)...) }
	}
	none := func() string { return "" }
	rows := func(n int, write func(b *strings.Builder, i int)) func() string {
		return func() string { return many(n, write) }
	}
	return []hostile{
		{"16,384 columns", book(func() string { return numbers(10, 16_384) }, none), "", dear},
		{"16,384 columns, two million cells", book(func() string { return numbers(122, 16_384) }, none), "", huge},
		{"a million formatted empty rows", book(rows(1<<20, func(b *strings.Builder, i int) {
			b.WriteString(`<row r="` + strconv.Itoa(i+1) + `" s="1" customFormat="1" ht="15.75" spans="1:20"/>`)
		}), none), "", huge},
		{"100,000 formatted empty rows", book(rows(100_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row r="` + strconv.Itoa(i+1) + `" s="1" customFormat="1" ht="15.75"/>`)
		}), none), "", dear},
		{"three million formatted empty cells", book(rows(100_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row r="` + strconv.Itoa(i+1) + `">` + strings.Repeat(`<c s="1"/>`, 30) + `</row>`)
		}), none), "", huge},
		{"two million numbers", book(func() string { return numbers(20_000, 100) }, none), "", huge},
		{"200,000 numbers", book(func() string { return numbers(2000, 100) }, none), "", dear},
		{"a million rows of two numbers", book(func() string { return numbers(1_000_000, 2) }, none), "", huge},
		{"two million texts in place", book(rows(100_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row>`)
			for c := range 20 {
				b.WriteString(`<c t="str"><v>` + word(i*20+c) + `</v></c>`)
			}
			b.WriteString(`</row>`)
		}), none), "", huge},
		{"a million shared texts", book(rows(100_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row>`)
			for c := range 10 {
				b.WriteString(`<c t="s"><v>` + strconv.Itoa(i*10+c) + `</v></c>`)
			}
			b.WriteString(`</row>`)
		}), none, part{xlStrings, `<sst` + xlMain + `>` + many(1_000_000, func(b *strings.Builder, i int) {
			b.WriteString(`<si><t>` + word(i) + `</t></si>`)
		}) + `</sst>`}), "", huge},
		{"two million formulas", book(rows(50_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row>`)
			for c := range 40 {
				b.WriteString(`<c><f>A` + strconv.Itoa(i+1) + `+` + strconv.Itoa(c) + `</f><v>` + strconv.Itoa(i%1000) + `</v></c>`)
			}
			b.WriteString(`</row>`)
		}), none), "", huge},
		{"texts of 50 MB", book(rows(2400, func(b *strings.Builder, i int) {
			b.WriteString(`<row><c t="str"><v>` + word(i))
			for k := range 2300 {
				b.WriteString(" " + strconv.Itoa(k*i%99_991) + "đạt")
			}
			b.WriteString(`</v></c></row>`)
		}), none), "", huge},
		{"two million cells and 60 MB of text", textXLSX(3), "", huge},
		{"20,000 merges", book(func() string { return numbers(20_000, 4) }, func() string {
			return `<mergeCells>` + many(20_000, func(b *strings.Builder, i int) { fmt.Fprintf(b, `<mergeCell ref="E%d:H%d"/>`, i+1, i+1) }) + `</mergeCells>`
		}), "", dear},
		{"1,000 sheets", func(t testing.TB) []byte {
			links := many(1000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/%[1]d.xml"/>`, i+10, xlRel)
			})
			sheets := many(1000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<sheet name="S%d" sheetId="%[1]d" r:id="r%[1]d"/>`, i+10)
			})
			parts := workbook("", "", part{xlLinks, `<Relationships xmlns="` + xlPackage + `relationships">` + links + `</Relationships>`},
				part{xlBook, `<workbook` + xlMain + ` xmlns:r="` + xlRel + `"><sheets>` + sheets + `</sheets></workbook>`})
			for i := range 1000 {
				parts = append(parts, part{fmt.Sprintf("xl/worksheets/%d.xml", i+10), `<worksheet` + xlMain + `><sheetData>` + numbers(10, 10) + `</sheetData></worksheet>`})
			}
			return packed(t, parts...)
		}, "", dear},
	}
}

// textXLSX is a workbook of 1.96 million cells with different texts on two
// sheets, each so many words long.
func textXLSX(words int) func(testing.TB) []byte {
	sheet := func(from int) string {
		return `<worksheet` + xlMain + `><sheetData>` + many(20_000, func(b *strings.Builder, i int) {
			b.WriteString(`<row>`)
			for c := range 49 {
				b.WriteString(`<c t="str"><v>` + word(from+i*49+c) + strings.Repeat(" đạt", words) + `</v></c>`)
			}
			b.WriteString(`</row>`)
		}) + `</sheetData></worksheet>`
	}
	return func(t testing.TB) []byte {
		parts := manySheets(part{}, 2)
		for i := range parts {
			if parts[i].body == "" {
				parts[i].body = sheet(i * 1_000_000)
			}
		}
		return packed(t, parts...)
	}
}
