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

// cleanCopy writes the values of a workbook as a plain .xlsx: what is shown, how
// numbers are written, and what is struck out. No formula, no macro, no colour.
// bare says that there are none.
func cleanCopy(book *tonghop.Book) (raw []byte, bare bool, err error) {
	if book == nil || len(book.Sheets) == 0 {
		bare, book = true, &tonghop.Book{Sheets: []tonghop.Sheet{{Name: bareName}}}
	}
	c := newCopier()
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

// sheet writes the values of a sheet.
func (c *copier) sheet(s *tonghop.Sheet) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="` + nsMain + `"><sheetFormatPr defaultColWidth="14" defaultRowHeight="15"/>`)
	layout := layoutOf(s)
	b.WriteString(layout.cols(s.HiddenCols))
	b.WriteString("<sheetData>")
	for _, line := range s.Lines {
		hidden := ""
		if line.Hidden {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(&b, `<row r="%d" ht="%d" customHeight="1"%s>`, line.Row, layout.height(line.Cells), hidden)
		for i := range line.Cells {
			_, joined := layout.merged[[2]int{line.Row, line.Cells[i].Col}]
			c.cell(&b, &line.Cells[i], !joined && line.Cells[i].Kind == tonghop.CellText && alone(line.Cells, i))
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
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`)
	return []byte(b.String())
}

// alone reports whether a text may run on to the right, where nothing stands.
func alone(cells []tonghop.Cell, i int) bool {
	next := i + 1
	for next < len(cells) && cells[next].Kind == tonghop.CellBlank {
		next++
	}
	return next == len(cells) || cells[next].Col > cells[i].Col+3
}

// cell writes the value of a cell; of a formula that nobody computed nothing. A
// text is broken where it has no room, unless it stands alone.
func (c *copier) cell(b *strings.Builder, cell *tonghop.Cell, alone bool) {
	if cell.Kind == tonghop.CellBlank {
		return
	}
	ref := tonghop.Ref{Row: cell.Row, Col: cell.Col}.Cell()
	style := c.style(cell.Style, cell.Kind == tonghop.CellText && !alone)
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
