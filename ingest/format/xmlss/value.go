package xmlss

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// data reads the value of a cell.
func (x *reader) data(c *tonghop.Cell, l *look) error {
	kind := x.attr("Type")
	text := x.content()
	if x.s.Err != nil {
		return x.s.Err
	}
	plain := strings.TrimSpace(text)
	switch kind {
	case "String", "":
		if text == "" {
			return nil
		}
		c.Kind, c.Stored, c.Shown = tonghop.CellText, text, text
		if l.format != nil && l.format.ShowsText() {
			c.Shown = string(l.format.AppendText(nil, text))
		}
		return nil
	case "Number":
		return x.show(c, l, plain)
	case "DateTime":
		serial, ok := serialOf(plain, x.book.Date1904)
		if !ok {
			return fmt.Errorf("date %q", plain)
		}
		return x.show(c, l, serial)
	case "Boolean":
		c.Kind = tonghop.CellBool
		switch plain {
		case "1", "true":
			c.Stored = "TRUE"
		case "0", "false":
			c.Stored = "FALSE"
		default:
			return fmt.Errorf("boolean %q", plain)
		}
		c.Shown = c.Stored
		return nil
	case "Error":
		c.Kind, c.Stored, c.Shown = tonghop.CellError, plain, plain
		return nil
	}
	return fmt.Errorf("value of type %q", kind)
}

// show stores a number with what it shows.
func (x *reader) show(c *tonghop.Cell, l *look, v string) error {
	if v == "" {
		return nil
	}
	d, ok := numfmt.ParseDecimal([]byte(v))
	if !ok {
		return fmt.Errorf("number %q", v)
	}
	c.Kind, c.Stored = tonghop.CellNumber, v
	switch {
	case l.format != nil:
		c.Shown = string(l.format.AppendNumber(nil, []byte(v), d, x.book.Date1904))
	case numfmt.PlainGeneral([]byte(v)):
		c.Shown = v
	default:
		c.Shown = string(d.AppendGeneral(nil))
	}
	return nil
}

// serialOf is the serial number of a date written out.
func serialOf(v string, date1904 bool) (string, bool) {
	v = strings.TrimSuffix(v, "Z") // what is meant is what a clock shows, whatever zone a program adds
	for _, layout := range [...]string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		t, err := time.Parse(layout, v)
		if err != nil {
			continue
		}
		base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		switch {
		case date1904:
			base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		case t.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)):
			base = base.AddDate(0, 0, 1)
		}
		secs := t.Unix() - base.Unix()
		if secs < 0 {
			return "", false
		}
		part := (float64(secs%86400) + float64(t.Nanosecond())/1e9) / 86400
		return strconv.FormatFloat(float64(secs/86400)+part, 'f', -1, 64), true
	}
	return "", false
}
