// Package compound opens OLE compound files: the container of the old Office
// formats, and of encrypted new ones.
//
// A file is proven before a byte of a stream is given away: its tables, its
// directory and the chain of every stream must be sound, no sector may have two
// uses, and each stream must be complete. Only then does the library mscfb,
// which trusts all that, read the streams.
//
// It never writes, and never asks what a stream means.
//
// Start reading at [Open], then structure.go and directory.go.
package compound

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"

	"github.com/tonghop/tonghop"
)

var le = binary.LittleEndian

// mark starts a compound file.
var mark = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// readStep is how much of a stream is asked of mscfb at once. It joins
// neighbouring sectors in quadratic time, so a whole stream in one call would
// take minutes.
const readStep = 32 << 10

// File is a proven compound file. It holds its tables, and reads streams from
// what it was opened on.
type File struct {
	r       io.ReaderAt
	size    int64
	lim     tonghop.Limits
	sector  int64
	sectors uint32   // in the file
	next    []uint32 // the sector that follows each sector
	mini    []uint32 // the same for the ministream
	used    []bool   // sectors that a chain was found to hold
	entries []dirEntry
	root    []*dirEntry // entries of the top storage
}

// Is reports whether a file begins as a compound file does; head is its first 8
// bytes or more.
func Is(head []byte) bool { return bytes.HasPrefix(head, mark) }

// Open proves the compound file in r, which is size bytes long. Errors:
// file.damaged (with the fault as its cause), file.unreadable,
// file.too_many_parts (more than lim.Entries streams and storages, or storages
// too deep in each other).
func Open(r io.ReaderAt, size int64, lim tonghop.Limits) (*File, error) {
	head := make([]byte, min(max(size, 0), headerSize))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, tonghop.Fail("file.unreadable", err)
	}
	f := &File{r: r, size: size, lim: lim.WithDefaults()}
	if err := f.check(head); err != nil {
		return nil, damaged(err)
	}
	return f, nil
}

// damaged makes a fault of the bytes the refusal that people are told of.
func damaged(err error) error {
	if tonghop.CodeOf(err) != "" {
		return err
	}
	return tonghop.Fail("file.damaged", err)
}

// Size is how many bytes a stream of the top storage has; false if there is no
// stream of that name. Names are ASCII, as those of Office are.
func (f *File) Size(name string) (int64, bool) {
	e := f.find(name)
	if e == nil {
		return 0, false
	}
	return e.size, true
}

// Holds reports whether a stream or a storage of that name stands anywhere in
// the directory. The name is written as the file has it, with its control
// characters.
func (f *File) Holds(name string) bool {
	for i := range f.entries {
		if e := &f.entries[i]; e.listed && e.name == name {
			return true
		}
	}
	return false
}

// Read gives a whole stream of the top storage. It takes memory for all of it:
// ask Size first. Errors: file.damaged, file.unreadable.
func (f *File) Read(name string) ([]byte, error) {
	e := f.find(name)
	if e == nil {
		return nil, damaged(fmt.Errorf("stream %s is not there", name))
	}
	b, err := f.read(e)
	if err != nil {
		return nil, damaged(err)
	}
	return b, nil
}

// find finds a stream of the top storage; nil if there is none.
func (f *File) find(name string) *dirEntry {
	for _, e := range f.root {
		if e.kind == kindStream && e.name == name && name != "" {
			return e
		}
	}
	return nil
}

// read finds the stream again in mscfb, which gives names without a control
// character that they begin with.
func (f *File) read(e *dirEntry) ([]byte, error) {
	doc, err := mscfb.New(wholeReads{f.r})
	if err != nil {
		return nil, fmt.Errorf("open compound file: %w", err)
	}
	var found *mscfb.File
	for _, s := range doc.File {
		if s.Name != e.name || s.Initial != uint16(e.name[0]) || len(s.Path) > 0 || s.Size != e.size {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("stream %s is there twice", e.name)
		}
		found = s
	}
	if found == nil {
		return nil, fmt.Errorf("stream %s is listed but not found", e.name)
	}
	b := make([]byte, e.size)
	for at := 0; at < len(b); {
		n, err := found.Read(b[at:min(at+readStep, len(b))])
		if at += n; err != nil && !(errors.Is(err, io.EOF) && at == len(b)) || n == 0 {
			return nil, fmt.Errorf("stream %s ends at byte %d of %d: %w", e.name, at, len(b), err)
		}
	}
	return b, nil
}

// wholeReads takes away the io.EOF that may come with the last bytes of a
// file, which mscfb takes for a failure.
type wholeReads struct{ r io.ReaderAt }

func (w wholeReads) ReadAt(b []byte, off int64) (int, error) {
	n, err := w.r.ReadAt(b, off)
	if n == len(b) {
		err = nil
	}
	return n, err
}
