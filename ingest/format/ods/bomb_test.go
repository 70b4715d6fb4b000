package ods_test

import (
	"bytes"
	"compress/flate"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/ods"
)

// Files made to exhaust a reader are refused, or read, at a small price.
func TestBombs(t *testing.T) {
	num := `office:value-type="float" office:value="1"`
	repeat := func(rows, cols string) string {
		return `<table:table-row table:number-rows-repeated="` + rows + `">` + cell(num+` table:number-columns-repeated="`+cols+`"`, "1") + `</table:table-row>`
	}
	empty := func(rows, cols string) string {
		return `<table:table-row table:number-rows-repeated="` + rows + `"><table:table-cell table:style-name="ce1" table:number-columns-repeated="` + cols + `"/></table:table-row>`
	}
	style := `<style:style style:name="ce1" style:family="table-cell"/>`
	tests := []struct {
		name  string
		p     func() *parts
		code  string
		memMB uint64 // allocated in all, at most
	}{
		{"styled blanks to the last corner", func() *parts { return sheet(empty("1048576", "16384"), style) }, "", 2},
		{"styled blanks beyond it", func() *parts { return sheet(empty("4000000000", "4000000000")+empty("9", "9"), style) }, "", 2},
		{"a thousand million cells in a row", func() *parts { return sheet(repeat("1", "1000000000")) }, "file.damaged", 2},
		{"a thousand million rows", func() *parts { return sheet(repeat("1000000000", "1")) }, "file.too_many_cells", 2},
		{"all rows times all columns", func() *parts { return sheet(repeat("1048576", "16384")) }, "file.too_many_cells", 12},
		{"full rows until the limit", func() *parts { return sheet(strings.Repeat(repeat("1", "16384"), 200)) }, "file.too_many_cells", 400},
		{"a million equal rows", func() *parts { return sheet(repeat("1000000", "1")) }, "", 450},
		{"long text in repeated rows", func() *parts {
			return sheet(`<table:table-row table:number-rows-repeated="100000">` + cell("", strings.Repeat("x", 3000)) + `</table:table-row>`)
		}, "file.too_large", 4},
		{"100,000 styled rows one by one", func() *parts {
			return sheet(strings.Repeat(`<table:table-row><table:table-cell table:style-name="ce1"/></table:table-row>`, 100_000), style)
		}, "", 4},
		{"blanks by a number", func() *parts { return sheet(row(cell("", `<text:s text:c="2000000000"/>`))) }, "file.damaged", 2},
		{"blanks by many numbers", func() *parts { return sheet(row(cell("", strings.Repeat(`<text:s text:c="65536"/>`, 10_000)))) }, "file.too_large", 400},
		{"merges of all cells, repeated", func() *parts {
			return sheet(`<table:table-row table:number-rows-repeated="1000000">` + strings.Repeat(cell(`table:number-columns-spanned="2"`, ""), 8000) + cell(num, "1") + `</table:table-row>`)
		}, "file.too_many_merges", 400},
		{"200,000 merges", func() *parts {
			return sheet(strings.Repeat(row(cell(`table:number-columns-spanned="2"`, "")), 200_000))
		}, "file.too_many_merges", 8},
		{"many sheets with all columns hidden", func() *parts {
			one := `<table:table><table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/>` + row(cell(`table:number-columns-repeated="16383"`, ""), cell(num, "")) + `</table:table>`
			return body(`<office:spreadsheet>` + strings.Repeat(one, 9_000) + `</office:spreadsheet>`)
		}, "file.too_many_cells", 150},
		{"more sheets than anybody has", func() *parts {
			return body(`<office:spreadsheet>` + strings.Repeat(`<table:table/>`, 20_000) + `</office:spreadsheet>`)
		}, "file.damaged", 160},
		{"more styles than anybody has", func() *parts { return sheet("", strings.Repeat(style, 100_000)) }, "file.damaged", 60},
		{"styles that inherit in a circle", func() *parts {
			return sheet(row(cell(num+` table:style-name="a"`, "1")), `<style:style style:name="a" style:family="table-cell" style:parent-style-name="b"/><style:style style:name="b" style:family="table-cell" style:parent-style-name="a"/>`)
		}, "", 2},
		{"data styles that apply each other", func() *parts {
			return sheet(row(cell(num+` table:style-name="a"`, "")), `<number:number-style style:name="N">`+strings.Repeat(`<style:map style:condition="value()&gt;1" style:apply-style-name="N"/>`, 50_000)+`</number:number-style><style:style style:name="a" style:family="table-cell" style:data-style-name="N"/>`)
		}, "", 4},
		{"deep nesting", func() *parts { return sheet(strings.Repeat("<table:table-row-group>", 1<<20)) }, "file.damaged", 4},
		{"deep spans", func() *parts { return sheet(row(cell("", strings.Repeat("<text:span>", 1<<20)))) }, "file.damaged", 4},
		{"an endless attribute", func() *parts { return sheet(`<table:table-row table:style-name="` + strings.Repeat("x", 3<<20)) }, "file.damaged", 8},
		{"entities", func() *parts {
			return sheet("").set("content.xml", `<!DOCTYPE a [<!ENTITY b "`+strings.Repeat("x", 1000)+`">]><a>`+strings.Repeat("&b;", 1000)+`</a>`)
		}, "file.unsafe_xml", 2},
		{"a formula of braces", func() *parts {
			return sheet(row(cell(`table:formula="of:=`+strings.Repeat("{", 900_000)+`"`, "1")))
		}, "", 30},
		{"a formula of brackets", func() *parts {
			return sheet(row(cell(`table:formula="of:=`+strings.Repeat("[.A1:", 180_000)+`"`, "1")))
		}, "", 30},
		{"a picture of 90 MB, all blanks", func() *parts { return sheet("").set("Pictures/a", strings.Repeat(" ", 90<<20)) }, "file.bomb", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			level := flate.HuffmanOnly
			if tt.code == "file.bomb" {
				level = flate.BestSpeed
			}
			file := tt.p().pack(t, level)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := ods.Load(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if got := tonghop.CodeOf(err); got != tt.code || err != nil && got == "" {
				t.Errorf("got %v, want %q", err, tt.code)
			}
			mb := (after.TotalAlloc - before.TotalAlloc) / tonghop.MB
			if mb > tt.memMB {
				t.Errorf("allocated %d MB, at most %d allowed", mb, tt.memMB)
			}
			if took > 60*time.Second { // far above what it takes, for a loaded machine with the race detector
				t.Errorf("took %v", took)
			}
			t.Logf("%d KB, %d MB allocated, %v", len(file)>>10, mb, took.Round(time.Millisecond))
		})
	}
}
