package ingest

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
)

// plant makes files with their own names as content, in a new folder, and goes
// there. A name that ends in / is an empty folder; "a -> b" is a link.
func plant(t *testing.T, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range names {
		link, target, linked := strings.Cut(name, " -> ")
		if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		switch {
		case linked:
			err = os.Symlink(target, link)
		case !strings.HasSuffix(name, "/"):
			err = os.WriteFile(name, []byte(name), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// walk lists what a walk gives: name, reason or code of the error.
func walk(paths ...string) []string {
	var lines []string
	for f, err := range Walk(paths) {
		line := f.Name
		if f.Skip != SkipNone {
			line += " skip:" + string(f.Skip)
		}
		if err != nil {
			line += " " + tonghop.CodeOf(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestWalk(t *testing.T) {
	const nfc, nfd = "Trà Cú.xlsx", "Tra\u0300 Cu\u0301.XLSX"
	for _, c := range []struct {
		name  string
		files []string
		paths []string
		want  []string
	}{
		{"files are themselves, folders everything below, sorted",
			[]string{"in/b.xlsx", "in/a.xls", "in/T6/c.ods", "in/T6/sâu/d.csv", "in/B.xlsx", "in/empty/", "one.xlsx"},
			[]string{"one.xlsx", "in/", "./in/T6/c.ods"},
			[]string{"one.xlsx", "B.xlsx", "T6/c.ods", "T6/sâu/d.csv", "a.xls", "b.xlsx", "c.ods"}},
		{"the folder itself", []string{"a.xlsx", "x/b.xlsx"}, []string{"."}, []string{"a.xlsx", "x/b.xlsx"}},
		{"names untouched", []string{"in/" + nfc, "in/" + nfd}, []string{"in"}, []string{nfd, nfc}},
		{"what is no report is skipped with its reason",
			[]string{"in/~$BC.xlsx", "in/.~lock.BC.xlsx#", "in/~WRL0001.tmp", "in/BC.XLSX.part", "in/BC.xlsx.crdownload",
				"in/Thumbs.db", "in/.DS_Store", "in/DESKTOP.INI", "in/._BC.xlsx", "in/.git/config", "in/BC.xlsx", "in/T6.tmp/a.xlsx"},
			[]string{"in"},
			[]string{".DS_Store skip:system", "._BC.xlsx skip:hidden", ".git skip:hidden", ".~lock.BC.xlsx# skip:office_lock",
				"BC.XLSX.part skip:temporary", "BC.xlsx", "BC.xlsx.crdownload skip:temporary", "DESKTOP.INI skip:system",
				"T6.tmp/a.xlsx", "Thumbs.db skip:system", "~$BC.xlsx skip:office_lock", "~WRL0001.tmp skip:temporary"}},
		{"a file argument is judged by its name, a folder argument is not",
			[]string{"in/~$BC.xlsx", ".kho/a.xlsx"}, []string{"in/~$BC.xlsx", ".kho"},
			[]string{"~$BC.xlsx skip:office_lock", "a.xlsx"}},
		{"the walk goes on after what cannot be read",
			[]string{"in/a -> nowhere", "in/b -> b", "in/c.xlsx"}, []string{"gone.xlsx", "in", "in/c.xlsx/d"},
			[]string{"gone.xlsx file.unreadable", "a file.unreadable", "b file.unreadable", "c.xlsx", "d file.unreadable"}},
		{"links are followed, but never round in a circle",
			[]string{"in/x/a.xlsx", "in/x/up -> ..", "in/same -> x", "in/file -> ../far/b.xlsx", "in/far -> ../far", "in/far2 -> ../far",
				"far/b.xlsx", "far/back -> ../in", "far/all -> ..", "far/below/c.xlsx", "in/zz -> ../far/below"},
			[]string{"in"},
			[]string{"far/all skip:link", "far/b.xlsx", "far/back skip:link", "far/below/c.xlsx", "far2 skip:link", "file",
				"same skip:link", "x/a.xlsx", "x/up skip:link", "zz skip:link"}},
		{"an argument may be a link", []string{"far/b.xlsx", "far/me -> .", "in -> far", "b -> far/b.xlsx"}, []string{"in", "b"},
			[]string{"b.xlsx", "me skip:link", "b"}},
		{"nothing", []string{"in/"}, []string{"in"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			plant(t, c.files...)
			if diff := cmp.Diff(c.want, walk(c.paths...)); diff != "" {
				t.Errorf("walk (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWalkDoesNotOpenASocket(t *testing.T) {
	plant(t, "in/a.xlsx")
	l, err := net.Listen("unix", "in/s")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if diff := cmp.Diff([]string{"a.xlsx", "s skip:special"}, walk("in")); diff != "" {
		t.Errorf("walk (-want +got):\n%s", diff)
	}
}

func TestWalkMayStop(t *testing.T) {
	plant(t, "in/a.xlsx", "in/x/b.xlsx", "in/x/c.xlsx", "in/z -> nowhere")
	for stop := 1; stop <= 4; stop++ {
		n := 0
		for range Walk([]string{"in", "in"}) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("stopped after %d, want %d", n, stop)
		}
	}
}

func TestFoundRead(t *testing.T) {
	plant(t, "in/a.xlsx")
	for f, err := range Walk([]string{"in"}) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Size != int64(len("in/a.xlsx")) {
			t.Errorf("size %d", f.Size)
		}
		if b, err := f.Read(tonghop.Limits{}); err != nil || string(b) != "in/a.xlsx" {
			t.Errorf("read %q, %v", b, err)
		}
		if b, err := f.Read(tonghop.Limits{Bytes: 3}); tonghop.CodeOf(err) != "file.too_large" || b != nil {
			t.Errorf("over the limit: %q, %v", b, err)
		}
		if err := os.Remove(f.Path); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Read(tonghop.Limits{}); tonghop.CodeOf(err) != "file.unreadable" {
			t.Errorf("gone: %v", err)
		}
	}
}
