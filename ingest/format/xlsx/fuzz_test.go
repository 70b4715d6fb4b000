package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// sheetRows reads sheet XML without an archive around it.
func sheetRows(src io.Reader, size int64, slow bool) ([]tonghop.Line, Extras, error) {
	r := &Reader{lim: tonghop.Limits{Cells: 10_000}.WithDefaults(), shared: 1 << 20}
	r.strings.add([]byte("không"))
	r.strings.add([]byte("một"))
	r.looks = []look{{}, {format: numfmt.Compile(`#,##0.0;"âm "0;@"!"`)}}
	k := keeper{lim: r.lim, sorted: true}
	s := newScanner()
	s.Reset(src, size)
	w := &sheetReader{r: r, s: s, each: k.keep, slow: slow}
	err := w.read()
	if err == nil {
		err = s.Finish()
	}
	if err == nil {
		err = k.sort()
	}
	if err != nil {
		return nil, Extras{}, err
	}
	w.adopt(&tonghop.Sheet{Lines: k.lines})
	return k.lines, w.extras, nil
}

func plain(lines []tonghop.Line) []tonghop.Line {
	for i := range lines {
		for j := range lines[i].Cells {
			lines[i].Cells[j].Style = nil
		}
	}
	return lines
}

// FuzzReader feeds sheet XML. It must never panic; the quick way, the slow way
// and the slow way byte by byte must agree; and what is accepted must be well
// formed in the eyes of encoding/xml.
func FuzzReader(f *testing.F) {
	head := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	for _, data := range []string{
		`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>-12.5</v></c></row>`,
		`<row><c><f>A1*2&amp;"x"</f><v>3</v></c><c r="C1" t="str"><f>A1</f><v>a_x000D_b</v></c></row>`,
		`<row r="1"><c r="A1" s="1" t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c></row>`,
		`<row r="2"><c r="B2"><f t="shared" ref="B2:B3" si="0">A2+$A$1</f><v>1</v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/></c></row>`,
		`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`,
		`<row r="9"/><row r="1" hidden="1"><c r="A1" t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2023-06-30</v></c></row>`,
		`<row><c t="str"><v><![CDATA[a<b]]>&#7843;</v></c></row><!-- c --><?pi?>`,
		`<a:row xmlns:a="x"/>`,
	} {
		f.Add(head + data + `</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`)
	}
	f.Add("\xff\xfe<\x00a\x00/\x00>\x00")
	f.Fuzz(func(t *testing.T, doc string) {
		lines, extras, err := sheetRows(strings.NewReader(doc), int64(len(doc)), false)
		slow, slowExtras, slowErr := sheetRows(strings.NewReader(doc), int64(len(doc)), true)
		if (err == nil) != (slowErr == nil) || !reflect.DeepEqual(plain(lines), plain(slow)) || !reflect.DeepEqual(extras, slowExtras) {
			t.Fatalf("quick and slow differ: %v, %v\n%v\n%v", err, slowErr, lines, slow)
		}
		drip, _, dripErr := sheetRows(iotest.OneByteReader(strings.NewReader(doc)), 1, false)
		if (err == nil) != (dripErr == nil) || !reflect.DeepEqual(plain(lines), plain(drip)) {
			t.Fatalf("whole and byte by byte differ: %v, %v\n%v\n%v", err, dripErr, lines, drip)
		}
		if err == nil {
			wellFormed(t, doc)
		}
	})
}

// wellFormed asks encoding/xml, which knows neither UTF-16 nor our indulgence
// for digits at the start of names.
func wellFormed(t *testing.T, doc string) {
	doc = strings.TrimPrefix(doc, "\ufeff")
	if strings.ContainsAny(doc, "\x00\ufffe\uffff") {
		return
	}
	d := xml.NewDecoder(strings.NewReader(doc))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		_, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			if msg := err.Error(); strings.Contains(msg, "invalid XML name") || strings.Contains(msg, "expected element name") ||
				strings.Contains(msg, "expected attribute name") || strings.Contains(msg, "expected target name") || strings.Contains(msg, "unsupported version") {
				return
			}
			t.Fatalf("accepted, but %v", err)
		}
	}
}

// FuzzText compares the in-place tidying with a plain one.
func FuzzText(f *testing.F) {
	f.Add("a_x000D_\r\nb\rc_x005F_x0041__xD83D__xDE00_")
	f.Fuzz(func(t *testing.T, s string) {
		got := string(tidy([]byte(s)))
		if strings.ContainsRune(got, '\r') || len(got) > len(s) {
			t.Fatalf("%q became %q", s, got)
		}
		if !strings.Contains(s, "_x") && got != strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s) {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

// FuzzFormula moves formulas and wants them back.
func FuzzFormula(f *testing.F) {
	for _, s := range []string{`SUM(A$1:$B2)*'A1 b'!C3&"A1"`, "A:A+1:1+LOG10(2)", "Table1[[#This Row],[A1]]", "[1]S!B2", "Xã!B2+A1.b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// Case and $ apart from references are kept, so there and back is the
		// same but for lower-case references.
		once := shiftFormula(nil, s, 3, 5)
		again := shiftFormula(nil, string(once), -3, -5)
		if !bytes.EqualFold(again, []byte(s)) {
			t.Fatalf("%q moved to %q and back to %q", s, once, again)
		}
	})
}

func TestShiftFormula(t *testing.T) {
	tests := []struct{ in, want string }{
		{"A1", "C2"}, {"$A1", "$A2"}, {"A$1", "C$1"}, {"$A$1", "$A$1"}, {"A1:B2", "C2:D3"},
		{"A:A", "C:C"}, {"$1:1", "$1:2"}, {"LOG10(A1)", "LOG10(C2)"}, {"'A1'!A1", "'A1'!C2"},
		{`"A1"&A1`, `"A1"&C2`}, {"A1!A1", "A1!C2"}, {"Rate1x+R1C1", "Rate1x+R1C1"}, {"XFD1048576", "B1"},
		{"Table[A1]+A1", "Table[A1]+C2"}, {"[1]Biểu!A1", "[1]Biểu!C2"}, {"1E5+A1", "1E5+C2"}, {"ABCD1", "ABCD1"}, {"TRUE", "TRUE"}, {"A1#", "C2#"},
	}
	for _, tt := range tests {
		if got := string(shiftFormula(nil, tt.in, 1, 2)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.in, got, tt.want)
		}
	}
}

// Whole workbooks read the same with and without the quick way.
func TestQuickAndSlowAgree(t *testing.T) {
	names, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(names) == 0 {
		t.Fatalf("no workbooks: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var books [2]*tonghop.Book
		for i := range books {
			r, err := Open(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			r.slow = i == 1
			if books[i], err = r.Book(); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(books[0], books[1]) {
			t.Errorf("%s reads in two ways", name)
		}
	}
}
