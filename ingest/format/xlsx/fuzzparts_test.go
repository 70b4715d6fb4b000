package xlsx_test

import (
	"bytes"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// FuzzParts feeds the parts around a sheet. Whatever they hold, there is a book
// or an error with a code, never a panic.
func FuzzParts(f *testing.F) {
	names := []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"}
	add := func(p *parts) {
		f.Add(p.body[names[0]], p.body[names[1]], p.body[names[2]], p.body[names[3]], p.body[names[4]], p.body[names[5]])
	}
	add(workbook(""))
	add(byExcel())
	add(byWPS())
	add(byGoogle())
	odd := workbook("")
	odd.set(names[1], `<Relationships xmlns="`+linkNS+`"><Relationship Id="a" Type="x" Target="%zz"/><Relationship Id="b" Type="y" Target="..\..\"/></Relationships>`)
	odd.set(names[4], `<?xml version="1.0" encoding="windows-1258"?><sst xmlns="`+mainNS+"\"><si><t>X\xe3 _x0041_</t></si></sst>")
	add(odd)
	f.Fuzz(func(t *testing.T, types, root, main, links, strings, styles string) {
		p := workbook(`<row><c t="s"><v>0</v></c><c s="1"><v>1.5</v></c></row>`)
		for i, body := range []string{types, root, main, links, strings, styles} {
			if p.set(names[i], body); body == "" {
				p.drop(names[i])
			}
		}
		file := p.fast(t)
		book, err := xlsx.Load(bytes.NewReader(file), int64(len(file)), tonghop.Limits{Cells: 1000, Part: 1 << 20})
		if err != nil && tonghop.CodeOf(err) == "" {
			t.Fatalf("error without a code: %v", err)
		}
		if err == nil && len(book.Sheets) == 0 {
			t.Fatal("a book without sheets")
		}
	})
}
