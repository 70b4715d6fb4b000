package folder

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
)

// noteMark is the last line of every note: a file without it is not the door's
// and is never touched, whatever its name.
const noteMark = "[tonghop]"

// stay leaves a file where it is, with a note beside it.
func (c *collect) stay(w *waiting, kind Note, cause error) {
	var e *tonghop.Error
	if errors.As(cause, &e) {
		cause = legible(e, path.Base(w.path))
	}
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
// about a file of which nothing new is known stays. What of this cannot be done
// keeps nobody from his turn: the log is told, once.
func (c *collect) tidy(ctx context.Context, s *sight) {
	about := map[string]bool{}
	for at := range s.files {
		about[notePath(at)] = !c.through[at]
	}
	for _, at := range s.notes {
		if _, stays := c.wanted[at]; stays || about[at] {
			continue
		}
		c.tell(ctx, "note cannot be removed", at, c.removeNote(at))
	}
	for _, at := range slices.Sorted(maps.Keys(c.wanted)) {
		note := c.wanted[at]
		written, err := c.writeNote(at, note.text)
		level := slog.LevelDebug
		if c.news(at, fmt.Sprint(note.text, err != nil)) && (written || err != nil) {
			level = slog.LevelWarn
		}
		c.log().Log(ctx, level, "file stays", "file", note.about, "why", string(note.kind), "error", note.cause)
		if err != nil {
			c.log().Log(ctx, level, "note cannot be written", "file", note.about, "error", err)
		}
	}
	for _, at := range append(c.sweep(s), s.temps...) {
		info, err := c.root.Lstat(at)
		if err != nil || !info.Mode().IsRegular() || c.now().Sub(info.ModTime()) < time.Hour {
			continue
		}
		if err := c.root.Remove(at); !errors.Is(err, fs.ErrNotExist) {
			c.tell(ctx, "leftover cannot be removed", at, err)
		}
	}
}

// tell tells the log what could not be done, if it is news.
func (c *collect) tell(ctx context.Context, what, at string, err error) {
	if err != nil && c.news(at, err.Error()) {
		c.log().WarnContext(ctx, what, "file", at, "error", err)
	}
}

// sweep finds what a crash left in the folders for what was taken. They grow with
// the years and are not listed at every look.
func (c *collect) sweep(s *sight) (temps []string) {
	c.mu.Lock()
	due := c.now().Sub(c.swept).Abs() >= time.Hour
	if due {
		c.swept = c.now()
	}
	c.mu.Unlock()
	if !due {
		return nil
	}
	for _, dir := range s.taken {
		entries, _ := readDir(c.root, dir) // who cannot list it is told when a file is to be moved there
		for _, e := range entries {
			if isTemp(e.Name()) {
				temps = append(temps, path.Join(dir, e.Name()))
			}
		}
	}
	return temps
}

// removeNote takes a note away, if it is the door's.
func (c *collect) removeNote(at string) error {
	own, err := ownNote(c.root, at)
	if err != nil || !own {
		return err
	}
	if err := c.root.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// ownNote reports whether there is a note that the door wrote.
func ownNote(root *os.Root, at string) (bool, error) {
	old, err := readText(root, at)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return bytes.HasSuffix(old, []byte(noteMark+"\r\n")), err
}

// writeNote writes a note, if it does not say so already.
func (c *collect) writeNote(at, text string) (written bool, err error) {
	own, err := ownNote(c.root, at)
	if err != nil {
		return false, err
	}
	if _, err := c.root.Lstat(at); err == nil && !own {
		return false, errors.New("a file that is not the door's lies there")
	}
	return writeText(c.root, at, strings.TrimRight(text, "\r\n")+"\n\n"+noteMark+"\n")
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
// mark and CR LF. It does so through a temporary file beside it, so that nobody
// sees half of it, and not at all if the text lies there already.
func writeText(root *os.Root, at, text string) (written bool, err error) {
	lines := strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	b := []byte("\ufeff" + strings.TrimPrefix(lines, "\ufeff"))
	if old, err := readText(root, at); err == nil && bytes.Equal(old, b) {
		return false, nil
	}
	temp := path.Join(path.Dir(at), tempStart+rand.Text()+tempEnding)
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
