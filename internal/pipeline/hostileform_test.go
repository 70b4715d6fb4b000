//go:build !race

package pipeline_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/internal/pipeline"
)

// formName is how the name of a sample begins.
const formName = "BC NTM T6 - Trà Cú"

// form is the sheet of a report, as the reader sees it.
func form(t testing.TB) *tonghop.Sheet {
	t.Helper()
	_, raw := sample(t, formName)
	book, err := format.Open(bytes.NewReader(raw), int64(len(raw)), tonghop.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return &book.Sheets[0]
}

// cellXML writes a cell at another row and column.
func cellXML(b *strings.Builder, c *tonghop.Cell, row, col int) {
	at := tonghop.Ref{Row: row, Col: col}.Cell()
	if c.Kind == tonghop.CellNumber {
		b.WriteString(`<c r="` + at + `"><v>` + c.Stored + `</v></c>`)
	} else {
		b.WriteString(`<c r="` + at + `" t="str"><v>` + escape(c.Stored) + `</v></c>`)
	}
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// formRows writes the rows of the form, one after the other, so many times.
func formRows(s *tonghop.Sheet, times int) string {
	last := s.Lines[len(s.Lines)-1].Row
	return many(times, func(b *strings.Builder, i int) {
		for k := range s.Lines {
			l := &s.Lines[k]
			row := i*last + l.Row
			b.WriteString(`<row r="` + strconv.Itoa(row) + `">`)
			for n := range l.Cells {
				cellXML(b, &l.Cells[n], row, l.Cells[n].Col)
			}
			b.WriteString(`</row>`)
		}
	})
}

func formMerges(s *tonghop.Sheet) string {
	var b strings.Builder
	for _, m := range s.Merges {
		b.WriteString(`<mergeCell ref="` + m.String() + `"/>`)
	}
	return `<mergeCells>` + b.String() + `</mergeCells>`
}

// moreRows writes the form up to its last commune, and that row again, so many
// times, each with a name of its own.
func moreRows(t testing.TB, s *tonghop.Sheet, times int) string {
	t.Helper()
	name, raw := sample(t, formName)
	rows := newReader(t).Read(parcel(name, raw)).Rows
	if len(rows) == 0 {
		t.Fatal("the form is not read")
	}
	at := rows[len(rows)-1].NameRef
	upTo, l := *s, s.Line(at.Row)
	for upTo.Lines[len(upTo.Lines)-1].Row > at.Row {
		upTo.Lines = upTo.Lines[:len(upTo.Lines)-1]
	}
	return formRows(&upTo, 1) + many(times, func(b *strings.Builder, i int) {
		row := at.Row + 1 + i
		b.WriteString(`<row r="` + strconv.Itoa(row) + `">`)
		for n := range l.Cells {
			c := l.Cells[n]
			if c.Col == at.Col {
				c.Stored = word(i)
			}
			cellXML(b, &c, row, c.Col)
		}
		b.WriteString(`</row>`)
	})
}

// A form that is recognised, and then does not end, costs no child either:
// every row of it may be asked about.
func TestHostileForms(t *testing.T) {
	letters, s := readLetters(t), form(t)
	times := 10
	if long() {
		times = 40
	}
	one := part{"xl/worksheets/form.xml", `<worksheet` + xlMain + `><sheetData>` + formRows(s, 1) + `</sheetData>` + formMerges(s) + `</worksheet>`}
	for name, file := range map[string][]byte{
		"as it is":            packed(t, workbook(formRows(s, 1), formMerges(s))...),
		"again and again":     packed(t, workbook(formRows(s, times), formMerges(s))...),
		"rows without end":    packed(t, workbook(moreRows(t, s, 50*times), formMerges(s))...),
		"on many sheets":      packed(t, manySheets(one, 2*times)...),
		"at the end of words": packed(t, workbook(shifted(s, 5*times), "")...),
	} {
		t.Run(name, func(t *testing.T) {
			p := parcel("báo cáo", file)
			p.Office = "849"
			pool := childPool(t)
			watch, start := watchChildren(t), time.Now()
			got, err := pipeline.NewJailed(newReader(t), pool, 1).Read(t.Context(), p)
			took, peak := time.Since(start), watch()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d KB, %.1f s, %d MB: %d rows, %s", len(file)>>10, took.Seconds(), peak, len(got.Rows), verdictOf(got))
			if peak > hostileMemory {
				t.Errorf("took %d MB", peak)
			}
			for _, f := range got.Findings {
				if letters.check(t, f); f.Rule == "TEP-002" || f.Rule == "TEP-003" {
					t.Errorf("cost its child: %v", f.Args)
				}
			}
			if name == "as it is" && (len(got.Rows) == 0 || got.State == tonghop.Rejected) {
				t.Errorf("%d rows: %s", len(got.Rows), verdictOf(got))
			}
		})
	}
}

// manySheets is a workbook of n sheets that are copies of a part.
func manySheets(p part, n int) []part {
	var links, sheets strings.Builder
	parts := workbook("", "")
	for i := range n {
		fmt.Fprintf(&links, `<Relationship Id="f%d" Type="%s/worksheet" Target="worksheets/f%[1]d.xml"/>`, i, xlRel)
		fmt.Fprintf(&sheets, `<sheet name="Biểu %d" sheetId="%[1]d" r:id="f%[2]d"/>`, i+1, i)
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/f%d.xml", i), p.body})
	}
	for i := range parts {
		switch parts[i].name {
		case xlBook:
			parts[i].body = `<workbook` + xlMain + ` xmlns:r="` + xlRel + `"><sheets>` + sheets.String() + `</sheets></workbook>`
		case xlLinks:
			parts[i].body = `<Relationships xmlns="` + xlPackage + `relationships">` + links.String() + `</Relationships>`
		}
	}
	return parts
}

// shifted is the form below so many rows of words.
func shifted(s *tonghop.Sheet, rows int) string {
	var b strings.Builder
	for r := range rows {
		b.WriteString(`<row r="` + strconv.Itoa(r+1) + `">`)
		for c := range 30 {
			b.WriteString(`<c t="str"><v>` + word(r*30+c) + ` đường trường trạm</v></c>`)
		}
		b.WriteString(`</row>`)
	}
	for k := range s.Lines {
		l := &s.Lines[k]
		b.WriteString(`<row r="` + strconv.Itoa(rows+l.Row) + `">`)
		for n := range l.Cells {
			cellXML(&b, &l.Cells[n], rows+l.Row, l.Cells[n].Col)
		}
		b.WriteString(`</row>`)
	}
	return b.String()
}
