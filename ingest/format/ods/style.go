package ods

import (
	"errors"
	"strings"

	"github.com/tonghop/tonghop/ingest/format/xmlscan"
)

// defaultName is the style of cells that name none.
const defaultName = "Default"

const (
	stylesMax  = 65_536 // styles of one part
	parentsMax = 64     // styles that inherit from each other
)

// styles are the styles of one part by name. A name that is not here is looked
// for in outer.
type styles struct {
	outer    *styles
	fonts    map[string]string // font faces: family by name
	cells    map[string]*cellStyle
	texts    map[string]*cellStyle // of runs of text; they have a font alone
	hidden   map[string]bool       // table styles that hide the sheet
	data     map[string]*dataStyle
	fallback *cellStyle // what all cells inherit from
	count    int
}

// cellStyle is a style of cells, or of text, as the file states it; "" is not
// stated.
type cellStyle struct {
	in     *styles
	parent string
	font   string
	data   string
	struck bool              // its own text properties strike the text out
	looks  [typesCount]*look // made when needed, by the type of the value
}

func newStyles(outer *styles) *styles {
	return &styles{
		outer: outer, fonts: map[string]string{}, cells: map[string]*cellStyle{}, texts: map[string]*cellStyle{},
		hidden: map[string]bool{}, data: map[string]*dataStyle{},
	}
}

// readFonts reads the font faces.
func (t *styles) readFonts(s *xmlscan.Scanner) error {
	for s.Child() {
		if s.Is(nsStyle, "font-face") {
			name, _ := s.AttrNS(nsStyle, "name")
			family, ok := s.AttrNS(nsSVG, "font-family")
			if ok {
				t.fonts[string(name)] = firstFamily(string(family))
			}
			if err := t.room(); err != nil {
				return err
			}
		}
		s.Skip()
	}
	return s.Err
}

// room counts a style.
func (t *styles) room() error {
	if t.count++; t.count > stylesMax {
		return errors.New("too many styles")
	}
	return nil
}

// firstFamily is the first name of a list of font families, without quotes.
func firstFamily(list string) string {
	list = strings.TrimSpace(list)
	if list != "" && (list[0] == '\'' || list[0] == '"') {
		if end := strings.IndexByte(list[1:], list[0]); end >= 0 {
			return list[1 : 1+end]
		}
	}
	list, _, _ = strings.Cut(list, ",")
	return strings.Trim(strings.TrimSpace(list), `'"`)
}

// read reads named or automatic styles.
func (t *styles) read(s *xmlscan.Scanner) error {
	for s.Child() {
		var err error
		switch {
		case s.Is(nsStyle, "style"):
			err = t.readStyle(s, false)
		case s.Is(nsStyle, "default-style"):
			err = t.readStyle(s, true)
		case s.NS == nsNumber:
			err = t.readData(s)
		default:
			s.Skip()
		}
		if err != nil {
			return err
		}
	}
	return s.Err
}

// readStyle reads a style of cells, text, or sheets.
func (t *styles) readStyle(s *xmlscan.Scanner, fallback bool) error {
	st := &cellStyle{in: t}
	var name, family string
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if a.NS != nsStyle {
			continue
		}
		switch string(a.Local()) {
		case "name":
			name = string(s.Value(a))
		case "family":
			family = string(s.Value(a))
		case "parent-style-name":
			st.parent = string(s.Value(a))
		case "data-style-name":
			st.data = string(s.Value(a))
		}
	}
	hidden := false
	for s.Child() {
		switch {
		case s.Is(nsStyle, "text-properties"):
			st.font = t.fontOf(s)
			line, said := s.AttrNS(nsStyle, "text-line-through-style")
			st.struck = said && string(line) != "none"
		case s.Is(nsStyle, "table-properties"):
			display, _ := s.AttrNS(nsTable, "display")
			hidden = string(display) == "false"
		}
		s.Skip()
	}
	switch {
	case fallback && family == "table-cell":
		t.fallback = st
	case fallback:
	case family == "table-cell":
		t.cells[name] = st
	case family == "text":
		t.texts[name] = st
	case family == "table":
		t.hidden[name] = hidden
	}
	return t.room()
}

// fontOf is the font that text properties name: by a font face, or directly.
func (t *styles) fontOf(s *xmlscan.Scanner) string {
	face, _ := s.AttrNS(nsStyle, "font-name")
	if family, ok := t.face(string(face)); ok {
		return family
	}
	if family, ok := s.AttrNS(nsFo, "font-family"); ok {
		return firstFamily(string(family))
	}
	return firstFamily(string(face))
}

func (t *styles) face(name string) (string, bool) {
	for ; t != nil; t = t.outer {
		if family, ok := t.fonts[name]; ok {
			return family, true
		}
	}
	return "", false
}

// cell finds a cell style, nil if there is none of the name.
func (t *styles) cell(name []byte) *cellStyle {
	for ; t != nil; t = t.outer {
		if st := t.cells[string(name)]; st != nil {
			return st
		}
	}
	return nil
}

// parentOf finds the style that st inherits from: mostly a named style, where
// st itself is automatic.
func (st *cellStyle) parentOf() *cellStyle {
	name, outer := []byte(st.parent), st.in.outer
	if outer == nil {
		if p := st.in.cells[st.parent]; p != st {
			return p
		}
		return nil
	}
	if p := outer.cell(name); p != nil {
		return p
	}
	if p := st.in.cells[st.parent]; p != nil && p != st {
		return p
	}
	return outer.cell([]byte(defaultName)) // as LibreOffice has it
}

// inherited is the font of a style and the data style it shows values in,
// from itself or from its parents, at last from what all cells inherit.
func (st *cellStyle) inherited() (font string, data *dataStyle) {
	named := ""
	in := st.in
	for p, n := st, 0; p != nil && n < parentsMax; p, n = p.parentOf(), n+1 {
		if font == "" {
			font = p.font
		}
		if named == "" {
			named, in = p.data, p.in
		}
	}
	for t := st.in; t != nil; t = t.outer {
		if f := t.fallback; f != nil {
			if font == "" {
				font = f.font
			}
			if named == "" {
				named, in = f.data, f.in
			}
		}
	}
	if named == "" {
		return font, nil
	}
	return font, in.dataStyle(named)
}

// textFont is the font of a style of text, "" if it leaves the cell's.
func (t *styles) textFont(name []byte) string {
	key := string(name)
	for n := 0; n < parentsMax && key != ""; n++ {
		var st *cellStyle
		for in := t; in != nil && st == nil; in = in.outer {
			st = in.texts[key]
		}
		if st == nil {
			return ""
		}
		if st.font != "" {
			return st.font
		}
		key = st.parent
	}
	return ""
}
