//go:build !race

package normalize_test

import (
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/normalize"
)

// TestSlidToBlank: a short stretch of a row that slid to the left is asked about as
// a whole, though only one figure stands among marks and one mark among figures; none of
// it is used. What stands before a column that it cannot have left is used as ever.
func TestSlidToBlank(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.names = traCu
	from := strings.Split("18.2 18.3 18.4 18.5 18.6 19.1 19.2", " ")
	for i, label := range from[:len(from)-1] {
		f.set(traCu[3], label, f.value(from[i+1]))
	}
	f.set(traCu[3], from[len(from)-1], tonghop.Cell{})
	r := read(t, n, f.book(), normalize.Hints{})
	if got := asks(r.Findings); !strings.Contains(got, "O-060") {
		t.Fatalf("asked %q", got)
	}
	for _, label := range from {
		if v := valueOf(t, r, r.Rows[3].Unit, label); v.Number.Valid || v.Mark != tonghop.MarkNone {
			t.Errorf("%s is used: %s %s", label, v.Figure(), v.Mark)
		}
	}
	if v := valueOf(t, r, r.Rows[3].Unit, "10"); !v.Number.Valid {
		t.Error("what stands far before the slide is not used")
	}
}

// TestOneMisplacedCellIsNoSlide: a blank cell and a figure among marks elsewhere are two
// questions, and nothing beside them is doubted.
func TestOneMisplacedCellIsNoSlide(t *testing.T) {
	n := newNormalizer(t)
	f := tidy()
	f.names = traCu
	f.set(traCu[3], "13.2", num("85"))
	f.set(traCu[3], "19.2", tonghop.Cell{})
	r := read(t, n, f.book(), normalize.Hints{})
	if got := asks(r.Findings); strings.Contains(got, "O-060") {
		t.Errorf("asked %q", got)
	}
}
