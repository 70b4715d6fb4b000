//go:build !race

package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// crossedList is the list of a commune with its marks as crosses in two columns,
// headed in one row, or in two under "Đánh giá"; and which column has the cross
// of each criterion. The mark of the criterion left out is not given.
func crossedList(heads [2]string, under bool, leftOut int) (tonghop.Sheet, []int) {
	p := criteriaPlate("Xã Phước Hưng")
	c := canvas{}
	c.put(1, 1, text("UBND XÃ PHƯỚC HƯNG"))
	c.put(2, 1, text("BÁO CÁO KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"))
	c.put(3, 1, text("Huyện Trà Cú, tháng 6 năm 2023"))
	for col, h := range map[int]string{1: "STT", 2: "Nội dung tiêu chí", 3: "Yêu cầu", 6: "Ghi chú"} {
		c.put(5, col, text(h))
	}
	row := 5
	if under {
		c.put(5, 4, text("Đánh giá"))
		row = 6
	}
	c.put(row, 4, text(heads[0]))
	c.put(row, 5, text(heads[1]))
	at := make([]int, len(p.labels))
	for j, l := range p.labels {
		c.put(row+1+j, 1, num(strings.TrimPrefix(l, "Tiêu chí ")))
		c.put(row+1+j, 2, text(criterionNames[1+j]))
		c.put(row+1+j, 3, text("Theo quy định"))
		if at[j] = 4 + j%2; 1+j != leftOut {
			c.put(row+1+j, at[j], text("x"))
		}
	}
	s := c.sheet("Biểu 1")
	if under {
		s.Merges = append(s.Merges, tonghop.Area{Top: 5, Left: 4, Bottom: 5, Right: 5})
		for _, col := range []int{1, 2, 3, 6} {
			s.Merges = append(s.Merges, tonghop.Area{Top: 5, Left: col, Bottom: 6, Right: col})
		}
	}
	return s, at
}

// TestListWithCrosses reads each cross as the mark of its column, at the cell
// where it stands.
func TestListWithCrosses(t *testing.T) {
	n := newNormalizer(t)
	for _, heads := range [][2]string{{"Đạt", "Chưa đạt"}, {"Chưa đạt", "Đạt"}} {
		for _, under := range []bool{false, true} {
			s, at := crossedList(heads, under, 0)
			r := read(t, n, sheets(s), normalize.Hints{})
			if len(r.Rows) != 1 || len(r.Rows[0].Values) != 19 {
				t.Fatalf("%v: read %+v; asked %s", heads, r.Rows, asks(r.Findings))
			}
			met := map[bool]tonghop.Mark{true: tonghop.Met, false: tonghop.NotMet}
			for _, v := range r.Rows[0].Values {
				j := v.Ref.Row - 6
				if under {
					j--
				}
				if want := met[heads[at[j]-4] == "Đạt"]; v.Ref.Col != at[j] || v.Mark != want || v.Raw != "x" {
					t.Errorf("%v, two rows %v: %s at %v says %q %q; want %s in column %d", heads, under, v.Field, v.Ref, v.Raw, v.Mark, want, at[j])
				}
			}
		}
	}
}

// TestListWithCrossesInDoubt asks at the row where both columns have a cross,
// and takes none for nothing reported, at that row.
func TestListWithCrossesInDoubt(t *testing.T) {
	n := newNormalizer(t)
	s, _ := crossedList([2]string{"Đạt", "Chưa đạt"}, false, 1)
	line := s.Line(8) // the third criterion: its cross stands in D
	line.Cells = append(line.Cells[:4:4], append([]tonghop.Cell{{Row: 8, Col: 5, Kind: tonghop.CellText, Stored: "x", Shown: "x", Style: &tonghop.Style{}}}, line.Cells[4:]...)...)
	r := read(t, n, sheets(s), normalize.Hints{})
	if got := asks(r.Findings); !strings.Contains(got, "COT-021 D8") {
		t.Errorf("asked %s", got)
	}
	seen := 0
	for _, v := range r.Rows[0].Values {
		if v.Ref.Row == 6 || v.Ref.Row == 8 {
			seen++
		}
		if v.Ref.Row == 6 && (v.Empty != tonghop.NotReported || v.Ref.Col != 4) {
			t.Errorf("the criterion without a cross is %+v", v)
		}
		if v.Ref.Row == 8 && v.Mark != tonghop.MarkNone {
			t.Errorf("two crosses are read as %s", v.Mark)
		}
	}
	if seen != 2 {
		t.Errorf("%d of the two criteria are values", seen)
	}
}
