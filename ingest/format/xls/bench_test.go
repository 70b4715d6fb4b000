package xls_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xls"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// BenchmarkForms reads the nine forms as .xls and as .xlsx.
//
//	go test ./ingest/format/xls -run '^$' -bench Forms
func BenchmarkForms(b *testing.B) {
	var old, modern [][]byte
	for _, name := range fixtures(b, "testdata/samples/*.xls") {
		old = append(old, readFile(b, name))
		base := strings.TrimSuffix(filepath.Base(name), ".xls")
		modern = append(modern, readFile(b, "../../../cmd/tonghop/samples/"+base+".xlsx"))
	}
	b.Run("xls", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, f := range old {
				if _, err := xls.Load(bytes.NewReader(f), int64(len(f)), tonghop.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("xlsx", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, f := range modern {
				if _, err := xlsx.Load(bytes.NewReader(f), int64(len(f)), tonghop.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
