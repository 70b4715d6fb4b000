package xlsx

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/tonghop/tonghop"
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
	for i := range w.s.attrs {
		a := &w.s.attrs[i]
		if len(a.name) != 1 {
			continue
		}
		switch a.name[0] {
		case 'r':
			tag.r = w.s.value(a)
		case 's':
			tag.s = w.s.value(a)
		case 't':
			tag.t = w.s.value(a)
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
	for s.child() {
		if s.ns != nsMain {
			return fmt.Errorf("unknown element %s in a cell", s.local)
		}
		from := len(w.text)
		switch string(s.local) {
		case "v":
			if raw.hasV || raw.hasIs {
				return errors.New("cell with two values")
			}
			raw.hasV = true
			w.text = s.content(w.text)
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
			s.skip()
		default:
			return fmt.Errorf("unknown element %s in a cell", s.local)
		}
	}
	return s.err
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
	typ := raw.typ
	if raw.hasIs {
		typ = typeInline
	}
	if typ == typeText || typ == typeInline {
		if raw.hasV || raw.hasIs {
			if raw.hasV {
				raw.v.to = raw.v.from + int32(len(tidy(v)))
			}
			p.stored = raw.v
			c.Kind, p.same = tonghop.CellText, true
			if look.showsText() {
				w.showText(p, look, string(w.text[raw.v.from:raw.v.to]))
			}
		}
		return nil
	}
	v, raw.v = trimSpan(v, raw.v)
	if len(v) == 0 {
		return nil
	}
	p.stored, p.same = raw.v, true
	switch typ {
	case typeNumber:
		return w.showNumber(c, p, look, v)
	case typeShared:
		n, ok := smallNumber(v)
		if !ok || n >= len(w.r.strings.list) {
			return fmt.Errorf("shared string %q does not exist", v)
		}
		p.stored = span{}
		c.Stored = w.r.strings.list[n]
		c.Kind = tonghop.CellText
		if look.showsText() {
			w.showText(p, look, c.Stored)
		}
	case typeBool:
		p.stored = span{}
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
		c.Kind = tonghop.CellError
	case typeDate:
		return w.isoDate(c, p, look, string(v))
	}
	return nil
}

// trimSpan drops blanks around a value that is no text.
func trimSpan(v []byte, at span) ([]byte, span) {
	for len(v) > 0 && isSpace(v[0]) {
		v, at.from = v[1:], at.from+1
	}
	for len(v) > 0 && isSpace(v[len(v)-1]) {
		v, at.to = v[:len(v)-1], at.to-1
	}
	return v, at
}

// showText shows a text whose format adds something to it.
func (w *sheetReader) showText(p *pending, look *look, text string) {
	from := len(w.text)
	w.text = look.format.appendText(w.text, text)
	p.same, p.shown = false, spanFrom(from, w.text)
}

// showNumber checks a number and shows it.
func (w *sheetReader) showNumber(c *tonghop.Cell, p *pending, look *look, v []byte) error {
	c.Kind = tonghop.CellNumber
	if look.format == nil && plainGeneral(v) {
		return nil
	}
	d, ok := parseDecimal(v)
	if !ok {
		return fmt.Errorf("number %q", v)
	}
	from := len(w.text)
	if look.format == nil {
		w.text = d.appendGeneral(w.text)
	} else {
		w.text = look.format.appendNumber(w.text, v, d, w.r.date1904)
	}
	p.same, p.shown = false, spanFrom(from, w.text)
	return nil
}

// isoDate turns a date written out, as strict files may hold it, into the
// serial number that all other files hold.
func (w *sheetReader) isoDate(c *tonghop.Cell, p *pending, look *look, v string) error {
	for _, layout := range [...]string{
		"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02", "15:04:05.999999999",
	} {
		t, err := time.Parse(layout, v)
		if err != nil {
			continue
		}
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case layout[0] == '1':
			base = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
		case w.r.date1904:
			base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		case t.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)):
			base = base.AddDate(0, 0, 1)
		}
		days := (t.Unix() - base.Unix()) / 86400
		secs := float64((t.Unix()-base.Unix())%86400) + float64(t.Nanosecond())/1e9
		from := len(w.text)
		w.text = strconv.AppendFloat(w.text, float64(days)+secs/86400, 'f', -1, 64)
		p.stored = spanFrom(from, w.text)
		return w.showNumber(c, p, look, w.text[from:])
	}
	return fmt.Errorf("date %q", v)
}
