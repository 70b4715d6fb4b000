package xlsx_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
)

// Sheets that are large in one way only. Honest ones are read whole, the
// others are refused; all at a small price.
func TestLargeInOneWay(t *testing.T) {
	numbered := func(n int, row func(b *strings.Builder, i int)) string {
		var b strings.Builder
		for i := 1; i <= n; i++ {
			row(&b, i)
		}
		return b.String()
	}
	tests := []struct {
		bomb
		want string // of summary
	}{
		{bomb{"2,000 rows holding only XFD", func() *parts {
			return workbook(numbered(2000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<row r="%d"><c r="XFD%d"><v>%d</v></c></row>`, i, i, i)
			}))
		}, "", 4}, "2000 lines, 2000 cells, 0 formulas, last XFD2000 2000"},
		{bomb{"16,384 columns", func() *parts {
			return workbook(`<row r="1">` + numbered(16_384, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<c r="%s1" t="s"><v>1</v></c>`, tonghop.ColumnName(i))
			}) + `</row>`)
		}, "", 12}, "1 lines, 16384 cells, 0 formulas, last XFD1 one"},
		{bomb{"a million formatted empty rows", func() *parts {
			return workbook(numbered(1<<20, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<row r="%d" s="1" customFormat="1" ht="20"/>`, i)
			}))
		}, "", 25}, "0 lines, 0 cells, 0 formulas, last  "},
		{bomb{"a million rows without numbers", func() *parts { return workbook(strings.Repeat(`<row/>`, 1<<20)) }, "", 25},
			"0 lines, 0 cells, 0 formulas, last  "},
		{bomb{"rows in falling order", func() *parts {
			return workbook(numbered(50_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<row r="%d"><c r="B%[1]d"><v>1</v></c><c r="A%[1]d"><v>%[1]d</v></c></row>`, 50_001-i)
			}))
		}, "", 60}, "50000 lines, 100000 cells, 0 formulas, last B50000 1"},
		{bomb{"200,000 merges", func() *parts {
			return workbook(`<row><c><v>1</v></c></row>`, `<mergeCells>`+numbered(200_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<mergeCell ref="A%d:B%d"/>`, i, i)
			})+`</mergeCells>`)
		}, "file.too_many_merges", 6}, ""},
		{bomb{"merges that all overlap", func() *parts {
			return workbook(`<row><c><v>1</v></c></row>`, `<mergeCells>`+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 20_000)+`</mergeCells>`)
		}, "", 6}, "1 lines, 1 cells, 0 formulas, last A1 1"},
		{bomb{"a million shared formulas", func() *parts {
			return workbook(numbered(1_000_000/share()/100, func(b *strings.Builder, i int) {
				b.WriteString(`<row>`)
				for j := range 100 {
					fmt.Fprintf(b, `<c><f t="shared" ref="A1" si="%d">A1+%[1]d</f><v>1</v></c>`, i*100+j)
				}
				b.WriteString(`</row>`)
			}))
		}, "", 600 / uint64(share())}, fmt.Sprintf("%d lines, %d cells, %[2]d formulas, last CV%[1]d 1", 10_000/share(), 1_000_000/share())},
		{bomb{"shared formulas before their master", func() *parts {
			return workbook(numbered(1000, func(b *strings.Builder, _ int) {
				b.WriteString(`<row>` + strings.Repeat(`<c><f t="shared" si="0"/><v>1</v></c>`, 100) + `</row>`)
			}) + `<row><c><f t="shared" si="0">A1+1</f><v>2</v></c></row>`)
		}, "", 60}, "1001 lines, 100001 cells, 100001 formulas, last A1001 2"},
		{bomb{"a bomb inside, never opened", func() *parts {
			bomb := workbook("").set("xl/theme/theme1.xml", "90 MB of blanks").fast(t)
			return workbook(`<row><c><v>1</v></c></row>`).set("xl/embeddings/Microsoft_Excel_Sheet.xlsx", string(bomb))
		}, "", 2}, "1 lines, 1 cells, 0 formulas, last A1 1"},
		{bomb{"many fonts of texts in many styles", func() *parts {
			p := workbook(`<row>` + numbered(16_000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<c t="s" s="%d"><v>%d</v></c>`, i%3, i%1000)
			}) + `</row>`)
			return p.set("xl/sharedStrings.xml", `<sst xmlns="`+mainNS+`">`+numbered(1000, func(b *strings.Builder, i int) {
				fmt.Fprintf(b, `<si><r><rPr><rFont val="f%d"/></rPr><t>x</t></r></si>`, i)
			})+`</sst>`)
		}, "", 12}, "1 lines, 16000 cells, 0 formulas, last WQJ1 x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book := tt.run(t, tonghop.Limits{})
			if book == nil {
				return // refused, as run has seen
			}
			if got := summary(&book.Sheets[0]); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// summary counts what is in a sheet and tells its last cell.
func summary(s *tonghop.Sheet) string {
	cells, formulas, last := 0, 0, tonghop.Cell{}
	for _, l := range s.Lines {
		for _, c := range l.Cells {
			cells++
			if last = c; c.HasForm && c.Formula != "" {
				formulas++
			}
		}
	}
	return fmt.Sprintf("%d lines, %d cells, %d formulas, last %s %s", len(s.Lines), cells, formulas, tonghop.Ref{Row: last.Row, Col: last.Col}.Cell(), last.Stored)
}

// An archive may be damaged in any of its parts: each one cut or changed is
// refused, also those that nobody reads.
func TestDamagedInAnyPart(t *testing.T) {
	p := workbook(`<row><c><v>1</v></c></row>`).set("xl/media/image1.png", "\x89PNG, not really")
	for _, name := range p.names {
		file := p.fast(t)
		at := bytes.Index(file, []byte(p.body[name]))
		if at < 0 {
			t.Fatalf("%s is not in the file as it is", name)
		}
		file[at+len(p.body[name])/2] ^= 0x20
		if _, err := load(file); tonghop.CodeOf(err) != "file.damaged" {
			t.Errorf("%s changed: %v", name, err)
		}
	}
}
