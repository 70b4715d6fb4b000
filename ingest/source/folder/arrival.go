package folder

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// key names this very arrival: the same as long as the file lies here untouched,
// another one when the same bytes are dropped here again. It has in it when
// anything of the file changed, which nobody can set: that alone tells a file
// that was moved away and put back. But it differs too when only the rights
// changed, which is why [Folder.State] remembers it.
func (w *waiting) key() string {
	return digest("%q %d %d %d %s %x", w.path, w.info.Size(), w.info.ModTime().UnixNano(),
		changed(w.info).UnixNano(), identity(w.info), w.sum)
}

// itself names the file as it lies here, whatever its rights.
func (w *waiting) itself() string {
	return digest("%q %d %d %s %x", w.path, w.info.Size(), w.info.ModTime().UnixNano(), identity(w.info), w.sum)
}

// digest is the SHA-256 of what is printed, in hex.
func digest(format string, args ...any) string {
	h := sha256.New()
	fmt.Fprintf(h, format, args...)
	return hex.EncodeToString(h.Sum(nil))
}

// An arrival is a file that is about to be handed over, as it is written down.
// It is forgotten when the file has left its place: what lies there later came
// anew, also if it is the same file.
type arrival struct {
	path   string
	itself string    // the file, by waiting.itself
	key    string    // under which the desk gets it
	came   time.Time // when it came to lie there, by the clock of its disk
}

// arrive gives the key under which the desk gets a file: the one that was
// written down for it, or its own, which is written down before the desk can
// know it. If nothing can be written down the file is handed over all the same.
func (c *collect) arrive(ctx context.Context, w *waiting) string {
	a := arrival{w.path, w.itself(), w.key(), lastChange(w.info)}
	if c.State != "" {
		known, err := c.claim(a)
		if err == nil {
			a = known
		} else if c.news("state", "failed") {
			c.log().WarnContext(ctx, "cannot write down what is handed over", "file", shown(w.path), "error", err)
		}
	}
	w.came = a.came
	return a.key
}

// claim writes an arrival down, unless this file is written down already, and
// gives what is written there. Several instances may do so at once: the first
// one counts.
func (f *Folder) claim(a arrival) (arrival, error) {
	at := f.record(a.path)
	old, err := readArrival(at)
	if err == nil && old.itself == a.itself {
		return old, nil
	}
	fresh := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(f.State, 0o755); err != nil {
		return a, err
	}
	temp, err := os.CreateTemp(f.State, tempStart+"*"+tempEnding)
	if err != nil {
		return a, err
	}
	defer os.Remove(temp.Name())
	_, err = fmt.Fprintf(temp, "%q\n%s\n%s\n%d\n", a.path, a.itself, a.key, a.came.UnixNano())
	if err := errors.Join(err, temp.Close()); err != nil {
		return a, err
	}
	if fresh {
		switch err := os.Link(temp.Name(), at); {
		case err == nil:
			return a, nil
		case errors.Is(err, fs.ErrExist):
			if other, err := readArrival(at); err == nil && other.itself == a.itself {
				return other, nil
			}
		}
		// Some file systems know no second names.
	}
	return a, os.Rename(temp.Name(), at)
}

// since is when a file came that still lies in its place.
func (f *Folder) since(at string, info fs.FileInfo) time.Time {
	came := lastChange(info)
	if f.State != "" {
		if a, err := readArrival(f.record(at)); err == nil && a.came.Before(came) {
			return a.came // its rights were changed since
		}
	}
	return came
}

// forget strikes out a file that has left its place.
func (f *Folder) forget(w *waiting) {
	if f.State == "" {
		return
	}
	at := f.record(w.path)
	if a, err := readArrival(at); err == nil && a.itself == w.itself() {
		_ = os.Remove(at) // what stays is struck out at the next look
	}
}

// forgetGone strikes out what has left its place without our doing, or before
// we could write so.
func (c *collect) forgetGone() {
	if c.State == "" {
		return
	}
	entries, err := os.ReadDir(c.State)
	if err != nil {
		return // there is none yet, or arrive tells of it
	}
	for _, e := range entries {
		at := filepath.Join(c.State, e.Name())
		if isTemp(e.Name()) {
			if info, err := e.Info(); err == nil && c.now().Sub(info.ModTime()) >= time.Hour {
				_ = os.Remove(at)
			}
			continue
		}
		a, err := readArrival(at)
		if err != nil || at != c.record(a.path) {
			continue // another door's
		}
		if _, err := c.root.Lstat(a.path); errors.Is(err, fs.ErrNotExist) {
			_ = os.Remove(at)
		}
	}
}

// record is the file in which an arrival under a path is written down.
func (f *Folder) record(at string) string {
	return filepath.Join(f.State, digest("%q %q", f.Door, at))
}

// readArrival reads what was written down.
func readArrival(at string) (a arrival, err error) {
	b, err := os.ReadFile(at)
	if err != nil {
		return a, err
	}
	var lines []string
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		lines = append(lines, s.Text())
	}
	if len(lines) != 4 || !strings.HasSuffix(string(b), "\n") {
		return a, fmt.Errorf("%d lines of an arrival in %q", len(lines), at)
	}
	a.itself, a.key = lines[1], lines[2]
	nanos, err := strconv.ParseInt(lines[3], 10, 64)
	if err == nil {
		a.came = time.Unix(0, nanos)
		a.path, err = strconv.Unquote(lines[0])
	}
	return a, err
}
