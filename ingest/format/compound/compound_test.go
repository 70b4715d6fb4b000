package compound

import (
	"bytes"
	"os"
	"runtime"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/compound/compoundtest"
)

// deepDirectory writes a compound file whose directory is a chain of so many
// storages, each in the one before. mscfb takes memory with the square of it.
func deepDirectory(depth int) []byte {
	const perSector = 4
	dirs := (depth + 1 + perSector - 1) / perSector
	tables := 1
	for tables*128 < dirs+tables {
		tables++
	}
	b := make([]byte, 512*(1+tables+dirs))
	copy(b, mark)
	le.PutUint16(b[24:], 0x3e)
	le.PutUint16(b[26:], 3)
	le.PutUint16(b[28:], 0xfffe)
	le.PutUint16(b[30:], 9)
	le.PutUint16(b[32:], 6)
	le.PutUint32(b[44:], uint32(tables))
	le.PutUint32(b[48:], uint32(tables))
	le.PutUint32(b[56:], 4096)
	le.PutUint32(b[60:], endOfChain)
	le.PutUint32(b[68:], endOfChain)
	for i := range headerTables {
		id := uint32(noEntry)
		if i < tables {
			id = uint32(i)
		}
		le.PutUint32(b[76+4*i:], id)
	}
	for i := range tables * 128 {
		next := uint32(noEntry)
		switch {
		case i < tables:
			next = 0xfffffffd
		case i == tables+dirs-1:
			next = endOfChain
		case i < tables+dirs:
			next = uint32(i + 1)
		}
		le.PutUint32(b[512+4*i:], next)
	}
	for i := range dirs * perSector {
		e := b[512*(1+tables)+128*i:]
		le.PutUint16(e, 'd')
		le.PutUint16(e[64:], 4)
		e[66] = 1
		if i == 0 {
			e[66] = 5
		}
		le.PutUint32(e[68:], noEntry)
		le.PutUint32(e[72:], noEntry)
		le.PutUint32(e[76:], noEntry)
		if i < depth {
			le.PutUint32(e[76:], uint32(i+1))
		}
		le.PutUint32(e[116:], endOfChain)
	}
	return b
}

// Compound files that would cost mscfb its memory or its time are refused.
func TestHostileCompound(t *testing.T) {
	file, err := os.ReadFile("../xls/testdata/excel95.xls")
	if err != nil {
		t.Fatal(err)
	}
	patched := func(at int, v uint32) []byte {
		b := bytes.Clone(file)
		le.PutUint32(b[at:], v)
		return b
	}
	dir := 512 * (1 + int(le.Uint32(file[48:])))
	fat := 512 * (1 + int(le.Uint32(file[76:])))
	book := 0 // entry of the stream
	for e := dir; e < dir+512; e += entrySize {
		if file[e] == 'B' || file[e] == 'W' {
			book = e
		}
	}
	start := int(le.Uint32(file[book+116:]))
	tests := []struct {
		name string
		file []byte
		code string
	}{
		{"honest", file, ""},
		{"storages 13,000 deep", deepDirectory(13_000), "file.too_many_parts"},
		{"storages 9,000 deep", deepDirectory(9_000), "file.too_many_parts"},
		{"storages 100 deep", deepDirectory(100), ""},
		{"no bytes", nil, "file.damaged"},
		{"header alone", file[:512], "file.damaged"},
		{"directory in a circle", patched(fat+4*int(le.Uint32(file[48:])), le.Uint32(file[48:])), "file.damaged"},
		{"stream in a circle", patched(fat+4*(start+1), uint32(start)), "file.damaged"},
		{"stream goes on in the directory", patched(fat+4*(start+1), le.Uint32(file[48:])), "file.damaged"},
		{"stream ends early", patched(fat+4*(start+1), endOfChain), "file.damaged"},
		{"stream goes beyond the file", patched(fat+4*(start+1), 1_000_000), "file.damaged"},
		{"stream of 4 GB", patched(book+120, 0xffffffff), "file.damaged"},
		{"stream of no bytes", patched(book+120, 0), ""},
		{"entry is its own neighbour", patched(book+68, uint32((book-dir)/entrySize)), "file.damaged"},
		{"entry has the root below it", patched(book+76, 0), "file.damaged"},
		{"entry that does not exist", patched(book+72, 77_777), "file.damaged"},
		{"table beyond the file", patched(76, 99_999), "file.damaged"},
		{"no table", patched(76, noEntry), "file.damaged"},
		{"a billion lists of tables", patched(72, 1_000_000_000), "file.damaged"},
		{"small sectors of 2 bytes", patched(32, 1), "file.damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			c, err := Open(bytes.NewReader(tt.file), int64(len(tt.file)), tonghop.Limits{})
			if n, ok := int64(0), false; err == nil {
				if n, ok = c.Size("Book"); ok {
					var b []byte
					if b, err = c.Read("Book"); err == nil && int64(len(b)) != n {
						t.Errorf("%d bytes of %d", len(b), n)
					}
				}
			}
			runtime.ReadMemStats(&after)
			if got := tonghop.CodeOf(err); got != tt.code || err != nil && got == "" {
				t.Errorf("got %v, want %q", err, tt.code)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20+uint64(len(tt.file))*4 {
				t.Errorf("%d MB", used>>20)
			}
		})
	}
}

// Streams of every length come back to the byte, small and large ones.
func TestStreams(t *testing.T) {
	var streams []compoundtest.Stream
	for i, n := range []int{0, 1, 63, 64, 65, 4095, 4096, 4097, 32 << 10, 1<<20 + 7} {
		data := make([]byte, n)
		for k := range data {
			data[k] = byte(k*7 + k>>8 + i)
		}
		streams = append(streams, compoundtest.Stream{Name: string(rune('a' + i)), Data: data})
	}
	file := compoundtest.Write(streams...)
	f, err := Open(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range streams {
		if n, ok := f.Size(s.Name); !ok || n != int64(len(s.Data)) {
			t.Errorf("%s: size %d %v, want %d", s.Name, n, ok, len(s.Data))
		}
		if b, err := f.Read(s.Name); err != nil || !bytes.Equal(b, s.Data) || !f.Holds(s.Name) {
			t.Errorf("%s: %d bytes of %d, %v", s.Name, len(b), len(s.Data), err)
		}
	}
	for _, name := range []string{"", "A", "ab", "Root Entry"} {
		_, ok := f.Size(name)
		if _, err := f.Read(name); ok || tonghop.CodeOf(err) != "file.damaged" {
			t.Errorf("%q: %v, %v", name, ok, err)
		}
	}
}

// A name that could mean two streams gives neither.
func TestTwins(t *testing.T) {
	one, other := []byte("one"), []byte("two")
	read := func(streams ...compoundtest.Stream) (string, error) {
		file := compoundtest.Write(streams...)
		f, err := Open(bytes.NewReader(file), int64(len(file)), tonghop.Limits{})
		if err != nil {
			return "", err
		}
		b, err := f.Read("Book")
		return string(b), err
	}
	if b, err := read(compoundtest.Stream{Name: "Book", Data: one}, compoundtest.Stream{Name: "Book", Data: other}); tonghop.CodeOf(err) != "file.damaged" {
		t.Errorf("same name: %q %v", b, err)
	}
	// mscfb takes the control character away, and the names are the same.
	if b, err := read(compoundtest.Stream{Name: "\x05Book", Data: one}, compoundtest.Stream{Name: "Book", Data: other}); err != nil || b != "two" {
		t.Errorf("control character: %q %v", b, err)
	}
}

// FuzzOpen gives every stream of any file in full, or a refusal with a code.
func FuzzOpen(f *testing.F) {
	f.Add(compoundtest.Write(compoundtest.Stream{Name: "Book", Data: make([]byte, 100)}, compoundtest.Stream{Name: "Large", Data: make([]byte, 9000)}))
	f.Add(deepDirectory(20))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Open(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
		if err != nil {
			if tonghop.CodeOf(err) == "" {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		for _, e := range c.root {
			n, ok := c.Size(e.name)
			if !ok {
				continue
			}
			if data, err := c.Read(e.name); err != nil && tonghop.CodeOf(err) == "" || err == nil && int64(len(data)) != n {
				t.Fatalf("%q: %d bytes of %d, %v", e.name, len(data), n, err)
			}
		}
	})
}
