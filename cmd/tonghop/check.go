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
	var outcomes []pipeline.Outcome
	for file, err := range ingest.Walk(paths) {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		o := pipeline.Outcome{Name: file.Name, Skip: file.Skip, Err: err}
		if o.Skip == ingest.SkipNone && o.Err == nil {
			p := tonghop.Parcel{Name: file.Name, Expect: expect}
			if p.Bytes, o.Err = file.Read(ingest.Limits{}); o.Err == nil {
				o.Return = reader.Read(p)
			}
		}
		outcomes = append(outcomes, o)
	}
	return a.report(outcomes, asJSON)
}
