package ods

import (
	"bytes"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// textMax bounds the text of one row: more than any honest row holds.
const textMax = 32 << 20

// span is a piece of the row's text.
type span struct{ from, to int32 }

func (p span) empty() bool { return p.from >= p.to }

// spanFrom is the piece from there to the end of text.
func spanFrom(from int, text []byte) span { return span{int32(from), int32(len(text))} }

// pending says where the texts of a cell will be found once its row is read.
// An empty piece leaves its field alone.
type pending struct{ stored, shown, formula span }

func (p *pending) resolve(c *tonghop.Cell, all string) {
	if !p.stored.empty() {
		c.Stored = all[p.stored.from:p.stored.to]
	}
	if !p.shown.empty() {
		c.Shown = all[p.shown.from:p.shown.to]
	}
	if !p.formula.empty() {
		c.Formula = all[p.formula.from:p.formula.to]
	}
}

// rawCell is a cell as its element states it.
type rawCell struct {
	style      *cellStyle
	typ        valueType
	ext        valueType // what LibreOffice adds: the type may be error
	repeat     int
	cols, rows int // how far it reaches
	hasForm    bool
	value      span // of whichever attribute fits the type
	formula    span
	shown      span // the paragraphs
	rich       *tonghop.Rich
	lines      bool // there are paragraphs, if only empty ones
	values     [valuesCount]span
}

// The attributes in which a value may stand.
const (
	valueNumber = iota
	valueDate
	valueTime
	valueBoolean
	valueString
	valuesCount
)

// readCell reads a cell and adds it to the row as often as it is there.
func (w *tableReader) readCell() error {
	s := w.s
	raw := rawCell{repeat: 1, cols: 1, rows: 1}
	w.fonts.Reset()
	for i := range s.Attrs {
		a := &s.Attrs[i]
		var err error
		switch a.NS {
		case nsTable:
			err = w.tableAttr(&raw, a)
		case nsOffice:
			w.officeAttr(&raw, a)
		case nsCalcExt:
			if string(a.Local()) == "value-type" {
				raw.ext = parseType(s.Value(a))
			}
		}
		if err != nil {
			return err
		}
	}
	if s.Empty() {
		s.Child() // there is none
	} else if err := w.readParagraphs(&raw); err != nil {
		return err
	}
	if s.Err != nil {
		return s.Err
	}
	return w.addCell(&raw)
}

func (w *tableReader) tableAttr(raw *rawCell, a *xmlscan.Attr) (err error) {
	switch string(a.Local()) {
	case "style-name":
		raw.style = w.d.auto.cell(w.s.Value(a))
	case "formula":
		from := len(w.text)
		w.text = appendFormula(w.text, w.s.Value(a))
		raw.formula = spanFrom(from, w.text)
		raw.hasForm = len(bytes.TrimSpace(w.s.Value(a))) > 0
	case "number-columns-repeated":
		raw.repeat, err = parseCount(w.s.Value(a))
	case "number-columns-spanned":
		raw.cols, err = parseCount(w.s.Value(a))
	case "number-rows-spanned":
		raw.rows, err = parseCount(w.s.Value(a))
	}
	return err
}

func (w *tableReader) officeAttr(raw *rawCell, a *xmlscan.Attr) {
	which := 0
	switch string(a.Local()) {
	case "value-type":
		raw.typ = parseType(w.s.Value(a))
		return
	case "value":
		which = valueNumber
	case "date-value":
		which = valueDate
	case "time-value":
		which = valueTime
	case "boolean-value":
		which = valueBoolean
	case "string-value":
		which = valueString
	default:
		return
	}
	from := len(w.text)
	w.text = append(w.text, w.s.Value(a)...)
	raw.values[which] = spanFrom(from, w.text)
}

// addCell adds the cell to the row unless it is blank, and notes the area that
// it is merged with.
func (w *tableReader) addCell(raw *rawCell) error {
	if err := w.room(); err != nil {
		return err
	}
	first := w.col + 1
	w.col = min(w.col+raw.repeat, 2*colsMax) // blank cells may reach beyond the sheet
	if raw.cols > 1 || raw.rows > 1 {
		if err := w.addMerge(raw, first); err != nil {
			return err
		}
	}
	for col, last := first, first+raw.repeat-1; col <= last; {
		// Cells that take their style from their column may differ in it.
		same := last
		if raw.style == nil && w.rowStyle == nil {
			same = min(last, w.columnEnd(col))
		}
		c := tonghop.Cell{Row: w.row, Col: col, HasForm: raw.hasForm}
		p := pending{formula: raw.formula}
		own := *raw
		l := w.value(&c, &p, &own, col)
		switch {
		case l == nil:
			return nil
		case last > colsMax:
			return fmt.Errorf("row %d is wider than the sheet", w.row)
		}
		if c.Style = &l.style; c.Kind == tonghop.CellText {
			c.Rich = raw.rich
		}
		c.Cached = raw.hasForm && c.Kind != tonghop.CellBlank
		for ; col <= same; col++ {
			c.Col = col
			w.cells = append(w.cells, c)
			w.pending = append(w.pending, p)
		}
	}
	return nil
}

// room reports whether the text of the row has not grown too long.
func (w *tableReader) room() error {
	if most := min(w.d.lim.Text, textMax); int64(len(w.text)) > most {
		return tonghop.Fail("file.too_large", fmt.Errorf("text of row %d", w.row), "limit", fmt.Sprint(most))
	}
	return nil
}

// addMerge notes a merged area, cut at the sheet's end. Of cells that are
// there many times the first alone can be merged without overlap.
func (w *tableReader) addMerge(raw *rawCell, col int) error {
	if col > colsMax || w.row > rowsMax {
		return nil
	}
	if len(w.merges)+len(w.sheet.Merges) >= w.d.lim.Merges {
		return tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(w.d.lim.Merges))
	}
	w.merges = append(w.merges, tonghop.Area{
		Top: w.row, Left: col,
		Bottom: min(w.row+raw.rows-1, rowsMax), Right: min(col+raw.cols-1, colsMax),
	})
	return nil
}

// styleAt is the style of the cell in a column: its own, else what its row
// states, else what its column does.
func (w *tableReader) styleAt(raw *rawCell, col int) *cellStyle {
	switch {
	case raw.style != nil:
		return raw.style
	case w.rowStyle != nil:
		return w.rowStyle
	}
	if st := w.columnStyle(col); st != nil {
		return st
	}
	return w.plain
}
