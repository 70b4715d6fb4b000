package folder

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// letGo moves the files of a delivery that the desk has. A power cut before the
// folders are on the disk can only bring files back that have their receipts.
func (c *collect) letGo(ctx context.Context, batch []parcelled, subs []tonghop.Submission) {
	folders := map[string]bool{}
	for i, b := range batch {
		c.through[b.path] = true
		to, err := c.move(b, subs[i].Receipt)
		if err != nil {
			c.failed(fmt.Errorf("move %q, which has the receipt %s: %w", b.path, subs[i].Receipt, err))
			continue
		}
		c.log().InfoContext(ctx, "took file", "file", b.parcel.Name, "office", b.office, "receipt", subs[i].Receipt)
		folders[path.Dir(b.path)] = true
		if to != "" {
			folders[to] = true
		}
		fault.Reach(ctx, fault.Moved)
	}
	for dir := range folders {
		if err := syncDir(c.root, dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			c.failed(fmt.Errorf("bring the folder %q to the disk: %w", dir, err))
		}
	}
}

// move moves a file to where the taken ones of its office lie, and tells which
// folder that is: "" if there was nothing to move, because another instance of
// the door did it, or another file has taken its place.
func (c *collect) move(b parcelled, receipt string) (folder string, err error) {
	info, err := c.root.Lstat(b.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !same(b.info, info) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if folder, err = c.takenFolder(subfolder(b.path)); err != nil {
		return "", err
	}
	to, err := c.target(b, path.Join(folder, takenBase(receipt, path.Base(b.parcel.Name))))
	if err != nil {
		return "", err
	}
	if err := c.root.Rename(b.path, to); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil // another instance was faster
		}
		return "", err
	}
	moved, err := c.root.Lstat(to)
	if errors.Is(err, fs.ErrNotExist) {
		return folder, nil // its owner took it away again at once
	}
	if err != nil {
		return "", err
	}
	if !sameBytes(b.info, moved) {
		return "", c.putBack(to, b.path)
	}
	return folder, nil
}

// target finds a name for a file among the taken ones. One under which the same
// bytes lie may be taken; one under which others lie never.
func (c *collect) target(b parcelled, want string) (string, error) {
	for n := 1; n < 100; n++ {
		at := numbered(want, n)
		info, err := c.root.Lstat(at)
		if errors.Is(err, fs.ErrNotExist) {
			return at, nil
		}
		if err != nil {
			return "", err
		}
		// Of one file with two names a rename would leave both.
		if !os.SameFile(info, b.info) && c.holds(at, info, b) {
			return at, nil
		}
	}
	return "", fmt.Errorf("too many files are named %q: %w", want, fs.ErrExist)
}

// holds reports whether a file has the bytes of another.
func (c *collect) holds(at string, info fs.FileInfo, b parcelled) bool {
	if !info.Mode().IsRegular() || info.Size() != b.info.Size() {
		return false
	}
	f, err := c.root.OpenFile(at, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, info.Size()+1))
	return err == nil && n == info.Size() && [sha256.Size]byte(h.Sum(nil)) == b.sum
}

// putBack brings a file back that took another's place in the moment in which
// that one was moved. It never covers what lies there meanwhile.
func (c *collect) putBack(from, to string) error {
	for n := 1; n < 100; n++ {
		at := numbered(to, n)
		if _, err := c.root.Lstat(at); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("put back what was moved to %q: %w", from, err)
		}
		switch err := c.root.Link(from, at); {
		case errors.Is(err, fs.ErrExist):
			continue
		case err == nil:
			err = c.root.Remove(from)
			return errors.Join(err, syncDir(c.root, path.Dir(at)))
		}
		// Some file systems know no second names.
		if err := c.root.Rename(from, at); err != nil {
			return fmt.Errorf("put back what was moved to %q: %w", from, err)
		}
		return syncDir(c.root, path.Dir(at))
	}
	return fmt.Errorf("put back what was moved to %q: %w", from, fs.ErrExist)
}

// numbered is a path with a number before the ending; without for the first.
func numbered(at string, n int) string {
	if n == 1 {
		return at
	}
	ending := path.Ext(at)
	return strings.TrimSuffix(at, ending) + " (" + strconv.Itoa(n) + ")" + ending
}

// takenFolder is the folder for what was taken in an office's subfolder; it is
// made if there is none.
func (c *collect) takenFolder(of string) (string, error) {
	if dir, known := c.taken[of]; known {
		return dir, nil
	}
	dir, err := takenFolder(c.root, of)
	if err == nil {
		c.taken[of] = dir
	}
	return dir, err
}

// takenFolder finds or makes the folder for what was taken in a subfolder of
// the root. One that somebody made stands, however it spells the name.
func takenFolder(root *os.Root, of string) (string, error) {
	entries, err := readDir(root, of)
	if err != nil {
		return "", err
	}
	var found []string
	for _, e := range entries {
		if e.IsDir() && isTaken(e.Name()) {
			found = append(found, path.Join(of, e.Name()))
		}
	}
	dir := path.Join(of, takenName)
	if len(found) > 0 && !slices.Contains(found, dir) {
		return slices.Min(found), nil
	}
	if len(found) == 0 {
		// Who may use it is for the rights of the office's folder to say.
		if err := root.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", err
		}
		if info, err := root.Lstat(dir); err != nil || !info.IsDir() {
			return "", fmt.Errorf("%q is no folder: %w", dir, errors.Join(err, fs.ErrExist))
		}
		if err := syncDir(root, of); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// syncDir brings the names in a folder to the disk, where that can be asked for:
// Windows does it by itself, and some network folders know no such thing.
func syncDir(root *os.Root, dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := root.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
