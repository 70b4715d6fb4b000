package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// mix counts what stands below a header cell.
type mix struct {
	marks, figures, others int
	binary                 int // figures that are 0 or 1, which may be meant as marks
	counts                 int // figures and ratios that may be a number of criteria
	absent                 int // texts that say why there is no result
	open                   int // formulas without a result, which may be anything
}

// mostlyMarks reports whether a column's content is marks.
func (m mix) mostlyMarks() bool {
	return m.marks > 0 && (m.marks+m.binary)*5 >= (m.marks+m.figures+m.others)*4
}

// none reports whether nothing stands in the column.
func (m mix) none() bool { return m.marks+m.figures+m.others+m.absent+m.open == 0 }

// sums tells a summing or closing row by its first texts.
func (n *Normalizer) sums(g *grid, row int) bool {
	for i, c := range g.filled(row) {
		if i == 3 {
			break
		}
		if n.words.rowRole(g.text(row, c)) != "" {
			return true
		}
	}
	return false
}

// mixContent counts, for each column, marks, figures and other texts below the
// band. Summing rows do not count, nor rows that fill few columns without a
// commune's name, as notes and signatures do.
func (n *Normalizer) mixContent(g *grid, h *header) {
	for i := range g.sheet.Lines {
		l := &g.sheet.Lines[i]
		sparse := len(g.filled(l.Row))*4 < len(h.labels)
		if l.Row <= h.bottom || h.ordinals[l.Row] || n.sums(g, l.Row) || sparse && !n.bearsCommune(g, l.Row) {
			continue
		}
		for j := range l.Cells {
			if c := &l.Cells[j]; !c.Blank() {
				h.content[c.Col] = n.mixed(h.content[c.Col], c)
			}
		}
	}
}

// mixed adds a cell to what stands in its column.
func (n *Normalizer) mixed(m mix, c *tonghop.Cell) mix {
	text := strings.TrimSpace(c.Stored)
	isMark := n.lookUp(text, c.Style.Font).marks()
	whole, isNumber := "", c.Kind == tonghop.CellNumber
	if isNumber {
		whole = text
	} else if r := viet.Numbers(text); len(r) > 0 {
		whole, isNumber = r[0].Figure, true
	}
	_, all, isRatio := viet.Ratio(text)
	switch {
	case c.HasForm && !c.Cached && !c.Computed:
		m.open++
	case isNumber && n.legend.digit(whole):
		m.marks++
	case isNumber:
		m.figures++
		if whole == "0" || whole == "1" {
			m.binary++
		}
		if v, err := strconv.Atoi(whole); err == nil && v >= 0 && v <= len(n.known.Criteria.Criteria) {
			m.counts++
		}
	case isMark:
		m.marks++
	case n.words.empties[viet.Fold(text)] != "":
		m.absent++
	case isRatio && all == len(n.known.Criteria.Criteria):
		m.figures++
		m.counts++
	default:
		m.others++
	}
	return m
}
