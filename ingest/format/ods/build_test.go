package ods_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

const sheetMime = "application/vnd.oasis.opendocument.spreadsheet"

// spaces declares the namespaces of hand-made parts.
const spaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"` +
	` xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"` +
	` xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"`

// parts is a package made by hand.
type parts struct {
	names []string
	body  map[string]string
}

// sheet makes a spreadsheet of one sheet with the rows (and columns), and
// automatic styles.
func sheet(rows string, auto ...string) *parts {
	return body(`<office:spreadsheet><table:table table:name="S">`+rows+`</table:table></office:spreadsheet>`, auto...)
}

// body makes a package whose content has the body.
func body(inside string, auto ...string) *parts {
	p := &parts{body: map[string]string{}}
	p.set("mimetype", sheetMime)
	p.set("META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="`+sheetMime+`"/></manifest:manifest>`)
	return p.set("content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content`+spaces+`><office:automatic-styles>`+
		strings.Join(auto, "")+`</office:automatic-styles><office:body>`+inside+`</office:body></office:document-content>`)
}

func (p *parts) set(name, body string) *parts {
	if _, ok := p.body[name]; !ok {
		p.names = append(p.names, name)
	}
	p.body[name] = body
	return p
}

// zip packs the parts quickly, so that no ratio stands in the way of what is
// tested.
func (p *parts) zip(t testing.TB) []byte { return p.pack(t, flate.HuffmanOnly) }

func (p *parts) pack(t testing.TB, level int) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, level) })
	for _, name := range p.names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.body[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func (p *parts) load(t testing.TB) *tonghop.Sheet {
	t.Helper()
	return &mustLoad(t, p.zip(t)).Sheets[0]
}

// row makes a row of cells.
func row(cells ...string) string {
	return "<table:table-row>" + strings.Join(cells, "") + "</table:table-row>"
}

// cell makes a cell with attributes and, unless it is "", a paragraph.
func cell(attrs, text string) string {
	if text != "" {
		text = "<text:p>" + text + "</text:p>"
	}
	return "<table:table-cell " + attrs + ">" + text + "</table:table-cell>"
}
