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
			Where: n.where(f), Found: f.Found, Rule: f.Rule, Key: f.Unit + "/" + f.Field, Answered: f.Answered(), Holds: f.Holds, Seen: unmatched(f)}
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
