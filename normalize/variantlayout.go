package normalize

import (
	"cmp"
	"slices"

	"github.com/tonghop/tonghop"
)

// mostGuesses and mostSamples bound what is said of a column to somebody who is
// asked about it.
const (
	mostGuesses = 3
	mostSamples = 5
)

// Layouts are the tables that [Normalizer.Identify] recognised in a workbook,
// with what may help a person to say what their columns hold. asked are the
// findings of the whole reading.
func (n *Normalizer) Layouts(book *tonghop.Book, covers []tonghop.Cover, asked []tonghop.Finding) []tonghop.VariantTable {
	var out []tonghop.VariantTable
	for _, cv := range covers {
		v := tonghop.Variant{Office: covers[0].Office.Code, Form: cv.Form, Version: cv.Version, Fingerprint: cv.Fingerprint}
		if i := slices.IndexFunc(n.known.Variants, v.Same); i >= 0 {
			v = n.known.Variants[i]
		}
		l := tonghop.VariantTable{Variant: v, Period: covers[0].Period, Sheet: cv.Sheet, Turned: cv.Turned, First: cv.First}
		s := slices.IndexFunc(book.Sheets, func(s tonghop.Sheet) bool { return s.Name == cv.Sheet })
		if s < 0 {
			continue
		}
		for _, c := range cv.Columns {
			l.Columns = append(l.Columns, n.layoutColumn(side{&book.Sheets[s], cv}, c, asked))
		}
		out = append(out, l)
	}
	return out
}

// layoutColumn says what may be known of a column.
func (n *Normalizer) layoutColumn(s side, c tonghop.Column, asked []tonghop.Finding) tonghop.VariantColumn {
	out := tonghop.VariantColumn{Column: c, At: s.named(c), Samples: s.samples(c.Col, n.tells)}
	for _, f := range asked {
		if f.Severity != tonghop.Note && (f.Names(c.Header) || f.Names(out.At)) && !s.wide(f) {
			out.Asked = append(out.Asked, f.Rule)
		}
	}
	out.Guesses = n.guesses(c)
	guessed := c.Role == tonghop.ColField && (c.Why == "position" || c.Why == "content" || c.Near != "")
	out.Open = c.Role == tonghop.ColUnknown && len(out.Samples) > 0 || guessed || len(out.Asked) > 0
	return out
}

// guesses are the fields whose names come near the heading of a column, without
// the one it is read as.
func (n *Normalizer) guesses(c tonghop.Column) []string {
	type near struct {
		no    string
		score float64
	}
	var all []near
	typed := n.words.phrase(withoutMeasure(c.Label))
	for _, in := range n.names.indicators {
		all = append(all, near{in.no, n.names.likenessTo(in, typed)})
	}
	for _, cr := range n.names.criteria {
		all = append(all, near{n.criterionField(cr.criterion), n.names.likenessTo(cr, typed)})
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(b.score, a.score) })
	var out []string
	if c.Near != "" {
		out = append(out, c.Near)
	}
	for _, g := range all {
		if len(out) < mostGuesses && g.score >= 0.25 && g.no != c.Field && !slices.Contains(out, g.no) {
			out = append(out, g.no)
		}
	}
	return out
}

// side is the sheet of a table, looked at in the table's own direction.
type side struct {
	sheet *tonghop.Sheet
	cv    tonghop.Cover
}

// at is the address of a place: a column of the table, and how far down it is.
func (s side) at(down, col int) tonghop.Ref {
	r := tonghop.Ref{Sheet: s.cv.Sheet, Row: down, Col: col}
	if s.cv.Turned {
		return turnRef(r)
	}
	return r
}

// band is the header in the table's own direction, and the last row.
func (s side) band() tonghop.Area {
	if s.cv.Turned {
		return turnArea(s.cv.Header)
	}
	return s.cv.Header
}

// named is the cell by which a column is named: the one with its heading, if that
// is its own, or the lowest of the header in it.
func (s side) named(c tonghop.Column) tonghop.Ref {
	if own := s.at(c.Header.Row, c.Col); own == c.Header || s.cv.Turned && c.Header.Row == c.Col {
		return c.Header
	}
	band := s.band()
	for down := band.Bottom; down >= band.Top; down-- {
		if at := s.at(down, c.Col); !s.sheet.Cell(at.Row, at.Col).Blank() {
			return at
		}
	}
	return s.at(band.Bottom, c.Col)
}

// tells reports whether the row of a table is one of what is reported: it neither
// numbers the columns nor sums them up. texts are its contents in their order.
func (n *Normalizer) tells(texts []string) bool {
	ordinals := 0
	for i, text := range texts {
		if i < 3 && n.words.rowRole(text) != "" {
			return false
		}
		if _, _, ok := columnOrdinal(text); ok {
			ordinals++
		}
	}
	return ordinals < len(texts)
}

// texts are the contents of a row of the table in the order of its columns.
func (s side) texts(down int) []string {
	var out []string
	for _, c := range s.cv.Columns {
		at := s.at(down, c.Col)
		if cell := s.sheet.Cell(at.Row, at.Col); !cell.Blank() {
			out = append(out, shownText(cell))
		}
	}
	return out
}

// samples are the first contents of a column, each once, of the rows of which
// tells says yes.
func (s side) samples(col int, tells func(texts []string) bool) []string {
	var out []string
	for down := s.band().Bottom + 1; down <= s.cv.Last && len(out) < mostSamples; down++ {
		if !tells(s.texts(down)) {
			continue
		}
		at := s.at(down, col)
		if c := s.sheet.Cell(at.Row, at.Col); !c.Blank() && !slices.Contains(out, shownText(c)) {
			out = append(out, shownText(c))
		}
	}
	return out
}

// wide reports whether a finding is about the table as a whole.
func (s side) wide(f tonghop.Finding) bool {
	for _, a := range f.Areas {
		if a.Bottom-a.Top > 0 && a.Right-a.Left > 0 || a == s.cv.Header {
			return true
		}
	}
	return false
}
