package normalize_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestNames matches typed names in Trà Cú, which has a xã and a township
// called Định An.
func TestNames(t *testing.T) {
	n := newNormalizer(t)
	cases := []struct{ typed, unit, why, ask string }{
		{"Xã Phước Hưng", "29464", "exact", ""},
		{"Phước Hưng", "29464", "no_kind", ""},
		{"xã  PHƯỚC HƯNG", "29464", "folded", ""},
		{"X. Phước Hưng", "29464", "abbreviation", ""},
		{"X.Phước Hưng", "29464", "abbreviation", ""},
		{"1. Xã Phước Hưng", "29464", "folded", ""},
		{"Xã Phước Hưng (ĐBKK)", "29464", "folded", ""},
		{"Xa\u0303 Phu\u031bo\u031b\u0301c Hu\u031bng", "29464", "exact", ""}, // decomposed
		{"Xã Phuoc Hung", "29464", "plain", ""},
		{"Xã Phước Hưn", "29464", "typo", "DV-010 B5"},
		{"Định An", "29494", "no_kind", ""}, // the column says "Tên xã"
		{"Thị trấn Định An", "29462", "exact", ""},
		{"Xã Long Vĩnh", "29533", "", "DV-021 B5:BH5"}, // of Duyên Hải
		{"Xã Không Có", "", "", "DV-020 B5:BH5"},
	}
	for _, c := range cases {
		t.Run(c.typed, func(t *testing.T) {
			f := tidy()
			f.names[0] = c.typed
			r := read(t, n, f.book(), normalize.Hints{})
			if got := r.Rows[0]; got.Unit != c.unit || got.Match.Why != c.why {
				t.Errorf("taken for %q because %q; want %q because %q", got.Unit, got.Match.Why, c.unit, c.why)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
		})
	}
}

// TestHeadings reads office and period from headings as clerks write them.
func TestHeadings(t *testing.T) {
	n := newNormalizer(t)
	month := func(y, m int) tonghop.Period { return tonghop.Period{Kind: tonghop.Month, Year: y, N: m} }
	cases := []struct {
		name    string
		heading []string
		expect  tonghop.Period
		office  string
		period  string
		ask     string
	}{
		{"plain", []string{"UBND huyện Trà Cú", "Bộ tiêu chí", "Tháng 6 năm 2023"}, tonghop.Period{}, "849", "2023-06", ""},
		{"abbreviated", []string{"UBND H.Trà Cú", "Bộ tiêu chí T6/2023"}, tonghop.Period{}, "849", "2023-06", ""},
		{"closing date alone", []string{"UBND huyện Trà Cú", "Tính đến ngày 30/6/2023"}, tonghop.Period{}, "849", "2023-06", ""},
		{"signature's date is no period", []string{"UBND huyện Trà Cú", "Tháng 6 năm 2023", "Trà Cú, ngày 05 tháng 7 năm 2023"}, tonghop.Period{}, "849", "2023-06", ""},
		{"the report's number is no period", []string{"UBND huyện Trà Cú", "(Kèm theo Báo cáo số 12/BC-UBND ngày 05/7/2023)", "Tháng 6/2023"}, tonghop.Period{}, "849", "2023-06", ""},
		{"no office: the communes say", []string{"Tháng 6 năm 2023"}, tonghop.Period{}, "849", "2023-06", ""},
		{"no period, but expected", []string{"UBND huyện Trà Cú"}, month(2023, 6), "849", "2023-06", ""},
		{"no period", []string{"UBND huyện Trà Cú"}, tonghop.Period{}, "849", "", "KY-003 "},
		{"another period", []string{"UBND huyện Trà Cú", "Tháng 5 năm 2023"}, month(2023, 6), "849", "2023-05", "KY-001 A2"},
		{"two periods", []string{"UBND huyện Trà Cú", "Tháng 5 năm 2023", "Tháng 6 năm 2023"}, tonghop.Period{}, "849", "2023-05", "KY-004 A2,A3"},
		{"closing date outside", []string{"UBND huyện Trà Cú", "Tháng 6 năm 2023", "Tính đến ngày 31/5/2023"}, tonghop.Period{}, "849", "2023-06", "KY-005 A2,A3"},
		{"before the set", []string{"UBND huyện Trà Cú", "Tháng 6 năm 2019"}, tonghop.Period{}, "849", "2019-06", "BIEU-007 "},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := tidy()
			f.heading = c.heading
			f.names = []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Lưu Nghiệp Anh"}
			r := read(t, n, f.book(), normalize.Hints{Expect: c.expect})
			if r.Cover.Office.Code != c.office || r.Cover.Period.String() != c.period {
				t.Errorf("read %s for %s; want %s for %s", r.Cover.Office.Code, r.Cover.Period, c.office, c.period)
			}
			if got := asks(r.Findings); got != c.ask {
				t.Errorf("asked %q; want %q", got, c.ask)
			}
		})
	}
}

// TestTwoLetterheads holds a table whose heading names the office of its rows
// and, as the one that sends it, another one; a line that only speaks of another
// office asks nothing.
func TestTwoLetterheads(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct{ first, second, ask string }{
		{"UBND HUYỆN CẦU KÈ", "Kết quả thực hiện trên địa bàn huyện Trà Cú", "DV-003 A1,A2"},
		{"Huyện Cầu Kè", "HUYỆN TRÀ CÚ", "DV-003 A1,A2"},
		{"UBND HUYỆN TRÀ CÚ", "(Kèm theo Báo cáo của UBND huyện Cầu Kè)", ""},
		{"UBND HUYỆN TRÀ CÚ", "Theo mẫu thống nhất với huyện Cầu Kè", ""},
		{"UBND HUYỆN TRÀ CÚ", "Phòng Nông nghiệp và PTNT huyện Trà Cú", ""},
		{"UBND HUYỆN TRÀ CÚ", "Kính gửi: UBND huyện Cầu Kè", ""},
	} {
		f := tidy()
		f.heading[0], f.heading[1] = c.first, c.second+" - "+f.heading[1]
		f.names = []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Lưu Nghiệp Anh"}
		for _, sender := range []string{"", "849"} { // who handed it in is no excuse
			r := read(t, n, f.book(), normalize.Hints{Office: sender})
			if got := asks(r.Findings); !strings.HasPrefix(got, c.ask) || c.ask == "" && strings.Contains(got, "DV-") {
				t.Errorf("%s / %s: asked %q; want %q", c.first, c.second, got, c.ask)
			}
			if r.Cover.Office.Name != "Huyện Trà Cú" {
				t.Errorf("%s / %s: taken for that of %s", c.first, c.second, r.Cover.Office.Name)
			}
		}
	}
}

// TestOfficeOfTheRows holds a table pasted under another office's heading.
func TestOfficeOfTheRows(t *testing.T) {
	f := tidy()
	f.heading[0] = "UBND HUYỆN CẦU KÈ"
	f.names = []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Lưu Nghiệp Anh"}
	r := read(t, newNormalizer(t), f.book(), normalize.Hints{})
	if got := asks(r.Findings); !strings.HasPrefix(got, "DV-002 A1") {
		t.Errorf("asked %q; want the office to be asked first", got)
	}
}

// TestRowsBehindAndBetween tells rows that are no commune apart, and lets none
// with figures vanish.
func TestRowsBehindAndBetween(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.tail = [][]string{
		{"", "Tổng cộng", "2", "2"},
		{"", "", "Đạt", "Đạt", "91"},
		{"", "Ghi chú: x là đạt"},
		{"", "Trà Cú, ngày 05 tháng 7 năm 2023"},
		{"9", "Xã Tân Sơn", "Đạt", "Đạt", "91", "92"},
	}
	r := read(t, n, f.book(), normalize.Hints{})
	if len(r.Rows) != 2 || len(r.Totals) != 1 {
		t.Errorf("read %d communes and %d totals; want 2 and 1", len(r.Rows), len(r.Totals))
	}
	want := "DONG-004 A11:F11; DONG-001 B8:BH8"
	if got := asks(r.Findings); got != want {
		t.Errorf("asked %q; want %q", got, want)
	}
}

// TestColumnNumbers passes over rows that number the columns, and repairs what
// a number format does to 17.10.
func TestColumnNumbers(t *testing.T) {
	n := newNormalizer(t)
	b := tidy().book()
	s := &b.Sheets[0]
	header := s.Lines[3]
	for i := range header.Cells { // numbers stored as numbers lose their last zero
		c := &header.Cells[i]
		if strings.Contains(c.Stored, ".") {
			c.Kind, c.Stored = tonghop.CellNumber, strings.TrimSuffix(c.Stored, "0")
			c.Shown = c.Stored
		}
	}
	ordinals := tonghop.Line{Row: 5}
	for i := range header.Cells {
		c := num(strings.Repeat("", i))
		c.Stored = "(" + itoa(i+1) + ")"
		c.Kind, c.Shown, c.Row, c.Col = tonghop.CellText, c.Stored, 5, i+1
		ordinals.Cells = append(ordinals.Cells, c)
	}
	for i := 4; i < len(s.Lines); i++ {
		moveLine(&s.Lines[i], 1, 0)
	}
	s.Lines = append(s.Lines[:4], append([]tonghop.Line{ordinals}, s.Lines[4:]...)...)
	r := read(t, n, b, normalize.Hints{})
	if got := asks(r.Findings); got != "" {
		t.Errorf("asked %q; want nothing", got)
	}
	var fields []string
	for _, v := range r.Rows[0].Values {
		fields = append(fields, v.Field)
	}
	want := append(append([]string(nil), tidy().labels[:57]...), tonghop.FieldTotalMet)
	if d := cmp.Diff(want, fields); d != "" {
		t.Errorf("fields differ (-want +got):\n%s", d)
	}
}

// TestNotTheForm says which sheets were looked at.
func TestNotTheForm(t *testing.T) {
	b := &tonghop.Book{Sheets: []tonghop.Sheet{{Name: "Vốn", Lines: []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{text("Kế hoạch vốn")}}}}}}
	b.Sheets[0].Lines[0].Cells[0].Row, b.Sheets[0].Lines[0].Cells[0].Col = 1, 1
	covers, found := newNormalizer(t).Identify(b, normalize.Hints{})
	if len(covers) != 0 || len(found) != 1 || found[0].Rule != "BIEU-001" || found[0].Args["sheets"] != "Vốn" {
		t.Errorf("got covers %v, findings %v; want none and BIEU-001 naming the sheet", covers, found)
	}
}
