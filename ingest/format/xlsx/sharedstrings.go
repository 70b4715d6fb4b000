package xlsx

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
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
	return r.opc.read(part, nsMain, "sst", func(s *xmlscan.Scanner) error {
		for s.Child() {
			if !s.Is(nsMain, "si") {
				if s.Is(nsMain, "extLst") {
					s.Skip()
					continue
				}
				return fmt.Errorf("unknown element %s", s.Local)
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
func richText(s *xmlscan.Scanner, dst []byte) []byte {
	for s.Child() {
		switch {
		case s.Is(nsMain, "t"):
			dst = textOf(s, dst)
		case s.Is(nsMain, "r"):
			for s.Child() {
				if s.Is(nsMain, "t") {
					dst = textOf(s, dst)
				} else {
					s.Skip()
				}
			}
		default:
			s.Skip()
		}
	}
	return dst
}

// textOf appends the tidied content of the current element.
func textOf(s *xmlscan.Scanner, dst []byte) []byte {
	from := len(dst)
	dst = s.Content(dst)
	return dst[:from+len(tidy(dst[from:]))]
}
