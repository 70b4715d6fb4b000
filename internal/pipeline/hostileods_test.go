//go:build !race

package pipeline_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

const odsMime = "application/vnd.oasis.opendocument.spreadsheet"

// odsSpaces declares the namespaces.
const odsSpaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"`

// hostileODS are OpenDocument files, packed and flat.
func hostileODS() []hostile {
	rep := strings.Repeat
	one := `<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>`
	ods := func(rows func() string, more ...part) func(testing.TB) []byte {
		return func(t testing.TB) []byte {
			return packed(t, append([]part{{"mimetype", odsMime}, {"META-INF/manifest.xml", odsManifest}, {"content.xml", odsContent(rows())}}, more...)...)
		}
	}
	flat := func(rows func() string) func(testing.TB) []byte {
		return func(testing.TB) []byte { return []byte(odsFlat(rows())) }
	}
	is := func(s string) func() string { return func() string { return s } }
	repeated := func(rows, cols int) string {
		return fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="%d"/></table:table-row>`, rows, cols)
	}
	blank := `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:style-name="a" table:number-columns-repeated="16384"/></table:table-row>`
	return []hostile{
		{"formatted blanks to the last corner", ods(is(one + blank)), "", cheap},
		{"a million formatted empty rows", ods(func() string {
			return rep(`<table:table-row table:style-name="r"><table:table-cell table:style-name="a"/></table:table-row>`, 1<<20)
		}), "", huge},
		{"100,000 formatted empty rows", ods(func() string {
			return many(100_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<table:table-row table:style-name="r%d"><table:table-cell table:style-name="a%d"/></table:table-row>`, i%7, i%1001)
			}) + one
		}), "", dear},
		{"one cell in a million equal rows", ods(is(repeated(1_000_000, 1))), "", dear},
		{"two million equal cells", ods(is(repeated(1<<20, 1) + repeated(1, 16_384))), "file.damaged", dear},
		{"two million cells by repetition", ods(is(repeated(20_000, 100))), "", huge},
		{"every cell of a sheet", ods(is(repeated(1<<20, 16_384))), "file.too_many_cells", cheap},
		{"a thousand million rows", ods(is(repeated(1_000_000_000, 1))), "file.too_many_cells", cheap},
		{"200,000 numbers", ods(func() string { return odsNumbers(2000, 100) }), "", dear},
		{"two million numbers", ods(func() string { return odsNumbers(20_000, 100) }), "file.too_large", huge},
		{"a million numbers", ods(func() string { return odsNumbers(10_000, 100) }), "", huge},
		{"16,384 columns", ods(func() string { return odsNumbers(10, 16_384) }), "", dear},
		{"200,000 merges", ods(func() string {
			return many(200_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<table:table-row><table:table-cell table:number-columns-spanned="%d"/></table:table-row>`, i%9+2)
			})
		}), "file.too_many_merges", dear},
		{"20,000 merges of the whole sheet", ods(func() string {
			return one + many(20_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<table:table-row><table:table-cell table:number-columns-spanned="16384" table:number-rows-spanned="1048576"/><table:table-cell table:style-name="a%d"/></table:table-row>`, i)
			})
		}), "", cheap},
		{"groups a million deep", ods(func() string { return rep("<table:table-row-group>", 1<<20) }), "file.damaged", dear},
		{"spans 100,000 deep", ods(func() string {
			return `<table:table-row><table:table-cell><text:p>` + rep("<text:span>", 100_000)
		}), "file.damaged", cheap},
		{"blanks by a number", ods(is(`<table:table-row><table:table-cell><text:p><text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>`)), "file.damaged", cheap},
		{"a long text in all rows", ods(func() string {
			return `<table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>` + rep("đạt ", 300) + `</text:p></table:table-cell></table:table-row>`
		}), "file.too_large", cheap},
		{"a text of 20 MB", ods(func() string {
			return `<table:table-row><table:table-cell><text:p>` + many(3_000_000, func(b *strings.Builder, i int) { b.WriteString(figure(i)) }) + `</text:p></table:table-cell></table:table-row>`
		}), "", huge},
		{"entities", ods(is("&b;"), part{"styles.xml", `<!DOCTYPE a [<!ENTITY b "x">]><a/>`}), "file.unsafe_xml", cheap},
		{"a bomb in a picture", ods(is(one), part{"Pictures/a.png", rep("\x00", 90<<20)}), "file.bomb", dear},
		{"a content twice", ods(is(one), part{"content.xml", odsContent(one)}), "file.unsafe_names", cheap},
		{"a name that leads out", ods(is(one), part{"../../etc/x", "x"}), "file.unsafe_names", cheap},
		{"a size that is too small", func(t testing.TB) []byte { return lied(t, ods(is(one))(t), "content.xml", 24, 100) }, "file.damaged", cheap},
		{"flat: formatted blanks to the last corner", flat(is(one + blank)), "", cheap},
		{"flat: 100,000 numbers", flat(func() string { return odsNumbers(1000, 100) }), "", dear},
		{"flat: every cell of a sheet", flat(is(repeated(1<<20, 16_384))), "file.too_many_cells", cheap},
		{"flat: 18 MB of groups", flat(func() string { return rep("<table:table-row-group>", 800_000) }), "file.damaged", cheap},
		{"flat: a text of 18 MB", flat(func() string {
			return `<table:table-row><table:table-cell><text:p>` + rep("đạt rồi ", 1_600_000) + `</text:p></table:table-cell></table:table-row>`
		}), "", dear},
	}
}

const odsManifest = `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="` + odsMime + `"/></manifest:manifest>`

func odsContent(rows string) string {
	return `<office:document-content` + odsSpaces + `><office:body><office:spreadsheet><table:table table:name="S">` + rows +
		`</table:table></office:spreadsheet></office:body></office:document-content>`
}

func odsFlat(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document` + odsSpaces + ` office:mimetype="` + odsMime + `"><office:body><office:spreadsheet><table:table table:name="S">` +
		rows + `</table:table></office:spreadsheet></office:body></office:document>`
}

// odsNumbers are rows of different numbers.
func odsNumbers(rows, cols int) string {
	return many(rows, func(b *strings.Builder, r int) {
		b.WriteString(`<table:table-row>`)
		for c := range cols {
			v := figure(r*cols + c)
			b.WriteString(`<table:table-cell office:value-type="float" office:value="` + v + `"><text:p>` + strconv.Itoa(r) + `</text:p></table:table-cell>`)
		}
		b.WriteString(`</table:table-row>`)
	})
}
