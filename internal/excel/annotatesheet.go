package excel

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

// ownSheet is one of our sheets.
type ownSheet struct {
	name   string
	xml    []byte
	header int // its row, which is printed on every page
}

// sheetWriter writes one of our sheets, row by row.
type sheetWriter struct {
	looks  [lookCount]int
	widths []float64
	scale  float64 // by which a column must be wider or narrower: they are counted in letters of the workbook's font
	rows   strings.Builder
	links  strings.Builder
	merges strings.Builder
	row    int
	count  int  // of links
	folds  bool // rows are folded under others
	closed bool // nothing can be explained
}

// Sizes of letters on our sheets, in points.
const (
	letterSize = 11
	titleSize  = 14
)

// besideText is what stays free beside a text in a cell, in points.
const besideText = 4

// tableMost is how wide our tables may be, in characters of the usual font. A
// page is as wide as the table: letters of 11 points are then at least 9 on a
// page of A4, also where a program has a font in place of the workbook's whose
// digits are wider by a seventh.
const tableMost = 160

// linksMost is how many links Excel keeps on a sheet.
const linksMost = 65_000

// ownCell is a cell of our sheets: a text in a look, and where it leads.
type ownCell struct {
	text  string
	look  ownLook
	to    string // "'Biểu 03'!F14"; "" = nowhere
	whole bool   // what somebody typed: it is not cut
}

// line writes a row. Blank cells of the plain look are left out.
func (s *sheetWriter) line(cells ...ownCell) { s.fold("", cells...) }

// fold writes a row with attributes that fold it, or others, away.
func (s *sheetWriter) fold(attrs string, cells ...ownCell) {
	s.row++
	s.folds = s.folds || attrs != ""
	s.put(fmt.Sprintf(` ht="%d" customHeight="1"%s`, s.height(cells), attrs), cells...)
}

// wide writes a row of one text across the whole table, on as many lines as it
// needs: a page would cut off what runs on to the right.
func (s *sheetWriter) wide(attrs string, c ownCell) {
	last, room := 0, 0.0
	for i, w := range s.widths {
		if w > 0 {
			last, room = i+1, room+w
		}
	}
	if c.look == lookPlain {
		c.look = lookWide
	}
	line, size := 14, letterSize
	if c.look == lookTitle {
		line, size = 20, titleSize
	}
	s.row++
	s.folds = s.folds || attrs != ""
	s.put(fmt.Sprintf(` ht="%d" customHeight="1"%s`, line*linesIn(c.text, room, size, c.look.bold())+3, attrs), c)
	fmt.Fprintf(&s.merges, `<mergeCell ref="%s"/>`, tonghop.Area{Top: s.row, Left: 1, Bottom: s.row, Right: last})
}

// height is how high a row must be for its texts, in points. Not every program
// finds out by itself. Cells outside the table are not counted.
func (s *sheetWriter) height(cells []ownCell) int {
	const line, most = 14, 400 // points; Excel shows at most 409
	lines := 1
	for i, c := range cells {
		if c.look != lookPlain && i < len(s.widths) && s.widths[i] > 0 {
			lines = max(lines, linesIn(short(c.text), s.widths[i], letterSize, c.look.bold()))
		}
	}
	return min(most, line*lines+3)
}

// linesIn is on how many lines a text stands in a column of so many characters,
// broken between words as a spreadsheet does; a word that is too long is broken
// anywhere.
func linesIn(text string, width float64, size int, bold bool) int {
	return wrapped(text, float64(size), bold, max(float64(size), width*charWidth*tight-besideText))
}

// put writes a row with attributes of its own.
func (s *sheetWriter) put(attrs string, cells ...ownCell) {
	fmt.Fprintf(&s.rows, `<row r="%d"%s>`, s.row, attrs)
	for i, c := range cells {
		if c.text == "" && c.look == lookPlain {
			continue
		}
		ref := tonghop.Ref{Row: s.row, Col: i + 1}.Cell()
		look, text := c.look, c.text
		if !c.whole {
			text = short(text)
		}
		if c.to != "" && look == lookText {
			look = lookLink
		}
		if formula := s.jump(i, c); formula != "" {
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d" t="str"><f>%s</f><v>%s</v></c>`, ref, s.looks[lookJump], esc(formula), esc(text))
			continue
		}
		if c.text == "" {
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d"/>`, ref, s.looks[look])
		} else {
			fmt.Fprintf(&s.rows, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, s.looks[look], esc(text))
		}
		if c.to != "" && s.count < linksMost {
			s.count++
			fmt.Fprintf(&s.links, `<hyperlink ref="%s" location="%s" display="%s"/>`, ref, esc(c.to), esc(short(c.text)))
		}
	}
	s.rows.WriteString("</row>")
}

// jump is the formula of a link whose text needs several lines: LibreOffice shows
// an ordinary link on one, cut off where the column ends. "" = an ordinary link.
func (s *sheetWriter) jump(column int, c ownCell) string {
	const most = 255 // letters of a text in a formula
	if c.to == "" || c.look != lookText || linesIn(c.text, s.widths[column], letterSize, false) < 2 || len([]rune(c.text)) > most {
		return ""
	}
	literal := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
	return "HYPERLINK(" + literal("#"+c.to) + "," + literal(c.text) + ")"
}

// short cuts a text to what a cell can hold.
func short(text string) string {
	const most = 4000
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// place is the address of a cell for a link.
func place(sheet string, row, col int) string {
	return quoted(sheet) + "!" + tonghop.Ref{Row: row, Col: col}.Cell()
}

// quoted is the name of a sheet as formulas write it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// tagged writes the first row of each of our sheets: out of sight, with the tag
// by which every reader knows the sheet for ours, whatever program saved it, and
// what else is to be known again.
func (s *sheetWriter) tagged(more string) {
	s.row++
	s.put(` hidden="1"`, ownCell{text: tonghop.OwnSheetTag, look: lookPlain}, ownCell{text: more, look: lookPlain})
}

// sheet puts the rows together: the header stays in view, nothing but what is
// open may be changed, a page is as wide as the table. The tables are so wide
// that letters of 11 points are at least 9 on a page of A4. open says that the
// workbook opens here. A protected sheet would not let anybody unfold its rows:
// one with folded rows is not protected.
func (s *sheetWriter) sheet(header int, checks, tab string, open bool) []byte {
	var b strings.Builder
	outline, level, protect, selected := "", "", `<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" autoFilter="0"/>`, ""
	if s.folds {
		outline, level, protect = `<outlinePr summaryBelow="0"/>`, ` outlineLevelRow="1"`, ""
	}
	if open {
		selected = ` tabSelected="1"`
	}
	b.WriteString(xmlHead + `<worksheet xmlns="` + nsMain + `"><sheetPr><tabColor rgb="` + tab + `"/>` + outline + `<pageSetUpPr fitToPage="1"/></sheetPr>`)
	fmt.Fprintf(&b, `<dimension ref="A1:%s"/>`, tonghop.Ref{Row: s.row, Col: len(s.widths)}.Cell())
	fmt.Fprintf(&b, `<sheetViews><sheetView showGridLines="0"%s workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`, selected, header, header+1)
	b.WriteString(`<sheetFormatPr defaultRowHeight="15"` + level + `/><cols>`)
	for i, w := range s.widths {
		if w == 0 { // what the program knows its lines by
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="9" hidden="1" customWidth="1"/>`, i+1, i+1)
			continue
		}
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%.2f" customWidth="1"/>`, i+1, i+1, w*s.scale)
	}
	b.WriteString(`</cols><sheetData>` + s.rows.String() + `</sheetData>` + protect)
	if s.merges.Len() > 0 {
		b.WriteString(`<mergeCells>` + s.merges.String() + `</mergeCells>`)
	}
	b.WriteString(checks)
	if s.count > 0 {
		b.WriteString(`<hyperlinks>` + s.links.String() + `</hyperlinks>`)
	}
	b.WriteString(`<pageMargins left="0.3" right="0.3" top="0.4" bottom="0.5" header="0.2" footer="0.2"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter></worksheet>`)
	return []byte(b.String())
}
