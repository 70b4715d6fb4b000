package office

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode/utf16"

	"github.com/tonghop/tonghop"
)

// recordMost is the longest record of .xlsb that is read, in bytes. A cell's
// text has 32,767 characters at the most.
const recordMost = 16 * tonghop.MB

// records gives the records of a part of .xlsb one after the other; d holds
// until the next one. A part that ends within a record is damaged.
func (x *xlsb) records(part string, each func(id int, d *data) error) error {
	name, ok := x.a.Find(part)
	if !ok {
		return damaged(part, errors.New("is missing"))
	}
	in, err := x.a.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 64<<10)
	var buf []byte
	for {
		id, size, err := header(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && size > recordMost {
			err = fmt.Errorf("a record of %d bytes", size)
		}
		if err == nil {
			if cap(buf) < size {
				buf = make([]byte, size)
			}
			buf = buf[:size]
			_, err = io.ReadFull(r, buf)
		}
		if err != nil {
			return damaged(part, err)
		}
		if err := each(id, &data{b: buf}); err != nil {
			if tonghop.CodeOf(err) != "" {
				return err
			}
			return damaged(part, fmt.Errorf("record %d: %w", id, err))
		}
	}
}

// header reads the number and the size of a record; io.EOF where no record
// begins any more.
func header(r io.ByteReader) (id, size int, err error) {
	first, err := r.ReadByte()
	if err != nil {
		return 0, 0, err
	}
	id = int(first)
	if first&0x80 != 0 {
		second, err := r.ReadByte()
		if err != nil || second&0x80 != 0 {
			return 0, 0, errors.Join(errCut, noEOF(err))
		}
		id = int(first&0x7f) | int(second)<<7
	}
	for shift := 0; shift < 28; shift += 7 {
		b, err := r.ReadByte()
		if err != nil {
			return 0, 0, errors.Join(errCut, noEOF(err))
		}
		size |= int(b&0x7f) << shift
		if b&0x80 == 0 {
			return id, size, nil
		}
	}
	return 0, 0, errors.New("the size of a record does not end")
}

// noEOF keeps the end in the middle of something from being taken for a proper
// one.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// data is the body of a record, read from its front. After the first fault
// everything is zero and err says what it was.
type data struct {
	b   []byte
	err error
}

func (d *data) take(n int) []byte {
	if d.err != nil || n < 0 || n > len(d.b) {
		if d.err == nil {
			d.err = errCut
		}
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *data) skip(n int) { d.take(n) }

func (d *data) u8() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *data) u32() uint32 {
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (d *data) f64() float64 {
	if b := d.take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// wide is a text in UTF-16 behind its length; one that is null is "".
func (d *data) wide() string {
	n := d.u32()
	if n == math.MaxUint32 {
		return ""
	}
	if int64(n) > int64(len(d.b)) {
		d.take(len(d.b) + 1)
		return ""
	}
	b := d.take(2 * int(n))
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}

// rk is a number packed into four bytes.
func rk(v uint32) float64 {
	n := float64(int32(v) >> 2)
	if v&2 == 0 {
		n = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}
