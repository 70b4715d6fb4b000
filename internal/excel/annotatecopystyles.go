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
	numbers map[string]int
	codes   []string // number formats
}

// copyStyle is a format of a cell of a clean copy. Of the fonts only stays that
// they strike out: the texts are in Unicode by now, whatever letters the fonts of
// the file have.
type copyStyle struct {
	number int // place among the number formats, from 1; 0 = the usual one
	struck bool
	wrap   bool
}

// usualFont is the font of a clean copy.
const usualFont = "Times New Roman"

func newCopier() *copier {
	return &copier{formats: map[copyStyle]int{}, numbers: map[string]int{}}
}

// style is the number of the cell format for a style.
func (c *copier) style(of *tonghop.Style, wrap bool) int {
	s := copyStyle{wrap: wrap}
	if of != nil {
		s.number, s.struck = c.number(of.NumberFormat), of.Struck
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

// styles writes the style sheet.
func (c *copier) styles() []byte {
	const own = 164 // below are Excel's own number formats
	var formats, xfs strings.Builder
	if len(c.codes) > 0 {
		fmt.Fprintf(&formats, `<numFmts count="%d">`, len(c.codes))
		for i, code := range c.codes {
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, own+i, esc(code))
		}
		formats.WriteString("</numFmts>")
	}
	for _, s := range c.styled {
		number, font, wrap := 0, 0, ""
		if s.number > 0 {
			number = own + s.number - 1
		}
		if s.struck {
			font = 1
		}
		if s.wrap {
			wrap = ` wrapText="1"`
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"%s/></xf>`, number, font, wrap)
	}
	side := func(name string) string { return `<` + name + ` style="hair"><color auto="1"/></` + name + `>` }
	return []byte(xmlHead + `<styleSheet xmlns="` + nsMain + `">` + formats.String() +
		`<fonts count="2"><font><sz val="11"/><name val="` + usualFont + `"/><family val="1"/></font><font><strike/><sz val="11"/><name val="` + usualFont + `"/><family val="1"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + side("left") + side("right") + side("top") + side("bottom") + `<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">`, len(c.styled)+1) + `<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="center"/></xf>` + xfs.String() + `</cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}
