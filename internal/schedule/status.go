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
	Missed     int       // due times of the last 400 days that were missed, as far as runs are remembered
	Unfinished int       // claimed runs that are not finished
}

// Last is the latest run of a schedule that was given to a worker.
type Last struct {
	Due      time.Time
	State    store.RunState
	MadeUp   bool
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
	since := map[string]time.Time{}
	for _, s := range list {
		since[s.Name] = s.Since.In(k.Clock.zone)
	}
	now := k.now()
	var all []Status
	for _, p := range k.Clock.plans {
		runs, err := k.Ledger.Runs(ctx, p.Name, 0)
		if err != nil {
			return nil, fmt.Errorf("read runs of %s: %w", p.Name, err)
		}
		s := Status{Schedule: p.Schedule, Since: since[p.Name], Missed: missed(runs, now)}
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
	l := &Last{Due: r.Due.In(k.Clock.zone), State: r.State, MadeUp: r.MadeUp, Outcome: r.Outcome, Args: r.Args, Finished: r.Finished}
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
