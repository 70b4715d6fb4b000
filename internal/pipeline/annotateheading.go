package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/excel"
	"github.com/tonghop/tonghop/templates"
)

// countOrNone is a number for a sentence; "" for none, so that its part goes.
func countOrNone(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// tally counts what a clerk has to do: one for each cause, whatever follows from
// it. A finding that is explained and waits is none.
type tally struct {
	rejects, queries int // causes
	holds            int // of the queries, those that keep the report from being accepted
	follow           int // what follows from one of them, notes apart
}

// tallyOf counts the findings of a return.
func tallyOf(found []tonghop.Finding) tally {
	var t tally
	first, follow := tonghop.Folded(found)
	for _, f := range first {
		switch {
		case f.Severity == tonghop.Reject:
			t.rejects++
		case f.Severity == tonghop.Query && !f.Answered():
			t.queries++
			if f.Holds {
				t.holds++
			}
		}
		for _, after := range follow[f.Key()] {
			if after.Severity == tonghop.Reject || after.Severity == tonghop.Query && !after.Answered() {
				t.follow++
			}
		}
		delete(follow, f.Key()) // of two that say the same, the first is the cause
	}
	return t
}

// heading says the verdict, whose file it is and what to do now.
func (n *notes) heading(name string, inPlace, values bool) {
	say, ret := n.letters.Annotate, n.ret
	meaning := templates.Meaning(ret)
	t := tallyOf(ret.Findings)
	asked := t.queries
	if meaning == "held" {
		asked -= t.holds
	}
	n.out.Verdict = say("verdict_"+meaning, "office", ret.Office.Name, "period", periodText(ret.Period), "rejects", countOrNone(t.rejects),
		"queries", countOrNone(asked), "holds", countOrNone(t.holds), "follow", countOrNone(t.follow))
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
	add("counts", n.counted(t))
	if len(n.out.Items) < len(ret.Findings) {
		add("counts", say("counted_cut", "shown", fmt.Sprint(len(n.out.Items)), "all", fmt.Sprint(len(ret.Findings))))
	}
	if !inPlace && values {
		add("copy", say("copied"))
	} else if !inPlace {
		add("copy", say("copied_none"))
	}
	n.out.Closed = !inPlace && !values || strings.HasSuffix(meaning, "_system")
	n.steps(t, inPlace, values)
	n.legend(inPlace, values)
}

// counted says how many of what are in the list; of what there is none, nothing.
func (n *notes) counted(t tally) string {
	var parts []string
	for _, of := range []struct {
		key   string
		count int
	}{{"counted_rejects", t.rejects}, {"counted_holds", t.holds}, {"counted_queries", t.queries - t.holds}, {"counted_follow", t.follow}, {"counted_notes", tonghop.Count(n.ret.Findings, tonghop.Note)}} {
		if of.count > 0 {
			parts = append(parts, n.letters.Annotate(of.key, "count", fmt.Sprint(of.count)))
		}
	}
	return strings.Join(parts, ", ")
}

// steps says what to do now.
func (n *notes) steps(t tally, inPlace, values bool) {
	say := n.letters.Annotate
	if t.rejects+t.queries == 0 || strings.HasSuffix(templates.Meaning(n.ret), "_system") {
		return
	}
	own := ""
	if !inPlace {
		own = "_copy"
	}
	switch {
	case !slices.ContainsFunc(n.out.Items, marked):
		n.out.Steps = append(n.out.Steps, say("step_fix_whole"))
	default:
		n.out.Steps = append(n.out.Steps, say("step_fix"+own))
	}
	if !n.out.Closed && slices.ContainsFunc(n.out.Items, func(i excel.NoteItem) bool { return i.Severity == tonghop.Query && !i.Holds }) {
		n.out.Steps = append(n.out.Steps, say("step_explain"+own))
	}
	n.out.Steps = append(n.out.Steps, say(sending(n.ret)+own))
}

// marked reports whether cells are marked for a line of the list.
func marked(i excel.NoteItem) bool { return i.Severity != tonghop.Note && len(i.Areas) > 0 }

// legend says what the marks look like that the sheets bear.
func (n *notes) legend(inPlace, values bool) {
	say := n.letters.Annotate
	if !inPlace && !values {
		return
	}
	bears := func(s tonghop.Severity) bool {
		return slices.ContainsFunc(n.out.Items, func(i excel.NoteItem) bool { return marked(i) && i.Severity == s })
	}
	if bears(tonghop.Reject) {
		n.out.Legend = append(n.out.Legend, say("legend_reject"))
	}
	if bears(tonghop.Query) {
		n.out.Legend = append(n.out.Legend, say("legend_query"))
	}
	if inPlace && len(n.out.Legend) > 0 {
		n.out.Legend = append(n.out.Legend, say("legend_values"))
	}
}

// sending names the step that says when to send the file: what is accepted
// stands, and need not be sent again.
func sending(ret tonghop.Return) string {
	if ret.State == tonghop.Accepted {
		return "step_send_accepted"
	}
	return "step_send"
}

func periodText(p tonghop.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}
