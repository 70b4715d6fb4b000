// Package container guards the zip archives that spreadsheet files are.
//
// It parses the archive itself and insists that there is exactly one way to
// read it: one directory, local headers that agree with it, entries that tile
// the file without gap or overlap, names that no two programs take for
// different files. What writers do beside the standard, and all programs take
// in one way, it takes too: see findEnd, checkLocal and slashes. Sizes are
// judged by [tonghop.Limits] before anything is inflated, and a part read
// through [Archive.Open] ends either with io.EOF, its CRC-32 and declared size
// proven, or with an error: never short without a word.
//
// It never looks inside a part, never writes, and never keeps a part in
// memory. Start reading at Open, then directory.go, then part.go.
package container

import (
	"errors"
	"io"

	"github.com/tonghop/tonghop"
)

// ratioFloor is the size of a part up to which its ratio says nothing: honest
// style sheets of 100 to 200 KB pack better than 1:100.
const ratioFloor = 1 * tonghop.MB

// Archive is an open archive whose directory has been proven sound. It is not
// safe for concurrent use; several parts may be open at once.
type Archive struct {
	r       io.ReaderAt
	entries []entry
	byName  map[string]int // exact name
	byFold  map[string]int // name without regard to case
	idle    []*inflater    // inflaters to use again
}

// entry is one entry as the directory and its local header both state it.
type entry struct {
	name         string
	flags        uint16
	method       uint16
	crc          uint32
	packed, size int64
	header       int64 // offset of the local header
	data         int64 // offset of the packed bytes
}

// Open reads and checks the directory of the archive in r, which is size bytes
// long. Errors: file.damaged, file.too_large, file.too_many_parts, file.bomb,
// file.unsafe_names, file.encrypted, file.unreadable.
func Open(r io.ReaderAt, size int64, lim tonghop.Limits) (*Archive, error) {
	lim = lim.WithDefaults()
	end, err := findEnd(r, size)
	if err != nil {
		return nil, err
	}
	if end.count > uint64(lim.Entries) {
		return nil, tonghop.Fail("file.too_many_parts", nil, "limit", itoa(int64(lim.Entries)))
	}
	entries, err := readDirectory(r, end)
	if err != nil {
		return nil, err
	}
	if err := checkSizes(entries, lim); err != nil {
		return nil, err
	}
	a := &Archive{r: r, entries: entries}
	if a.byName, a.byFold, err = checkNames(entries); err != nil {
		return nil, err
	}
	if err := checkLayout(r, entries, end.directory); err != nil {
		return nil, err
	}
	return a, nil
}

// Names lists the entries in the order of the directory, folders left out.
func (a *Archive) Names() []string {
	names := make([]string, 0, len(a.entries))
	for i := range a.entries {
		if !a.entries[i].folder() {
			names = append(names, a.entries[i].name)
		}
	}
	return names
}

// Find gives the name of the entry as the archive spells it. Case does not
// count, as in every office program; that is safe because an archive whose
// names differ by case alone is refused.
func (a *Archive) Find(name string) (string, bool) {
	if i, ok := a.lookup(name); ok {
		return a.entries[i].name, true
	}
	return "", false
}

// Size is the unpacked size of the entry, 0 if there is none.
func (a *Archive) Size(name string) int64 {
	if i, ok := a.lookup(name); ok {
		return a.entries[i].size
	}
	return 0
}

func (a *Archive) lookup(name string) (int, bool) {
	i, ok := a.byName[name]
	if !ok {
		i, ok = a.byFold[fold(name)]
	}
	if ok && a.entries[i].folder() {
		return 0, false
	}
	return i, ok
}

func (e *entry) folder() bool { return e.name[len(e.name)-1] == '/' }

// tooLarge refuses an archive for a part.
func tooLarge(part string, limit int64) error {
	e := tonghop.TooLarge(limit, 0)
	e.Args["part"] = part
	return e
}

// checkSizes applies the limits to what the directory declares. A part that
// turns out longer than declared stops at its declared size with an error.
func checkSizes(entries []entry, lim tonghop.Limits) error {
	var total int64
	for i := range entries {
		e := &entries[i]
		if e.size > lim.Part {
			return tooLarge(e.name, lim.Part)
		}
		if total += e.size; total > lim.Total {
			return tooLarge(e.name, lim.Total)
		}
		if e.size > ratioFloor && e.size/lim.Ratio > e.packed {
			return tonghop.Fail("file.bomb", nil, "part", e.name, "limit", itoa(lim.Ratio))
		}
	}
	return nil
}

// damaged reports a fault of the archive; part may be empty.
func damaged(part, why string) error {
	if part == "" {
		return tonghop.Fail("file.damaged", errors.New(why))
	}
	return tonghop.Fail("file.damaged", errors.New(why), "part", part)
}

// readAt fills b from offset off; an error of the reader itself is no damage
// of the file.
func readAt(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	if n == len(b) {
		return nil
	}
	if err == io.EOF || err == nil {
		return damaged("", "file ends early")
	}
	return tonghop.Fail("file.unreadable", err)
}
