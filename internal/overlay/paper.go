package overlay

import "github.com/tonghop/tonghop"

// A page of paper lies on its side and is so wide, in units of the letters' size:
// 277 mm at 7 points, with some room to spare. A table that is wider is drawn
// again for paper, in bands of columns, each with the names of its rows: a browser
// would cut it off.
const (
	paperWide  = 106.0
	paperNames = 22.0 // of it for the names that each band repeats
)

// paper is how wide a column is drawn, in units of the letters' size, as the
// style sheet has it.
func (k *sketch) paper(j int) float64 { return 0.56*float64(k.letters(j)) + 0.6 }

// bands are the columns of each page; one band if all fit on one.
func (k *sketch) bands() [][]int {
	names := k.nameCols()
	var out [][]int
	var band []int
	wide, own := 0.0, 0
	begin := func(j int) {
		band, wide, own = nil, 3, 0 // the numbers of the rows
		for _, n := range names {
			if n < j {
				band = append(band, n)
				wide += k.paper(n)
			}
		}
	}
	begin(0)
	for j := range k.cols {
		if wide+k.paper(j) > paperWide && own > 0 {
			out = append(out, band)
			begin(j)
		}
		band = append(band, j)
		wide += k.paper(j)
		own++
	}
	return append(out, band)
}

// nameCols are the columns with the names of communes, or on its side of the
// criteria.
func (k *sketch) nameCols() []int {
	var out []int
	wide := 0.0
	for j := range k.cols {
		found := 0
		for i := range k.rows {
			for _, t := range k.cell(i, j).taken {
				if t.Kind == KindName || t.Kind == KindSide {
					found++
				}
			}
		}
		if found < 2 || wide+k.paper(j) > paperNames {
			continue
		}
		wide += k.paper(j)
		out = append(out, j)
	}
	return out
}

// name is the letters of a column; of a stretch, of its first one.
func (k *sketch) name(j int) string {
	if k.cols[j].n == 0 {
		return tonghop.ColumnName(k.cols[j].from)
	}
	return tonghop.ColumnName(k.cols[j].n)
}
