package ods_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/ods"
)

// Packages and parts that are told apart, and what is said of them.
func TestRefused(t *testing.T) {
	num := cell(`office:value-type="float" office:value="1"`, "1")
	good := row(num)
	tests := []struct {
		name string
		p    *parts
		code string
	}{
		{"honest", sheet(good), ""},
		{"template", sheet(good).set("mimetype", sheetMime+"-template\n"), ""},
		{"no mimetype", without(sheet(good), "mimetype"), ""},
		{"no manifest", without(sheet(good), "META-INF/manifest.xml"), ""},
		{"old manifest", sheet(good).set("META-INF/manifest.xml", `<?xml version="1.0"?><!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>`), ""},
		{"manifest with entities", sheet(good).set("META-INF/manifest.xml", `<!DOCTYPE m [<!ENTITY a "b">]><m/>`), "file.unsafe_xml"},
		{"content with a document type", sheet(good).set("content.xml", `<!DOCTYPE m><m/>`), "file.unsafe_xml"},
		{"text document", body(`<office:text/>`).set("mimetype", "application/vnd.oasis.opendocument.text"), "file.not_spreadsheet"},
		{"text that calls itself a spreadsheet", body(`<office:text/>`), "file.not_spreadsheet"},
		{"presentation by its manifest", without(body(`<office:presentation/>`), "mimetype"), "file.not_spreadsheet"},
		{"nothing known", (&parts{body: map[string]string{}}).set("a", "b"), "file.not_spreadsheet"},
		{"no content", without(sheet(good), "content.xml"), "file.damaged"},
		{"encrypted", sheet("").set("META-INF/manifest.xml", `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>`).set("content.xml", "\x00\x01"), "file.encrypted"},
		{"no sheets", body(`<office:spreadsheet/>`), "file.no_sheets"},
		{"empty body", body(``), "file.not_spreadsheet"},
		{"sheet twice", body(`<office:spreadsheet><table:table table:name="a"/><table:table table:name="A"/></office:spreadsheet>`), "file.damaged"},
		{"unknown element among rows", sheet(`<table:row/>`), "file.damaged"},
		{"unknown element among cells", sheet(row(`<table:cell/>`)), "file.damaged"},
		{"table in a cell", sheet(row(cell("", "x</text:p><table:table/><text:p>"))), "file.damaged"},
		{"count that is none", sheet(row(cell(`table:number-columns-repeated="-1"`, "x"))), "file.damaged"},
		{"content outside the sheet", sheet(row(cell(`table:number-columns-repeated="16384"`, ""), num)), "file.damaged"},
		{"row outside the sheet", sheet(`<table:table-row table:number-rows-repeated="1048576"/>` + good), "file.damaged"},
		{"styles after the body", sheet(good).set("content.xml", strings.Replace(sheet(good).body["content.xml"], "</office:body>", "</office:body><office:automatic-styles/>", 1)), "file.damaged"},
		{"not well formed", sheet(good + "<"), "file.damaged"},
		{"text between rows", sheet(good + "x"), "file.damaged"},
		{"styles not well formed", sheet(good).set("styles.xml", "<a>"), "file.damaged"},
		{"undeclared prefix", sheet(`<table:table-row x:y="1"/>`), "file.damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := load(tt.p.zip(t))
			if got := tonghop.CodeOf(err); got != tt.code || err != nil && got == "" {
				t.Errorf("got %v, want %q", err, tt.code)
			}
		})
	}
	if _, err := load(readFile(t, "testdata/encrypted.ods")); tonghop.CodeOf(err) != "file.encrypted" {
		t.Errorf("LibreOffice's encrypted file: %v", err)
	}
}

func without(p *parts, name string) *parts {
	for i := range p.names {
		if p.names[i] == name {
			p.names = append(p.names[:i], p.names[i+1:]...)
			break
		}
	}
	return p
}

// A template and a flat file hold what the file holds of which they were made.
func TestOtherShapes(t *testing.T) {
	want := mustLoad(t, readFile(t, "testdata/types.ods"))
	same := func(name string, got *tonghop.Book) {
		d := differ{ours: got, theirs: want, excuse: noExcuse}
		d.books()
		for _, line := range d.found {
			t.Errorf("%s: %s", name, line)
		}
	}
	same("types.ots", mustLoad(t, readFile(t, "testdata/types.ots")))
	flat := readFile(t, "testdata/types.fods")
	if !ods.IsFlat(flat[:4096]) || ods.IsFlat(readFile(t, "testdata/types.ods")) {
		t.Error("flat file not recognised")
	}
	got, err := ods.LoadFlat(bytes.NewReader(flat), int64(len(flat)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	same("types.fods", got)
	for n := 0; n < len(flat)-1; n += len(flat)/100 + 1 {
		if _, err := ods.LoadFlat(bytes.NewReader(flat), int64(n), tonghop.Limits{}); tonghop.CodeOf(err) == "" {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
	if _, err := ods.LoadFlat(bytes.NewReader(flat), int64(len(flat)), tonghop.Limits{Part: 1000}); tonghop.CodeOf(err) != "file.too_large" {
		t.Errorf("above the limit: %v", err)
	}
}

// Dates may count from 1904.
func TestDate1904(t *testing.T) {
	settings := `<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>`
	book := mustLoad(t, body(`<office:spreadsheet>`+settings+`<table:table>`+row(cell(`office:value-type="date" office:date-value="1904-01-02"`, ""))+`</table:table></office:spreadsheet>`).zip(t))
	if got := brief(book.Sheets[0].Cell(1, 1)); !book.Date1904 || got != `number "1" shown "02/01/1904" date` {
		t.Errorf("%v %s", book.Date1904, got)
	}
}
