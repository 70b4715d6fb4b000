//go:build !race

package pipeline_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest/format"
	"github.com/tonghop/tonghop/templates"
)

// ruleBook is a workbook that a case edits, or a file that it sends as it is.
type ruleBook struct {
	sheets []*ruleSheet
	raw    []byte // as it is; nil once it was edited
	sent   templates.Sending
	desk   *ruleDesk // that gives it back with what is said of it
}

type ruleSheet struct {
	name    string
	hidden  bool
	cells   map[place]templates.Content
	merges  []tonghop.Area
	rows    map[int]bool // hidden
	columns map[int]bool
}

type place struct{ row, col int }

// number is what a grid of text holds as a number; whoever means a text writes an
// apostrophe before it.
var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// baseOf gives the workbook that a case starts from: a grid by its name, or a file
// of the project by its path.
func baseOf(t testing.TB, name string) *ruleBook {
	t.Helper()
	if !strings.Contains(name, "/") {
		return &ruleBook{sheets: []*ruleSheet{gridOf(t, name, "Biểu 01")}, sent: templates.Sending{Name: "báo cáo.xlsx"}}
	}
	raw, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return &ruleBook{raw: raw, sent: templates.Sending{Name: filepath.Base(name)}}
}

// gridOf reads a grid of templates/cases/bases.
func gridOf(t testing.TB, name, sheet string) *ruleSheet {
	t.Helper()
	f, err := os.Open("../../templates/cases/bases/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read := csv.NewReader(f)
	read.FieldsPerRecord = -1
	rows, err := read.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := newSheet(sheet)
	for r, row := range rows {
		for c, text := range row {
			at := place{r + 1, c + 1}
			if plain, ok := strings.CutPrefix(text, "'"); ok {
				s.cells[at] = templates.Content{Text: plain}
			} else if number.MatchString(text) {
				s.cells[at] = templates.Content{Number: text}
			} else if text != "" {
				s.cells[at] = templates.Content{Text: text}
			}
		}
	}
	return s
}

func newSheet(name string) *ruleSheet {
	return &ruleSheet{name: name, cells: map[place]templates.Content{}, rows: map[int]bool{}, columns: map[int]bool{}}
}

// open makes sheets of a file that is edited.
func (b *ruleBook) open(t testing.TB) {
	t.Helper()
	if b.raw == nil {
		return
	}
	book, err := format.Open(strings.NewReader(string(b.raw)), int64(len(b.raw)), tonghop.Limits{}, b.sent.Password)
	if err != nil {
		t.Fatal(err)
	}
	b.raw = nil
	all := slices.Concat(book.Sheets, book.Own)
	for i := range all {
		from := &all[i]
		s := newSheet(from.Name)
		s.hidden, s.merges = from.Hidden, from.Merges
		maps.Copy(s.columns, from.HiddenCols)
		for _, l := range from.Lines {
			s.rows[l.Row] = l.Hidden
			for j := range l.Cells {
				s.cells[place{l.Row, l.Cells[j].Col}] = contentOf(&l.Cells[j])
			}
		}
		b.sheets = append(b.sheets, s)
	}
}

// contentOf is what a cell of a file holds.
func contentOf(c *tonghop.Cell) templates.Content {
	out := templates.Content{Formula: c.Formula, Format: c.Style.NumberFormat, Font: c.Style.Font, Struck: c.Style.Struck}
	switch c.Kind {
	case tonghop.CellNumber:
		out.Number = c.Stored
	case tonghop.CellText:
		out.Text = c.Stored
	case tonghop.CellError:
		out.Error = c.Stored
	case tonghop.CellBool:
		yes := c.Stored == "1" || strings.EqualFold(c.Stored, "true")
		out.Bool = &yes
	}
	return out
}

// clone is a copy under another name.
func (s *ruleSheet) clone(name string) *ruleSheet {
	return &ruleSheet{name: name, hidden: s.hidden, cells: maps.Clone(s.cells), merges: slices.Clone(s.merges),
		rows: maps.Clone(s.rows), columns: maps.Clone(s.columns)}
}

// sheet is the one of a name, "" the first.
func (b *ruleBook) sheet(t testing.TB, name string) *ruleSheet {
	t.Helper()
	for _, s := range b.sheets {
		if name == "" || s.name == name {
			return s
		}
	}
	t.Fatalf("no sheet %q", name)
	return nil
}

// edit does what a case says, one edit after another.
func (b *ruleBook) edit(t testing.TB, edits []templates.Edit) {
	t.Helper()
	for _, e := range edits {
		switch {
		case e.Send != nil:
			b.send(*e.Send)
		case e.Base != "":
			sent, desk := b.sent, b.desk
			*b = *baseOf(t, e.Base)
			name := b.sent.Name
			b.sent, b.desk = sent, desk
			b.sent.Name = name
		case len(e.Explain) > 0:
			b.explain(t, e.Explain)
		default:
			b.open(t)
			if !b.editSheets(t, e) {
				b.sheet(t, e.Sheet).edit(t, e)
			}
		}
		for i := range e.Also {
			if e.Also[i].Sheet == "" {
				e.Also[i].Sheet = e.Sheet
			}
		}
		b.edit(t, e.Also)
	}
}

// send changes how the file is sent.
func (b *ruleBook) send(s templates.Sending) {
	for _, p := range []struct {
		to   *string
		from string
	}{{&b.sent.Name, s.Name}, {&b.sent.Expect, s.Expect}, {&b.sent.Office, s.Office}, {&b.sent.Province, s.Province},
		{&b.sent.Received, s.Received}, {&b.sent.Converted, s.Converted}, {&b.sent.Password, s.Password}} {
		if p.from != "" {
			*p.to = p.from
		}
	}
}

// editSheets does what an edit says of whole sheets; false if it says none.
func (b *ruleBook) editSheets(t testing.TB, e templates.Edit) bool {
	t.Helper()
	switch {
	case e.HideSheet != "":
		b.sheet(t, e.HideSheet).hidden = true
	case e.ShowSheet != "":
		b.sheet(t, e.ShowSheet).hidden = false
	case e.DropSheet != "":
		gone := b.sheet(t, e.DropSheet)
		b.sheets = slices.DeleteFunc(b.sheets, func(s *ruleSheet) bool { return s == gone })
	case e.RenameSheet != nil:
		for from, to := range e.RenameSheet {
			b.sheet(t, from).name = to
		}
	case e.CopySheet != nil:
		for from, to := range e.CopySheet {
			b.sheets = append(b.sheets, b.sheet(t, from).clone(to))
		}
	case e.AddBase != nil:
		for name, grid := range e.AddBase {
			b.sheets = append(b.sheets, gridOf(t, grid, name))
		}
	default:
		return false
	}
	return true
}

// edit does what an edit says of one sheet.
func (s *ruleSheet) edit(t testing.TB, e templates.Edit) {
	t.Helper()
	for area, c := range e.Set {
		s.each(t, area, func(at place) { s.put(at, c) })
	}
	for area, looks := range e.Style {
		s.each(t, area, func(at place) {
			c := s.cells[at]
			c.Format, c.Font, c.Struck = looks.Format, looks.Font, looks.Struck
			s.cells[at] = c
		})
	}
	for at, c := range s.cells {
		if to, ok := e.Replace[c.Text]; ok && c.Text != "" {
			c.Text = to
			s.cells[at] = c
		}
	}
	for area, to := range e.Move {
		s.carry(t, area, to, true)
	}
	for area, to := range e.Copy {
		s.carry(t, area, to, false)
	}
	for one, other := range e.Swap {
		s.swap(t, one, other)
	}
	switch {
	case e.InsertRow > 0:
		s.shift(e.InsertRow, 0, 1)
	case e.DeleteRow > 0:
		s.shift(e.DeleteRow, 0, -1)
	case e.InsertColumn != "":
		s.shift(0, tonghop.ColumnNumber(e.InsertColumn), 1)
	case e.DeleteColumn != "":
		s.shift(0, tonghop.ColumnNumber(e.DeleteColumn), -1)
	case e.Merge != "":
		for _, area := range strings.Fields(e.Merge) {
			s.merges = append(s.merges, areaOf(t, area))
		}
	case e.Unmerge != "":
		gone := areaOf(t, e.Unmerge)
		s.merges = slices.DeleteFunc(s.merges, func(a tonghop.Area) bool { return a == gone })
	case e.HideRow > 0:
		s.rows[e.HideRow] = true
	case e.HideColumn != "":
		s.columns[tonghop.ColumnNumber(e.HideColumn)] = true
	}
}

// put types something into a cell, which keeps its looks unless others are given;
// nothing typed clears the cell.
func (s *ruleSheet) put(at place, c templates.Content) {
	if c == (templates.Content{}) {
		delete(s.cells, at)
		return
	}
	old := s.cells[at]
	if c.Format == "" {
		c.Format = old.Format
	}
	if c.Font == "" {
		c.Font = old.Font
	}
	s.cells[at] = c
}

// each visits the cells of an area.
func (s *ruleSheet) each(t testing.TB, area string, do func(place)) {
	t.Helper()
	a := areaOf(t, area)
	for row := a.Top; row <= a.Bottom; row++ {
		for col := a.Left; col <= a.Right; col++ {
			do(place{row, col})
		}
	}
}

// carry copies an area to another place, or moves it.
func (s *ruleSheet) carry(t testing.TB, area, to string, away bool) {
	t.Helper()
	from, corner, taken := areaOf(t, area), areaOf(t, to), map[place]templates.Content{}
	s.each(t, area, func(at place) {
		taken[at] = s.cells[at]
		if away {
			delete(s.cells, at)
		}
	})
	for at, c := range taken {
		into := place{at.row - from.Top + corner.Top, at.col - from.Left + corner.Left}
		if s.cells[into] = c; c == (templates.Content{}) {
			delete(s.cells, into)
		}
	}
}

// swap changes the contents of two areas.
func (s *ruleSheet) swap(t testing.TB, one, other string) {
	t.Helper()
	a, b := areaOf(t, one), areaOf(t, other)
	s.each(t, one, func(at place) {
		to := place{at.row - a.Top + b.Top, at.col - a.Left + b.Left}
		s.cells[at], s.cells[to] = s.cells[to], s.cells[at]
	})
}

// shift inserts a row or column before the one given, or deletes it.
func (s *ruleSheet) shift(row, col, by int) {
	moved := map[place]templates.Content{}
	for at, c := range s.cells {
		if by < 0 && (at.row == row || at.col == col) {
			continue
		}
		if row > 0 && at.row >= row {
			at.row += by
		}
		if col > 0 && at.col >= col {
			at.col += by
		}
		moved[at] = c
	}
	s.cells = moved
	for i := range s.merges {
		m := &s.merges[i]
		for _, edge := range []*int{&m.Top, &m.Bottom} {
			if row > 0 && *edge >= row {
				*edge += by
			}
		}
		for _, edge := range []*int{&m.Left, &m.Right} {
			if col > 0 && *edge >= col {
				*edge += by
			}
		}
	}
}

// areaOf reads C8 or C8:F9.
func areaOf(t testing.TB, name string) tonghop.Area {
	t.Helper()
	from, to, ok := strings.Cut(name, ":")
	if !ok {
		to = from
	}
	a, b := placeOf(t, from), placeOf(t, to)
	return tonghop.Area{Top: a.row, Left: a.col, Bottom: b.row, Right: b.col}
}

func placeOf(t testing.TB, name string) place {
	t.Helper()
	letters := strings.TrimRight(name, "0123456789")
	row, err := strconv.Atoi(name[len(letters):])
	if col := tonghop.ColumnNumber(letters); err == nil && col > 0 && row > 0 {
		return place{row, col}
	}
	t.Fatalf("%q is no cell", name)
	return place{}
}

// caseFiles is the folder of cases.
func caseFiles() fs.FS { return os.DirFS("../../templates") }

// parcel is the file as it comes in.
func (b *ruleBook) parcel(t testing.TB) tonghop.Parcel {
	t.Helper()
	p := tonghop.Parcel{Name: b.sent.Name, Bytes: b.raw, Office: b.sent.Office, Converted: b.sent.Converted}
	if p.Bytes == nil {
		p.Bytes = b.write(t)
	}
	var err error
	if b.sent.Expect != "" {
		if p.Expect, err = tonghop.ParsePeriod(b.sent.Expect); err != nil {
			t.Fatal(err)
		}
	}
	if b.sent.Received != "" {
		p.Received = dayOf(t, b.sent.Received)
	}
	return p
}

func (p place) String() string { return fmt.Sprintf("%s%d", tonghop.ColumnName(p.col), p.row) }
