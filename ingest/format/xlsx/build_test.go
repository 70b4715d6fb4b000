package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	utf16units "unicode/utf16"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

const (
	mainNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	linkNS = "http://schemas.openxmlformats.org/package/2006/relationships"
	typeNS = "http://schemas.openxmlformats.org/package/2006/content-types"
)

// parts are the parts of a workbook by name, in the order they are written.
type parts struct {
	names []string
	body  map[string]string
}

func (p *parts) set(name, body string) *parts {
	if _, ok := p.body[name]; !ok {
		p.names = append(p.names, name)
	}
	p.body[name] = body
	return p
}

func (p *parts) drop(name string) *parts {
	for i, n := range p.names {
		if n == name {
			p.names = append(p.names[:i], p.names[i+1:]...)
			break
		}
	}
	delete(p.body, name)
	return p
}

// workbook is a minimal workbook of one sheet whose sheetData is given; rest
// follows it.
func workbook(data string, rest ...string) *parts {
	tail := ""
	for _, r := range rest {
		tail += r
	}
	p := &parts{body: map[string]string{}}
	p.set("[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="`+typeNS+`"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)
	p.set("_rels/.rels", `<Relationships xmlns="`+linkNS+`"><Relationship Id="rId1" Type="`+relNS+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	p.set("xl/workbook.xml", `<workbook xmlns="`+mainNS+`" xmlns:r="`+relNS+`"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	p.set("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+linkNS+`"><Relationship Id="rId1" Type="`+relNS+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+relNS+`/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="`+relNS+`/styles" Target="/xl/styles.xml"/></Relationships>`)
	p.set("xl/worksheets/sheet1.xml", sheetXML(data, tail))
	p.set("xl/sharedStrings.xml", `<sst xmlns="`+mainNS+`"><si><t>zero</t></si><si><t>one</t></si></sst>`)
	p.set("xl/styles.xml", `<styleSheet xmlns="`+mainNS+`"><fonts><font><name val="Times New Roman"/></font><font><name val=".VnTime"/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="1"/><xf numFmtId="9"/></cellXfs></styleSheet>`)
	return p
}

func sheetXML(data, tail string) string {
	return `<worksheet xmlns="` + mainNS + `"><sheetData>` + data + `</sheetData>` + tail + `</worksheet>`
}

// zip packs the parts.
func (p *parts) zip(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range p.names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.body[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func load(b []byte) (*tonghop.Book, error) {
	return xlsx.Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
}

// mustLoad reads the workbook that data makes.
func mustLoad(t testing.TB, p *parts) *tonghop.Book {
	t.Helper()
	b, err := load(p.zip(t))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// show writes the cells of a sheet, one a line: address, kind, stored, shown.
func show(s *tonghop.Sheet) string {
	var b bytes.Buffer
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			fmt.Fprintf(&b, "%s%d %s %q", tonghop.ColumnName(c.Col), c.Row, kindName(c.Kind), c.Stored)
			if c.Shown != c.Stored {
				fmt.Fprintf(&b, " shown %q", c.Shown)
			}
			if c.HasForm {
				fmt.Fprintf(&b, " ={%s} cached=%v", c.Formula, c.Cached)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func kindName(k tonghop.CellKind) string {
	return [...]string{"blank", "number", "text", "bool", "error"}[k]
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// asError finds the error for people in err.
func asError(err error, to **tonghop.Error) bool { return errors.As(err, to) }

// renameAll gives every part another name.
func (p *parts) renameAll(to func(string) string) {
	body := map[string]string{}
	for i, name := range p.names {
		p.names[i] = to(name)
		body[p.names[i]] = p.body[name]
	}
	p.body = body
}

// recode changes the bytes of every part.
func (p *parts) recode(to func(string) string) {
	for name, body := range p.body {
		p.body[name] = to(body)
	}
}

// prefix gives all elements of the part's first namespace a prefix.
func (p *parts) prefix(name, prefix string) {
	body := undeclared(p.body[name])
	body = strings.Replace(body, `xmlns="`, `xmlns:`+prefix+`="`, 1)
	p.body[name] = elementStart.ReplaceAllString(body, "<${1}"+prefix+":")
}

// elementStart is the start of an element without prefix, up to its name.
var elementStart = regexp.MustCompile(`<(/?)\b`)

// undeclared is the document without its XML declaration.
func undeclared(s string) string {
	if rest, ok := strings.CutPrefix(s, "<?xml"); ok {
		_, s, _ = strings.Cut(rest, "?>")
		return strings.TrimLeft(s, "\r\n")
	}
	return s
}

// declare makes the document name an encoding.
func declare(encoding string) func(string) string {
	return func(s string) string {
		return `<?xml version="1.0" encoding="` + encoding + `"?>` + undeclared(s)
	}
}

// utf16 encodes the document with a mark.
func utf16(s string, big bool) string {
	var b strings.Builder
	put := func(u uint16) {
		if big {
			u = u<<8 | u>>8
		}
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	put(0xfeff)
	for _, u := range utf16units.Encode([]rune(declare("UTF-16")(s))) {
		put(u)
	}
	return b.String()
}
