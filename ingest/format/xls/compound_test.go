package xls

import (
	"bytes"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// A sound compound file without a workbook is told apart by what it holds.
func TestNoWorkbook(t *testing.T) {
	file, err := os.ReadFile("testdata/excel95.xls")
	if err != nil {
		t.Fatal(err)
	}
	dir := 512 * (1 + int(le.Uint32(file[48:])))
	named := func(name string) []byte {
		b := bytes.Clone(file)
		at := dir + bytes.Index(b[dir:], []byte("B\x00o\x00o\x00k\x00\x00\x00"))
		if at < dir {
			t.Fatal("no stream Book")
		}
		for i := range 64 {
			b[at+i] = 0
		}
		for i := range name {
			b[at+2*i] = name[i]
		}
		le.PutUint16(b[at+64:], uint16(2*len(name)+2))
		return b
	}
	for name, code := range map[string]string{
		"Book": "", "Workbook": "", "WordDocument": "file.not_spreadsheet", "EncryptedPackage": "file.encrypted",
	} {
		b := named(name)
		if _, err := Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{}); tonghop.CodeOf(err) != code {
			t.Errorf("%s: %v, want %q", name, err, code)
		}
	}
	b := named("Book")
	if _, err := Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{Part: 1000}); tonghop.CodeOf(err) != "file.too_large" {
		t.Errorf("long stream: %v", err)
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
