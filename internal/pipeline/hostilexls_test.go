//go:build !race

package pipeline_test

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
)

// hostileXLS are the files of the older Excel.
func hostileXLS() []hostile {
	book := func(globals, sheet func() []byte) func(testing.TB) []byte {
		return func(testing.TB) []byte { return compoundFile("Workbook", biffBook(globals(), sheet(), 1)) }
	}
	none := func() []byte { return nil }
	rep := func(n int, write func(i int) []byte) func() []byte {
		return func() []byte {
			var b []byte
			for i := range n {
				b = append(b, write(i)...)
			}
			return b
		}
	}
	one := func() []byte { return biffNumber(0, 0, 1) }
	texts := func(count uint32, list ...string) func() []byte {
		return func() []byte { return biffTexts(count, list) }
	}
	nested := []byte{0x1e, 1, 0} // the number 1, and then what follows without end
	return []hostile{
		{"a cell in the last corner", book(none, func() []byte { return biffNumber(65535, 255, 1) }), "", cheap},
		{"65,536 rows of the last column alone", book(none, rep(65_536, func(i int) []byte { return biffNumber(i, 255, float64(i)) })), "", cheap},
		{"two million numbers", book(none, func() []byte { return biffRows(7800) }), "", huge},
		{"200,000 numbers", book(none, func() []byte { return biffRows(780) }), "", dear},
		{"more cells than allowed", book(none, func() []byte { return biffRows(7900) }), "file.too_many_cells", huge},
		{"a million texts", book(func() []byte {
			list := make([]string, 400_000)
			for i := range list {
				list[i] = "Xa " + figure(i)
			}
			return biffTexts(uint32(len(list)), list)
		}, rep(400_000, func(i int) []byte { return record(0xfd, i/10, i%10, 0, uint32(i)) })), "", huge},
		{"one long text in every cell", book(texts(1, strings.Repeat("dat ", 2000)), rep(300_000, func(i int) []byte { return record(0xfd, i/10, i%10, 0, uint32(0)) })), "file.too_large", dear},
		{"200,000 merges", book(none, func() []byte {
			var b []byte
			for i := range 200 {
				areas := []any{1000}
				for k := range 1000 {
					areas = append(areas, (i*1000+k)%65_536, (i*1000+k)%65_536, i/66*3, i/66*3+1)
				}
				b = append(b, record(0xe5, areas...)...)
			}
			return append(b, one()...)
		}), "file.too_many_merges", cheap},
		{"20,000 merges of the whole sheet", book(none, func() []byte {
			var b []byte
			for range 20 {
				b = append(b, record(0xe5, append([]any{1000}, slices.Repeat([]any{0, 65535, 0, 255}, 1000)...)...)...)
			}
			return append(one(), b...)
		}), "", cheap},
		{"a million cells of a shared formula", book(none, func() []byte {
			b := biffFormula(0, 0, 1, 0, 0, 0, 0)
			b = append(b, record(0x4bc, 0, 65535, []byte{0, 15, 0, 0}, 7, []byte{0x4c, 0xff, 0xff, 0, 0xc0, 0x14, 0x15})...)
			for i := range 300_000 {
				b = append(b, biffFormula((i+1)/16, (i+1)%16, 1, 0, 0, 0, 0)...)
			}
			return b
		}), "", dear},
		{"a formula in brackets without end", book(none, func() []byte {
			return biffFormula(0, 0, append(slices.Clone(nested), slices.Repeat([]byte{0x15}, 8000)...)...)
		}), "", cheap},
		{"formulas that double", book(none, rep(10_000, func(i int) []byte {
			return biffFormula(i, 0, append([]byte{0x17, 200, 0}, append([]byte(strings.Repeat("x", 200)), slices.Repeat([]byte{0x17, 1, 0, 'y', 0x08}, 300)...)...)...)
		})), "", dear},
		{"a text that does not exist", book(texts(1, "a"), func() []byte { return record(0xfd, 0, 0, 0, uint32(7)) }), "file.damaged", cheap},
		{"texts said to be thousands of millions", book(texts(4_000_000_000, "a"), one), "file.damaged", cheap},
		{"a text said to be longer than the file", book(func() []byte { return record(0xfc, uint32(1), uint32(1), 65535, []byte{1, 'a', 0}) }, one), "file.damaged", cheap},
		{"a text in a million pieces", book(func() []byte {
			b := record(0xfc, uint32(1), uint32(1), 60_000, []byte{0, 'a'})
			for range 1_000_000 {
				b = append(b, record(0x3c, []byte{0})...)
			}
			return b
		}, one), "file.damaged", dear},
		{"10,000 charts in each other", book(none, func() []byte {
			bof := record(0x809, 0x600, 0x20, 0, 0, uint32(0), uint32(0))
			return append(one(), slices.Concat(slices.Repeat(bof, 10_000), slices.Repeat(record(0x0a), 10_000))...)
		}), "", cheap},
		{"60,000 sheets in one place", func(testing.TB) []byte { return compoundFile("Workbook", biffBook(nil, one(), 60_000)) }, "file.damaged", cheap},
		{"a stream that goes in a circle", func(testing.TB) []byte {
			f := compoundFile("Workbook", biffBook(nil, biffRows(20), 1))
			binary.LittleEndian.PutUint32(f[4096+3*4:], 1)
			return f
		}, "file.damaged", cheap},
		{"a stream longer than the file", func(testing.TB) []byte {
			f := compoundFile("Workbook", biffBook(nil, biffRows(20), 1))
			at := len(f) - 4096 + 128 + 120
			binary.LittleEndian.PutUint32(f[at:], 0x7fffffff)
			return f
		}, "file.damaged", cheap},
		{"a directory that goes in a circle", func(testing.TB) []byte {
			f := compoundFile("Workbook", biffBook(nil, biffRows(20), 1))
			binary.LittleEndian.PutUint32(f[len(f)-4096+128+68:], 1)
			return f
		}, "file.damaged", cheap},
		{"a macro stream and nothing else", func(testing.TB) []byte { return compoundFile("VBA", make([]byte, 5000)) }, "file.ole", cheap},
	}
}

// record writes a record of a workbook: numbers of type int take two bytes.
func record(id uint16, fields ...any) []byte {
	le := binary.LittleEndian
	b := le.AppendUint16(nil, id)
	b = le.AppendUint16(b, 0)
	for _, f := range fields {
		switch f := f.(type) {
		case int:
			b = le.AppendUint16(b, uint16(f))
		case uint32:
			b = le.AppendUint32(b, f)
		case float64:
			b = le.AppendUint64(b, math.Float64bits(f))
		case []byte:
			b = append(b, f...)
		}
	}
	le.PutUint16(b[2:], uint16(len(b)-4))
	return b
}

func biffNumber(row, col int, x float64) []byte { return record(0x203, row, col, 0, x) }

func biffFormula(row, col int, tokens ...byte) []byte {
	return record(0x06, row, col, 0, 1.0, 0, uint32(0), len(tokens), tokens)
}

// biffRows are rows of 256 numbers.
func biffRows(rows int) []byte {
	var b []byte
	for r := range rows {
		fields := []any{r, 0}
		for c := range 256 {
			fields = append(fields, 0, uint32((r*256+c)*7919%100_003)<<2|3)
		}
		b = append(b, record(0xbd, append(fields, 255)...)...)
	}
	return b
}

// biffTexts is the table of ASCII texts, said to be so many.
func biffTexts(count uint32, texts []string) []byte {
	le := binary.LittleEndian
	var out []byte
	id, piece := uint16(0xfc), le.AppendUint32(le.AppendUint32(nil, count), count)
	for _, s := range texts {
		if len(piece)+3+len(s) > 8224 && len(piece) > 8 {
			out, id, piece = append(out, record(id, piece)...), 0x3c, nil
		}
		piece = append(le.AppendUint16(piece, uint16(len(s))), 0)
		piece = append(piece, s...)
	}
	return append(out, record(id, piece)...)
}

// biffBook is a workbook that lists so many sheets, all of them in one place.
func biffBook(globals, sheet []byte, sheets int) []byte {
	bof := func(kind int) []byte { return record(0x809, 0x600, kind, 0, 0, uint32(0), uint32(0)) }
	size := len(record(0x85, uint32(0), 0, []byte{5, 0}, []byte("00000")))
	at := uint32(len(bof(5)) + len(globals) + sheets*size + 4)
	out := append(bof(5), globals...)
	for i := range sheets {
		name := []byte{byte('0' + i/10_000%10), byte('0' + i/1000%10), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)}
		out = append(out, record(0x85, at, 0, []byte{5, 0}, name)...)
	}
	return slices.Concat(out, record(0x0a), bof(16), sheet, record(0x0a))
}

// compoundFile is a compound file of 4,096-byte sectors with one stream: header,
// tables, the stream, the directory.
func compoundFile(name string, stream []byte) []byte {
	const sector, end, free = 4096, 0xfffffffe, 0xffffffff
	le := binary.LittleEndian
	if len(stream) < sector {
		stream = append(stream, make([]byte, sector-len(stream))...) // smaller ones lie elsewhere
	}
	size := len(stream)
	stream = append(stream, make([]byte, -size&(sector-1))...)
	n := len(stream) / sector
	tables := 1
	for tables*sector/4 < tables+n+1 {
		tables++
	}
	head := make([]byte, sector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 4, 28: 0xfffe, 30: 12, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	for at, v := range map[int]int{40: 1, 44: tables, 48: tables + n, 56: 4096, 60: end, 68: end} {
		le.PutUint32(head[at:], uint32(v))
	}
	for i := range 109 {
		v := uint32(free)
		if i < tables {
			v = uint32(i)
		}
		le.PutUint32(head[76+4*i:], v)
	}
	var table []byte
	for i := range tables * sector / 4 {
		v := uint32(free)
		switch {
		case i < tables:
			v = 0xfffffffd
		case i == tables+n-1 || i == tables+n:
			v = end
		case i < tables+n:
			v = uint32(i + 1)
		}
		table = le.AppendUint32(table, v)
	}
	dir := make([]byte, sector)
	for i, e := range []struct {
		name        string
		kind        byte
		child       uint32
		start, size uint32
	}{{"Root Entry", 5, 1, end, 0}, {name, 2, free, uint32(tables), uint32(size)}} {
		d := dir[i*128:]
		for k := range e.name {
			d[2*k] = e.name[k]
		}
		le.PutUint16(d[64:], uint16(2*len(e.name)+2))
		d[66], d[67] = e.kind, 1
		for _, at := range []int{68, 72} {
			le.PutUint32(d[at:], free)
		}
		le.PutUint32(d[76:], e.child)
		le.PutUint32(d[116:], e.start)
		le.PutUint32(d[120:], e.size)
	}
	for i := 2; i < sector/128; i++ {
		for _, at := range []int{68, 72, 76} {
			le.PutUint32(dir[i*128+at:], free)
		}
	}
	return slices.Concat(head, table, stream, dir)
}
