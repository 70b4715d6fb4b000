package container

import (
	"bufio"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"

	"github.com/tonghop/tonghop"
)

// Compression methods.
const (
	methodStore   = 0
	methodDeflate = 8
)

// inflater is what it takes to read one part, kept for the next one: a flate
// reader alone is some 40 KB.
type inflater struct {
	section io.SectionReader
	in      *bufio.Reader
	flate   io.ReadCloser
}

// part is the stream of one entry.
type part struct {
	a     *Archive
	e     *entry
	inf   *inflater
	src   io.Reader
	crc   uint32
	left  int64
	final error // what Read answers from now on
}

// Open streams the named entry. The stream ends with io.EOF only if the CRC-32
// and the sizes are as declared and the packed bytes are used up; otherwise
// with file.damaged. Close it to let its memory be used again. Without such an
// entry the error is file.damaged.
func (a *Archive) Open(name string) (io.ReadCloser, error) {
	i, ok := a.lookup(name)
	if !ok {
		return nil, damaged(name, "part is missing")
	}
	return a.open(&a.entries[i]), nil
}

func (a *Archive) open(e *entry) *part {
	var inf *inflater
	if n := len(a.idle); n > 0 {
		inf, a.idle = a.idle[n-1], a.idle[:n-1]
	} else {
		inf = &inflater{in: bufio.NewReaderSize(nil, 8<<10)}
	}
	inf.section = *io.NewSectionReader(a.r, e.data, e.packed)
	inf.in.Reset(&inf.section)
	p := &part{a: a, e: e, inf: inf, src: inf.in, left: e.size}
	if e.method == methodDeflate {
		if inf.flate == nil {
			inf.flate = flate.NewReader(inf.in)
		} else {
			// Reset of a flate reader without dictionary cannot fail.
			_ = inf.flate.(flate.Resetter).Reset(inf.in, nil)
		}
		p.src = inf.flate
	}
	return p
}

// Verify reads every entry for which skip is false to its end, so that a fault
// in a part that nobody interprets is found too.
func (a *Archive) Verify(skip func(name string) bool) error {
	var buf []byte
	for i := range a.entries {
		e := &a.entries[i]
		if skip != nil && skip(e.name) {
			continue
		}
		if buf == nil {
			buf = make([]byte, 8<<10)
		}
		p := a.open(e)
		for {
			if _, err := p.Read(buf); err == io.EOF {
				break
			} else if err != nil {
				return err
			}
		}
		p.Close()
	}
	return nil
}

// Read implements io.Reader.
func (p *part) Read(b []byte) (int, error) {
	if p.final != nil {
		return 0, p.final
	}
	if len(b) == 0 {
		return 0, nil
	}
	n, err := p.src.Read(b)
	if int64(n) > p.left {
		p.final = damaged(p.e.name, "part longer than declared")
		return 0, p.final
	}
	p.left -= int64(n)
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b[:n])
	switch {
	case err == io.EOF:
		p.final = p.atEnd()
	case err != nil:
		p.final = p.classify(err)
	}
	if n > 0 {
		return n, nil // the verdict comes with the next call
	}
	return 0, p.final
}

// atEnd compares what was read with what was declared.
func (p *part) atEnd() error {
	rest, _ := p.inf.section.Seek(0, io.SeekCurrent)
	switch {
	case p.left != 0:
		return damaged(p.e.name, "part shorter than declared")
	case p.crc != p.e.crc:
		return damaged(p.e.name, "checksum differs")
	case rest != p.e.packed || p.inf.in.Buffered() != 0:
		return damaged(p.e.name, "bytes left over after the packed data")
	}
	return io.EOF
}

// classify tells a fault of the bytes from a fault of the disk.
func (p *part) classify(err error) error {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) || errors.Is(err, io.ErrUnexpectedEOF) {
		return tonghop.Fail("file.damaged", err, "part", p.e.name)
	}
	return tonghop.Fail("file.unreadable", err, "part", p.e.name)
}

// Close implements io.Closer; it never fails.
func (p *part) Close() error {
	if p.inf != nil {
		p.a.idle = append(p.a.idle, p.inf)
		p.inf, p.src = nil, nil
		if p.final == nil {
			p.final = io.ErrClosedPipe
		}
	}
	return nil
}
