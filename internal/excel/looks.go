package excel

import (
	"bytes"
	"strconv"

	"github.com/tonghop/tonghop"
)

// SheetLook is how a sheet looks beside what its reader says of it.
type SheetLook struct {
	widths columnWidths
	xfs    []cellLook
	cells  map[[2]int]int // row and column → format
}

// cellLook is what a format says of a cell.
type cellLook struct {
	bold  bool
	align string // left, center, right; "" = by what stands there
}

// looksMost is the largest sheet, in bytes, of which each cell is looked at. A
// larger one is shown without: it is for the eye only.
const looksMost = 8 << 20

// Looks reads how the sheets of an .xlsx workbook look, by their names. What is
// not understood is left out: it is for the eye only, no figure depends on it.
// The archive must have passed the reader's checks; most is the size of an
// unpacked part.
func Looks(raw []byte, most int64) map[string]SheetLook {
	if !bytes.HasPrefix(raw, []byte("PK")) {
		return nil
	}
	w, err := openWorkbook(raw, most)
	if err != nil {
		return nil
	}
	xfs := w.cellLooks()
	out := map[string]SheetLook{}
	for _, s := range w.sheets {
		text, err := w.get(s.part)
		if err != nil {
			continue
		}
		l := SheetLook{xfs: xfs, widths: columnWidths{own: map[int]float64{}}}
		if len(text) <= looksMost {
			if _, kids, err := outline(text); err == nil {
				l.widths = widthsOf(text, kids)
			}
			l.cells = cellFormats(text)
		}
		out[s.name] = l
	}
	return out
}

// Width is the width of a column in letters; 0 if it is not known.
func (l SheetLook) Width(col int) float64 {
	if len(l.widths.own) == 0 {
		return l.widths.usual
	}
	return l.widths.of(col)
}

// Cell tells how a cell's text is drawn; align is left, center, right or "".
func (l SheetLook) Cell(row, col int) (bold bool, align string) {
	i, ok := l.cells[[2]int{row, col}]
	if !ok || i < 0 || i >= len(l.xfs) {
		return false, ""
	}
	return l.xfs[i].bold, l.xfs[i].align
}

// cellLooks reads the formats that cells name.
func (w *workbook) cellLooks() []cellLook {
	text, err := w.get(w.styles)
	if err != nil {
		return nil
	}
	_, kids, err := outline(text)
	if err != nil {
		return nil
	}
	list := func(name string) []node {
		n, ok := find(kids, name)
		if !ok {
			return nil
		}
		all, _ := inside(text, n)
		return all
	}
	var bold []bool
	for _, f := range list("fonts") {
		parts, _ := inside(text, f)
		b, ok := find(parts, "b")
		bold = append(bold, ok && b.attr("val") != "0" && b.attr("val") != "false")
	}
	var out []cellLook
	for _, x := range list("cellXfs") {
		var l cellLook
		if i, err := strconv.Atoi(x.attr("fontId")); err == nil && i >= 0 && i < len(bold) {
			l.bold = bold[i]
		}
		parts, _ := inside(text, x)
		if a, ok := find(parts, "alignment"); ok {
			switch h := a.attr("horizontal"); h {
			case "left", "center", "right":
				l.align = h
			case "centerContinuous", "distributed":
				l.align = "center"
			}
		}
		out = append(out, l)
	}
	return out
}

// cellFormats finds the number of each cell's format. It looks for the tags as
// every program writes them and reads nothing else.
func cellFormats(text []byte) map[[2]int]int {
	out := map[[2]int]int{}
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte("<c "))
		if i < 0 {
			return out
		}
		at += i
		end := bytes.IndexByte(text[at:], '>')
		if end < 0 {
			return out
		}
		tag := text[at : at+end]
		at += end
		format, err := strconv.Atoi(attribute(tag, ` s="`))
		if err != nil || format == 0 {
			continue
		}
		if row, col := address(attribute(tag, ` r="`)); row > 0 && col > 0 {
			out[[2]int{row, col}] = format
		}
	}
}

// attribute is what stands behind a name up to the next quotation mark.
func attribute(tag []byte, name string) string {
	i := bytes.Index(tag, []byte(name))
	if i < 0 {
		return ""
	}
	tag = tag[i+len(name):]
	if i = bytes.IndexByte(tag, '"'); i < 0 {
		return ""
	}
	return string(tag[:i])
}

// address takes F14 apart; 0 if it is none.
func address(ref string) (row, col int) {
	n := 0
	for n < len(ref) && (ref[n] < '0' || ref[n] > '9') {
		n++
	}
	row, err := strconv.Atoi(ref[n:])
	if err != nil {
		return 0, 0
	}
	return row, tonghop.ColumnNumber(ref[:n])
}
