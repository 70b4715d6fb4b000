package xlsx

import (
	"bytes"
	"errors"
	"fmt"

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
	font              string // of all the text of is, "" for the cell's
	rich              *tonghop.Rich
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
	err := w.readCellParts(&raw)
	if err == nil {
		err = w.addCell(&raw)
	}
	return w.inCell(err)
}

// cellError is an error that one cell is the cause of.
type cellError struct {
	ref tonghop.Ref
	err error
}

// Error implements error.
func (e *cellError) Error() string { return e.ref.Cell() + ": " + e.err.Error() }

// Unwrap gives the cause.
func (e *cellError) Unwrap() error { return e.err }

// inCell says which cell an error arose in.
func (w *sheetReader) inCell(err error) error {
	if err == nil {
		return nil
	}
	return &cellError{tonghop.Ref{Row: w.row, Col: w.col}, err}
}

// readTag makes sense of the attributes. One that is empty counts as absent.
func (w *sheetReader) readTag(tag *cellTag, raw *rawCell) error {
	col, ok := w.col+1, true
	if len(tag.r) > 0 {
		if col, ok = w.place(tag.r); !ok {
			return fmt.Errorf("cell %q in row %d", tag.r, w.row)
		}
	}
	if len(tag.s) > 0 {
		if raw.style, ok = smallNumber(tag.s); !ok {
			return fmt.Errorf("cell style %q", tag.s)
		}
	}
	if len(tag.t) > 0 {
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

// place reads the address of a cell, which must lie in the current row. A row
// that has no number of its own is where its first cell says.
func (w *sheetReader) place(ref []byte) (col int, ok bool) {
	row, col, ok := parseRef(ref)
	if !ok {
		row, col, ok = parseRef(bytes.ReplaceAll(ref, []byte("$"), nil))
	}
	if ok && row != w.row && w.unnumbered && len(w.cols) == 0 {
		w.row, w.line.Row = row, row
	}
	return col, ok && row == w.row
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
			if raw.hasV {
				return errors.New("cell with two values")
			}
			raw.hasV = true
			w.text = s.Content(w.text)
			if err := w.takeV(raw, spanFrom(from, w.text)); err != nil {
				return err
			}
		case "is":
			if raw.hasIs {
				return errors.New("cell with two values")
			}
			raw.hasIs = true
			w.fonts.Reset()
			w.text = richText(s, w.text, &w.fonts)
			if raw.font = w.fonts.Name(); w.fonts.Several() {
				raw.rich = w.fonts.Rich(string(w.text[from:]))
			}
			if err := w.takeIs(raw, spanFrom(from, w.text)); err != nil {
				return err
			}
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

// takeV takes the content of v. Beside is it may only repeat it or be empty.
func (w *sheetReader) takeV(raw *rawCell, v span) error {
	if raw.hasIs {
		return w.agree(raw, v)
	}
	raw.v = v
	return nil
}

// takeIs takes the text of is, which wins over an empty v before it.
func (w *sheetReader) takeIs(raw *rawCell, is span) error {
	if raw.hasV {
		v := raw.v
		raw.v = is
		return w.agree(raw, v)
	}
	raw.v = is
	return nil
}

// agree sees that v, which stands beside is, tells nothing else.
func (w *sheetReader) agree(raw *rawCell, v span) error {
	text, is := tidy(bytes.Clone(w.text[v.from:v.to])), w.text[raw.v.from:raw.v.to]
	isText := raw.typ == typeInline || raw.typ == typeText
	if raw.typ == typeShared || len(text) > 0 && (!isText || !bytes.Equal(text, is)) {
		return errors.New("cell with two values")
	}
	raw.hasV = false
	return nil
}

// look finds a cell style.
func (w *sheetReader) look(style int) (*look, error) {
	r := w.r
	if style < len(r.looks) {
		return &r.looks[style], nil
	}
	if len(r.looks) == 0 && (style == 0 || !r.lost) {
		return &r.plain, nil
	}
	return nil, fmt.Errorf("cell style %d does not exist", style)
}
