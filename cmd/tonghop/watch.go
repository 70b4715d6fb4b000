package main

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/monitor"
	"github.com/tonghop/tonghop/internal/store"
)

// watch shows how the service does: health, readiness and metrics on a port of
// this machine, unless it is off.
type watch struct {
	metrics *monitor.Metrics // nil = off
	server  *monitor.Server  // nil = off
	ticks   *ticks
}

// ticks is the ledger as the keeper of the schedules sees it; it notes when the
// keeper last looked.
type ticks struct {
	*store.DB
	last atomic.Int64 // Unix nanoseconds by the machine's clock
}

// Schedules is the first thing that a look asks for.
func (t *ticks) Schedules(ctx context.Context) ([]store.Schedule, error) {
	all, err := t.DB.Schedules(ctx)
	if err == nil {
		t.last.Store(time.Now().UnixNano())
	}
	return all, err
}

// now is the keeper's clock. A keeper without any schedule asks the ledger for
// nothing; that it asks for the time is then the sign that it looks.
func (t *ticks) now(clock func() time.Time, schedules int) func() time.Time {
	if schedules > 0 {
		return clock
	}
	return func() time.Time {
		t.last.Store(time.Now().UnixNano())
		return clock()
	}
}

// since is how long ago the keeper last looked.
func (t *ticks) since() time.Duration { return time.Since(time.Unix(0, t.last.Load())) }

// asleep is how long the keeper may not have looked until something is wrong.
const asleep = time.Minute

// startMonitor begins to show how the service does, and lets it count.
func (a *app) startMonitor(ctx context.Context, s *service) (*watch, error) {
	w := &watch{ticks: &ticks{DB: s.ledger}}
	w.ticks.last.Store(time.Now().UnixNano())
	if a.config.Listen == "" {
		return w, nil
	}
	options := monitor.MetricsOptions{Version: version, Log: s.log, Read: w.readings(a, s)}
	home := &homeCheck{vault: a.vaultFolder()}
	checks := []monitor.Check{{Name: "ledger", Run: s.ledger.Ping}, {Name: "home", Run: home.run}, {Name: "clock", Run: w.awake}}
	for _, d := range a.config.Doors {
		options.Doors = append(options.Doors, d.Name)
		checks = append(checks, monitor.Check{Name: d.Name, Run: func(context.Context) error {
			_, err := os.ReadDir(d.Folder)
			return err
		}})
	}
	for _, plan := range s.clock.Schedules() {
		options.Schedules = append(options.Schedules, plan.Name)
	}
	w.metrics = monitor.NewMetrics(options)
	var err error
	w.server, err = monitor.Start(ctx, monitor.Options{Address: a.config.Listen, Public: a.config.ListenPublic,
		Checks: checks, Metrics: w.metrics, Log: s.log})
	if err != nil {
		return nil, err
	}
	s.reception.Settled = func(r tonghop.Return) { w.metrics.Submission(r.Submission.Door, r.State) }
	s.closer.Issued = func(e store.Edition) { w.metrics.Edition(e.Period) }
	s.duty.Looked = w.metrics.Pull
	s.duty.Finished = func(r store.Run) { w.metrics.Run(r.Schedule, r.Outcome, r.MadeUp) }
	return w, nil
}

// readings are what is looked up when somebody asks for the metrics.
func (w *watch) readings(a *app, s *service) monitor.Readings {
	return monitor.Readings{
		Unsettled: func(ctx context.Context) (count int, oldest time.Duration, err error) {
			for sub, err := range s.ledger.Submissions(ctx, store.Filter{States: []tonghop.State{tonghop.Received}}) {
				if err != nil {
					return 0, 0, err
				}
				count++
				oldest = max(oldest, a.clock.now().Sub(sub.Received))
			}
			return count, oldest, nil
		},
		FailingJobs: func(ctx context.Context) (int, error) {
			failures, err := s.queue.Failures(ctx)
			return len(failures), err
		},
		SinceTick: func(context.Context) (time.Duration, error) { return w.ticks.since(), nil },
	}
}

// awake fails if the keeper of the schedules has not looked for long.
func (w *watch) awake(context.Context) error {
	if w.ticks.since() > asleep {
		return tonghop.Fail("schedule.asleep", nil)
	}
	return nil
}

// homeCheck looks whether originals can be kept: a ledger that is open answers
// on when the disk under the data folder is gone.
type homeCheck struct {
	vault string

	mu   sync.Mutex
	next time.Time // when a file is written again to try
	err  error     // what came of the last time
}

// triedEvery is how often a file is written to try; a probe may come every
// second.
const triedEvery = 30 * time.Second

// run fails if the folder of originals is not there (vault.open) or takes no
// file (vault.write).
func (h *homeCheck) run(context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	info, err := os.Stat(h.vault)
	if err != nil || !info.IsDir() {
		h.next = time.Time{} // once it is back it is tried at once
		return tonghop.Fail("vault.open", err, "path", h.vault)
	}
	if now := time.Now(); h.err != nil || now.After(h.next) {
		h.next, h.err = now.Add(triedEvery), nil
		if err := probe(h.vault); err != nil {
			h.err = tonghop.Fail("vault.write", err, "path", h.vault)
		}
	}
	return h.err
}

// observe counts an attempt at a job.
func (w *watch) observe(kind store.TaskKind, outcome string, took time.Duration) {
	w.metrics.Job(string(kind), outcome, took)
}

// address is where it is shown; "" = off.
func (w *watch) address() string {
	if w.server == nil {
		return ""
	}
	return w.server.Addr()
}

// stop ends it.
func (w *watch) stop(ctx context.Context) {
	if w.server != nil {
		_ = w.server.Stop(ctx) // the program ends either way
	}
}
