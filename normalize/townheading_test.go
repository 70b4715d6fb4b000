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
