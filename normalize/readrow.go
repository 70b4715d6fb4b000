package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// readRow reads the values of a commune's row, and of a stranger's, whose row
// is left out but not lost.
func (r *reader) readRow(s seenRow, profiles map[string]*profile) (tonghop.Row, []tonghop.Finding) {
	row := tonghop.Row{Name: r.stored(s), NameRef: r.g.ref(s.row, s.at), Area: r.rowArea(s.row)}
	var found []tonghop.Finding
	if s.kind == rowCommune {
		row.Unit, row.Official = s.match.unit.Code, s.match.unit.Name
		row.Match = tonghop.Match{Why: s.match.why, RunnerUp: s.match.runnerUp}
		found = append(found, r.nameNotes(&row, s)...)
	} else {
		found = append(found, r.stranger(&row, s))
	}
	found = append(found, r.struck(&row, s)...)
	for _, c := range r.fields {
		p := r.n.since(profiles[profileKey(c)], row.Unit)
		v, more := r.value(s.row, c, p)
		if !questioned(more) {
			more = append(more, p.jump(v)...)
		}
		p.cite(more)
		for i := range more {
			more[i].Unit = row.Unit
		}
		row.Values = append(row.Values, v)
		found = append(found, more...)
	}
	r.fillBlanks(&row, profiles)
	return row, found
}

// stored is the name exactly as the file has it.
func (r *reader) stored(s seenRow) string {
	if c := r.g.cell(s.row, s.at); c != nil {
		return c.Stored
	}
	return s.name
}

// rowArea spans the row inside the table: from the name to the last field.
func (r *reader) rowArea(row int) tonghop.Area {
	a := tonghop.Area{Top: row, Left: r.unitCol, Bottom: row, Right: r.unitCol}
	for _, c := range r.fields {
		a.Left, a.Right = min(a.Left, c.Col), max(a.Right, c.Col)
	}
	return a
}

// nameNotes says how the name was taken for its unit. Case, blanks and kinds
// are liberties; a slip of the keyboard, or a name that two units bear, is
// asked; a township's row has no place among the criteria of communes.
func (r *reader) nameNotes(row *tonghop.Row, s seenRow) []tonghop.Finding {
	m := s.match
	var found []tonghop.Finding
	ask := func(rule string) tonghop.Finding {
		return tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit,
			Found: s.name}.At(row.NameRef).Arg("unit", m.unit.Name).Arg("runner", r.nameOf(m.runnerUp))
	}
	switch m.why {
	case "exact":
	case "former":
		found = append(found, r.formerNote(row, s))
	case "typo":
		found = append(found, ask("DV-010"))
	default:
		found = append(found, note("GC-012", row.NameRef, "", s.name).Arg("unit", m.unit.Name).Arg("why", m.why))
	}
	if m.letters {
		found = append(found, r.lettersNote(row, s))
	}
	if m.elsewhere != "" {
		found = append(found, r.elsewhereNote(row, s))
	}
	if s.rival != nil {
		found = append(found, r.rivalNote(row, s))
	}
	if f, ok := r.betweenLists(row, m.unit); ok {
		found = append(found, f)
	}
	if m.doubt && !r.columnSaysXa() && !r.settled[m.unit.Code] {
		found = append(found, ask("DV-011"))
	}
	if m.unit.Kind != tonghop.Xa {
		row.LeftOut = "DV-012"
		f := ask("DV-012")
		f.Areas = []tonghop.Area{row.Area}
		f.Severity = tonghop.Note // customary, and nothing to correct
		found = append(found, f)
	}
	return found
}

// columnSaysXa reports whether the header over the names says "xã", which
// settles a name that a xã and a township share.
func (r *reader) columnSaysXa() bool {
	for _, c := range r.cover.Columns {
		if c.Col == r.unitCol {
			words := r.n.words.tokens(c.Label)
			return slices.Contains(words, "xa") && !slices.Contains(words, "tran") && !slices.Contains(words, "phuong")
		}
	}
	return false
}

func (r *reader) nameOf(code string) string {
	for _, c := range r.office.communes {
		if c.unit.Code == code {
			return c.unit.Name
		}
	}
	return ""
}

// stranger asks about a row with figures whose name is no commune of the
// office. The row is left out; every cell of it is named.
func (r *reader) stranger(row *tonghop.Row, s seenRow) tonghop.Finding {
	if s.former != nil {
		return r.askFormer(row, s)
	}
	f := tonghop.Finding{Rule: "DV-020", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: s.name}.
		Over(r.cover.Sheet, row.Area).Arg("office", r.office.unit.Name)
	row.LeftOut = "DV-020"
	f = r.askWhichOf(row, s, f)
	if len(s.other) == 0 {
		return f
	}
	u := s.other[0]
	row.LeftOut, f.Rule = "DV-021", "DV-021"
	if r.office.unit.Kind.Level() == 3 {
		row.LeftOut, f.Rule = "DV-049", "DV-049"
	}
	row.Unit, row.Official, f.Unit = u.Code, u.Name, u.Code
	if of := r.places.byCode[u.Parent]; of != nil {
		f = f.Arg("other", of.unit.Name)
	}
	return f
}

// nameless asks about a row with figures and no name.
func (r *reader) nameless(s seenRow) tonghop.Finding {
	return tonghop.Finding{Rule: "DONG-001", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Found: s.name}.
		Over(r.cover.Sheet, r.rowArea(s.row)).Arg("row", strconv.Itoa(s.row))
}

// value reads one field of a row. A merge over several fields or communes does
// not say which of them the figure belongs to.
func (r *reader) value(row int, c tonghop.Column, p *profile) (tonghop.Value, []tonghop.Finding) {
	if len(c.Crosses) > 0 || r.beside != nil && c.Field != tonghop.FieldTotalMet {
		return r.crossed(row, c)
	}
	a := r.g.area(row, c.Col)
	cell := r.g.sheet.Cell(a.Top, a.Left)
	at := r.g.ref(a.Top, a.Left)
	if cell.Blank() && a.Top == row {
		at = r.g.ref(row, c.Col)
		if a.Left != c.Col {
			cell = r.g.sheet.Cell(row, c.Col)
		}
	}
	v, found := r.n.readCell(cell, at, p)
	if cell.Blank() || !r.shared(a, row, c.Col) {
		return v, found
	}
	v.Shown = shownText(cell)
	v, found = unreadable(v, "O-016", "area", a.String())
	found[0].Areas = []tonghop.Area{a}
	return v, found
}

// shared reports whether a merge covers another field, or another row with a
// name of its own.
func (r *reader) shared(a tonghop.Area, row, col int) bool {
	for _, c := range r.fields {
		if c.Col != col && a.Contains(row, c.Col) {
			return true
		}
	}
	for other := a.Top; other <= a.Bottom; other++ {
		if other == row {
			continue
		}
		if name, _ := r.nameIn(other); name != "" {
			return true
		}
	}
	return false
}

// readTotal reads a summing row. Its figures are only compared, so what cannot
// be read in it is left aside.
func (r *reader) readTotal(s seenRow, profiles map[string]*profile) tonghop.Total {
	t := tonghop.Total{Kind: totalKinds[s.role], Label: r.g.ref(s.row, max(s.at, 1)), Text: s.name}
	for _, c := range r.fields {
		if !r.g.own(s.row, c.Col) {
			continue
		}
		loose := *profiles[profileKey(c)]
		loose.bounded = false
		v, _ := r.n.readCell(r.g.sheet.Cell(s.row, c.Col), r.g.ref(s.row, c.Col), &loose)
		if v.Number.Valid {
			t.Values = append(t.Values, v)
		}
	}
	return t
}

var totalKinds = map[string]tonghop.TotalKind{tonghop.RowSum: tonghop.TotalSum, tonghop.RowCount: tonghop.TotalCount,
	tonghop.RowShare: tonghop.TotalShare, tonghop.RowAverage: tonghop.TotalAverage}

// unwritten tells a cell in which nothing stands from one that says in words
// that there is no figure.
func unwritten(v tonghop.Value) bool {
	return v.Empty == tonghop.NotReported && strings.TrimSpace(v.Raw) == ""
}

// stretches are the areas of cells of one row: of cells side by side one, where
// they are more than two.
func stretches(refs []tonghop.Ref) (out []tonghop.Area) {
	for i := 0; i < len(refs); {
		end := i + 1
		for end < len(refs) && refs[end].Row == refs[i].Row && refs[end].Col == refs[end-1].Col+1 {
			end++
		}
		if end-i < 3 {
			end = i + 1
		}
		out = append(out, tonghop.Area{Top: refs[i].Row, Left: refs[i].Col, Bottom: refs[i].Row, Right: refs[end-1].Col})
		i = end
	}
	return out
}

// fewestOfBlankRow is how many cells of a commune must be blank, with nearly all
// of its row, before it is said that they may have slid.
const fewestOfBlankRow = 8

// blanks asks about figures that are not there: once for a column that is
// blank throughout, else once for each row, naming every cell.
func (r *reader) blanks(rows []tonghop.Row, profiles map[string]*profile) []tonghop.Finding {
	empty := map[int]int{}
	counted := 0
	for _, row := range rows {
		if row.LeftOut != "" {
			continue
		}
		counted++
		for i, v := range row.Values {
			if unwritten(v) {
				empty[i]++
			}
		}
	}
	var found []tonghop.Finding
	for i, c := range r.fields {
		if counted > 1 && empty[i] == counted && !profiles[profileKey(c)].optional {
			found = append(found, r.blankColumn(c, counted, profiles[profileKey(c)]))
		}
	}
	for _, row := range rows {
		if row.LeftOut != "" {
			continue
		}
		var refs []tonghop.Ref
		for i, v := range row.Values {
			whole := counted > 1 && empty[i] == counted
			if unwritten(v) && !whole && !profiles[profileKey(r.fields[i])].optional {
				refs = append(refs, v.Ref)
			}
		}
		if len(refs) > 0 {
			f := tonghop.Finding{Rule: "O-020", Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Unit: row.Unit,
				Found: ""}.Over(refs[0].Sheet, stretches(refs)...).Arg("unit", row.Official).Arg("count", strconv.Itoa(len(refs)))
			if len(refs) >= fewestOfBlankRow && (len(refs)*5 >= len(row.Values)*4 || longest(f.Areas) >= fewestOfBlankRow) {
				f = f.Arg("mostly", "yes") // perhaps what was here slid into the next row
			}
			found = append(found, f)
		}
	}
	return found
}

// longest is how many cells the longest of some stretches of one row or column has.
func longest(stretches []tonghop.Area) (most int) {
	for _, a := range stretches {
		most = max(most, a.Right-a.Left+a.Bottom-a.Top+1)
	}
	return most
}
