package ods

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// blanksMax is how many blanks one element may stand for.
const blanksMax = 65_536

// readParagraphs reads the content of a cell: its paragraphs are lines. Notes,
// drawings and whatever else lies in a cell are not its text.
func (w *tableReader) readParagraphs(raw *rawCell) error {
	s := w.s
	from, lines := len(w.text), 0
	w.textFrom = from
	if err := w.readBlocks(&lines); err != nil {
		return err
	}
	before := len(w.text)
	w.text = tidy(w.text, from)
	if w.fonts.Several() && len(w.text) == before {
		raw.rich = w.fonts.Rich(string(w.text[from:]))
	}
	raw.shown, raw.lines = spanFrom(from, w.text), lines > 0
	return s.Err
}

// readBlocks reads paragraphs, also those in lists and sections.
func (w *tableReader) readBlocks(lines *int) error {
	s := w.s
	for s.Child() {
		var err error
		switch {
		case s.Is(nsText, "p"), s.Is(nsText, "h"):
			if *lines++; *lines > 1 {
				w.text = append(w.text, '\n')
			}
			err = w.readRun("")
		case s.Is(nsText, "list"), s.Is(nsText, "list-item"), s.Is(nsText, "section"):
			err = w.readBlocks(lines)
		case s.Is(nsTable, "table"):
			err = errors.New("table in a cell")
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	return s.Err
}

// readRun reads the text of an element and of the spans, links and fields in
// it. Blanks are taken as they are written.
func (w *tableReader) readRun(font string) error {
	s := w.s
	for {
		switch s.Next() {
		case xmlscan.Chars:
			w.text = append(w.text, s.Text...)
			w.fonts.Add(font, s.Text, len(w.text)-w.textFrom)
		case xmlscan.Start:
			if err := w.readInline(font); err != nil {
				return err
			}
		case xmlscan.End:
			return w.room()
		default:
			return s.Err
		}
	}
}

// readInline reads an element inside a paragraph.
func (w *tableReader) readInline(font string) error {
	s := w.s
	if s.NS != nsText {
		s.Skip()
		return s.Err
	}
	switch string(s.Local) {
	case "s":
		n := 1
		if v, ok := s.AttrNS(nsText, "c"); ok {
			if n, ok = number(v); !ok || n > blanksMax {
				return fmt.Errorf("%q blanks", v)
			}
		}
		w.text = append(w.text, bytes.Repeat([]byte(" "), n)...)
		if err := w.room(); err != nil {
			return err
		}
	case "tab":
		w.text = append(w.text, '\t')
	case "line-break":
		w.text = append(w.text, '\n')
	case "note", "ruby-text":
	case "span":
		if name, ok := s.AttrNS(nsText, "style-name"); ok {
			if own := w.d.auto.textFont(name); own != "" {
				font = own
			}
		}
		return w.readRun(font)
	default: // links, fields, and what later versions may add
		return w.readRun(font)
	}
	s.Skip()
	return s.Err
}

// tidy makes all line ends of text[from:] "\n". It works in place.
func tidy(text []byte, from int) []byte {
	if bytes.IndexByte(text[from:], '\r') < 0 {
		return text
	}
	out := text[:from]
	for i := from; i < len(text); i++ {
		c := text[i]
		if c == '\r' {
			if i+1 < len(text) && text[i+1] == '\n' {
				continue
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return out
}
