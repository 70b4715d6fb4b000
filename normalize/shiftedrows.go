package normalize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tonghop/tonghop"
)

// enoughShifted is how many cells must show that a block slid.
const enoughShifted = 3

// slidDown finds a block that was pushed down by one row: one commune has nothing
// in a stretch of columns in which all others have something, and in the very same
// columns something stands without a name right below the table. The first row
// behind the last commune then holds what a commune holds, or the row without a
// name sums up the rows that slid.
func (t *contents) slidDown() (tonghop.Finding, bool) {
	if len(t.tail) == 0 || len(t.lines) < 3 {
		return tonghop.Finding{}, false
	}
	first, spill := t.tail[0].row, t.tail[len(t.tail)-1].row
	leaks := t.leaks()
	cols := t.stretchOf(func(c tonghop.Column) bool { return leaks[c.Col] })
	if t.tail[len(t.tail)-1].kind == rowNameless {
		cols = t.stretchOf(func(c tonghop.Column) bool { return t.at(spill, c.Col) != holdsNothing })
	} else {
		spill = first
	}
	hole, ok := t.holeIn(cols)
	if !ok {
		return tonghop.Finding{}, false
	}
	// a column without a total spills nothing, but its last figure stands in the row of totals
	cols = t.widened(cols, func(c tonghop.Column) bool {
		return t.at(hole, c.Col) == holdsNothing && t.at(first, c.Col) != holdsNothing
	})
	if len(cols) < 2 {
		return t.slidDownAlone(cols, hole, first, spill)
	}
	proof, of := 0, 0
	for _, c := range cols {
		switch {
		case t.marks[c.Col] && t.at(first, c.Col) != holdsNothing:
			if of++; t.at(first, c.Col) == holdsMark {
				proof++
			}
		case first == spill && !t.marks[c.Col] && (t.at(first, c.Col) == holdsFigure || t.isFigure(first, c.Col)):
			of, proof = of+1, proof+1
		case leaks[c.Col]:
			of, proof = of+1, proof+1
		case first != spill && !t.marks[c.Col]:
			if sum, ok := t.figure(t.tail[min(1, len(t.tail)-1)].row, c.Col); ok {
				if of++; t.sums(sum, c.Col, hole, first) {
					proof++
				}
			}
		}
	}
	if proof < min(enoughShifted, len(cols)) || proof*5 < of*3 {
		return tonghop.Finding{}, false
	}
	return t.slidBlock("NG-001", "down", over(cols, hole+1, spill), over(cols, hole, hole), proof, of), true
}

// slidDownAlone finds a single column that was pushed down: one commune alone is blank
// in it, and what the column asks for stands below the table in a row that holds
// nothing else and has no name. Its figures are not used, but the report is not held for
// them: one column of many says less than a block. A sum without a name is no slide.
func (t *contents) slidDownAlone(cols []tonghop.Column, hole, first, spill int) (tonghop.Finding, bool) {
	if len(cols) != 1 || first != spill || t.tail[0].kind != rowNameless {
		return tonghop.Finding{}, false
	}
	col := cols[0].Col
	last := t.lines[len(t.lines)-1]
	for _, row := range t.lines {
		if row != hole && !t.aside[row] && t.at(row, col) == holdsNothing {
			return tonghop.Finding{}, false
		}
	}
	if sum, ok := t.figure(first, col); t.marks[col] && t.at(first, col) != holdsMark || !t.marks[col] && (!ok || t.sums(sum, col, hole, last)) {
		return tonghop.Finding{}, false
	}
	f := t.slidBlock("NG-001", "down", over(cols, hole+1, spill), over(cols, hole, hole), 1, 1)
	f.Holds = false
	return f, true
}

// leaks are the columns of figures in which the first summing row holds what no count of
// communes can be, although it has nothing in the other columns of figures: the last
// commune's figure may have been pushed into it. A row of means has them everywhere.
func (t *contents) leaks() map[int]bool {
	out := map[int]bool{}
	if t.tail[0].kind != rowTotal {
		return out
	}
	for _, c := range t.cols {
		d, ok := t.figure(t.tail[0].row, c.Col)
		if t.marks[c.Col] || c.Field == tonghop.FieldTotalMet || !ok || d.IsInteger() && d.LessThanOrEqual(decimal.NewFromInt(int64(len(t.lines)))) {
			continue
		}
		if !slices.ContainsFunc(t.lines, func(row int) bool { return t.at(row, c.Col) == holdsNothing }) {
			return map[int]bool{}
		}
		out[c.Col] = true
	}
	return out
}

// holeIn is the one commune that has nothing in a stretch of columns which the
// others fill; false if there is none, or several.
func (t *contents) holeIn(cols []tonghop.Column) (row int, ok bool) {
	full := 0
	owing := 0
	for _, line := range t.lines {
		n := t.filled(line, cols)
		if n == 0 && t.aside[line] { // blank because nothing is asked of it
			continue
		}
		owing++
		switch {
		case n == 0 && row > 0:
			return 0, false
		case n == 0:
			row = line
		case n*5 >= len(cols)*3:
			full++
		}
	}
	return row, row > 0 && full*5 >= (owing-1)*4
}

// slidUp finds a block that was pulled up by one row: the last commune holds what
// the row below it should hold, figures among marks or sums among figures, and
// the last summing row has nothing there. In which row cells were taken out cannot
// be seen from that.
func (t *contents) slidUp() (tonghop.Finding, bool) {
	if len(t.tail) == 0 || len(t.lines) < 3 || t.tail[len(t.tail)-1].kind != rowTotal {
		return tonghop.Finding{}, false
	}
	last, end := t.lines[len(t.lines)-1], t.tail[len(t.tail)-1].row
	lacks := func(c tonghop.Column) bool { return t.at(end, c.Col) == holdsNothing }
	odd := func(c tonghop.Column) bool { return t.belongsToTotal(c.Col, last) }
	cols := t.longest(lacks, odd)
	if len(cols) == 0 {
		return tonghop.Finding{}, false
	}
	// a column without a total leaves the last commune blank
	bare := func(c tonghop.Column) bool { return lacks(c) && t.onlyBlank(last, c.Col) }
	cols = t.widened(cols, bare)
	proof, of := 0, 0
	for _, c := range cols {
		if t.at(last, c.Col) != holdsNothing {
			of++
		}
		if odd(c) {
			proof++
		} else if bare(c) {
			of, proof = of+1, proof+1
		}
	}
	if proof < enoughShifted || proof*5 < of*3 {
		return tonghop.Finding{}, false
	}
	return t.slidBlock("NG-002", "up", over(cols, t.lines[0], end), over(cols, end, end), proof, of), true
}

// onlyBlank reports whether a commune alone has nothing in a column.
func (t *contents) onlyBlank(row, col int) bool {
	for _, line := range t.lines {
		if (t.at(line, col) == holdsNothing) != (line == row) {
			return false
		}
	}
	return true
}

// longest is, of the runs of columns of which keep says yes, the one with the most
// that are odd, from the first of these to the last.
func (t *contents) longest(keep, odd func(tonghop.Column) bool) (best []tonghop.Column) {
	most, count, first, last := 0, 0, 0, 0
	for i, c := range t.cols {
		if !keep(c) {
			count = 0
			continue
		}
		if !odd(c) {
			continue
		}
		if count == 0 {
			first = i
		}
		count, last = count+1, i
		if count > most {
			most, best = count, t.cols[first:last+1]
		}
	}
	return best
}

// widened adds the columns beside a stretch of which keep says yes.
func (t *contents) widened(cols []tonghop.Column, keep func(tonghop.Column) bool) []tonghop.Column {
	first := slices.IndexFunc(t.cols, func(c tonghop.Column) bool { return c.Col == cols[0].Col })
	last := first + len(cols) - 1
	for first > 0 && keep(t.cols[first-1]) {
		first--
	}
	for last < len(t.cols)-1 && keep(t.cols[last+1]) {
		last++
	}
	return t.cols[first : last+1]
}

// belongsToTotal reports whether the last commune holds in a column what only a
// summing row can: a number of communes among marks, or the sum of the others.
func (t *contents) belongsToTotal(col, last int) bool {
	if t.marks[col] {
		return t.at(last, col) == holdsFigure || t.at(last, col) == holdsEither && t.isFigure(last, col)
	}
	sum, ok := t.figure(last, col)
	return ok && t.sums(sum, col, last, t.lines[len(t.lines)-2])
}

func (t *contents) isFigure(row, col int) bool {
	_, ok := t.figure(row, col)
	return ok
}

// sums reports whether a figure is the sum of a column's communes, but for the one
// in the row without, and of a further row. A mean shows nothing: it lies among the
// figures.
func (t *contents) sums(sum decimal.Decimal, col, without, further int) bool {
	all, count := decimal.Zero, 0
	rows := t.lines
	if !slices.Contains(rows, further) {
		rows = append(slices.Clone(rows), further)
	}
	for _, row := range rows {
		if row == without {
			continue
		}
		if d, ok := t.figure(row, col); ok {
			if d.Equal(sum) {
				return false
			}
			all, count = all.Add(d), count+1
		}
	}
	if count < 3 || all.IsZero() {
		return false
	}
	return sum.Equal(all)
}
