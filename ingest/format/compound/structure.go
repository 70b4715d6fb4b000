package compound

import (
	"errors"
	"fmt"

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

// check proves that the tables and the directory are sound, and that every
// stream lies in the file to its last sector.
func (f *File) check(head []byte) error {
	if len(head) < headerSize {
		return errors.New("header of the compound file ends early")
	}
	shift := le.Uint16(head[30:])
	if shift != 9 && shift != 12 || le.Uint16(head[32:]) != 6 || le.Uint32(head[56:]) != miniCutoff {
		return fmt.Errorf("compound file with sectors of 2^%d bytes", shift)
	}
	f.sector = 1 << shift
	if f.size%f.sector != 0 || f.size/f.sector > lastSector {
		return errors.New("compound file ends within a sector")
	}
	f.sectors = uint32(f.size/f.sector) - 1
	f.used = make([]bool, f.sectors)
	tables, err := f.tables(head)
	if err != nil {
		return err
	}
	if f.next, err = f.table(tables); err != nil {
		return err
	}
	dir, err := f.chain(le.Uint32(head[48:]))
	if err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	if err := f.readDirectory(dir, le.Uint16(head[26:])); err != nil {
		return err
	}
	ministream, err := f.ministream(head)
	if err != nil {
		return fmt.Errorf("small streams: %w", err)
	}
	return f.checkStreams(ministream)
}

// ministream reads the table of the small sectors and follows the stream that
// holds them; it gives the number of small sectors.
func (f *File) ministream(head []byte) (uint32, error) {
	count := le.Uint32(head[64:])
	if count == 0 {
		return 0, nil
	}
	tables, err := f.chain(le.Uint32(head[60:]))
	if err != nil {
		return 0, err
	}
	if int64(len(tables)) < int64(count) {
		return 0, errors.New("their table ends early")
	}
	if f.mini, err = f.table(tables); err != nil {
		return 0, err
	}
	list, err := f.chain(f.entries[0].start)
	return uint32(min(int64(len(list))*f.sector/miniSize, int64(len(f.mini)))), err
}

// tables lists the sectors of the allocation table, as many as the file needs.
func (f *File) tables(head []byte) ([]uint32, error) {
	perSector := uint32(f.sector / 4)
	need := int((f.sectors + perSector - 1) / perSector)
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
	buf := make([]byte, f.sector)
	more := le.Uint32(head[68:])
	for n := uint32(0); more <= lastSector && n < le.Uint32(head[72:]); n++ {
		if err := f.claim(more); err != nil {
			return nil, fmt.Errorf("list of tables: %w", err)
		}
		if err := f.readSector(buf, more); err != nil {
			return nil, err
		}
		add(buf[:len(buf)-4])
		more = le.Uint32(buf[len(buf)-4:])
	}
	for _, id := range list {
		if err := f.claim(id); err != nil {
			return nil, fmt.Errorf("allocation table: %w", err)
		}
	}
	return list, nil
}

// table reads the sectors of a table of numbers.
func (f *File) table(sectors []uint32) ([]uint32, error) {
	table := make([]uint32, 0, len(sectors)*int(f.sector/4))
	buf := make([]byte, f.sector)
	for _, id := range sectors {
		if err := f.readSector(buf, id); err != nil {
			return nil, err
		}
		for b := buf; len(b) > 0; b = b[4:] {
			table = append(table, le.Uint32(b))
		}
	}
	return table, nil
}

// claim takes a sector for one use; no sector has two.
func (f *File) claim(id uint32) error {
	switch {
	case id >= f.sectors:
		return fmt.Errorf("sector %d is beyond the end of the file", id)
	case f.used[id]:
		return fmt.Errorf("sector %d is used twice", id)
	}
	f.used[id] = true
	return nil
}

// chain follows and claims the sectors from start on.
func (f *File) chain(start uint32) ([]uint32, error) {
	var list []uint32
	for id := start; id != endOfChain && (id != noEntry || len(list) > 0); id = f.next[id] {
		if err := f.claim(id); err != nil {
			return nil, err
		}
		if int(id) >= len(f.next) {
			return nil, fmt.Errorf("sector %d is not in the allocation table", id)
		}
		list = append(list, id)
	}
	return list, nil
}

func (f *File) readSector(b []byte, id uint32) error {
	if n, err := f.r.ReadAt(b, (int64(id)+1)*f.sector); n < len(b) {
		return tonghop.Fail("file.unreadable", err)
	}
	return nil
}

// checkStreams follows the chain of every stream. No sector may belong to two,
// and each chain must be as long as its stream.
func (f *File) checkStreams(small uint32) error {
	usedSmall := make([]bool, small)
	for i := range f.entries {
		e := &f.entries[i]
		if e.kind != kindStream || e.size == 0 || !e.listed {
			continue
		}
		if e.size >= miniCutoff {
			list, err := f.chain(e.start)
			if err == nil && int64(len(list))*f.sector < e.size {
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
			id = f.mini[id]
		}
	}
	return nil
}
