package normalize

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

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
// one formula: they no longer follow the row. Summing rows, and the total of a
// commune whose criteria are all marked, are checked against what they sum up,
// so a number there needs no question of its own.
func (r *reader) overtyped(seen []seenRow, rows []tonghop.Row) []tonghop.Finding {
	checked := r.checkedTotals(rows)
	var found []tonghop.Finding
	for _, c := range r.fields {
		typed, example, count := r.typedAmongFormulas(seen, c.Col)
		if count < fewestFormulas || count < formulasPerNumber*len(typed) {
			continue
		}
		for _, s := range typed {
			cell := r.g.sheet.Cell(s.row, c.Col)
			v := tonghop.Value{Field: c.Field, Ref: r.g.ref(s.row, c.Col), Shown: shownText(cell)}
			f := query("O-033", v, "formula", clip(example), "count", strconv.Itoa(count))
			if ownCounts[c.Field] && checked[s.row] {
				f = note("GC-064", v.Ref, v.Field, v.Shown).Arg("formula", clip(example)).Arg("count", strconv.Itoa(count))
			}
			f.Unit = s.match.unit.Code
			found = append(found, f)
		}
	}
	return found
}

// typedAmongFormulas finds the typed numbers of a column in which everything
// else is one formula, with an example of it and how many there are; none
// where the column holds anything else.
func (r *reader) typedAmongFormulas(seen []seenRow, col int) (typed []seenRow, example string, count int) {
	shape := ""
	for _, s := range seen {
		cell := r.g.sheet.Cell(s.row, col)
		switch {
		case s.kind != rowCommune || cell.Blank():
		case cell.HasForm && cell.Formula != "":
			own := formulaShape(cell.Formula, s.row, col)
			if count++; count == 1 {
				shape, example = own, cell.Formula
			} else if own != shape {
				return nil, "", 0
			}
		case cell.HasForm || cell.Kind != tonghop.CellNumber:
			return nil, "", 0
		default:
			typed = append(typed, s)
		}
	}
	return typed, example, count
}

// checkedTotals tells the rows whose total nobody need ask about here: every
// criterion has a mark, so that the total is compared with them, or it is the
// number of those that are met, which is what a formula would count.
func (r *reader) checkedTotals(rows []tonghop.Row) map[int]bool {
	checked := map[int]bool{}
	for _, row := range rows {
		marks := map[string]tonghop.Mark{}
		said := map[string]bool{}
		for _, v := range row.Values {
			said[v.Field] = said[v.Field] || v.Empty == tonghop.NotDue || v.Empty == tonghop.NotApplicable
			if v.Mark != tonghop.MarkNone && marks[v.Field] != tonghop.Met {
				marks[v.Field] = v.Mark
			}
		}
		met, all := int64(0), true
		for _, cr := range r.n.known.Criteria.Criteria {
			no := strconv.Itoa(cr.No)
			m := marks["TC"+no]
			if len(cr.Indicators) == 1 && m == tonghop.MarkNone {
				m = marks[no]
			}
			all = all && (m != tonghop.MarkNone || said["TC"+no] || len(cr.Indicators) == 1 && said[no])
			if m == tonghop.Met {
				met++
			}
		}
		total, ok := row.Value(tonghop.FieldTotalMet, false)
		checked[row.NameRef.Row] = all || met > 0 && ok && total.Number.Valid && total.Number.Decimal.Equal(decimal.NewFromInt(met))
	}
	return checked
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
