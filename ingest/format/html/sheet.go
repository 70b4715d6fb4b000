package html

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
)

// addSheets makes the sheets of a page: one, or those that LibreOffice names
// in it.
func (b *builder) addSheets(items []item, name string) error {
	first := -1
	for i := range items {
		if items[i].start {
			first = i
			break
		}
	}
	if first < 0 {
		return b.addSheet(items, name)
	}
	for first < len(items) { // what stands before is a list of links to the sheets
		end := first + 1
		for end < len(items) && !items[end].start {
			end++
		}
		part := items[first+1 : end]
		name = ""
		if len(part) > 0 && part[0].t == nil {
			_, name, _ = strings.Cut(part[0].line[0].Shown, ": ") // Sheet 2: Biểu 03
			part = part[1:]
		}
		if err := b.addSheet(part, name); err != nil {
			return err
		}
		first = end
	}
	return nil
}

// addSheet puts the items below each other.
func (b *builder) addSheet(items []item, name string) error {
	if len(b.sheets) >= notesMax {
		return tonghop.Fail("file.too_many_parts", nil, "limit", fmt.Sprint(notesMax))
	}
	s := tonghop.Sheet{Name: b.sheetName(name)}
	row, largest := 0, -1
	for i := range items {
		t := items[i].t
		if t == nil {
			row++
			c := &items[i].line[0]
			c.Row, c.Col = row, 1
			b.text += int64(len(c.Shown))
			s.Lines = append(s.Lines, tonghop.Line{Row: row, Cells: items[i].line})
		} else {
			if err := b.addTable(&s, t, row); err != nil {
				return err
			}
			if row += t.rows; t.texts+len(t.holders) > largest {
				largest, s.HiddenCols = t.texts+len(t.holders), t.hiddenCols
			}
		}
		if b.text > b.lim.Text {
			return tooLarge(b.lim.Text)
		}
		if n := len(s.Lines); n > 0 && s.Lines[n-1].Row > rowsMax {
			return beyondSheet()
		}
	}
	b.sheets = append(b.sheets, s)
	return nil
}

// addTable adds the rows of a table, the first of which is the one after row.
func (b *builder) addTable(s *tonghop.Sheet, t *table, row int) error {
	for i := range t.lines {
		l := &t.lines[i]
		l.Hidden = t.hidden || t.hiddenRows[l.Row]
		l.Row += row
		for k := range l.Cells {
			c := &l.Cells[k]
			if c.Col > colsMax {
				return beyondSheet()
			}
			c.Row = l.Row
			b.text += int64(len(c.Shown) + len(c.Formula))
			if c.Kind != tonghop.CellText {
				b.text += int64(len(c.Stored))
			}
		}
	}
	s.Lines = append(s.Lines, t.lines...)
	for _, m := range t.merges {
		if m.Bottom > m.Top || m.Right > m.Left {
			if len(s.Merges) >= b.lim.Merges {
				return tonghop.Fail("file.too_many_merges", nil, "limit", fmt.Sprint(b.lim.Merges))
			}
			m.Top, m.Bottom = m.Top+row, m.Bottom+row
			s.Merges = append(s.Merges, m)
		}
	}
	return nil
}

// sheetName is the name, or one that programs would give, made unlike those of
// the other sheets.
func (b *builder) sheetName(name string) string {
	if name = strings.TrimSpace(name); name == "" {
		name = fmt.Sprintf("Sheet%d", len(b.sheets)+1)
	}
	plain := name
	for n := len(b.names) + 1; b.names[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s (%d)", plain, n)
	}
	b.names[strings.ToLower(name)] = true
	return name
}

func beyondSheet() error {
	return tonghop.Fail("file.beyond_sheet", nil, "rows", fmt.Sprint(rowsMax), "columns", fmt.Sprint(colsMax))
}
