package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// WorkerOptions says what a worker does and how. A kind of task without a
// handler is left to others.
type WorkerOptions struct {
	Read    func(ctx context.Context, receipts []string) error
	Edition func(ctx context.Context, period tonghop.Period, province string) error
	Run     func(ctx context.Context, schedule string, due time.Time) error

	ID      string       // no two workers have the same; "" = host, process and chance
	Readers int          // how many deliveries are read at the same time; 0 = one for each processor
	Log     *slog.Logger // nil = nowhere

	// Observe is told what came of each task; nil = nobody is. It is called by
	// several goroutines.
	Observe func(kind store.TaskKind, outcome string, took time.Duration)

	Pace Pace
}

// Pace is the timing of a worker; zero means the usual time.
type Pace struct {
	Poll    time.Duration   // how often it looks for work: 250 ms on SQLite, 1 s on PostgreSQL, which also tells it
	Beat    time.Duration   // how often it gives a sign of life: 2 s
	Dead    time.Duration   // how long another one may give none until its jobs are put back: 15 s
	Retry   []time.Duration // how long a task waits after its first failure, its second…: 1 s, 4 s, 15 s, 1 min, 5 min
	Timeout time.Duration   // how long an attempt may take: 10 min to read and File more for each file, 30 min for all else
	File    time.Duration   // a tenth of Timeout
	Give    time.Duration   // how long interrupted jobs have to come to an end: 10 s
}

// usual fills in what is not given.
func (p Pace) usual(sqlite bool) Pace {
	or := func(d *time.Duration, usual time.Duration) {
		if *d <= 0 {
			*d = usual
		}
	}
	poll := time.Second
	if sqlite {
		poll = 250 * time.Millisecond
	}
	or(&p.Poll, poll)
	or(&p.Beat, 2*time.Second)
	or(&p.Dead, 15*time.Second)
	or(&p.Give, 10*time.Second)
	if len(p.Retry) == 0 {
		p.Retry = waits[:]
	}
	return p
}

// timeout is how long an attempt at a kind of task may take.
func (p Pace) timeout(kind store.TaskKind) time.Duration {
	switch {
	case p.Timeout > 0:
		return p.Timeout
	case kind == store.TaskRead:
		return 10 * time.Minute
	}
	return 30 * time.Minute
}

// file is how long each file of a delivery may take more.
func (p Pace) file() time.Duration {
	if p.File > 0 {
		return p.File
	}
	return p.timeout(store.TaskRead) / 10
}

// Worker does the tasks of a queue.
type Worker struct {
	q    *Queue
	opts WorkerOptions
	log  *slog.Logger

	client interface {
		Start(context.Context) error
		Stop(context.Context) error
		StopAndCancel(context.Context) error
	}
	interrupted atomic.Bool // Stop has run out of patience

	quit  context.CancelFunc // ends the goroutines below
	loops sync.WaitGroup     // signs of life: its own, and those of the others
}

// Worker prepares a worker; it does nothing before [Worker.Start].
func (q *Queue) Worker(opts WorkerOptions) *Worker {
	if opts.ID == "" {
		opts.ID = newID()
	}
	if opts.Readers <= 0 {
		opts.Readers = runtime.NumCPU()
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	opts.Pace = opts.Pace.usual(q.sqlite())
	return &Worker{q: q, opts: opts, log: opts.Log}
}

// newID names this process as no other one is named.
func newID() string {
	host, err := os.Hostname()
	if err != nil {
		host = "host"
	}
	host = regexp.MustCompile(`[^A-Za-z0-9_.-]+`).ReplaceAllString(host, "_")
	return fmt.Sprintf("%.60s-%d-%.8s", host, os.Getpid(), rand.Text())
}

// ID is the name of the worker.
func (w *Worker) ID() string { return w.opts.ID }

// Start begins to work and returns at once. The values of the context reach the
// handlers; its end stops nothing: that is what [Worker.Stop] is for.
func (w *Worker) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := w.connect(); err != nil {
		return fmt.Errorf("prepare worker: %w", err)
	}
	// The first sign of life is there before the first job, so that nobody
	// takes this worker for one that has died.
	if err := w.q.db.Beat(ctx, w.opts.ID); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	if err := w.client.Start(ctx); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	ctx, w.quit = context.WithCancel(ctx)
	w.loops.Go(func() { w.live(ctx) })
	w.loops.Go(func() { w.watch(ctx) })
	return nil
}

// connect makes River's client.
func (w *Worker) connect() error {
	pace := w.opts.Pace
	cfg := &river.Config{
		ID:                w.opts.ID,
		Logger:            riverSays(w.log),
		FetchPollInterval: pace.Poll,
		FetchCooldown:     min(20*time.Millisecond, pace.Poll),
		RetryPolicy:       retry(pace.Retry),
		// The last resort; rescue.go is quicker. It is more than any timeout.
		RescueStuckJobsAfter:        3 * time.Hour,
		DiscardedJobRetentionPeriod: 30 * 24 * time.Hour,
		Workers:                     w.handlers(),
		Queues:                      w.queues(),
	}
	var err error
	if pool := w.q.db.Pool(); pool != nil {
		w.client, err = river.NewClient(riverpgxv5.New(pool), cfg)
	} else {
		w.client, err = river.NewClient(riversqlite.New(w.q.db.SQL()), cfg)
	}
	return err
}

// queues says from which queues the worker takes, and how much at a time.
func (w *Worker) queues() map[string]river.QueueConfig {
	queues := map[string]river.QueueConfig{}
	if w.opts.Read != nil {
		queues[string(store.TaskRead)] = river.QueueConfig{MaxWorkers: w.opts.Readers}
	}
	if w.opts.Edition != nil { // the largest work there is, so one at a time
		queues[string(store.TaskEdition)] = river.QueueConfig{MaxWorkers: 1}
	}
	if w.opts.Run != nil {
		queues[string(store.TaskRun)] = river.QueueConfig{MaxWorkers: 2}
	}
	return queues
}

// handlers registers all kinds, also those that are left to others: whichever
// worker cleans up for all of them has to know them.
func (w *Worker) handlers() *river.Workers {
	workers := river.NewWorkers()
	pace := w.opts.Pace
	river.AddWorker(workers, &handler[readArgs]{w: w, timeout: pace.timeout(store.TaskRead), file: pace.file(),
		do: func(ctx context.Context, t store.Task) error { return w.opts.Read(ctx, t.Receipts) }})
	river.AddWorker(workers, &handler[editionArgs]{w: w, timeout: pace.timeout(store.TaskEdition), file: pace.file(),
		do: func(ctx context.Context, t store.Task) error { return w.opts.Edition(ctx, t.Period, t.Province) }})
	river.AddWorker(workers, &handler[runArgs]{w: w, timeout: pace.timeout(store.TaskRun), file: pace.file(),
		do: func(ctx context.Context, t store.Task) error { return w.opts.Run(ctx, t.Schedule, t.Due) }})
	return workers
}

// observe tells whoever counts.
func (w *Worker) observe(kind store.TaskKind, outcome string, took time.Duration) {
	if w.opts.Observe != nil {
		w.opts.Observe(kind, outcome, took)
	}
}

// Stop takes no more tasks, waits for those that are running as long as the
// context allows, and then interrupts them: they are begun again at once by
// whoever works next. It fails only if a handler does not let go even then; its
// job is put back by the others like that of a dead worker.
func (w *Worker) Stop(ctx context.Context) error {
	if w.quit == nil {
		return nil
	}
	err := w.client.Stop(ctx)
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.opts.Pace.Give)
	defer cancel()
	if err != nil {
		w.interrupted.Store(true)
		err = w.client.StopAndCancel(after)
	}
	w.quit()
	w.loops.Wait()
	if err != nil {
		return fmt.Errorf("stop worker: a job does not come to an end: %w", err)
	}
	if err := w.q.db.ForgetBeat(after, w.opts.ID); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop worker: %w", err)
	}
	return nil
}
