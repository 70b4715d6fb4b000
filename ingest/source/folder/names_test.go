package folder

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestFit(t *testing.T) {
	for _, c := range []struct {
		base string
		room int
		want string
	}{
		{"BC.xlsx", 7, "BC.xlsx"},
		{"Trà Cú.xlsx", 100, "Trà Cú.xlsx"},
		{strings.Repeat("x", 20) + ".xlsx", 20, "xxxxxx~93f57b1d.xlsx"},
		{strings.Repeat("x", 19) + "y.xlsx", 20, "xxxxxx~5a2cbb39.xlsx"},
	} {
		if got := fit(c.base, c.room); len(got) > c.room || strings.HasPrefix(c.want, "x") != strings.Contains(got, "~") || filepath.Ext(got) != filepath.Ext(c.want) {
			t.Errorf("fit(%q, %d) = %q", c.base, c.room, got)
		}
	}
	if fit(strings.Repeat("x", 30)+"a", 25) == fit(strings.Repeat("x", 30)+"b", 25) {
		t.Error("two long names became one")
	}
	for _, base := range []string{strings.Repeat("ờ", 100), strings.Repeat("ờ", 100) + ".xlsx", "\xff\xfe.xlsx", "a.\xff", "a." + strings.Repeat("b", 300)} {
		for room := 40; room < 60; room++ {
			if got := fit(base, room); len(got) > room || !utf8.ValidString(got) || got == "" {
				t.Errorf("fit(%q, %d) = %q", base, room, got)
			}
		}
	}
	if fit("\xff.xlsx", 40) == fit("\xfe.xlsx", 40) {
		t.Error("two unreadable names became one")
	}
}

func TestNames(t *testing.T) {
	for base, want := range map[string]bool{"đã nhận": true, "ĐÃ NHẬN": true, "đa\u0303 nha\u0323\u0302n": true, "Ðã nhận": true,
		"đã nhận 2": false, "đã nhận (2)": true, "Đã Nhận  (13)": true, "đã nhận(3)": true,
		"đã nhận (1)": false, "đã nhận (02)": false, "đã nhận (100)": false, "đã nhận (x)": false, "đã nhận ()": false, "đã nhận (2) (2)": false, "x đã nhận (2)": false, "da nhan": false, "": false} {
		if isTaken(base) != want {
			t.Errorf("isTaken(%q) = %v", base, !want)
		}
	}
	for base, want := range map[string]bool{"BC.xlsx.ghi chú.txt": true, "BC.xlsx.GHI CHÚ.TXT": true, "BC.ghi chu\u0301.txt": true,
		"ghi chú.txt": false, "BC.ghi chú.txt.xlsx": false} {
		if isNote(base) != want {
			t.Errorf("isNote(%q) = %v", base, !want)
		}
	}
	for name, want := range map[string]bool{"Trà Cú": true, "a b": true, "..a": true, "": false, ".": false, "..": false, "a/b": false, "/": false, "a\x00": false} {
		if single(name) != want {
			t.Errorf("single(%q) = %v", name, !want)
		}
	}
}

// zipped is a zip with two parts and a comment.
func zipped(t *testing.T, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, strings.Repeat(name, 20))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A zip is whole with its last byte only, whatever stands in place of the rest.
func TestWhole(t *testing.T) {
	isWhole := func(b []byte) bool { return whole(bytes.NewReader(b), int64(len(b))) }
	for _, comment := range []string{"", "x", strings.Repeat("PK\x05\x06", 1000), strings.Repeat("long", 16000)} {
		b := zipped(t, comment)
		if !isWhole(b) {
			t.Errorf("comment of %d bytes: whole file is not whole", len(comment))
		}
		for n := 0; n < len(b); n += 1 + len(comment)/100 {
			if isWhole(b[:n]) {
				t.Fatalf("comment of %d bytes: whole after %d of %d bytes", len(comment), n, len(b))
			}
			blank := append(bytes.Clone(b[:n]), make([]byte, len(b)-n)...)
			cut := len(b) - len(comment) // what a comment says is not for us to know
			if n > 4 && !bytes.Equal(blank[:cut], b[:cut]) && isWhole(blank) {
				t.Fatalf("comment of %d bytes: whole with %d blank bytes at its end", len(comment), len(b)-n)
			}
		}
	}
	for content, want := range map[string]bool{"": false, "P": false, "PK": false, "PK\x03": false, "PK\x03\x04": false, "a": true, "PKzip": true,
		"Mã,Tên\n1,a\n": true, "\xd0\xcf\x11\xe0": true, string(emptyZip()): true} {
		if isWhole([]byte(content)) != want {
			t.Errorf("whole(%q) = %v", content, !want)
		}
	}
	big := append([]byte("PK\x03\x04 and so on PK\x06\x07"+strings.Repeat("x", 16)), emptyZip()...)
	copy(big[len(big)-12:], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff") // its numbers stand elsewhere
	if !isWhole(big) {
		t.Error("a zip64 is not whole")
	}
	early := zipped(t, "")
	early[len(early)-6] ^= 0xff // the directory is said to begin elsewhere
	if isWhole(early) {
		t.Error("whole without a directory")
	}
}

func emptyZip() []byte { return append([]byte("PK\x05\x06"), make([]byte, 18)...) }

// What was moved in the place of another file goes back, and covers nothing.
func TestPutBack(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	c := &collect{Folder: &Folder{}, root: root}
	write("a", "first")
	if err := c.putBack("a", "BC.xlsx"); err != nil {
		t.Fatal(err)
	}
	write("b", "second")
	if err := c.putBack("b", "BC.xlsx"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"BC.xlsx": "first", "BC (2).xlsx": "second"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
	if entries, err := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

// A file that changes while it is read, or loses its name to another, is seen.
func TestUnchanged(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	c := &collect{Folder: &Folder{}, root: root}
	for change, do := range map[string]func() error{
		"":        func() error { return nil },
		"longer":  func() error { return os.WriteFile(filepath.Join(dir, "a"), []byte("longer than before"), 0o644) },
		"touched": func() error { return os.Chtimes(filepath.Join(dir, "a"), time.Time{}, time.Unix(1, 0)) },
		"swapped": func() error { return os.Rename(filepath.Join(dir, "b"), filepath.Join(dir, "a")) },
		"gone":    func() error { return os.Remove(filepath.Join(dir, "a")) },
	} {
		if err := errors.Join(os.WriteFile(filepath.Join(dir, "a"), []byte("a"), 0o644), os.WriteFile(filepath.Join(dir, "b"), []byte("a"), 0o644)); err != nil {
			t.Fatal(err)
		}
		f, err := root.Open("a")
		if err != nil {
			t.Fatal(err)
		}
		info, err := f.Stat()
		if err := errors.Join(err, do()); err != nil {
			t.Fatal(err)
		}
		if got := c.unchanged(&waiting{path: "a", info: info}, f); got != (change == "") {
			t.Errorf("%q: unchanged is %v", change, got)
		}
		f.Close()
	}
}
