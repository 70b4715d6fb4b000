package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestHalvesOfLyingTables reads a table on its side with a column of results and
// one of marks for each commune: every value at its own cell, and no question.
// A remark behind a star ends the table.
func TestHalvesOfLyingTables(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	s := tonghop.Sheet{Name: "S"}
	put := func(row, col int, c tonghop.Cell) {
		for len(s.Lines) < row {
			s.Lines = append(s.Lines, tonghop.Line{Row: len(s.Lines) + 1})
		}
		c.Row, c.Col = row, col
		s.Lines[row-1].Cells = append(s.Lines[row-1].Cells, c)
	}
	put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
	put(2, 1, text("Tháng 6 năm 2023"))
	put(4, 1, text("TT"))
	put(4, 2, text("Nội dung"))
	for i, name := range f.names {
		left := 3 + 2*i
		put(4, left, text(name))
		put(5, left, text("Kết quả"))
		put(5, left+1, text("Đánh giá"))
		s.Merges = append(s.Merges, tonghop.Area{Top: 4, Left: left, Bottom: 4, Right: left + 1})
	}
	want := map[string]tonghop.Cell{} // by cell
	for i, no := range f.labels[:57] {
		row := 6 + i
		put(row, 1, text(no))
		put(row, 2, text("Chỉ tiêu "+no))
		for j := range f.names {
			if c := f.value(no); c.Kind == tonghop.CellNumber {
				put(row, 3+2*j, c)
				want[tonghop.Ref{Row: row, Col: 3 + 2*j}.Cell()] = c
			}
			put(row, 4+2*j, text("Đạt"))
			want[tonghop.Ref{Row: row, Col: 4 + 2*j}.Cell()] = text("Đạt")
		}
	}
	put(64, 1, text("* Thị trấn không đánh giá tiêu chí."))
	r := read(t, n, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, normalize.Hints{})
	if len(r.Rows) != 2 {
		t.Fatalf("read %d communes; want 2", len(r.Rows))
	}
	got := 0
	for _, row := range r.Rows {
		for _, v := range row.Values {
			c, ok := want[v.Ref.Cell()]
			if !ok {
				t.Errorf("%s of %s stands at %s, where nothing is", v.Field, row.Official, v.Ref)
				continue
			}
			got++
			if c.Kind == tonghop.CellText && v.Mark != tonghop.Met || c.Kind == tonghop.CellNumber && v.Figure() != c.Stored {
				t.Errorf("read %s at %s as %q %q; want %q", v.Field, v.Ref, v.Figure(), v.Mark, c.Stored)
			}
		}
	}
	if got != len(want) || asks(r.Findings) != "" {
		t.Errorf("read %d of %d values, asked %q", got, len(want), asks(r.Findings))
	}
}

// TestHalvesWithOtherColumns keeps reading two columns for each commune where
// some pairs are headed by no commune: what the office adds up, a strange name.
func TestHalvesWithOtherColumns(t *testing.T) {
	for name, communes := range map[string][]string{
		"as they are":          tidy().names,
		"most without accents": {"Xã Phước Hưng", "Xã Tập Sơn", "Tan Son", "Luu Nghiep Anh", "Ngoc Bien", "Long Hiep"},
	} {
		t.Run(name, func(t *testing.T) { readHalves(t, communes) })
	}
}

// readHalves reads a table with two columns for each of the communes.
func readHalves(t *testing.T, communes []string) {
	n := newNormalizer(t)
	f := tidy()
	f.names = communes
	s := tonghop.Sheet{Name: "S"}
	put := putInto(&s)
	put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
	put(2, 1, text("Tháng 6 năm 2023"))
	put(4, 1, text("Tên xã"))
	heads := append(append([]string{}, f.names...), "Số xã đạt")
	for i, name := range heads {
		put(4, 3+2*i, text(name))
		put(5, 3+2*i, text("KQ"))
		put(5, 4+2*i, text("ĐG"))
		s.Merges = append(s.Merges, tonghop.Area{Top: 4, Left: 3 + 2*i, Bottom: 4, Right: 4 + 2*i})
	}
	want := 0
	for i, no := range f.labels[:57] {
		put(6+i, 1, text(no))
		put(6+i, 2, text("Chỉ tiêu "+no))
		for j := range f.names {
			if c := f.value(no); c.Kind == tonghop.CellNumber {
				put(6+i, 3+2*j, c)
				want++
			}
			put(6+i, 4+2*j, text("Đạt"))
			want++
		}
		put(6+i, 4+2*len(f.names), num("2"))
	}
	r := read(t, n, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, normalize.Hints{})
	got := 0
	for _, row := range r.Rows {
		got += len(row.Values)
	}
	if len(r.Rows) != len(f.names) || got != want || asks(r.Findings) != "" {
		t.Errorf("read %d communes, %d of %d values, asked %q", len(r.Rows), got, want, asks(r.Findings))
	}
}
