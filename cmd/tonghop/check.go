package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) checkCommand() *cobra.Command {
	return a.describe(a.readingCommand("check FILE...", a.check), "check")
}

// check reads and judges files as ingest does, and stores nothing.
func (a *app) check(ctx context.Context, paths []string, expect tonghop.Period, asOf tonghop.Date, asJSON bool) error {
	if err := exist(paths); err != nil {
		return err
	}
	reader, err := a.reader(asOf)
	if err != nil {
		return err
	}
	readers, done := a.readers(reader, asOf)
	defer done()
	how := pipeline.Looking{Readers: readers, Limits: a.config.Limits, Expect: expect, Now: a.clock.now}
	outcomes, err := how.Look(ctx, ingest.Walk(paths))
	if err != nil {
		return err
	}
	return a.report(outcomes, asJSON)
}
