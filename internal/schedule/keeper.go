package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// Ledger is where the keeper writes what it remembers; *store.DB is one.
type Ledger interface {
	Schedules(ctx context.Context) ([]store.Schedule, error)
	SaveSchedule(ctx context.Context, s store.Schedule) error
	ClaimRun(ctx context.Context, r store.Run) (won bool, err error)
	Runs(ctx context.Context, schedule string, limit int) ([]store.Run, error)
	PruneRuns(ctx context.Context, schedule string, before time.Time) error
}

const (
	grace     = 2 * time.Minute      // a due time that is handled later than that was missed
	lookBack  = 45 * time.Minute     // from now, if the mark lies in the future; see sweepable
	skew      = 10 * time.Minute     // how far two servers' clocks may differ; more is a wrong clock
	horizon   = 400 * 24 * time.Hour // what was missed before that is not made up for
	mostLines = 300                  // of missed pulls get a line
	portion   = 500                  // of closings are handled before the mark is moved
	defSteady = 2 * time.Minute
	defPoll   = 5 * time.Second
)

// earliest is when this program was not yet written: a clock that stands before
// has lost its battery.
func earliest() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }

// Keeper claims every due time of its clock in the ledger. Any number of them
// may run on any number of machines. One keeper's Tick and Run are for one
// goroutine; Status is for any.
type Keeper struct {
	Ledger Ledger
	Clock  *Clock
	Now    func() time.Time // the wall clock; nil = time.Now
	// Elapsed is how long the program has run, by a clock that nobody sets: what
	// the wall clock gains on it is a step. nil = the monotonic clock. Whoever
	// gives a Now that jumps gives this too, or waits for Steady.
	Elapsed func() time.Duration
	Worker  string        // written into the runs that it claims
	Log     *slog.Logger  // nil = silent
	Steady  time.Duration // how long the wall clock must run evenly after a step forward; 0 = 2 minutes
	Poll    time.Duration // how long Run sleeps at most; 0 = 5 seconds

	started time.Time // for Elapsed
	watch   watch
	sweepAt time.Duration   // when to forget old runs again, by Elapsed
	said    map[string]bool // warnings that are not said again while they hold
}

// Run looks whenever something is due, and every few seconds, so that it sees
// the clock being set, until the context ends; then it returns nil. What goes
// wrong is logged and tried again: the ledger may be away for a while.
func (k *Keeper) Run(ctx context.Context) error {
	for trouble := ""; ; {
		err := k.Tick(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && err.Error() != trouble:
			trouble = err.Error()
			k.log().Error("due runs could not be recorded", "error", err)
		case err == nil && trouble != "":
			trouble = ""
			k.log().Info("due runs are recorded again")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(k.pause(k.now())):
		}
	}
}

// pause is how long Run sleeps: until the next due time, at most Poll.
func (k *Keeper) pause(now time.Time) time.Duration {
	const least = 20 * time.Millisecond // a timer may be early by a little
	wait := k.Poll
	if wait <= 0 {
		wait = defPoll
	}
	for _, p := range k.Clock.plans {
		if next := p.times.after(now); !next.IsZero() {
			wait = min(wait, next.Sub(now))
		}
	}
	return max(wait, least)
}

// Tick looks once: it claims what is due and has no run. It returns without
// doing anything while the clock cannot be believed. It may be stopped at any
// point; the next one, of any keeper, goes on.
func (k *Keeper) Tick(ctx context.Context) error {
	now := k.now()
	if !k.believe(now) || len(k.Clock.plans) == 0 {
		return nil
	}
	list, err := k.Ledger.Schedules(ctx)
	if err != nil {
		return fmt.Errorf("keep schedules: %w", err)
	}
	remembered := map[string]store.Schedule{}
	for _, s := range list {
		remembered[s.Name] = s
	}
	var failed []error
	for _, p := range k.Clock.plans {
		known, ok := remembered[p.Name]
		if !ok {
			k.log().Info("schedule is new", "schedule", p.Name, "expression", p.Expression)
			err = k.remember(ctx, p, now)
		} else {
			err = k.keep(ctx, p, known, now)
		}
		if err != nil { // one schedule does not wait for another
			failed = append(failed, fmt.Errorf("keep schedule %s: %w", p.Name, err))
		}
	}
	if len(failed) == 0 {
		failed = append(failed, k.sweep(ctx, now))
	}
	return errors.Join(failed...)
}

// remember writes a new expression down: nothing is due by it before now.
func (k *Keeper) remember(ctx context.Context, p plan, now time.Time) error {
	return k.Ledger.SaveSchedule(ctx, store.Schedule{Name: p.Name, Expression: p.Expression, Since: now, Considered: now})
}

// keep handles what is due of one schedule.
func (k *Keeper) keep(ctx context.Context, p plan, known store.Schedule, now time.Time) error {
	if k.warn("since "+p.Name, now.Before(known.Since), "clock stands before the schedule was first seen: nothing is due",
		"schedule", p.Name, "since", known.Since, "now", now) {
		return nil
	}
	times, changed := p.times, known.Expression != p.Expression
	if changed {
		k.log().Info("schedule has changed", "schedule", p.Name, "before", known.Expression, "now", p.Expression)
		var err error
		if times, err = parse(known.Expression, k.Clock.zone); err != nil {
			k.log().Warn("former expression is not understood any more", "schedule", p.Name, "error", err)
			return k.remember(ctx, p, now)
		}
	}
	for {
		from, wrong := k.from(known, now)
		b, err := k.look(ctx, p, times, from, now)
		if err != nil || b.hold {
			return err
		}
		if err := k.settle(ctx, b); err != nil {
			return err
		}
		switch {
		case b.more:
			known.Considered = b.all[len(b.all)-1]
		case changed:
			return k.remember(ctx, p, now)
		case wrong, len(b.all) > 0 && known.Considered.Before(now):
			known.Considered = now
		default:
			return nil // nothing was due: the mark stays, for less to write
		}
		if err := k.Ledger.SaveSchedule(ctx, known); err != nil || !b.more {
			return err
		}
	}
}

// from is from where on due times are looked at. The mark only saves work: one
// in the future says nothing, and if it lies there by more than two clocks may
// differ, it is wrong and is to be set anew.
func (k *Keeper) from(known store.Schedule, now time.Time) (from time.Time, wrong bool) {
	from = known.Considered
	if from.After(now) {
		wrong = from.Sub(now) > skew
		from = now.Add(-lookBack)
	}
	k.warn("mark "+known.Name, wrong, "ledger has been ahead of this clock", "schedule", known.Name, "considered", known.Considered, "now", now)
	if from.Before(known.Since) {
		from = known.Since
	}
	return from, wrong
}

func (k *Keeper) now() time.Time {
	if k.Now == nil {
		return time.Now()
	}
	return k.Now()
}

func (k *Keeper) log() *slog.Logger {
	if k.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return k.Log
}

// warn says something once for as long as it holds, and whether it does.
func (k *Keeper) warn(key string, holds bool, what string, args ...any) bool {
	if holds && !k.said[key] {
		k.log().Warn(what, args...)
	}
	if k.said == nil {
		k.said = map[string]bool{}
	}
	k.said[key] = holds
	return holds
}
