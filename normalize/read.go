package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
)

// Read turns the rows under the covers of one return, as Identify gives them,
// into rows as meant: one for each commune, with its values from every table.
// Every row of the sheets ends as a commune, as a total, as ignored with its
// reason, or in a finding.
func (n *Normalizer) Read(book *tonghop.Book, covers []tonghop.Cover, hints Hints) tonghop.Reading {
	plain := n
	n = n.under(legend{signs: covers[0].Legend})
	if len(covers) == 1 {
		t, ok := n.readTable(book, covers[0], hints)
		if ok {
			t.Findings = append(t.Findings, t.usable(t.Rows)...)
			t.Ignored = append(t.Ignored, outside(book, covers)...)
			t.Findings = append(t.Findings, n.passedBy(book, &t.Reading)...)
		}
		return nothingFilled(t.Reading)
	}
	tables := make([]table, 0, len(covers))
	for _, cv := range covers {
		t, ok := plain.under(legend{signs: cv.Legend}).readTable(book, cv, hints)
		if !ok {
			return t.Reading
		}
		tables = append(tables, t)
	}
	out := n.combine(tables)
	out.Findings = saidOnce(out.Findings, covers)
	out.Ignored = append(out.Ignored, outside(book, covers)...)
	out.Findings = append(out.Findings, n.passedBy(book, &out)...)
	return nothingFilled(out)
}

// table is what was read of one table, and by whom.
type table struct {
	tonghop.Reading
	*reader
	names tonghop.Area // the names of its rows
}

// readTable reads one table; false if its office is not known, and nothing of
// it was read but the cover.
func (n *Normalizer) readTable(book *tonghop.Book, cv tonghop.Cover, hints Hints) (table, bool) {
	if cv.Turned {
		cv = turnCover(cv)
	}
	t := table{Reading: tonghop.Reading{Cover: cv, Findings: slices.Clone(cv.Findings)}}
	t.reader = n.reader(book, &t.Cover, hints)
	if t.reader != nil {
		t.read()
	}
	if cv.Turned {
		t.Reading, t.names = turnReading(t.Reading), turnArea(t.names)
	}
	if cv.Alone.Name.Row > 0 {
		nameAbove(&t.Reading, cv.Alone)
	}
	return t, t.reader != nil
}

// read reads the rows of the table.
func (t *table) read() {
	r, out := t.reader, &t.Reading
	r.cover = &out.Cover
	rows, after := r.scan()
	r.lackingAccents(rows)
	r.rivalsFound(rows)
	out.Ignored = append(out.Ignored, r.ignored(rows, after)...)
	out.Findings = append(out.Findings, r.afterTable(after)...)
	profiles := r.profiles(rows)
	out.Findings = append(out.Findings, r.habits(profiles)...)
	out.Printed = r.printed(rows)
	r.settled = r.namesakes(rows)
	for _, s := range rows {
		switch s.kind {
		case rowCommune, rowStranger:
			t.names = spread(t.names, r.g.ref(s.row, s.at))
			if s.kind == rowCommune && s.match.unit.Kind != tonghop.Xa && r.figures(s.row) == 0 {
				out.Ignored = append(out.Ignored, tonghop.Ignored{Sheet: r.cover.Sheet, Area: r.g.span(s.row), Reason: "township", Text: s.name})
				continue
			}
			row, found := r.readRow(s, profiles)
			row, found = r.shifted(row, found, profiles)
			out.Rows = append(out.Rows, row)
			out.Findings = append(out.Findings, found...)
		case rowNameless:
			out.Findings = append(out.Findings, r.nameless(s))
		case rowTotal:
			out.Totals = append(out.Totals, r.readTotal(s, profiles))
		}
	}
	out.Findings = append(out.Findings, r.codes(rows)...)
	out.Findings = append(out.Findings, r.overtyped(rows, out.Rows)...)
	out.Findings = append(out.Findings, r.notEntered(out.Rows)...)
	out.Findings = append(out.Findings, r.unmetColumns(out.Rows, profiles)...)
	out.Findings = append(out.Findings, r.slidMarks(out.Rows)...)
	out.Findings = append(out.Findings, r.blanks(out.Rows, profiles)...)
	out.Findings = append(out.Findings, r.shiftedBlocks(rows, out.Rows)...)
	r.spreadColumnFindings(out.Findings, rows)
	out.Findings = gatherNotes(gatherJumps(out.Findings))
}

// spread is the area that holds a cell as well.
func spread(a tonghop.Area, r tonghop.Ref) tonghop.Area {
	if a == (tonghop.Area{}) {
		return tonghop.Area{Top: r.Row, Left: r.Col, Bottom: r.Row, Right: r.Col}
	}
	return tonghop.Area{Top: min(a.Top, r.Row), Left: min(a.Left, r.Col), Bottom: max(a.Bottom, r.Row), Right: max(a.Right, r.Col)}
}

// usable holds a table from which no commune can be used, or most of whose rows
// are not the office's: it must not replace what stands.
func (r *reader) usable(rows []tonghop.Row) []tonghop.Finding {
	good, all := 0, 0
	for _, row := range rows {
		switch row.LeftOut {
		case "":
			good++
			all++
		case "DV-012": // a township or ward of the office: customary, and no stranger
		default:
			all++
		}
	}
	if good > 0 && good*2 >= all || r.office.unit.Kind.Level() == 3 && r.office.unit.Kind != tonghop.Xa {
		return nil // of a ward it is asked already
	}
	if slices.ContainsFunc(r.cover.Findings, func(f tonghop.Finding) bool { return f.Rule == "DV-043" }) {
		return nil // it is asked already whose row it is
	}
	f := hold("DV-004").Over(r.cover.Sheet).Arg("office", r.office.unit.Name)
	return []tonghop.Finding{f.Arg("count", strconv.Itoa(good)).Arg("all", strconv.Itoa(all))}
}

// reader prepares the reading of a cover's table; nil if it names no office,
// for names can only be matched inside one.
func (n *Normalizer) reader(book *tonghop.Book, cv *tonghop.Cover, hints Hints) *reader {
	var g *grid
	var beside *tonghop.Sheet
	for i := range book.Sheets {
		if book.Sheets[i].Name == cv.Sheet {
			p := pane{sheet: &book.Sheets[i], area: cv.Region, turned: cv.Turned, half: cv.Half, alone: cv.Alone}
			g = newGrid(p.view())
			if p.alone = (tonghop.Alone{}); len(cv.Alone.Crosses) > 0 {
				beside = p.view()
			}
		}
	}
	p := n.placesOn(hints.Province, n.on(cv.Period, hints))
	o := p.byCode[cv.Office.Code]
	if g == nil || o == nil {
		return nil
	}
	r := &reader{n: n, g: g, beside: beside, cover: cv, office: o, places: p, unitCol: cv.NameCol, labels: map[int]string{}, date1904: book.Date1904,
		ways: waysOf(book, cv.Sheet)}
	for _, c := range cv.Columns {
		if c.Role == tonghop.ColField {
			r.fields = append(r.fields, c)
		}
	}
	r.first = firstField(cv.Columns)
	marksFirst(r.fields)
	for row := cv.Header.Top; row <= cv.Header.Bottom; row++ {
		for col := 1; col <= g.cols; col++ {
			if k := n.words.key(g.text(row, col)); k != "" {
				r.labels[col] += "|" + k + "|"
			}
		}
	}
	return r
}

// marksFirst puts a column of marks before the other column of its field: where
// both hold marks, it is the one for the criterion, and its mark is the claim.
func marksFirst(fields []tonghop.Column) {
	at := map[string]int{}
	for i, c := range fields {
		if j, twice := at[c.Field]; twice && c.Mark && !fields[j].Mark {
			fields[i], fields[j] = fields[j], fields[i]
		}
		at[c.Field] = i
	}
}

// scan tells every row below the header apart, up to the row that ends the
// table; what stands behind it is returned apart.
func (r *reader) scan() (rows, after []seenRow) {
	ended := false
	for row := r.cover.Header.Bottom + 1; row <= r.g.rows; row++ {
		s := r.tell(row)
		if s.kind == rowBlank {
			continue
		}
		if !ended && (s.kind == rowEnd && !r.goesOn(row) || r.otherTable(row)) && len(rows) > 0 {
			ended = true
			r.cover.Last = row - 1
		}
		if ended {
			after = append(after, s)
		} else {
			rows = append(rows, s)
		}
		if s.kind == rowHeader && !ended {
			r.overHeader(rows)
		}
	}
	return rows, after
}

// overHeader takes the rows of words right above a header that is printed again
// for its heading: they stand over some column or other, and hold no figure.
func (r *reader) overHeader(rows []seenRow) {
	for i := len(rows) - 2; i >= 0; i-- {
		s := &rows[i]
		if s.kind != rowAside && s.kind != rowSection && s.kind != rowNameless || !r.wordsOnly(s.row) {
			return
		}
		s.kind = rowAside
	}
}

// wordsOnly tells a row of a few texts none of which is a mark or a figure.
func (r *reader) wordsOnly(row int) bool {
	cols := r.g.filled(row)
	for _, c := range cols {
		cell := r.g.cell(row, c)
		if cell.Kind != tonghop.CellText || r.n.lookUp(cell.Stored, cell.Style.Font).mark != tonghop.MarkNone ||
			r.n.legend.met(cell.Stored) || len(strings.Fields(cell.Stored)) < 2 {
			return false
		}
	}
	return len(cols) < 4
}

// goesOn reports whether communes with figures follow a row that looks like the
// end of the table: then it is only a remark inside it.
func (r *reader) goesOn(row int) bool {
	for next := row + 1; next <= min(r.g.rows, row+40); next++ {
		if len(r.g.filled(next)) == 0 {
			continue
		}
		if r.otherTable(next) {
			return false
		}
		if s := r.tell(next); s.kind == rowCommune && r.figures(next)*3 >= len(r.fields) {
			return true
		}
	}
	return false
}

// otherTable tells the header of a second table: a row that names the number
// and the name column again, with other columns beside them.
func (r *reader) otherTable(row int) bool {
	roles := map[string]bool{}
	for _, c := range r.g.filled(row) {
		if role := r.n.columnRole(r.n.label(r.g, row, c)); role == tonghop.ColNumber || role == tonghop.ColUnit {
			roles[role] = true
		}
	}
	if r.repeatsHeader(row, r.g.filled(row)) {
		return false
	}
	return len(roles) == 2 || roles[tonghop.ColNumber] && r.n.headsOther(r.g, row) && !r.communesFollow(row)
}

var ignoredAs = map[rowKind]string{rowOrdinals: "ordinals", rowHeader: "header_again",
	rowSection: "section", rowRequire: "thresholds", rowAside: "text", rowEnd: "note"}

func (r *reader) ignored(rows, after []seenRow) []tonghop.Ignored {
	var out []tonghop.Ignored
	from := max(r.cover.Region.Top, 1)
	if r.cover.Turned {
		from = max(r.cover.Region.Left, 1)
	}
	if top := r.cover.Header.Top; top > from {
		out = append(out, tonghop.Ignored{Sheet: r.cover.Sheet, Reason: "heading",
			Area: tonghop.Area{Top: from, Left: 1, Bottom: top - 1, Right: r.g.cols}})
	}
	for _, c := range r.cover.Columns {
		if c.Role == tonghop.ColUnknown || c.Role == tonghop.ColIgnored {
			out = append(out, tonghop.Ignored{Sheet: r.cover.Sheet, Reason: "column_" + c.Role, Text: c.Label,
				Area: tonghop.Area{Top: r.cover.Header.Top, Left: c.Col, Bottom: r.cover.Last, Right: c.Col}})
		}
	}
	for _, s := range rows {
		if reason, ok := ignoredAs[s.kind]; ok {
			out = append(out, tonghop.Ignored{Sheet: r.cover.Sheet, Area: r.g.span(s.row), Reason: reason, Text: s.name})
		}
	}
	for _, s := range after {
		out = append(out, tonghop.Ignored{Sheet: r.cover.Sheet, Area: r.g.span(s.row), Reason: "after_table", Text: s.name})
	}
	return out
}

// afterTable asks about rows behind the end of the table that look like rows
// of it: they were not read, and must not vanish.
func (r *reader) afterTable(after []seenRow) []tonghop.Finding {
	var areas []tonghop.Area
	for _, s := range after {
		named := s.kind == rowCommune || s.kind == rowStranger && s.known
		figures := r.figures(s.row)
		if named && figures >= 3 || (s.kind == rowStranger || s.kind == rowNameless) && figures*2 >= len(r.fields) {
			areas = append(areas, r.g.span(s.row))
		}
	}
	if len(areas) == 0 {
		return nil
	}
	f := tonghop.Finding{Rule: "DONG-004", Severity: tonghop.Query, Owner: tonghop.OwnerOffice}
	return []tonghop.Finding{f.Over(r.cover.Sheet, areas...)}
}

// profileKey keeps a column of marks apart from the column of figures beside it.
func profileKey(c tonghop.Column) string {
	if c.Mark {
		return c.Field + "+"
	}
	return c.Field
}

func (r *reader) profiles(rows []seenRow) map[string]*profile {
	out := map[string]*profile{}
	for _, c := range r.fields {
		p := out[profileKey(c)]
		if p == nil {
			np := r.n.profileOf(c.Field)
			if c.Mark && !ownCounts[c.Field] {
				np = profile{field: c.Field, kind: tonghop.TypeMark, marksOnly: true, optional: np.optional}
			}
			np.date1904 = r.date1904
			p = &np
			out[profileKey(c)] = p
		}
		for _, s := range rows {
			if s.kind == rowCommune {
				p.take(r.n, r.g.sheet.Cell(s.row, c.Col))
			}
		}
	}
	settleSigns(out)
	return out
}
