package consolidate

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestRanges(t *testing.T) {
	for want, in := range map[string][]int{
		"":          nil,
		"7":         {7},
		"1, 2":      {1, 2},
		"1–3":       {1, 2, 3},
		"1–3, 5, 6": {1, 2, 3, 5, 6},
		"2, 4–19":   {2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19},
	} {
		if got := ranges(in); got != want {
			t.Errorf("%v: %q, want %q", in, got, want)
		}
	}
}

func TestBandsMeetWithoutGapOrOverlap(t *testing.T) {
	for n := int64(0); n <= 19; n++ {
		in := 0
		for _, b := range bands() {
			if b.holds(decimal.NewFromInt(n)) {
				in++
			}
		}
		if in != 1 {
			t.Errorf("%d criteria lie in %d bands", n, in)
		}
	}
}

func TestCanonicalAndExact(t *testing.T) {
	for _, c := range []struct{ in, value, format string }{
		{"85.5", "85.5", "#,##0.0"},
		{"1234", "1234", "#,##0"},
		{"-0.25", "-0.25", "#,##0.00"},
		{"16.666666666666666666666", "16.6666666666667", "#,##0.00000000"},
	} {
		d := decimal.RequireFromString(c.in)
		if got := canonical(d); got != c.value {
			t.Errorf("%s: %q, want %q", c.in, got, c.value)
		}
		if got := exact(d); got != c.format {
			t.Errorf("%s: %q, want %q", c.in, got, c.format)
		}
	}
}
