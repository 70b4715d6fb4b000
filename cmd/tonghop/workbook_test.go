package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
)

// sample gives the sample workbook whose file name begins with a text.
func sample(start string) (name string, raw []byte, err error) {
	files, err := filepath.Glob("samples/" + start + "*.xlsx")
	if err != nil || len(files) != 1 {
		return "", nil, fmt.Errorf("%d samples begin with %q, %v", len(files), start, err)
	}
	raw, err = os.ReadFile(files[0])
	return filepath.Base(files[0]), raw, err
}

// mustSample is sample for tests.
func mustSample(t *testing.T, start string) (name string, raw []byte) {
	t.Helper()
	name, raw, err := sample(start)
	if err != nil {
		t.Fatal(err)
	}
	return name, raw
}

// altered gives a workbook in which each of some texts of its sheets stands
// replaced, as a clerk would correct it: old, new, old, new… Each old text
// must be there. No spreadsheet program is needed for it.
func altered(raw []byte, pairs ...string) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	seen := make([]int, len(pairs)/2)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		body, err := readPart(f)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") || f.Name == "xl/sharedStrings.xml" {
			for i := range seen {
				seen[i] += strings.Count(body, pairs[2*i])
				body = strings.ReplaceAll(body, pairs[2*i], pairs[2*i+1])
			}
		}
		w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, body); err != nil {
			return nil, err
		}
	}
	for i, n := range seen {
		if n == 0 {
			return nil, fmt.Errorf("nowhere in the sheets: %q", pairs[2*i])
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// readPart reads one part of a workbook.
func readPart(f *zip.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	return string(body), err
}

// mustAlter is altered for tests.
func mustAlter(t *testing.T, raw []byte, pairs ...string) []byte {
	t.Helper()
	out, err := altered(raw, pairs...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// openBook reads a workbook with our own reader.
func openBook(t *testing.T, raw []byte) *tonghop.Book {
	t.Helper()
	b, err := format.Open(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sheet finds a sheet of a workbook by name.
func sheet(t *testing.T, b *tonghop.Book, name string) *tonghop.Sheet {
	t.Helper()
	for i := range b.Sheets {
		if b.Sheets[i].Name == name {
			return &b.Sheets[i]
		}
	}
	t.Fatalf("no sheet %q", name)
	return nil
}

// stored is the stored text of a cell at an address such as F14, "" if the
// cell is not there.
func stored(s *tonghop.Sheet, address string) string {
	letters := strings.TrimRight(address, "0123456789")
	var row int
	if _, err := fmt.Sscan(address[len(letters):], &row); err != nil {
		return ""
	}
	if c := s.Cell(row, tonghop.ColumnNumber(letters)); c != nil {
		return c.Stored
	}
	return ""
}

// sheetPart gives a part of a workbook.
func sheetPart(t *testing.T, raw []byte, name string) string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range in.File {
		if f.Name == name {
			body, err := readPart(f)
			if err != nil {
				t.Fatal(err)
			}
			return body
		}
	}
	t.Fatalf("no part %q", name)
	return ""
}

// columns finds the header row of a sheet, by its first text, and gives the
// column of each header text.
func columns(t *testing.T, s *tonghop.Sheet, first string) (row int, at map[string]int) {
	t.Helper()
	for _, l := range s.Lines {
		c := l.At(1)
		if c == nil || c.Stored != first {
			continue
		}
		at = map[string]int{}
		for _, c := range l.Cells {
			at[c.Stored] = c.Col
		}
		return l.Row, at
	}
	t.Fatalf("%s: no header row begins with %q", s.Name, first)
	return 0, nil
}

// text is what stands at a row and column.
func text(s *tonghop.Sheet, row, col int) string {
	if c := s.Cell(row, col); c != nil {
		return c.Stored
	}
	return ""
}
