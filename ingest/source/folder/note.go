package folder

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// noteMark is the last line of every note: a file without it is not the door's
// and is never touched, whatever its name.
const noteMark = "[tonghop]"

// stay leaves a file where it is, with a note beside it.
func (c *collect) stay(w *waiting, kind Note, cause error) {
	text := cause.Error()
	if c.Notes != nil {
		text = c.Notes(kind, cause)
	}
	c.wanted[notePath(w.path)] = said{text, w.path, kind, cause}
}

// said is a note and what it is about.
type said struct {
	text  string
	about string // path of the file
	kind  Note
	cause error
}

// tidy writes the notes that must lie there, and takes away those about files
// that are gone or were taken, and what a crash left half-written. The note
// about a file of which nothing new is known stays.
func (c *collect) tidy(s *sight) {
	about := map[string]bool{}
	for at := range s.files {
		about[notePath(at)] = !c.through[at]
	}
	for _, at := range s.notes {
		if _, stays := c.wanted[at]; stays || about[at] {
			continue
		}
		if err := c.removeNote(at); err != nil {
			c.failed(fmt.Errorf("remove the note %q: %w", at, err))
		}
	}
	for at, note := range c.wanted {
		written, err := c.writeNote(at, note.text)
		if err != nil {
			c.failed(fmt.Errorf("write the note %q: %w", at, err))
		}
		if written {
			c.log().Warn("file stays", "file", note.about, "why", string(note.kind), "error", note.cause)
		}
	}
	for _, at := range s.temps {
		info, err := c.root.Lstat(at)
		if err != nil || !info.Mode().IsRegular() || c.now().Sub(lastChange(info)) < time.Hour {
			continue
		}
		if err := c.root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
			c.failed(fmt.Errorf("remove %q: %w", at, err))
		}
	}
}

// removeNote takes a note away, if it is the door's.
func (c *collect) removeNote(at string) error {
	own, err := c.ownNote(at)
	if err != nil || !own {
		return err
	}
	if err := c.root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// ownNote reports whether there is a note that the door wrote.
func (c *collect) ownNote(at string) (bool, error) {
	old, err := readText(c.root, at)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return bytes.HasSuffix(old, []byte(noteMark+"\r\n")), err
}

// writeNote writes a note, if it does not say so already.
func (c *collect) writeNote(at, text string) (written bool, err error) {
	own, err := c.ownNote(at)
	if err != nil {
		return false, err
	}
	if _, err := c.root.Lstat(at); err == nil && !own {
		return false, errors.New("a file that is not the door's lies there")
	}
	return writeText(c.root, path.Dir(at), at, strings.TrimRight(text, "\r\n")+"\n\n"+noteMark+"\n")
}

// maxText is the most bytes of a text that is compared with another.
const maxText = 1 * mb

// readText reads the start of a text file; nothing of what is no file.
func readText(root *os.Root, at string) ([]byte, error) {
	info, err := root.Lstat(at)
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	f, err := root.OpenFile(at, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxText))
}

// writeText writes a text as the oldest Notepad shows it: with a byte order
// mark and CR LF. It does so through a temporary file in a folder, so that
// nobody sees half of it, and not at all if the text lies there already.
func writeText(root *os.Root, through, at, text string) (written bool, err error) {
	lines := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	b := []byte("\ufeff" + strings.TrimPrefix(lines, "\ufeff"))
	if old, err := readText(root, at); err == nil && bytes.Equal(old, b) {
		return false, nil
	}
	temp := path.Join(through, tempStart+rand.Text()+tempEnding)
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return false, err
	}
	defer root.Remove(temp) // after the rename there is nothing of that name
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, err
	}
	if err := root.Rename(temp, at); err != nil {
		return false, err
	}
	return true, syncDir(root, path.Dir(at))
}
