package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/templates"
)

// How much an annotated workbook lists: of mere notes so many, of cells that were
// understood so many. What is to be repaired or looked at is listed whole.
const (
	notesListed      = 500
	understoodListed = 20_000
)

// notes words what is said of a return.
type notes struct {
	letters *templates.Letters
	known   tonghop.Known
	ret     tonghop.Return
	out     excel.Notes
}

// wordNotes puts what is said of a return into the words of the letters. inPlace
// says that the clerk's own workbook is annotated; values that there is a copy of
// what it holds.
func wordNotes(l *templates.Letters, known tonghop.Known, name string, ret tonghop.Return, inPlace, values bool) excel.Notes {
	n := &notes{letters: l, known: known, ret: ret, out: excel.Notes{Words: l.AnnotateWords()}}
	n.items()
	n.heading(name, inPlace, values)
	n.understood()
	n.ignored()
	return n.out
}

// countOrNone is a number for a sentence; "" for none, so that its part goes.
func countOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// heading says the verdict, whose file it is and what to do now.
func (n *notes) heading(name string, inPlace, values bool) {
	say, ret := n.letters.Annotate, n.ret
	meaning := templates.Meaning(ret)
	rejects, queries, holds := tonghop.Count(ret.Findings, tonghop.Reject), tonghop.CountAsked(ret.Findings), 0
	for _, f := range ret.Findings {
		if f.Holds && f.Severity == tonghop.Query {
			holds++
		}
	}
	asked := queries
	if meaning == "held" {
		asked -= holds
	}
	n.out.Verdict = say("verdict_"+meaning, "office", ret.Office.Name, "period", periodText(ret.Period), "rejects", fmt.Sprint(rejects),
		"queries", countOrNone(asked), "holds", fmt.Sprint(holds))
	add := func(key, value string) {
		if value != "" {
			n.out.Facts = append(n.out.Facts, [2]string{say(key), value})
		}
	}
	add("file", name)
	add("office", ret.Office.Name)
	if !ret.Period.IsZero() {
		add("period", say("period_name", "period", ret.Period.String()))
	}
	if len(ret.Rows) > 0 {
		add("form", n.letters.Word("form", ret.Form))
	}
	add("counts", say("counted", "rejects", fmt.Sprint(rejects), "queries", fmt.Sprint(queries), "notes", fmt.Sprint(tonghop.Count(ret.Findings, tonghop.Note))))
	if len(n.out.Items) < len(ret.Findings) {
		add("counts", say("counted_cut", "shown", fmt.Sprint(len(n.out.Items)), "all", fmt.Sprint(len(ret.Findings))))
	}
	if !inPlace && values {
		add("copy", say("copied"))
	} else if !inPlace {
		add("copy", say("copied_none"))
	}
	own := ""
	if !inPlace {
		own = "_copy"
	}
	if rejects+queries > 0 && !strings.HasSuffix(meaning, "_system") {
		n.out.Steps = append(n.out.Steps, say("step_fix"+own))
		if queries > 0 && (inPlace || values) {
			n.out.Steps = append(n.out.Steps, say("step_explain"+own))
		}
		n.out.Steps = append(n.out.Steps, say("step_send"+own))
	}
	if inPlace || values {
		n.out.Legend = []string{say("legend_reject"), say("legend_query")}
	}
	if inPlace {
		n.out.Legend = append(n.out.Legend, say("legend_values"))
	}
}

func periodText(p tonghop.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}

// inOrder lists findings by weight and then in the order of the sheets, what
// follows from one right behind it. It gives the place of each one's cause among
// them, -1 for none.
func inOrder(found []tonghop.Finding) (list []tonghop.Finding, causes []int) {
	first, follow := tonghop.Folded(found)
	slices.SortStableFunc(first, func(a, b tonghop.Finding) int { return b.Weight() - a.Weight() })
	for _, f := range first {
		at := len(list)
		list, causes = append(list, f), append(causes, -1)
		for _, after := range follow[f.Key()] {
			list, causes = append(list, after), append(causes, at)
		}
		delete(follow, f.Key()) // of two that say the same, the first is the cause
	}
	return list, causes
}

// items words the findings; what follows from another one says from which line.
func (n *notes) items() {
	found, causes := inOrder(n.ret.Findings)
	units := map[string]string{}
	for _, row := range n.ret.Rows {
		units[row.Unit] = row.Official
	}
	weights := []string{"weight_note", "weight_query", "weight_holds", "weight_reject"}
	noted, lines := 0, map[int]int{} // place among the findings → line of the list
	under := map[int]int{}           // line of a cause → how many follow from it
	for i, f := range found {
		if f.Severity == tonghop.Note {
			if noted++; noted > notesListed {
				continue
			}
		}
		item := excel.NoteItem{Severity: f.Severity, Weight: n.letters.Annotate(weights[f.Weight()]), Sheet: f.Sheet, Areas: f.Areas,
			Where: n.where(f), Found: f.Found, Rule: f.Rule, Key: f.Unit + "/" + f.Field, Answered: f.Answered(), Seen: unmatched(f)}
		if item.Answered {
			item.Weight = n.letters.Annotate("weight_answered")
		}
		item.Message, item.Expected, item.Fix = n.letters.Finding(f)
		var subject []string
		for _, s := range []string{units[f.Unit], n.field(f.Field)} {
			if s != "" {
				subject = append(subject, s)
			}
		}
		item.Subject = strings.Join(subject, " · ")
		if line := lines[causes[i]]; line > 0 {
			item.Cause = line
			item.Message = n.follows(line) + item.Message
			under[line]++
		}
		n.out.Items = append(n.out.Items, item)
		lines[i] = len(n.out.Items)
	}
	n.out.Noted = n.letters.Annotate("folded_notes")
	for line, count := range under {
		n.out.Items[line-1].Folded = n.letters.Annotate("folded", "count", fmt.Sprint(count))
	}
}

// follows says from which line a finding follows, before what it says itself.
func (n *notes) follows(line int) string {
	return n.letters.Annotate("follows", "line", fmt.Sprint(line)) + " "
}

// where names the place of a finding, the first areas of many.
func (n *notes) where(f tonghop.Finding) string {
	const most = tonghop.OwnAreasNamed
	switch {
	case f.Sheet == "":
		return n.letters.Annotate("whole_file")
	case len(f.Areas) == 0:
		return n.letters.Annotate("whole_sheet", "sheet", f.Sheet)
	case len(f.Areas) > most:
		left := len(f.Areas) - most
		f.Areas = f.Areas[:most]
		return n.letters.Annotate("more_cells", "sheet", f.Sheet, "cells", strings.ReplaceAll(f.Cells(), ",", ", "), "left", fmt.Sprint(left))
	}
	return n.letters.Annotate("cells", "sheet", f.Sheet, "cells", strings.ReplaceAll(f.Cells(), ",", ", "))
}

// field names an indicator as its decision does.
func (n *notes) field(field string) string {
	if field == "" {
		return ""
	}
	if n.known.Criteria != nil {
		if in, _, ok := n.known.Criteria.Indicator(field); ok {
			return n.letters.Annotate("field_name", "no", field, "name", in.Name)
		}
	}
	return n.letters.FieldName(field)
}

// understood lists every cell and what it was taken for.
func (n *notes) understood() {
	asked, changed := n.byCell()
	add := func(u excel.Understood) {
		if len(n.out.Understood) == understoodListed {
			return
		}
		u.Item = asked[u.Ref]
		if c, ok := changed[u.Ref]; ok {
			u.Changed = strings.TrimPrefix(u.Changed+"; "+n.changeOf(c, u), "; ")
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
