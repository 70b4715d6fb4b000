package compute_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tonghop/tonghop/ingest/compute"
)

// Long ranges, which are summed by blocks, come to the same as cell by cell,
// wherever they begin and end.
func TestFillLong(t *testing.T) {
	const rows = 900
	r := rand.New(rand.NewPCG(1, 2))
	var cells []string
	tenths, filled := make([]int, rows+1), make([]bool, rows+1)
	for row := 1; row <= rows; row++ {
		switch {
		case row == 100:
			cells = append(cells, "A100='85,5")
		case row%7 == 0:
			cells = append(cells, fmt.Sprintf("A%d='không", row))
			filled[row] = true
		case row%50 == 1: // a formula among the figures
			cells = append(cells, fmt.Sprintf("A%d==B%d+0.5", row, row), fmt.Sprintf("B%d=%d", row, row))
			tenths[row], filled[row] = 10*row+5, true
		case row%11 != 0:
			tenths[row] = r.IntN(20_001) - 10_000
			cells = append(cells, fmt.Sprintf("A%d=%d.%d", row, tenths[row]/10, abs(tenths[row]%10)))
			if -10 < tenths[row] && tenths[row] < 0 {
				cells[len(cells)-1] = fmt.Sprintf("A%d=-0.%d", row, -tenths[row])
			}
			filled[row] = true
		}
	}
	ranges := map[int][2]int{}
	for n := 1; n <= 300; n++ {
		from, to := 1+r.IntN(rows), 1+r.IntN(rows)
		ranges[n] = [2]int{min(from, to), max(from, to)}
		at := fmt.Sprintf("A%d:A%d", from, to)
		cells = append(cells, fmt.Sprintf("D%d==SUM(%s)", n, at), fmt.Sprintf("E%d==COUNT(%s)", n, at), fmt.Sprintf("F%d==COUNTA(%s)", n, at))
	}
	b := build(t, "xlsx", cells...)
	compute.Fill(b)
	for n, span := range ranges {
		sum, numbers, all, doubt := 0, 0, 0, false
		for row := span[0]; row <= span[1]; row++ {
			doubt = doubt || row == 100
			sum += tenths[row]
			all += btoi(filled[row])
			numbers += btoi(filled[row] && row%7 != 0)
		}
		want := []string{fmt.Sprint(float64(sum) / 10), fmt.Sprint(numbers), fmt.Sprint(all)}
		if doubt {
			want = []string{left, left, fmt.Sprint(all + 1)}
		}
		for i, column := range "DEF" {
			if c := cellAt(t, b, fmt.Sprintf("%c%d", column, n)); c.Stored != want[i] {
				t.Errorf("%s: %q, want %q", c.Formula, c.Stored, want[i])
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }
