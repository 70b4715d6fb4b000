package compound

import (
	"errors"
	"fmt"
	"unicode/utf16"

	"github.com/tonghop/tonghop"
)

// Kinds of directory entries that are told apart.
const (
	kindStream = 2
	kindRoot   = 5
)

// deepest is how many storages may lie one in the other. mscfb takes memory
// with the square of it; objects within objects of an honest workbook stay far
// below.
const deepest = 100

// dirEntry is a stream or a storage.
type dirEntry struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               int64
	listed             bool // the tree of the directory leads to it
}

// readDirectory reads the entries and lists those of the top storage.
func (f *File) readDirectory(sectors []uint32, version uint16) error {
	buf := make([]byte, f.sector)
	for _, id := range sectors {
		if err := f.readSector(buf, id); err != nil {
			return err
		}
		for b := buf; len(b) > 0; b = b[entrySize:] {
			f.entries = append(f.entries, parseEntry(b, version))
		}
	}
	if len(f.entries) == 0 || f.entries[0].kind != kindRoot {
		return errors.New("compound file without a root")
	}
	return f.walkDirectory()
}

// walkDirectory visits all that mscfb would visit, once each.
func (f *File) walkDirectory() error {
	type step struct {
		id    uint32
		depth int
	}
	todo, visited := []step{{0, 0}}, 0
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s.id == noEntry {
			continue
		}
		if int64(s.id) >= int64(len(f.entries)) || f.entries[s.id].listed {
			return fmt.Errorf("directory entry %d does not exist or is listed twice", s.id)
		}
		if visited++; visited > f.lim.Entries {
			return tonghop.Fail("file.too_many_parts", nil, "limit", fmt.Sprint(f.lim.Entries))
		}
		if s.depth > deepest {
			return tonghop.Fail("file.too_many_parts", nil, "limit", fmt.Sprint(deepest))
		}
		e := &f.entries[s.id]
		e.listed = true
		if s.depth == 1 {
			f.root = append(f.root, e)
		}
		todo = append(todo, step{e.left, s.depth}, step{e.right, s.depth}, step{e.child, s.depth + 1})
	}
	return nil
}

func parseEntry(b []byte, version uint16) dirEntry {
	e := dirEntry{
		kind: b[66], left: le.Uint32(b[68:]), right: le.Uint32(b[72:]), child: le.Uint32(b[76:]),
		start: le.Uint32(b[116:]), size: int64(le.Uint32(b[120:])),
	}
	if version > 3 && le.Uint32(b[124:]) != 0 {
		e.size = 1 << 62 // more than any file has
	}
	if n := int(le.Uint16(b[64:])); n >= 2 && n <= 64 {
		u := make([]uint16, n/2-1)
		for i := range u {
			u[i] = le.Uint16(b[2*i:])
		}
		e.name = string(utf16.Decode(u))
	}
	return e
}
