package folder

import (
	"maps"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/tonghop/tonghop"
)

// cannotList is the error about a folder that cannot be listed.
func (f *Folder) cannotList(dir string, cause error) error {
	return tonghop.Fail("door.list", cause, "door", f.Door, "folder", f.place(dir))
}

// cannotRead is the error about a file that cannot be read.
func (f *Folder) cannotRead(at string, cause error) error {
	return tonghop.Fail("door.read", cause, "door", f.Door, "file", shown(at))
}

// cannotWrite is the error about a folder in which nothing can be written or
// renamed; about is the file for whose sake it was tried, "" if it was for no
// single one.
func (f *Folder) cannotWrite(dir, about string, cause error) error {
	e := tonghop.Fail("door.write", cause, "door", f.Door, "folder", f.place(dir))
	if about != "" {
		e.Args["file"] = shown(about)
	}
	return e
}

// notTaken is the error about a delivery that the desk could not take. One that
// has a sentence speaks for itself.
func (f *Folder) notTaken(batch []parcelled, cause error) error {
	if tonghop.CodeOf(cause) != "" {
		return cause
	}
	return tonghop.Fail("door.desk", cause, "door", f.Door, "folder", shown(subfolder(batch[0].path)), "files", strconv.Itoa(len(batch)))
}

// place names a folder for a person: the root by the path that the configuration
// gives it.
func (f *Folder) place(dir string) string {
	if dir == "." {
		return f.Root
	}
	return shown(dir)
}

// blame finds the one of several folders in which nothing can be written; the
// first if it is none of them.
func blame(root *os.Root, dirs ...string) string {
	for _, dir := range dirs {
		if probe(root, dir) != nil {
			return dir
		}
	}
	return dirs[0]
}

// shown is a name as a person may read it: what would break the line, lead a
// terminal astray or turn the direction of writing is a sign that can be seen.
func shown(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return '⏎'
		case r == '\t':
			return '⇥'
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return '?'
		}
		return r
	}, name)
}

// legible is an error whose sentence names only what can be read, and the file.
func legible(e *tonghop.Error, file string) *tonghop.Error {
	out := *e
	if out.Args = maps.Clone(e.Args); out.Args == nil {
		out.Args = map[string]string{}
	}
	if out.Args["file"] == "" {
		out.Args["file"] = file
	}
	for name, value := range out.Args {
		out.Args[name] = shown(value)
	}
	return &out
}
