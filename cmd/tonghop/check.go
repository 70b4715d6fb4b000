package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) checkCommand() *cobra.Command {
	var facts bool
	run := func(ctx context.Context, paths []string, expect tonghop.Period, asOf tonghop.Date, asJSON bool) error {
		outcomes, err := a.check(ctx, paths, expect, asOf)
		if err != nil {
			return err
		}
		if facts {
			return a.report(outcomes, true, a.recordWithFacts)
		}
		return a.report(outcomes, asJSON, a.record)
	}
	c := a.readingCommand("check FILE...", run)
	c.Flags().BoolVar(&facts, "facts", false, a.flag("facts"))
	return a.describe(c, "check")
}

// check reads and judges files as ingest does, and stores nothing.
func (a *app) check(ctx context.Context, paths []string, expect tonghop.Period, asOf tonghop.Date) ([]pipeline.Outcome, error) {
	if err := exist(paths); err != nil {
		return nil, err
	}
	reader, err := a.reader(asOf)
	if err != nil {
		return nil, err
	}
	readers, done := a.readers(reader, asOf, nil)
	defer done()
	how := pipeline.Looking{Readers: readers, Limits: a.config.Limits, Expect: expect, Now: a.clock.now}
	return how.Look(ctx, ingest.Walk(paths))
}

// recordWithFacts is a record with one object for each source cell that was
// understood, with the columns of the facts command, whatever the verdict. A
// row that does not count says under left_out which check keeps it out.
func (a *app) recordWithFacts(o pipeline.Outcome) record {
	rec := a.record(o)
	rec.Facts = []map[string]string{}
	for _, row := range o.Return.Rows {
		for _, v := range row.Values {
			of := map[string]string{"left_out": row.LeftOut}
			for i, column := range fact(o.Return, row, v) {
				of[factColumns[i]] = column
			}
			rec.Facts = append(rec.Facts, of)
		}
	}
	return rec
}
