package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/tonghop/tonghop/ingest/filename"
)

// sight is what one look found, by path relative to the root.
type sight struct {
	files map[string]fs.FileInfo // what may be a report
	notes []string               // the door's own notes, by their names
	temps []string               // what a crash left of a note or a letter
	taken []string               // folders for what was taken
	errs  []error                // folders and files that could not be looked at, each with its sentence
	door  *Folder
}

// look lists what lies below the root. Only an error of the root itself, and a
// context that ended, end it: door.list (door, folder) or the context's.
func (f *Folder) look(ctx context.Context, root *os.Root) (*sight, error) {
	s := &sight{files: map[string]fs.FileInfo{}, door: f}
	entries, err := readDir(root, ".")
	if err != nil {
		return nil, f.cannotList(".", err)
	}
	if err := s.list(ctx, root, "", entries); err != nil {
		return nil, err
	}
	return s, nil
}

// list sorts what stands in one folder, and goes down.
func (s *sight) list(ctx context.Context, root *os.Root, dir string, entries []fs.DirEntry) error {
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := path.Join(dir, e.Name())
		if !e.IsDir() {
			s.file(root, at, e)
			continue
		}
		if isTaken(e.Name()) {
			s.taken = append(s.taken, at)
			continue
		}
		if filename.Judge(e.Name()) == filename.Hidden {
			continue
		}
		below, err := readDir(root, at)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.errs = append(s.errs, s.door.cannotList(at, err))
		}
		if err := s.list(ctx, root, at, below); err != nil {
			return err
		}
	}
	return nil
}

// file sorts what is no folder.
func (s *sight) file(root *os.Root, at string, e fs.DirEntry) {
	switch {
	case isTemp(e.Name()):
		s.temps = append(s.temps, at)
	case isNote(e.Name()):
		s.notes = append(s.notes, at)
	case filename.Judge(e.Name()) != filename.None || !e.Type().IsRegular() || isTaken(e.Name()):
	default:
		info, err := root.Lstat(at)
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone since the folder was listed
		case err != nil:
			s.errs = append(s.errs, s.door.cannotRead(at, err))
		case info.Mode().IsRegular():
			s.files[at] = info
		}
	}
}

// readDir lists a folder below the root.
func readDir(root *os.Root, dir string) ([]fs.DirEntry, error) {
	f, err := root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

// subfolder is the first part of a path: the office's folder; "" for what lies
// in the root itself.
func subfolder(at string) string {
	first, _, below := strings.Cut(at, "/")
	if !below {
		return ""
	}
	return first
}

// same reports whether two looks saw the same file in the same state.
func same(a, b fs.FileInfo) bool { return sameBytes(a, b) && changed(a).Equal(changed(b)) }

// sameBytes is same, but a rename may lie between the looks: it counts as a
// change of the file in some systems.
func sameBytes(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Mode().IsRegular() && b.Mode().IsRegular() &&
		a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}
