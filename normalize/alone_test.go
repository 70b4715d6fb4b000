package normalize_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// lists is a sheet for each commune of a plate, named by tab: its criteria under
// one another, and one column with what the plate says of it.
func (p plate) lists(head string, tab func(i int) string) []tonghop.Sheet {
	var out []tonghop.Sheet
	for i, name := range p.names {
		c := canvas{}
		c.put(1, 1, text("UBND "+strings.ToUpper(name)))
		c.put(2, 1, text("BÁO CÁO KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"))
		c.put(3, 1, text("Huyện Trà Cú, tháng 6 năm 2023"))
		for col, h := range []string{"STT", "Nội dung", "Yêu cầu", head, "Ghi chú"} {
			c.put(5, 1+col, text(h))
			c.put(6, 1+col, text("("+strconv.Itoa(1+col)+")"))
		}
		for j, l := range p.labels {
			c.put(7+j, 1, num(strconv.Itoa(1+j)))
			c.put(7+j, 2, text(l))
			c.put(7+j, 3, text("Theo quy định"))
			c.put(7+j, 4, p.cells[i][j])
		}
		c.put(9+len(p.labels), 4, text("TM. ỦY BAN NHÂN DÂN"))
		out = append(out, c.sheet(tab(i)))
	}
	return out
}

// retype changes what stands in a cell.
func retype(s *tonghop.Sheet, row, col int, to string) {
	c := s.Cell(row, col)
	c.Stored, c.Shown = to, to
}

// TestListOfEachCommune reads the lists that a district keeps for each of its
// communes: what they say is what one table of all of them says.
func TestListOfEachCommune(t *testing.T) {
	n := newNormalizer(t)
	for head, p := range map[string]plate{"Đánh giá": criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn"), "Kết quả thực hiện": tidyPlate()} {
		upright := sheets(one("Biểu 1", p))
		want := meant(t, upright, read(t, n, upright, normalize.Hints{}))
		for way, tab := range map[string]func(int) string{
			"numbered": func(i int) string { return strconv.Itoa(1 + i) },
			"named":    func(i int) string { return strings.TrimPrefix(p.names[i], "Xã ") },
		} {
			b := sheets(p.lists(head, tab)...)
			r := read(t, n, b, normalize.Hints{})
			if d := cmp.Diff(want, meant(t, b, r)); d != "" {
				t.Errorf("%s, sheets %s: facts differ (-upright +lists):\n%s", head, way, d)
			}
			if got, before := asks(r.Findings), asks(read(t, n, upright, normalize.Hints{}).Findings); got != before {
				t.Errorf("%s, sheets %s: asked %s; the upright table %s", head, way, got, before)
			}
			for _, row := range r.Rows {
				if row.NameRef.Row != 1 || row.NameRef.Col != 1 {
					t.Errorf("%s: %s is named at %v; want A1", way, row.Official, row.NameRef)
				}
			}
		}
	}
}

// TestListAlone reads the list that a commune sends by itself, since it reports to
// the province.
func TestListAlone(t *testing.T) {
	n := newNormalizer(t)
	p := criteriaPlate("Xã Càng Long")
	b := sheets(p.lists("Đánh giá", func(int) string { return "Sheet1" })...)
	for i := range b.Sheets[0].Lines {
		for j := range b.Sheets[0].Lines[i].Cells {
			c := &b.Sheets[0].Lines[i].Cells[j]
			c.Stored = strings.Replace(c.Stored, "Huyện Trà Cú, tháng 6 năm 2023", "Tỉnh Vĩnh Long, tháng 8 năm 2025", 1)
			c.Shown = c.Stored
		}
	}
	r := read(t, n, b, normalize.Hints{})
	if r.Cover.Office.Code != "29266" || len(r.Rows) != 1 || len(r.Rows[0].Values) != 19 || asks(r.Findings) != "" {
		t.Errorf("office %q, %d rows, asked %s", r.Cover.Office.Name, len(r.Rows), asks(r.Findings))
	}
}

// TestListsInDoubt asks where lists contradict themselves, and reads none of
// which it is not sure.
func TestListsInDoubt(t *testing.T) {
	n := newNormalizer(t)
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn")
	named := func(i int) string { return strings.TrimPrefix(p.names[i], "Xã ") }
	for _, c := range []struct {
		name, head, want string
		change           func(s []tonghop.Sheet) []tonghop.Sheet
	}{
		{"a tab of another commune", "Đánh giá", "BIEU-044 A1", func(s []tonghop.Sheet) []tonghop.Sheet {
			s[0].Name = "Tập Sơn "
			return s
		}},
		{"two lists of one commune", "Đánh giá", "BIEU-045", func(s []tonghop.Sheet) []tonghop.Sheet {
			again := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn").lists("Đánh giá", func(int) string { return "Phước Hưng (2)" })[0]
			return append(s, again)
		}},
		{"a column that says nothing", "Tình hình", "BIEU-043", func(s []tonghop.Sheet) []tonghop.Sheet { return s }},
		{"two columns of crosses", "Chưa đạt", "BIEU-043", func(s []tonghop.Sheet) []tonghop.Sheet {
			for i := range s {
				retype(&s[i], 5, 3, "Đạt")
			}
			return s
		}},
	} {
		covers, found := n.Identify(sheets(c.change(p.lists(c.head, named))...), normalize.Hints{})
		for _, cv := range covers {
			found = append(found, cv.Findings...)
		}
		if got := asks(found); !strings.HasPrefix(got, c.want) || strings.Contains(got, ";") {
			t.Errorf("%s: asked %q; want %s", c.name, got, c.want)
		}
	}
}

// TestListsBesideTable takes the table of all communes beside their lists for a
// second statement, and asks where the two differ.
func TestListsBesideTable(t *testing.T) {
	n := newNormalizer(t)
	p := criteriaPlate("Xã Phước Hưng", "Xã Tập Sơn", "Xã Tân Sơn")
	lists := p.lists("Đánh giá", func(i int) string { return p.names[i] })
	alone := asks(read(t, n, sheets(lists...), normalize.Hints{}).Findings)
	both := func() *tonghop.Book { return sheets(append([]tonghop.Sheet{one("Tổng hợp", p)}, lists...)...) }
	if got := asks(read(t, n, both(), normalize.Hints{}).Findings); got != alone {
		t.Errorf("asked %s; the lists alone %s", got, alone)
	}
	b := both()
	retype(&b.Sheets[1], 7, 4, "Đạt")
	if got := asks(read(t, n, b, normalize.Hints{}).Findings); !strings.Contains(got, "BIEU-022 D7") {
		t.Errorf("a list that differs from the table: asked %s", got)
	}
}
