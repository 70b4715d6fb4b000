//go:build !race

package normalize_test

import (
	"fmt"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// A column of marks that slid by one row leaves one blank cell; what the communes
// state as their number of criteria met shows it. Too few witnesses, or one that
// speaks against it, leave the blank cell a question of its own.
func TestSlidMarks(t *testing.T) {
	n := newNormalizer(t)
	names := []string{"Xã Phước Hưng", "Xã Tập Sơn", "Xã Lưu Nghiệp Anh", "Xã Hàm Giang", "Xã Đại An", "Xã Ngọc Biên"}
	for _, c := range []struct {
		name  string
		marks string // of criterion 4 as they stand: x met, o not met, blank
		met   string // what the totals count of it
		want  string
	}{
		{"pulled up", "oxoxo ", "xoxoxo", "DONG-013 F5:F9,F10"},
		{"pulled up in the middle", "xxoxo ", "xxxoxo", "DONG-013 F7:F9,F10"},
		{"pushed down", " xoxox", "xoxoxo", "DONG-013 F6:F10,F5"},
		{"only a blank cell", "xoxox ", "xoxoxo", ""},
		{"a wrong total besides", "oxoxo ", "xoxooo", ""},
		{"one witness", "xxxxo ", "xxxxxo", ""},
		{"two blank cells", "oxox  ", "xoxoxo", ""},
	} {
		s := tonghop.Sheet{Name: "S"}
		put := putInto(&s)
		put(1, 1, text("UBND HUYỆN TRÀ CÚ"))
		put(2, 1, text("Tháng 6 năm 2023"))
		put(4, 1, text("TT"))
		put(4, 2, text("Tên xã"))
		for no := 1; no <= 19; no++ {
			put(4, no+2, text(fmt.Sprint("TC", no)))
		}
		put(4, 22, text("Tổng số tiêu chí đạt"))
		for i, name := range names {
			put(5+i, 1, num(fmt.Sprint(i+1)))
			put(5+i, 2, text(name))
			total := 18
			for no := 1; no <= 19; no++ {
				mark := map[byte]string{'x': "Đạt", 'o': "Chưa đạt", ' ': ""}[c.marks[i]]
				if no != 4 {
					mark = "Đạt"
				}
				put(5+i, no+2, text(mark))
			}
			if c.met[i] == 'x' {
				total++
			}
			put(5+i, 22, num(fmt.Sprint(total)))
		}
		got := ""
		for _, f := range read(t, n, &tonghop.Book{Sheets: []tonghop.Sheet{s}}, normalize.Hints{}).Findings {
			if f.Rule == "DONG-013" {
				got += f.Rule + " " + f.Cells()
			}
		}
		if got != c.want {
			t.Errorf("%s: asked %q, want %q", c.name, got, c.want)
		}
	}
}

// Where the file says that a blank mark is "chưa đạt", a column without any sign
// is read so if the communes' numbers of criteria met agree, and asked about if
// they do not, or are not there.
func TestBlankColumnUnderALegend(t *testing.T) {
	n := newNormalizer(t)
	for _, c := range []struct {
		name, total string
		mark        tonghop.Mark
		want        string
	}{
		{"the totals agree", "18", tonghop.NotMet, "O-062"},
		{"the totals count it as met", "19", tonghop.MarkNone, "O-061"},
		{"no totals", "", tonghop.MarkNone, "O-061"},
	} {
		cols := criteriaTable(1, func(no int, _ string) []string { return []string{fmt.Sprint("TC", no)} })
		for i := range cols {
			cols[i].cell = func(int) tonghop.Cell { return text("x") }
			switch {
			case cols[i].field == "TC4":
				cols[i].cell = func(int) tonghop.Cell { return text("") }
			case cols[i].field == tonghop.FieldTotalMet && c.total != "":
				cols[i].cell = func(int) tonghop.Cell { return num(c.total) }
			case cols[i].field == tonghop.FieldTotalMet:
				cols[i].cell = func(int) tonghop.Cell { return text("") }
			}
		}
		b, _ := sheetOf(cols, 1)
		placed(&b.Sheets[0], 9, 1, "Ghi chú: x là đạt, để trống là chưa đạt")
		r := read(t, n, b, normalize.Hints{})
		said := ""
		for _, f := range r.Findings {
			if f.Rule == "O-061" || f.Rule == "O-062" {
				said += f.Rule
			}
		}
		if v := r.Rows[1].Values[3]; v.Field != "TC4" || v.Mark != c.mark || said != c.want {
			t.Errorf("%s: %s read as %q, said %q; want %q and %q", c.name, v.Field, v.Mark, said, c.mark, c.want)
		}
	}
}
