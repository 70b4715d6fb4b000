package normalize

import (
	"strconv"

	"github.com/tonghop/tonghop"
)

// A table that lies on its side is read from a turned copy of its sheet. What
// is read leads to cells of that copy, and is turned back here before anybody
// else sees it. To turn twice is to turn back.

func turnArea(a tonghop.Area) tonghop.Area {
	return tonghop.Area{Top: a.Left, Left: a.Top, Bottom: a.Right, Right: a.Bottom}
}

func turnRef(r tonghop.Ref) tonghop.Ref {
	r.Row, r.Col = r.Col, r.Row
	return r
}

// turnCover turns the addresses of a table and of what was found in it.
func turnCover(cv tonghop.Cover) tonghop.Cover {
	cv.Header, cv.Findings = turnArea(cv.Header), turnFindings(cv.Findings, cv.Sheet)
	cols := make([]tonghop.Column, len(cv.Columns))
	for i, c := range cv.Columns {
		c.Header = turnRef(c.Header)
		cols[i] = c
	}
	cv.Columns = cols
	if cv.OfficeAt.Sheet == cv.Sheet {
		cv.OfficeAt = turnRef(cv.OfficeAt)
	}
	if cv.PeriodAt.Sheet == cv.Sheet {
		cv.PeriodAt = turnRef(cv.PeriodAt)
	}
	return cv
}

// turnFindings turns findings about the turned copy of a sheet back, with what
// their sentences call rows and columns.
func turnFindings(found []tonghop.Finding, sheet string) []tonghop.Finding {
	out := make([]tonghop.Finding, len(found))
	for i, f := range found {
		if out[i] = f; f.Sheet != sheet {
			continue
		}
		areas := make([]tonghop.Area, len(f.Areas))
		for j, a := range f.Areas {
			areas[j] = turnArea(a)
		}
		if f.Areas != nil {
			f.Areas = areas
		}
		f.Args = turnArgs(f.Args)
		if f.Args["area"] != "" && len(areas) > 0 {
			f.Args["area"] = areas[0].String()
		}
		if f.Args["hole"] != "" && len(areas) > 1 {
			f.Args["hole"] = areas[1].String()
			f.Args["target"] = targetOf(areas[0], f.Args["move"])
		}
		out[i] = f
	}
	return out
}

// turnArgs renames what a sentence calls a column: line and other_line are rows
// of the sheet, and of the row's number becomes a column's letters.
func turnArgs(args map[string]string) map[string]string {
	if args == nil {
		return nil
	}
	out := map[string]string{}
	for k, v := range args {
		switch {
		case k == "column":
			out["line"] = rowOf(v)
		case k == "move":
			out[k] = map[string]string{"down": "right", "right": "down", "up": "left", "left": "up"}[v]
		case k == "other" && tonghop.ColumnNumber(args["column"]) > 0:
			out["other_line"] = rowOf(v)
		case k == "line":
			out["column"] = columnOf(v)
		case k == "other_line":
			out["other"] = columnOf(v)
		case k == "row":
			out["column"] = columnOf(v)
		default:
			out[k] = v
		}
	}
	return out
}

// rowOf is the row of the sheet that a column of its turned copy is.
func rowOf(column string) string {
	return strconv.Itoa(tonghop.ColumnNumber(column))
}

// columnOf is the column of the turned copy that a row of the sheet is.
func columnOf(row string) string {
	n, _ := strconv.Atoi(row)
	return tonghop.ColumnName(n)
}

// turnReading turns everything that was read from a turned copy back.
func turnReading(r tonghop.Reading) tonghop.Reading {
	r.Cover = turnCover(r.Cover)
	r.Findings = turnFindings(r.Findings, r.Cover.Sheet)
	for i := range r.Rows {
		row := &r.Rows[i]
		row.NameRef, row.Area = turnRef(row.NameRef), turnArea(row.Area)
		turnValues(row.Values)
	}
	for i := range r.Totals {
		r.Totals[i].Label = turnRef(r.Totals[i].Label)
		turnValues(r.Totals[i].Values)
	}
	for i := range r.Printed {
		r.Printed[i].Ref = turnRef(r.Printed[i].Ref)
	}
	for i := range r.Ignored {
		r.Ignored[i].Area = turnArea(r.Ignored[i].Area)
	}
	return r
}

func turnValues(values []tonghop.Value) {
	for i := range values {
		values[i].Ref = turnRef(values[i].Ref)
	}
}
