package normalize

import (
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// A block that looks like a table has this many rows and columns at least, in
// which figures or marks stand.
const (
	blockRows = 3
	blockCols = 3
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

// block is a stretch of rows with figures or marks in the same columns.
type block struct {
	area    tonghop.Area // with the labels left of the figures
	cols    []int        // where figures or marks stand
	figures int
	marks   int
}

// blocks finds the blocks in the unread parts of a sheet. One row without
// figures between two others does not end a block.
func (n *Normalizer) blocks(u unread) []block {
	var out []block
	var rows []*tonghop.Line
	flush := func() {
		if b, ok := n.blockOf(u, rows); ok {
			out = append(out, b)
		}
		rows = nil
	}
	for i := range u.sheet.Lines {
		l := &u.sheet.Lines[i]
		if l.Hidden || len(n.tellingIn(u, l)) < blockCols {
			continue
		}
		if len(rows) > 0 && l.Row > rows[len(rows)-1].Row+2 {
			flush()
		}
		rows = append(rows, l)
	}
	flush()
	return out
}

// tellingIn lists the cells of a row in which a figure or a mark stands, in the
// parts of it that nothing covers.
func (n *Normalizer) tellingIn(u unread, l *tonghop.Line) []*tonghop.Cell {
	var cells []*tonghop.Cell
	for i := range l.Cells {
		c := &l.Cells[i]
		if !c.Blank() && !u.sheet.HiddenCols[c.Col] && u.holds(l.Row, c.Col) && (isFigure(c) || n.isMark(c)) {
			cells = append(cells, c)
		}
	}
	return cells
}

// isFigure tells a number, or a text that is one: no date, and no label.
func isFigure(c *tonghop.Cell) bool {
	if c.Kind == tonghop.CellNumber {
		return !c.Style.Date
	}
	text := viet.Clean(c.Stored)
	return c.Kind == tonghop.CellText && len(text) < 20 && strings.Trim(text, "0123456789.,% ") == "" && strings.ContainsAny(text, "0123456789")
}

func (n *Normalizer) isMark(c *tonghop.Cell) bool {
	if c.Kind != tonghop.CellText {
		return false
	}
	_, _, ok := n.words.mark(shownText(c))
	return ok
}

// blockOf is the block that some rows make, if enough of their columns hold
// figures or marks in several rows. A column that only counts is none of them.
func (n *Normalizer) blockOf(u unread, rows []*tonghop.Line) (block, bool) {
	var b block
	if len(rows) < blockRows {
		return b, false
	}
	in := map[int][]*tonghop.Cell{}
	for _, l := range rows {
		for _, c := range n.tellingIn(u, l) {
			in[c.Col] = append(in[c.Col], c)
		}
	}
	for c, filled := range in {
		if len(filled) < blockRows || counts(filled) {
			continue
		}
		b.cols = append(b.cols, c)
		for _, cell := range filled {
			if isFigure(cell) {
				b.figures++
			} else {
				b.marks++
			}
		}
	}
	if len(b.cols) < blockCols {
		return b, false
	}
	slices.Sort(b.cols)
	b.area = tonghop.Area{Top: rows[0].Row, Left: b.cols[0], Bottom: rows[len(rows)-1].Row, Right: b.cols[len(b.cols)-1]}
	for _, l := range rows {
		for _, c := range u.filled(l.Row) {
			if c < b.area.Left && u.holds(l.Row, c) {
				b.area.Left = c
			}
		}
	}
	return b, true
}

// counts tells the numbers 1, 2, 3 … under one another, which only count rows.
func counts(filled []*tonghop.Cell) bool {
	for i, c := range filled {
		no, _, ok := columnOrdinal(viet.Clean(shownText(c)))
		before, _, _ := columnOrdinal(viet.Clean(shownText(filled[max(i-1, 0)])))
		if !ok || i > 0 && no != before+1 {
			return false
		}
	}
	return true
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
