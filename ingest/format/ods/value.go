package ods

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// value sets kind, stored and shown text of a cell and finds its look; nil if
// the cell is blank.
//
// A value that is not of its type, such as a date that no calendar has, is
// taken as text, as it is written: nothing is lost and nothing guessed.
func (w *tableReader) value(c *tonghop.Cell, p *pending, raw *rawCell, col int) *look {
	typ := raw.typ
	if typ == typeNone && !raw.values[valueNumber].empty() {
		typ = typeFloat
	}
	p.shown = raw.shown
	if w.isError(raw) {
		c.Kind, p.stored = tonghop.CellError, raw.shown
		if p.stored.empty() {
			p.stored, p.shown = raw.values[valueString], raw.values[valueString]
		}
		return w.lookAt(raw, col)
	}
	known := true
	switch typ {
	case typeFloat, typePercentage, typeCurrency:
		raw.typ, raw.value = typ, w.trim(raw.values[valueNumber])
	case typeDate:
		known = w.dateValue(raw)
	case typeTime:
		known = w.timeValue(raw)
	case typeBoolean:
		raw.value = w.trim(raw.values[valueBoolean])
	default:
		return w.textValue(c, p, raw, raw.values[valueString], col)
	}
	if raw.value.empty() {
		return w.textValue(c, p, raw, span{}, col)
	}
	if typ == typeBoolean {
		return w.booleanValue(c, p, raw, col)
	}
	v := w.text[raw.value.from:raw.value.to]
	d, ok := numfmt.ParseDecimal(v)
	if !ok || !known {
		return w.textValue(c, p, raw, raw.value, col)
	}
	l := w.lookAt(raw, col)
	if l.format == nil && typ == typeFloat {
		if w.implied(raw); raw.typ == typeBoolean {
			return w.booleanValue(c, p, raw, col)
		}
		l = w.lookAt(raw, col)
	}
	c.Kind, p.stored = tonghop.CellNumber, raw.value
	w.showNumber(p, l, v, d)
	return l
}

// isError reports whether the cell shows an error of its formula. LibreOffice
// says so; others show it and nothing more.
func (w *tableReader) isError(raw *rawCell) bool {
	if raw.ext != typeNone || !raw.hasForm {
		return raw.ext == typeError || raw.typ == typeError
	}
	text := string(w.text[raw.shown.from:raw.shown.to])
	if code, ok := strings.CutPrefix(text, "Err:"); ok {
		_, err := strconv.Atoi(code)
		return err == nil
	}
	return slices.Contains(errorValues(), text)
}

// implied makes out the type of a number that has no format but shows one:
// LibreOffice shows the results of formulas as what went into them, dates as
// dates and parts in percent, and writes no more of it than the text.
func (w *tableReader) implied(raw *rawCell) {
	text := w.text[raw.shown.from:raw.shown.to]
	if bytes.Equal(text, w.text[raw.value.from:raw.value.to]) {
		return
	}
	day := bytes.Count(text, []byte("/")) == 2 || bytes.Count(text, []byte("-")) == 2
	clock := bytes.IndexByte(text, ':') > 0
	switch {
	case string(text) == "TRUE" || string(text) == "FALSE":
		raw.typ = typeBoolean
	case len(bytes.Trim(text, "0123456789 -/:.,APM%")) > 0 || len(text) == 0:
	case text[len(text)-1] == '%':
		raw.typ = typePercentage
	case day && clock:
		raw.typ = typeDateTime
	case day:
		raw.typ = typeDate
	case clock:
		raw.typ = typeTime
	}
}

// showNumber shows a number in its format where the file does not say what it
// shows.
func (w *tableReader) showNumber(p *pending, l *look, v []byte, d numfmt.Decimal) {
	if !p.shown.empty() {
		return
	}
	if l.format == nil && numfmt.PlainGeneral(v) {
		p.shown = p.stored
		return
	}
	from := len(w.text)
	if l.format == nil {
		w.text = d.AppendGeneral(w.text)
	} else {
		w.text = l.format.AppendNumber(w.text, v, d, w.d.date1904)
	}
	p.shown = spanFrom(from, w.text)
}

func (w *tableReader) booleanValue(c *tonghop.Cell, p *pending, raw *rawCell, col int) *look {
	switch string(w.text[raw.value.from:raw.value.to]) {
	case "true", "1":
		c.Stored = "TRUE"
	case "false", "0":
		c.Stored = "FALSE"
	default:
		return w.textValue(c, p, raw, raw.value, col)
	}
	if c.Kind = tonghop.CellBool; p.shown.empty() {
		c.Shown = c.Stored
	}
	return w.lookAt(raw, col)
}

// textValue takes the cell as text: the value that is stated, else what is
// shown.
func (w *tableReader) textValue(c *tonghop.Cell, p *pending, raw *rawCell, stated span, col int) *look {
	if raw.typ != typeString {
		raw.typ = typeNone
	}
	p.stored = stated
	if stated.empty() {
		p.stored = raw.shown
	}
	if p.stored.empty() && !raw.hasForm {
		return nil
	}
	l := w.lookAt(raw, col)
	if p.stored.empty() && raw.typ != typeString && !raw.lines {
		return l // a formula without a value; an empty line shows that it is empty text
	}
	c.Kind = tonghop.CellText
	switch {
	case !stated.empty() && raw.lines: // the file says what it shows, if only nothing
	case l.format != nil && l.format.ShowsText():
		from := len(w.text)
		w.text = l.format.AppendText(w.text, string(w.text[p.stored.from:p.stored.to]))
		p.shown = spanFrom(from, w.text)
	case p.shown.empty():
		p.shown = p.stored
	}
	return l
}

// lookAt is the look of the cell in a column: its style's, in the font of its
// text.
func (w *tableReader) lookAt(raw *rawCell, col int) *look {
	l := w.styleAt(raw, col).look(raw.typ)
	if raw.typ == typeString || raw.typ == typeNone {
		l = l.withFont(w.fonts.Name())
	}
	return l
}

// trim drops blanks around a value that is no text.
func (w *tableReader) trim(at span) span {
	v := w.text[at.from:at.to]
	at.from += int32(len(v) - len(bytes.TrimLeft(v, " \t\n\r")))
	at.to = at.from + int32(len(bytes.TrimSpace(v)))
	return at
}

// dateValue turns the date of a cell into a serial number; one that no
// calendar has is left as it is, and false returned.
func (w *tableReader) dateValue(raw *rawCell) bool {
	at := w.trim(raw.values[valueDate])
	serial, timed, ok := parseDate(w.text[at.from:at.to], w.d.date1904)
	if raw.value = at; !ok {
		return false
	}
	if raw.value = w.addSerial(serial); timed {
		raw.typ = typeDateTime
	}
	return true
}

// timeValue turns a length of time into a part of a day.
func (w *tableReader) timeValue(raw *rawCell) bool {
	at := w.trim(raw.values[valueTime])
	days, ok := parseDuration(w.text[at.from:at.to])
	if raw.value = at; ok {
		raw.value = w.addSerial(days)
	}
	return ok
}

func (w *tableReader) addSerial(n float64) span {
	from := len(w.text)
	w.text = strconv.AppendFloat(w.text, n, 'f', -1, 64)
	return spanFrom(from, w.text)
}
