package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// candidate is a sheet on which a table of the form was found.
type candidate struct {
	g    *grid
	h    *header
	cols []tonghop.Column
	head heading
	asks []tonghop.Finding
}

// Identify recognises what stands in a workbook: which form, whose, for which
// period, where, and why. Without a table of the form it returns no cover and
// the reason. A cover with a finding that holds is the best guess of a
// question that a person must answer.
func (n *Normalizer) Identify(book *tonghop.Book, hints Hints) ([]tonghop.Cover, []tonghop.Finding) {
	var found []candidate
	var closest []string
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if len(s.Lines) == 0 {
			continue
		}
		g := newGrid(s)
		h := n.findHeader(g)
		if h == nil {
			closest = append(closest, s.Name)
			continue
		}
		c := candidate{g: g, h: h, head: readHeading(g, h.top)}
		c.cols, c.asks = n.mapColumns(g, h)
		found = append(found, c)
	}
	if len(found) == 0 {
		return nil, []tonghop.Finding{reject("BIEU-001").Arg("sheets", strings.Join(closest, ", "))}
	}
	c, asks := n.pick(found, hints)
	cover := n.cover(c, hints)
	cover.Findings = append(cover.Findings, asks...)
	cover.RunnerUp = sheetBehind(found, c.g)
	return []tonghop.Cover{cover}, nil
}

func reject(rule string) tonghop.Finding {
	return tonghop.Finding{Rule: rule, Severity: tonghop.Reject, Owner: tonghop.OwnerOffice}
}

func hold(rule string) tonghop.Finding {
	return tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice, Holds: true}
}

// pick chooses among the sheets that hold the form: the visible one; of
// several, the one of the expected period; otherwise a person is asked.
func (n *Normalizer) pick(found []candidate, hints Hints) (candidate, []tonghop.Finding) {
	var visible []candidate
	for _, c := range found {
		if !c.g.sheet.Hidden {
			visible = append(visible, c)
		}
	}
	if len(visible) == 0 {
		f := hold("BIEU-005").Over(found[0].g.sheet.Name)
		return found[0], []tonghop.Finding{f.Arg("sheets", sheetNames(found))}
	}
	if len(visible) == 1 {
		return visible[0], nil
	}
	var expected []candidate
	best := visible[0]
	for _, c := range visible {
		stated, _ := c.head.periods()
		if p := readPeriod(c.head, c.g.sheet.Name, hints); len(stated) > 0 && !hints.Expect.IsZero() && p.period == hints.Expect {
			expected = append(expected, c)
		}
		if c.h.score > best.h.score {
			best = c
		}
	}
	if len(expected) == 1 {
		f := note("GC-010", expected[0].g.ref(expected[0].h.top, 1), "", expected[0].g.sheet.Name)
		return expected[0], []tonghop.Finding{f.Arg("sheets", sheetNames(visible))}
	}
	return best, []tonghop.Finding{hold("BIEU-006").Over(best.g.sheet.Name).Arg("sheets", sheetNames(visible))}
}

func sheetNames(found []candidate) string {
	names := make([]string, len(found))
	for i, c := range found {
		names[i] = c.g.sheet.Name
	}
	return strings.Join(names, ", ")
}

// cover settles form, period and office of one sheet.
func (n *Normalizer) cover(c candidate, hints Hints) tonghop.Cover {
	cv := tonghop.Cover{Form: n.known.Form.ID, Version: n.known.Form.Version, Sheet: c.g.sheet.Name,
		Header: tonghop.Area{Top: c.h.top, Left: 1, Bottom: c.h.bottom, Right: c.g.cols},
		Last:   c.g.rows, Columns: c.cols, Score: c.h.score, Findings: c.asks}
	p := readPeriod(c.head, c.g.sheet.Name, hints)
	cv.Period = p.period
	cv.Findings = append(cv.Findings, p.findings...)
	on := n.on(p.period, hints)
	if !on.Within(n.known.Form.From, n.known.Form.To) {
		f := hold("BIEU-007").Over(c.g.sheet.Name)
		f.Owner = tonghop.OwnerSystem
		cv.Findings = append(cv.Findings, f.Arg("date", on.Vietnamese()))
	}
	n.settleOffice(&cv, c, hints, on)
	n.checkCoverage(&cv, c)
	n.weigh(&cv, c.h)
	return cv
}

// on is the date whose units a report is matched against. Without any period
// it is the day from which the form serves: the guess only has to find the
// office, for the return is held.
func (n *Normalizer) on(p tonghop.Period, hints Hints) tonghop.Date {
	if hints.AsOf != "" {
		return hints.AsOf
	}
	if on := p.AsOf(); on != "" {
		return on
	}
	return n.known.Form.From
}

// checkCoverage says which indicators have no column. Too few mean another
// form; so does a title that names one, if the columns do not fit either.
func (n *Normalizer) checkCoverage(cv *tonghop.Cover, c candidate) {
	conflicts := 0
	for _, f := range cv.Findings {
		if f.Rule == "COT-002" {
			conflicts++
		}
	}
	missing, total, rule := n.missing(cv.Columns)
	headArea := tonghop.Area{Top: c.h.top, Left: 1, Bottom: c.h.bottom, Right: c.g.cols}
	if t, ok := c.head.otherForm(n.words.others); ok {
		f := reject("BIEU-003").At(t.ref)
		f.Owner, f.Found = tonghop.OwnerSystem, t.text
		if conflicts < 3 && len(missing) <= 5 { // the columns fit: a person decides
			f.Severity, f.Holds = tonghop.Query, true
		}
		cv.Findings = append(cv.Findings, f)
		return
	}
	if len(missing)*2 > total || conflicts >= 5 {
		f := reject("BIEU-002").Over(cv.Sheet, headArea)
		f.Owner = tonghop.OwnerSystem
		cv.Findings = append(cv.Findings, f.Arg("known", strconv.Itoa(total-len(missing))).
			Arg("all", strconv.Itoa(total)).Arg("missing", strings.Join(missing, ", ")))
		return
	}
	if len(missing) > 0 {
		f := tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice}.Over(cv.Sheet, headArea)
		cv.Findings = append(cv.Findings, f.Arg("missing", strings.Join(missing, ", ")).
			Arg("count", strconv.Itoa(len(missing))).Arg("unknown", unknownColumns(cv.Columns)))
	}
}

// unknownColumns names the columns that were not understood.
func unknownColumns(cols []tonghop.Column) string {
	var names []string
	for _, c := range cols {
		if c.Role == tonghop.ColUnknown && c.Label != "" {
			names = append(names, tonghop.ColumnName(c.Col))
		}
	}
	return strings.Join(names, ", ")
}

// firstField is the first column that holds a field, 0 if none does.
func firstField(cols []tonghop.Column) int {
	for _, c := range cols {
		if c.Role == tonghop.ColField {
			return c.Col
		}
	}
	return 0
}

// A name column is looked for in the first rows and columns of a table: no
// office has more communes, and no form hides their names farther right.
const (
	nameRows = 400
	nameCols = 60
)

// nameColumn finds the column with the names of communes: the one that the
// header calls so, unless another holds more than twice as many names.
func (n *Normalizer) nameColumn(g *grid, cv *tonghop.Cover, p *places) int {
	labelled, taken := 0, map[int]bool{}
	for _, c := range cv.Columns {
		taken[c.Col] = c.Role == tonghop.ColField
		if c.Role == tonghop.ColUnit && labelled == 0 {
			labelled = c.Col
		}
	}
	hits := map[int]int{}
	best := labelled
	for col := 1; col <= min(g.cols, nameCols); col++ {
		if taken[col] {
			continue
		}
		for row := cv.Header.Bottom + 1; row <= min(g.rows, cv.Header.Bottom+nameRows); row++ {
			if g.own(row, col) && len(p.bearers(n.name(g.text(row, col)))) > 0 {
				hits[col]++
			}
		}
		if hits[col] > hits[best] {
			best = col
		}
	}
	if labelled > 0 && hits[labelled]*2 >= hits[best] {
		return labelled
	}
	if best == 0 {
		best = max(firstField(cv.Columns)-1, 1)
	}
	return best
}

// bearers lists the communes in scope that bear a typed name.
func (p *places) bearers(t typedName) []tonghop.Unit {
	if !t.telling() {
		return nil
	}
	fold := viet.Fold(t.bare)
	if t.kind != "" {
		return p.byName[kindWord[t.kind]+" "+fold]
	}
	var out []tonghop.Unit
	for _, kind := range []tonghop.UnitKind{tonghop.Xa, tonghop.ThiTran, tonghop.Phuong} {
		out = append(out, p.byName[kindWord[kind]+" "+fold]...)
	}
	return out
}
