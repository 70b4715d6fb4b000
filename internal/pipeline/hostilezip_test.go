//go:build !race

package pipeline_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

// part is one entry of an archive.
type part struct{ name, body string }

// packed makes an archive of the parts, packed quickly.
func packed(t testing.TB, parts ...part) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// lied changes a figure of the directory for the entry of that name: what the
// archive says of it and what it is differ. The fields are 20 (packed size),
// 24 (size), 42 (place); the local header is left, or changed too.
func lied(t testing.TB, file []byte, name string, field int, to uint32) []byte {
	t.Helper()
	at := bytes.LastIndex(file, []byte(name)) - 46
	if at < 0 || !bytes.HasPrefix(file[at:], []byte("PK\x01\x02")) {
		t.Fatalf("no entry %s in the directory", name)
	}
	binary.LittleEndian.PutUint32(file[at+field:], to)
	return file
}

// The names of the parts of a workbook.
const (
	xlTypes   = "[Content_Types].xml"
	xlBook    = "xl/workbook.xml"
	xlLinks   = "xl/_rels/workbook.xml.rels"
	xlSheet   = "xl/worksheets/sheet1.xml"
	xlStrings = "xl/sharedStrings.xml"
	xlStyles  = "xl/styles.xml"
	xlMain    = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	xlRel     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	xlPackage = "http://schemas.openxmlformats.org/package/2006/"
)

// workbook is a workbook of one sheet, whose rows and what follows them are
// given; more parts replace those of the same name or come behind them.
func workbook(data, tail string, more ...part) []part {
	parts := []part{
		{xlTypes, `<Types xmlns="` + xlPackage + `content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + xlPackage + `relationships"><Relationship Id="r1" Type="` + xlRel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{xlBook, `<workbook` + xlMain + ` xmlns:r="` + xlRel + `"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{xlLinks, `<Relationships xmlns="` + xlPackage + `relationships"><Relationship Id="r1" Type="` + xlRel + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + xlRel + `/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="` + xlRel + `/styles" Target="styles.xml"/></Relationships>`},
		{xlSheet, `<worksheet` + xlMain + `><sheetData>` + data + `</sheetData>` + tail + `</worksheet>`},
		{xlStrings, `<sst` + xlMain + `><si><t>zero</t></si></sst>`},
		{xlStyles, `<styleSheet` + xlMain + `><numFmts><numFmt numFmtId="164" formatCode="#,##0.00"/></numFmts><fonts><font><name val="Times New Roman"/></font><font><name val=".VnTime"/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/></cellXfs></styleSheet>`},
	}
	for _, m := range more {
		at := 0
		for at < len(parts) && parts[at].name != m.name {
			at++
		}
		if at == len(parts) {
			parts = append(parts, m)
		} else {
			parts[at] = m
		}
	}
	return parts
}

// many writes a text for each number below n.
func many(n int, write func(b *strings.Builder, i int)) string {
	var b strings.Builder
	for i := range n {
		write(&b, i)
	}
	return b.String()
}
