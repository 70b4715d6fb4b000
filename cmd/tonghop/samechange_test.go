//go:build !race

package main

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// change is something that people do to a workbook which does not change what
// it says, or which takes something away that then has to be asked for. pick
// draws a number below n.
type change struct {
	name string
	do   func(w *workbook, pick func(n int) int)
}

// headerLoose and criteriaApart are changes that do not go together.
const (
	headerLoose   = "header not merged"
	criteriaApart = "criteria on two sheets"
)

// shapeChanges change places and looks that say nothing.
var shapeChanges = []change{
	{"block moved", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.insertRows(1, 1+pick(6))
		t.insertCols(1, 1+pick(4))
	}},
	{"blank row between communes", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.insertRows(t.between(pick), 1+pick(3))
	}},
	{"blank row below the header", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.insertRows(t.rows[0], 1)
	}},
	{"blank column in the table", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.insertCols(t.name+1+pick(t.right-t.name), 1)
	}},
	{"remark between communes", func(w *workbook, pick func(int) int) {
		t := w.table()
		row := t.between(pick)
		t.insertRows(row, 1)
		t.put(row, t.left, "Ghi chú: các xã dưới đây nộp số liệu sau ngày 25")
		t.merges = append(t.merges, tonghop.Area{Top: row, Left: t.left, Bottom: row, Right: t.right})
	}},
	{"groups of communes", func(w *workbook, pick func(int) int) {
		t := w.table()
		row := t.between(pick)
		t.insertRows(row, 1)
		t.put(row, t.name, "Các xã phấn đấu đạt chuẩn năm 2024")
	}},
	{"column of remarks", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.put(t.rows[0]-1, t.right+1, "Ghi chú")
		for _, row := range t.rows {
			if pick(3) == 0 {
				t.put(row, t.right+1, "đang hoàn thiện hồ sơ")
			}
		}
	}},
	{"a foot note", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.insertRows(t.last+1, 2)
		t.put(t.last+2, t.left, "(*) Số liệu do các ngành cung cấp, chưa qua thẩm định.")
	}},
	{"other sheets", func(w *workbook, pick func(int) int) {
		other := newPage(&tonghop.Sheet{Name: "Ghi chép"})
		other.put(1, 1, "Việc cần làm")
		other.put(2, 1, "Gọi điện cho các xã")
		w.pages = slices.Insert(w.pages, pick(len(w.pages)+1), other)
		w.pages = append(w.pages, newPage(&tonghop.Sheet{Name: "Sheet9"}))
	}},
	{"sheets in another order", func(w *workbook, pick func(int) int) { slices.Reverse(w.pages) }},
	{"sheet renamed", func(w *workbook, pick func(int) int) {
		w.table().page.name = []string{"Sheet1 (2)", "BIỂU", "in", "Trang_tính1", "a'b & c"}[pick(5)]
		for i, p := range w.pages {
			if p != w.table().page {
				p.name = "S" + string(rune('0'+i))
			}
		}
	}},
	{"rows hidden", func(w *workbook, pick func(int) int) {
		t := w.table()
		for _, row := range t.rows {
			t.hiddenRows[row] = pick(2) == 0
		}
	}},
	{"columns hidden", func(w *workbook, pick func(int) int) {
		t := w.table()
		for range 5 {
			t.hiddenCols[t.name+1+pick(t.right-t.name)] = true
		}
	}},
	{"other sheets hidden", func(w *workbook, pick func(int) int) {
		for _, p := range w.pages {
			p.hidden = p != w.table().page
		}
	}},
	{"communes in another order", func(w *workbook, pick func(int) int) {
		t := w.table()
		to := map[int]int{}
		for i, row := range t.rows {
			to[row] = t.rows[len(t.rows)-1-i]
		}
		w.pasteValues()
		t.move(func(at place) place {
			if n := to[at.row]; n > 0 {
				at.row = n
			}
			return at
		})
	}},
	{"columns in another order", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.swap(pick)
	}},
	{headerLoose, func(w *workbook, pick func(int) int) {
		t := w.table()
		t.merges = slices.DeleteFunc(t.merges, func(m tonghop.Area) bool { return m.Bottom < t.rows[0] })
	}},
	{"header filled instead of merged", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.merges = slices.DeleteFunc(t.merges, func(m tonghop.Area) bool {
			inside := m.Top >= t.top && m.Bottom < t.rows[0]
			for row := m.Top; inside && row <= m.Bottom; row++ {
				for col := m.Left; col <= m.Right; col++ {
					t.like(place{row, col}, t.cells[place{m.Top, m.Left}])
				}
			}
			return inside
		})
	}},
	{"header again at a page break", func(w *workbook, pick func(int) int) {
		t := w.table()
		t.repeatHeader(t.between(pick))
	}},
	{"one more row of totals", func(w *workbook, pick func(int) int) {
		t := w.table()
		row := t.rows[len(t.rows)-1] + 1
		t.insertRows(row, 1)
		t.put(row, t.name, "Số xã đạt")
		for col := t.name + 1; col <= t.right; col++ {
			if n, all := w.met(t, col); all {
				t.cells[place{row, col}] = figureCell(n)
			}
		}
	}},
	{"a commune deleted", func(w *workbook, pick func(int) int) {
		t := w.table()
		w.pasteValues()
		w.may["TONG-010"] = true
		if len(t.rows) > 1 {
			t.deleteRow(t.rows[pick(len(t.rows))])
			w.must = append(w.must, "DV-030")
		}
	}},
}

// between is the row of a commune before which something is put.
func (t laid) between(pick func(int) int) int { return t.rows[pick(len(t.rows))] }

// like types into a cell what another holds.
func (p *page) like(at place, c *typed) {
	if there := p.cells[at]; there != nil && c != nil {
		from := there.from
		*there = *c
		there.from = from
	}
}

func figureCell(n string) *typed {
	return &typed{Cell: tonghop.Cell{Kind: tonghop.CellNumber, Stored: n, Shown: n, Style: &tonghop.Style{}}}
}

// text makes a typed text of a figure.
func (c *typed) text(s string) {
	c.Kind, c.Stored, c.Shown = tonghop.CellText, s, s
	c.HasForm, c.Formula, c.Rich = false, "", nil
}

// repeatHeader copies the rows of the header to above a row.
func (t laid) repeatHeader(above int) {
	n := t.rows[0] - t.top
	for n > 0 && t.isSection(t.top+n-1) {
		n--
	}
	t.insertRows(above, n)
	for row := range n {
		for col := t.left; col <= t.right; col++ {
			if c := t.cells[place{t.top + row, col}]; c != nil {
				t.cells[place{above + row, col}] = c.copied()
			}
		}
	}
	for _, m := range t.merges {
		if m.Top >= t.top && m.Bottom < t.top+n {
			t.merges = append(t.merges, tonghop.Area{Top: m.Top - t.top + above, Left: m.Left, Bottom: m.Bottom - t.top + above, Right: m.Right})
		}
	}
}

// isSection reports whether a row holds a text or two only, such as the name
// of the district.
func (t laid) isSection(row int) bool {
	n := 0
	for col := t.left; col <= t.right; col++ {
		if c := t.cells[place{row, col}]; c != nil && !c.Blank() {
			n++
		}
	}
	return n <= 2
}

// blocks are the columns that merged headers keep together, from the names on
// to the right.
func (t laid) blocks() [][2]int {
	var out [][2]int
	for col := t.name + 1; col <= t.right; col++ {
		end := col
		for _, m := range t.merges {
			if m.Top >= t.top && m.Bottom <= t.last && m.Left <= col && col <= m.Right {
				end = max(end, m.Right)
			}
		}
		out = append(out, [2]int{col, end})
		col = end
	}
	return out
}

// swap lets two blocks of columns change places; the texts above and below the
// table stay.
func (t laid) swap(pick func(int) int) {
	blocks := t.blocks()
	order := slices.Clone(blocks)
	i, j := pick(len(order)), pick(len(order))
	order[i], order[j] = order[j], order[i]
	to, next := map[int]int{}, t.name+1
	for _, b := range order {
		for col := b[0]; col <= b[1]; col++ {
			to[col] = next
			next++
		}
	}
	t.move(func(at place) place {
		if n := to[at.col]; n > 0 && at.row >= t.top && at.row <= t.last {
			at.col = n
		}
		return at
	})
}

// met counts the communes that met what a column is about; all is false where
// the column holds something else.
func (w *workbook) met(t laid, col int) (n string, all bool) {
	count := 0
	for _, row := range t.rows {
		c := t.cells[place{row, col}]
		if c == nil || w.said[c.from].Mark != tonghop.Met && w.said[c.from].Mark != tonghop.NotMet {
			return "", false
		}
		if w.said[c.from].Mark == tonghop.Met {
			count++
		}
	}
	return itoa(count), true
}
