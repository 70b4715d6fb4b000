// Package compoundtest writes compound files for tests, as small as the format
// allows and as wrong as a test wants the streams in them to be.
//
// It never reads one. Start reading at [Write].
package compoundtest

import (
	"encoding/binary"
	"unicode/utf16"
)

const (
	sector     = 512
	small      = 64
	cutoff     = 4096
	entry      = 128
	endOfChain = 0xfffffffe
	table      = 0xfffffffd
	none       = 0xffffffff
)

var le = binary.LittleEndian

// Stream is one stream of the top storage.
type Stream struct {
	Name string
	Data []byte
}

// writer collects the sectors of the file.
type writer struct {
	data []byte   // all sectors, one after the other
	next []uint32 // the allocation table
}

// put writes data in a chain of sectors and gives the first of them.
func (w *writer) put(data []byte) uint32 {
	if len(data) == 0 {
		return endOfChain
	}
	first := uint32(len(w.next))
	w.data = append(w.data, data...)
	for len(w.data)%sector != 0 {
		w.data = append(w.data, 0)
	}
	for i := len(w.next) + 1; i < len(w.data)/sector; i++ {
		w.next = append(w.next, uint32(i))
	}
	w.next = append(w.next, endOfChain)
	return first
}

// Write gives a compound file of version 3 with the streams, in their order
// and under their names, even if two have the same. It holds up to 6 MB.
func Write(streams ...Stream) []byte {
	var w writer
	mini, miniNext := []byte{}, []uint32{}
	dir := make([]byte, (1+len(streams)+3)/4*4*entry)
	for i := range len(dir) / entry {
		for at := 68; at < 80; at += 4 {
			le.PutUint32(dir[i*entry+at:], none)
		}
	}
	for i, s := range streams {
		var start uint32
		if len(s.Data) > 0 && len(s.Data) < cutoff {
			start = uint32(len(miniNext))
			for n := 0; n < len(s.Data); n += small {
				miniNext = append(miniNext, uint32(len(miniNext)+1))
			}
			miniNext[len(miniNext)-1] = endOfChain
			mini = append(mini, s.Data...)
			mini = append(mini, make([]byte, len(miniNext)*small-len(mini))...)
		} else {
			start = w.put(s.Data)
		}
		e := dir[(i+1)*entry:]
		name(e, s.Name, 2, start, len(s.Data))
		if i+1 < len(streams) {
			le.PutUint32(e[72:], uint32(i+2)) // the next one stands to the right
		}
	}
	name(dir, "Root Entry", 5, w.put(mini), len(mini))
	if len(streams) > 0 {
		le.PutUint32(dir[76:], 1)
	}
	return w.file(dir, miniNext)
}

func name(e []byte, text string, kind byte, start uint32, size int) {
	u := utf16.Encode([]rune(text))
	for i, c := range u {
		le.PutUint16(e[2*i:], c)
	}
	le.PutUint16(e[64:], uint16(2*len(u)+2))
	e[66], e[67] = kind, 1
	le.PutUint32(e[116:], start)
	le.PutUint32(e[120:], uint32(size))
}

// file puts the tables behind the sectors and the header in front.
func (w *writer) file(dir []byte, miniNext []uint32) []byte {
	dirAt := w.put(dir)
	var miniTable []byte
	for _, n := range miniNext {
		miniTable = le.AppendUint32(miniTable, n)
	}
	for len(miniTable)%sector != 0 {
		miniTable = le.AppendUint32(miniTable, none)
	}
	miniAt := w.put(miniTable)
	tables := 1
	for tables*sector/4 < len(w.next)+tables {
		tables++
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{
		44: uint32(tables), 48: dirAt, 56: cutoff, 60: miniAt, 64: uint32(len(miniTable) / sector), 68: endOfChain,
	} {
		le.PutUint32(head[at:], v)
	}
	for i := range 109 {
		id := uint32(none)
		if i < tables {
			id = uint32(len(w.next) + i)
		}
		le.PutUint32(head[76+4*i:], id)
	}
	out := append(head, w.data...)
	for range tables {
		w.next = append(w.next, table)
	}
	for i := range tables * sector / 4 {
		n := uint32(none)
		if i < len(w.next) {
			n = w.next[i]
		}
		out = le.AppendUint32(out, n)
	}
	return out
}
