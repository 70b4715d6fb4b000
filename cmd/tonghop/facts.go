package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// factColumns is a contract.
var factColumns = []string{"province_code", "district_code", "district", "unit_code", "unit", "period", "form", "field",
	"value", "unit_of_measure", "mark", "empty", "raw", "file", "sha256", "sheet", "cell", "submission", "state"}

func (a *app) factsCommand() *cobra.Command {
	var of, format string
	c := &cobra.Command{Use: "facts --period 2023-06", Args: cobra.NoArgs}
	c.Flags().StringVar(&of, "period", "", a.flag("period"))
	c.Flags().StringVar(&format, "format", "csv", a.flag("format"))
	c.RunE = func(c *cobra.Command, _ []string) error {
		p, err := needPeriod(of)
		if err != nil {
			return err
		}
		return a.facts(c.Context(), p, format)
	}
	return a.describe(c, "facts")
}

// needPeriod reads a period that must be there.
func needPeriod(s string) (tonghop.Period, error) {
	p, err := period(s)
	if err == nil && p.IsZero() {
		err = tonghop.Fail("usage.period", nil, "value", s)
	}
	return p, err
}

// scope is the province that a listing is limited to.
func (a *app) scope() string {
	if a.config.Province == "all" {
		return ""
	}
	return a.config.Province
}

func (a *app) facts(ctx context.Context, p tonghop.Period, format string) error {
	if err := checkFormat(format); err != nil {
		return err
	}
	db, err := a.open(ctx)
	if err != nil {
		return err
	}
	t, err := newTable(a.out, format, factColumns)
	if err != nil {
		return err
	}
	for r, err := range db.Returns(ctx, store.Filter{Period: p, Province: a.scope(), Current: true}) {
		if err != nil {
			return err
		}
		for _, row := range r.Rows {
			for _, v := range row.Values {
				if err := t.row(fact(r, row, v)...); err != nil {
					return err
				}
			}
		}
	}
	return t.end()
}

// fact is one line: one source cell.
func fact(r tonghop.Return, row tonghop.Row, v tonghop.Value) []string {
	name := row.Official
	if name == "" {
		name = row.Name
	}
	return []string{r.Province, r.Office.Code, r.Office.Name, row.Unit, name, r.Period.String(), r.Form, v.Field,
		v.Figure(), v.Measure, string(v.Mark), string(v.Empty), v.Raw, r.Submission.Name, r.Submission.SHA256,
		v.Ref.Sheet, v.Ref.Cell(), r.Submission.Receipt, string(r.State)}
}
