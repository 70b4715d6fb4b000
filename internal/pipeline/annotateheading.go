package pipeline

import (
	"fmt"
	"strings"

	"github.com/tonghop/tonghop"
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
		}
		if f.Severity == tonghop.Query && f.Holds {
			t.holds++
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
	asked, holding := t.queries, 0
	if meaning == "held" {
		asked, holding = asked-t.holds, t.holds
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
	add("counts", say("counted", "rejects", fmt.Sprint(t.rejects), "holds", countOrNone(holding),
		"queries", fmt.Sprint(asked), "follow", countOrNone(t.follow), "notes", countOrNone(tonghop.Count(ret.Findings, tonghop.Note))))
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
	if t.rejects+t.queries > 0 && !strings.HasSuffix(meaning, "_system") {
		n.out.Steps = append(n.out.Steps, say("step_fix"+own))
		if t.queries > 0 && (inPlace || values) {
			n.out.Steps = append(n.out.Steps, say("step_explain"+own))
		}
		n.out.Steps = append(n.out.Steps, say(sending(ret)+own))
	}
	if inPlace || values {
		n.out.Legend = []string{say("legend_reject"), say("legend_query")}
	}
	if inPlace {
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
