//go:build !race

package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestListsUnderTown reads the lists of a commune each under the heading of a town of the
// district level, whose own name after "xã" is a commune's elsewhere.
func TestListsUnderTown(t *testing.T) {
	list := func(name string) tonghop.Sheet {
		s := lyingOne("THỊ XÃ BÌNH MINH", [][]string{{"Kết quả", "Đánh giá"}}, 2)
		s.Name = name
		for i := range s.Lines {
			for j := range s.Lines[i].Cells {
				if c := &s.Lines[i].Cells[j]; c.Row == 3 {
					c.Stored, c.Shown = "Tháng 6 năm 2023", "Tháng 6 năm 2023"
				}
			}
		}
		return s
	}
	r := read(t, newNormalizer(t), sheets(list("Xã Thuận An"), list("Xã Đông Thạnh")), normalize.Hints{Province: "86"})
	if len(r.Rows) == 0 || r.Rows[0].Official != "Xã Thuận An" {
		t.Errorf("read %d rows %+v, asked %q", len(r.Rows), r.Rows, asks(r.Findings))
	}
}

// TestUnreadListsBesideTable asks about lists of several communes that were not read
// beside a table of all communes, and does not hold the table; a single one is an annex.
func TestUnreadListsBesideTable(t *testing.T) {
	for lists, want := range map[int]string{1: "", 2: "BIEU-043"} {
		f := tidy()
		f.names = traCu
		all := []tonghop.Sheet{f.book().Sheets[0]}
		for _, name := range []string{"Phước Hưng", "Tập Sơn"}[:lists] {
			s := lyingOne("HUYỆN TRÀ CÚ", [][]string{{"Tình hình"}}, 1)
			s.Name = name
			all = append(all, s)
		}
		r := read(t, newNormalizer(t), sheets(all...), normalize.Hints{})
		got, held := "", false
		for _, f := range r.Findings {
			if f.Rule == "BIEU-043" {
				got, held = f.Rule, f.Holds
			}
		}
		if got != want || held {
			t.Errorf("%d lists: asked %q, held %t", lists, got, held)
		}
	}
}
