//go:build !race

package main

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// cutChanges take away what then has to be asked for.
var cutChanges = []change{
	{"a column of figures deleted", func(w *workbook, pick func(int) int) {
		t := w.table()
		if cols := w.figureColumns(t); len(cols) > 0 {
			w.pasteValues()
			t.deleteCol(cols[pick(len(cols))])
			w.must = append(w.must, "COT-001")
		}
	}},
}

// figureColumns lists the columns with the only values of an indicator, without
// those whose deletion would take the text of a merged heading away.
func (w *workbook) figureColumns(t laid) []int {
	now, columns := w.now(), map[string][]int{}
	for _, row := range w.want.Rows {
		for _, v := range row.Values {
			at, ok := now[v.Ref]
			if ok && at.Sheet == t.page.name && v.Field != tonghop.FieldTotalMet && !slices.Contains(columns[v.Field], at.Col) {
				columns[v.Field] = append(columns[v.Field], at.Col)
			}
		}
	}
	var out []int
	for _, cols := range columns {
		leads := slices.ContainsFunc(t.merges, func(m tonghop.Area) bool { return m.Left == cols[0] && m.Right > m.Left })
		figures := slices.ContainsFunc(t.rows, func(row int) bool {
			c := t.cells[place{row, cols[0]}]
			return c != nil && c.Kind == tonghop.CellNumber
		})
		if len(cols) == 1 && !leads && figures {
			out = append(out, cols[0])
		}
	}
	slices.Sort(out)
	return out
}
