package xls

import (
	"bytes"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
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
	copy(b, compoundMark)
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
	file, err := os.ReadFile("testdata/excel95.xls")
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
		{"no workbook", deepDirectory(3), "file.not_spreadsheet"},
		{"directory in a circle", patched(fat+4*int(le.Uint32(file[48:])), le.Uint32(file[48:])), "file.damaged"},
		{"stream in a circle", patched(fat+4*(start+1), uint32(start)), "file.damaged"},
		{"stream goes on in the directory", patched(fat+4*(start+1), le.Uint32(file[48:])), "file.damaged"},
		{"stream ends early", patched(fat+4*(start+1), endOfChain), "file.damaged"},
		{"stream goes beyond the file", patched(fat+4*(start+1), 1_000_000), "file.damaged"},
		{"stream of 4 GB", patched(book+120, 0xffffffff), "file.damaged"},
		{"stream of no bytes", patched(book+120, 0), "file.damaged"},
		{"entry is its own neighbour", patched(book+68, uint32((book-dir)/entrySize)), "file.damaged"},
		{"entry has the root below it", patched(book+76, 0), "file.damaged"},
		{"entry that does not exist", patched(book+72, 77_777), "file.damaged"},
		{"table beyond the file", patched(76, 99_999), "file.damaged"},
		{"no table", patched(76, noEntry), "file.damaged"},
		{"a billion lists of tables", patched(72, 1_000_000_000), ""}, // the list that the header names ends at once
		{"small sectors of 2 bytes", patched(32, 1), "file.damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Load(bytes.NewReader(tt.file), int64(len(tt.file)), tonghop.Limits{})
			runtime.ReadMemStats(&after)
			if got := tonghop.CodeOf(err); got != tt.code && !(tt.code == "" && got == "file.damaged") || err != nil && got == "" {
				t.Errorf("got %v, want %q", err, tt.code)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20+uint64(len(tt.file))*4 {
				t.Errorf("%d MB", used>>20)
			}
		})
	}
}

// Much that is asked for by little: each takes a small multiple of its size.
func TestHostileRecords(t *testing.T) {
	var shared, blanks, dear []byte
	tokens := append([]byte{0x24, 0, 0, 0, 0xc0}, bytes.Repeat([]byte{0x24, 0, 0, 0, 0xc0, 0x03}, 1000)...)
	shared = append(shared, formulaRecord(0, 0, [8]byte{}, 0, 1, 0, 0, 0, 0)...)
	shared = append(shared, record(recShared, 0, 65535, []byte{0, 0, 0, 1}, len(tokens), tokens)...)
	signs := append([]byte{0x24, 0, 0, 0, 0xc0}, bytes.Repeat([]byte{0x13}, 7000)...)
	for i := 1; i < 3_000; i++ {
		shared = append(shared, formulaRecord(i, 0, [8]byte{0: 1}, 0, 1, 0, 0, 0, 0)...)
	}
	for i := range 65_536 {
		blanks = append(blanks, record(recMulBlank, i, 0, make([]byte, 512), 255)...)
	}
	for i := range 2000 {
		dear = append(dear, formulaRecord(i, 0, [8]byte{0: 1}, 0, signs...)...)
	}
	for name, sheet := range map[string][]byte{"shared formulas": shared, "blank cells": blanks, "formulas of signs": dear} {
		t.Run(name, func(t *testing.T) {
			file := stream(nil, sheet)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := time.Now()
			book, err := loadStream(file, tonghop.Limits{})
			took := time.Since(begin)
			runtime.GC()
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			kept := int64(after.HeapAlloc) - int64(before.HeapAlloc)
			if kept > formulaBudget+20*int64(len(file)) {
				t.Errorf("%d MB of a file of %d MB", kept>>20, len(file)>>20)
			}
			t.Logf("%d MB of a file of %d MB, %v, %d lines", kept>>20, len(file)>>20, took, len(book.Sheets[0].Lines))
		})
	}
}
