package normalize

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// rowNames is how many indicators and criteria a row names.
type rowNames struct{ indicators, criteria int }

// fieldsNamed counts what a row names, by number or by name. Figures of a data
// row may look like numbers of indicators, but they neither rise nor fill most
// of a row of texts; bare whole numbers count only as an unbroken run.
func (n *Normalizer) fieldsNamed(g *grid, row int, cols []int, lookups *int) rowNames {
	numbers, inds, crits := map[string]bool{}, map[string]bool{}, map[int]bool{}
	rising, last, typed := 0, 0, 0
	run, longest, before, bare := 0, 0, -1, map[int]bool{}
	for _, c := range cols {
		l := n.label(g, row, c)
		if no := l.number(); no != "" && n.isIndicator(no) {
			numbers[no] = true
			if l.typed {
				typed++
			}
			if at := l.criterion*100 + l.sub; at > last {
				rising, last = rising+1, at
			}
			continue
		}
		if cr := n.criterionOf(l); cr > 0 && cr <= len(n.known.Criteria.Criteria) && l.sub == 0 && !l.group {
			switch {
			case l.named && !l.prefixed && n.numberedCommune(l, cr): // "1. Xã Hòa Hậu" over a column
			case l.named || l.prefixed:
				crits[cr] = true
			case cr == before+1:
				run, before, bare[cr] = run+1, cr, true
			default:
				run, before, bare[cr] = 1, cr, true
			}
			longest = max(longest, run)
			continue
		}
		if l.named && len(l.key) > 1 && l.criterion <= 0 && !l.group && *lookups > 0 && n.columnRole(l) == "" {
			*lookups--
			n.namedBy(l, inds, crits)
		}
	}
	if typed == 0 && len(numbers)*10 >= len(cols)*6 {
		rising = max(rising, len(numbers)) // blocks in another order
	}
	if len(bare) == len(n.known.Criteria.Criteria) { // every criterion, in any order
		longest = len(bare)
	}
	if longest < fewestCriteria {
		longest = 0
	}
	return rowNames{max(rising, len(inds)), max(len(crits), longest)}
}

// numberedCommune tells the name of a commune behind a running number from a
// criterion's.
func (n *Normalizer) numberedCommune(l label, criterion int) bool {
	return n.isCommune(n.name(l.text)) && n.names.likenessOf(criterion, withoutMeasure(l.rest)) < 0.6
}

// namedBy adds the indicator or criterion that a label names best.
func (n *Normalizer) namedBy(l label, inds map[string]bool, crits map[int]bool) {
	text := withoutMeasure(l.rest)
	in, cr := n.names.indicator(text, 0), n.names.criterion(text)
	if cr.score >= 0.7 && cr.score >= in.score {
		no, _ := strconv.Atoi(cr.no)
		crits[no] = true
		return
	}
	if in.score >= 0.6 {
		inds[in.no] = true
	}
}

// criterionNamed is the criterion that a label without a number names, 0 for
// none that could take the place of what stands above it. A name that also
// fits an indicator of the criterion above stays under it.
func (n *Normalizer) criterionNamed(e evidence, l label, lowest, byCriterion bool) int {
	if e.critAt.criterion != 0 {
		return 0
	}
	text := withoutMeasure(l.rest)
	g := n.names.criterion(text)
	if g.score < 0.75 || g.margin < 0.1 {
		return 0
	}
	no, _ := strconv.Atoi(g.no)
	if e.criterion == 0 {
		if in := n.names.indicator(text, 0); lowest && in.score > g.score && criterionOfField(in.no) != no {
			return 0
		}
		return no
	}
	if byCriterion && g.score >= 0.9 && l.span() < e.critAt.span() {
		return no // what stands above is the name of a group
	}
	if no == e.criterion || n.names.indicator(text, e.criterion).score+0.1 >= g.score {
		return 0
	}
	return no
}

// criterionOfField is the criterion of an indicator's number: 17 of 17.10.
func criterionOfField(field string) int {
	head, _, _ := strings.Cut(field, ".")
	no, _ := strconv.Atoi(head)
	return no
}

// subLabels tells a row below the names that says of each column whether it
// holds the result or the mark, or crosses for one mark: "Kết quả | Đánh giá",
// "Đạt | Chưa đạt". Two labels at least alternate, and no commune stands there.
func (n *Normalizer) subLabels(g *grid, row int, h *header) bool {
	cols := g.filled(row)
	if len(cols) < 4 || row != h.bottom+1 {
		return false
	}
	kinds, result, judged := map[string]int{}, false, false
	for _, c := range cols {
		text := g.text(row, c)
		key := viet.Key(text)
		_, _, isMark := n.words.mark(text)
		if !isMark && !n.words.markCols[key] && !n.words.valCols[key] && n.columnRole(n.label(g, row, c)) != tonghop.ColIgnored {
			return false
		}
		kinds[key]++
		result, judged = result || n.words.valCols[key], judged || n.words.markCols[key] && !isMark
	}
	if len(cols) < 10 && !(result && judged) {
		return false // so few words may be the marks of a commune
	}
	most := 0
	for _, count := range kinds {
		most = max(most, count)
	}
	if len(kinds) < 2 || len(kinds) > 4 || (most-1)*len(kinds) > len(cols) {
		return false
	}
	return alternates(g, row, cols)
}

// alternates reports whether the texts of a row come round again and again.
func alternates(g *grid, row int, cols []int) bool {
	for period := 2; period <= 4; period++ {
		same := 0
		for i := period; i < len(cols); i++ {
			if g.text(row, cols[i]) == g.text(row, cols[i-period]) {
				same++
			}
		}
		if same == len(cols)-period {
			return true
		}
	}
	return false
}

// belowCriteria tells a row below the numbers of criteria that still belongs to
// the header: the bare numbers 1…19, or texts under most columns of which none
// is a mark or a figure.
func (n *Normalizer) belowCriteria(g *grid, row int) bool {
	cols := g.filled(row)
	if len(cols) < fewestCriteria {
		return false
	}
	none := 0
	if n.fieldsNamed(g, row, cols, &none).criteria >= fewestCriteria {
		return true
	}
	texts := 0
	for _, c := range cols {
		cell, text := g.cell(row, c), g.text(row, c)
		_, _, isMark := n.words.mark(text)
		if cell.Kind != tonghop.CellText || isMark || len(viet.Numbers(text)) > 0 || cell.HasForm {
			continue
		}
		texts++
	}
	return texts*10 >= len(cols)*8
}

// dropFalseNumbers takes a row of bare numbers for one that numbers the columns
// if most of its numbers are not those of the criteria that the columns name.
func (n *Normalizer) dropFalseNumbers(h *header) {
	agree, differ := 0, 0
	for _, labels := range h.labels {
		bare, name := 0, guess{}
		for _, l := range labels {
			if l.criterion > 0 && !l.named && !l.prefixed && l.sub == 0 {
				bare = l.criterion
			} else if l.named {
				name = n.names.criterion(withoutMeasure(l.rest))
			}
		}
		switch {
		case bare == 0 || name.score < 0.75:
		case name.no == strconv.Itoa(bare):
			agree++
		default:
			differ++
		}
	}
	if differ <= agree {
		return
	}
	for col, labels := range h.labels {
		var kept []label
		for _, l := range labels {
			if l.criterion > 0 && !l.named && !l.prefixed && l.sub == 0 {
				h.ordinals[l.area.Top] = true
				continue
			}
			kept = append(kept, l)
		}
		h.labels[col] = kept
	}
}

// namesRoles tells a row that names the number or the name column beside its
// numbers: then these name columns too, and do not count them.
func (n *Normalizer) namesRoles(g *grid, row int, cols []int) bool {
	for i, c := range cols {
		if i == 4 {
			break
		}
		if role := n.columnRole(n.label(g, row, c)); role == tonghop.ColNumber || role == tonghop.ColUnit {
			return true
		}
	}
	return false
}

// absolute reads numbers that begin again under each criterion, "CT1 CT2" or
// bare 1 2 3 under "2. Giao thông", as those of its indicators: only where they
// stand for all of them, in their order.
func (n *Normalizer) absolute(h *header) {
	under := map[tonghop.Area][]int{} // columns by the criterion's label
	for col := range h.labels {
		labels := dropCarried(h.labels[col])
		if len(labels) < 2 {
			continue
		}
		above, low := labels[len(labels)-2], labels[len(labels)-1]
		if above.group || low.sub != 0 || low.criterion == 0 || low.span() > 1 || above.sub != 0 {
			continue
		}
		if above.span() > 1 || above.carried || low.ofIndicator || above.criterion > 0 {
			at := above.area
			at.Right = at.Left // a carried label and its own cell are one
			under[at] = append(under[at], col)
		}
	}
	found := 0
	for _, cols := range under {
		slices.Sort(cols)
		found += n.absoluteUnder(h, cols)
	}
	if found >= fewestFields {
		h.byCriterion = false
	}
}

// absoluteUnder does so for the columns under one criterion and says for how
// many.
func (n *Normalizer) absoluteUnder(h *header, cols []int) int {
	labels := dropCarried(h.labels[cols[0]])
	above := labels[len(labels)-2]
	cr := n.criterionOf(above)
	if cr == 0 {
		if g := n.names.criterion(withoutMeasure(above.rest)); g.score >= 0.75 && g.margin >= 0.1 {
			cr, _ = strconv.Atoi(g.no)
		}
	}
	if cr < 1 || cr > len(n.known.Criteria.Criteria) || len(cols) != len(n.known.Criteria.Criteria[cr-1].Indicators) {
		return 0
	}
	lowest := func(col int) *label {
		labels := dropCarried(h.labels[col])
		if len(labels) == 0 {
			return &label{}
		}
		return &labels[len(labels)-1]
	}
	for i, col := range cols {
		if l := lowest(col); max(l.criterion, -l.criterion) != i+1 || l.prefixed && !l.ofIndicator {
			return 0
		}
	}
	for i, col := range cols {
		l := lowest(col)
		l.criterion, l.sub, l.typed = cr, i+1, false
		if len(cols) == 1 {
			l.criterion, l.sub = cr, 0
		}
	}
	return len(cols)
}
