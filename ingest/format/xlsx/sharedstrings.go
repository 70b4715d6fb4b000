package xlsx

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

// chunkSize is how much text one allocation of the table holds at most.
const chunkSize = 256 << 10

// texts is a table of texts held in few large allocations.
type texts struct {
	list  []string
	chunk strings.Builder
	grow  int // size of a chunk
}

// add copies b into the table.
func (t *texts) add(b []byte) {
	if t.chunk.Cap()-t.chunk.Len() < len(b) {
		t.chunk = strings.Builder{}
		t.chunk.Grow(max(t.grow, len(b)))
	}
	from := t.chunk.Len()
	t.chunk.Write(b)
	t.list = append(t.list, t.chunk.String()[from:])
}

// readStrings reads the shared strings.
func (r *Reader) readStrings(part string) error {
	var buf []byte
	r.strings.grow = int(min(chunkSize, r.opc.a.Size(part)))
	return r.opc.read(part, nsMain, "sst", func(s *scanner) error {
		for s.child() {
			if !s.is(nsMain, "si") {
				if s.is(nsMain, "extLst") {
					s.skip()
					continue
				}
				return fmt.Errorf("unknown element %s", s.local)
			}
			if len(r.strings.list) == r.lim.Cells {
				return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(r.lim.Cells))
			}
			buf = richText(s, buf[:0])
			r.strings.add(buf)
		}
		return nil
	})
}

// richText appends the text of the current element, a shared or an inline
// string: its own text or its runs one after the other. Phonetic guides are
// no part of the text. Blanks at the ends are kept whether or not the writer
// remembered xml:space.
func richText(s *scanner, dst []byte) []byte {
	for s.child() {
		switch {
		case s.is(nsMain, "t"):
			dst = textOf(s, dst)
		case s.is(nsMain, "r"):
			for s.child() {
				if s.is(nsMain, "t") {
					dst = textOf(s, dst)
				} else {
					s.skip()
				}
			}
		default:
			s.skip()
		}
	}
	return dst
}

// textOf appends the tidied content of the current element.
func textOf(s *scanner, dst []byte) []byte {
	from := len(dst)
	dst = s.content(dst)
	return dst[:from+len(tidy(dst[from:]))]
}
