package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/pipeline"
	"github.com/tonghop/tonghop/internal/store"
)

// pullCommand looks into every door once, now, and takes what it finds to its
// verdict.
func (a *app) pullCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{Use: "pull", Args: cobra.NoArgs}
	c.Flags().BoolVar(&asJSON, "json", false, a.flag("json"))
	c.RunE = func(c *cobra.Command, _ []string) error { return a.pull(struck(c.Context()), asJSON) }
	return a.describe(c, "pull")
}

// pull collects, waits until everything it collected is settled and answered,
// by this process or by another one that works, and prints a line for each. It
// does not wait for what cannot be settled as things are.
func (a *app) pull(ctx context.Context, asJSON bool) error {
	if len(a.config.Doors) == 0 {
		return tonghop.Fail("usage.doors", nil)
	}
	if err := a.checkConfig(); err != nil {
		return err
	}
	s, err := a.newService(ctx)
	if err != nil {
		return err
	}
	came := newArrivals()
	for name, door := range s.duty.Doors {
		s.duty.Doors[name] = came.watch(door)
	}
	_, failed := s.duty.Pull(ctx)
	if failed != nil && len(came.receipts) == 0 {
		return failed
	}
	worker := s.worker(a.atOnce(), nil)
	if err := worker.Start(ctx); err != nil {
		return err
	}
	p := &pulling{a: a, s: s}
	err = p.settled(ctx, came.receipts)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if stopped := worker.Stop(stopping); err == nil {
		err = stopped
	}
	if err != nil {
		return err
	}
	if err := p.report(ctx, asJSON); err != nil {
		return err
	}
	return failed
}

// arrivals remembers what the doors handed over.
type arrivals struct{ receipts []string }

func newArrivals() *arrivals { return &arrivals{} }

// watch is a door of which every receipt is remembered.
func (r *arrivals) watch(door ingest.Source) ingest.Source { return &watched{door, r} }

// watched is a door that is watched.
type watched struct {
	ingest.Source
	seen *arrivals
}

// Collect collects and remembers.
func (w *watched) Collect(ctx context.Context, deliver ingest.Deliver) error {
	return w.Source.Collect(ctx, func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
		taken, err := deliver(ctx, parcels)
		for _, subs := range taken {
			for _, sub := range subs {
				w.seen.receipts = append(w.seen.receipts, sub.Receipt)
			}
		}
		return taken, err
	})
}

// outcome is what became of a settled submission.
func outcome(ctx context.Context, ledger *store.DB, receipt string) (pipeline.Outcome, error) {
	for ret, err := range ledger.Returns(ctx, store.Filter{Receipt: receipt}) {
		return pipeline.Outcome{Name: ret.Submission.Name, Receipt: receipt, Return: ret}, err
	}
	sub, err := ledger.Submission(ctx, receipt)
	return pipeline.Outcome{Name: sub.Name, Receipt: receipt, Return: tonghop.Return{Submission: sub, State: sub.State}}, err
}
