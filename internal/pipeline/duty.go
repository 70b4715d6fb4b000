package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/ingest"
	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// Duty does what a due run is for, and writes down what came of it.
type Duty struct {
	Clock  *schedule.Clock
	Closer *Closer
	Desk   *ingest.Desk
	Ledger *store.DB
	Doors  map[string]ingest.Source
	Sweep  func(ctx context.Context, unsettled []tonghop.Submission) (int, error)
	Now    func() time.Time
	Log    *slog.Logger

	// Looked is told of every look into a door: how many files it gave, and
	// what went wrong; nil = nobody.
	Looked func(door string, files int, err error)
	// Finished is told of every run that was finished here; nil = nobody.
	Finished func(store.Run)

	once    sync.Once
	looking chan struct{} // one look at a time
}

// Run does a claimed run. Done before, it does nothing. A look into the doors
// that fails is finished as failed, for the next one is due soon; a closing
// that fails is an error, to be tried again until it succeeds.
func (d *Duty) Run(ctx context.Context, name string, due time.Time) error {
	run, err := d.Ledger.Run(ctx, name, due)
	if err != nil {
		return fmt.Errorf("find run: %w", err)
	}
	if run.State != store.RunClaimed {
		return nil
	}
	result, err := d.do(ctx, run)
	if err != nil {
		return err
	}
	run.State, run.Outcome, run.Finished = store.RunDone, result.Outcome, d.Now()
	if result.Outcome == OutcomeFailed {
		run.State = store.RunFailed
	}
	args := maps.Clone(run.Args)
	if args == nil {
		args = map[string]string{}
	}
	maps.Copy(args, result.Args)
	run.Args = args
	if err := d.Ledger.FinishRun(ctx, run); err != nil {
		return fmt.Errorf("finish run: %w", err)
	}
	d.Log.Info("run", "schedule", name, "due", due.In(d.Clock.Zone()).Format(time.RFC3339), "outcome", run.Outcome,
		"made_up", run.MadeUp, "args", run.Args)
	if d.Finished != nil {
		d.Finished(run)
	}
	fault.Reach(ctx, fault.Finished)
	return nil
}

// do does what the run is for.
func (d *Duty) do(ctx context.Context, run store.Run) (Result, error) {
	if text := run.Args[schedule.ArgPeriod]; text != "" {
		period, err := tonghop.ParsePeriod(text)
		if err != nil {
			return Result{}, fmt.Errorf("read period of run: %w", err)
		}
		if err := d.gather(ctx, run); err != nil {
			return Result{}, err
		}
		return d.Closer.Close(ctx, period, run.Due)
	}
	files, err := d.Pull(ctx)
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	args := map[string]string{"files": strconv.Itoa(files)}
	if err != nil {
		message, _ := d.Closer.Letters.Error(err) // for people; the log has the rest
		args["detail"] = strings.Join(strings.Fields(message), " ")
		return Result{OutcomeFailed, args}, nil
	}
	return Result{OutcomeCollected, args}, nil
}

// lastCall is how long a closing waits for the verdicts on what came in before
// it. What is not read by then comes with the next issue.
const lastCall = 15 * time.Minute

// gather sees to it that what lies in the doors when a period is closed is in
// its first issue: it looks into them, and fails with *NotYetError as long as
// something is unread. A door that fails closes no less.
func (d *Duty) gather(ctx context.Context, run store.Run) error {
	if _, err := d.Pull(ctx); ctx.Err() != nil {
		return context.Cause(ctx)
	} else if err != nil {
		d.Log.Warn("closing without what lies in a door", "schedule", run.Schedule, "error", err)
	}
	if d.Now().Sub(run.Claimed).Abs() > lastCall {
		return nil
	}
	for sub, err := range d.Ledger.Submissions(ctx, store.Filter{States: []tonghop.State{tonghop.Received}}) {
		if err != nil {
			return fmt.Errorf("look for what is unread: %w", err)
		}
		if sub.Door != DoorCommand {
			return &NotYetError{Before: sub.Receipt, After: 2 * time.Second}
		}
	}
	return nil
}

// stale is how long a file may lie unread that somebody at the keyboard took
// in, until it is taken for left behind.
const stale = time.Hour

// Pull looks into every door once, and puts what was left behind unread in the
// queue. It gives the number of files that came in. A door that fails does not
// keep the others back.
func (d *Duty) Pull(ctx context.Context) (int, error) {
	d.once.Do(func() { d.looking = make(chan struct{}, 1) })
	select { // a door that hangs must not keep whoever waits beyond its own time
	case d.looking <- struct{}{}:
		defer func() { <-d.looking }()
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	total := 0
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(d.Doors)) {
		files := 0
		err := d.Doors[name].Collect(ctx, func(ctx context.Context, parcels []tonghop.Parcel) ([][]tonghop.Submission, error) {
			taken, err := d.Desk.Deliver(ctx, parcels)
			for _, subs := range taken {
				files += len(subs)
			}
			return taken, err
		})
		if err != nil {
			d.Log.Error("door", "door", name, "files", files, "error", err)
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
		if d.Looked != nil {
			d.Looked(name, files, err)
		}
		total += files
	}
	if err := d.sweep(ctx); err != nil {
		faults = append(faults, err)
	}
	return total, errors.Join(faults...)
}

// sweep puts what is unread and not in the queue there. A batch of the keyboard
// is left alone until the last of its files has lain long enough.
func (d *Duty) sweep(ctx context.Context) error {
	var left []tonghop.Submission
	newest := map[string]time.Time{}
	for sub, err := range d.Ledger.Submissions(ctx, store.Filter{States: []tonghop.State{tonghop.Received}}) {
		if err != nil {
			return fmt.Errorf("look for what is unread: %w", err)
		}
		left = append(left, sub)
		if sub.Received.After(newest[sub.Delivery]) {
			newest[sub.Delivery] = sub.Received
		}
	}
	left = slices.DeleteFunc(left, func(sub tonghop.Submission) bool {
		return sub.Door == DoorCommand && d.Now().Sub(newest[sub.Delivery]) <= stale
	})
	added, err := d.Sweep(ctx, left)
	if err != nil {
		return err
	}
	if added > 0 {
		d.Log.Warn("work that had been left behind is taken up", "deliveries", added)
	}
	return nil
}
