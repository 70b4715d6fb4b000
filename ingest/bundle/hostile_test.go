package bundle_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/bundle"
)

// Whatever one byte of an archive becomes, all of its files come out as they
// were packed, or none.
func TestEveryByte(t *testing.T) {
	whole := pack(t, packed{"a.xlsx", "one and only", zip.Deflate, nil}, packed{name: "Trà Cú/b.xlsx", content: "two"})
	contents := map[string]bool{"one and only": true, "two": true}
	for at := range whole {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			raw := bytes.Clone(whole)
			raw[at] ^= flip
			members, is, err := bundle.Open(tonghop.Parcel{Name: "a.zip", Bytes: raw}, tonghop.Limits{})
			if !is || err != nil {
				if is && tonghop.CodeOf(err) == "" {
					t.Fatalf("byte %d: %v", at, err)
				}
				continue
			}
			if len(members) != 2 {
				t.Fatalf("byte %d: %d members", at, len(members))
			}
			for _, m := range members {
				if m.Skip == "" && !contents[string(m.Bytes)] {
					t.Errorf("byte %d: %q is %q", at, m.Name, m.Bytes)
				}
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(named(f, "a.xlsx", "Trà Cú/b.xlsx"))
	f.Add(pack(f, packed{name: "Tr? C?.xlsx", extra: unicodeField("Tr? C?.xlsx", "Trà Cú.xlsx")}))
	files, err := filepath.Glob("testdata/*.zip")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		lim := tonghop.Limits{Bytes: 1 << 16, Total: 1 << 17, Files: 20}
		before := bytes.Clone(raw)
		got := opened(t, raw, lim) // fails on an error without a code, as of a breakdown
		if !bytes.Equal(raw, before) || len(got) > 220 {
			t.Errorf("%d members; bytes changed: %v", len(got), !bytes.Equal(raw, before))
		}
	})
}
