package ods

import (
	"bytes"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tonghop/tonghop"
)

var fuzzLimits = tonghop.Limits{Cells: 20_000, Text: 1 << 20, Merges: 1000}.WithDefaults()

// flat reads a flat document from any reader.
func flat(in io.Reader, size int64) (*tonghop.Book, error) {
	d := document{s: newScanner(), lim: fuzzLimits, common: newStyles(nil)}
	err := scan(in, size, d.s, "", func() error {
		if !d.s.Root(nsOffice, "document") {
			return d.s.Err
		}
		return d.readBodyAndStyles()
	})
	if err != nil {
		return nil, err
	}
	return d.finish()
}

// FuzzReader feeds flat documents. The reader must never panic, must read the
// same whole and byte by byte, and must keep to what a sheet is.
func FuzzReader(f *testing.F) {
	head := `<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">`
	for _, s := range []string{
		`<office:body><office:spreadsheet><table:table><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="date" office:date-value="2023-06-30" table:number-columns-repeated="2"/><table:table-cell table:formula="of:=SUM([.A1:.B2];{1|2})" office:value-type="float" office:value="-1.5E3"><text:p>a<text:s text:c="3"/><text:span>b</text:span></text:p><text:p/></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>`,
		`<office:automatic-styles><number:date-style style:name="N"><number:day number:style="long"/><number:text>/"</number:text><number:year/><style:map style:condition="value()&gt;=0" style:apply-style-name="N"/></number:date-style><style:style style:name="c" style:family="table-cell" style:parent-style-name="c" style:data-style-name="N"><style:text-properties fo:font-family="'a b', c"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="x"><table:table-column table:default-cell-style-name="c" table:visibility="collapse"/><table:table-row><table:table-cell office:value-type="time" office:time-value="-PT1H2.5S"/><table:covered-table-cell table:number-columns-spanned="2" office:value-type="percentage" office:value="0.5"/></table:table-row></table:table></office:spreadsheet></office:body>`,
		`<office:automatic-styles><number:number-style style:name="N"><number:number number:decimal-places="2" number:grouping="true" number:min-integer-digits="1"><number:embedded-text number:position="1">x</number:embedded-text></number:number><number:scientific-number/><number:fraction/><number:fill-character>*</number:fill-character></number:number-style></office:automatic-styles>`,
	} {
		f.Add(head + s + `</office:document>`)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		if len(doc) > 16<<10 {
			return // byte by byte would take too long
		}
		book, err := flat(strings.NewReader(doc), int64(len(doc)))
		drip, dripErr := flat(iotest.OneByteReader(strings.NewReader(doc)), 1)
		if (err == nil) != (dripErr == nil) || !reflect.DeepEqual(book, drip) {
			t.Fatalf("whole and byte by byte differ: %v, %v\n%v\n%v", err, dripErr, book, drip)
		}
		if err != nil && tonghop.CodeOf(err) == "" {
			t.Fatalf("error without a code: %v", err)
		}
		if err == nil {
			sound(t, book)
		}
	})
}

// sound checks what every book keeps to.
func sound(t *testing.T, book *tonghop.Book) {
	cells := 0
	for _, s := range book.Sheets {
		row := 0
		for _, l := range s.Lines {
			if l.Row <= row || l.Row > rowsMax || len(l.Cells) == 0 {
				t.Fatalf("row %d after %d, %d cells", l.Row, row, len(l.Cells))
			}
			row = l.Row
			col := 0
			for _, c := range l.Cells {
				if c.Col <= col || c.Col > colsMax || c.Row != row || c.Style == nil || c.Cached && !c.HasForm {
					t.Fatalf("cell %+v after column %d of row %d", c, col, row)
				}
				col = c.Col
				cells++
			}
		}
		for _, m := range s.Merges {
			if m.Top < 1 || m.Left < 1 || m.Bottom < m.Top || m.Right < m.Left || m.Bottom > rowsMax || m.Right > colsMax {
				t.Fatalf("merge %+v", m)
			}
		}
	}
	if cells > fuzzLimits.Cells {
		t.Fatalf("%d cells", cells)
	}
}

// FuzzPackage changes whole files.
func FuzzPackage(f *testing.F) {
	for _, name := range []string{"odfpy.ods", "from1904.ods", "encrypted.ods"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		book, err := Load(bytes.NewReader(b), int64(len(b)), fuzzLimits)
		if err != nil && tonghop.CodeOf(err) == "" {
			t.Fatalf("error without a code: %v", err)
		}
		if err == nil {
			sound(t, book)
		}
	})
}

// FuzzFormula translates anything in the space that it takes.
func FuzzFormula(f *testing.F) {
	for _, s := range []string{"of:=SUM([.A1:.B2];['a b'.C3])", "of:={1;2|3}", `of:="a""b"`, "of:=['file:///a'#$S.A1]", "msoxl:=A1", "of:=#REF!+COM.MICROSOFT.X(1)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if out := appendFormula(nil, []byte(s)); len(out) > 2*len(s)+20 {
			t.Fatalf("%d bytes of %d", len(out), len(s))
		}
	})
}

// FuzzValue parses dates, times and conditions.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"2023-06-30T12:00:00.5", "PT36H30M00.5S", "-P1DT2H", "value()>=0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		parseDate([]byte(s), false)
		parseDate([]byte(s), true)
		parseDuration([]byte(s))
		condition(s)
		if name := firstFamily(s); len(name) > len(s) {
			t.Fatalf("%q of %q", name, s)
		}
	})
}
