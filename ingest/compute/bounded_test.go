package compute

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
)

// sheetOfSums is a sheet that would take hours if it were long and every
// formula visited its cells.
type sheetOfSums struct {
	name    string
	full    bool // all of it is computed
	down    bool // the first formula has none above it
	formula func(rows, row int) string
}

var heavy = []sheetOfSums{
	{"running total", true, false, func(_, row int) string { return fmt.Sprintf("SUM(A$1:A%d)", row) }},
	{"whole column", true, false, func(_, _ int) string { return "SUM(A:A)" }},
	{"neighbours", true, false, func(_, row int) string { return fmt.Sprintf("A%d+SUM(A%d:A%d)", row, max(1, row-9), row) }},
	{"chain down", true, true, func(_, row int) string { return fmt.Sprintf("A%d+B%d", row, row-1) }},
	{"chain up", true, false, func(_, row int) string { return fmt.Sprintf("A%d+B%d", row, row+1) }},
	{"all below", false, false, func(rows, row int) string {
		return fmt.Sprintf("A1+SUM(B%d:B%d)-SUM(B%d:B%d)", row+1, rows+1, row+1, rows+1)
	}},
	{"all above", false, true, func(_, row int) string { return fmt.Sprintf("A1+SUM(B$1:B%d)-SUM(B$1:B%d)", row-1, row-1) }},
	{"criterion", false, false, func(_, _ int) string { return `COUNTIF(A:A,">=5")` }},
	{"wide", false, false, func(_, row int) string { return fmt.Sprintf("SUM(A%d:A%d)+SUM(A$1:A%d)", max(1, row-90), row, row) }},
	{"subtotal", false, false, func(_, _ int) string { return "SUBTOTAL(9,A:A)" }},
}

// book is a sheet of two columns, figures and formulas.
func (h sheetOfSums) book(rows int) *tonghop.Book {
	style := &tonghop.Style{}
	s := tonghop.Sheet{Name: "Sheet1"}
	for row := 1; row <= rows; row++ {
		v, formula := fmt.Sprintf("%d.%d", row%1000, row%10), h.formula(rows, row)
		if h.name == "wide" {
			v = fmt.Sprintf("1.2345678901234567E-%d", row%300)
		}
		if row == 1 && h.down {
			formula = "A1+0"
		}
		s.Lines = append(s.Lines, tonghop.Line{Row: row, Cells: []tonghop.Cell{
			{Row: row, Col: 1, Kind: tonghop.CellNumber, Stored: v, Shown: v, Style: style},
			{Row: row, Col: 2, HasForm: true, Formula: formula, Style: style},
		}})
	}
	return &tonghop.Book{Format: "xlsx", Sheets: []tonghop.Sheet{s}}
}

// Long sheets of long sums are done, or given up where the work that they may
// take is used up. With TONGHOP_HEAVY=1000000 the sheets are the longest that
// may be read, and the time that they take is logged.
func TestFillBounded(t *testing.T) {
	rows, work := 2000, 2_000_000
	if n, err := strconv.Atoi(os.Getenv("TONGHOP_HEAVY")); err == nil {
		rows, work = n, workMax
	}
	for _, tt := range heavy {
		t.Run(tt.name, func(t *testing.T) {
			b := tt.book(rows)
			start := time.Now()
			f := fill(b, work)
			t.Logf("%d of %d in %v", f.done, rows, time.Since(start))
			// One formula more than there was work for, at most.
			if over := -f.left; over > 400*rows {
				t.Errorf("%d units of work too many", over)
			}
			if tt.full != (f.done == rows) && work < workMax {
				t.Errorf("%d computed of %d", f.done, rows)
			}
			if work < workMax {
				half := fill(tt.book(rows), (work-max(f.left, 0))/2)
				if half.done >= f.done {
					t.Errorf("half the work computed %d, all of it %d", half.done, f.done)
				}
			}
		})
	}
}

func BenchmarkFill(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		book := heavy[0].book(10_000)
		b.StartTimer()
		Fill(book)
	}
}

// A chain of formulas that each wait for the next one is followed so far and no
// farther.
func TestFillDepth(t *testing.T) {
	b := heavy[4].book(depthMax + 10)
	if n := Fill(b); n != 10 { // those below the depthMax that waited
		t.Errorf("%d computed", n)
	}
}
