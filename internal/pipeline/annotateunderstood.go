package pipeline

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/excel"
)

// understood lists every cell and what it was taken for.
func (n *notes) understood() {
	asked, changed := n.byCell()
	add := func(u excel.Understood) {
		if len(n.out.Understood) == understoodListed {
			return
		}
		u.Item = asked[u.Ref]
		if c, ok := changed[u.Ref]; ok {
			if said := n.changeOf(c, u); strings.Contains(said, u.Changed) {
				u.Changed = said
			} else {
				u.Changed += "; " + said
			}
		}
		n.out.Understood = append(n.out.Understood, u)
	}
	all := 0
	for _, row := range n.ret.Rows {
		name := excel.Understood{Ref: row.NameRef, Field: n.letters.Annotate("unit_name"), Unit: row.Official, Found: row.Name, Meaning: row.Official}
		if row.Unit != "" && row.Match.Why != "exact" {
			name.Changed = n.letters.Word("match", row.Match.Why)
		}
		if row.LeftOut != "" {
			name.Meaning = strings.TrimSpace(name.Meaning + " " + "(" + n.letters.Annotate("left_out", "rule", row.LeftOut) + ")")
		}
		if row.NameRef.Row > 0 {
			add(name)
			all++
		}
		for _, v := range row.Values {
			add(n.value(row.Official, v))
			all++
		}
	}
	for _, total := range n.ret.Totals {
		for _, v := range total.Values {
			add(n.value(n.letters.Annotate("total_"+string(total.Kind)), v))
			all++
		}
	}
	if left := all - len(n.out.Understood); left > 0 {
		n.out.Left = n.letters.Annotate("left", "left", fmt.Sprint(left))
	}
}

// changeOf says what was changed in a cell. A note over many cells names what
// stands in the first of them; for the others it is said by that example.
func (n *notes) changeOf(item excel.NoteItem, u excel.Understood) string {
	first := item.Areas[0]
	at := tonghop.Ref{Row: first.Top, Col: first.Left}
	if item.Found == u.Found || u.Ref.Row == at.Row && u.Ref.Col == at.Col {
		return item.Message
	}
	return n.letters.Annotate("changed_like", "cell", at.Cell(), "message", item.Message)
}

// value says what one cell was taken for.
func (n *notes) value(unit string, v tonghop.Value) excel.Understood {
	u := excel.Understood{Ref: v.Ref, Unit: unit, Field: n.field(v.Field), Found: v.Shown, Measure: v.Measure, Meaning: n.letters.Figure(v)}
	if u.Found == "" {
		u.Found = v.Raw
	}
	if v.Mark != tonghop.MarkNone {
		u.Meaning = strings.TrimSpace(u.Meaning + " " + n.letters.Word("meaning", string(v.Mark)))
	}
	if u.Meaning == "" && v.Empty != tonghop.EmptyNone {
		u.Meaning = n.letters.Annotate("empty_" + string(v.Empty))
	}
	return u
}

// byCell finds for each cell the line of the list that asks about it, and the
// notes on what was changed. Findings over many cells are in the list alone.
func (n *notes) byCell() (asked map[tonghop.Ref]int, changed map[tonghop.Ref]excel.NoteItem) {
	const most = 2000
	asked, changed = map[tonghop.Ref]int{}, map[tonghop.Ref]excel.NoteItem{}
	for i, item := range n.out.Items {
		for _, a := range item.Areas {
			if (a.Bottom-a.Top+1)*(a.Right-a.Left+1) > most {
				continue
			}
			for row := a.Top; row <= a.Bottom; row++ {
				for col := a.Left; col <= a.Right; col++ {
					ref := tonghop.Ref{Sheet: item.Sheet, Row: row, Col: col}
					if item.Severity == tonghop.Note {
						if _, ok := changed[ref]; !ok {
							changed[ref] = item
						}
					} else if asked[ref] == 0 {
						asked[ref] = i + 1
					}
				}
			}
		}
	}
	return asked, changed
}

// ignored lists what was not used, and why.
func (n *notes) ignored() {
	for _, g := range n.ret.Ignored {
		where := n.letters.Annotate("whole_sheet", "sheet", g.Sheet)
		if g.Area != (tonghop.Area{}) {
			where = g.Sheet + "!" + g.Area.String()
		}
		n.out.Ignored = append(n.out.Ignored, excel.NotedArea{Sheet: g.Sheet, Where: where, Reason: n.reason(g), Text: g.Text})
	}
}

// reason says why a part was not used.
func (n *notes) reason(g tonghop.Ignored) string {
	if reason := n.letters.Annotate("reason_" + g.Reason); reason != "" {
		return reason
	}
	return n.letters.Annotate("reason_other")
}
