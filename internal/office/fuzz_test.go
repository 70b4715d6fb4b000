package office

import (
	"bytes"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/container"
)

// FuzzTake takes the account of anything: it ends, and every refusal has a
// code.
func FuzzTake(f *testing.F) {
	for _, s := range files {
		f.Add(file(f, s.name))
	}
	lim := tonghop.Limits{Total: tonghop.MB, Part: tonghop.MB, Text: tonghop.MB, Cells: 10_000}
	f.Fuzz(func(t *testing.T, b []byte) {
		acc, err := kinds["xlsb"].take(b, lim)
		if err != nil && tonghop.CodeOf(err) == "" {
			t.Errorf("an error without a code: %v", err)
		}
		if err == nil && len(acc.sheets) == 0 {
			t.Error("no sheets")
		}
	})
}

// FuzzSheet does the same with a sheet of .xlsb whose archive is sound.
func FuzzSheet(f *testing.F) {
	f.Add([]byte("\x81\x01\x00\x91\x01\x00\x00\x04\x00\x00\x00\x00\x92\x01\x00\x82\x01\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		whole := archive(t, "xl/sheet.bin", map[string]string{"xl/sheet.bin": string(b)})
		a, err := container.Open(bytes.NewReader(whole), int64(len(whole)), tonghop.Limits{})
		if err != nil {
			return // too tightly packed
		}
		x := &xlsb{account: newAccount(tonghop.Limits{}), a: a, text: tonghop.MB, shared: []string{"x"}}
		x.sheets = []accountSheet{{name: "A"}}
		if err := x.takeSheet("xl/sheet.bin"); err != nil && tonghop.CodeOf(err) == "" {
			t.Errorf("an error without a code: %v", err)
		}
	})
}
