package folder

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

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
//	door.read (door, file, more)     a file cannot be read, and so many others; serious
//	door.empty (door, path)          there is no subfolder of any office: a disk that is not mounted looks like this
//	door.link (door, folder)         a link, which is not followed, stands where an office's folder may be meant
//	door.strange (door, folder, offices)  a subfolder fits no office, or several, which are named
//	door.blocked (door, folder, file)     something that is no folder is named as the folder for what was taken
//	door.note (door, folder, file)   files stay there, and no note can be written about them; the file is in its way
//	door.astray (door, files)        so many files lie outside the subfolders
//	door.noted (door, files, file)   so many files stay, one of which is named, and a note says why or will do so
//	door.waiting (door, files, minutes)  so many files wait for their turn, the oldest for so long
//
// To see whether it may write it makes a file and takes it away again.
func (f *Folder) Check(ctx context.Context) []Problem {
	root, err := f.open()
	if err != nil {
		return problem(nil, true, err)
	}
	defer root.Close()
	k := &checking{Folder: f, root: root}
	if k.seen, err = f.look(ctx, root); err != nil {
		if tonghop.CodeOf(err) == "" {
			return nil // the context ended
		}
		return problem(nil, true, err)
	}
	k.sort()
	if len(k.astray) > 0 {
		k.checkNotes(".")
	}
	entries, err := readDir(root, ".")
	if err != nil {
		return problem(k.found, true, f.cannotList(".", err))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	offices := 0
	for _, e := range entries {
		if k.checkEntry(e) {
			offices++
		}
	}
	if offices == 0 {
		k.say(false, tonghop.Fail("door.empty", nil, "door", f.Door, "path", f.Root))
	}
	k.checkFiles()
	return k.found
}

// problem adds an error, which has a sentence, to problems.
func problem(all []Problem, serious bool, err error) []Problem {
	var e *tonghop.Error
	errors.As(err, &e)
	return append(all, Problem{e, serious})
}

// checking is one run of Check.
type checking struct {
	*Folder
	root       *os.Root
	seen       *sight
	astray     []string // files in the root itself
	noted      []string // files that stay
	unreadable []string
	waiting    []string
	found      []Problem
}

// say adds a problem.
func (k *checking) say(serious bool, err error) { k.found = problem(k.found, serious, err) }

// officeOf tells which office a subfolder is for.
func (f *Folder) officeOf(subfolder string) (of office) {
	if f.Office != nil && utf8.ValidString(subfolder) {
		of.code, of.ok = f.Office(subfolder)
	}
	return of
}

// checkEntry looks at what stands in the root, and reports whether it is the
// folder of an office.
func (k *checking) checkEntry(e fs.DirEntry) bool {
	name := e.Name()
	if e.Type()&fs.ModeSymlink != 0 {
		k.say(false, tonghop.Fail("door.link", nil, "door", k.Door, "folder", shown(name)))
	}
	if !e.IsDir() || filename.Judge(name) == filename.Hidden || isTaken(name) {
		return false
	}
	if k.officeOf(name).ok {
		k.checkOffice(name)
		return true
	}
	strange := tonghop.Fail("door.strange", nil, "door", k.Door, "folder", shown(name))
	if offices := k.candidates(name); len(offices) > 0 {
		strange.Args["offices"] = strings.Join(offices, ", ")
	}
	k.say(false, strange)
	for _, dir := range folders(k.noted, name) {
		k.checkNotes(dir)
	}
	return false
}

// checkOffice tries what the door does in the folder of an office: in the folder
// itself, where the taken files lie, and where files wait.
func (k *checking) checkOffice(of string) {
	entries, _ := readDir(k.root, of) // who cannot list it is told of by the look
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		if isTaken(e.Name()) && !e.IsDir() {
			k.say(false, tonghop.Fail("door.blocked", nil, "door", k.Door, "folder", shown(of), "file", shown(e.Name())))
		}
	}
	dirs := []string{of}
	if taken, err := listTaken(k.root, of); err == nil && len(taken) > 0 {
		dirs = append(dirs, taken[0])
	}
	for _, dir := range folders(slices.Concat(k.waiting, k.unreadable), of) {
		if dir != of {
			dirs = append(dirs, dir)
		}
	}
	forbidden := map[string]bool{}
	for _, dir := range dirs {
		if err := probe(k.root, dir); err != nil {
			forbidden[dir] = true
			k.say(true, k.cannotWrite(dir, "", err))
		}
	}
	for _, dir := range folders(k.noted, of) {
		if !forbidden[dir] {
			k.checkNotes(dir)
		}
	}
}

// checkNotes tries whether a note can be written in a folder where files stay.
func (k *checking) checkNotes(dir string) {
	if err := probe(k.root, dir); err != nil {
		k.say(false, tonghop.Fail("door.note", err, "door", k.Door, "folder", k.place(dir)))
		return
	}
	for _, at := range slices.Concat(k.astray, k.noted) {
		note := notePath(at)
		if path.Dir(at) != dir {
			continue
		}
		if own, err := ownNote(k.root, note); !own && (err != nil || exists(k.root, note)) {
			k.say(false, tonghop.Fail("door.note", err, "door", k.Door, "folder", k.place(dir), "file", shown(path.Base(note))))
			return
		}
	}
}

// exists reports whether anything has a name.
func exists(root *os.Root, at string) bool {
	_, err := root.Lstat(at)
	return err == nil
}

// folders lists the folders of files that lie below a subfolder.
func folders(files []string, of string) []string {
	var out []string
	for _, at := range files {
		if subfolder(at) == of {
			out = append(out, path.Dir(at))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
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
