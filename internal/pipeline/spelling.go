package pipeline

import (
	"github.com/tonghop/tonghop"
)

// spelling says which texts of a book were hard to make out: those in an old
// encoding that no font explains (TEP-020), those that may be read in two ways
// (TEP-021), those with letters that the file has lost (TEP-022), those that no
// encoding explains (TEP-023), and those that were converted twice (GC-110). Only where the report needs a text that may be
// read in two ways is it asked about; ret is what was read, cover where.
func spelling(b *tonghop.Book, cover tonghop.Cover, ret *tonghop.Return) []tonghop.Finding {
	needed := neededCells(cover, ret)
	var out []tonghop.Finding
	open := map[[3]string]int{} // where the finding of a sheet, a rule and an encoding stands
	for i := range b.Respelt {
		t := &b.Respelt[i]
		rule := "TEP-020"
		switch {
		case t.Other != "" && needed(t.Ref):
			out = append(out, tonghop.Finding{Rule: "TEP-021", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: t.Stored}.
				At(t.Ref).Arg("value", t.Read).Arg("second", t.Other))
			continue
		case t.Other != "", t.As == "" && t.Ways != nil:
			continue
		case t.As == convertedTwice:
			rule = "GC-110"
		case t.Restored:
			rule = "TEP-022"
		case t.As == "":
			rule = "TEP-023"
		}
		key := [3]string{t.Ref.Sheet, rule, t.As}
		at, ok := open[key]
		if !ok {
			at = len(out)
			open[key] = at
			out = append(out, tonghop.Finding{Rule: rule, Severity: tonghop.Note, Owner: tonghop.OwnerOffice, Sheet: t.Ref.Sheet, Found: t.Stored}.
				Arg("as", t.As).Arg("value", t.Read))
		}
		out[at].Areas = stack(out[at].Areas, t.Ref)
	}
	for i := range out {
		if n := covered(out[i].Areas); out[i].Severity == tonghop.Note {
			out[i] = out[i].Arg("cells", count(n))
		}
	}
	return out
}

// convertedTwice is how a reader of files names text that was converted from
// TCVN3 although it was Unicode already.
const convertedTwice = "tcvn3 twice"

// neededCells tells which cells of a book leave a report in doubt as long as
// their letters are: texts of the heading without an office or a period, labels
// of columns that were not understood, names that are none of the register's,
// and fields without a value. Whatever was understood is proof of its letters.
func neededCells(cover tonghop.Cover, ret *tonghop.Return) func(tonghop.Ref) bool {
	open := map[tonghop.Ref]bool{}
	for _, row := range ret.Rows {
		open[row.NameRef] = row.Unit == "" || row.Match.Why == "typo" || row.Match.Why == "plain"
		for _, v := range row.Values {
			open[v.Ref] = v.Empty == tonghop.Unreadable
		}
	}
	for _, total := range ret.Totals {
		for _, v := range total.Values {
			open[v.Ref] = v.Empty == tonghop.Unreadable
		}
	}
	unknown := map[int]bool{}
	for _, c := range cover.Columns {
		unknown[c.Col] = c.Role == tonghop.ColUnknown
	}
	heading := cover.Office.Code == "" || cover.Period.IsZero()
	return func(r tonghop.Ref) bool {
		switch {
		case r.Sheet != cover.Sheet: // a name or a field of another table of the report
			return open[r]
		case r.Row < cover.Header.Top:
			return heading
		case r.Row <= cover.Header.Bottom:
			return unknown[r.Col]
		}
		return open[r]
	}
}

// stack adds a cell to areas, to the area above it where there is one.
func stack(areas []tonghop.Area, r tonghop.Ref) []tonghop.Area {
	const near = 100 // the areas of one row of a wide table
	for i := len(areas) - 1; i >= max(0, len(areas)-near); i-- {
		if a := &areas[i]; a.Left == r.Col && a.Right == r.Col && a.Bottom == r.Row-1 {
			a.Bottom = r.Row
			return areas
		}
	}
	return append(areas, tonghop.Area{Top: r.Row, Left: r.Col, Bottom: r.Row, Right: r.Col})
}

// covered counts the cells of areas that do not overlap.
func covered(areas []tonghop.Area) int {
	n := 0
	for _, a := range areas {
		n += (a.Bottom - a.Top + 1) * (a.Right - a.Left + 1)
	}
	return n
}
