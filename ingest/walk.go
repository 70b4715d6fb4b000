package ingest

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/filename"
)

// Skip is the code of the reason why a file is not taken.
type Skip = filename.Skip

// The reasons. SkipNone is for a file that is to be read; those that a name
// gives are told in package filename.
const (
	SkipNone            = filename.None
	SkipOfficeLock      = filename.OfficeLock
	SkipTemporary       = filename.Temporary
	SkipSystem          = filename.System
	SkipHidden          = filename.Hidden
	SkipLink       Skip = "link"    // link to a folder that would be walked twice, or for ever
	SkipSpecial    Skip = "special" // no file: a pipe, a socket, a device
)

// Found is one thing that stands under the arguments of a walk.
type Found struct {
	Path string // where it is, for opening it
	Name string // relative to its argument, with "/"; of a file argument, its last part
	Size int64  // bytes, when it was found
	Skip Skip   // why it is not to be read
}

// Walk finds the files behind the arguments: a file is itself, a folder is
// everything below it. Arguments keep their order, names in a folder are
// sorted byte by byte and given exactly as the disk has them. Folders
// themselves, also empty ones, are not given.
//
// Files that are no report by their names come with a reason in Skip. What
// cannot be read comes with the error file.unreadable (file: the path), and the
// walk goes on. Links are followed, but not to a folder that is walked already,
// lies inside one that is, or holds one.
func Walk(paths []string) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		for _, path := range paths {
			w := &walker{yield: yield}
			if !w.argument(path) {
				return
			}
		}
	}
}

// walker walks one argument. Its methods report whether to go on.
type walker struct {
	yield func(Found, error) bool
	trees []string // real paths of the folders that are walked with all below
}

// argument walks what an argument names.
func (w *walker) argument(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return w.entry(path, filepath.Base(path))
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return w.fail(path, filepath.Base(path), err)
	}
	w.trees = []string{real}
	return w.folder(path, "")
}

// folder walks everything in a folder; name is "" for the argument itself.
func (w *walker) folder(path, name string) bool {
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		below := e.Name()
		if name != "" {
			below = name + "/" + below
		}
		if !w.entry(filepath.Join(path, e.Name()), below) {
			return false
		}
	}
	if err != nil {
		if name == "" {
			name = filepath.Base(path)
		}
		return w.fail(path, name, err)
	}
	return true
}

// entry gives a file or walks a folder.
func (w *walker) entry(path, name string) bool {
	skip := filename.Judge(filepath.Base(path))
	link, err := os.Lstat(path)
	if err != nil {
		return w.fail(path, name, err)
	}
	info, linked := link, link.Mode()&fs.ModeSymlink != 0
	if linked && skip == SkipNone {
		if info, err = os.Stat(path); err != nil {
			return w.fail(path, name, err)
		}
	}
	switch {
	case info.IsDir() && skip != SkipHidden:
		if linked && !w.newTree(path) {
			return w.give(Found{Path: path, Name: name, Skip: SkipLink})
		}
		return w.folder(path, name)
	case skip != SkipNone:
		return w.give(Found{Path: path, Name: name, Size: info.Size(), Skip: skip})
	case !info.Mode().IsRegular():
		return w.give(Found{Path: path, Name: name, Skip: SkipSpecial})
	}
	if err := readable(path); err != nil {
		return w.fail(path, name, err)
	}
	return w.give(Found{Path: path, Name: name, Size: info.Size()})
}

// newTree reports whether a linked folder stands apart from all that is
// walked, and notes it.
func (w *walker) newTree(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return false
	}
	for _, tree := range w.trees {
		if within(real, tree) || within(tree, real) {
			return false
		}
	}
	w.trees = append(w.trees, real)
	return true
}

// within reports whether a path is a folder or below it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// readable opens and closes a file.
func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}

// give hands over what was found.
func (w *walker) give(f Found) bool { return w.yield(f, nil) }

// fail hands over what cannot be read.
func (w *walker) fail(path, name string, err error) bool {
	return w.yield(Found{Path: path, Name: name}, tonghop.Fail("file.unreadable", err, "file", path))
}

// Read reads the whole file, never more than the limit: file.too_large (limit,
// size) or file.unreadable (file: the path).
func (f Found) Read(limits tonghop.Limits) ([]byte, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, tonghop.Fail("file.unreadable", err, "file", f.Path)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, tonghop.Fail("file.unreadable", err, "file", f.Path)
	}
	if err := limits.CheckSize(info.Size()); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(file, limits.WithDefaults().Bytes+1))
	if err == nil && int64(len(b)) < info.Size() {
		err = errors.New("file became shorter while it was read")
	}
	if err != nil {
		return nil, tonghop.Fail("file.unreadable", err, "file", f.Path)
	}
	if err := limits.CheckSize(int64(len(b))); err != nil { // it grew meanwhile
		return nil, err
	}
	return b, nil
}
