package schedule

import (
	"context"
	"fmt"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

const (
	keepRuns   = 14 * 24 * time.Hour // so long finished pulls are remembered
	keepLast   = 50                  // and so many that were done on time, in any case
	sweepEvery = 24 * time.Hour
)

// sweep forgets old runs of pulls, when the keeper begins and once a day.
func (k *Keeper) sweep(ctx context.Context, now time.Time) error {
	if k.watch.elapsed < k.sweepAt {
		return nil
	}
	for _, p := range k.Clock.plans {
		if p.Action != Pull {
			continue
		}
		runs, err := k.Ledger.Runs(ctx, p.Name, 0)
		if err != nil {
			return fmt.Errorf("find old runs of %s: %w", p.Name, err)
		}
		before := sweepable(runs, now)
		if len(runs) == 0 || !runs[len(runs)-1].Due.Before(before) {
			continue
		}
		if err := k.Ledger.PruneRuns(ctx, p.Name, before); err != nil {
			return fmt.Errorf("forget old runs of %s: %w", p.Name, err)
		}
	}
	k.sweepAt = k.watch.elapsed + sweepEvery
	return nil
}

// sweepable is the time before which runs may be forgotten. What is forgotten
// can be claimed again, and the clock may be wrong: so the last runs that were
// done on time stay. That many of them take longer to come about than lookBack,
// whatever the clock says, and further than that a keeper that finds its mark
// in the future does not look.
func sweepable(runs []store.Run, now time.Time) time.Time {
	onTime := 0
	for _, r := range runs { // the latest first
		if r.State == store.RunCovered || r.MadeUp {
			continue
		}
		if onTime++; onTime == keepLast {
			if before := now.Add(-keepRuns); before.Before(r.Due) {
				return before
			}
			return r.Due
		}
	}
	return time.Time{}
}
