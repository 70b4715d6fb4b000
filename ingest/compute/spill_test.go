package compute_test

import (
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/compute"
)

// Where a formula without a value fills several cells nothing is computed: the
// others look blank, and are not.
func TestFillSpills(t *testing.T) {
	style := &tonghop.Style{}
	book := func(cached bool) *tonghop.Book {
		array := tonghop.Cell{Row: 1, Col: 1, HasForm: true, Formula: "C1:C3*2", Style: style}
		if cached {
			array.Cached, array.Kind, array.Stored, array.Shown = true, tonghop.CellNumber, "2", "2"
		}
		return &tonghop.Book{Format: "xlsx", Sheets: []tonghop.Sheet{{Name: "A",
			Lines:  []tonghop.Line{{Row: 1, Cells: []tonghop.Cell{array, {Row: 1, Col: 2, HasForm: true, Formula: "SUM(A1:A3)", Style: style}}}},
			Arrays: []tonghop.Area{{Top: 1, Left: 1, Bottom: 3, Right: 1}}}}}
	}
	if n := compute.Fill(book(false)); n != 0 {
		t.Errorf("computed %d beside an array without values", n)
	}
	if n := compute.Fill(book(true)); n != 1 {
		t.Errorf("computed %d beside an array with values, want 1", n)
	}
}
