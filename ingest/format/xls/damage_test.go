package xls_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/tonghop/tonghop"
)

// small are the fixtures of which every byte or nearly is damaged.
func small(t testing.TB) []string {
	return append(fixtures(t, "testdata/excel95*.xls"), "testdata/both.xls")
}

// cellsOf counts the cells of a book and those that differ from another's;
// those with the same value count once, because they may share their text.
func cellsOf(got, want *tonghop.Book) (total, differ int) {
	values := map[string]bool{}
	for i := range want.Sheets {
		for _, l := range want.Sheets[i].Lines {
			for j := range l.Cells {
				total++
				c := &l.Cells[j]
				if i >= len(got.Sheets) {
					values[c.Stored] = true
				} else if g := got.Sheets[i].Cell(c.Row, c.Col); g == nil || g.Kind != c.Kind || g.Stored != c.Stored {
					values[c.Stored] = true
				}
			}
		}
	}
	return total, len(values)
}

// A changed byte anywhere gives a refusal with a code or a whole book, in
// which a shared text may differ, but never a part of the cells.
func TestFlip(t *testing.T) {
	names := append(small(t), fixtures(t, "testdata/[dguwx]*.xls")...)
	names = append(names, fixtures(t, "testdata/samples/*.xls")...)
	for i, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			file := readFile(t, name)
			want, err := load(file)
			if err != nil {
				t.Fatal(err)
			}
			step := len(file)/20 + 1
			if i < len(small(t)) {
				step = 29
			}
			same, refused, other := 0, 0, 0
			for at := 0; at < len(file); at += step {
				for _, mask := range []byte{0x01, 0x80, 0xff} {
					file[at] ^= mask
					got, err := load(file)
					file[at] ^= mask
					var coded *tonghop.Error
					switch {
					case err != nil && !errors.As(err, &coded):
						t.Fatalf("byte %d ^ %#x: error without a code: %v", at, mask, err)
					case err != nil:
						refused++
					case reflect.DeepEqual(got, want):
						same++
					default:
						other++
						if total, differ := cellsOf(got, want); differ > 3 {
							t.Errorf("byte %d ^ %#x: %d values in %d cells differ", at, mask, differ, total)
						}
					}
				}
			}
			t.Logf("%d bytes, every %d: %d the same, %d refused, %d with a changed cell or style", len(file), step, same, refused, other)
		})
	}
}

// A byte of a number or of a text changes the cells that hold it and no other.
func TestFlipValues(t *testing.T) {
	file := readFile(t, "testdata/xlwt.xls")
	want, err := load(file)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string][2]int{ // where a value starts in the file, its length
		"number": {bytes.Index(file, binary.LittleEndian.AppendUint64(nil, math.Float64bits(1.0/3))), 8},
		"rk":     {bytes.Index(file, []byte{0x7e, 0x02, 10, 0, 1, 0, 0, 0}) + 10, 4},
		"text":   {bytes.Index(file, utf16le("Chuỗi 7")), 14},
		"label":  {bytes.Index(file, utf16le("bảng 77")), 14},
	}
	for what, p := range places {
		if p[0] < 0 {
			t.Fatalf("%s not found", what)
		}
		for at := p[0]; at < p[0]+p[1]; at++ {
			for mask := 1; mask < 256; mask <<= 2 {
				file[at] ^= byte(mask)
				got, err := load(file)
				file[at] ^= byte(mask)
				if err != nil {
					t.Fatalf("%s, byte %d ^ %#x: %v", what, at-p[0], mask, err)
				}
				if _, differ := cellsOf(got, want); differ > 1 {
					t.Errorf("%s, byte %d ^ %#x: %d cells differ", what, at-p[0], mask, differ)
				}
			}
		}
	}
}

func utf16le(s string) []byte {
	var b []byte
	for _, c := range s {
		b = binary.LittleEndian.AppendUint16(b, uint16(c))
	}
	return b
}

// A file cut short anywhere is refused.
func TestTruncated(t *testing.T) {
	for i, name := range append(small(t), fixtures(t, "testdata/*.xls")...) {
		file := readFile(t, name)
		step := len(file)/100 + 1
		if i < len(small(t)) {
			step = 5
		}
		for n := 0; n < len(file); n += step {
			if _, err := load(file[:n]); tonghop.CodeOf(err) == "" {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(file), err)
			}
		}
		for n := len(file) - 1500; n < len(file); n += 7 {
			if _, err := load(file[:n]); tonghop.CodeOf(err) == "" {
				t.Fatalf("%s cut to %d of %d bytes: %v", name, n, len(file), err)
			}
		}
	}
}
