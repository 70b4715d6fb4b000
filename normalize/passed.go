package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
)

// passedBy names the blocks of figures or marks that stand outside every table
// that was read, on sheets that a person sees: nothing that may be a table is
// passed over in silence. A block with communes of the office and marks or
// names of criteria is asked about; any other is only noted. What another
// finding speaks of already is left to it.
func (n *Normalizer) passedBy(book *tonghop.Book, out *tonghop.Reading) []tonghop.Finding {
	var found []tonghop.Finding
	read, ours := cellsRead(out), n.communesOf(out.Rows)
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden || cells(s, mostCells) > mostCells {
			continue
		}
		u := unread{grid: newGrid(s), rows: unreadRows(s, out.Ignored), read: read}
		if len(u.rows) == 0 || namedAsSheet(out.Findings, s.Name) {
			continue
		}
		for _, b := range n.blocks(u) {
			if !spokenOf(out.Findings, s.Name, b.area) {
				found = append(found, n.passed(u, b, ours))
			}
		}
	}
	return found
}

// unread is what of a sheet no table covers.
type unread struct {
	*grid
	rows map[int][]tonghop.Area // the parts of its rows
	read map[tonghop.Ref]bool   // cells in them that were read all the same
}

// holds reports whether a cell is in a part that no table covers.
func (u unread) holds(row, col int) bool {
	return within(u.rows[row], row, col) && !u.read[u.ref(row, col)]
}

// cellsRead is the set of all cells that a reading took something from.
func cellsRead(r *tonghop.Reading) map[tonghop.Ref]bool {
	at := map[tonghop.Ref]bool{}
	for _, row := range r.Rows {
		for _, v := range row.Values {
			at[v.Ref] = true
		}
	}
	for _, t := range r.Totals {
		for _, v := range t.Values {
			at[v.Ref] = true
		}
	}
	return at
}

// passedOver are the reasons for which a part of a sheet was not read that may
// hide a table.
var passedOver = map[string]bool{"heading": true, "after_table": true, "other_table": true, "column_unknown": true}

// widestSheet is how many columns a sheet can have.
const widestSheet = 1 << 14

// unreadRows lists for the rows of a sheet the parts that no table covers, as
// what was ignored tells them.
func unreadRows(s *tonghop.Sheet, ignored []tonghop.Ignored) map[int][]tonghop.Area {
	rows := map[int][]tonghop.Area{}
	for _, ig := range ignored {
		a := ig.Area
		switch {
		case ig.Sheet != s.Name:
			continue
		case ig.Reason == "other_sheet":
			a = tonghop.Area{Top: 1, Left: 1, Bottom: s.Lines[len(s.Lines)-1].Row, Right: widestSheet}
		case !passedOver[ig.Reason]:
			continue
		}
		for j := range s.Lines {
			if row := s.Lines[j].Row; a.Top <= row && row <= a.Bottom {
				rows[row] = append(rows[row], a)
			}
		}
	}
	return rows
}

// passed asks about a block that looks like a part of the form, and notes any
// other.
func (n *Normalizer) passed(u unread, b block, ours map[string]bool) tonghop.Finding {
	communes, criteria := n.namedAt(u.grid, b, ours)
	f := tonghop.Finding{Rule: "DONG-011", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}
	if communes >= 2 && (b.marks > b.figures || criteria >= 2) || criteria >= fewestFields {
		f = tonghop.Finding{Rule: "DONG-012", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}
	}
	return f.Over(u.sheet.Name, b.area).Arg("area", b.area.String())
}

// namedAt counts the communes of the return that are named left of a block or
// above it, and the criteria and indicators.
func (n *Normalizer) namedAt(g *grid, b block, ours map[string]bool) (communes, criteria int) {
	places, numbers := map[string]bool{}, map[string]bool{}
	look := func(row, col int) {
		text := g.text(row, col)
		if text == "" || len(text) > longestLabel {
			return
		}
		if t := n.name(text); ours[t.fold] {
			places[t.fold] = true
			return
		}
		l := n.label(g, row, col)
		if no := l.number(); no != "" && n.isIndicator(no) && !l.typed {
			numbers[no] = true
		} else if c := n.criterionOf(l); c > 0 && l.sub == 0 && (l.named || l.prefixed) {
			numbers[l.key] = true
		}
	}
	above := max(1, b.area.Top-3)
	for row := above; row < b.area.Top; row++ {
		for col := b.area.Left; col <= b.area.Right; col++ {
			look(row, col)
		}
	}
	for row := b.area.Top; row <= b.area.Bottom; row++ {
		for col := b.area.Left; col < b.cols[0]; col++ {
			look(row, col)
		}
	}
	return len(places), len(numbers)
}

// communesOf lists the plain names of the communes of a return.
func (n *Normalizer) communesOf(rows []tonghop.Row) map[string]bool {
	out := map[string]bool{}
	for _, r := range rows {
		if r.Unit != "" {
			out[n.name(r.Official).fold] = true
		}
	}
	return out
}

// spokenOf reports whether a finding speaks of a part of the area, or of all of
// its sheet.
func spokenOf(found []tonghop.Finding, sheet string, a tonghop.Area) bool {
	return slices.ContainsFunc(found, func(f tonghop.Finding) bool {
		return f.Sheet == sheet && f.Severity != tonghop.Note && slices.ContainsFunc(f.Areas, func(o tonghop.Area) bool {
			return o.Top <= a.Bottom && a.Top <= o.Bottom && o.Left <= a.Right && a.Left <= o.Right
		})
	})
}

// namedAsSheet reports whether a finding names the sheet as one that was looked
// at and left aside.
func namedAsSheet(found []tonghop.Finding, sheet string) bool {
	return slices.ContainsFunc(found, func(f tonghop.Finding) bool {
		return slices.Contains(strings.Split(f.Args["sheets"], ", "), sheet)
	})
}
