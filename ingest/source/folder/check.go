package folder

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/filename"
)

// Problem is one thing that whoever looks after the door ought to know.
type Problem struct {
	Err     *tonghop.Error // code and what its sentence names
	Serious bool           // the door does not do its work as long as this is so
}

// Check looks whether the door can do its work:
//
//	door.open (door, path)           the folder is not there, no folder, or may not be entered; serious
//	door.list (door, folder)         a folder cannot be listed; serious
//	door.write (door, folder)        nothing can be written or renamed there; serious
//	door.link (door, folder)         a link, which is not followed, stands where an office's folder may be meant
//	door.strange (door, folder)      a subfolder fits no office, or several
//	door.astray (door, files)        so many files lie outside the subfolders
//	door.waiting (door, files, minutes)  so many files wait, the oldest for so long
//
// To see whether it may write it makes a file and takes it away again.
func (f *Folder) Check(ctx context.Context) []Problem {
	root, err := f.open()
	if err != nil {
		var e *tonghop.Error
		errors.As(err, &e)
		return []Problem{{e, true}}
	}
	defer root.Close()
	entries, err := readDir(root, ".")
	if err != nil {
		return []Problem{{tonghop.Fail("door.list", err, "door", f.Door, "folder", f.Root), true}}
	}
	out := f.checkFolder(root, ".")
	for _, e := range entries {
		if e.Type()&fs.ModeSymlink != 0 {
			out = append(out, Problem{tonghop.Fail("door.link", nil, "door", f.Door, "folder", e.Name()), false})
		}
		if !e.IsDir() || filename.Judge(e.Name()) == filename.Hidden || isTaken(e.Name()) {
			continue
		}
		ok := false
		if f.Office != nil {
			_, ok = f.Office(e.Name())
		}
		if !ok {
			out = append(out, Problem{tonghop.Fail("door.strange", nil, "door", f.Door, "folder", e.Name()), false})
			continue
		}
		out = append(out, f.checkFolder(root, e.Name())...)
	}
	return append(out, f.checkFiles(ctx, root)...)
}

// checkFolder tries what the door does in a folder.
func (f *Folder) checkFolder(root *os.Root, dir string) []Problem {
	if err := probe(root, dir); err != nil {
		return []Problem{{tonghop.Fail("door.write", err, "door", f.Door, "folder", dir), true}}
	}
	return nil
}

// probe writes a file, renames it and takes it away.
func probe(root *os.Root, dir string) error {
	a := path.Join(dir, tempStart+rand.Text()+tempEnding)
	b := path.Join(dir, tempStart+rand.Text()+tempEnding)
	if err := root.WriteFile(a, []byte("tonghop"), 0o600); err != nil {
		return err
	}
	if err := root.Rename(a, b); err != nil {
		return errors.Join(err, root.Remove(a))
	}
	return root.Remove(b)
}

// checkFiles counts what waits and what lies astray.
func (f *Folder) checkFiles(ctx context.Context, root *os.Root) []Problem {
	s, err := f.look(ctx, root)
	if err != nil {
		return []Problem{{tonghop.Fail("door.list", err, "door", f.Door, "folder", f.Root), true}}
	}
	var out []Problem
	astray, files, oldest := 0, 0, time.Duration(0)
	for _, at := range slices.Sorted(maps.Keys(s.files)) {
		if subfolder(at) == "" {
			astray++
			continue
		}
		files++
		oldest = max(oldest, f.now().Sub(lastChange(s.files[at])))
	}
	for _, err := range s.errs {
		folder := "."
		var at *fs.PathError
		if errors.As(err, &at) {
			folder = at.Path
		}
		out = append(out, Problem{tonghop.Fail("door.list", err, "door", f.Door, "folder", folder), true})
	}
	if astray > 0 {
		out = append(out, Problem{tonghop.Fail("door.astray", nil, "door", f.Door, "files", strconv.Itoa(astray)), false})
	}
	if files > 0 {
		out = append(out, Problem{tonghop.Fail("door.waiting", nil, "door", f.Door, "files", strconv.Itoa(files),
			"minutes", strconv.Itoa(int(oldest.Minutes()))), false})
	}
	return out
}
