package container_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
)

// forged is an entry that a test may describe falsely. Zero fields are filled
// with the truth.
type forged struct {
	name, localName string
	body            []byte
	packed          []byte // as stored in the file
	method          uint16
	flags           uint16
	crc             uint32
	size            uint32
	after           string // bytes between this entry and the next
	extra           []byte // of the directory
	descriptor      int    // bytes of the data descriptor: 0, 12, 16
}

// forge writes an archive by hand.
func forge(entries ...forged) []byte {
	var out, dir bytes.Buffer
	le := binary.LittleEndian
	for _, e := range entries {
		if e.localName == "" {
			e.localName = e.name
		}
		if e.crc == 0 {
			e.crc = crc32.ChecksumIEEE(e.body)
		}
		if e.size == 0 {
			e.size = uint32(len(e.body))
		}
		if e.packed == nil {
			e.packed = e.body
			if e.method == 8 {
				e.packed = deflate(e.body)
			}
		}
		at := out.Len()
		head := make([]byte, 30)
		copy(head, "PK\x03\x04")
		le.PutUint16(head[6:], e.flags)
		le.PutUint16(head[8:], e.method)
		if e.descriptor == 0 {
			le.PutUint32(head[14:], e.crc)
			le.PutUint32(head[18:], uint32(len(e.packed)))
			le.PutUint32(head[22:], e.size)
		}
		le.PutUint16(head[26:], uint16(len(e.localName)))
		out.Write(head)
		out.WriteString(e.localName)
		out.Write(e.packed)
		if e.descriptor > 0 {
			d := []byte("PK\x07\x08")
			if e.descriptor == 12 {
				d = nil
			}
			d = le.AppendUint32(d, e.crc)
			d = le.AppendUint32(d, uint32(len(e.packed)))
			out.Write(le.AppendUint32(d, e.size))
		}
		out.WriteString(e.after)
		rec := make([]byte, 46)
		copy(rec, "PK\x01\x02")
		le.PutUint16(rec[8:], e.flags)
		le.PutUint16(rec[10:], e.method)
		le.PutUint32(rec[16:], e.crc)
		le.PutUint32(rec[20:], uint32(len(e.packed)))
		le.PutUint32(rec[24:], e.size)
		le.PutUint16(rec[28:], uint16(len(e.name)))
		le.PutUint16(rec[30:], uint16(len(e.extra)))
		le.PutUint32(rec[42:], uint32(at))
		dir.Write(rec)
		dir.WriteString(e.name)
		dir.Write(e.extra)
	}
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	le.PutUint16(end[8:], uint16(len(entries)))
	le.PutUint16(end[10:], uint16(len(entries)))
	le.PutUint32(end[12:], uint32(dir.Len()))
	le.PutUint32(end[16:], uint32(out.Len()))
	out.Write(dir.Bytes())
	out.Write(end)
	return out.Bytes()
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write(b); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// readAll opens the archive and reads all of it.
func readAll(b []byte, lim tonghop.Limits) error {
	a, err := container.Open(bytes.NewReader(b), int64(len(b)), lim)
	if err != nil {
		return err
	}
	return a.Verify(nil)
}

func TestRefused(t *testing.T) {
	text := []byte("nội dung")
	many := make([]forged, 10_001)
	for i := range many {
		many[i] = forged{name: fmt.Sprint("a", i)}
	}
	zeros := make([]byte, 2<<20)
	tests := []struct {
		name string
		file []byte
		code string
	}{
		{"honest", forge(forged{name: "a", body: text, method: 8}, forged{name: "b/c", body: text}), ""},
		{"folder", forge(forged{name: "b/"}, forged{name: "b/c", body: text}), ""},
		{"descriptors", forge(forged{name: "a", body: text, method: 8, flags: 8, descriptor: 12}, forged{name: "b", body: text, method: 8, flags: 8, descriptor: 16}), ""},
		{"no entries", forge(), ""},
		{"empty", nil, "file.damaged"},
		{"same name twice", forge(forged{name: "a", body: text}, forged{name: "a", body: text}), "file.unsafe_names"},
		{"names differ by case", forge(forged{name: "xl/Sheet1.xml", body: text}, forged{name: "xl/sheet1.XML", body: text}), "file.unsafe_names"},
		{"names differ by case beyond ASCII", forge(forged{name: "biểu", body: text}, forged{name: "BIỂU", body: text}), "file.unsafe_names"},
		{"names differ by composition", forge(forged{name: "\u1ec3", body: text}, forged{name: "e\u0302\u0309", body: text}), "file.unsafe_names"},
		{"file and folder", forge(forged{name: "a/"}, forged{name: "a", body: text}), "file.unsafe_names"},
		{"absolute", forge(forged{name: "/a", body: text}), "file.unsafe_names"},
		{"parent", forge(forged{name: "a/../b", body: text}), "file.unsafe_names"},
		{"here", forge(forged{name: "./b", body: text}), "file.unsafe_names"},
		{"backslash", forge(forged{name: `xl\a`, body: text}), ""},
		{"backslash and slash for one name", forge(forged{name: `xl\a`, body: text}, forged{name: "xl/a", body: text}), "file.unsafe_names"},
		{"parent by backslash", forge(forged{name: `..\a`, body: text}), "file.unsafe_names"},
		{"share", forge(forged{name: `\\a\b`, body: text}), "file.unsafe_names"},
		{"folder twice", forge(forged{name: "b/"}, forged{name: "b/"}, forged{name: "b/c", body: text}), ""},
		{"a descriptor that is not there", forge(forged{name: "a", body: text, flags: 8}, forged{name: "b", body: text, method: 8, flags: 8}), ""},
		{"drive", forge(forged{name: "c:a", body: text}), "file.unsafe_names"},
		{"control character", forge(forged{name: "a\x00b", body: text}), "file.unsafe_names"},
		{"not UTF-8", forge(forged{name: "bi\xfeu", body: text}), "file.unsafe_names"},
		{"second name in a field", forge(forged{name: "a", body: text, extra: append([]byte{0x75, 0x70, 6, 0, 1, 0, 0, 0, 0}, 'b')}), "file.unsafe_names"},
		{"encrypted", forge(forged{name: "a", body: text, flags: 1}), "file.encrypted"},
		{"local name differs", forge(forged{name: "a", localName: "b", body: text}), "file.damaged"},
		{"unknown method", forge(forged{name: "a", body: text, method: 12}), "file.damaged"},
		{"wrong checksum", forge(forged{name: "a", body: text, crc: 7}), "file.damaged"},
		{"wrong checksum, packed", forge(forged{name: "a", body: text, method: 8, crc: 7}), "file.damaged"},
		{"shorter than declared", forge(forged{name: "a", body: text, method: 8, size: 100}), "file.damaged"},
		{"longer than declared", forge(forged{name: "a", body: text, method: 8, size: 3}), "file.damaged"},
		{"bytes after the packed data", forge(forged{name: "a", body: text, method: 8, packed: append(deflate(text), "x"...)}), "file.damaged"},
		{"packed data cut", forge(forged{name: "a", body: text, method: 8, packed: deflate(text)[:5]}), "file.damaged"},
		{"gap", forge(forged{name: "a", body: text, after: "x"}, forged{name: "b", body: text}), "file.damaged"},
		{"gap before the directory", forge(forged{name: "a", body: text, after: "PK\x03\x04"}), "file.damaged"},
		{"bytes in front", append([]byte("x"), forge(forged{name: "a", body: text})...), "file.damaged"},
		{"bytes behind", append(forge(forged{name: "a", body: text}), "\r\n\x00\x00"...), ""},
		{"part of an archive behind", append(forge(forged{name: "a", body: text}), "PK\x03\x04"...), "file.damaged"},
		{"an end behind the end", append(forge(forged{name: "a", body: text}), "\r\nPK\x05\x06\r\n"...), "file.damaged"},
		{"too many bytes behind", append(forge(forged{name: "a", body: text}), make([]byte, 1<<16)...), "file.damaged"},
		{"two archives", append(forge(forged{name: "a", body: text}), forge(forged{name: "b", body: text})...), "file.damaged"},
		{"too many entries", forge(many...), "file.too_many_parts"},
		{"declared 2 GB", forge(forged{name: "a", body: text, method: 8, size: 2 << 30}), "file.too_large"},
		{"sums up", forge(forged{name: "a", body: text, method: 8, size: 150 << 20, packed: make([]byte, 1<<20)}, forged{name: "b", body: text, method: 8, size: 150 << 20, packed: make([]byte, 1<<20)}, forged{name: "c", body: text, method: 8, size: 150 << 20, packed: make([]byte, 1<<20)}), "file.too_large"},
		{"packed 1:1000", forge(forged{name: "a", body: zeros, method: 8}), "file.bomb"},
		{"packed well but small", forge(forged{name: "a", body: zeros[:1<<20], method: 8}), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := readAll(tt.file, tonghop.Limits{})
			if got := tonghop.CodeOf(err); got != tt.code || err != nil && got == "" {
				t.Errorf("got %v, want %q", err, tt.code)
			}
		})
	}
}

// Many entries that share their bytes, the flat bomb, are refused before one of
// them is read.
func TestOverlap(t *testing.T) {
	le := binary.LittleEndian
	file := forge(forged{name: "a", body: []byte("x")}, forged{name: "b", body: []byte("y")})
	end := len(file) - 22
	second := int(le.Uint32(file[end+16:])) + 47 // the record of b
	for _, at := range []uint32{0, 1, 31} {
		le.PutUint32(file[second+42:], at)
		if err := readAll(file, tonghop.Limits{}); tonghop.CodeOf(err) != "file.damaged" {
			t.Errorf("b at %d: %v", at, err)
		}
	}
}

// A comment at the end is fine, but not one that hides a second end.
func TestComment(t *testing.T) {
	file := forge(forged{name: "a", body: []byte("x")})
	with := func(comment string) []byte {
		b := append(bytes.Clone(file), comment...)
		binary.LittleEndian.PutUint16(b[len(file)-2:], uint16(len(comment)))
		return b
	}
	if err := readAll(with("ghi chú"), tonghop.Limits{}); err != nil {
		t.Error(err)
	}
	if err := readAll(with(string(file[len(file)-22:])), tonghop.Limits{}); tonghop.CodeOf(err) != "file.damaged" {
		t.Errorf("two ends: %v", err)
	}
}

// Archives with the fields of zip64, as some writers always make them.
func TestZip64(t *testing.T) {
	le := binary.LittleEndian
	file := forge(forged{name: "a", body: []byte("x")})
	end := len(file) - 22
	rec := append([]byte("PK\x06\x06"), make([]byte, 52)...)
	le.PutUint64(rec[4:], 44)
	le.PutUint64(rec[24:], 1)
	le.PutUint64(rec[32:], 1)
	le.PutUint64(rec[40:], uint64(le.Uint32(file[end+12:])))
	le.PutUint64(rec[48:], uint64(le.Uint32(file[end+16:])))
	loc := append([]byte("PK\x06\x07"), make([]byte, 16)...)
	le.PutUint64(loc[8:], uint64(end))
	le.PutUint32(loc[16:], 1)
	small := bytes.Clone(file[end:])
	for i := 8; i < 20; i++ {
		small[i] = 0xff
	}
	whole := bytes.Join([][]byte{file[:end], rec, loc, small}, nil)
	if err := readAll(whole, tonghop.Limits{}); err != nil {
		t.Error(err)
	}
	for i := end; i < len(whole); i++ {
		whole[i] ^= 0x10
		if err := readAll(whole, tonghop.Limits{}); err != nil && tonghop.CodeOf(err) == "" {
			t.Errorf("byte %d: %v", i, err)
		}
		whole[i] ^= 0x10
	}
}

// An entry whose stream never ends costs no more than it declared.
func TestBombIsCheap(t *testing.T) {
	bomb := forge(forged{name: "xl/theme/theme1.xml", body: []byte("x"), method: 8, size: 500 << 10, packed: deflate(make([]byte, 8<<20))})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := readAll(bomb, tonghop.Limits{})
	runtime.ReadMemStats(&after)
	if tonghop.CodeOf(err) != "file.damaged" {
		t.Errorf("got %v", err)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 4<<20 {
		t.Errorf("allocated %d bytes", grown)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// Find does not mind case; parts open again and again; a closed part says so.
func TestParts(t *testing.T) {
	file := forge(forged{name: "xl/A.xml", body: []byte("one"), method: 8}, forged{name: "b/"}, forged{name: "b/c", body: []byte("two")})
	a, err := container.Open(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if name, ok := a.Find("XL/a.xml"); !ok || name != "xl/A.xml" || a.Size(name) != 3 {
		t.Errorf("found %q %v", name, ok)
	}
	if _, ok := a.Find("b"); ok {
		t.Error("found a folder")
	}
	for range 3 {
		for name, want := range map[string]string{"xl/A.xml": "one", "b/c": "two"} {
			p, err := a.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(p); err != nil || string(got) != want {
				t.Errorf("%s: %q %v", name, got, err)
			}
			p.Close()
		}
	}
	p, err := a.Open("b/c")
	if err != nil {
		t.Fatal(err)
	}
	p.Close()
	if _, err := p.Read(make([]byte, 1)); err == nil {
		t.Error("read after Close")
	}
	if _, err := a.Open("nothing"); tonghop.CodeOf(err) != "file.damaged" {
		t.Error(err)
	}
}

// FuzzContainer opens anything; what it accepts archive/zip reads the same.
func FuzzContainer(f *testing.F) {
	f.Add(forge(forged{name: "a", body: []byte("text text text"), method: 8}, forged{name: "b/c", body: []byte("x")}))
	f.Add(forge(forged{name: "a", body: []byte("text"), method: 8, flags: 8, descriptor: 16}))
	f.Add(forge())
	lim := tonghop.Limits{Total: 1 << 20, Part: 1 << 20}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := container.Open(bytes.NewReader(b), int64(len(b)), lim)
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("accepted what archive/zip refuses: %v", err)
		}
		for _, file := range z.File {
			name := strings.ReplaceAll(file.Name, `\`, "/")
			if strings.HasSuffix(name, "/") {
				continue
			}
			p, err := a.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(p)
			p.Close()
			if err != nil {
				if tonghop.CodeOf(err) == "" {
					t.Fatalf("error without a code: %v", err)
				}
				continue
			}
			r, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			want, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%s: read otherwise, %v", file.Name, err)
			}
		}
	})
}
