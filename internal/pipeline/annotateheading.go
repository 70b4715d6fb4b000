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
		if queries > 0 && inPlace {
			n.out.Steps = append(n.out.Steps, say("step_explain"))
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
