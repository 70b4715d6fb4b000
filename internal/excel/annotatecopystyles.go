package excel

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

// copier writes the sheets of a clean copy.
type copier struct {
	formats map[copyStyle]int // number of a cell format
	styled  []copyStyle
	fonts   map[copyFont]int
	named   []copyFont
	numbers map[string]int
	codes   []string // number formats
}

// copyFont is what a font says of a text: how it is encoded, and whether it
// counts.
type copyFont struct {
	name   string
	struck bool
}

// copyStyle is a format of a cell of a clean copy.
type copyStyle struct {
	number, font int // places among the number formats and fonts, from 1; 0 = the usual one
	wrap         bool
}

// usualFont is the font of a clean copy where the file names none.
const usualFont = "Times New Roman"

// properties writes a font; name is the element that names it.
func (f copyFont) properties(name string) string {
	struck := ""
	if f.struck {
		struck = "<strike/>"
	}
	if f.name == "" {
		f.name = usualFont
	}
	if name == "rFont" { // the two kinds of properties have orders of their own
		return fmt.Sprintf(`<rFont val="%s"/>%s<sz val="11"/>`, esc(f.name), struck)
	}
	return fmt.Sprintf(`%s<sz val="11"/><name val="%s"/>`, struck, esc(f.name))
}

func newCopier() *copier {
	return &copier{formats: map[copyStyle]int{}, fonts: map[copyFont]int{}, numbers: map[string]int{}}
}

// style is the number of the cell format for a style.
func (c *copier) style(of *tonghop.Style, wrap bool) int {
	s := copyStyle{wrap: wrap}
	if of != nil {
		s.number, s.font = c.number(of.NumberFormat), c.font(copyFont{of.Font, of.Struck})
	}
	if s == (copyStyle{}) {
		return 0
	}
	id, ok := c.formats[s]
	if !ok {
		c.styled = append(c.styled, s)
		id = len(c.styled)
		c.formats[s] = id
	}
	return id
}

// number is the place of a number format.
func (c *copier) number(code string) int {
	if code == "" || strings.EqualFold(code, "General") {
		return 0
	}
	id, ok := c.numbers[code]
	if !ok {
		c.codes = append(c.codes, code)
		id = len(c.codes)
		c.numbers[code] = id
	}
	return id
}

// font is the place of a font.
func (c *copier) font(f copyFont) int {
	if f == (copyFont{}) || f == (copyFont{name: usualFont}) {
		return 0
	}
	id, ok := c.fonts[f]
	if !ok {
		c.named = append(c.named, f)
		id = len(c.named)
		c.fonts[f] = id
	}
	return id
}

// styles writes the style sheet.
func (c *copier) styles() []byte {
	const own = 164 // below are Excel's own number formats
	var formats, fonts, xfs strings.Builder
	if len(c.codes) > 0 {
		fmt.Fprintf(&formats, `<numFmts count="%d">`, len(c.codes))
		for i, code := range c.codes {
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, own+i, esc(code))
		}
		formats.WriteString("</numFmts>")
	}
	for _, f := range append([]copyFont{{}}, c.named...) {
		fonts.WriteString("<font>" + f.properties("name") + "</font>")
	}
	for _, s := range c.styled {
		number, wrap := 0, ""
		if s.number > 0 {
			number = own + s.number - 1
		}
		if s.wrap {
			wrap = ` wrapText="1"`
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"%s/></xf>`, number, s.font, wrap)
	}
	side := func(name string) string { return `<` + name + ` style="hair"><color auto="1"/></` + name + `>` }
	return []byte(xmlHead + `<styleSheet xmlns="` + nsMain + `">` + formats.String() +
		fmt.Sprintf(`<fonts count="%d">%s</fonts>`, len(c.named)+1, fonts.String()) +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + side("left") + side("right") + side("top") + side("bottom") + `<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">`, len(c.styled)+1) + `<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf>` + xfs.String() + `</cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}
