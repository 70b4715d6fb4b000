package normalize

import (
	"slices"

	"github.com/tonghop/tonghop"
)

// A clerk may keep the results on one sheet and, on another of the same shape,
// a 1 for each indicator that is met and a 0 for each that is not. Beside the
// results those are marks: no report has nothing but ones and zeros for shares.

// tellZeroOnes marks the tables in which nothing but 0 and 1 stands where
// another table of the workbook holds the figures of the same indicators.
func (n *Normalizer) tellZeroOnes(tables []*candidate) {
	for _, c := range tables {
		if !n.onlyZeroOnes(c) {
			continue
		}
		c.zeroOne = slices.ContainsFunc(tables, func(o *candidate) bool { return o != c && n.holdsFigures(o, c) })
	}
}

// onlyZeroOnes reports whether nothing but 0 and 1 stands under the indicators
// of a table, and so under enough of those that are figures.
func (n *Normalizer) onlyZeroOnes(c *candidate) bool {
	shares := 0
	for _, col := range c.cols {
		if _, own := n.known.Form.OwnFields[col.Field]; col.Role != tonghop.ColField || own {
			continue
		}
		m := c.h.content[col.Col]
		if m.figures > m.binary || m.others+m.marks+m.open > 0 {
			return false
		}
		if m.binary > 0 && !n.marksOf(col.Field) {
			shares++
		}
	}
	return shares >= fewestFields
}

// holdsFigures reports whether a table has figures for most of the indicators
// that another has, if those are figures at all.
func (n *Normalizer) holdsFigures(o, c *candidate) bool {
	has, of := 0, 0
	for _, col := range c.cols {
		if _, own := n.known.Form.OwnFields[col.Field]; col.Role != tonghop.ColField || own || n.marksOf(col.Field) {
			continue
		}
		of++
		if slices.ContainsFunc(o.cols, func(other tonghop.Column) bool {
			m := o.h.content[other.Col]
			return other.Role == tonghop.ColField && other.Field == col.Field && m.figures > m.binary
		}) {
			has++
		}
	}
	return has*4 >= of*3 && has >= fewestFields
}

// zeroOneSigns is what 0 and 1 mean in such a table, behind what the workbook
// itself explains.
func zeroOneSigns(known []tonghop.Sign) []tonghop.Sign {
	return append(slices.Clone(known), tonghop.Sign{Text: "1", Mark: tonghop.Met}, tonghop.Sign{Text: "0", Mark: tonghop.NotMet})
}

// legends gives each table the signs by which it is read, and says where 0 and
// 1 are marks although nothing in the workbook says so.
func (n *Normalizer) legends(covers []tonghop.Cover, gr group) {
	for i, c := range gr.tables {
		covers[i].Legend = n.legend.signs
		if !c.zeroOne || n.legend.digit("0") || n.legend.digit("1") {
			continue
		}
		covers[i].Legend = zeroOneSigns(n.legend.signs)
		f := tonghop.Finding{Rule: "COT-047", Severity: tonghop.Note, Owner: tonghop.OwnerSystem}.Over(c.sheet.Name, covers[i].Header)
		covers[0].Findings = append(covers[0].Findings, f)
	}
}
