package normalize

import (
	"testing"

	"github.com/tonghop/tonghop"
)

// A header of marks may name its criterion last, as our own advice does; what is judged
// besides criteria names none.
func TestJudgedCriterion(t *testing.T) {
	for text, want := range map[string]int{
		"Đánh giá TC8": 8, "Đánh giá TC 8": 8, "Đánh giá tiêu chí số 17": 17, "Kết quả đánh giá TC 3": 3, "Mức đạt của tiêu chí 19": 19,
		"Tự đánh giá TC1": 1, "Đánh giá": 0, "Đánh giá năm 2023": 0, "Số tiêu chí đạt 19": 0, "Kết quả TC 8.1": 0,
	} {
		l := parseLabel(&tonghop.Cell{Kind: tonghop.CellText, Stored: text}, tonghop.Area{}, text)
		if l.criterion != want || (want > 0) != l.prefixed {
			t.Errorf("%q: criterion %d, prefixed %v; want %d", text, l.criterion, l.prefixed, want)
		}
	}
}
