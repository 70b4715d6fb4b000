package office

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xlsx"
)

// soffice is the program, without which the test skips, or fails if it must
// run.
func soffice(t testing.TB) string {
	t.Helper()
	path, ok := Find()
	if !ok {
		if slices.Contains(strings.Split(os.Getenv("TONGHOP_MUST_RUN"), ","), "soffice") {
			t.Fatal("soffice is not installed, and TONGHOP_MUST_RUN names it")
		}
		t.Skip("soffice is not installed")
	}
	return path
}

// converter is one whose folders lie in a folder of the test, which must be
// empty at the end.
func converter(t testing.TB) *Converter {
	t.Helper()
	c := &Converter{Program: soffice(t), Dir: t.TempDir()}
	t.Cleanup(func() {
		left, err := os.ReadDir(c.Dir)
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
	return c
}

// file reads a file of testdata.
func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// load reads a workbook.
func load(t testing.TB, b []byte) *tonghop.Book {
	t.Helper()
	book, err := xlsx.Load(bytes.NewReader(b), int64(len(b)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// values gives the cells of a sheet as "A1 number 43.2".
func values(s *tonghop.Sheet) []string {
	kinds := map[tonghop.CellKind]string{tonghop.CellNumber: "number", tonghop.CellText: "text", tonghop.CellBool: "bool", tonghop.CellError: "error"}
	var list []string
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			if c.Kind == tonghop.CellBlank {
				continue
			}
			list = append(list, tonghop.Ref{Row: c.Row, Col: c.Col}.Cell()+" "+kinds[c.Kind]+" "+c.Stored)
		}
	}
	return list
}

// archive packs files, in the order of their names but the first.
func archive(t testing.TB, first string, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	names := []string{first}
	for name := range files {
		if name != first {
			names = append(names, name)
		}
	}
	slices.Sort(names[1:])
	for i, name := range names {
		method := zip.Deflate
		if i == 0 {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gone fails if a process is left that was started for a folder in dir, or the
// socket of one. What was killed may take a moment.
func gone(t testing.TB, dir string) {
	t.Helper()
	deadline := time.Now().Add(3 * time.Second)
	for {
		left := processes(t, dir)
		if len(left) == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Errorf("still running: %q", left)
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// processes gives the command lines that name dir.
func processes(t testing.TB, dir string) []string {
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || runtime.GOOS == "linux" && len(lines) == 0 {
		t.Error("no processes", err)
	}
	var left []string
	for _, path := range lines {
		if b, err := os.ReadFile(path); err == nil && bytes.Contains(b, []byte(dir)) {
			left = append(left, string(b))
		}
	}
	return left
}
