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

// A row whose cells slid is in doubt from its only blank cell on; with two blanks nobody
// can say which one they left.
func TestUpToBlank(t *testing.T) {
	for blanks, want := range map[string][2]int{".": {3, 4}, "1": {2, 4}, "6": {3, 5}, "16": {3, 4}, "3": {3, 4}} {
		values := make([]tonghop.Value, 7)
		for _, b := range blanks {
			if b != '.' {
				values[b-'0'].Empty = tonghop.NotReported
			}
		}
		if first, last := upToBlank(values, 3, 4); first != want[0] || last != want[1] {
			t.Errorf("blank at %s: %d to %d, want %v", blanks, first, last, want)
		}
	}
}
