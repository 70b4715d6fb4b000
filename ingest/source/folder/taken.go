package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/tonghop/tonghop"
)

// takenFolder is the folder for what was taken in an office's subfolder; it is
// made if there is none. about is the file for whose sake.
func (c *collect) takenFolder(of, about string) (string, error) {
	if dir, known := c.taken[of]; known {
		return dir, nil
	}
	dirs, err := c.Folder.takenFolders(c.root, of, about)
	if err != nil {
		return "", err
	}
	c.taken[of] = dirs[0]
	return dirs[0], nil
}

// takenFolders lists the folders for what was taken in a subfolder of the root,
// the one to be used first; one is made if there is none. One that somebody made
// stands, however it spells the name.
func (f *Folder) takenFolders(root *os.Root, of, about string) ([]string, error) {
	found, err := listTaken(root, of)
	if err != nil {
		return nil, f.cannotList(of, err)
	}
	if len(found) > 0 {
		return found, nil
	}
	dir, err := makeTaken(root, of)
	if err == nil {
		err = syncDir(root, of)
	}
	if err != nil {
		return nil, f.cannotWrite(of, about, err)
	}
	return []string{dir}, nil
}

// listTaken finds the folders for what was taken, the one of the usual name
// before all others.
func listTaken(root *os.Root, of string) ([]string, error) {
	entries, err := readDir(root, of)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		if e.IsDir() && isTaken(e.Name()) {
			found = append(found, path.Join(of, e.Name()))
		}
	}
	slices.Sort(found)
	if i := slices.Index(found, path.Join(of, takenName)); i > 0 {
		found = slices.Insert(slices.Delete(found, i, i+1), 0, path.Join(of, takenName))
	}
	return found, nil
}

// makeTaken makes one, under another name if something that is no folder stands
// under the first.
func makeTaken(root *os.Root, of string) (string, error) {
	for n := 1; n < namesakes; n++ {
		dir := path.Join(of, numbered(takenName, n))
		// Who may use it is for the rights of the office's folder to say.
		if err := root.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", err
		}
		if info, err := root.Lstat(dir); err != nil {
			return "", err
		} else if info.IsDir() {
			return dir, nil
		}
	}
	return "", fmt.Errorf("too many things that are no folders are named %q: %w", takenName, fs.ErrExist)
}

// letterPath is where the letter about a submission lies: beside its file,
// whatever name that has. A file that is not there has not been moved yet, or
// somebody took it away: its letter lies where it would be. One that came in an
// archive never lies there; the name of its letter begins with the archive's.
func (f *Folder) letterPath(root *os.Root, dirs []string, sub tonghop.Submission) (string, error) {
	want := takenBase(sub.Receipt, path.Base(sub.Name))
	beside := path.Join(dirs[0], want+letterEnding)
	inArchive := archived(sub.Name)
	if inArchive != "" {
		beside = path.Join(dirs[0], takenBase(sub.Receipt, inArchive)+letterEnding)
	}
	sum, err := hex.DecodeString(sub.SHA256)
	if err != nil || len(sum) != sha256.Size {
		return beside, nil // nothing to tell it by
	}
	for _, dir := range dirs {
		base, err := findTaken(root, dir, want, sub, [sha256.Size]byte(sum))
		if err != nil {
			return "", err
		}
		if base != "" {
			return path.Join(dir, base+letterEnding), nil
		}
	}
	var came time.Time
	if has(root, sub.Name, sub.Size, [sha256.Size]byte(sum)) {
		if info, err := root.Lstat(sub.Name); err == nil {
			came = f.since(sub.Name, info)
		}
	} else if inArchive != "" {
		return beside, nil
	}
	for n := 1; n < namesakes; n++ {
		at := path.Join(dirs[0], numbered(want, n))
		switch _, err := root.Lstat(at); {
		case errors.Is(err, fs.ErrNotExist) && !olderLetter(root, at, came):
			return at + letterEnding, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	return "", fmt.Errorf("too many files are named %q: %w", want, fs.ErrExist)
}

// olderLetter reports whether a letter about the file of a name lies there that
// is older than a file that came only then: it is about another one.
func olderLetter(root *os.Root, at string, came time.Time) bool {
	letter, err := root.Lstat(at + letterEnding)
	return err == nil && letter.ModTime().Before(came)
}

// findTaken finds the file of a submission in a folder for what was taken: among
// those that bear its receipt the one that has its bytes, if possible under the
// name that the door would give it; "" if there is none. Receipts may be given
// out again after a backup was restored.
func findTaken(root *os.Root, dir, want string, sub tonghop.Submission, sum [sha256.Size]byte) (string, error) {
	entries, err := readDir(root, dir)
	if err != nil {
		return "", err
	}
	var named []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), sub.Receipt+" ") && len(e.Name()) <= nameMax-len(letterEnding) && e.Type().IsRegular() {
			named = append(named, e.Name())
		}
	}
	slices.Sort(named)
	if i := slices.Index(named, want); i > 0 {
		named = slices.Insert(slices.Delete(named, i, i+1), 0, want)
	}
	for _, base := range named {
		if has(root, path.Join(dir, base), sub.Size, sum) {
			return base, nil
		}
	}
	return "", nil
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
