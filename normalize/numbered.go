package normalize

import (
	"strings"

	"github.com/tonghop/tonghop/internal/viet"
)

// lettersFirst tells a row that numbers the columns by how it begins, however
// short it is: A, or A and B, over the first columns and then 1, 2, 3 … without a gap,
// or (1), (2), (3) all in brackets. A row of criterion numbers has words over
// its first columns. Tables side by side begin anew, or count on.
func lettersFirst(g *grid, row int, cols []int) bool {
	letters, numbers, brackets, last := 0, 0, 0, 0
	for _, c := range cols {
		text := g.text(row, c)
		n, bracket, ok := columnOrdinal(text)
		if !ok {
			return false
		}
		if bracket {
			brackets++
		}
		if n >= 0 {
			if n != last+1 && (n != 1 || numbers > 0) {
				return false
			}
			last, numbers = n, numbers+1
			continue
		}
		if numbers > 0 { // the next table begins
			if letters == 0 {
				return false
			}
			letters, numbers = 0, 0
		}
		if strings.ToLower(strings.Trim(viet.Plain(text), "()[] ")) != string(rune('a'+letters)) {
			return false
		}
		letters++
	}
	switch letters {
	case 0:
		return brackets == len(cols) && len(cols) >= 3
	case 1:
		return numbers >= 2 // communes without a number before them
	}
	return numbers > 0
}
