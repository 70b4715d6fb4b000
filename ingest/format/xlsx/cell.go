package xlsx

import (
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// textMax bounds the text of a row, so that a span can hold its places.
const textMax = 1 << 30

// span is a piece of the row's text; an empty one leaves its field alone.
type span struct{ from, to int32 }

// spanFrom is the piece from there to the end of text.
func spanFrom(from int, text []byte) span { return span{int32(from), int32(len(text))} }

// pending says where the texts of a cell will be found once its row is read.
type pending struct {
	stored, shown, formula span
	same                   bool // shown is what is stored
}

func (p *pending) resolve(c *tonghop.Cell, all string) {
	if p.stored.from < p.stored.to {
		c.Stored = all[p.stored.from:p.stored.to]
	}
	if p.same {
		c.Shown = c.Stored
	} else if p.shown.from < p.shown.to {
		c.Shown = all[p.shown.from:p.shown.to]
	}
	if p.formula.from < p.formula.to {
		c.Formula = all[p.formula.from:p.formula.to]
	}
}

// cellType is the t attribute of a cell.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeText // str: the text result of a formula
	typeInline
	typeBool
	typeError
	typeDate // ISO 8601
)

// rawCell is a cell as its element states it.
type rawCell struct {
	typ               cellType
	style             int
	hasV, hasF, hasIs bool
	v                 span // content of v or is, in the row's text
	formula           span
}

// readCell reads the c element whose start tag was just read.
func (w *sheetReader) readCell() error {
	var tag cellTag
	for i := range w.s.Attrs {
		a := &w.s.Attrs[i]
		if len(a.Name) != 1 {
			continue
		}
		switch a.Name[0] {
		case 'r':
			tag.r = w.s.Value(a)
		case 's':
			tag.s = w.s.Value(a)
		case 't':
			tag.t = w.s.Value(a)
		}
	}
	var raw rawCell
	if err := w.readTag(&tag, &raw); err != nil {
		return err
	}
	if err := w.readCellParts(&raw); err != nil {
		return err
	}
	return w.addCell(&raw)
}

// readTag makes sense of the attributes.
func (w *sheetReader) readTag(tag *cellTag, raw *rawCell) error {
	col, ok := w.col+1, true
	if tag.r != nil {
		var row int
		if row, col, ok = parseRef(tag.r); !ok || row != w.row {
			return fmt.Errorf("cell %q in row %d", tag.r, w.row)
		}
	}
	if tag.s != nil {
		if raw.style, ok = smallNumber(tag.s); !ok {
			return fmt.Errorf("cell style %q", tag.s)
		}
	}
	if tag.t != nil {
		if raw.typ, ok = parseType(tag.t); !ok {
			return fmt.Errorf("cell type %q", tag.t)
		}
	}
	if col > colsMax {
		return fmt.Errorf("row %d is wider than the sheet", w.row)
	}
	if col <= w.col {
		w.sorted = false
	}
	w.col = col
	w.cols = append(w.cols, int32(col))
	return nil
}

// addCell keeps the cell unless it is blank.
func (w *sheetReader) addCell(raw *rawCell) error {
	if !raw.hasF && !raw.hasV && !raw.hasIs {
		return nil
	}
	if len(w.text) > textMax {
		return fmt.Errorf("row %d holds too much text", w.row)
	}
	look, err := w.look(raw.style)
	if err != nil {
		return err
	}
	n := len(w.line.Cells)
	w.line.Cells = append(w.line.Cells, tonghop.Cell{Row: w.row, Col: w.col, HasForm: raw.hasF, Style: &look.style})
	c := &w.line.Cells[n]
	w.pending = append(w.pending, pending{formula: raw.formula})
	if err := w.value(c, &w.pending[n], raw, look); err != nil {
		return err
	}
	if c.Kind == tonghop.CellBlank && !raw.hasF {
		w.line.Cells, w.pending = w.line.Cells[:n], w.pending[:n]
		return nil
	}
	c.Cached = raw.hasF && c.Kind != tonghop.CellBlank
	return nil
}

func parseType(v []byte) (cellType, bool) {
	switch string(v) {
	case "n":
		return typeNumber, true
	case "s":
		return typeShared, true
	case "str":
		return typeText, true
	case "inlineStr":
		return typeInline, true
	case "b":
		return typeBool, true
	case "e":
		return typeError, true
	case "d":
		return typeDate, true
	}
	return 0, false
}

// readCellParts reads the children of the c element.
func (w *sheetReader) readCellParts(raw *rawCell) error {
	s := w.s
	for s.Child() {
		if s.NS != nsMain {
			return fmt.Errorf("unknown element %s in a cell", s.Local)
		}
		from := len(w.text)
		switch string(s.Local) {
		case "v":
			if raw.hasV || raw.hasIs {
				return errors.New("cell with two values")
			}
			raw.hasV = true
			w.text = s.Content(w.text)
			raw.v = spanFrom(from, w.text)
		case "is":
			if raw.hasV || raw.hasIs {
				return errors.New("cell with two values")
			}
			raw.hasIs = true
			w.text = richText(s, w.text)
			raw.v = spanFrom(from, w.text)
		case "f":
			if raw.hasF {
				return errors.New("cell with two formulas")
			}
			raw.hasF = true
			if err := w.readFormula(raw); err != nil {
				return err
			}
		case "extLst":
			s.Skip()
		default:
			return fmt.Errorf("unknown element %s in a cell", s.Local)
		}
	}
	return s.Err
}

// look finds a cell style.
func (w *sheetReader) look(style int) (*look, error) {
	r := w.r
	if style < len(r.looks) {
		return &r.looks[style], nil
	}
	if len(r.looks) == 0 {
		return &r.plain, nil
	}
	return nil, fmt.Errorf("cell style %d does not exist", style)
}

// value sets kind, stored and shown text. A cell whose v is there but empty
// has no value, unless its type says text.
func (w *sheetReader) value(c *tonghop.Cell, p *pending, raw *rawCell, look *look) error {
	v := w.text[raw.v.from:raw.v.to]
	if raw.typ == typeText || raw.typ == typeInline || raw.hasIs {
		if !raw.hasV && !raw.hasIs {
			return nil
		}
		if raw.hasV {
			raw.v.to = raw.v.from + int32(len(tidy(v)))
		}
		c.Kind, p.stored, p.same = tonghop.CellText, raw.v, true
		if look.showsText() {
			w.showText(p, look, string(w.text[raw.v.from:raw.v.to]))
		}
		return nil
	}
	v, raw.v = trimSpan(v, raw.v)
	if len(v) == 0 {
		return nil
	}
	p.same = true
	switch raw.typ {
	case typeNumber:
		p.stored = raw.v
		return w.showNumber(c, p, look, v)
	case typeShared:
		return w.sharedText(c, p, look, v)
	case typeBool:
		c.Kind = tonghop.CellBool
		switch string(v) {
		case "1", "true":
			c.Stored = "TRUE"
		case "0", "false":
			c.Stored = "FALSE"
		default:
			return fmt.Errorf("boolean %q", v)
		}
	case typeError:
		c.Kind, p.stored = tonghop.CellError, raw.v
	case typeDate:
		return w.isoDate(c, p, look, string(v))
	}
	return nil
}

// sharedText looks up a shared string.
func (w *sheetReader) sharedText(c *tonghop.Cell, p *pending, look *look, v []byte) error {
	n, ok := smallNumber(v)
	if !ok || n >= len(w.r.strings.list) {
		return fmt.Errorf("shared string %q does not exist", v)
	}
	c.Kind, c.Stored = tonghop.CellText, w.r.strings.list[n]
	if look.showsText() {
		w.showText(p, look, c.Stored)
	}
	return nil
}

// trimSpan drops blanks around a value that is no text.
func trimSpan(v []byte, at span) ([]byte, span) {
	for len(v) > 0 && xmlscan.IsSpace(v[0]) {
		v, at.from = v[1:], at.from+1
	}
	for len(v) > 0 && xmlscan.IsSpace(v[len(v)-1]) {
		v, at.to = v[:len(v)-1], at.to-1
	}
	return v, at
}

// showText shows a text whose format adds something to it.
func (w *sheetReader) showText(p *pending, look *look, text string) {
	from := len(w.text)
	w.text = look.format.AppendText(w.text, text)
	p.same, p.shown = false, spanFrom(from, w.text)
}

// showNumber checks a number and shows it.
func (w *sheetReader) showNumber(c *tonghop.Cell, p *pending, look *look, v []byte) error {
	c.Kind = tonghop.CellNumber
	if look.format == nil && numfmt.PlainGeneral(v) {
		return nil
	}
	d, ok := numfmt.ParseDecimal(v)
	if !ok {
		return fmt.Errorf("number %q", v)
	}
	from := len(w.text)
	if look.format == nil {
		w.text = d.AppendGeneral(w.text)
	} else {
		w.text = look.format.AppendNumber(w.text, v, d, w.r.date1904)
	}
	p.same, p.shown = false, spanFrom(from, w.text)
	return nil
}
