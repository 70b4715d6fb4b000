package normalize_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// lost lists the rows of a sheet with content that a reading accounts for
// nowhere: not as a commune, a total, a part that is ignored with its reason,
// the header, or a finding.
func lost(b *tonghop.Book, r tonghop.Reading) []int {
	var areas []tonghop.Area
	areas = append(areas, r.Cover.Header)
	for _, cv := range r.More {
		if cv.Sheet == r.Cover.Sheet {
			areas = append(areas, cv.Header)
		}
	}
	for _, row := range r.Rows {
		areas = append(areas, row.Area)
	}
	for _, t := range r.Totals {
		areas = append(areas, tonghop.Area{Top: t.Label.Row, Bottom: t.Label.Row})
	}
	for _, i := range r.Ignored {
		if i.Sheet == r.Cover.Sheet && !strings.HasPrefix(i.Reason, "column_") {
			areas = append(areas, i.Area)
		}
	}
	for _, f := range r.Findings {
		if f.Severity != tonghop.Note && f.Sheet == r.Cover.Sheet {
			areas = append(areas, f.Areas...)
		}
	}
	var out []int
	for _, s := range b.Sheets {
		for i := range s.Lines {
			l := &s.Lines[i]
			filled, there := false, s.Name != r.Cover.Sheet
			for j := range l.Cells {
				filled = filled || !l.Cells[j].Blank()
			}
			for _, a := range areas {
				there = there || a.Top <= l.Row && l.Row <= a.Bottom
			}
			if filled && !there {
				out = append(out, l.Row)
			}
		}
	}
	return out
}

// TestNoRowVanishes accounts for every row of the samples.
func TestNoRowVanishes(t *testing.T) {
	n := newNormalizer(t)
	for name, b := range sampleBooks(t) {
		r := read(t, n, b, normalize.Hints{})
		if rows := lost(b, r); len(rows) > 0 {
			t.Errorf("%s: rows %v are nowhere", name, rows)
		}
	}
}

// TestNamesBelowAndBeside keeps to the column that the header calls the names',
// whatever names, some of them twice, stand in another one below the table.
func TestNamesBelowAndBeside(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.tail = [][]string{{"Xã Tân Sơn"}, {"Xã Long Vĩnh"}, {}, {"Xã Long Vĩnh", "Trong đó"}, {"Thị trấn Trà Cú"}, {}, {"Tân Hiệp"}}
	r := read(t, n, f.book(), normalize.Hints{Province: "84"})
	if len(r.Rows) < 2 || r.Rows[0].Unit != "29464" || len(r.Rows[0].Values) != 58 {
		t.Errorf("%d rows, the first of %s", len(r.Rows), r.Rows[0].Name)
	}
}

// TestRandomRowsAreAccountedFor strews what clerks write, in any order and any
// column, below the rows of a form.
func TestRandomRowsAreAccountedFor(t *testing.T) {
	n := newNormalizer(t)
	words := []string{"", "", "", "1", "9.", "I", "II.", "(1)", "(2)", "A", "B", "x", "Đạt", "CĐ", "85,5", "19", "15/19", "1.234",
		"Xã Tân Sơn", "Tân Hiệp", "Xã Long Vĩnh", "Thị trấn Trà Cú", "Huyện Trà Cú", "Huyện Cầu Kè", "Tổng cộng", "Cộng", "Số xã đạt",
		"Tỷ lệ (%)", "Bình quân", "Trong đó", "Ghi chú: x", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "Trà Cú, ngày 5 tháng 7 năm 2023",
		"TT", "Tên xã", "1.1", "2.1", "17.10", "Yêu cầu", "≥ 80%", "#REF!", "Đánh giá", "Quy hoạch", "Xã Không Có"}
	rapid.Check(t, func(rt *rapid.T) {
		f := tidy()
		f.tail = rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9), 0, 12).Draw(rt, "rows")
		b := f.book()
		hints := normalize.Hints{Province: "84"}
		covers, _ := n.Identify(b, hints)
		for range covers[:min(len(covers), 1)] {
			r := n.Read(b, covers, hints)
			if rows := lost(b, r); r.Cover.Office.Code != "" && len(rows) > 0 {
				rt.Fatalf("rows %v are nowhere", rows)
			}
			if len(r.Rows) < 2 || r.Rows[0].Unit != "29464" || len(r.Rows[0].Values) != 58 {
				rt.Fatalf("the form's own rows changed: %d rows", len(r.Rows))
			}
		}
	})
}

// FuzzRows writes anything into the rows of a form: reading does not fail, and
// no row vanishes. Rows are lines, cells are tabs; the first line of the text
// goes above the header, the others below.
func FuzzRows(f *testing.F) {
	f.Add("Tháng 5 năm 2023\n1\tXã Tập Sơn\tĐạt\t85,5\nTổng cộng\t\t2\nGhi chú: x\n\tXã Lạ\t1\t2\t3")
	f.Add("\nI\tHuyện Trà Cú\n(1)\t(2)\t(3)\t(4)\t(5)\t(6)\n\t\tĐạt\tĐạt\nTT\tTên xã\t1.1\t1.2\t2.1\n9\tXã Tân Sơn\tCĐ")
	f.Add("UBND huyện Cầu Kè\nTrà Cú, ngày 1 tháng 7 năm 2023\nNgười lập biểu\t\t\tTM. ỦY BAN NHÂN DÂN\nXã Phước Hưng\tĐạt")
	n := newNormalizer(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		lines := strings.Split(s, "\n")
		fo := tidy()
		fo.heading = append(fo.heading, lines[0])
		for _, l := range lines[1:] {
			fo.tail = append(fo.tail, strings.Split(l, "\t"))
		}
		b := fo.book()
		hints := normalize.Hints{Province: "84"}
		covers, _ := n.Identify(b, hints)
		for range covers[:min(len(covers), 1)] {
			r := n.Read(b, covers, hints)
			if r.Cover.Office.Code == "" {
				continue
			}
			if rows := lost(b, r); len(rows) > 0 {
				t.Fatalf("rows %v are nowhere", rows)
			}
		}
	})
}
