package schedule

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// Status is how a schedule stands. Its times are in Asia/Ho_Chi_Minh.
type Status struct {
	Schedule
	Since      time.Time // nothing before is due; zero if no keeper has seen it yet
	Next       time.Time // the next due time
	Last       *Last     // the latest run up to now; nil if there was none
	Missed     int       // due times of the last 400 days that were missed, as far as runs are remembered, and Pending
	Pending    int       // of those, the ones that nobody has made up for yet
	Unfinished int       // claimed runs that are not finished
}

// Last is the latest run of a schedule that was given to a worker.
type Last struct {
	Due      time.Time
	State    store.RunState
	MadeUp   bool
	Claimed  time.Time         // when a worker got it
	Outcome  string            // code; "" while it is not finished
	Args     map[string]string // what the outcome names
	Finished time.Time         // zero while it is not finished
}

// Status tells how every schedule stands, in the order of the clock.
func (k *Keeper) Status(ctx context.Context) ([]Status, error) {
	list, err := k.Ledger.Schedules(ctx)
	if err != nil {
		return nil, fmt.Errorf("read schedules: %w", err)
	}
	known := map[string]store.Schedule{}
	for _, s := range list {
		known[s.Name] = s
	}
	now := k.now()
	var all []Status
	for _, p := range k.Clock.plans {
		runs, err := k.Ledger.Runs(ctx, p.Name, 0)
		if err != nil {
			return nil, fmt.Errorf("read runs of %s: %w", p.Name, err)
		}
		s := Status{Schedule: p.Schedule}
		if remembered, ok := known[p.Name]; ok {
			s.Since = remembered.Since.In(k.Clock.zone)
			s.Pending = k.pending(p, remembered, runs, now)
		}
		s.Missed = missed(runs, now) + s.Pending
		s.Next = p.times.after(now)
		if s.Since.After(now) {
			s.Next = p.times.after(s.Since)
		}
		for _, r := range runs { // the latest first
			if r.State == store.RunClaimed {
				s.Unfinished++
			}
			if s.Last == nil && r.State != store.RunCovered && !r.Due.After(now) {
				s.Last = k.last(r)
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// last is a run in the zone of the clock.
func (k *Keeper) last(r store.Run) *Last {
	l := &Last{Due: r.Due.In(k.Clock.zone), State: r.State, MadeUp: r.MadeUp, Claimed: r.Claimed.In(k.Clock.zone),
		Outcome: r.Outcome, Args: r.Args, Finished: r.Finished}
	if !l.Finished.IsZero() {
		l.Finished = l.Finished.In(k.Clock.zone)
	}
	return l
}

// missed counts the due times of the last 400 days that were missed. Of those
// that one pull stands for it says the number; not all have a line.
func missed(runs []store.Run, now time.Time) int {
	total, covered := 0, map[int64]int{}
	for _, r := range runs {
		if by, err := time.Parse(time.RFC3339, r.Args[ArgBy]); err == nil {
			covered[by.Unix()]++
		}
	}
	for _, r := range runs {
		if r.Due.After(now) || r.Due.Before(now.Add(-horizon)) {
			continue
		}
		if r.MadeUp || r.State == store.RunCovered {
			total++
		}
		if said, err := strconv.Atoi(r.Args[ArgMissed]); err == nil {
			total += max(0, said-covered[r.Due.Unix()])
		}
	}
	return total
}

// pending counts the due times that passed without a run and that the next look
// of a keeper makes up for: by the expression that was in force meanwhile, as
// [Keeper.Tick] goes by it. What is due just now may still be on its way.
func (k *Keeper) pending(p plan, known store.Schedule, runs []store.Run, now time.Time) int {
	times := p.times
	if known.Expression != p.Expression {
		var err error
		if times, err = parse(known.Expression, k.Clock.zone); err != nil {
			return 0 // nobody knows what was due
		}
	}
	from := known.Considered
	for _, earliest := range []time.Time{known.Since, now.Add(-horizon)} {
		if from.Before(earliest) {
			from = earliest
		}
	}
	b := batch{plan: p, now: now, have: map[int64]bool{}}
	for _, r := range runs { // the latest first
		b.have[r.Due.Unix()] = true
		if b.last.IsZero() && !r.Due.After(now) {
			b.last = r.Due
		}
	}
	for due := range times.between(from, now.Add(-grace)) {
		b.all = append(b.all, due)
	}
	return len(b.missing())
}
