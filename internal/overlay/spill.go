package overlay

import "github.com/tonghop/tonghop"

// spill lets long texts run on over the blank cells on their right, as a
// spreadsheet program shows a title that stands in a narrow column. A cell that
// something is said of is not run over.
func (k *sketch) spill() {
	for i := range k.rows {
		if k.rows[i].n == 0 {
			continue
		}
		for j := 0; j < len(k.cols); j++ {
			c := k.cell(i, j)
			if c.inside || c.span != (tonghop.Area{}) || c.text.Blank() || c.text.Kind != tonghop.CellText {
				continue
			}
			_, align := k.looks(c.text)
			need, have, last := len([]rune(shown(c.text))), k.letters(j), j
			for need > have && (align == "" || align == "left") && last+1 < len(k.cols) && k.free(i, last+1) {
				last++
				have += k.letters(last)
			}
			if last == j {
				continue
			}
			for at := j + 1; at <= last; at++ {
				over := k.cell(i, at)
				over.inside, over.owner = true, i*len(k.cols)+j
			}
			c.span = tonghop.Area{Top: i, Left: j, Bottom: i, Right: last}
			j = last
		}
	}
}

// free reports whether nothing stands in a cell and nothing is said of it.
func (k *sketch) free(i, j int) bool {
	c := k.cell(i, j)
	return k.cols[j].n > 0 && !c.inside && c.span == (tonghop.Area{}) && c.text.Blank() && len(c.taken) == 0 && len(c.flags) == 0 &&
		c.asked == ""
}

// looks tells how a cell's text is drawn.
func (k *sketch) looks(c *tonghop.Cell) (bold bool, align string) {
	if k.look.Cell == nil {
		return false, ""
	}
	return k.look.Cell(c.Row, c.Col)
}
