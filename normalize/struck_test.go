package normalize_test

import (
	"testing"

	"github.com/tonghop/tonghop/normalize"
)

// TestStruckRow: a row whose name is struck out is asked about, and kept.
func TestStruckRow(t *testing.T) {
	f := tidy()
	b := f.book()
	for _, l := range b.Sheets[0].Lines {
		for i := range l.Cells {
			if l.Cells[i].Stored == f.names[1] {
				style := *l.Cells[i].Style
				style.Struck = true
				l.Cells[i].Style = &style
			}
		}
	}
	r := read(t, newNormalizer(t), b, normalize.Hints{})
	if got := asks(r.Findings); got != "DONG-010 B6:BH6" {
		t.Errorf("asked %q", got)
	}
	if v := valueOf(t, r, "29467", "10"); v.Figure() != "60.5" {
		t.Errorf("kept %q", v.Figure())
	}
}
