package xlsx

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

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
		c.Style, c.Rich = &w.r.withFont(look, raw.font).style, raw.rich
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
		switch strings.ToLower(string(v)) {
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
	if w.r.strings.fonts != nil {
		c.Style = &w.r.withFont(look, w.r.strings.fonts[n]).style
	}
	if w.r.strings.rich != nil {
		c.Rich = w.r.strings.rich[n]
	}
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
