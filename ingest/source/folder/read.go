package folder

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/fault"
)

// read reads a file that lies still. Not ok: it is not whole yet, or changed
// or went away meanwhile, and is left for the next look.
func (c *collect) read(ctx context.Context, w *waiting) (p tonghop.Parcel, ok bool, err error) {
	f, err := c.root.OpenFile(w.path, os.O_RDONLY|nonblock, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return p, false, nil
	}
	if err != nil {
		return p, false, c.cannotRead(w.path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return p, false, c.cannotRead(w.path, err)
	}
	if !same(w.info, info) || !whole(f, info.Size()) && w.still < orDuration(c.Patience, 15*time.Minute) {
		return p, false, nil
	}
	b, err := io.ReadAll(io.LimitReader(f, info.Size()+1))
	if err != nil {
		return p, false, c.cannotRead(w.path, err)
	}
	if int64(len(b)) != info.Size() || !c.unchanged(w, f) {
		return p, false, nil
	}
	w.sum = sha256.Sum256(b)
	fault.Reach(ctx, fault.Found)
	return tonghop.Parcel{Door: c.Door, Name: strings.ToValidUTF8(w.path, "_"), Sender: subfolder(w.path),
		Bytes: b, Office: w.office, Key: c.arrive(ctx, w)}, true, nil
}

// unchanged reports whether an open file is still what was seen, and still lies
// under its name.
func (c *collect) unchanged(w *waiting, f *os.File) bool {
	open, err := f.Stat()
	if err != nil || !same(w.info, open) {
		return false
	}
	named, err := c.root.Lstat(w.path)
	return err == nil && same(w.info, named)
}
