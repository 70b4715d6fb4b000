package normalize

import (
	"sort"

	"github.com/tonghop/tonghop"
)

// spreadColumnFindings lets a query about a column name all its cells in the
// rows of the table, not only its header; one about columns that are not there
// names the communes that have nothing in them.
func (r *reader) spreadColumnFindings(found []tonghop.Finding, rows []seenRow) {
	first, last := 0, 0
	for _, s := range rows {
		if s.kind == rowCommune || s.kind == rowStranger {
			if first == 0 {
				first = s.row
			}
			last = s.row
		}
	}
	if first == 0 {
		return
	}
	for i, f := range found {
		cols := []int{tonghop.ColumnNumber(f.Args["column"])}
		switch {
		case f.Severity == tonghop.Note:
			continue
		case f.Rule == "COT-001" || f.Rule == "COT-022":
			cols[0] = r.unitCol
		case cols[0] > 0:
			cols = append(cols, tonghop.ColumnNumber(f.Args["other"]))
		}
		for _, col := range cols {
			if col > 0 {
				found[i].Areas = append(found[i].Areas, tonghop.Area{Top: first, Left: col, Bottom: last, Right: col})
			}
		}
	}
}

// columnHabits are the questions that one habit of a clerk raises in many cells
// of a column: they are asked once, with all cells.
var columnHabits = map[string]bool{"O-005": true, "O-011": true, "O-034": true}

// gatherNotes puts notes of one rule and field together, so that a liberty
// taken in a whole column is said once with all its cells; so is the question
// whether the column's 0 and 1 are marks.
func gatherNotes(found []tonghop.Finding) []tonghop.Finding {
	var out []tonghop.Finding
	at := map[string]int{}
	for _, f := range found {
		whole := f.Severity == tonghop.Note || columnHabits[f.Rule]
		if !whole || len(f.Areas) == 0 {
			out = append(out, f)
			continue
		}
		key := f.Rule + "|" + f.Field + "|" + f.Sheet + "|" + f.Args["why"]
		if i, ok := at[key]; ok {
			out[i].Areas = append(out[i].Areas, f.Areas...)
			if out[i].Unit != f.Unit {
				out[i].Unit = "" // of several communes
			}
			continue
		}
		at[key] = len(out)
		out = append(out, f)
	}
	for i := range out {
		if out[i].Severity == tonghop.Note || columnHabits[out[i].Rule] {
			out[i].Areas = joinAreas(out[i].Areas)
		}
	}
	return out
}

// joinAreas joins cells that stand under one another or side by side.
func joinAreas(areas []tonghop.Area) []tonghop.Area {
	sort.SliceStable(areas, func(i, j int) bool {
		if areas[i].Left != areas[j].Left {
			return areas[i].Left < areas[j].Left
		}
		return areas[i].Top < areas[j].Top
	})
	var out []tonghop.Area
	for _, a := range areas {
		if n := len(out); n > 0 && out[n-1].Left == a.Left && out[n-1].Right == a.Right && a.Top <= out[n-1].Bottom+1 {
			out[n-1].Bottom = max(out[n-1].Bottom, a.Bottom)
			continue
		}
		out = append(out, a)
	}
	return out
}
