package xlsx

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/rich"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// chunkSize is how much text one allocation of the table holds at most.
const chunkSize = 256 << 10

// texts is a table of texts held in few large allocations.
type texts struct {
	list  []string
	fonts map[int]string // of those whose runs all have one; nil if none has
	rich  map[int]*tonghop.Rich
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
	var fonts rich.Fonts
	r.strings.grow = int(min(chunkSize, r.opc.a.Size(part)))
	return r.opc.read(part, nsMain, "sst", func(s *xmlscan.Scanner) error {
		for s.Child() {
			if !s.Is(nsMain, "si") {
				if s.Is(nsMain, "extLst") || s.NS != nsMain {
					s.Skip()
					continue
				}
				return fmt.Errorf("unknown element %s", s.Local)
			}
			if len(r.strings.list) == r.lim.Cells {
				return tonghop.Fail("file.too_many_cells", nil, "limit", fmt.Sprint(r.lim.Cells))
			}
			fonts.Reset()
			buf = richText(s, buf[:0], &fonts)
			if name := fonts.Name(); name != "" {
				if r.strings.fonts == nil {
					r.strings.fonts = map[int]string{}
				}
				r.strings.fonts[len(r.strings.list)] = name
			}
			r.strings.add(buf)
			n := len(r.strings.list) - 1
			if runs := fonts.Rich(r.strings.list[n]); runs != nil {
				if r.strings.rich == nil {
					r.strings.rich = map[int]*tonghop.Rich{}
				}
				r.strings.rich[n] = runs
			}
		}
		return nil
	})
}
