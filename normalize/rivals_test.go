package normalize_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// month is the plate under a heading of another month, with other figures.
func (p plate) month(title string) plate {
	out := p.under("UBND HUYỆN TRÀ CÚ", "KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", title)
	out.cells = make([][]tonghop.Cell, len(p.cells))
	for i, row := range p.cells {
		out.cells[i] = slices.Clone(row)
		for j, c := range row {
			if c.Kind == tonghop.CellNumber && strings.Contains(c.Stored, ".") {
				out.cells[i][j] = num("61.5")
			}
		}
	}
	return out
}

// TestRivals never puts tables together that are two versions of one report.
func TestRivals(t *testing.T) {
	n := newNormalizer(t)
	p := tidyPlate()
	old, copied := p.month("Tháng 5 năm 2023"), p.month("")
	first := p.only(criteria(1, 9))
	hidden := one("Cũ", old)
	hidden.Hidden = true
	below := canvas{}
	row := below.upright(p, 1, 1)
	below.upright(old.under("Tháng 5 năm 2023"), row+1, 1)
	money := p.only(criteria(2, 6)).under("KẾ HOẠCH VỐN", "Đơn vị tính: triệu đồng")
	money.labels = []string{"Giao thông", "Thủy lợi", "Điện", "Trường học", "Cơ sở vật chất văn hóa"}
	for i := range money.cells {
		money.cells[i] = []tonghop.Cell{num("1500"), num("300"), num("700"), num("2500"), num("1200")}
	}
	june := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	cases := []struct {
		name   string
		book   *tonghop.Book
		expect tonghop.Period
		ask    string
	}{
		{"last month beside this one", sheets(one("T5", old), one("T6", p)), tonghop.Period{}, "BIEU-006"},
		{"this month is expected", sheets(one("T5", old), one("T6", p)), june, ""},
		{"a copy that says no period", sheets(one("A", p), one("B", copied)), tonghop.Period{}, "BIEU-006"},
		{"half of last month beside half of this one", sheets(one("A", first), one("B", old.only(criteria(10, 19)))), tonghop.Period{}, "BIEU-006"},
		{"half of last month, this month expected", sheets(one("A", first), one("B", old.only(criteria(10, 19)))), june, "BIEU-006"},
		{"half of another office", sheets(one("A", first), one("B", p.only(criteria(10, 19)).under("UBND HUYỆN CẦU KÈ"))), tonghop.Period{}, "BIEU-006"},
		{"months only in the names of the sheets", sheets(one("T6", first.under()), one("T5", p.only(criteria(10, 19)).under())), june, "BIEU-006"},
		{"last month below this one", sheets(below.sheet("S")), tonghop.Period{}, "BIEU-020"},
		{"a hidden copy", sheets(one("A", p), hidden), tonghop.Period{}, ""},
		{"an empty form", sheets(one("A", p), one("Mẫu", p.rows().under("MẪU BIỂU"))), tonghop.Period{}, ""},
		{"money by criteria", sheets(one("A", p), one("Vốn", money)), tonghop.Period{}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, n, c.book, normalize.Hints{Expect: c.expect})
			got := asks(r.Findings)
			if c.ask == "" && got != "" || c.ask != "" && !strings.Contains(got, c.ask) {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
			state := tonghop.Accepted
			if c.ask != "" {
				state = tonghop.Held
			}
			if got := tonghop.Verdict(r.Findings); got != state {
				t.Errorf("the return is %s; want %s", got, state)
			}
			if len(r.More) > 0 {
				t.Errorf("%d tables were put together", len(r.More)+1)
			}
			for _, row := range r.Rows {
				for _, v := range row.Values {
					if v.Ref.Sheet != r.Cover.Sheet {
						t.Fatalf("%s of %s comes from %s", v.Field, row.Unit, v.Ref)
					}
				}
			}
		})
	}
}

// TestTogether asks, at their cells, what two tables of one return do not agree
// on.
func TestTogether(t *testing.T) {
	n := newNormalizer(t)
	p := tidyPlate()
	total := func(l string) bool { return l == "Tổng số tiêu chí đạt" }
	first := p.only(func(l string) bool { return criteria(1, 9)(l) || total(l) })
	second := p.only(func(l string) bool { return !criteria(1, 9)(l) })
	short := second.rows(0, 2, 3, 4)
	other := p.only(func(l string) bool { return !criteria(1, 9)(l) })
	other.cells[1] = slices.Clone(other.cells[1])
	other.cells[1][len(other.labels)-1] = num("12")
	for _, c := range []struct {
		name string
		book *tonghop.Book
		want []string
	}{
		{"equal twice", sheets(one("A", first), one("B", second)), nil},
		{"missing on the second", sheets(one("A", first), one("B", short)), []string{"BIEU-021 B!B5:B8"}},
		{"missing on the first", sheets(one("A", first.rows(0, 1, 2, 4)), one("B", second)), []string{"BIEU-021 A!B5:B8"}},
		{"differing", sheets(one("A", first), one("B", other)), []string{"BIEU-022 A!X6", "BIEU-022 B!AM6"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, n, c.book, normalize.Hints{})
			var got []string
			for _, f := range r.Findings {
				if f.Severity != tonghop.Note {
					got = append(got, f.Rule+" "+f.Sheet+"!"+f.Cells())
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("asked %v; want %v", got, c.want)
			}
			if len(r.Rows) != 5 || tonghop.Verdict(r.Findings) != tonghop.Accepted {
				t.Errorf("read %d rows, %s", len(r.Rows), tonghop.Verdict(r.Findings))
			}
		})
	}
}

// TestMarksApart reads the marks of criteria from a sheet of their own.
func TestMarksApart(t *testing.T) {
	p := tidyPlate()
	marks := plate{names: []string{p.names[4], p.names[0], p.names[1], p.names[3], p.names[2]}}
	for no := 1; no <= 19; no++ {
		marks.labels = append(marks.labels, "TC"+itoa(no))
	}
	for i := range marks.names {
		row := make([]tonghop.Cell, 19)
		for no := range row {
			row[no] = text("Đạt")
		}
		if i == 2 { // of Xã Tập Sơn
			row[4], row[16] = text("Chưa đạt"), text("Chưa đạt")
		}
		marks.cells = append(marks.cells, row)
	}
	for _, b := range []*tonghop.Book{sheets(one("Số liệu", p), one("Đánh giá", marks)), sheets(one("Đánh giá", marks), one("Số liệu", p))} {
		r := read(t, newNormalizer(t), b, normalize.Hints{})
		if len(r.Rows) != 5 {
			t.Fatalf("read %d rows; want 5: %s", len(r.Rows), asks(r.Findings))
		}
		for _, row := range r.Rows {
			want := tonghop.Met
			if row.Unit == "29467" {
				want = tonghop.NotMet
			}
			for _, field := range []string{"5", "TC17"} {
				if v, ok := row.Value(field, true); !ok || v.Mark != want || v.Ref.Sheet != "Đánh giá" {
					t.Errorf("%s of %s is %q at %s; want %q", field, row.Unit, v.Mark, v.Ref, want)
				}
			}
			if v, ok := row.Value("5", false); !ok || v.Ref.Sheet != "Số liệu" {
				t.Errorf("the figure of 5 of %s is at %s", row.Unit, v.Ref)
			}
		}
	}
}

// TestQuestionsOfTurnedTables names the row of the sheet, not a column, when a
// table lies on its side.
func TestQuestionsOfTurnedTables(t *testing.T) {
	p := tidyPlate()
	p.labels[20] = "xyz" // 8.2
	p.cells[1] = slices.Clone(p.cells[1])
	p.cells[1][2] = text("8o,5") // 2.1
	c := canvas{}
	c.lying(p, 1)
	r := read(t, newNormalizer(t), sheets(c.sheet("S")), normalize.Hints{})
	got := asks(r.Findings)
	for _, want := range []string{"COT-006 B25,E25:I25", "O-001 F7"} {
		if !strings.Contains(got, want) {
			t.Errorf("asked %q; want %q in it", got, want)
		}
	}
	for _, f := range r.Findings {
		if f.Rule == "COT-006" && (f.Args["line"] != "25" || f.Args["column"] != "") {
			t.Errorf("the question names %v; want row 25", f.Args)
		}
	}
	if lost := lost(sheets(c.sheet("S")), r); len(lost) > 0 {
		t.Errorf("rows %v are nowhere", lost)
	}
}
