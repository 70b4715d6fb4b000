package folder_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/ingest/source/doortest"
	"github.com/tonghop/tonghop/ingest/source/folder"
	"github.com/tonghop/tonghop/internal/viet"
)

func TestMain(m *testing.M) { doortest.Main(m, open) }

// open is the door as the program makes it, but quicker.
func open(place string) ingest.Source {
	f := quick(place)
	f.State = place + " state"
	return f
}

// quick is a door that waits for fractions of a second only.
func quick(place string) *folder.Folder {
	return &folder.Folder{Door: "nộp báo cáo", Root: place, Settle: 10 * time.Millisecond, MinAge: 40 * time.Millisecond,
		Office: func(subfolder string) (string, bool) {
			for code, name := range doortest.Offices() {
				if viet.Fold(name) == viet.Fold(subfolder) {
					return code, true
				}
			}
			return "", false
		}}
}

// The promises that every door keeps.
func TestDoor(t *testing.T) {
	doortest.Run(t, doortest.Door{Open: open, Senders: func(t *testing.T) doortest.Senders {
		root := t.TempDir()
		for _, name := range doortest.Offices() {
			if err := os.Mkdir(filepath.Join(root, name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		return senders(root)
	}})
}

// senders are clerks with a network drive.
type senders string

func (s senders) Place() string { return string(s) }

func (s senders) path(office, name string) string {
	return filepath.Join(string(s), doortest.Offices()[office], name)
}

func (s senders) Put(t *testing.T, f doortest.File) {
	t.Helper()
	if err := os.WriteFile(s.path(f.Office, f.Name), f.Bytes, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s senders) Own(t *testing.T, f doortest.File) {
	t.Helper()
	if err := os.Chmod(s.path(f.Office, f.Name), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (s senders) Grow(t *testing.T, office, name string) io.WriteCloser {
	t.Helper()
	f, err := os.Create(s.path(office, name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (s senders) Rename(t *testing.T, office, from, to string) {
	t.Helper()
	if err := os.Rename(s.path(office, from), s.path(office, to)); err != nil {
		t.Fatal(err)
	}
}

// each gives the files in the folder of an office, by path below it.
func (s senders) each(t *testing.T, office string, do func(path string, b []byte)) {
	t.Helper()
	dir := s.path(office, "")
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // taken meanwhile
		}
		rel, _ := filepath.Rel(dir, path)
		do(filepath.ToSlash(rel), b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s senders) Waiting(t *testing.T) []doortest.File {
	t.Helper()
	var out []doortest.File
	for office := range doortest.Offices() {
		s.each(t, office, func(path string, b []byte) {
			if !strings.HasPrefix(path, "đã nhận/") && !strings.HasSuffix(path, ".ghi chú.txt") && !strings.HasPrefix(path, ".") {
				out = append(out, doortest.File{Office: office, Name: filepath.Base(path), Bytes: b})
			}
		})
	}
	return out
}

func (s senders) Back(t *testing.T, office string) []string {
	t.Helper()
	var out []string
	s.each(t, office, func(path string, b []byte) {
		if strings.HasSuffix(path, ".txt") {
			out = append(out, string(b))
		}
	})
	return out
}
