package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// findingColumns is a contract.
var findingColumns = []string{"rule", "severity", "owner", "province_code", "district_code", "unit_code", "period", "form",
	"field", "found", "expected", "message", "fix", "file", "sha256", "sheet", "cell", "submission", "state"}

// answerColumns follow them where they are asked for: how the office answered, and
// what was decided since.
var answerColumns = []string{"answer", "explanation", "explained_by", "explanation_id", "decision", "decided_by", "reason"}

func (a *app) findingsCommand() *cobra.Command {
	var of, format string
	var all, answers bool
	c := &cobra.Command{Use: "findings --period 2023-06 | --all", Args: cobra.NoArgs}
	c.Flags().StringVar(&of, "period", "", a.flag("period"))
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.Flags().BoolVar(&all, "all", false, a.flag("all"))
	c.Flags().BoolVar(&answers, "answers", false, a.flag("answers"))
	c.RunE = func(c *cobra.Command, _ []string) error {
		filter := store.Filter{Current: true, Province: a.scope(), Expected: true}
		if !all {
			p, err := needPeriod(of)
			if err != nil {
				return err
			}
			filter.Period = p
		}
		return a.findings(c.Context(), filter, format, answers)
	}
	return a.describe(c, "findings")
}

func (a *app) findings(ctx context.Context, filter store.Filter, format string, answers bool) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	columns := findingColumns
	if answers {
		columns = slices.Concat(findingColumns, answerColumns)
	}
	t, err := newTable(a.out, format, columns)
	if err != nil {
		return err
	}
	for r, err := range db.Returns(ctx, filter) {
		if err != nil {
			return err
		}
		var kept []tonghop.Explanation
		if answers && r.Office.Code != "" {
			if kept, err = db.Explanations(ctx, store.ExplanationFilter{Form: r.Form, Office: r.Office.Code}); err != nil {
				return err
			}
		}
		for _, f := range r.Findings {
			cells := a.finding(r, f)
			if answers {
				cells = append(cells, answerOf(r, f, kept)...)
			}
			if err := t.row(cells...); err != nil {
				return err
			}
		}
	}
	return t.end()
}

// finding is one line: one thing to say about a return.
func (a *app) finding(r tonghop.Return, f tonghop.Finding) []string {
	message, expected, fix := a.letters.Finding(f)
	return []string{f.Rule, string(f.Severity), string(f.Owner), r.Province, r.Office.Code, f.Unit, r.Period.String(), r.Form,
		f.Field, f.Found, expected, message, fix, r.Submission.Name, r.Submission.SHA256, f.Sheet, f.Cells(),
		r.Submission.Receipt, string(r.State)}
}

// answerOf is how a finding was answered when its report was settled, and what
// was decided of the explanation, as the ledger has it now.
func answerOf(r tonghop.Return, f tonghop.Finding, kept []tonghop.Explanation) []string {
	how, text := f.Args[tonghop.ArgAnswer], f.Args[tonghop.ArgExplained]
	if how == "" {
		return make([]string, len(answerColumns))
	}
	var of tonghop.Explanation
	for _, x := range kept {
		period := x.Period == r.Period || x.Period.String() == f.Args[tonghop.ArgAgo]
		if period && x.Text == text && (of.Number == 0 || x.About(f) && !of.About(f)) {
			of = x
		}
	}
	cells := []string{how, text, f.Args[tonghop.ArgPerson], "", "", "", ""}
	if of.Number > 0 {
		cells = append(cells[:3], strconv.Itoa(of.Number), string(of.State), of.By, of.Reason)
	}
	return cells
}
