//go:build !race

package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestMarksTypedAsDigits: marks 1 and 0 stored as texts are no figures that slid
// from the total beside a column of remarks that is blank in some rows.
func TestMarksTypedAsDigits(t *testing.T) {
	f := tidy()
	f.labels = nil
	for c := 1; c <= 19; c++ {
		f.labels = append(f.labels, "TC "+itoa(c))
	}
	f.labels = append(f.labels, "Tổng số tiêu chí đạt", "Ghi chú", "Năm đạt chuẩn")
	f.names = append([]string{"Xã Hàm Giang", "Xã Đại An", "Xã Ngọc Biên", "Xã Long Hiệp"}, traCu...)
	for i, name := range f.names {
		met := 0
		for c := 1; c <= 19; c++ {
			mark := "1"
			if (i+c)%5 == 0 {
				mark = "0"
			} else {
				met++
			}
			f.set(name, "TC "+itoa(c), text(mark))
		}
		f.set(name, "Tổng số tiêu chí đạt", num(itoa(met)))
		f.set(name, "Ghi chú", tonghop.Cell{})
		if i == 5 {
			f.set(name, "Ghi chú", text("Xã nâng cao"))
		}
		f.set(name, "Năm đạt chuẩn", num("2020"))
	}
	f.tail = [][]string{{"", "Ghi chú: số 1: đạt; số 0: chưa đạt"}}
	r := read(t, newNormalizer(t), f.book(), normalize.Hints{})
	if got := asks(r.Findings); got != "" {
		t.Errorf("asked %q", got)
	}
	if v := valueOf(t, r, "29464", "TC1"); v.Mark != tonghop.Met && v.Mark != tonghop.NotMet {
		t.Errorf("TC1 of Phước Hưng is %+v", v)
	}
}
