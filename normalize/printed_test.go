package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestPrinted reads the thresholds that a form prints, in a row or behind the
// names in its header, at the cell that prints them.
func TestPrinted(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		where, label string
		cell         tonghop.Cell
		want         string // operator, figure and cell
	}{
		{"row", "2.1", text("≥ 50%"), ">= 50"},
		{"row", "2.1", text("≥50"), ">= 50"},
		{"row", "2.1", text("50% trở lên"), ">= 50"},
		{"row", "2.1", text("Từ 50% trở lên"), ">= 50"},
		{"row", "2.1", text("ít nhất 50 %"), ">= 50"},
		{"row", "2.1", text("Đạt ≥ 50%"), ">= 50"},
		{"row", "2.1", text("≥ 50 *"), ">= 50"},
		{"row", "2.1", text("> 50% (1)"), ">= 50"},
		{"row", "2.1", text("100%"), " 100"},
		{"row", "2.1", num("50"), " 50"},
		{"row", "2.1", percent("0.5", "50%"), " 50"},
		{"row", "15.3", text("≤ 16,5%"), "<= 16.5"},
		{"row", "15.3", text("dưới 19"), "<= 19"},
		{"row", "10", text("≥ 56 triệu đồng"), ">= 56"},
		{"row", "10", text("56"), " 56"},
		{"row", "17.4", text("≥ 2m2/người"), ">= 2"},
		{"row", "2.1", text("Tỉnh quy định"), ""}, {"row", "2.1", text("Đạt"), ""}, {"row", "1.1", text("100%"), ""}, {"row", "2.1", text("…"), ""},
		{"row", "2.1", text("50-60%"), ""}, {"row", "2.1", text("5 km"), ""}, {"row", "2.1", text("khoảng 50%"), ""}, {"row", "10", text("≥ 56%"), ""},
		{"header", "2.1", text("2.1 Đường xã (≥ 50%)"), ">= 50"},
		{"header", "10", text("10. Thu nhập (triệu đồng/người/năm) - Yêu cầu 56"), " 56"},
		{"header", "11", text("11. Tỷ lệ nghèo đa chiều ≤ 4,5%"), "<= 4.5"},
		{"header", "15.3", text("15.3 TL trẻ dưới 5 tuổi SDD thấp còi (≤ 25%)"), "<= 25"},
		{"header", "15.3", text("15.3 Trẻ em < 5 tuổi suy dinh dưỡng thể thấp còi, không quá 19%"), "<= 19"},
		{"header", "15.3", text("15.3 Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng (%)"), ""},
		{"header", "3.1", text("3.1 Tỷ lệ diện tích đất sản xuất nông nghiệp được tưới và tiêu nước chủ động đạt từ 80% trở lên"), ">= 80"},
		{"header", "17.4", text("17.4 Đất cây xanh công cộng (≥ 2 m2/người)"), ">= 2"},
		{"header", "15.3", text("15.3 Tỷ lệ trẻ em dưới 5 tuổi bị suy dinh dưỡng thấp còi (chiều cao theo tuổi) (≤ 19%)"), "<= 19"},
		{"header", "15.3", text("15.3 Tỷ lệ trẻ em dưới 5 tuổi bị suy dinh dưỡng thấp còi"), ""},
		{"header", "11", text("11. Tỷ lệ nghèo đa chiều giai đoạn 2021-2025 (%)"), ""},
		{"header", "2.1", text("2.1 Đường xã (%) 7=(5+6)"), ""},
	} {
		t.Run(c.where+" "+c.cell.Stored, func(t *testing.T) {
			f := tidy()
			at := tonghop.Ref{Sheet: "Biểu 03", Row: 4}
			for i, l := range f.labels {
				if l == c.label {
					at.Col = 3 + i
				}
			}
			b := f.book()
			if c.where == "row" {
				at.Row = 7
				name := text("Yêu cầu")
				name.Row, name.Col = 7, 2
				c.cell.Row, c.cell.Col = 7, at.Col
				b.Sheets[0].Lines = append(b.Sheets[0].Lines, tonghop.Line{Row: 7, Cells: []tonghop.Cell{name, c.cell}})
			} else {
				cell := b.Sheets[0].Cell(4, at.Col)
				c.cell.Row, c.cell.Col = cell.Row, cell.Col
				*cell = c.cell
			}
			r := read(t, n, b, normalize.Hints{})
			var got []string
			for _, p := range r.Printed {
				got = append(got, p.Operator+" "+p.Figure.String())
				if p.Field != c.label || p.Ref != at || p.Text != c.cell.Shown && p.Text != c.cell.Stored {
					t.Errorf("%s of %q at %s; want %s at %s", p.Field, p.Text, p.Ref, c.label, at)
				}
			}
			if strings.Join(got, ", ") != c.want || asks(r.Findings) != "" {
				t.Errorf("read %q, asked %q; want %q", got, asks(r.Findings), c.want)
			}
		})
	}
}

// TestPrintedUnnamed takes a row that asks for results for what it is whatever
// it is called, and a stranger's row with results for a stranger's.
func TestPrintedUnnamed(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	row := []string{"", "Theo QĐ 318"}
	for _, l := range f.labels[:12] {
		cell := "Đạt *"
		if strings.HasPrefix(l, "2.") {
			cell = "≥ 50%"
		}
		row = append(row, cell)
	}
	f.tail = [][]string{row}
	r := read(t, n, f.book(), normalize.Hints{})
	if len(r.Printed) != 4 || asks(r.Findings) != "" {
		t.Errorf("read %d thresholds, asked %q; want 4 and nothing", len(r.Printed), asks(r.Findings))
	}
	f.tail[0][4] = "50%"
	if r := read(t, n, f.book(), normalize.Hints{}); len(r.Printed) != 0 || !strings.HasPrefix(asks(r.Findings), "DV-020 B7") {
		t.Errorf("read %d thresholds, asked %q; want a stranger's row", len(r.Printed), asks(r.Findings))
	}
}
