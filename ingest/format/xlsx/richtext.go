package xlsx

import (
	"github.com/tonghop/tonghop/ingest/format/rich"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// richText appends the text of the current element, a shared or an inline
// string: its own text or its runs one after the other. Phonetic guides are
// no part of the text. Blanks at the ends are kept whether or not the writer
// remembered xml:space. fonts is told of the fonts.
func richText(s *xmlscan.Scanner, dst []byte, fonts *rich.Fonts) []byte {
	start := len(dst)
	for s.Child() {
		switch {
		case s.Is(nsMain, "t"):
			from := len(dst)
			dst = textOf(s, dst)
			fonts.Add("", dst[from:], len(dst)-start)
		case s.Is(nsMain, "r"):
			dst = readRun(s, dst, start, fonts)
		default:
			s.Skip()
		}
	}
	return dst
}

// readRun appends the text of a run; the whole text begins at start.
func readRun(s *xmlscan.Scanner, dst []byte, start int, fonts *rich.Fonts) []byte {
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
	fonts.Add(name, dst[from:], len(dst)-start)
	return dst
}

// textOf appends the tidied content of the current element.
func textOf(s *xmlscan.Scanner, dst []byte) []byte {
	from := len(dst)
	dst = s.Content(dst)
	return dst[:from+len(tidy(dst[from:]))]
}
