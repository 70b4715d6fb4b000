package xls

import (
	"unicode/utf16"

	"github.com/tonghop/tonghop"
)

// fontRun says that a font holds from a character of a text on.
type fontRun struct{ from, font uint16 }

// readRuns reads the list of fonts inside a text.
func (p *pieces) readRuns(n int) ([]fontRun, error) {
	if n == 0 {
		return nil, nil
	}
	var runs []fontRun // n may lie, so it is not trusted with memory
	for range n {
		from, err := p.number(2)
		if err != nil {
			return nil, err
		}
		font, err := p.number(2)
		if err != nil {
			return nil, err
		}
		runs = append(runs, fontRun{uint16(from), uint16(font)})
	}
	return runs, nil
}

// rich gives the parts of a shared text that has fonts inside; nil for the
// others, and where the list makes no sense.
func (w *workbook) rich(n uint32) *tonghop.Rich {
	runs := w.runs[n]
	if runs == nil {
		return nil
	}
	if r, made := w.riches[n]; made {
		return r
	}
	r := w.partsOf(w.texts[n], runs)
	if w.riches == nil {
		w.riches = map[uint32]*tonghop.Rich{}
	}
	w.riches[n] = r
	return r
}

// partsOf cuts a text where its fonts change; before the first change it has the
// cell's. Places count in units of UTF-16.
func (w *workbook) partsOf(text string, runs []fontRun) *tonghop.Rich {
	r := &tonghop.Rich{}
	add := func(part, font string) {
		if part != "" {
			r.Runs = append(r.Runs, tonghop.Run{Text: part, Font: font})
		}
	}
	at, unit, font := 0, 0, "" // of the current part
	next := 0
	for i, c := range text {
		for next < len(runs) && int(runs[next].from) <= unit {
			if next > 0 && runs[next].from < runs[next-1].from {
				return nil
			}
			name, ok := w.styles.fontName(int(runs[next].font))
			if !ok {
				return nil
			}
			add(text[at:i], font)
			at, font = i, name
			next++
		}
		unit += utf16.RuneLen(c)
	}
	add(text[at:], font)
	return r
}

// fontName is the name of the font with a number of the file's count, which
// leaves out 4.
func (s *styles) fontName(n int) (string, bool) {
	if n > 4 {
		n--
	}
	if n >= len(s.fonts) {
		return "", false
	}
	return s.fonts[n].name, true
}

// units counts the characters of a text as UTF-16 does.
func units(s string) int {
	n := 0
	for _, c := range s {
		n += utf16.RuneLen(c)
	}
	return n
}
