package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tonghop/tonghop/internal/schedule"
)

// patience is how long running jobs have to come to an end when the program is
// stopped; main ends it for good a little later.
const patience = 7 * time.Second

// workCommand works until it is stopped: doors, jobs, schedule.
func (a *app) workCommand() *cobra.Command {
	c := &cobra.Command{Use: "work", Args: cobra.NoArgs}
	c.RunE = func(c *cobra.Command, _ []string) error { return a.work(struck(c.Context())) }
	return a.describe(c, "work")
}

// work does what is due and what waits until the context ends.
func (a *app) work(ctx context.Context) error {
	if err := a.checkConfig(); err != nil {
		return err
	}
	s, err := a.newService(ctx)
	if err != nil {
		return err
	}
	w, err := a.startMonitor(ctx, s)
	if err != nil {
		return err
	}
	worker := s.worker(a.atOnce(), w.observe)
	if err := worker.Start(ctx); err != nil {
		return err
	}
	s.log.Info("working", "version", version, "worker", worker.ID(), "ledger", a.ledgerName(), "home", a.config.Home,
		"doors", len(s.duty.Doors), "schedules", len(s.clock.Schedules()), "listen", w.address())
	keeper := a.keeper(s, w, worker.ID())
	if a.clock.rehearsal {
		begun := a.clock.now()
		s.log.Warn("rehearsal", "clock", stamp(begun))
		keeper.Elapsed = func() time.Duration { return a.clock.now().Sub(begun) }
		keeper.Poll = 200 * time.Millisecond // a hurrying clock is looked at more often
	}
	kept := keeper.Run(ctx)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	stopped := worker.Stop(stopping)
	w.stop(stopping)
	s.log.Info("stopped")
	if err := errors.Join(kept, stopped); err != nil {
		return fmt.Errorf("work: %w", err)
	}
	return nil
}

// keeper claims what is due, and lets itself be watched.
func (a *app) keeper(s *service, w *watch, worker string) *schedule.Keeper {
	return &schedule.Keeper{Ledger: w.ticks, Clock: s.clock, Now: w.ticks.now(a.clock.now, len(s.clock.Schedules())),
		Worker: worker, Log: s.log}
}
