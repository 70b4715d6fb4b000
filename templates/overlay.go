package templates

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// overlay shows the files of over, and where it has none those of under.
// Folders are joined.
type overlay struct{ over, under fs.FS }

// Open opens a file of over or else of under; a folder lists both.
func (o overlay) Open(name string) (fs.File, error) {
	if !seen(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	f, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = o.under.Open(name)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.IsDir() {
		return f, err
	}
	list, err := o.ReadDir(name)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &folder{File: f, list: list}, nil
}

// ReadDir lists the entries of both folders by name, those of over first in
// right.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	over, err := fs.ReadDir(o.over, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	under, underErr := fs.ReadDir(o.under, name)
	if underErr != nil && (err != nil || !errors.Is(underErr, fs.ErrNotExist)) {
		return nil, underErr
	}
	var out []fs.DirEntry
	for _, e := range over {
		if seen(e.Name()) {
			out = append(out, e)
		}
	}
	for _, e := range under {
		if !slices.ContainsFunc(out, func(d fs.DirEntry) bool { return d.Name() == e.Name() }) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// seen reports whether no part of the name marks a hidden file or a leftover.
func seen(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if part != "." && strings.IndexAny(part, "._~") == 0 {
			return false
		}
	}
	return true
}

// folder is an open folder with the joined list.
type folder struct {
	fs.File
	list []fs.DirEntry
}

// ReadDir gives the next n entries, or all that are left.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.list) {
		if n > 0 && len(f.list) == 0 {
			return nil, io.EOF
		}
		n = len(f.list)
	}
	out := f.list[:n:n]
	f.list = f.list[n:]
	return out, nil
}
