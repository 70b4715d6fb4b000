package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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
		return p, false, fmt.Errorf("open %q: %w", w.path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return p, false, fmt.Errorf("look at %q: %w", w.path, err)
	}
	if !same(w.info, info) || !whole(f, info.Size()) && w.still < orDuration(c.Patience, 15*time.Minute) {
		return p, false, nil
	}
	b, err := io.ReadAll(io.LimitReader(f, info.Size()+1))
	if err != nil {
		return p, false, fmt.Errorf("read %q: %w", w.path, err)
	}
	if int64(len(b)) != info.Size() || !c.unchanged(w, f) {
		return p, false, nil
	}
	w.sum = sha256.Sum256(b)
	fault.Reach(ctx, fault.Found)
	return tonghop.Parcel{Door: c.Door, Name: strings.ToValidUTF8(w.path, "_"), Sender: subfolder(w.path),
		Bytes: b, Office: w.office, Key: w.key()}, true, nil
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

// key names this very arrival: the same as long as the file lies here, another
// one when the same bytes are dropped here again.
func (w *waiting) key() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %d %d %s %x", w.path, w.info.Size(), w.info.ModTime().UnixNano(),
		changed(w.info).UnixNano(), identity(w.info), w.sum)
	return hex.EncodeToString(h.Sum(nil))
}
