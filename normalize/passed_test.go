//go:build !race

package normalize_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// placed writes rows of texts and figures into a sheet, from a cell on.
func placed(s *tonghop.Sheet, row, col int, rows ...string) {
	put := putInto(s)
	for i, line := range rows {
		for j, v := range strings.Split(line, "|") {
			if v == "" {
				continue
			}
			c := text(v)
			if strings.Trim(v, "0123456789.") == "" {
				c = num(v)
			}
			put(row+i, col+j, c)
		}
	}
}

// saidOfBlocks lists what is said of blocks outside the table.
func saidOfBlocks(r tonghop.Reading) string {
	var out []string
	for _, f := range r.Findings {
		if f.Rule == "DONG-011" || f.Rule == "DONG-012" {
			out = append(out, fmt.Sprint(f.Rule, " ", f.Sheet, "!", f.Cells()))
		}
	}
	return strings.Join(out, "; ")
}

// A block of figures or marks outside the table is named wherever it stands:
// asked about where it looks like results of the communes, else noted. What is
// smaller, only counts, or cannot be seen is nobody's table.
func TestBlocksOutsideTheTable(t *testing.T) {
	n := newNormalizer(t)
	figures := []string{"Vốn|100|50|25", "Dân góp|200|60|35", "Cộng|300|110|60"}
	marks := []string{"Xã Phước Hưng|Đạt|Đạt|Chưa đạt", "Xã Tập Sơn|Đạt|x|Đạt", "Xã Lưu Nghiệp Anh|Đạt|Đạt|Đạt"}
	at := func(row, col int, rows ...string) func(*tonghop.Book) {
		return func(b *tonghop.Book) { placed(&b.Sheets[0], row, col, rows...) }
	}
	sheet := func(hidden bool, rows ...string) func(*tonghop.Book) {
		return func(b *tonghop.Book) {
			s := tonghop.Sheet{Name: "Khác", Hidden: hidden}
			placed(&s, 3, 2, rows...)
			b.Sheets = append(b.Sheets, s)
		}
	}
	for _, c := range []struct {
		name string
		put  func(*tonghop.Book)
		want string
	}{
		{"behind the notes", func(b *tonghop.Book) {
			at(9, 1, "Nơi nhận:")(b)
			at(11, 2, figures...)(b)
		}, "DONG-011 S!B11:E13"},
		{"to the right", at(5, 26, "100|50|25", "200|60|35", "300|110|60"), "DONG-011 S!Z5:AB7"},
		{"figures on another sheet", sheet(false, figures...), "DONG-011 Khác!B3:E5"},
		{"money of the communes on another sheet", sheet(false, "Xã Phước Hưng|100|50|25", "Xã Tập Sơn|200|60|35", "Xã Lưu Nghiệp Anh|300|110|60"), "DONG-011 Khác!B3:E5"},
		{"marks on another sheet", sheet(false, marks...), "DONG-012 Khác!B3:E5"},
		{"with a blank row between", sheet(false, marks[0], marks[1], "", marks[2]), "DONG-012 Khác!B3:E6"},
		{"on a hidden sheet", sheet(true, marks...), ""},
		{"two rows", sheet(false, figures[:2]...), ""},
		{"a list that counts its rows", sheet(false, "1|Gạo|3|Xã Tập Sơn", "2|Mật|4|Xã Tập Sơn", "3|Cốm|3|Xã Tập Sơn"), ""},
		{"words", sheet(false, "a|b|c|d", "e|f|g|h", "i|k|l|m"), ""},
	} {
		b, _ := sheetOf(criteriaTable(1, func(no int, name string) []string { return []string{fmt.Sprint("TC", no)} }), 1)
		c.put(b)
		r := read(t, n, b, normalize.Hints{})
		if got := saidOfBlocks(r); got != c.want {
			t.Errorf("%s: said %q, want %q", c.name, got, c.want)
		}
		if got := len(factsAt(r)); got != 60 {
			t.Errorf("%s: read %d facts of the table, want 60", c.name, got)
		}
	}
}

// Figures above the header are no part of it, even where they look like numbers
// of criteria, and are named as a block of their own.
func TestFiguresAboveTheHeader(t *testing.T) {
	n := newNormalizer(t)
	b, _ := sheetOf(criteriaTable(1, func(no int, name string) []string { return []string{fmt.Sprint("TC", no)} }), 1)
	moved := tonghop.Sheet{Name: "S"}
	put := putInto(&moved)
	for _, l := range b.Sheets[0].Lines {
		for _, c := range l.Cells {
			row := l.Row
			if row > 2 {
				row += 6
			}
			put(row, c.Col, c)
		}
	}
	placed(&moved, 4, 1, "Mức|Năm 2021|Năm 2022|Năm 2023", "Đạt 19|1|2|4", "Đạt 15-18|4|5|9", "Dưới 15|7|8|1")
	r := read(t, n, &tonghop.Book{Sheets: []tonghop.Sheet{moved}}, normalize.Hints{})
	if got := len(factsAt(r)); got != 60 {
		t.Errorf("read %d facts, want 60; asked %s", got, asks(r.Findings))
	}
	if got := saidOfBlocks(r); got != "DONG-011 S!A5:D7" {
		t.Errorf("said %q", got)
	}
}

// A form with a mark for each criterion may have a few indicators beside: it
// owes no others.
func TestFewIndicatorsBesideCriteria(t *testing.T) {
	cols := criteriaTable(1, func(no int, _ string) []string { return []string{fmt.Sprint("TC", no)} })
	cols = append(cols, column{heads: []string{"2.1 Đường xã"}, field: "2.1"}, column{heads: []string{"15.1 Bảo hiểm y tế"}, field: "15.1"})
	checkHeader(t, newNormalizer(t), "two indicators", cols, 1, "")
}
