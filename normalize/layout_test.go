package normalize_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// layout is a form with a header of two rows: criteria above, merged over
// their indicators and, if mark is not "", over a column for their own mark.
type layout struct {
	criterion func(no int, name string) string
	indicator func(no, name string) string
	mark      string
	total     string
	unmerged  bool
	cell      func(label string) tonghop.Cell // of a mark column
}

var shortNames = map[int][]string{
	1: {"Quy hoạch chung", "Quy định quản lý quy hoạch"}, 5: {"Trường học đạt chuẩn cơ sở vật chất"},
	7: {"Chợ nông thôn"}, 10: {"Thu nhập bình quân đầu người"}, 11: {"Tỷ lệ nghèo đa chiều"},
	14: {"Phổ cập giáo dục", "Học sinh tốt nghiệp THCS học tiếp"}, 16: {"Ấp văn hóa"},
}

var criterionNames = []string{"", "Quy hoạch", "Giao thông", "Thủy lợi và phòng, chống thiên tai", "Điện", "Trường học",
	"Cơ sở vật chất văn hóa", "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và Truyền thông", "Nhà ở dân cư", "Thu nhập",
	"Nghèo đa chiều", "Lao động", "Tổ chức sản xuất và phát triển kinh tế nông thôn", "Giáo dục và Đào tạo", "Y tế", "Văn hóa",
	"Môi trường và an toàn thực phẩm", "Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và An ninh"}

// book lays the layout out for two communes of Trà Cú and lists the fields
// that its columns mean.
func (l layout) book() (*tonghop.Book, []string) {
	s := tonghop.Sheet{Name: "S"}
	put := putInto(&s)
	put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
	put(2, 1, text("Tháng 6 năm 2023"))
	names := []string{"Xã Phước Hưng", "Xã Tập Sơn"}
	put(4, 1, text("TT"))
	put(4, 2, text("Tên xã"))
	for i, name := range names {
		put(6+i, 1, num(strconv.Itoa(i+1)))
		put(6+i, 2, text(name))
	}
	var fields []string
	col := 2
	column := func(field, label string, c tonghop.Cell) {
		col++
		fields = append(fields, field)
		if label != "" {
			put(5, col, text(label))
		}
		for i := range names {
			put(6+i, col, c)
		}
	}
	t := tidy()
	byCriterion := map[int][]string{}
	for _, label := range t.labels[:57] {
		n, _ := strconv.Atoi(strings.Split(label, ".")[0])
		byCriterion[n] = append(byCriterion[n], label)
	}
	for n := 1; n <= 19; n++ {
		first := col + 1
		put(4, first, text(l.criterion(n, criterionNames[n])))
		for i, no := range byCriterion[n] {
			name := ""
			if len(shortNames[n]) > i {
				name = shortNames[n][i]
			}
			column(no, l.indicator(no, name), t.value(no))
		}
		if l.mark != "" {
			field := fmt.Sprintf("TC%d", n)
			if len(byCriterion[n]) == 1 {
				field = byCriterion[n][0]
			}
			c := text("Đạt")
			if l.cell != nil {
				c = l.cell(field)
			}
			column(field, strings.ReplaceAll(l.mark, "#", strconv.Itoa(n)), c)
		}
		if !l.unmerged && col > first {
			s.Merges = append(s.Merges, tonghop.Area{Top: 4, Left: first, Bottom: 4, Right: col})
		}
	}
	column(tonghop.FieldTotalMet, "", num("19"))
	put(4, col, text(l.total))
	return &tonghop.Book{Sheets: []tonghop.Sheet{s}}, fields
}

// TestLayouts reads headers in the ways in which offices write them: the same
// fields, and no question.
func TestLayouts(t *testing.T) {
	n := newNormalizer(t)
	plain := func(f string) func(int, string) string {
		return func(no int, name string) string {
			return strings.NewReplacer("#0", fmt.Sprintf("%02d", no), "#", strconv.Itoa(no), "@", name).Replace(f)
		}
	}
	number := func(f string) func(string, string) string {
		return func(no, name string) string { return strings.NewReplacer("#", no, "@", name).Replace(f) }
	}
	for _, criterion := range []string{"Tiêu chí # - @", "#. @", "# @", "(#) @", "TC số #0", "#\n@", "TC#", "#/ @", "Tiêu chí số #: @"} {
		for _, indicator := range []string{"#", "#. @", "(#)", "Chỉ tiêu #", "# @ (Đạt/chưa đạt)"} {
			for _, mark := range []string{"", "Đánh giá", "Đạt", "KQ TC#", "Mức đạt", "Đánh giá TC #", "Kết quả", "Tự chấm"} {
				for _, unmerged := range []bool{false, true} {
					l := layout{criterion: plain(criterion), indicator: number(indicator), mark: mark, unmerged: unmerged,
						total: "Tổng số tiêu chí đạt"}
					checkLayout(t, n, l, fmt.Sprintf("%q/%q/%q unmerged=%v", criterion, indicator, mark, unmerged))
				}
			}
		}
	}
	for _, total := range []string{"Tổng cộng", "Tổng số", "Số TC đạt", "Tổng số tiêu chí đạt đến 30/6/2023", "TS tiêu chí đạt", "Tổng đạt"} {
		checkLayout(t, n, layout{criterion: plain("#. @"), indicator: number("#"), mark: "Đánh giá", total: total}, total)
	}
}

func checkLayout(t *testing.T, n *normalize.Normalizer, l layout, name string) {
	t.Helper()
	b, want := l.book()
	r := read(t, n, b, normalize.Hints{})
	if len(r.Rows) != 2 {
		t.Errorf("%s: read %d communes; want 2", name, len(r.Rows))
		return
	}
	var got []string
	for _, v := range r.Rows[0].Values {
		got = append(got, v.Field)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s:\n got  %v\n want %v", name, got, want)
	}
	if q := asks(r.Findings); q != "" {
		t.Errorf("%s: asked %s", name, q)
	}
}

// TestQuietColumns makes sure that a column which is not understood, but holds
// what a form reports, is asked about with its cells.
func TestQuietColumns(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.labels[20] = "xyz" // 8.2
	r := read(t, n, f.book(), normalize.Hints{})
	got := asks(r.Findings)
	if !strings.Contains(got, "COT-001") || !strings.Contains(got, "COT-006 W4,W5:W6") {
		t.Errorf("asked %q; want the missing indicator and the cells of the column", got)
	}
	for _, label := range []string{"Tổng số tiêu chí chưa đạt", "Tổng số tiêu chí đạt năm trước", "Số tiêu chí cơ bản đạt"} {
		f := tidy()
		f.labels[57] = label
		r := read(t, n, f.book(), normalize.Hints{})
		for _, v := range r.Rows[0].Values {
			if v.Field == tonghop.FieldTotalMet {
				t.Errorf("%q was read as the number of criteria met", label)
			}
		}
	}
}

// TestOtherForms holds or rejects what names another form or another office's
// communes, however well its columns fit.
func TestOtherForms(t *testing.T) {
	n := newNormalizer(t)
	for title, want := range map[string]string{
		"KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI NÂNG CAO":                   "BIEU-003 A2",
		"KẾT QUẢ BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI VÀ XÃ NÔNG THÔN MỚI NÂNG CAO":         "",
		"(Kèm theo Báo cáo kết quả xây dựng nông thôn mới, nông thôn mới kiểu mẫu)": "",
	} {
		f := tidy()
		f.heading[1] = title
		if got := asks(read(t, n, f.book(), normalize.Hints{}).Findings); got != want {
			t.Errorf("%s: asked %q; want %q", title, got, want)
		}
	}
	f := tidy()
	f.names = []string{"Xã Lạ Một", "Xã Lạ Hai"}
	r := read(t, n, f.book(), normalize.Hints{})
	if tonghop.Verdict(r.Findings) != tonghop.Held {
		t.Errorf("a table without one commune of the office is %s; want held", tonghop.Verdict(r.Findings))
	}
}

// TestWardsListedToo does not hold a city that lists its wards beside its only
// commune.
func TestWardsListedToo(t *testing.T) {
	f := tidy()
	f.heading[0] = "UBND THÀNH PHỐ TRÀ VINH, TỈNH TRÀ VINH"
	f.names = []string{"Xã Long Đức", "Phường 1", "Phường 2", "Phường 3", "Phường 4"}
	r := read(t, newNormalizer(t), f.book(), normalize.Hints{})
	if got := asks(r.Findings); got != "" || r.Cover.Office.Code != "842" {
		t.Errorf("office %s, asked %q; want 842 and nothing", r.Cover.Office.Code, got)
	}
}

// TestSparseRows asks about a column that is not understood also where the
// communes have filled little else yet.
func TestSparseRows(t *testing.T) {
	for _, names := range [][]string{{"Xã Phước Hưng", "Xã Tập Sơn"}, {"Phước Hưng", "Tập Sơn"}} {
		f := tidy()
		f.names = names
		f.labels[20] = "xyz"
		for _, name := range names {
			for i, l := range f.labels {
				if i > 3 && i != 20 {
					f.set(name, l, tonghop.Cell{})
				}
			}
			f.set(name, "xyz", text("Đạt"))
		}
		if got := asks(read(t, newNormalizer(t), f.book(), normalize.Hints{}).Findings); !strings.Contains(got, "COT-006 W4,W5:W6") {
			t.Errorf("%v: asked %q; want the cells of column W among them", names, got)
		}
	}
}
