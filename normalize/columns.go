package normalize

import (
	"strconv"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/viet"
)

// columnRole is the role of a column that is no indicator, by its label; ""
// for none. A label that goes on ("… đạt đến 30/6/2023") still counts.
func (n *Normalizer) columnRole(l label) string {
	if l.text == "" {
		return ""
	}
	return n.words.readRoles.get(l.text, func() string { return n.findRole(l) })
}

func (n *Normalizer) findRole(l label) string {
	bare := l.text
	if i := strings.IndexAny(bare, "(["); i > 0 {
		bare = bare[:i]
	}
	long := strings.Join(n.words.tokens(l.text), " ")
	for _, key := range []string{l.key, viet.Key(bare), long} {
		if role, ok := n.words.roles[key]; ok {
			return role
		}
	}
	if role := n.words.mistypedRole(l.key); role != "" {
		return role
	}
	best, role := 2, ""
	for key, r := range n.words.roles {
		words := strings.Count(key, " ") + 1
		if words > best && r != tonghop.ColUnit && (strings.HasPrefix(l.key, key+" ") || strings.HasPrefix(long, key+" ")) {
			best, role = words, r
		}
	}
	if _, own := n.known.Form.OwnFields[role]; own && otherFigure(long) {
		return tonghop.ColIgnored
	}
	return role
}

// otherFigure tells labels that go on to say another figure than the number
// met now: one not met, planned, added, or of another period.
func otherFigure(key string) bool {
	for _, w := range []string{"so voi", "nam truoc", "ky truoc", "thang truoc", "ke hoach", "tang", "giam", "cung ky",
		"chua", "khong", "co ban", "dang ky", "moi", "them", "phan dau", "con lai", "cuoi nam"} {
		if strings.Contains(" "+key+" ", " "+w+" ") {
			return true
		}
	}
	return false
}

// widest is how many columns a criterion's header can span: twelve indicators
// with two columns each, its own mark, and a few spare columns.
const widest = 30

// evidence is what a column's labels say of its content.
type evidence struct {
	indicator string // by number
	numberAt  label  //
	typed     bool   // that number was stored as a number
	name      guess  // by name, among the criterion's indicators
	nameAt    label  //
	criterion int    // context
	critAt    label  //
	mark      bool   // the lowest label says that marks stand here
	lowest    label  //
}

func (n *Normalizer) gather(labels []label, byCriterion bool) evidence {
	var e evidence
	for i, l := range labels { // the lowest criterion wins over groups above it
		if l.group || l.span() > widest {
			continue
		}
		c := n.criterionOf(l)
		if l.sub > 0 {
			if c > 0 && c <= len(n.known.Criteria.Criteria) {
				e.criterion = c
			}
		} else if c > 0 && c <= len(n.known.Criteria.Criteria) {
			if bare := !l.named && !l.prefixed; bare && e.critAt.criterion > 0 && e.criterion != c {
				continue // it counts something under the criterion
			}
			e.criterion, e.critAt = c, l
		} else if l.named {
			if no := n.criterionNamed(e, l, i == len(labels)-1, byCriterion); no > 0 {
				e.criterion, e.critAt = no, l
			}
		}
		if no := l.number(); no != "" {
			if single := strconv.Itoa(l.criterion); !n.isIndicator(no) && n.isIndicator(single) && l.sub == 1 {
				no = single // "10.1" of a criterion with a single indicator
			}
			if n.isIndicator(no) {
				e.indicator, e.numberAt, e.typed = no, l, l.typed
			}
		}
	}
	if len(labels) > 0 {
		e.lowest = labels[len(labels)-1]
		e.mark = (n.words.markCols[e.lowest.key] || n.markOf(e.lowest)) && (e.lowest.span() == 1 || e.lowest.criterion == 0) && e.lowest.sub == 0
	}
	for i, l := range labels {
		above := i < len(labels)-1 || l.span() > 1
		whole := len(labels) > 1 && (l.area == e.critAt.area || above && n.names.likenessOf(e.criterion, l.rest) >= 0.7)
		if !l.named || l.group || whole || n.words.markCols[l.key] || n.words.valCols[l.key] || n.markOf(l) {
			continue
		}
		for _, text := range bareNames(l.rest) {
			if g := n.names.indicator(text, e.criterion); g.score > e.name.score {
				e.name, e.nameAt = g, l
			}
		}
	}
	return e
}

// bareNames lists what may be the name in a label: all of it, without the unit
// of measure behind it, and without the threshold that is printed there.
func bareNames(text string) []string {
	out := []string{text}
	if bare := withoutMeasure(text); bare != text {
		out = append(out, bare)
	}
	lower := strings.ToLower(text)
	for _, word := range []string{"yêu cầu", "≥", "≤", ">=", "<=", "mức đạt", "quy định:"} {
		if i := strings.Index(lower, word); i > 8 && len(lower) == len(text) {
			out = append(out, strings.TrimRight(text[:i], " -–(:;,"), withoutMeasure(text[:i]))
		}
	}
	return out
}

// withoutMeasure takes the unit of measure off a label: "Thu nhập (triệu
// đồng/người/năm)".
func withoutMeasure(text string) string {
	if i := strings.LastIndexAny(text, "(["); i > 0 {
		return strings.TrimSpace(text[:i])
	}
	return text
}

// markOf tells labels such as "Đánh giá TC 2" or "Tiêu chí 2 (đạt/chưa đạt)".
// Behind the name of an indicator "(Đạt/chưa đạt)" is only its measure.
func (n *Normalizer) markOf(l label) bool {
	return n.words.readMarkOf.get(l.text, func() bool { return n.findMarkOf(l) })
}

func (n *Normalizer) findMarkOf(l label) bool {
	text := l.text
	hinted := strings.Contains(l.key, "dat chua dat") || strings.Contains(l.key, "dat khong dat")
	if bare := withoutMeasure(text); bare != text && hinted {
		text = bare
	}
	words := strings.Fields(strings.Trim(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return ' '
		}
		return r
	}, viet.Key(text)), " "))
	if n.words.markCols[strings.Join(words, " ")] {
		return true
	}
	for len(words) > 0 && (words[len(words)-1] == "tc" || words[len(words)-1] == "so") {
		words = words[:len(words)-1]
	}
	key := strings.Join(words, " ")
	return key == "" && hinted || key != "" && n.words.markCols[key] || l.key == "dat chua dat" || l.key == "dat khong dat"
}

// criterionOf is the number of the criterion that a label names. A number with
// only a blank behind it ("5 Trường học") counts if the name fits; otherwise it
// may count something ("3 sạch").
func (n *Normalizer) criterionOf(l label) int {
	if l.criterion < 0 && n.names.likenessOf(-l.criterion, withoutMeasure(tailWords(l.text, 1))) >= 0.6 {
		return -l.criterion
	}
	return l.criterion
}

func tailWords(text string, skip int) string {
	words := strings.Fields(text)
	return strings.Join(words[min(skip, len(words)):], " ")
}

// mapColumns decides for every column of the header what it holds.
func (n *Normalizer) mapColumns(g *grid, h *header) ([]tonghop.Column, []tonghop.Finding) {
	var cols []tonghop.Column
	var found []tonghop.Finding
	all := map[int]evidence{}
	h.heads = headsOf(h)
	h.answers = n.answersFor(h)
	order := make([]int, 0, len(h.labels))
	for col := 1; col <= g.cols; col++ {
		if _, blank := h.labels[col]; blank || !h.content[col].none() {
			order = append(order, col)
		}
	}
	for _, col := range order {
		h.labels[col] = dropCarried(h.labels[col])
		e := n.gather(h.labels[col], h.byCriterion)
		c, f := n.mapColumn(g, h, col, e)
		c, e, f = n.answer(h, c, e, f)
		all[col] = e
		cols, found = append(cols, c), append(found, f...)
	}
	cols, found = n.settleNumbers(g, cols, all, found)
	n.settleCrosses(h, cols, all)
	n.eliminate(cols, all)
	found = n.fillGaps(cols, all, found)
	if !h.byCriterion {
		found = n.fillLast(h, cols, all, found)
		n.marksUnder(h, cols, all)
	}
	if h.byCriterion {
		found = n.fillCriteria(h, cols, all, found)
		found = n.settleResults(g, h, cols, all, found)
	}
	n.pairMarks(h, cols, all)
	cols, found = n.settleDoubles(h, cols, found)
	found = append(found, n.otherMeasures(cols, h)...)
	n.leaveShares(g, h, cols)
	cols, found = n.fillByContent(h, cols, all, found)
	n.ownHeads(g, h, cols, all, found)
	return cols, append(found, n.answerNotes(g, h, cols)...)
}

// beside reports whether the column to the right is headed by another mark.
func (n *Normalizer) beside(h *header, col int) bool {
	next := h.labels[col+1]
	if len(next) == 0 {
		return false
	}
	m, _, ok := n.words.mark(next[len(next)-1].text)
	return ok && m != tonghop.Met
}

// dropCarried drops what reaches over a column from its left if the column has
// a label of its own above that: the last criterion's name does not reach over
// the total behind it.
func dropCarried(labels []label) []label {
	last := len(labels)
	for last > 0 && labels[last-1].carried {
		last--
	}
	if last > 0 {
		return labels[:last]
	}
	return labels
}

// roleOf finds the lowest label that gives a column a role of its own.
func (n *Normalizer) roleOf(labels []label) (string, label) {
	for i := len(labels) - 1; i >= 0; i-- {
		if labels[i].span() > 2 && i < len(labels)-1 {
			continue
		}
		if role := n.columnRole(labels[i]); role != "" {
			return role, labels[i]
		}
	}
	return "", label{}
}

// mapColumn decides for one column by its own labels alone.
func (n *Normalizer) mapColumn(g *grid, h *header, col int, e evidence) (tonghop.Column, []tonghop.Finding) {
	c := tonghop.Column{Col: col, Role: tonghop.ColUnknown, Label: e.lowest.text,
		Header: g.ref(e.lowest.area.Top, e.lowest.area.Left)}
	labels := h.labels[col]
	content := h.content[col]
	if m, _, ok := n.words.mark(e.lowest.text); ok && (m != tonghop.Met || n.beside(h, col)) {
		return c, nil // one column for "Đạt" and one for "Chưa đạt": a cross there is no mark of ours
	}
	if e.lowest.carried || content.others > 0 && content.marks+content.figures == 0 && e.indicator == "" && n.columnRole(e.lowest) == "" {
		return c, nil // a spare column, or one of names and remarks
	}
	if e.indicator == "" && e.criterion == 0 {
		if role, at := n.roleOf(labels); role != "" && !(role == tonghop.ColIgnored && e.mark && len(labels) > 1 && content.marks > 0) {
			return n.ownColumn(c, role, at), nil // marks under a header are never put aside for their label alone
		}
	}
	if h.byCriterion && e.criterion > 0 && !e.ofOneIndicator() {
		return n.mapCriterion(h, c, e)
	}
	if n.remark(e) {
		c.Role = tonghop.ColIgnored
		return c, nil
	}
	multi := e.criterion > 0 && len(n.known.Criteria.Criteria[e.criterion-1].Indicators) > 1
	alone := multi && e.critAt.area == e.lowest.area && e.lowest.span() == 1
	sure, margin := 0.62, 0.1
	if e.criterion > 0 {
		sure, margin = 0.5, 0.08
	}
	switch {
	case e.indicator != "":
		c = field(c, e.indicator, e.mark, "number", e.numberAt)
		own := n.names.likenessOfIndicator(e.indicator, e.nameAt.rest)
		named := e.name
		if any := n.names.indicator(withoutMeasure(e.nameAt.rest), 0); any.score > named.score+0.1 {
			named = any
		}
		if named.score >= 0.75 && named.no != e.indicator && (own < 0.45 || named.score >= 0.97 && own < 0.75) && !e.typed {
			return c, []tonghop.Finding{n.columnFinding("COT-002", c).
				Arg("number", e.indicator).Arg("name", named.no)}
		}
	case e.criterion > 0 && !multi:
		c = field(c, strconv.Itoa(e.criterion), e.mark && content.marks >= content.figures, "criterion", e.lowest)
	case e.nameAt.area != e.critAt.area && e.name.score >= sure && e.name.margin >= margin:
		c = byName(c, e)
	case multi && e.mark, alone && (e.critAt.prefixed || n.names.likenessOf(e.criterion, e.critAt.rest) >= e.name.score), multi && content.mostlyMarks() && n.words.valCols[e.lowest.key]:
		c = field(c, "TC"+strconv.Itoa(e.criterion), true, "criterion", e.lowest)
	case e.name.score >= sure && e.name.margin >= margin:
		c = byName(c, e)
	case alone:
		c = field(c, "TC"+strconv.Itoa(e.criterion), true, "criterion", e.critAt)
	case multi && e.lowest.criterion == e.criterion && e.lowest.sub == 0 && e.lowest.span() == 1 && len(h.labels[col]) > 1:
		c = field(c, "TC"+strconv.Itoa(e.criterion), true, "criterion", e.lowest)
	}
	return c, nil
}

func field(c tonghop.Column, no string, mark bool, why string, at label) tonghop.Column {
	c.Role, c.Field, c.Mark, c.Why = tonghop.ColField, no, mark, why
	if at.text != "" {
		c.Label, c.Header.Row, c.Header.Col = at.text, at.area.Top, at.area.Left
	}
	return c
}

// byName gives a column to the indicator that its label names, and keeps the one
// that came second where it was near.
func byName(c tonghop.Column, e evidence) tonghop.Column {
	c = field(c, e.name.no, e.mark, "name", e.nameAt)
	if e.name.margin < 0.3 {
		c.Near = e.name.second
	}
	return c
}

func (n *Normalizer) ownColumn(c tonghop.Column, role string, at label) tonghop.Column {
	c.Role, c.Why = role, "label"
	c.Label, c.Header.Row, c.Header.Col = at.text, at.area.Top, at.area.Left
	if _, own := n.known.Form.OwnFields[role]; own {
		c.Role, c.Field = tonghop.ColField, role
	}
	return c
}

// columnFinding is a query about a column as a whole; the rows that it
// concerns are added when the table's length is known, and are all there is to
// name of a column without a header.
func (n *Normalizer) columnFinding(rule string, c tonghop.Column) tonghop.Finding {
	f := tonghop.Finding{Rule: rule, Severity: tonghop.Query, Owner: tonghop.OwnerOffice,
		Field: c.Field, Found: c.Label, Args: map[string]string{"column": tonghop.ColumnName(c.Col)}}.At(c.Header)
	if c.Header.Row == 0 {
		f.Areas = nil
	}
	return f
}
