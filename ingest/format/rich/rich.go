// Package rich gathers the fonts inside the texts of cells, for the readers:
// which part of a text has which font decides what its letters are, where the
// font is one of the old Vietnamese encodings.
//
// It never decodes and never changes a text. Start reading at Fonts.
package rich

import (
	"bytes"

	"github.com/tonghop/tonghop"
)

// Fonts are the fonts of one text, given part after part. The zero value is
// ready; one that is reset keeps its memory for the next text.
type Fonts struct {
	font        string // of the parts so far that are not blank, while it is one
	begun, many bool
	marks       []mark
}

// mark says that the text has a font up to an offset.
type mark struct {
	end  int
	font string
}

// Reset makes ready for another text.
func (f *Fonts) Reset() { *f = Fonts{marks: f.marks[:0]} }

// Add notes the font of a part; "" is the cell's. end is the length of the whole
// text in bytes with this part in it. Blanks look alike in all fonts and go with
// the part before them.
func (f *Fonts) Add(font string, part []byte, end int) {
	if len(bytes.TrimSpace(part)) == 0 {
		return
	}
	if f.begun && font != f.font {
		f.many = true
	}
	if !f.begun {
		f.begun, f.font = true, font
	}
	if n := len(f.marks); n > 0 && f.marks[n-1].font == font {
		f.marks[n-1].end = end
	} else {
		f.marks = append(f.marks, mark{end, font})
	}
}

// Name is the one font of all the text; "" if that is the cell's, or there are
// several.
func (f *Fonts) Name() string {
	if f.many {
		return ""
	}
	return f.font
}

// Several reports whether the text has several fonts.
func (f *Fonts) Several() bool { return f.many }

// Rich gives the parts of the text where it has several fonts, else nil. What
// stands behind the last part goes with it.
func (f *Fonts) Rich(text string) *tonghop.Rich {
	if !f.many {
		return nil
	}
	r := &tonghop.Rich{Runs: make([]tonghop.Run, len(f.marks))}
	from := 0
	for i, m := range f.marks {
		end := min(m.end, len(text))
		if i == len(f.marks)-1 {
			end = len(text)
		}
		r.Runs[i] = tonghop.Run{Text: text[from:end], Font: m.font}
		from = end
	}
	return r
}
