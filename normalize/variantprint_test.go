package normalize

import (
	"testing"

	"github.com/tonghop/tonghop"
)

// A heading that names the period of its report is the same one next month; one
// that keeps an old month, or another number, is not.
func TestSinceReport(t *testing.T) {
	june := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	july := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 7}
	for _, c := range []struct {
		first, second string
		same          bool
	}{
		{"kết quả tháng 6/2023", "kết quả tháng 7/2023", true},
		{"đến 30/6/2023", "đến 31/7/2023", true},
		{"tháng 5 năm 2023", "tháng 6 năm 2023", true},
		{"kết quả tháng 6", "kết quả tháng 7", true},
		{"năm 2022", "năm 2022", true},
		{"kết quả tháng 6/2023", "kết quả tháng 6/2023", false},
		{"năm 2022", "năm 2023", false},
		{"mục 8.1", "mục 8.2", false},
	} {
		if got := sinceReport(c.first, june) == sinceReport(c.second, july); got != c.same {
			t.Errorf("%q in June and %q in July: same %v", c.first, c.second, got)
		}
	}
}
