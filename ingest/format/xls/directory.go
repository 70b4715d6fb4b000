package xls

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/tonghop/tonghop"
)

const (
	headerSize   = 512
	entrySize    = 128 // of a directory entry
	miniSize     = 64  // of a sector of the ministream
	miniCutoff   = 4096
	headerTables = 109 // sectors of the allocation table that the header names

	lastSector = 0xfffffffa // what is higher is no sector
	endOfChain = 0xfffffffe
	noEntry    = 0xffffffff
)

// compound is the structure of a compound file, proven before mscfb walks it:
// mscfb trusts sizes, follows the directory by recursion that costs the square
// of its depth, and takes streams that share sectors.
type compound struct {
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

// dirEntry is a stream or a storage.
type dirEntry struct {
	name               string
	kind               byte // 0 unused, 1 storage, 2 stream, 5 root
	left, right, child uint32
	start              uint32
	size               int64
	listed             bool // the tree of the directory leads to it
}

// check proves that the tables and the directory are sound, and that every
// stream lies in the file to its last sector.
func (c *compound) check(head []byte) error {
	if len(head) < headerSize {
		return errors.New("header of the compound file ends early")
	}
	shift := le.Uint16(head[30:])
	if shift != 9 && shift != 12 || le.Uint16(head[32:]) != 6 || le.Uint32(head[56:]) != miniCutoff {
		return fmt.Errorf("compound file with sectors of 2^%d bytes", shift)
	}
	c.sector = 1 << shift
	if c.size%c.sector != 0 || c.size/c.sector > lastSector {
		return errors.New("compound file ends within a sector")
	}
	c.sectors = uint32(c.size/c.sector) - 1
	c.used = make([]bool, c.sectors)
	tables, err := c.tables(head)
	if err != nil {
		return err
	}
	if c.next, err = c.table(tables); err != nil {
		return err
	}
	dir, err := c.chain(le.Uint32(head[48:]))
	if err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	if err := c.readDirectory(dir, le.Uint16(head[26:])); err != nil {
		return err
	}
	ministream, err := c.ministream(head)
	if err != nil {
		return fmt.Errorf("small streams: %w", err)
	}
	return c.checkStreams(ministream)
}

// ministream reads the table of the small sectors and follows the stream that
// holds them; it gives the number of small sectors.
func (c *compound) ministream(head []byte) (uint32, error) {
	count := le.Uint32(head[64:])
	if count == 0 {
		return 0, nil
	}
	tables, err := c.chain(le.Uint32(head[60:]))
	if err != nil {
		return 0, err
	}
	if int64(len(tables)) < int64(count) {
		return 0, errors.New("their table ends early")
	}
	if c.mini, err = c.table(tables); err != nil {
		return 0, err
	}
	list, err := c.chain(c.entries[0].start)
	return uint32(min(int64(len(list))*c.sector/miniSize, int64(len(c.mini)))), err
}

// tables lists the sectors of the allocation table, as many as the file needs.
func (c *compound) tables(head []byte) ([]uint32, error) {
	perSector := uint32(c.sector / 4)
	need := int((c.sectors + perSector - 1) / perSector)
	var list []uint32
	add := func(b []byte) {
		for ; len(b) >= 4 && len(list) < need; b = b[4:] {
			id := le.Uint32(b)
			if id > lastSector { // mscfb counts by place, so nothing may follow
				need = 0
				return
			}
			list = append(list, id)
		}
	}
	add(head[76 : 76+4*headerTables])
	buf := make([]byte, c.sector)
	more := le.Uint32(head[68:])
	for n := uint32(0); more <= lastSector && n < le.Uint32(head[72:]); n++ {
		if err := c.claim(more); err != nil {
			return nil, fmt.Errorf("list of tables: %w", err)
		}
		if err := c.readSector(buf, more); err != nil {
			return nil, err
		}
		add(buf[:len(buf)-4])
		more = le.Uint32(buf[len(buf)-4:])
	}
	for _, id := range list {
		if err := c.claim(id); err != nil {
			return nil, fmt.Errorf("allocation table: %w", err)
		}
	}
	return list, nil
}

// table reads the sectors of a table of numbers.
func (c *compound) table(sectors []uint32) ([]uint32, error) {
	table := make([]uint32, 0, len(sectors)*int(c.sector/4))
	buf := make([]byte, c.sector)
	for _, id := range sectors {
		if err := c.readSector(buf, id); err != nil {
			return nil, err
		}
		for b := buf; len(b) > 0; b = b[4:] {
			table = append(table, le.Uint32(b))
		}
	}
	return table, nil
}

// claim takes a sector for one use; no sector has two.
func (c *compound) claim(id uint32) error {
	switch {
	case id >= c.sectors:
		return fmt.Errorf("sector %d is beyond the end of the file", id)
	case c.used[id]:
		return fmt.Errorf("sector %d is used twice", id)
	}
	c.used[id] = true
	return nil
}

// chain follows and claims the sectors from start on.
func (c *compound) chain(start uint32) ([]uint32, error) {
	var list []uint32
	for id := start; id != endOfChain && (id != noEntry || len(list) > 0); id = c.next[id] {
		if err := c.claim(id); err != nil {
			return nil, err
		}
		if int(id) >= len(c.next) {
			return nil, fmt.Errorf("sector %d is not in the allocation table", id)
		}
		list = append(list, id)
	}
	return list, nil
}

func (c *compound) readSector(b []byte, id uint32) error {
	if n, err := c.r.ReadAt(b, (int64(id)+1)*c.sector); n < len(b) {
		return tonghop.Fail("file.unreadable", err)
	}
	return nil
}

// readDirectory reads the entries and lists those of the top storage.
func (c *compound) readDirectory(sectors []uint32, version uint16) error {
	buf := make([]byte, c.sector)
	for _, id := range sectors {
		if err := c.readSector(buf, id); err != nil {
			return err
		}
		for b := buf; len(b) > 0; b = b[entrySize:] {
			c.entries = append(c.entries, parseEntry(b, version))
		}
	}
	if len(c.entries) == 0 || c.entries[0].kind != 5 {
		return errors.New("compound file without a root")
	}
	return c.walkDirectory()
}

// walkDirectory visits all that mscfb would visit, once each.
func (c *compound) walkDirectory() error {
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
		if int64(s.id) >= int64(len(c.entries)) || c.entries[s.id].listed {
			return fmt.Errorf("directory entry %d does not exist or is listed twice", s.id)
		}
		if visited++; visited > c.lim.Entries {
			return tonghop.Fail("file.too_many_parts", nil, "limit", fmt.Sprint(c.lim.Entries))
		}
		e := &c.entries[s.id]
		e.listed = true
		if s.depth == 1 {
			c.root = append(c.root, e)
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

// find finds a stream of the top storage.
func (c *compound) find(name string) (*dirEntry, bool) {
	for _, e := range c.root {
		if e.kind == 2 && e.name == name {
			return e, true
		}
	}
	return nil, false
}

// checkStreams follows the chain of every stream. No sector may belong to two,
// and each chain must be as long as its stream.
func (c *compound) checkStreams(small uint32) error {
	usedSmall := make([]bool, small)
	for i := range c.entries {
		e := &c.entries[i]
		if e.kind != 2 || e.size == 0 || !e.listed {
			continue
		}
		if e.size >= miniCutoff {
			list, err := c.chain(e.start)
			if err == nil && int64(len(list))*c.sector < e.size {
				err = errors.New("its sectors end early")
			}
			if err != nil {
				return fmt.Errorf("stream %s: %w", e.name, err)
			}
			continue
		}
		id := e.start
		for left := e.size; left > 0; left -= miniSize {
			if id >= small || usedSmall[id] {
				return fmt.Errorf("stream %s: small sector %d does not exist or is used twice", e.name, id)
			}
			usedSmall[id] = true
			id = c.mini[id]
		}
	}
	return nil
}
