package validate

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/tonghop/tonghop"
)

// A question is one of a whole line where at least fewestOfLine cells are asked
// about alike, and they are at least three in five of its cells.
const fewestOfLine = 4

// strip is a column or a row of a sheet; the rows of a table that lies on its side
// are columns.
type strip struct {
	sheet  string
	column bool
	at     int
}

// strips are the two lines in which a cell stands.
func strips(r tonghop.Ref) [2]strip {
	return [2]strip{{r.Sheet, true, r.Col}, {r.Sheet, false, r.Row}}
}

// extents counts the cells of a return in each of its lines: those of communes,
// and those of summing rows.
func extents(ret *tonghop.Return) (communes, totals map[strip]int) {
	communes, totals = map[strip]int{}, map[strip]int{}
	count := func(into map[strip]int, values []tonghop.Value) {
		for _, v := range values {
			for _, l := range strips(v.Ref) {
				into[l]++
			}
		}
	}
	for i := range ret.Rows {
		count(communes, ret.Rows[i].Values)
	}
	for i := range ret.Totals {
		count(totals, ret.Totals[i].Values)
	}
	return communes, totals
}

// cellOf is the cell that a finding is about, if it is about one: the first that it
// names, beside which it may name another one of the same row.
func cellOf(f tonghop.Finding) (tonghop.Ref, bool) {
	if len(f.Areas) == 0 || len(f.Areas) > 2 {
		return tonghop.Ref{}, false
	}
	for _, a := range f.Areas {
		if a.Left != a.Right || a.Top != a.Bottom {
			return tonghop.Ref{}, false
		}
	}
	return tonghop.Ref{Sheet: f.Sheet, Row: f.Areas[0].Top, Col: f.Areas[0].Left}, true
}

// foldLines puts findings that say the same of the cells of a column or a row
// under the first of them, where they are of most of its cells; that one then
// speaks of the whole line. What they expect may differ from cell to cell.
func foldLines(all []tonghop.Finding, ret *tonghop.Return) {
	type same struct {
		rule   string
		line   strip
		weight int
	}
	communes, totals := extents(ret)
	groups := map[same][]int{}
	var order []same
	for i, f := range all {
		cell, ok := cellOf(f)
		if f.Cause != "" || !ok {
			continue
		}
		for _, l := range strips(cell) {
			key := same{f.Rule, l, f.Weight()}
			if groups[key] == nil {
				order = append(order, key)
			}
			groups[key] = append(groups[key], i)
		}
	}
	slices.SortStableFunc(order, func(a, b same) int { return cmp.Compare(len(groups[b]), len(groups[a])) })
	for _, key := range order {
		group := slices.DeleteFunc(groups[key], func(i int) bool { return all[i].Cause != "" || all[i].Args["whole"] != "" })
		extent := communes[key.line]
		if ofTotals(key.rule) {
			extent = totals[key.line]
		}
		count := distinct(all, group)
		if count >= fewestOfLine && count*5 >= extent*3 || key.rule == "O-033" && key.line.column && count > 1 {
			foldLine(all, group, key.line, extent)
		} else if slices.Contains(columnFaults(), key.rule) {
			for _, run := range runs(all, group, key.line, ret) {
				foldLine(all, run, key.line, extent)
			}
		}
	}
}

// runs are the stretches of a line in which one commune after the other is asked about
// alike, though most of the line is not: half a column was typed by somebody else.
func runs(all []tonghop.Finding, group []int, l strip, ret *tonghop.Return) (out [][]int) {
	asked := map[tonghop.Ref]int{}
	for _, i := range group {
		cell, _ := cellOf(all[i])
		asked[cell] = i
	}
	var run []int
	end := func() {
		if len(run) >= fewestOfLine {
			out = append(out, run)
		}
		run = nil
	}
	for i := range ret.Rows {
		for _, v := range ret.Rows[i].Values {
			if v.Ref.Sheet != l.sheet || l.column && v.Ref.Col != l.at || !l.column && v.Ref.Row != l.at {
				continue
			}
			at, ok := asked[v.Ref]
			if !ok || len(run) > 0 && all[run[0]].Field != all[at].Field {
				end()
			}
			if ok {
				run = append(run, at)
			}
		}
	}
	end()
	return out
}

// columnFaults are what may be wrong with the figures of a whole column, from which
// the rest that is asked about the same cells follows; the stronger first.
func columnFaults() []string {
	return []string{"O-010", "O-041", "O-030", "O-005", "O-003", "O-004"}
}

// foldBeside puts what is asked about the cells of a line under what is wrong with the
// figures of that line.
func foldBeside(all []tonghop.Finding) {
	for rank, rule := range columnFaults() {
		follows := slices.Concat(columnFaults()[rank+1:], []string{"TC-001", "TC-002", "TC-003"})
		for i := range all {
			if all[i].Rule != rule || all[i].Cause != "" || all[i].Args["whole"] == "" {
				continue
			}
			cells := map[tonghop.Ref]bool{}
			for _, f := range all {
				if cell, ok := cellOf(f); ok && (f.Cause == all[i].Key() || f.Key() == all[i].Key()) {
					cells[cell] = true
				}
			}
			for j := range all {
				f := &all[j]
				if f.Cause == "" && j != i && slices.Contains(follows, f.Rule) && f.Weight() <= all[i].Weight() && namesOneOf(*f, cells) {
					f.Cause = all[i].Key()
				}
			}
		}
	}
}

// namesOneOf reports whether a finding names one of the cells.
func namesOneOf(f tonghop.Finding, cells map[tonghop.Ref]bool) bool {
	for cell := range cells {
		if f.Names(cell) {
			return true
		}
	}
	return false
}

// ofTotals reports whether a rule is about cells of summing rows.
func ofTotals(rule string) bool { return rule == "TONG-010" }

// distinct counts the cells of a group of findings.
func distinct(all []tonghop.Finding, group []int) int {
	cells := map[tonghop.Ref]bool{}
	for _, i := range group {
		cell, _ := cellOf(all[i])
		cells[cell] = true
	}
	return len(cells)
}

// foldLine puts a group of findings under its first, which then says of which
// line they are, and of how many of its cells.
func foldLine(all []tonghop.Finding, group []int, l strip, extent int) {
	first := group[0]
	from, to := along(all[first], l), along(all[first], l)
	for _, i := range group {
		from, to = min(from, along(all[i], l)), max(to, along(all[i], l))
		if all[i].Key() != all[first].Key() {
			all[i].Cause = all[first].Key()
		}
	}
	cell, _ := cellOf(all[first])
	count := distinct(all, group)
	f := all[first].Arg("whole_count", strconv.Itoa(count)).Arg("whole_all", strconv.Itoa(max(count, extent))).
		Arg("whole_others", strconv.Itoa(count-1)).Arg("whole_first", cell.Cell())
	if l.column {
		f = f.Arg("whole", "column").Arg("whole_line", tonghop.ColumnName(l.at)).
			Arg("whole_from", strconv.Itoa(from)).Arg("whole_to", strconv.Itoa(to))
	} else {
		f = f.Arg("whole", "row").Arg("whole_line", strconv.Itoa(l.at)).
			Arg("whole_from", tonghop.ColumnName(from)).Arg("whole_to", tonghop.ColumnName(to))
	}
	all[first] = f
}

// along is where the cell of a finding stands along a line.
func along(f tonghop.Finding, l strip) int {
	if l.column {
		return f.Areas[0].Top
	}
	return f.Areas[0].Left
}
