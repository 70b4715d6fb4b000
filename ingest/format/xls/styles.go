package xls

import (
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
)

// look is a cell style with what it takes to show a value in it.
type look struct {
	style   tonghop.Style
	format  *numfmt.Format // nil for General
	charset charset        // of text in Excel 95
}

// font is a font of the workbook.
type font struct {
	name   string
	raw    []byte // the name in Excel 95
	script byte
	struck bool
}

// styles are the fonts, formats and styles of the cells.
type styles struct {
	fonts    []font
	codes    map[int]string
	rawCodes map[int][]byte // of Excel 95
	xfs      [][2]uint16    // font, format
	looks    []*look        // made when a cell first asks
	compiled map[int]*numfmt.Format
	charset  charset
	plain    look
}

func (s *styles) addFont(r *records, biff8 bool) error {
	d := r.data
	if len(d) < 15 || len(s.fonts) >= stylesMax {
		return errCut
	}
	f := font{script: d[12], struck: d[2]&8 != 0}
	if biff8 {
		p := pieces{rec: r, b: d[14:]}
		var err error
		if f.name, err = p.text(1); err != nil {
			return err
		}
	} else {
		if len(d) < 15+int(d[14]) {
			return errCut
		}
		f.raw = d[15 : 15+int(d[14])]
	}
	s.fonts = append(s.fonts, f)
	return nil
}

func (s *styles) addFormat(r *records, biff8 bool) error {
	d := r.data
	if len(d) < 3 || len(s.codes)+len(s.rawCodes) >= stylesMax {
		return errCut
	}
	if s.codes == nil {
		s.codes, s.rawCodes = map[int]string{}, map[int][]byte{}
	}
	id := int(le.Uint16(d))
	if !biff8 {
		if len(d) < 3+int(d[2]) {
			return errCut
		}
		s.rawCodes[id] = d[3 : 3+int(d[2])]
		return nil
	}
	p := pieces{rec: r, b: d[2:]}
	code, err := p.text(2)
	s.codes[id] = code
	return err
}

func (s *styles) addStyle(r *records) error {
	if len(r.data) < 16 || len(s.xfs) >= stylesMax {
		return errCut
	}
	s.xfs = append(s.xfs, [2]uint16{le.Uint16(r.data), le.Uint16(r.data[2:])})
	return nil
}

// finish decodes the names of Excel 95.
func (s *styles) finish(c charset) error {
	s.charset, s.plain.charset = c, c
	s.looks = make([]*look, len(s.xfs))
	s.compiled = map[int]*numfmt.Format{}
	for i := range s.fonts {
		if f := &s.fonts[i]; f.raw != nil {
			name, err := decode(f.raw, s.scriptOf(f))
			if err != nil {
				return err
			}
			f.name = name
		}
	}
	for id, raw := range s.rawCodes {
		code, err := decode(raw, c)
		if err != nil {
			return err
		}
		s.codes[id] = code
	}
	return nil
}

// scriptOf is how text in the font is written in Excel 95.
func (s *styles) scriptOf(f *font) charset {
	if page := fontPage(f.script); page != 0 {
		return charsetOf(page)
	}
	return s.charset
}

// look finds a cell style.
func (s *styles) look(style uint16) (*look, error) {
	if int(style) >= len(s.looks) {
		if len(s.looks) == 0 {
			return s.ownLook(style), nil
		}
		return nil, fmt.Errorf("cell style %d does not exist", style)
	}
	if l := s.looks[style]; l != nil {
		return l, nil
	}
	l := &look{charset: s.charset}
	n := int(s.xfs[style][0])
	if n > 4 {
		n-- // there is no font 4
	}
	if n < len(s.fonts) {
		l.style.Font, l.charset = s.fonts[n].name, s.scriptOf(&s.fonts[n])
		l.style.Struck = s.fonts[n].struck
	} else if len(s.fonts) > 0 {
		return nil, errors.New("cell style with a font that does not exist")
	}
	s.showIn(l, int(s.xfs[style][1]))
	s.looks[style] = l
	return l, nil
}

// showIn sets the number format of a look.
func (s *styles) showIn(l *look, id int) {
	code, ok := s.codes[id]
	if !ok {
		code = numfmt.Builtin(id)
	}
	f, ok := s.compiled[id]
	if !ok {
		f = numfmt.Compile(code)
		s.compiled[id] = f
	}
	l.style.NumberFormat, l.style.Percent, l.style.Date = code, f.Percent(), f.Date()
	if !f.General() {
		l.format = f
	}
}

// ownLook is the look of a cell in a file without a list of styles: a plain
// one, or what a cell of Excel 2 says of itself.
func (s *styles) ownLook(style uint16) *look {
	if style&ownStyle == 0 {
		return &s.plain
	}
	l := &look{charset: s.charset}
	if n := int(style >> 6 & 3); n < len(s.fonts) {
		l.style.Font, l.charset = s.fonts[n].name, s.scriptOf(&s.fonts[n])
	}
	s.showIn(l, int(style&0x3f))
	return l
}

// showsText reports whether text is not simply shown as it is.
func (l *look) showsText() bool { return l.format != nil && l.format.ShowsText() }
