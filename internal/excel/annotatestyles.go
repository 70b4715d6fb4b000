package excel

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// styleSheet adds formats to the styles of a workbook. One that is there
// already, byte for byte, is used again: annotating twice adds nothing.
type styleSheet struct {
	text []byte
	root node
	err  error
}

// sections are the parts of a style sheet in their order.
func sections() []string {
	return []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}
}

// add appends an entry to a section and gives its number.
func (s *styleSheet) add(section, entry string) int {
	if s.err != nil {
		return 0
	}
	root, kids, err := outline(s.text)
	if err != nil {
		s.err = err
		return 0
	}
	s.root = root
	list, ok := find(kids, section)
	if ok && list.empty() { // its tags are taken apart first, or its count could not be changed
		s.text = apply(s.text, addTo(s.text, list, ""))
		return s.add(section, entry)
	}
	if !ok {
		at := root.out
		for _, k := range kids {
			if slices.Index(sections(), k.name) > slices.Index(sections(), section) {
				at = k.from
				break
			}
		}
		text := fmt.Sprintf(`<%s%s count="1">%s</%s%s>`, root.prefix, section, entry, root.prefix, section)
		s.text = apply(s.text, []edit{{at, at, text}})
		return 0
	}
	all, err := inside(s.text, list)
	if err != nil {
		s.err = err
		return 0
	}
	for i := len(all) - 1; i >= 0; i-- {
		if string(s.text[all[i].from:all[i].to]) == entry {
			return i
		}
	}
	s.text = apply(s.text, append(addTo(s.text, list, entry), recount(s.text, list, len(all)+1)...))
	return len(all)
}

// tag writes an element of the style sheet.
func (s *styleSheet) tag(format string, args ...any) string {
	if s.root.name == "" {
		s.root, _, s.err = outline(s.text)
	}
	text := fmt.Sprintf(format, args...)
	if s.root.prefix == "" {
		return text
	}
	text = strings.ReplaceAll(text, "<", "<"+s.root.prefix)
	return strings.ReplaceAll(text, "<"+s.root.prefix+"/", "</"+s.root.prefix)
}

// ownLook is a format of a cell on our sheets.
type ownLook int

// The formats on our sheets.
const (
	lookPlain ownLook = iota
	lookTitle
	lookHead
	lookText
	lookLink
	lookOpen // may be typed into
	lookReject
	lookQuery
	lookNote
	lookWide   // a text across the table
	lookStrong // a heading across the table
	lookJump   // a link that is a formula
	lookCount  // how many there are
)

// bold reports whether its letters are bold.
func (l ownLook) bold() bool {
	switch l {
	case lookTitle, lookHead, lookReject, lookQuery, lookStrong:
		return true
	}
	return false
}

// ownLooks adds the formats of our sheets and gives their numbers.
func (s *styleSheet) ownLooks() [lookCount]int {
	font := func(more string) int {
		return s.add("fonts", s.tag(`<font>%s<sz val="11"/><name val="Times New Roman"/><family val="1"/></font>`, more))
	}
	fill := func(rgb string) int {
		return s.add("fills", s.tag(`<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor indexed="64"/></patternFill></fill>`, rgb))
	}
	side := func(name string) string { return `<` + name + ` style="thin"><color rgb="FFA6A6A6"/></` + name + `>` }
	box := s.add("borders", s.tag(`<border>%s%s%s%s<diagonal/></border>`, side("left"), side("right"), side("top"), side("bottom")))
	none := s.add("borders", s.tag(`<border><left/><right/><top/><bottom/><diagonal/></border>`))
	clear := s.add("fills", s.tag(`<fill><patternFill patternType="none"/></fill>`))
	plain, bold := font(""), font("<b/>")
	xf := func(font, fill, border int, align, protect string) int {
		return s.add("cellXfs", s.tag(`<xf numFmtId="49" fontId="%d" fillId="%d" borderId="%d" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment %s/>%s</xf>`,
			font, fill, border, align, protect))
	}
	jump := func(font int) int { // neither a text nor begun with a quote
		return s.add("cellXfs", s.tag(`<xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="1"/></xf>`,
			font, clear, box))
	}
	const top, locked, open = `vertical="top" wrapText="1"`, `<protection locked="1"/>`, `<protection locked="0"/>`
	title := s.add("fonts", s.tag(`<font><b/><sz val="14"/><name val="Times New Roman"/><family val="1"/></font>`))
	link := font(`<u/><color rgb="FF0563C1"/>`)
	return [lookCount]int{
		lookPlain:  xf(plain, clear, none, `vertical="top"`, locked),
		lookTitle:  xf(title, clear, none, `vertical="center" wrapText="1"`, locked),
		lookHead:   xf(bold, fill("D9E1F2"), box, `horizontal="center" vertical="center" wrapText="1"`, locked),
		lookText:   xf(plain, clear, box, top, locked),
		lookLink:   xf(link, clear, box, top, locked),
		lookOpen:   xf(plain, fill("FFFFE5"), box, top, open),
		lookReject: xf(bold, fill("FFC7CE"), box, top, locked),
		lookQuery:  xf(bold, fill("FFEB9C"), box, top, locked),
		lookNote:   xf(plain, fill("EDEDED"), box, top, locked),
		lookWide:   xf(plain, clear, none, top, locked),
		lookStrong: xf(bold, clear, none, top, locked),
		lookJump:   jump(link),
	}
}

// ownStyle is what our sheets are written with: the formats, and by how much a
// column is counted wider than in the usual font.
type ownStyle struct {
	looks [lookCount]int
	scale float64
}

// letterScale is by how much a column of our sheets must be counted wider. The
// width of a column is a number of digits in the first font of the workbook:
// where that is large, the same number makes a wider column, and the page, which
// is as wide as the table, smaller letters.
func (s *styleSheet) letterScale() float64 {
	const usual = 7 // pixels of a digit of Calibri 11
	_, kids, err := outline(s.text)
	if err != nil {
		return 1
	}
	list, ok := find(kids, "fonts")
	if !ok {
		return 1
	}
	all, err := inside(s.text, list)
	if err != nil || len(all) == 0 {
		return 1
	}
	parts, err := inside(s.text, all[0])
	if err != nil {
		return 1
	}
	size, digit := 11.0, digitWidth("")
	for _, p := range parts {
		switch v := p.attr("val"); p.name {
		case "sz":
			if n, err := strconv.ParseFloat(v, 64); err == nil && n >= 5 && n <= 40 {
				size = n
			}
		case "name":
			digit = digitWidth(v)
		}
	}
	return usual / math.Round(size*96/72*digit)
}

// digitWidth is how wide a digit of a font is, in sizes of the font.
func digitWidth(font string) float64 {
	font = strings.ToLower(font)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(font, p) })
	}
	switch {
	case has("narrow", "garamond"):
		return 0.47
	case has("verdana", "dejavu sans", "courier"):
		return 0.62
	case has("arial"): // also .VnArial
		return 0.556
	case has("times", "calibri", "carlito", "liberation serif"), strings.HasPrefix(font, ".vn"):
		return 0.505
	}
	return 0.556 // of Arial; most are no wider
}

// tint adds the conditional format of a mark: a colour, and for whoever does not
// see colours a line around the cell, the letters underlined, and a sign before
// what stands there if there is room. format is the cell's own number format
// where the sign is put before it; "" = no sign.
func (s *styleSheet) tint(m markLook, format string) int {
	number := ""
	if format != "" {
		number = fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, s.formatID(format), esc(format))
	}
	side := func(name string) string {
		return fmt.Sprintf(`<%s style="%s"><color rgb="FF%s"/></%s>`, name, m.line, m.ink, name)
	}
	return s.add("dxfs", s.tag(`<dxf><font>%s<color rgb="FF%s"/></font>%s<fill><patternFill patternType="%s"><fgColor rgb="FF%s"/><bgColor rgb="FF%s"/></patternFill></fill><border>%s%s%s%s</border></dxf>`,
		m.letters, m.ink, number, m.pattern, m.dots, m.fill, side("left"), side("right"), side("top"), side("bottom")))
}

// formatID is the number of a number format: that of the same format in the
// style sheet, or one that none has.
func (s *styleSheet) formatID(format string) int {
	const own = 164 // below are Excel's own
	top, code := own-1, []byte(`formatCode="`+esc(format)+`"`)
	for rest := s.text; ; {
		i := bytes.Index(rest, []byte(`numFmtId="`))
		if i < 0 {
			return top + 1
		}
		rest = rest[i+len(`numFmtId="`):]
		end := bytes.IndexByte(rest, '"')
		if end < 0 {
			return top + 1
		}
		if id, err := strconv.Atoi(string(rest[:end])); err == nil {
			if tail := bytes.TrimLeft(rest[end+1:], " "); id >= own && bytes.HasPrefix(tail, code) {
				return id
			}
			top = max(top, id)
		}
	}
}
