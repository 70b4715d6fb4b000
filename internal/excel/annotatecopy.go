package excel

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// bareName is the only sheet of a workbook of which nothing could be read.
const bareName = "tonghop"

// cleanCopy writes the values of a workbook as a plain .xlsx: what is shown and
// how numbers are written, no formula, no macro, no colour. bare says that there
// are none.
func cleanCopy(book *tonghop.Book) (raw []byte, bare bool, err error) {
	if book == nil || len(book.Sheets) == 0 {
		bare, book = true, &tonghop.Book{Sheets: []tonghop.Sheet{{Name: bareName}}}
	}
	c := &copier{formats: map[string]int{}}
	p, err := openParts(emptyArchive(), copyMost)
	if err != nil {
		return nil, bare, err
	}
	const styles = typePrefix + "spreadsheetml."
	p.set(contentTypes, []byte(xmlHead+`<Types xmlns="`+nsTypes+`"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`))
	if err := p.relate("", "rId1", "officeDocument", "xl/workbook.xml"); err != nil {
		return nil, bare, err
	}
	var list strings.Builder
	for i := range book.Sheets {
		s := &book.Sheets[i]
		part, id := fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), fmt.Sprintf("rId%d", i+1)
		p.set(part, c.sheet(s))
		state := ""
		if s.Hidden && len(book.Sheets) > 1 {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="%s"/>`, esc(sheetName(s.Name, i)), i+1, state, id)
		if err := p.relate("xl/workbook.xml", id, "worksheet", part); err != nil {
			return nil, bare, err
		}
		if err := p.declare(part, styles+"worksheet+xml"); err != nil {
			return nil, bare, err
		}
	}
	from1904 := ""
	if book.Date1904 {
		from1904 = `<workbookPr date1904="1"/>`
	}
	p.set("xl/workbook.xml", []byte(xmlHead+`<workbook xmlns="`+nsMain+`" xmlns:r="`+nsRelations+`">`+from1904+`<sheets>`+list.String()+`</sheets></workbook>`))
	p.set("xl/styles.xml", c.styles())
	if err := p.relate("xl/workbook.xml", "rIdStyles", "styles", "xl/styles.xml"); err != nil {
		return nil, bare, err
	}
	if err := p.declare("xl/workbook.xml", styles+"sheet.main+xml"); err != nil {
		return nil, bare, err
	}
	if err := p.declare("xl/styles.xml", styles+"styles+xml"); err != nil {
		return nil, bare, err
	}
	var out bytes.Buffer
	err = p.write(&out)
	return out.Bytes(), bare, err
}

// emptyArchive is a zip archive without entries.
func emptyArchive() []byte {
	return append([]byte("PK\x05\x06"), make([]byte, 18)...)
}

// sheetName is a name that Excel takes.
func sheetName(name string, i int) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '_'
		}
		return r
	}, name)
	clean = strings.Trim(clean, "'")
	if letters := []rune(clean); len(letters) > 31 {
		clean = string(letters[:31])
	}
	if strings.TrimSpace(clean) == "" {
		clean = fmt.Sprint(i + 1)
	}
	return clean
}

// copier writes the sheets of a clean copy.
type copier struct {
	formats map[string]int // number of a cell format by its number format
	codes   []string
}

// style is the number of the cell format that writes numbers in a format.
func (c *copier) style(format string) int {
	if format == "" || strings.EqualFold(format, "General") {
		return 0
	}
	id, ok := c.formats[format]
	if !ok {
		c.codes = append(c.codes, format)
		id = len(c.codes)
		c.formats[format] = id
	}
	return id
}

// styles writes the style sheet.
func (c *copier) styles() []byte {
	var formats, xfs strings.Builder
	if len(c.codes) > 0 {
		fmt.Fprintf(&formats, `<numFmts count="%d">`, len(c.codes))
	}
	for i, code := range c.codes {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, esc(code))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>`, 164+i)
	}
	if len(c.codes) > 0 {
		formats.WriteString("</numFmts>")
	}
	side := func(name string) string { return `<` + name + ` style="hair"><color auto="1"/></` + name + `>` }
	return []byte(xmlHead + `<styleSheet xmlns="` + nsMain + `">` + formats.String() +
		`<fonts count="1"><font><sz val="11"/><name val="Times New Roman"/><family val="1"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + side("left") + side("right") + side("top") + side("bottom") + `<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">`, len(c.codes)+1) + `<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/>` + xfs.String() + `</cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
}

// sheet writes the values of a sheet.
func (c *copier) sheet(s *tonghop.Sheet) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="` + nsMain + `"><sheetFormatPr defaultColWidth="14" defaultRowHeight="15"/>`)
	if len(s.HiddenCols) > 0 {
		b.WriteString("<cols>")
		for col := 1; col <= 16384; col++ {
			if s.HiddenCols[col] {
				fmt.Fprintf(&b, `<col min="%d" max="%d" width="14" hidden="1" customWidth="1"/>`, col, col)
			}
		}
		b.WriteString("</cols>")
	}
	b.WriteString("<sheetData>")
	for _, line := range s.Lines {
		hidden := ""
		if line.Hidden {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d"%s>`, line.Row, hidden)
		for i := range line.Cells {
			c.cell(&b, &line.Cells[i])
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	if len(s.Merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(s.Merges))
		for _, m := range s.Merges {
			fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, m)
		}
		b.WriteString("</mergeCells>")
	}
	b.WriteString("</worksheet>")
	return []byte(b.String())
}

// cell writes the value of a cell; of a formula that nobody computed nothing.
func (c *copier) cell(b *strings.Builder, cell *tonghop.Cell) {
	if cell.Kind == tonghop.CellBlank {
		return
	}
	ref := tonghop.Ref{Row: cell.Row, Col: cell.Col}.Cell()
	style := 0
	if cell.Style != nil {
		style = c.style(cell.Style.NumberFormat)
	}
	kind, value := "", cell.Stored
	switch cell.Kind {
	case tonghop.CellNumber:
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			kind = "inlineStr"
		}
	case tonghop.CellBool:
		kind = "b"
		value = map[bool]string{true: "1", false: "0"}[value == "1" || strings.EqualFold(value, "true")]
	case tonghop.CellError:
		kind = "e"
	default:
		kind = "inlineStr"
	}
	if kind == "inlineStr" {
		fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, style, whitespace(value))
		return
	}
	if kind != "" {
		kind = ` t="` + kind + `"`
	}
	fmt.Fprintf(b, `<c r="%s" s="%d"%s><v>%s</v></c>`, ref, style, kind, esc(value))
}

// whitespace writes a text for XML whatever it holds.
func whitespace(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
