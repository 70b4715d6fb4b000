//go:build !race

package pipeline_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/templates"
)

const spreadsheetML = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// looks are the fonts and number formats of a workbook that is written.
type looks struct {
	order []templates.Content
	at    map[templates.Content]int
}

// of is the number of a cell's style.
func (l *looks) of(c templates.Content) int {
	key := templates.Content{Format: c.Format, Font: c.Font, Struck: c.Struck}
	if n, ok := l.at[key]; ok {
		return n
	}
	l.at[key] = len(l.order)
	l.order = append(l.order, key)
	return l.at[key]
}

// write makes the workbook an .xlsx file.
func (b *ruleBook) write(t testing.TB) []byte {
	t.Helper()
	styles := &looks{at: map[templates.Content]int{}}
	styles.of(templates.Content{})
	parts := map[string]string{}
	var book, relations, types strings.Builder
	for i, s := range b.sheets {
		state := ""
		if s.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&book, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escaped(s.name), i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = s.xml(styles)
	}
	parts["xl/workbook.xml"] = `<workbook ` + spreadsheetML + `><sheets>` + book.String() + `</sheets></workbook>`
	parts["xl/styles.xml"] = styles.xml()
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relations.String() +
		`<Relationship Id="rId0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	parts["_rels/.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["[Content_Types].xml"] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`
	return zipped(t, parts)
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// xml is the part of one sheet.
func (s *ruleSheet) xml(styles *looks) string {
	var b strings.Builder
	b.WriteString(`<worksheet ` + spreadsheetML + `>`)
	if cols := slices.Sorted(maps.Keys(s.columns)); len(cols) > 0 {
		b.WriteString(`<cols>`)
		for _, c := range cols {
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="9" hidden="1"/>`, c, c)
		}
		b.WriteString(`</cols>`)
	}
	b.WriteString(`<sheetData>`)
	row := 0
	for _, at := range slices.SortedFunc(maps.Keys(s.cells), func(a, b place) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.col - b.col
	}) {
		if at.row != row {
			if row > 0 {
				b.WriteString(`</row>`)
			}
			row = at.row
			hidden := ""
			if s.rows[row] {
				hidden = ` hidden="1"`
			}
			fmt.Fprintf(&b, `<row r="%d"%s>`, row, hidden)
		}
		writeCell(&b, at, s.cells[at], styles)
	}
	if row > 0 {
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	if len(s.merges) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(s.merges))
		for _, m := range s.merges {
			fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, m)
		}
		b.WriteString(`</mergeCells>`)
	}
	b.WriteString(`</worksheet>`)
	return b.String()
}

// writeCell writes one cell with its formula and stored value.
func writeCell(b *strings.Builder, at place, c templates.Content, styles *looks) {
	kind, value := "", c.Number
	switch {
	case c.Text != "":
		kind, value = ` t="str"`, c.Text
		if c.Formula == "" {
			kind = ` t="inlineStr"`
		}
	case c.Bool != nil:
		kind, value = ` t="b"`, map[bool]string{true: "1", false: "0"}[*c.Bool]
	case c.Error != "":
		kind, value = ` t="e"`, c.Error
	}
	fmt.Fprintf(b, `<c r="%s" s="%d"%s>`, at, styles.of(c), kind)
	if c.Formula != "" {
		fmt.Fprintf(b, `<f>%s</f>`, escaped(c.Formula))
	}
	if kind == ` t="inlineStr"` {
		fmt.Fprintf(b, `<is><t xml:space="preserve">%s</t></is>`, escaped(value))
	} else if value != "" {
		fmt.Fprintf(b, `<v>%s</v>`, escaped(value))
	}
	b.WriteString(`</c>`)
}

// xml is the part of the styles.
func (l *looks) xml() string {
	var formats, fonts, xfs strings.Builder
	for i, c := range l.order {
		id := 0
		if c.Format != "" {
			id = 170 + i
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, id, escaped(c.Format))
		}
		font, struck := c.Font, ""
		if font == "" {
			font = "Times New Roman"
		}
		if c.Struck {
			struck = `<strike/>`
		}
		fmt.Fprintf(&fonts, `<font>%s<sz val="12"/><name val="%s"/></font>`, struck, escaped(font))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`, id, i)
	}
	some := ""
	if formats.Len() > 0 {
		some = fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, strings.Count(formats.String(), "<numFmt "), formats.String())
	}
	return fmt.Sprintf(`<styleSheet %s>%s<fonts count="%d">%s</fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>`+
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="%d">%s</cellXfs></styleSheet>`,
		spreadsheetML, some, len(l.order), fonts.String(), len(l.order), xfs.String())
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

// dayOf is noon of a day in Việt Nam.
func dayOf(t testing.TB, day string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02", day, tonghop.Vietnam())
	if err != nil {
		t.Fatal(err)
	}
	return at.Add(12 * time.Hour)
}
