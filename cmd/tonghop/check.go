package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
)

func (a *app) checkCommand() *cobra.Command {
	var facts bool
	var copy, page string
	run := func(ctx context.Context, paths []string, expect tonghop.Period, asOf tonghop.Date, asJSON bool) error {
		var noted *annotation
		shown := &explanation{out: page}
		if copy != "" || page != "" {
			noted = &annotation{out: copy}
		}
		if copy != "" {
			if err := noted.allowed(paths); err != nil {
				return err
			}
		}
		if page != "" {
			if err := shown.allowed(paths, copy); err != nil {
				return err
			}
		}
		outcomes, err := a.check(ctx, paths, expect, asOf, noted)
		if err != nil {
			return err
		}
		record := a.record
		if facts {
			asJSON, record = true, a.recordWithFacts
		}
		if err := a.report(outcomes, asJSON, record); noted == nil || err != nil && !errors.Is(err, errRejected) {
			return err
		}
		if copy != "" {
			if err := a.annotate(ctx, noted, outcomes); err != nil {
				return err
			}
		}
		if page != "" {
			if err := a.explain(ctx, shown, noted, outcomes); err != nil {
				return err
			}
		}
		return rejectedAny(outcomes)
	}
	c := a.readingCommand("check FILE...", run)
	c.Flags().StringVar(&copy, "annotate", "", a.flag("annotate"))
	c.Flags().StringVar(&page, "explain", "", a.flag("explain"))
	c.Flags().BoolVar(&facts, "facts", false, a.flag("facts"))
	return a.describe(c, "check")
}

// rejectedAny is errRejected if any file did not get through.
func rejectedAny(outcomes []pipeline.Outcome) error {
	for _, o := range outcomes {
		if o.Rejected() {
			return errRejected
		}
	}
	return nil
}

// check reads and judges files as ingest does, and stores nothing: beside what
// the office reported before, if there is a ledger that has it. noted keeps
// what was read, to be annotated; nil = nobody asks for that.
func (a *app) check(ctx context.Context, paths []string, expect tonghop.Period, asOf tonghop.Date, noted *annotation) ([]pipeline.Outcome, error) {
	if err := exist(paths); err != nil {
		return nil, err
	}
	reader, err := a.reader(asOf)
	if err != nil {
		return nil, err
	}
	var recall pipeline.Recall
	if db, err := a.lookLedger(ctx); err != nil {
		return nil, err
	} else if db != nil {
		reader.Answers, recall = db.Variants, db.Last
	}
	readers, done := a.readers(reader, asOf, recall)
	if noted == nil {
		defer done()
	} else { // a copy is read again before it is handed out
		a.ends = append(a.ends, done)
		noted.reader, noted.readers = reader, &keeping{Readers: readers}
		readers = noted.readers
	}
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
