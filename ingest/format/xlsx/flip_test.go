package xlsx_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
)

func open(b []byte) (*tonghop.Book, error) {
	return format.Open(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
}

// flip changes every step-th byte, one at a time, and wants the same book or a
// refusal. The masks take turns; with TONGHOP_LONG set each byte is changed by
// all of them.
func flip(t *testing.T, file []byte, step int) {
	t.Helper()
	want, err := open(file)
	if err != nil {
		t.Fatal(err)
	}
	same, refused := 0, 0
	for i := 0; i < len(file); i += step {
		masks := []byte{0x01, 0x80, 0xff}
		if long := os.Getenv("TONGHOP_LONG") != ""; !long {
			masks = masks[i/step%3 : i/step%3+1]
		}
		for _, mask := range masks {
			file[i] ^= mask
			got, err := open(file)
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

// A single changed byte anywhere in a file never changes what is read.
func TestFlipEveryByte(t *testing.T) {
	small := workbook(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>`).
		set("xl/theme/theme1.xml", "<theme>never looked at</theme>")
	flip(t, small.zip(t), 1)
}

// The same for files of many writers, some bytes of each.
func TestFlipSamples(t *testing.T) {
	for _, name := range sampleFiles(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file := readFile(t, name)
			flip(t, file, len(file)/(200/share())+1)
		})
	}
}

// A file cut short anywhere is refused.
func TestTruncated(t *testing.T) {
	small := workbook(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`).zip(t)
	for n := range small {
		if _, err := open(small[:n]); tonghop.CodeOf(err) == "" {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(small), err)
		}
	}
	for _, name := range sampleFiles(t) {
		file := readFile(t, name)
		for n := 0; n < len(file); n += len(file)/(240/share()) + 1 {
			if _, err := open(file[:n]); tonghop.CodeOf(err) == "" {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(file), err)
			}
		}
	}
}
