package normalize

import (
	"github.com/tonghop/tonghop"
)

// outside accounts for what no table of a return covers: the other sheets, and
// what stands around its tables on theirs.
func outside(book *tonghop.Book, covers []tonghop.Cover) []tonghop.Ignored {
	var out []tonghop.Ignored
	for i := range book.Sheets {
		s := &book.Sheets[i]
		var regions []tonghop.Area
		of, whole := false, false
		for _, cv := range covers {
			if cv.Sheet == s.Name {
				of, whole = true, whole || cv.Region == (tonghop.Area{})
				regions = append(regions, cv.Region)
			}
		}
		switch {
		case len(s.Lines) == 0 || whole:
		case !of:
			out = append(out, tonghop.Ignored{Sheet: s.Name, Reason: "other_sheet"})
		default:
			out = append(out, around(s, regions)...)
		}
	}
	return out
}

// around lists what stands in a sheet outside some areas, row by row.
func around(s *tonghop.Sheet, regions []tonghop.Area) []tonghop.Ignored {
	first := regions[0].Top
	for _, a := range regions {
		first = min(first, a.Top)
	}
	var out []tonghop.Ignored
	for i := range s.Lines {
		l := &s.Lines[i]
		left, right, text := 0, 0, ""
		for j := range l.Cells {
			c := &l.Cells[j]
			if c.Blank() || within(regions, l.Row, c.Col) {
				continue
			}
			if left == 0 {
				left, text = c.Col, shownText(c)
			}
			right = c.Col
		}
		if left == 0 {
			continue
		}
		reason := "other_table"
		if l.Row < first {
			reason = "heading"
		}
		out = append(out, tonghop.Ignored{Sheet: s.Name, Reason: reason, Text: text,
			Area: tonghop.Area{Top: l.Row, Left: left, Bottom: l.Row, Right: right}})
	}
	return out
}

func within(areas []tonghop.Area, row, col int) bool {
	for _, a := range areas {
		if a.Contains(row, col) {
			return true
		}
	}
	return false
}
