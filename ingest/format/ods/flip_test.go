package ods_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/tonghop/tonghop"
)

// flip changes every step-th byte, one at a time, with several masks, and
// wants the same book or a refusal.
func flip(t *testing.T, file []byte, step int) {
	t.Helper()
	want := mustLoad(t, file)
	same, refused := 0, 0
	for i := 0; i < len(file); i += step {
		for _, mask := range []byte{0x01, 0x80, 0xff} {
			file[i] ^= mask
			got, err := load(file)
			file[i] ^= mask
			var coded *tonghop.Error
			switch {
			case err == nil && reflect.DeepEqual(got, want):
				same++
			case err == nil:
				t.Fatalf("byte %d ^ %#x: another book", i, mask)
			case !errors.As(err, &coded):
				t.Fatalf("byte %d ^ %#x: error without a code: %v", i, mask, err)
			default:
				refused++
			}
		}
	}
	t.Logf("%d bytes, every %d: %d the same, %d refused", len(file), step, same, refused)
}

// small is a spreadsheet with something of everything.
func small() *parts {
	return sheet(`<table:table-column table:default-cell-style-name="ce1"/>`+row(cell(`office:value-type="float" office:value="1" table:number-columns-repeated="2"`, "1"), cell(`table:formula="of:=[.A1]" office:value-type="string"`, "hai <text:span>ba</text:span>")),
		`<style:style style:name="ce1" style:family="table-cell"><style:text-properties fo:font-family=".VnTime"/></style:style>`).
		set("styles.xml", `<office:document-styles`+spaces+`><office:styles/></office:document-styles>`).set("Thumbnails/thumbnail.png", "never looked at")
}

// A single changed byte anywhere in a file never changes what is read.
func TestFlipEveryByte(t *testing.T) { flip(t, small().zip(t), 1) }

// The same for files of many writers, some bytes of each.
func TestFlipSamples(t *testing.T) {
	for _, name := range pairs(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file := readFile(t, name)
			flip(t, file, len(file)/25+1)
		})
	}
}

// A file cut short anywhere is refused.
func TestTruncated(t *testing.T) {
	file := small().zip(t)
	for n := range file {
		if _, err := load(file[:n]); tonghop.CodeOf(err) == "" {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(file), err)
		}
	}
	for _, name := range pairs(t) {
		file := readFile(t, name)
		for n := 0; n < len(file); n += len(file)/60 + 1 {
			if _, err := load(file[:n]); tonghop.CodeOf(err) == "" {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(file), err)
			}
		}
	}
}
