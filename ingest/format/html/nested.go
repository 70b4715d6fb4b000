package html

import (
	"strings"

	"github.com/tonghop/tonghop"
)

// resolve decides what tables in cells mean. The larger one is the report: if
// that is the outer table, the inner ones become text; else the outer one only
// holds things in place, and comes apart into its rows.
func (t *table) resolve() []item {
	switch {
	case len(t.holders) == 0:
		return []item{{t: t}}
	case t.largest <= t.texts:
		for i := range t.holders {
			h := &t.holders[i]
			var b strings.Builder
			writeText(&b, h.items)
			h.items = nil
			c := &t.lines[h.line].Cells[h.at]
			c.Kind, c.Stored, c.Shown = tonghop.CellText, b.String(), b.String()
		}
		return []item{{t: t}}
	}
	return t.apart()
}

// apart gives what the rows of a table hold: those without tables as tables of
// their own, the cells of the others one after the other.
func (t *table) apart() []item {
	var out []item
	var part *table
	from, next := 0, 0 // the last row before the part; the next merge
	holders := t.holders
	for i := range t.lines {
		l := &t.lines[i]
		if len(holders) == 0 || holders[0].line > i {
			if part == nil {
				part = &table{hidden: t.hidden}
				from = l.Row - 1
			}
			part.take(t, *l, from)
			continue
		}
		if part != nil {
			out, part = append(out, part.cut(t, from, &next)), nil
		}
		for k := range l.Cells {
			if len(holders) > 0 && holders[0].line == i && holders[0].at == k {
				out = append(out, holders[0].items...)
				holders = holders[1:]
			} else {
				out = append(out, item{line: l.Cells[k : k+1 : k+1]})
			}
		}
	}
	if part != nil {
		out = append(out, part.cut(t, from, &next))
	}
	return out
}

// take moves a row of t over; rows count from the one behind from.
func (p *table) take(t *table, l tonghop.Line, from int) {
	hidden := t.hiddenRows[l.Row]
	l.Row -= from
	for k := range l.Cells {
		l.Cells[k].Row = l.Row
	}
	p.rows = l.Row
	p.texts += len(l.Cells)
	p.lines = append(p.lines, l)
	if hidden {
		if p.hiddenRows == nil {
			p.hiddenRows = map[int]bool{}
		}
		p.hiddenRows[p.rows] = true
	}
}

// cut gives the part the merges of t that lie in its rows.
// Those before next, which rises, are done with.
func (p *table) cut(t *table, from int, next *int) item {
	for ; *next < len(t.merges) && t.merges[*next].Top <= from+p.rows; *next++ {
		if m := t.merges[*next]; m.Top > from && m.Bottom <= from+p.rows {
			m.Top, m.Bottom = m.Top-from, m.Bottom-from
			p.merges = append(p.merges, m)
		}
	}
	return item{t: p}
}

// writeText writes items as the text of a cell: rows below each other, cells
// apart by a blank.
func writeText(b *strings.Builder, items []item) {
	for i := range items {
		if items[i].t == nil {
			newLine(b)
			b.WriteString(items[i].line[0].Shown)
			continue
		}
		for _, l := range items[i].t.lines {
			newLine(b)
			for k := range l.Cells {
				if k > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(l.Cells[k].Shown)
			}
		}
	}
}

func newLine(b *strings.Builder) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
}
