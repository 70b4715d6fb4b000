package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/internal/overlay"
	"github.com/tonghop/tonghop/templates"
)

// explainedMost is how many lines the list of the page has.
const explainedMost = 2000

// pageNotes puts what is said of a return into the words of the page. Verdict,
// counts and lines are those of the annotated workbook.
func pageNotes(l *templates.Letters, known tonghop.Known, name string, ret tonghop.Return) overlay.Page {
	n := &notes{letters: l, known: known, ret: ret, out: excel.Notes{}}
	n.items()
	n.heading(name, false, true)
	p := overlay.Page{Lang: l.Lang(), Words: l.OverlayWords(), Title: l.Overlay("title", "file", name), Verdict: n.out.Verdict,
		State: ret.State, Steps: n.pageSteps(), Facts: n.pageFacts(name)}
	for i, item := range n.out.Items[:min(explainedMost, len(n.out.Items))] {
		if item.Cause > 0 {
			item.Message = strings.TrimPrefix(item.Message, n.follows(item.Cause))
		}
		p.Items = append(p.Items, overlay.Item{No: i + 1, Cause: item.Cause, Severity: item.Severity, Weight: item.Weight, Sheet: item.Sheet,
			Areas: item.Areas, Where: item.Where, Subject: item.Subject, Message: item.Message, Found: item.Found, Expected: item.Expected,
			Fix: item.Fix, Rule: item.Rule})
	}
	if len(p.Items) < len(ret.Findings) {
		p.Cut = l.Overlay("items_cut", "shown", fmt.Sprint(len(p.Items)), "all", fmt.Sprint(len(ret.Findings)))
	}
	p.Taken = n.taken()
	if left := len(p.Taken) - understoodListed; left > 0 {
		p.Taken, p.Left = p.Taken[:understoodListed], l.Overlay("taken_left", "left", fmt.Sprint(left))
	}
	for _, g := range ret.Ignored {
		p.Unused = append(p.Unused, overlay.Unused{Sheet: g.Sheet, Area: g.Area, Reason: n.reason(g)})
	}
	return p
}

// pageSteps says what to do now, in three steps at most.
func (n *notes) pageSteps() []string {
	say, meaning := n.letters.Overlay, templates.Meaning(n.ret)
	cells := slices.ContainsFunc(n.ret.Findings, func(f tonghop.Finding) bool { return f.Severity != tonghop.Note && len(f.Areas) > 0 })
	switch {
	case meaning == "held_system":
		return []string{say("page_wait")}
	case meaning == "rejected_system":
		return []string{say("page_other")}
	case tonghop.Count(n.ret.Findings, tonghop.Reject)+tonghop.Count(n.ret.Findings, tonghop.Query) == 0:
		return []string{say("page_nothing")}
	case !cells:
		return []string{say("page_other")}
	case tonghop.Count(n.ret.Findings, tonghop.Query) == 0:
		return []string{say("page_fix"), say("page_send")}
	}
	if n.ret.State == tonghop.Held {
		return []string{say("page_fix"), say("page_hold"), say("page_send")}
	}
	if n.ret.State == tonghop.Accepted {
		return []string{say("page_fix"), say("page_explain"), say("page_send_accepted")}
	}
	return []string{say("page_fix"), say("page_explain"), say("page_send")}
}

// pageFacts says how the whole file was understood, and which cell says so.
func (n *notes) pageFacts(name string) []overlay.Fact {
	var out []overlay.Fact
	at := map[string]tonghop.Ref{}
	for _, p := range n.ret.Places {
		if _, ok := at[p.What]; !ok {
			at[p.What] = p.Ref
		}
	}
	say := func(key string) string {
		if text := n.letters.Overlay(key); text != "" {
			return text
		}
		return n.letters.Annotate(key)
	}
	add := func(key, value string) {
		if value == "" {
			value = say("not_known")
		}
		out = append(out, overlay.Fact{Label: say(key), Value: value, At: at[key]})
	}
	add("file", name)
	add(placeOffice, n.ret.Office.Name)
	add(placePeriod, n.periodName())
	add(placeForm, n.formName())
	if read := len(n.ret.Rows) > 0; read && n.known.Criteria != nil {
		add("unit_form", n.letters.Overlay("criteria", "name", n.known.Criteria.Name, "basis", n.known.Criteria.Basis))
	}
	if n.ret.Version > 0 {
		add("version", n.letters.Overlay("version_no", "n", fmt.Sprint(n.ret.Version)))
	}
	add("read", n.readCounts())
	if len(n.ret.Evidence) > 0 {
		add("evidence", n.letters.Evidence(n.ret.Evidence))
	}
	for _, f := range n.out.Facts { // the counts as the annotated workbook has them
		if f[0] == n.letters.Annotate("counts") {
			out = append(out, overlay.Fact{Label: f[0], Value: f[1]})
		}
	}
	return out
}

// periodName is the period in words; "" if it is not known.
func (n *notes) periodName() string {
	if n.ret.Period.IsZero() {
		return ""
	}
	return n.letters.Annotate("period_name", "period", n.ret.Period.String())
}

// formName is the form in words; "" if nothing was read.
func (n *notes) formName() string {
	if len(n.ret.Rows) == 0 {
		return ""
	}
	return n.letters.Word("form", n.ret.Form)
}

// readCounts says how much was read.
func (n *notes) readCounts() string {
	rows, out, cells, filled := 0, 0, 0, 0
	for _, row := range n.ret.Rows {
		if row.LeftOut == "" {
			rows++
		} else {
			out++
		}
		cells += len(row.Values)
		for _, v := range row.Values {
			if v.Number.Valid || v.Mark != tonghop.MarkNone {
				filled++
			}
		}
	}
	if rows+out == 0 {
		return n.letters.Overlay("read_none")
	}
	return n.letters.Overlay("read_all", "rows", fmt.Sprint(rows), "out", countOrNone(out), "cells", fmt.Sprint(cells),
		"filled", fmt.Sprint(filled), "blank", fmt.Sprint(cells-filled))
}

// taken lists every cell and what it was taken for, with the label that stands in
// it: first the heading and the header, then the rows.
func (n *notes) taken() []overlay.Taken {
	var out []overlay.Taken
	for _, p := range n.ret.Places {
		out = append(out, n.placed(p))
	}
	for _, p := range n.ret.Printed {
		out = append(out, overlay.Taken{Ref: p.Ref, Kind: overlay.KindPrints, Label: n.letters.Overlay("printed", "no", p.Field), Full: n.field(p.Field)})
	}
	turned := map[string]bool{}
	for _, p := range n.ret.Places {
		turned[p.Ref.Sheet] = turned[p.Ref.Sheet] || p.Side
	}
	for _, row := range n.ret.Rows {
		if row.NameRef.Row > 0 {
			label := row.Official
			if row.Unit == "" {
				label = n.letters.Overlay("name_unknown")
			}
			if row.LeftOut != "" {
				label += " (" + n.letters.Overlay("left_out") + ")"
			}
			out = append(out, overlay.Taken{Ref: row.NameRef, Kind: overlay.KindName, Label: label, Over: turned[row.NameRef.Sheet]})
		}
		for _, v := range row.Values {
			out = append(out, n.labelled(overlay.KindValue, row.Official, v))
		}
	}
	for _, t := range n.ret.Totals {
		kind := n.letters.Annotate("total_" + string(t.Kind))
		if t.Label.Row > 0 {
			out = append(out, overlay.Taken{Ref: t.Label, Kind: overlay.KindTotal, Label: kind})
		}
		for _, v := range t.Values {
			out = append(out, n.labelled(overlay.KindTotal, kind, v))
		}
	}
	return out
}

// labelled labels a value: "17.8 → 43,2 triệu đồng".
func (n *notes) labelled(kind overlay.Kind, of string, v tonghop.Value) overlay.Taken {
	u := n.value(of, v)
	meaning := u.Meaning
	if v.Number.Valid && u.Measure != "" {
		meaning = strings.TrimSpace(n.letters.Figure(v) + " " + u.Measure + strings.TrimPrefix(u.Meaning, n.letters.Figure(v)))
	}
	meaning = strings.ReplaceAll(meaning, " %", "\u00a0%") // never on a line of its own
	label := n.shortField(v.Field)
	if meaning != "" {
		label = n.letters.Overlay("is", "field", label, "meaning", meaning)
	}
	return overlay.Taken{Ref: v.Ref, Kind: kind, Label: label, Full: strings.TrimPrefix(of+", "+u.Field, ", ")}
}

// shortField is the number of an indicator, or what else a field is called.
func (n *notes) shortField(field string) string {
	if n.known.Criteria != nil {
		if _, _, ok := n.known.Criteria.Indicator(field); ok {
			return field
		}
	}
	return n.letters.FieldName(field)
}

// placed says what a cell of a heading or a header was taken for.
func (n *notes) placed(p tonghop.Place) overlay.Taken {
	say := n.letters.Overlay
	t := overlay.Taken{Ref: p.Ref, Kind: overlay.KindTitle}
	switch p.What {
	case placeOffice:
		t.Label = say("place_office", "value", n.ret.Office.Name)
	case placePeriod:
		t.Label = say("place_period", "value", n.periodName())
	case placeForm:
		t.Label = say("place_form", "value", n.letters.Word("form", n.ret.Form))
	case tonghop.ColField:
		t.Kind, t.Label, t.Full = overlay.KindHead, n.shortField(p.Field), n.field(p.Field)
		if t.Label == p.Field {
			t.Label = say("field_label", "no", p.Field)
		}
		if p.Mark {
			t.Label = say("mark_label", "name", t.Label)
		}
		if p.Side {
			t.Kind = overlay.KindSide
		}
	default:
		t.Kind, t.Label = overlay.KindOther, say("role_"+p.What)
	}
	return t
}
