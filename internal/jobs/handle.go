package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/tonghop/tonghop/internal/store"
)

// What came of a task, for whoever counts them ([WorkerOptions.Observe]).
const (
	Done        = "done"
	Failed      = "failed"      // it is tried again
	GivenUp     = "given_up"    // it failed too often and is not tried again
	PutOff      = "put_off"     // its turn has not come: [Later]
	Interrupted = "interrupted" // the worker was stopped; it is begun again at once
	Rescued     = "rescued"     // its worker died; it is put back
)

// Later is what a handler returns for a task whose turn has not come: it comes
// back after about d, and that is no failure.
func Later(d time.Duration) error { return river.JobSnooze(max(d, 0)) }

// waits is how long a task that failed waits for its next attempt; the last one
// holds for all that follow.
var waits = [...]time.Duration{time.Second, 4 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute}

// retry is when tasks that failed are tried again.
type retry []time.Duration

// NextRetry is when a job that just failed is tried again. The times are a tenth
// more or less, so that what failed together does not come back together.
func (r retry) NextRetry(job *rivertype.JobRow) time.Time {
	wait := r[min(max(job.Attempt, 1), len(r))-1]
	tenth := max(wait/10, 1)
	return time.Now().UTC().Add(wait - tenth + rand.N(2*tenth))
}

// handler hands the jobs of one kind to their function.
type handler[T river.JobArgs] struct {
	river.WorkerDefaults[T]
	w       *Worker
	timeout time.Duration
	file    time.Duration // more for each file
	do      func(context.Context, store.Task) error
}

// Timeout is how long one attempt may take: more for each file.
func (h *handler[T]) Timeout(job *river.Job[T]) time.Duration {
	t, err := task(job.JobRow)
	if err != nil {
		return h.timeout
	}
	return h.timeout + time.Duration(len(t.Receipts))*h.file // a delivery is read whole or not at all
}

// Work makes one attempt and writes down what came of it.
func (h *handler[T]) Work(ctx context.Context, job *river.Job[T]) error {
	start := time.Now()
	t, err := task(job.JobRow)
	if err == nil {
		if err = ctx.Err(); err == nil {
			err = h.attempt(ctx, t)
		}
	} else {
		t.Kind = store.TaskKind(job.Kind)
	}
	took := time.Since(start)
	line := append(attrs(t), slog.Int("attempt", job.Attempt), slog.Duration("took", took))

	var later *river.JobSnoozeError
	outcome := Done
	switch {
	case err == nil:
		h.w.log.InfoContext(ctx, "job done", line...)
	case errors.As(err, &later):
		outcome = PutOff
		h.w.log.DebugContext(ctx, "job put off", append(line, slog.Duration("for", later.Duration))...)
	case h.w.interrupted.Load() && ctx.Err() != nil:
		outcome = Interrupted
		h.w.log.InfoContext(ctx, "job interrupted", line...)
		err = Later(0)
	case job.Attempt >= job.MaxAttempts:
		outcome = GivenUp
		h.w.log.ErrorContext(ctx, "job given up", append(line, slog.Any("error", err))...)
	default:
		outcome = Failed
		h.w.log.WarnContext(ctx, "job failed", append(line, slog.Any("error", err))...)
	}
	h.w.observe(t.Kind, outcome, took)
	return err
}

// attempt calls the function. A panic in it is a failure like another one, with
// the stack in the log.
func (h *handler[T]) attempt(ctx context.Context, t store.Task) (err error) {
	defer func() {
		if v := recover(); v != nil {
			h.w.log.ErrorContext(ctx, "job panicked", append(attrs(t),
				slog.Any("panic", v), slog.String("stack", string(debug.Stack())))...)
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return h.do(ctx, t)
}
