package xlsx

import (
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format/numfmt"
	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

const stylesMax = 65_536 // cell styles, fonts and formats; Excel writes 65,490 at most

// look is a cell style with what it takes to show a value in it.
type look struct {
	style  tonghop.Style
	format *numfmt.Format   // nil for General
	fonts  map[string]*look // the same with another font
}

// showsText reports whether text is not simply shown as it is.
func (l *look) showsText() bool { return l.format != nil && l.format.ShowsText() }

// styleParts is what the style sheet lists before styles refer to it.
type styleParts struct {
	codes  map[int]string
	fonts  []string
	struck map[int]bool // fonts that strike their text out
	xfs    [][2]int     // number format id, font index
}

// readStyles reads the style sheet.
func (r *Reader) readStyles(part string) error {
	p := styleParts{codes: map[int]string{}, struck: map[int]bool{}}
	err := r.opc.read(part, nsMain, "styleSheet", func(s *xmlscan.Scanner) error {
		for s.Child() {
			var err error
			switch {
			case s.Is(nsMain, "numFmts"):
				err = p.readCodes(s)
			case s.Is(nsMain, "fonts"):
				err = p.readFonts(s)
			case s.Is(nsMain, "cellXfs"):
				err = p.readStyles(s)
			default:
				s.Skip()
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.buildLooks(&p)
	return nil
}

// readCodes reads number formats. Excel states those that it has changed since
// in two ways, one of them for all other programs.
func (p *styleParts) readCodes(s *xmlscan.Scanner) error {
	for s.Child() {
		switch {
		case s.Is(nsMain, "numFmt"):
			if err := p.readCode(s); err != nil {
				return err
			}
		case s.Is(nsAlternate, "AlternateContent"), s.Is(nsAlternate, "Fallback"):
			if err := p.readCodes(s); err != nil {
				return err
			}
		default:
			s.Skip()
		}
	}
	return s.Err
}

func (p *styleParts) readCode(s *xmlscan.Scanner) error {
	id, ok := s.Number("numFmtId", -1)
	code, _ := s.Attr("formatCode")
	if !ok || len(p.codes) >= stylesMax {
		return errors.New("bad number format")
	}
	p.codes[id] = string(tidy(append([]byte(nil), code...)))
	s.Skip()
	return s.Err
}

func (p *styleParts) readFonts(s *xmlscan.Scanner) error {
	for s.Child() {
		if len(p.fonts) >= stylesMax {
			return fmt.Errorf("too many fonts")
		}
		name, struck := fontOf(s, "name")
		if struck {
			p.struck[len(p.fonts)] = true
		}
		p.fonts = append(p.fonts, name)
	}
	return nil
}

// fontName reads the properties of a font or of a run and gives its name, which
// the element so called holds; "" if there is none.
func fontName(s *xmlscan.Scanner, element string) string {
	name, _ := fontOf(s, element)
	return name
}

// fontOf is fontName, and tells whether the font strikes its text out.
func fontOf(s *xmlscan.Scanner, element string) (name string, struck bool) {
	for s.Child() {
		switch {
		case s.Is(nsMain, element):
			v, _ := s.Attr("val")
			name = string(v)
		case s.Is(nsMain, "strike"):
			v, said := s.Attr("val")
			struck = !said || string(v) != "0" && string(v) != "false"
		}
		s.Skip()
	}
	return name, struck
}

func (p *styleParts) readStyles(s *xmlscan.Scanner) error {
	for s.Child() {
		if s.Is(nsMain, "xf") {
			id, ok := s.Number("numFmtId", 0)
			font, ok2 := s.Number("fontId", 0)
			if !ok || !ok2 || len(p.xfs) >= stylesMax {
				return fmt.Errorf("bad cell style")
			}
			p.xfs = append(p.xfs, [2]int{id, font})
		}
		s.Skip()
	}
	return nil
}

// buildLooks joins styles, fonts and formats; each format is compiled once. A
// style whose font does not exist has none.
func (r *Reader) buildLooks(p *styleParts) {
	compiled := map[int]*numfmt.Format{}
	r.looks = make([]look, len(p.xfs))
	for i, xf := range p.xfs {
		code, ok := p.codes[xf[0]]
		if !ok {
			code = numfmt.Builtin(xf[0])
		}
		f, ok := compiled[xf[0]]
		if !ok {
			f = numfmt.Compile(code)
			compiled[xf[0]] = f
		}
		st := tonghop.Style{NumberFormat: code, Percent: f.Percent(), Date: f.Date()}
		if xf[1] < len(p.fonts) {
			st.Font, st.Struck = p.fonts[xf[1]], p.struck[xf[1]]
		}
		if f.General() {
			f = nil
		}
		r.looks[i] = look{style: st, format: f}
	}
}

// withFont is the look with the font of a text's runs, "" for its own. There is
// an end to such pairs: no honest workbook has as many as it may have styles.
func (r *Reader) withFont(l *look, font string) *look {
	if font == "" || font == l.style.Font {
		return l
	}
	other := l.fonts[font]
	if other == nil {
		if r.pairs++; r.pairs > stylesMax {
			return l
		}
		other = &look{style: l.style, format: l.format}
		other.style.Font = font
		if l.fonts == nil {
			l.fonts = map[string]*look{}
		}
		l.fonts[font] = other
	}
	return other
}
