package schedule

import (
	"context"
	"fmt"
	"time"

	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/store"
)

// What a run that was not done says in its Outcome, and the names in the Args
// of a claim.
const (
	OutcomeCovered = "covered" // the run of the due time in ArgBy did its work
	OutcomeTooOld  = "too_old" // missed more than 400 days ago

	ArgBy     = "by"     // due time, RFC 3339, of the run that stands for this one
	ArgMissed = "missed" // how many earlier due times this run stands for
	ArgPeriod = "period" // the period that is closed
)

// batch is what one look at a schedule found due.
type batch struct {
	plan plan
	now  time.Time
	all  []time.Time    // in order
	have map[int64]bool // those of them that have a run, by Unix time
	last time.Time      // the latest of those; zero if none has
	more bool           // there may be more behind these
	hold bool           // not to be settled at this time
}

// look finds what is due in (from, now] and which of it has a run.
func (k *Keeper) look(ctx context.Context, p plan, t times, from, now time.Time) (batch, error) {
	b := batch{plan: p, now: now, have: map[int64]bool{}}
	if limit := now.Add(-horizon); p.Action == Pull && from.Before(limit) {
		from = limit
	}
	for due := range t.between(from, now) {
		if b.more = p.Action == Close && len(b.all) == portion; b.more {
			break
		}
		b.all = append(b.all, due)
	}
	if len(b.all) == 0 {
		return b, nil
	}
	// To give a due time up for lost is final: not on the word of a clock that
	// has just been switched on.
	b.hold = b.tooOld(b.all[0]) && !k.steady()
	if k.warn("hold "+p.Name, b.hold, "due times of over a year were missed: waiting whether the clock is right",
		"schedule", p.Name, "since", b.all[0], "now", now) {
		return b, nil
	}
	return b, k.findRuns(ctx, &b)
}

// findRuns notes which due times have a run. It asks for the latest runs, and
// for more as long as there may be one in the batch.
func (k *Keeper) findRuns(ctx context.Context, b *batch) error {
	first := b.all[0]
	for limit := 64; ; limit *= 8 {
		runs, err := k.Ledger.Runs(ctx, b.plan.Name, limit)
		if err != nil {
			return err
		}
		if len(runs) == limit && runs[limit-1].Due.After(first) {
			continue
		}
		for _, r := range runs { // the latest first
			if r.Due.Before(first) || r.Due.After(b.now) {
				continue
			}
			b.have[r.Due.Unix()] = true
			if b.last.IsZero() {
				b.last = r.Due
			}
		}
		return nil
	}
}

// tooOld reports whether a due time is no longer made up for.
func (b batch) tooOld(due time.Time) bool { return due.Before(b.now.Add(-horizon)) }

// missing are the due times without a run. Old runs of a pull are forgotten
// (see sweep): what lies back that far, before one that is remembered, had one.
func (b batch) missing() []time.Time {
	var out []time.Time
	for _, due := range b.all {
		forgotten := b.plan.Action == Pull && due.Before(b.last) && due.Before(b.now.Add(-keepRuns))
		if !b.have[due.Unix()] && !forgotten {
			out = append(out, due)
		}
	}
	return out
}

// settle sees to it that every due time of a batch has its run.
func (k *Keeper) settle(ctx context.Context, b batch) error {
	missing := b.missing()
	switch {
	case len(missing) == 0:
		return nil
	case b.plan.Action == Close:
		return k.eachOnce(ctx, b, missing)
	}
	return k.onlyLast(ctx, b, missing)
}

// eachOnce gives every due time a run of its own, the oldest first: no period
// is left open because the one after it is closed.
func (k *Keeper) eachOnce(ctx context.Context, b batch, missing []time.Time) error {
	for _, due := range missing {
		run := k.run(b, due)
		run.MadeUp = len(missing) > 1 || b.now.Sub(due) > grace
		run.Args = map[string]string{ArgPeriod: b.plan.Period.at(due.In(k.Clock.zone)).String()}
		if b.tooOld(due) {
			run.MadeUp = false
			run.State, run.Outcome, run.Finished = store.RunCovered, OutcomeTooOld, b.now
		}
		if err := k.claim(ctx, run); err != nil {
			return err
		}
	}
	return nil
}

// onlyLast gives the latest due time a run, which stands for the earlier ones:
// whoever looks into a door finds all that came in since the last look. The
// earlier ones are written first, in order, so that a stop half-way leaves
// nothing open that lies before a run (see missing).
func (k *Keeper) onlyLast(ctx context.Context, b batch, missing []time.Time) error {
	last, earlier := b.all[len(b.all)-1], missing
	open := !b.have[last.Unix()]
	if open {
		earlier = missing[:len(missing)-1]
	}
	count := len(earlier)
	if more := count - mostLines; more > 0 {
		k.log().Warn("missed due times get no line of their own", "schedule", b.plan.Name, "count", more)
		earlier = earlier[more:]
	}
	for _, due := range earlier {
		run := k.run(b, due)
		run.State, run.Outcome, run.Finished = store.RunCovered, OutcomeCovered, b.now
		run.Args = map[string]string{ArgBy: last.Format(time.RFC3339)}
		if err := k.claim(ctx, run); err != nil {
			return err
		}
	}
	if !open {
		return nil
	}
	run := k.run(b, last)
	run.MadeUp = count > 0 || b.now.Sub(last) > grace
	if count > 0 {
		run.Args = map[string]string{ArgMissed: fmt.Sprint(count)}
	}
	return k.claim(ctx, run)
}

// run is the claim of a due time.
func (k *Keeper) run(b batch, due time.Time) store.Run {
	return store.Run{Schedule: b.plan.Name, Due: due, State: store.RunClaimed, By: k.Worker, Claimed: b.now}
}

// claim writes the run of a due time. That somebody else was faster is no fault.
func (k *Keeper) claim(ctx context.Context, run store.Run) error {
	won, err := k.Ledger.ClaimRun(ctx, run)
	if err != nil || !won {
		return err
	}
	about := []any{"schedule", run.Schedule, "due", run.Due.Format(time.RFC3339), "made_up", run.MadeUp}
	switch {
	case run.State == store.RunClaimed:
		k.log().Info("run claimed", about...)
		fault.Reach(ctx, fault.RunClaimed)
	case run.Outcome == OutcomeTooOld:
		k.log().Warn("due time given up: missed over 400 days ago", about...)
	default:
		k.log().Debug("missed due time is covered", about...)
	}
	return nil
}
