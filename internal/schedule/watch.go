package schedule

import "time"

// stepForward is how much the wall clock must gain on the monotonic one, from
// one look to the next, to be taken for a clock that was set, or a machine that
// slept; stepBack is how much it must lose.
const (
	stepForward = 10 * time.Minute
	stepBack    = time.Minute
)

// watch compares the wall clock with the monotonic one.
type watch struct {
	seen    bool
	wall    time.Time     // at the last look
	elapsed time.Duration // at the last look
	even    time.Duration // since when the wall clock has run evenly
	held    bool          // it was set forward, and nothing is claimed yet
}

// believe reports whether the wall clock may be believed. After a step forward
// that waits for a while, since a clock that was set wrongly is often put right
// at once, and what was claimed cannot be taken back.
func (k *Keeper) believe(now time.Time) bool {
	w, elapsed := &k.watch, k.elapsed()
	wall := now.Round(0) // without the monotonic reading
	if !w.seen {
		*w = watch{seen: true, even: elapsed}
	} else {
		step := wall.Sub(w.wall) - (elapsed - w.elapsed)
		if step > stepForward || step < -stepBack {
			k.log().Warn("clock was set", "by", step.Round(time.Second), "now", now)
			w.even = elapsed
			w.held = w.held || step > stepForward
		}
	}
	w.wall, w.elapsed = wall, elapsed
	if w.held && k.steady() {
		w.held = false
		k.log().Info("clock has been steady", "now", now)
	}
	lost := k.warn("clock", now.Before(earliest()), "clock stands before this program was written: nothing is due", "now", now)
	return !lost && !w.held
}

// steady reports whether the wall clock has run evenly for Steady.
func (k *Keeper) steady() bool {
	enough := k.Steady
	if enough <= 0 {
		enough = defSteady
	}
	return k.watch.elapsed-k.watch.even >= enough
}

// elapsed is how long the keeper has run, whatever the wall clock says.
func (k *Keeper) elapsed() time.Duration {
	if k.Elapsed != nil {
		return k.Elapsed()
	}
	if k.started.IsZero() {
		k.started = time.Now()
	}
	return time.Since(k.started)
}
