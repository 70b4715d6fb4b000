//go:build !race

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// written is the workbook as a real .xlsx file.
func (w *workbook) written(t testing.TB) []byte {
	t.Helper()
	b := bookWriter{w: w, now: w.now()}
	var sheets [][]byte
	for _, p := range w.pages {
		sheets = append(sheets, b.sheet(p))
	}
	var types, list, relations strings.Builder
	for i, p := range w.pages {
		state := ""
		if p.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, html.EscapeString(p.name), i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, officeRelation, i+1)
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(sheets)+1, officeRelation)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	part := func(name, body string) {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+types.String()+`</Types>`)
	part("_rels/.rels", relationsOf(`<Relationship Id="rId1" Type="`+officeRelation+`/officeDocument" Target="xl/workbook.xml"/>`))
	part("xl/workbook.xml", `<workbook xmlns="`+mainSpace+`" xmlns:r="`+officeRelation+`"><sheets>`+list.String()+`</sheets></workbook>`)
	part("xl/_rels/workbook.xml.rels", relationsOf(relations.String()))
	part("xl/styles.xml", b.styleSheet())
	for i, s := range sheets {
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), string(s))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const (
	mainSpace      = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	officeRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func relationsOf(list string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
}

// bookWriter collects the styles while it writes the sheets.
type bookWriter struct {
	w      *workbook
	now    map[tonghop.Ref]tonghop.Ref
	styles []tonghop.Style
}

func (b *bookWriter) sheet(p *page) []byte {
	var rows, cols, merges bytes.Buffer
	open := 0
	for _, at := range p.places() {
		c := p.cells[at]
		if c.Kind == tonghop.CellBlank && !c.HasForm && *c.Style == (tonghop.Style{}) {
			continue
		}
		if at.row != open {
			if open > 0 {
				rows.WriteString("</row>")
			}
			hidden := ""
			if p.hiddenRows[at.row] {
				hidden = ` hidden="1"`
			}
			open = at.row
			fmt.Fprintf(&rows, `<row r="%d"%s>`, open, hidden)
		}
		b.cell(&rows, p, at, c)
	}
	if open > 0 {
		rows.WriteString("</row>")
	}
	var hidden []int
	for col, is := range p.hiddenCols {
		if is {
			hidden = append(hidden, col)
		}
	}
	slices.Sort(hidden)
	for _, col := range hidden {
		fmt.Fprintf(&cols, `<col min="%d" max="%d" width="9" hidden="1"/>`, col, col)
	}
	for _, m := range p.merges {
		fmt.Fprintf(&merges, `<mergeCell ref="%s"/>`, m)
	}
	return []byte(`<worksheet xmlns="` + mainSpace + `">` + around("cols", cols.String()) + "<sheetData>" + rows.String() + "</sheetData>" +
		around("mergeCells", merges.String()) + `</worksheet>`)
}

// around puts an element around its content; nothing around nothing.
func around(name, content string) string {
	if content == "" {
		return ""
	}
	return "<" + name + ">" + content + "</" + name + ">"
}

func (b *bookWriter) cell(out *bytes.Buffer, p *page, at place, c *typed) {
	ref := tonghop.Ref{Row: at.row, Col: at.col}.Cell()
	formula, stored := b.formula(p, c), ""
	if c.Kind != tonghop.CellBlank {
		stored = around("v", escaped(c.Stored))
	}
	kind := map[tonghop.CellKind]string{tonghop.CellBool: ` t="b"`, tonghop.CellError: ` t="e"`, tonghop.CellText: ` t="str"`}[c.Kind]
	if formula == "" && c.Kind == tonghop.CellText {
		kind, stored = ` t="inlineStr"`, `<is>`+inline(c)+`</is>`
	}
	if c.HasForm && formula != "" && !c.Cached {
		kind, stored = "", ""
	}
	fmt.Fprintf(out, `<c r="%s" s="%d"%s>%s%s</c>`, ref, b.style(*c.Style), kind, formula, stored)
}

// inline is a text with its fonts.
func inline(c *typed) string {
	text := func(s string) string { return `<t xml:space="preserve">` + escaped(s) + `</t>` }
	if c.Rich == nil {
		return text(c.Stored)
	}
	var b strings.Builder
	for _, run := range c.Rich.Runs {
		font := ""
		if run.Font != "" {
			font = `<rPr><rFont val="` + html.EscapeString(run.Font) + `"/></rPr>`
		}
		b.WriteString("<r>" + font + text(run.Text) + "</r>")
	}
	return b.String()
}

// style is the number of a style.
func (b *bookWriter) style(s tonghop.Style) int {
	if i := slices.Index(b.styles, s); i >= 0 {
		return i + 1
	}
	b.styles = append(b.styles, s)
	return len(b.styles)
}

func (b *bookWriter) styleSheet() string {
	const plain = "Times New Roman"
	var formats, fonts, cells strings.Builder
	fmt.Fprintf(&fonts, `<font><sz val="12"/><name val="%s"/></font>`, plain)
	cells.WriteString(`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`)
	for i, s := range b.styles {
		number, font := 0, s.Font
		if s.NumberFormat != "" && s.NumberFormat != "General" {
			number = 164 + i
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, number, html.EscapeString(s.NumberFormat))
		}
		if font == "" {
			font = plain
		}
		fmt.Fprintf(&fonts, `<font><sz val="12"/><name val="%s"/></font>`, html.EscapeString(font))
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="0" applyNumberFormat="1" applyFont="1"/>`, number, i+1)
	}
	return `<styleSheet xmlns="` + mainSpace + `">` + around("numFmts", formats.String()) + around("fonts", fonts.String()) +
		`<fills><fill><patternFill patternType="none"/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>` +
		around("cellXfs", cells.String()) + `</styleSheet>`
}

// reference is an address or a range in a formula, or a text, which is none.
var reference = regexp.MustCompile(`"[^"]*"|\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?\b`)

// formula is the formula of a cell with the addresses where things stand now,
// as a spreadsheet program keeps them; "" where the cell has none, or where a
// range has been torn apart, for which a clerk pastes the value.
func (b *bookWriter) formula(p *page, c *typed) string {
	if !c.HasForm || c.Formula == "" {
		return ""
	}
	whole := true
	said := reference.ReplaceAllStringFunc(c.Formula, func(at string) string {
		m := reference.FindStringSubmatch(at)
		if m[1] == "" || c.from.Row == 0 {
			return at
		}
		a, ok := b.rangeNow(p, c.from.Sheet, m)
		whole = whole && ok
		return a.String()
	})
	if !whole {
		return ""
	}
	return around("f", html.EscapeString(said))
}

// rangeNow is where a range of the sample stands now; false if other cells with
// content have come between, or it is in pieces.
func (b *bookWriter) rangeNow(p *page, sheet string, m []string) (a tonghop.Area, ok bool) {
	var top, bottom int
	fmt.Sscan(m[2], &top)
	last := m[3]
	if bottom = top; last != "" {
		fmt.Sscan(m[4], &bottom)
	} else {
		last = m[1]
	}
	inside := map[place]bool{}
	for row := top; row <= bottom; row++ {
		for col := tonghop.ColumnNumber(m[1]); col <= tonghop.ColumnNumber(last); col++ {
			at, there := b.now[tonghop.Ref{Sheet: sheet, Row: row, Col: col}]
			if !there || at.Sheet != p.name {
				return a, false
			}
			inside[place{at.Row, at.Col}] = true
			a = widened(a, place{at.Row, at.Col})
		}
	}
	for row := a.Top; row <= a.Bottom; row++ {
		for col := a.Left; col <= a.Right; col++ {
			if c := p.cells[place{row, col}]; c != nil && !inside[place{row, col}] && !c.Blank() {
				return a, false
			}
		}
	}
	return a, true
}
