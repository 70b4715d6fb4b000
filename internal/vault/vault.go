// Package vault keeps originals and editions by their digest in a folder.
//
// What was put in comes back byte for byte or not at all: every read is
// checked against the digest. Nothing in the vault is ever changed or deleted,
// and no name that a user chose becomes a file name.
//
// Start reading at [Dir.Put].
package vault

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/tonghop/tonghop"
)

// Dir is a vault in a folder: ab/cd/abcd… for each digest abcd…, and incoming/
// for files on their way in. It may be used by many goroutines and processes at
// once. A crash can leave a file in incoming/, which nobody reads.
type Dir struct{ root string }

// incoming is the folder for files on their way in. No digest begins so.
const incoming = "incoming"

// Open opens the vault in the folder and makes the folder if there is none;
// vault.open (path) if that cannot be done.
func Open(path string) (*Dir, error) {
	root, err := filepath.Abs(path)
	if err == nil {
		err = os.MkdirAll(filepath.Join(root, incoming), 0o755)
	}
	if err != nil {
		return nil, tonghop.Fail("vault.open", err, "path", path)
	}
	return &Dir{root: root}, nil
}

// At is the vault in a folder for whoever only reads: nothing is made, and a
// folder that is not there is a vault that holds nothing.
func At(path string) *Dir { return &Dir{root: path} }

// Has reports whether something is kept under a digest, without reading it:
// whether the bytes are undamaged only Open tells.
func (d *Dir) Has(ctx context.Context, name string) bool {
	if ctx.Err() != nil || !isDigest(name) {
		return false
	}
	info, err := os.Stat(d.path(name))
	return err == nil && info.Mode().IsRegular()
}

// Put keeps the bytes that r gives and returns their SHA-256 in lower-case
// hex. When it returns they are on the disk under that name, whatever happens
// then. Putting the same bytes again changes nothing, unless those on the disk
// are damaged: then the good ones take their place.
//
// It fails with vault.write (path) if the folder does not take them; an error
// of r comes back as it is.
func (d *Dir) Put(ctx context.Context, r io.Reader) (string, error) {
	temp, err := os.CreateTemp(filepath.Join(d.root, incoming), "*")
	if err != nil {
		return "", d.writeFailed(err)
	}
	defer os.Remove(temp.Name()) // after the rename there is nothing of that name
	defer temp.Close()
	digest := sha256.New()
	in := &source{ctx: ctx, r: r}
	if _, err := io.Copy(io.MultiWriter(temp, digest), in); err != nil {
		if in.err != nil {
			return "", fmt.Errorf("put into vault: %w", in.err)
		}
		return "", d.writeFailed(err)
	}
	name := hex.EncodeToString(digest.Sum(nil))
	if !d.intact(ctx, name) {
		if err := d.settle(temp, name); err != nil {
			return "", d.writeFailed(err)
		}
	}
	if err := d.syncName(name); err != nil { // also when another writer was faster
		return "", d.writeFailed(err)
	}
	return name, nil
}

// source reads until the context ends, and remembers its own error.
type source struct {
	ctx context.Context
	r   io.Reader
	err error
}

// Read reads from the source.
func (s *source) Read(p []byte) (int, error) {
	if s.err = s.ctx.Err(); s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// writeFailed is the error of a folder that takes nothing.
func (d *Dir) writeFailed(err error) error {
	return tonghop.Fail("vault.write", err, "path", d.root)
}

// intact reports whether the vault holds undamaged bytes under the name.
func (d *Dir) intact(ctx context.Context, name string) bool {
	f, err := d.Open(ctx, name)
	if err != nil {
		return false
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err == nil
}

// settle brings a file to the disk and then under its name: a crash leaves the
// whole file there or none.
func (d *Dir) settle(temp *os.File, name string) error {
	if err := temp.Chmod(0o444); err != nil {
		return fmt.Errorf("protect: %w", err)
	}
	if err := temp.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := temp.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	path := d.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	return nil
}

// syncName brings a name, and those of its folders, to the disk.
func (d *Dir) syncName(name string) error {
	folder := filepath.Dir(d.path(name))
	for _, dir := range []string{folder, filepath.Dir(folder), d.root} {
		if err := syncFolder(dir); err != nil {
			return fmt.Errorf("sync folder: %w", err)
		}
	}
	return nil
}

// syncFolder brings the names in a folder to the disk. Windows does that by
// itself and cannot be asked.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// path is where the bytes with a digest are kept.
func (d *Dir) path(name string) string {
	return filepath.Join(d.root, name[:2], name[2:4], name)
}

// Open opens what is kept under a digest. The reader fails with vault.damaged
// (sha256) where the end should be if the bytes are not the ones that were put
// in: what was read up to there must not be used. Its last Read gives no
// io.EOF before the digest is checked.
//
// Open fails with vault.missing (sha256) if there is nothing of that digest.
func (d *Dir) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if !isDigest(name) {
		return nil, tonghop.Fail("vault.missing", nil, "sha256", name)
	}
	f, err := os.Open(d.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, tonghop.Fail("vault.missing", err, "sha256", name)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s in vault: %w", name, err)
	}
	return &checked{ctx: ctx, file: f, digest: sha256.New(), want: name}, nil
}

// Get is the whole of what is kept under a digest, checked. It fails as Open
// and its reader do.
func (d *Dir) Get(ctx context.Context, name string) ([]byte, error) {
	f, err := d.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		return nil, fmt.Errorf("read %s from vault: %w", name, err)
	}
	return b.Bytes(), nil
}

// isDigest reports whether a name is a SHA-256 in lower-case hex.
func isDigest(name string) bool {
	if len(name) != hex.EncodedLen(sha256.Size) {
		return false
	}
	for _, c := range name {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// checked reads a file and holds it against its digest at the end.
type checked struct {
	ctx    context.Context
	file   *os.File
	digest hash.Hash
	want   string
	err    error // how it ended
}

// Read reads on.
func (c *checked) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.file.Read(p)
	c.digest.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.digest.Sum(nil)) != c.want {
		err = tonghop.Fail("vault.damaged", nil, "sha256", c.want)
	}
	c.err = err
	return n, err
}

// Close lets go of the file.
func (c *checked) Close() error { return c.file.Close() }
