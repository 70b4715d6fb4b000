//go:build !race

package normalize_test

import (
	"strconv"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// lyingOne lays out the report of one commune with criteria under one another,
// as the form of results of a commune does, under the rows of heads given from
// the commune's column on. The heads of the labels are merged over them.
func lyingOne(office string, heads [][]string, spread int, merges ...tonghop.Area) tonghop.Sheet {
	p := tidyPlate()
	c := canvas{}
	for i, h := range []string{"UBND " + office, "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", "Tháng 9 năm 2025"} {
		c.put(i+1, 1, text(h))
	}
	for j, h := range []string{"STT", "Nội dung tiêu chí", "ĐVT"} {
		c.put(4, 1+j, text(h))
	}
	for i, row := range heads {
		for j, h := range row {
			if h != "" {
				c.put(4+i, 4+j, text(h))
			}
		}
	}
	row := 3 + len(heads)
	for j, l := range p.labels {
		row++
		cell := p.cells[0][j]
		c.put(row, 1, text(l))
		if no, err := strconv.Atoi(l); err == nil {
			c.put(row, 2, text(criterionNames[no]))
		} else {
			c.put(row, 2, text("Nội dung "+l))
		}
		if cell.Kind == tonghop.CellNumber {
			c.put(row, 3, text("%"))
			c.put(row, 4, cell)
		} else {
			c.put(row, 3+spread, cell)
		}
	}
	s := c.sheet("Biểu 10")
	for col := 1; col <= 3 && len(heads) > 1; col++ {
		s.Merges = append(s.Merges, tonghop.Area{Top: 4, Left: col, Bottom: 3 + len(heads), Right: col})
	}
	s.Merges = append(s.Merges, merges...)
	return s
}

// TestOneCommuneOnItsSide reads the lying form of a single commune whose name
// stands in either row of a header of two.
func TestOneCommuneOnItsSide(t *testing.T) {
	n := newNormalizer(t)
	want := len(tidyPlate().labels)
	for name, s := range map[string]tonghop.Sheet{
		"one row":               lyingOne("XÃ TẬP NGÃI", [][]string{{"Xã Tập Ngãi"}}, 1),
		"below":                 lyingOne("XÃ TẬP NGÃI", [][]string{{"Tên xã"}, {"Xã Tập Ngãi"}}, 1),
		"below another word":    lyingOne("XÃ TẬP NGÃI", [][]string{{"Kết quả thực hiện"}, {"Xã Tập Ngãi"}}, 1),
		"above result and mark": lyingOne("XÃ TẬP NGÃI", [][]string{{"Xã Tập Ngãi"}, {"Kết quả", "Đánh giá"}}, 2, tonghop.Area{Top: 4, Left: 4, Bottom: 4, Right: 5}),
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, n, sheets(s), normalize.Hints{Province: "86"})
			if asked := asks(r.Findings); asked != "" {
				t.Errorf("asked %q", asked)
			}
			if len(r.Rows) != 1 || r.Rows[0].Unit != "29365" || len(r.Rows[0].Values) < want {
				t.Fatalf("read %d rows: %+v", len(r.Rows), r.Rows)
			}
			filled := 0
			for _, v := range r.Rows[0].Values {
				if v.Raw != "" {
					filled++
				}
			}
			if filled != want {
				t.Errorf("read %d cells; want %d", filled, want)
			}
		})
	}
}

// TestOneNewCommuneOnItsSide reads the form of a commune whose name is younger
// than the form, as the first file of all.
func TestOneNewCommuneOnItsSide(t *testing.T) {
	s := lyingOne("XÃ CẨM KHÊ", [][]string{{"Xã Cẩm Khê"}}, 1)
	r := read(t, newNormalizer(t), sheets(s), normalize.Hints{Province: "25"})
	if len(r.Rows) != 1 || r.Rows[0].Official != "Xã Cẩm Khê" || asks(r.Findings) != "" {
		t.Errorf("read %+v, asked %q", r.Rows, asks(r.Findings))
	}
}

// TestUnitBesideIndicator takes a figure of one commune's list in the unit that the column
// ĐVT states beside it, and asks nothing.
func TestUnitBesideIndicator(t *testing.T) {
	for _, c := range []struct{ unit, figure string }{{"nghìn đồng/người/năm", "75400"}, {"đồng", "75400000"}, {"triệu đồng/người/năm", "75.4"}} {
		s := lyingOne("XÃ TẬP NGÃI", [][]string{{"Kết quả", "Đánh giá"}}, 2)
		for i := range s.Lines {
			l := &s.Lines[i]
			for j := range l.Cells {
				if l.Cells[0].Stored != "10" {
					continue
				}
				switch cell := &l.Cells[j]; cell.Col {
				case 3:
					cell.Stored, cell.Shown = c.unit, c.unit
				case 4:
					cell.Stored, cell.Shown = c.figure, c.figure
				}
			}
		}
		r := read(t, newNormalizer(t), sheets(s), normalize.Hints{Province: "86"})
		if v := valueOf(t, r, "29365", "10"); v.Figure() != "75.4" || asks(r.Findings) != "" {
			t.Errorf("%s %s reads %q, asked %q", c.figure, c.unit, v.Figure(), asks(r.Findings))
		}
	}
}
