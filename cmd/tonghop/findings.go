package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// findingColumns is a contract.
var findingColumns = []string{"rule", "severity", "owner", "province_code", "district_code", "unit_code", "period", "form",
	"field", "found", "expected", "message", "fix", "file", "sha256", "sheet", "cell", "submission", "state"}

func (a *app) findingsCommand() *cobra.Command {
	var of, format string
	var all bool
	c := &cobra.Command{Use: "findings --period 2023-06 | --all", Args: cobra.NoArgs}
	c.Flags().StringVar(&of, "period", "", a.flag("period"))
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.Flags().BoolVar(&all, "all", false, a.flag("all"))
	c.RunE = func(c *cobra.Command, _ []string) error {
		filter := store.Filter{Current: true, Province: a.scope(), Expected: true}
		if !all {
			p, err := needPeriod(of)
			if err != nil {
				return err
			}
			filter.Period = p
		}
		return a.findings(c.Context(), filter, format)
	}
	return a.describe(c, "findings")
}

func (a *app) findings(ctx context.Context, filter store.Filter, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	t, err := newTable(a.out, format, findingColumns)
	if err != nil {
		return err
	}
	for r, err := range db.Returns(ctx, filter) {
		if err != nil {
			return err
		}
		for _, f := range r.Findings {
			if err := t.row(a.finding(r, f)...); err != nil {
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
