package normalize

import (
	"regexp"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// rowKind is what a row below the header is.
type rowKind int

const (
	rowBlank rowKind = iota
	rowOrdinals
	rowHeader  // the header printed again
	rowSection // a heading inside the table
	rowRequire // the thresholds
	rowTotal
	rowCommune
	rowStranger // figures, but no commune of this office
	rowNameless // figures without a name
	rowEnd      // notes and signatures
	rowAside    // text that is neither
)

// rowOther is the role of rows that sum something up which nobody checks:
// "Số xã chưa đạt".
const rowOther = "other"

// seenRow is a row as told apart.
type seenRow struct {
	row    int
	kind   rowKind
	role   string // of a total
	name   string // as typed
	at     int    // column of the name
	match  match
	other  []tonghop.Unit // of a stranger: who bears the name elsewhere
	known  bool           // of a stranger: the name reads like a commune's
	former *formerUnit    // of a stranger: the unit that bore the name and is no more
	rival  *formerUnit    // of a commune: another unit that bore the name before, and may be meant
}

// reader reads one recognised table.
type reader struct {
	n       *Normalizer
	g       *grid
	beside  *tonghop.Sheet // of a list with crosses, its turned sheet with all columns
	cover   *tonghop.Cover
	office  *office
	places  *places
	fields  []tonghop.Column
	unitCol int
	first   int // first field column
	labels  map[int]string

	date1904 bool
	settled  map[string]bool // xã whose bare name is certainly theirs

	ways map[tonghop.Ref][]string // texts that may be read in several ways
}

var (
	romanLead = regexp.MustCompile(`^[ivxlc]{1,5}[.)]?$`)
	placeDate = regexp.MustCompile(`(^|[\s,])ngày\s*([0-9.…_ ]*)\s*tháng`)
)

// tell tells one row apart by what stands left of the figures and by whether
// any figures stand in it.
func (r *reader) tell(row int) seenRow {
	s := seenRow{row: row}
	cols := r.g.filled(row)
	if len(cols) == 0 {
		return s
	}
	if lettersFirst(r.g, row, cols) || len(cols) >= 5 && ordinalRow(r.g, row, cols) {
		s.kind = rowOrdinals
		return s
	}
	figures := r.figures(row)
	s.name, s.at = r.nameIn(row)
	lead, leadCol := r.g.lead(row, max(r.unitCol, r.first-1))
	if s.name == "" {
		s.name, s.at = lead, leadCol
	}
	if m, ok := r.matchName(s.name, &s); ok {
		s.kind, s.match = rowCommune, m
		return s
	}
	if r.repeatsHeader(row, cols) || r.cover.Turned && r.corner(s) {
		s.kind = rowHeader
		return s
	}
	return r.tellOther(s, lead, figures)
}

// nameIn is the text in the name column that belongs to this row: of a merge
// over several rows only the first row has it.
func (r *reader) nameIn(row int) (string, int) {
	if a := r.g.area(row, r.unitCol); a.Top == row {
		return r.g.text(row, r.unitCol), a.Left
	}
	return "", r.unitCol
}

// matchName looks the name up in the office; a name that another office bears
// as typed is a stranger's before it is taken for a slip of ours.
func (r *reader) matchName(name string, s *seenRow) (match, bool) {
	if name == "" || len(name) > 120 {
		return match{}, false
	}
	if m, ok := r.byLetters(s); ok {
		return m, true
	}
	t := r.n.name(name)
	if m, ok := r.office.match(t); ok {
		return m, true
	}
	if bare := undressed(name); bare != viet.Clean(name) && r.figures(s.row) > 0 {
		if m, ok := r.office.match(r.n.name(bare)); ok {
			return m, true
		}
	}
	if r.n.words.rowRole(name) != "" && t.kind == "" {
		return r.office.unaccented(t) // "Cộng" is no commune, "Cong Chinh" may be Công Chính
	}
	if s.other = r.places.elsewhere(t, r.office); len(s.other) > 0 {
		s.known = true
		return match{}, false
	}
	if m, ok := r.formerly(t, s); ok || s.known {
		return m, ok
	}
	return r.office.loosely(t)
}

// tellOther tells rows that are no commune of the office.
func (r *reader) tellOther(s seenRow, lead string, figures int) seenRow {
	if figures*2 < len(r.fields) && r.n.legend.stands(r.cover, s.row) { // a legend may be spread over some cells
		s.kind = rowEnd
		return s
	}
	role := r.n.words.rowRole(s.name)
	if role == "" && lead != s.name {
		if role = r.n.words.rowRole(lead); role != "" {
			s.name = lead
		}
	}
	isOffice := r.namesOffice(s.name)
	fold := viet.Fold(lead)
	switch {
	case figures < 3 && r.n.letterhead(r.g, s.row): // that of the next table
		s.kind = rowAside
	case (role == tonghop.RowEnd || placeDate.MatchString(fold) || r.closing(s.row)) && figures < 3:
		s.kind = rowEnd
	case role == tonghop.RowRequire, r.demands(s.row):
		s.kind = rowRequire
	case role == tonghop.RowSum || role == tonghop.RowCount || role == tonghop.RowShare || role == tonghop.RowAverage:
		s.kind, s.role = rowTotal, role
	case figures == 0 && (role == tonghop.RowSection || isOffice || s.known || romanLead.MatchString(viet.Plain(lead))):
		s.kind = rowSection
	case role == rowOther:
		s.kind = rowAside
	case figures > 0 && (isOffice || role == tonghop.RowSection || romanLead.MatchString(viet.Plain(s.name)) || r.headsGroup(s, lead)):
		s.kind, s.role = rowTotal, tonghop.RowSum
	case figures == 0 && r.looksLikeCommune(s.name) && r.blankButNamed(s):
		s.kind = rowStranger
	case figures == 0:
		s.kind = rowAside
	case s.name == "" || onlyNumber(s.name):
		s.kind = rowNameless
	default:
		s.kind = rowStranger
	}
	return s
}

// blankButNamed tells a row inside the name column that reads like a commune
// but has no figures; below the table the same words are mere text.
func (r *reader) blankButNamed(s seenRow) bool { return s.at == r.unitCol && s.known }

func (r *reader) looksLikeCommune(name string) bool { return r.n.name(name).kind != "" }

func onlyNumber(s string) bool {
	return strings.Trim(s, "0123456789.-) ") == ""
}

// namesOffice reports whether the text is the office's own name or that of
// another office: the heading of a section.
func (r *reader) namesOffice(name string) bool {
	fold := longKinds(viet.Fold(numbering.ReplaceAllString(viet.Clean(name), "")))
	for _, o := range r.places.heads {
		if fold == o.name || strings.HasPrefix(fold, o.name+" (") {
			return true
		}
	}
	return false
}

// figures counts the field columns of a row that have content.
func (r *reader) figures(row int) int {
	count := 0
	for _, c := range r.fields {
		if a := r.g.area(row, c.Col); a.Top == row && a.Left == c.Col && !r.g.sheet.Cell(row, c.Col).Blank() {
			count++
		}
	}
	return count
}

// closing tells a row of a signature block by any of its texts.
func (r *reader) closing(row int) bool {
	for _, c := range r.g.filled(row) {
		t := r.g.text(row, c)
		if r.n.words.rowRole(t) == tonghop.RowEnd || placeDate.MatchString(viet.Fold(t)) {
			return true
		}
	}
	return false
}

// repeatsHeader tells the header printed again on a later page.
func (r *reader) repeatsHeader(row int, cols []int) bool {
	same, all := 0, 0
	for _, c := range cols {
		key := r.n.words.key(r.g.text(row, c))
		if key == "" {
			continue
		}
		all++
		if strings.Contains(r.labels[c], "|"+key+"|") {
			same++
		}
	}
	return all >= 2 && same*10 >= all*7
}
