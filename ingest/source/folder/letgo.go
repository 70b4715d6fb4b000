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
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// letGo moves the files of a delivery that the desk has, an archive under the
// receipt of the first file in it. A power cut before the folders are on the disk
// can only bring files back that have their receipts.
func (c *collect) letGo(ctx context.Context, batch []parcelled, taken [][]tonghop.Submission) {
	folders := map[string]bool{}
	for i, b := range batch {
		c.through[b.path] = true
		receipt := taken[i][0].Receipt
		to, err := c.move(b, receipt)
		if err != nil {
			c.failed(fmt.Errorf("move %q, which has the receipt %s: %w", b.path, receipt, err))
			continue
		}
		c.log().InfoContext(ctx, "took file", "file", b.parcel.Name, "office", b.office, "receipt", receipt)
		if len(taken[i]) > 1 || taken[i][0].Name != b.parcel.Name {
			for _, sub := range taken[i] {
				c.log().InfoContext(ctx, "took file of archive", "file", sub.Name, "office", b.office, "receipt", sub.Receipt)
			}
		}
		folders[path.Dir(b.path)] = true
		if to != "" {
			folders[to] = true
		}
		fault.Reach(ctx, fault.Moved)
	}
	for dir := range folders {
		if err := syncDir(c.root, dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			c.failed(c.cannotWrite(dir, "", err))
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
		return "", c.cannotRead(b.path, err)
	}
	if folder, err = c.takenFolder(subfolder(b.path), b.path); err != nil {
		return "", err
	}
	to, err := c.target(b, path.Join(folder, takenBase(receipt, path.Base(b.parcel.Name))))
	if err != nil {
		return "", c.cannotWrite(folder, b.path, err)
	}
	if err := c.root.Rename(b.path, to); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil // another instance was faster
		}
		return "", c.cannotWrite(blame(c.root, path.Dir(b.path), folder), b.path, err)
	}
	c.forget(b.waiting)
	moved, err := c.root.Lstat(to)
	if errors.Is(err, fs.ErrNotExist) {
		return folder, nil // its owner took it away again at once
	}
	if err != nil {
		return "", c.cannotWrite(folder, b.path, err)
	}
	if !sameBytes(b.info, moved) {
		if err := c.putBack(to, b.path); err != nil {
			return "", c.cannotWrite(path.Dir(b.path), b.path, err)
		}
		return "", nil
	}
	return folder, nil
}

// target finds a name for a file among the taken ones. One under which the same
// bytes lie may be taken; one under which others lie never, nor one whose letter
// is about another file.
func (c *collect) target(b parcelled, want string) (string, error) {
	for n := 1; n < namesakes; n++ {
		at := numbered(want, n)
		info, err := c.root.Lstat(at)
		if errors.Is(err, fs.ErrNotExist) {
			if olderLetter(c.root, at, b.came) {
				continue
			}
			return at, nil
		}
		if err != nil {
			return "", err
		}
		// Of one file with two names a rename would leave both.
		if !os.SameFile(info, b.info) && has(c.root, at, b.info.Size(), b.sum) {
			return at, nil
		}
	}
	return "", fmt.Errorf("too many files are named %q: %w", want, fs.ErrExist)
}

// has reports whether a file has so many bytes with this digest; 0 = however
// many.
func has(root *os.Root, at string, size int64, sum [sha256.Size]byte) bool {
	info, err := root.Lstat(at)
	if err != nil || !info.Mode().IsRegular() || size != 0 && info.Size() != size {
		return false
	}
	f, err := root.OpenFile(at, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, info.Size()+1))
	return err == nil && n == info.Size() && [sha256.Size]byte(h.Sum(nil)) == sum
}

// putBack brings a file back that took another's place in the moment in which
// that one was moved. It never covers what lies there meanwhile.
func (c *collect) putBack(from, to string) error {
	for n := 1; n < namesakes; n++ {
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
