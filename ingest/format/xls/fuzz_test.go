package xls_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xls"
)

// fuzzLimits keep a single try short.
var fuzzLimits = tonghop.Limits{Cells: 20_000, Text: 4 << 20, Merges: 1000}

// read loads a book and sees that what is promised of it holds.
func read(t *testing.T, b []byte) {
	book, err := xls.Load(bytes.NewReader(b), int64(len(b)), fuzzLimits)
	var coded *tonghop.Error
	if err != nil {
		if !errors.As(err, &coded) || coded.Code == "" {
			t.Fatalf("error without a code: %v", err)
		}
		return
	}
	for i := range book.Sheets {
		row := 0
		for _, l := range book.Sheets[i].Lines {
			if l.Row <= row || len(l.Cells) == 0 {
				t.Fatalf("row %d after %d", l.Row, row)
			}
			row = l.Row
			col := 0
			for _, c := range l.Cells {
				if c.Row != row || c.Col <= col || c.Style == nil {
					t.Fatalf("cell %d in row %d after %d", c.Col, row, col)
				}
				col = c.Col
				if c.Cached && (!c.HasForm || c.Kind == tonghop.CellBlank) || c.Formula != "" && !c.HasForm {
					t.Fatalf("%+v", c)
				}
			}
		}
	}
}

// FuzzFile feeds whole files, compound or bare.
func FuzzFile(f *testing.F) {
	for _, pattern := range []string{"testdata/excel95*.xls", "testdata/both.xls", "testdata/days1904.xls"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			f.Add(readFile(f, name))
		}
	}
	f.Fuzz(read)
}
