package normalize_test

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// plate is a table without a place: a heading, labels over columns, and rows
// of cells under them. Layouts lay it out in different ways.
type plate struct {
	heading []string
	labels  []string // behind TT and the name
	names   []string
	cells   [][]tonghop.Cell // by name, then by label
}

// tidyPlate has the columns of the tidy form for five communes of Trà Cú, each
// with figures of its own.
func tidyPlate() plate {
	f := tidy()
	p := plate{heading: f.heading, labels: f.labels,
		names: []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn", "Xã Lưu Nghiệp Anh", "Xã Ngọc Biên"}}
	for i := range p.names {
		var row []tonghop.Cell
		for j, l := range p.labels {
			c := f.value(l)
			switch {
			case c.Kind == tonghop.CellText && (i+j)%7 == 0:
				c = text("Chưa đạt")
			case c.Stored == "95.5":
				c = num(fmt.Sprintf("%d.%d", 70+i*4+j%5, j%9+1))
			case l == "Tổng số tiêu chí đạt":
				c = num(strconv.Itoa(15 + i%4))
			}
			row = append(row, c)
		}
		p.cells = append(p.cells, row)
	}
	return p
}

// only is the plate with the columns whose labels are kept.
func (p plate) only(keep func(label string) bool) plate {
	out := plate{heading: p.heading, names: p.names, cells: make([][]tonghop.Cell, len(p.names))}
	for j, l := range p.labels {
		if !keep(l) {
			continue
		}
		out.labels = append(out.labels, l)
		for i := range p.names {
			out.cells[i] = append(out.cells[i], p.cells[i][j])
		}
	}
	return out
}

// rows is the plate with some of its communes, in the order given.
func (p plate) rows(at ...int) plate {
	out := plate{heading: p.heading, labels: p.labels}
	for _, i := range at {
		out.names, out.cells = append(out.names, p.names[i]), append(out.cells, p.cells[i])
	}
	return out
}

// criteria keeps the columns of criteria between two numbers.
func criteria(from, to int) func(string) bool {
	return func(label string) bool {
		n, err := strconv.Atoi(strings.Split(label, ".")[0])
		return err == nil && from <= n && n <= to
	}
}

// canvas is a sheet that cells are put on.
type canvas map[[2]int]tonghop.Cell

func (c canvas) put(row, col int, cell tonghop.Cell) { c[[2]int{row, col}] = cell }

// upright lays the plate out with communes under one another; the next free
// row.
func (c canvas) upright(p plate, row, col int) int {
	for _, h := range p.heading {
		c.put(row, col, text(h))
		row++
	}
	c.put(row, col, text("TT"))
	c.put(row, col+1, text("Tên xã"))
	for j, l := range p.labels {
		c.put(row, col+2+j, text(l))
	}
	for i, name := range p.names {
		row++
		c.put(row, col, num(strconv.Itoa(i+1)))
		c.put(row, col+1, text(name))
		for j, cell := range p.cells[i] {
			c.put(row, col+2+j, cell)
		}
	}
	return row + 1
}

// lying lays the plate out with communes side by side, as F1c does: TT, name of
// the criterion, unit of measure, then the communes.
func (c canvas) lying(p plate, row int) int {
	for _, h := range p.heading {
		c.put(row, 1, text(h))
		row++
	}
	for j, h := range []string{"TT", "Tiêu chí", "ĐVT", "Yêu cầu"} {
		c.put(row, 1+j, text(h))
	}
	for i, name := range p.names {
		c.put(row, 5+i, text(name))
	}
	for j, l := range p.labels {
		row++
		if _, err := strconv.Atoi(l[:1]); err == nil {
			c.put(row, 1, text(l))
			c.put(row, 2, text("Nội dung "+l))
		} else {
			c.put(row, 2, text(l))
		}
		if p.cells[0][j].Kind == tonghop.CellNumber {
			c.put(row, 3, text("%"))
			c.put(row, 4, text("≥ 80%"))
		}
		for i := range p.names {
			c.put(row, 5+i, p.cells[i][j])
		}
	}
	return row + 1
}

// sheet is what was put on the canvas.
func (c canvas) sheet(name string) tonghop.Sheet {
	s := tonghop.Sheet{Name: name}
	keys := make([][2]int, 0, len(c))
	for k := range c {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return a[1] - b[1]
	})
	for _, k := range keys {
		cell := c[k]
		cell.Row, cell.Col = k[0], k[1]
		if n := len(s.Lines); n == 0 || s.Lines[n-1].Row != k[0] {
			s.Lines = append(s.Lines, tonghop.Line{Row: k[0]})
		}
		l := &s.Lines[len(s.Lines)-1]
		l.Cells = append(l.Cells, cell)
	}
	return s
}

// meant lists what was read, without addresses, after checking that every
// address leads to the cell that holds the value.
func meant(t *testing.T, b *tonghop.Book, r tonghop.Reading) []string {
	t.Helper()
	var out []string
	for _, row := range r.Rows {
		for _, v := range row.Values {
			out = append(out, fmt.Sprint(row.Unit, " ", v.Field, " ", v.Figure(), " ", v.Measure, " ", v.Mark, " ", v.Empty, " ", row.LeftOut))
			for i := range b.Sheets {
				if b.Sheets[i].Name != v.Ref.Sheet {
					continue
				}
				c := b.Sheets[i].Cell(v.Ref.Row, v.Ref.Col)
				if c == nil && v.Raw != "" || c != nil && c.Stored != v.Raw {
					t.Errorf("%s of %s comes from %s, where %+v stands; want %q", v.Field, row.Unit, v.Ref, c, v.Raw)
				}
			}
		}
	}
	sort.Strings(out)
	return out
}

func sheets(s ...tonghop.Sheet) *tonghop.Book { return &tonghop.Book{Format: "xlsx", Sheets: s} }

// one is a sheet with an upright table.
func one(name string, p plate) tonghop.Sheet {
	c := canvas{}
	c.upright(p, 1, 1)
	return c.sheet(name)
}

// bare is the plate without its heading, or with another one.
func (p plate) under(heading ...string) plate {
	p.heading = heading
	return p
}

// TestRegions lays one table out in many ways: the same facts, from the cells
// that hold them, and no question.
func TestRegions(t *testing.T) {
	p := tidyPlate()
	first, second := p.only(criteria(1, 9)), p.only(func(l string) bool { return !criteria(1, 9)(l) })
	swapped := []int{3, 1, 4, 0, 2}
	last := func(l string) bool { return !criteria(1, 17)(l) }
	books := map[string]func() *tonghop.Book{
		"plain": func() *tonghop.Book { return sheets(one("Biểu 1", p)) },
		"lying": func() *tonghop.Book {
			c := canvas{}
			row := c.lying(p, 1)
			c.put(row+1, 2, text("NGƯỜI LẬP BIỂU"))
			c.put(row+1, 7, text("TM. ỦY BAN NHÂN DÂN"))
			return sheets(c.sheet("Biểu 1"))
		},
		"lying with sums at the right": func() *tonghop.Book {
			c := canvas{}
			c.lying(p, 1)
			c.put(len(p.heading)+1, 10, text("Số xã đạt"))
			c.put(len(p.heading)+1, 11, text("Ghi chú"))
			c.put(len(p.heading)+2, 10, num("4"))
			c.put(len(p.heading)+4, 11, text("đã có quyết định"))
			return sheets(c.sheet("Biểu 1"))
		},
		"two sheets": func() *tonghop.Book {
			return sheets(one("TC 1-9", first), one("TC 10-19", second.rows(swapped...)))
		},
		"two sheets, the second without a heading": func() *tonghop.Book {
			return sheets(one("TC 1-9", first), one("TC 10-19", second.rows(swapped...).under()))
		},
		"two sheets, the first without a heading": func() *tonghop.Book {
			return sheets(one("TC 1-9", first.under()), one("TC 10-19", second))
		},
		"two lying sheets": func() *tonghop.Book {
			a, b := canvas{}, canvas{}
			a.lying(first, 1)
			b.lying(second.rows(swapped...), 1)
			return sheets(a.sheet("Biểu 1a"), b.sheet("Biểu 1b"))
		},
		"a sheet for each group": func() *tonghop.Book {
			return sheets(one("Nhóm I", p.only(criteria(1, 1))), one("Nhóm II", p.only(criteria(2, 9)).rows(swapped...)),
				one("Nhóm III", p.only(criteria(10, 13))), one("Nhóm IV", p.only(criteria(14, 17))), one("Nhóm V", p.only(last)))
		},
		"a sheet for each zone": func() *tonghop.Book {
			return sheets(one("Cụm 1", p.rows(0, 1, 2)), one("Cụm 2", p.rows(4, 3)))
		},
		"one under the other": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(first, 1, 1)
			c.upright(second.rows(swapped...).under("Biểu 2. Tiêu chí 10 đến 19"), row+2, 1)
			return sheets(c.sheet("S"))
		},
		"one under the other, each with a letterhead": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(first, 1, 1)
			c.put(row+1, 1, text("UBND TỈNH TRÀ VINH"))
			c.put(row+1, 5, text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
			c.put(row+2, 1, text("UBND HUYỆN TRÀ CÚ"))
			c.put(row+2, 5, text("Độc lập - Tự do - Hạnh phúc"))
			c.upright(second.rows(swapped...).under("Biểu 2. Tiêu chí 10 đến 19"), row+4, 1)
			return sheets(c.sheet("S"))
		},
		"other communes under a second letterhead": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(p.rows(0, 1, 2), 1, 1)
			c.put(row+1, 1, text("UBND TỈNH TRÀ VINH"))
			c.put(row+1, 5, text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
			c.upright(p.rows(3, 4).under("Cụm 2"), row+3, 1)
			return sheets(c.sheet("S"))
		},
		"the larger one under the other, no row between": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(first, 1, 1)
			c.upright(second.under(), row, 1)
			return sheets(c.sheet("S"))
		},
		"a small one under the other": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(p.only(func(l string) bool { return !criteria(19, 19)(l) }), 1, 1)
			c.upright(p.only(criteria(19, 19)).under(), row+1, 1)
			return sheets(c.sheet("S"))
		},
		"other communes under a second header": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(p.rows(0, 1, 2), 1, 1)
			c.upright(p.rows(3, 4).under("Cụm 2"), row+1, 1)
			return sheets(c.sheet("S"))
		},
		"other communes, in other columns": func() *tonghop.Book {
			c := canvas{}
			row := c.upright(p.rows(0, 1, 2), 1, 1)
			c.upright(p.rows(3, 4).under("Cụm 2"), row+1, 3)
			return sheets(c.sheet("S"))
		},
		"side by side": func() *tonghop.Book {
			c := canvas{}
			c.upright(first, 1, 1)
			c.upright(second.rows(swapped...).under(), len(p.heading)+1, len(first.labels)+4)
			return sheets(c.sheet("S"))
		},
		"side by side, no column between": func() *tonghop.Book {
			c := canvas{}
			c.upright(first, 1, 1)
			c.upright(second.rows(swapped...).under(), len(p.heading)+1, len(first.labels)+3)
			return sheets(c.sheet("S"))
		},
		"one commune beside the others": func() *tonghop.Book {
			c := canvas{}
			c.upright(p.rows(0), 1, 1)
			c.upright(p.rows(1, 2, 3, 4).under(), len(p.heading)+1, len(p.labels)+4)
			return sheets(c.sheet("S"))
		},
		"communes side by side": func() *tonghop.Book {
			c := canvas{}
			c.upright(p.rows(0, 1, 2), 1, 1)
			c.upright(p.rows(3, 4).under(), len(p.heading)+1, len(p.labels)+4)
			return sheets(c.sheet("S"))
		},
	}
	n := newNormalizer(t)
	plain := books["plain"]()
	want := meant(t, plain, read(t, n, plain, normalize.Hints{}))
	if len(want) != len(p.names)*len(p.labels) {
		t.Fatalf("the plain table gives %d values; want %d", len(want), len(p.names)*len(p.labels))
	}
	for name, book := range books {
		t.Run(name, func(t *testing.T) {
			b := book()
			r := read(t, n, b, normalize.Hints{})
			if q := asks(r.Findings); q != "" {
				t.Errorf("asked %s", q)
			}
			if d := cmp.Diff(want, meant(t, b, r)); d != "" {
				t.Errorf("facts differ (-plain +got):\n%s", d)
			}
			if len(r.Rows) != len(p.names) {
				t.Errorf("read %d rows; want %d", len(r.Rows), len(p.names))
			}
		})
	}
}

// TestFiguresAboveHeader: the last row above a second header is no header, even
// if its figures look like the numbers of indicators.
func TestFiguresAboveHeader(t *testing.T) {
	p := tidyPlate()
	upper, lower := p.only(criteria(1, 3)), p.only(func(l string) bool { return !criteria(1, 3)(l) })
	c := canvas{}
	row := c.upright(upper, 1, 1)
	for i := range upper.labels {
		c.put(row-1, i+3, num(p.labels[i]))
	}
	c.upright(lower.under(), row, 1)
	covers, _ := newNormalizer(t).Identify(sheets(c.sheet("S")), normalize.Hints{Province: "84"})
	if len(covers) != 2 {
		t.Errorf("%d tables, want 2", len(covers))
	}
	for _, cv := range covers {
		if cv.Header.Top != cv.Header.Bottom {
			t.Errorf("a header of one row is taken for %s", cv.Header)
		}
	}
}
