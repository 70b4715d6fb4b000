package excel

import (
	"reflect"
	"testing"

	"github.com/tonghop/tonghop"
)

// Rows that belong together begin a new page rather than part; a block that no
// page can hold parts where the page is full.
func TestFullPagesKeepsRowsTogether(t *testing.T) {
	b := &book{}
	s := tonghop.EditionSheet{Widths: []float64{10}, Landscape: true, Repeat: [2]int{1, 1}, Breaks: []int{1}}
	heights := make([]float64, 40)
	for i := range heights {
		heights[i] = 30
	}
	for _, c := range []struct {
		keep [][2]int
		want []int
	}{
		{nil, nil},
		{[][2]int{{2, 3}}, []int{20, 38}},
		{[][2]int{{18, 22}}, []int{18, 36}},
		{[][2]int{{2, 40}}, []int{20, 38}},
	} {
		s.Keep = c.keep
		if got := b.fullPages(s, heights); !reflect.DeepEqual(got, c.want) {
			t.Errorf("keep %v: pages begin at %v, want %v", c.keep, got, c.want)
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		text string
		room float64
		want int
	}{
		{"", 50, 1},
		{"Đạt", 50, 1},
		{"Cơ bản đạt", 30, 2},
		{"một\nhai", 100, 2},
		{"TH-000417-TH-000417-TH-000417", 60, 3},
	} {
		if got := wrapped(c.text, 10, false, c.room); got != c.want {
			t.Errorf("%q in %g points: %d lines, want %d", c.text, c.room, got, c.want)
		}
	}
}
