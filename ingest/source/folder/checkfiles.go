package folder

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/tonghop/tonghop"
)

// sort tells the files that wait from those that do not.
func (k *checking) sort() {
	for _, at := range slices.Sorted(maps.Keys(k.seen.files)) {
		switch {
		case subfolder(at) == "":
			k.astray = append(k.astray, at)
		case k.stays(at):
			k.noted = append(k.noted, at)
		case !k.readable(at):
			k.unreadable = append(k.unreadable, at)
		default:
			k.waiting = append(k.waiting, at)
		}
	}
}

// stays reports whether a file in a subfolder is none that waits for its turn.
func (k *checking) stays(at string) bool {
	if !k.officeOf(subfolder(at)).ok || k.seen.files[at].Size() > k.limit() {
		return true
	}
	own, err := ownNote(k.root, notePath(at))
	return err == nil && own
}

// readable reports whether a file can be opened; one that is gone needs not be.
func (k *checking) readable(at string) bool {
	f, err := k.root.OpenFile(at, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	return f.Close() == nil
}

// checkFiles tells what lies there, and what could not be looked at.
func (k *checking) checkFiles() {
	for _, err := range k.seen.errs {
		k.say(true, err)
	}
	if n := len(k.unreadable); n > 0 {
		e := tonghop.Fail("door.read", nil, "door", k.Door, "file", shown(k.unreadable[0]))
		if n > 1 {
			e.Args["more"] = strconv.Itoa(n - 1)
		}
		k.say(true, e)
	}
	if n := len(k.astray); n > 0 {
		k.say(false, tonghop.Fail("door.astray", nil, "door", k.Door, "files", strconv.Itoa(n)))
	}
	if n := len(k.noted); n > 0 {
		k.say(false, tonghop.Fail("door.noted", nil, "door", k.Door, "files", strconv.Itoa(n), "file", shown(k.noted[0])))
	}
	if n := len(k.waiting); n > 0 {
		oldest := time.Duration(0)
		for _, at := range k.waiting {
			oldest = max(oldest, k.now().Sub(lastChange(k.seen.files[at])))
		}
		k.say(false, tonghop.Fail("door.waiting", nil, "door", k.Door, "files", strconv.Itoa(n),
			"minutes", strconv.Itoa(int(oldest.Minutes()))))
	}
}
