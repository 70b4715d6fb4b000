package normalize

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// fewestFormulas is how many cells of a column must hold the same formula
// before a number typed among them is asked about, and formulasPerNumber how
// many for each such number.
const (
	fewestFormulas    = 3
	formulasPerNumber = 4
)

// overtyped asks about numbers typed into a column whose other cells all hold
// one formula: they no longer follow the row. Summing rows are checked against
// the communes, so they need no such question.
func (r *reader) overtyped(rows []seenRow) []tonghop.Finding {
	var found []tonghop.Finding
	for _, c := range r.fields {
		shapes := map[string]int{}
		var typed []seenRow
		other := false
		example := ""
		for _, s := range rows {
			cell := r.g.sheet.Cell(s.row, c.Col)
			if s.kind != rowCommune || cell.Blank() {
				continue
			}
			switch {
			case cell.HasForm && cell.Formula != "":
				shapes[formulaShape(cell.Formula, s.row, c.Col)]++
				if example == "" {
					example = cell.Formula
				}
			case cell.HasForm || cell.Kind != tonghop.CellNumber:
				other = true
			default:
				typed = append(typed, s)
			}
		}
		if other || len(typed) == 0 || len(shapes) != 1 {
			continue
		}
		for _, count := range shapes {
			if count < fewestFormulas || count < formulasPerNumber*len(typed) {
				continue
			}
			for _, s := range typed {
				cell := r.g.sheet.Cell(s.row, c.Col)
				v := tonghop.Value{Field: c.Field, Ref: r.g.ref(s.row, c.Col), Shown: shownText(cell)}
				f := query("O-033", v, "formula", clip(example), "count", strconv.Itoa(count))
				f.Unit = s.match.unit.Code
				found = append(found, f)
			}
		}
	}
	return found
}

var cellName = regexp.MustCompile(`(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})\b`)

// formulaShape writes a formula with its references relative to its own cell,
// so that the same formula copied along a column has one shape.
func formulaShape(formula string, row, col int) string {
	if len(formula) > longestMark*10 {
		return formula
	}
	return cellName.ReplaceAllStringFunc(formula, func(name string) string {
		m := cellName.FindStringSubmatch(name)
		c, r := "$"+m[2], "$"+m[4]
		if m[1] == "" {
			c = strconv.Itoa(tonghop.ColumnNumber(m[2]) - col)
		}
		if at, err := strconv.Atoi(m[4]); err == nil && m[3] == "" {
			r = strconv.Itoa(at - row)
		}
		return "[" + c + " " + r + "]"
	})
}

// clip shortens a formula for a sentence.
func clip(formula string) string {
	if runes := []rune(formula); len(runes) > 60 {
		return strings.TrimSpace(string(runes[:60])) + "…"
	}
	return formula
}
