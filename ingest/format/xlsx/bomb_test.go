package xlsx_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// share is the part of the largest files that is made unless TONGHOP_LONG is
// set: what is asserted grows with the file, and the race detector is slow.
func share() int {
	if os.Getenv("TONGHOP_LONG") != "" {
		return 1
	}
	return 8
}

// bomb is a file made to exhaust a reader: what it must come to, and at what
// price.
type bomb struct {
	name  string
	p     func() *parts
	code  string
	memMB uint64 // allocated in all, at most
}

// Files made to exhaust a reader are refused, or read, at a small price.
func TestBombs(t *testing.T) {
	part := share()
	rows := func(n int, cells string, each int) string {
		return strings.Repeat(`<row>`+strings.Repeat(cells, each)+`</row>`, n/part)
	}
	tests := []bomb{
		{"one cell in the last corner", func() *parts {
			return workbook(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)
		}, "", 2},
		{"theme of 201 MB", func() *parts { return workbook("").set("xl/theme/theme1.xml", "201 MB of blanks") }, "file.too_large", 2},
		{"theme of 90 MB, all blanks", func() *parts { return workbook("").set("xl/theme/theme1.xml", "90 MB of blanks") }, "file.bomb", 2},
		{"a million styled blanks", func() *parts { return workbook(rows(10_000, `<c s="1"/>`, 100)) }, "", 4},
		{"more cells than allowed", func() *parts { return workbook(rows(2_008, `<c><v>1</v></c>`, 1000)) },
			"file.too_many_cells", 400/uint64(part) + 4},
		{"more shared strings than allowed", func() *parts {
			return workbook("").set("xl/sharedStrings.xml", `<sst xmlns="`+mainNS+`">`+strings.Repeat("<si/>", 2_000_000/part+1)+`</sst>`)
		}, "file.too_many_cells", 250/uint64(part) + 4},
		{"a long formula shared by a million cells", func() *parts {
			return workbook(`<row><c><f t="shared" si="0">"` + strings.Repeat("x", 8000) + `"</f></c></row>` +
				rows(1_000, `<c><f t="shared" si="0"/></c>`, 1000))
		}, "", 500},
		{"a long format in 600,000 cells", func() *parts {
			return workbook(rows(600, `<c s="0"><v>1</v></c>`, 1000)).
				set("xl/styles.xml", `<styleSheet xmlns="`+mainNS+`"><numFmts><numFmt numFmtId="164" formatCode="&quot;`+strings.Repeat("x", 250)+`&quot;0"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`)
		}, "file.too_large", 400/uint64(part) + 4},
		{"an endless tag", func() *parts {
			return workbook("").set("xl/worksheets/sheet1.xml", `<worksheet a="`+strings.Repeat("x", 3<<20))
		}, "file.damaged", 8},
		{"an endless text", func() *parts {
			return workbook(`<row><c t="str"><v>` + strings.Repeat("&#120;", (3<<20)/part) + `</v></c></row>`)
		}, "", 40},
		{"many attributes", func() *parts {
			var b strings.Builder
			for i := range 5000 {
				b.WriteString(" a" + strings.Repeat("b", i%90) + string(rune('a'+i%26)) + `="1"`)
			}
			return workbook(`<row` + b.String() + `/>`)
		}, "file.damaged", 4},
		{"deep nesting", func() *parts { return workbook("", strings.Repeat("<a>", 1<<20)) }, "file.damaged", 4},
		{"prefixes without end", func() *parts {
			return workbook("", strings.Repeat(`<a xmlns:p="q" xmlns:r="s"/>`, 100_000/part))
		}, "", 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lim := tonghop.Limits{Ratio: 400, Cells: 2_000_000 / part}
			if tt.code == "file.too_large" {
				lim.Text = 128 * tonghop.MB / int64(part)
			}
			tt.run(t, lim)
		})
	}
}

// run reads the file within the price.
func (tt *bomb) run(t *testing.T, lim tonghop.Limits) *tonghop.Book {
	t.Helper()
	file := tt.p().fast(t)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	book, err := xlsx.Load(bytes.NewReader(file), int64(len(file)), lim)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if got := tonghop.CodeOf(err); got != tt.code || err != nil && got == "" {
		t.Errorf("got %v, want %q", err, tt.code)
	}
	mb := (after.TotalAlloc - before.TotalAlloc) / tonghop.MB
	if mb > tt.memMB {
		t.Errorf("allocated %d MB, at most %d allowed", mb, tt.memMB)
	}
	if took > 3*time.Minute { // what does not end takes hours; a loaded machine with the race detector, a minute
		t.Errorf("took %v", took)
	}
	t.Logf("%d KB, %d MB allocated, %v", len(file)>>10, mb, took.Round(time.Millisecond))
	return book
}

// fast packs the parts as they are, so that no ratio stands in the way of
// what is tested. A part "90 MB of blanks" is that, packed as well as can be
// and with a wrong checksum: it is refused before anybody reads it.
func (p *parts) fast(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range p.names {
		body := []byte(p.body[name])
		h := &zip.FileHeader{
			Name: name, CRC32: crc32.ChecksumIEEE(body),
			CompressedSize64: uint64(len(body)), UncompressedSize64: uint64(len(body)),
		}
		if mb := 0; strings.HasSuffix(p.body[name], " MB of blanks") {
			if _, err := fmt.Sscan(p.body[name], &mb); err != nil {
				t.Fatal(err)
			}
			body = packedBlanks(t, mb)
			h.Method, h.CompressedSize64, h.UncompressedSize64 = zip.Deflate, uint64(len(body)), uint64(mb)*tonghop.MB
		}
		w, err := z.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// packedBlanks is the packed form of so many megabytes of blanks: the same
// piece again and again.
func packedBlanks(t testing.TB, mb int) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(bytes.Repeat([]byte(" "), tonghop.MB)); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	piece := bytes.Clone(buf.Bytes())
	buf.Reset()
	w.Reset(&buf)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return append(bytes.Repeat(piece, mb), buf.Bytes()...)
}

// A big sheet streams in little memory.
func TestStreamsInLittleMemory(t *testing.T) {
	file := workbook(strings.Repeat(`<row>`+strings.Repeat(`<c><v>12.5</v></c>`, 60)+`</row>`, 5_000)).fast(t)
	r, err := xlsx.Open(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for line, err := range r.Rows(0) {
		if err != nil {
			t.Fatal(err)
		}
		if n += len(line.Cells); line.Row == 4_500 {
			runtime.GC()
			runtime.ReadMemStats(&now)
		}
	}
	if n != 300_000 {
		t.Errorf("%d cells", n)
	}
	if live := int64(now.HeapAlloc) - int64(before.HeapAlloc); live > 2<<20 {
		t.Errorf("%d KB live in the middle of the sheet", live>>10)
	}
}
