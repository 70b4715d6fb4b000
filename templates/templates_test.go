package templates

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestFSOverlay(t *testing.T) {
	home := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		name = filepath.Join(home, "templates", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := Digest(FS(""))
	if err != nil {
		t.Fatal(err)
	}
	if same, err := Digest(FS(home)); err != nil || same != plain {
		t.Errorf("digest without a folder at home = %s, %v, want %s", same, err, plain)
	}

	write("units/.units.csv.swp", "leftover")
	write("units/~$units.csv", "leftover")
	if same, err := Digest(FS(home)); err != nil || same != plain {
		t.Errorf("digest with leftovers = %s, %v, want %s", same, err, plain)
	}

	write("units/README.md", "our own")
	write("criteria/xa-ntm-2031-2035/criteria.yaml", "id: none\n")
	fsys := FS(home)
	if got, _ := fs.ReadFile(fsys, "units/README.md"); string(got) != "our own" {
		t.Errorf("overlaid file = %q", got)
	}
	if _, err := Units(fsys); err != nil {
		t.Errorf("units below the overlay: %v", err)
	}
	under, err := fs.Glob(FS(""), "criteria/*/criteria.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sets, err := fs.Glob(fsys, "criteria/*/criteria.yaml")
	if err != nil || len(sets) != len(under)+1 {
		t.Errorf("sets = %v, %v, want one more than %v", sets, err, under)
	}
	if changed, err := Digest(fsys); err != nil || changed == plain {
		t.Errorf("digest after a change = %s, %v, want another", changed, err)
	}
	if err := fstest.TestFS(fsys, unitsFile, "units/README.md", setFile, "criteria/xa-ntm-2031-2035/criteria.yaml"); err != nil {
		t.Error(err)
	}
}

func TestDigestSeesNamesAndContents(t *testing.T) {
	digest := func(m fstest.MapFS) string {
		t.Helper()
		d, err := Digest(m)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	base := fstest.MapFS{"a/b": {Data: []byte("1")}, "a/c": {Data: []byte("2")}}
	for name, other := range map[string]fstest.MapFS{
		"content": {"a/b": {Data: []byte("1")}, "a/c": {Data: []byte("3")}},
		"name":    {"a/b": {Data: []byte("1")}, "a/d": {Data: []byte("2")}},
		"shifted": {"a/b": {Data: []byte("12")}, "a/c": {Data: []byte("")}},
		"fewer":   {"a/b": {Data: []byte("1")}},
	} {
		if digest(base) == digest(other) {
			t.Errorf("%s: the same digest", name)
		}
	}
	if digest(base) != digest(fstest.MapFS{"a/c": {Data: []byte("2")}, "a/b": {Data: []byte("1")}}) {
		t.Error("the order of the map changes the digest")
	}
}
