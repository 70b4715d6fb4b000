package overlay

import "github.com/tonghop/tonghop"

// A page of paper lies on its side and is so many letters wide. A table that is
// wider is drawn again for paper, in bands of columns, each with the names of its
// rows: a browser would cut it off.
const (
	paperWide  = 128 // letters
	paperNames = 30  // of the names that each band repeats
)

// bands are the columns of each page; one band if all fit on one.
func (k *sketch) bands() [][]int {
	names := k.nameCols()
	var out [][]int
	var band []int
	wide, own := 0, 0
	begin := func(j int) {
		band, wide, own = nil, 4, 0 // the numbers of the rows
		for _, n := range names {
			if n < j {
				band = append(band, n)
				wide += k.letters(n)
			}
		}
	}
	begin(0)
	for j := range k.cols {
		if wide+k.letters(j) > paperWide && own > 0 {
			out = append(out, band)
			begin(j)
		}
		band = append(band, j)
		wide += k.letters(j)
		own++
	}
	return append(out, band)
}

// nameCols are the columns with the names of communes, or on its side of the
// criteria.
func (k *sketch) nameCols() []int {
	var out []int
	wide := 0
	for j := range k.cols {
		found := 0
		for i := range k.rows {
			for _, t := range k.cell(i, j).taken {
				if t.Kind == KindName || t.Kind == KindSide {
					found++
				}
			}
		}
		if found < 2 || wide+k.letters(j) > paperNames {
			continue
		}
		wide += k.letters(j)
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
