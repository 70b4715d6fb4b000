package xlsx

import (
	"bytes"

	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// runFont is the font of the runs of a text as long as all have the same.
type runFont struct {
	font        string
	begun, many bool
}

// add notes the font of a run; "" is the cell's. Blanks look alike in all.
func (f *runFont) add(font string, text []byte) {
	switch {
	case f.begun && font == f.font || len(bytes.TrimLeft(text, " \t\n")) == 0:
	case f.begun:
		f.many = true
	default:
		f.begun, f.font = true, font
	}
}

// name is the one font of all the text; "" if that is the cell's, or there are
// several.
func (f *runFont) name() string {
	if f.many {
		return ""
	}
	return f.font
}

// richText appends the text of the current element, a shared or an inline
// string: its own text or its runs one after the other. Phonetic guides are
// no part of the text. Blanks at the ends are kept whether or not the writer
// remembered xml:space.
func richText(s *xmlscan.Scanner, dst []byte, font *runFont) []byte {
	for s.Child() {
		switch {
		case s.Is(nsMain, "t"):
			from := len(dst)
			dst = textOf(s, dst)
			font.add("", dst[from:])
		case s.Is(nsMain, "r"):
			dst = readRun(s, dst, font)
		default:
			s.Skip()
		}
	}
	return dst
}

// readRun appends the text of a run.
func readRun(s *xmlscan.Scanner, dst []byte, font *runFont) []byte {
	from, name := len(dst), ""
	for s.Child() {
		switch {
		case s.Is(nsMain, "t"):
			dst = textOf(s, dst)
		case s.Is(nsMain, "rPr"):
			name = fontName(s, "rFont")
		default:
			s.Skip()
		}
	}
	font.add(name, dst[from:])
	return dst
}

// textOf appends the tidied content of the current element.
func textOf(s *xmlscan.Scanner, dst []byte) []byte {
	from := len(dst)
	dst = s.Content(dst)
	return dst[:from+len(tidy(dst[from:]))]
}
