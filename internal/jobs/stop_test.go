package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"
)

// Stop lets what runs come to its end and begins nothing more.
func TestStopWaits(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		db, q := d.open()
		var y tally
		begun := make(chan struct{}, 9)
		w := start(t, q, WorkerOptions{Readers: 1, Read: func(ctx context.Context, receipts []string) error {
			begun <- struct{}{}
			time.Sleep(300 * time.Millisecond)
			y.note(receipts[0])
			return ctx.Err()
		}})
		add(t, q, read("TH-1"), read("TH-2"))
		<-begun
		stop(t, w, 5*time.Second)
		if got, _ := y.all(); !slices.Equal(got, []string{"TH-1"}) {
			t.Errorf("done %v, want only what had begun", got)
		}
		if n := left(t, q); n != 1 {
			t.Errorf("%d jobs left, want 1", n)
		}
		if beats, err := db.Beats(t.Context()); err != nil || len(beats) != 0 {
			t.Errorf("beats %v, %v after the worker has ended", beats, err)
		}
	})
}

// Stop interrupts what does not end in time; that is no failure, and the next
// worker begins it at once.
func TestStopInterrupts(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var j journal
		begun := make(chan struct{}, 9)
		w := start(t, q, WorkerOptions{Log: j.log(), Pace: quick(), Read: func(ctx context.Context, _ []string) error {
			begun <- struct{}{}
			<-ctx.Done()
			return fmt.Errorf("read: %w", ctx.Err())
		}})
		add(t, q, read("TH-1"))
		<-begun
		stop(t, w, 100*time.Millisecond)
		// A fetch on its way may bring the job once more, to be interrupted again.
		if lines := j.lines("msg=\"job"); len(lines) == 0 || len(lines) != len(j.lines("job interrupted")) {
			t.Errorf("log %q, want only that it is interrupted", lines)
		}
		if failures, err := q.Failures(t.Context()); err != nil || len(failures) > 0 {
			t.Errorf("failures %+v, %v", failures, err)
		}
		var again journal
		at := time.Now()
		_, q2 := d.open()
		start(t, q2, WorkerOptions{Log: again.log(), Pace: quick(), Read: func(context.Context, []string) error { return nil }})
		until(t, "done after the restart", func() bool { return left(t, q) == 0 })
		if took := time.Since(at); took > 10*time.Second { // far below the 15 s for the dead
			t.Errorf("it took %v after the restart", took)
		}
		if done := again.lines("job done"); len(done) != 1 || !strings.Contains(done[0], "attempt=1") {
			t.Errorf("the interruption counts as an attempt: %q", done)
		}
	})
}

// Stop does not wait for ever for a handler that does not let go; its job is
// then done by another worker, as that of a dead one.
func TestStopGivesUp(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		begun, release := make(chan struct{}, 9), make(chan struct{})
		pace := quick()
		pace.Give, pace.Dead = 200*time.Millisecond, time.Second
		w := q.Worker(WorkerOptions{Pace: pace, Read: func(context.Context, []string) error {
			begun <- struct{}{}
			<-release
			return nil
		}})
		if err := w.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		add(t, q, read("TH-1"))
		<-begun
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := w.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("stopped with %v", err)
		}
		var y tally
		_, q2 := d.open()
		start(t, q2, WorkerOptions{Pace: pace, Read: func(context.Context, []string) error { y.note("done"); return nil }})
		until(t, "done by another", func() bool { return left(t, q) == 0 && y.count() == 1 })
		close(release)
		stop(t, w, time.Minute)
	})
}

// After Stop nothing of the worker is left.
func TestNothingGoesOn(t *testing.T) {
	test := func(t *testing.T, d database) {
		_, q := d.open()
		left(t, q) // whatever the database keeps running is running
		before := runtime.NumGoroutine()
		for range 2 {
			w := start(t, q, WorkerOptions{Read: func(context.Context, []string) error { return nil }})
			add(t, q, read("TH-1"))
			until(t, "done", func() bool { return left(t, q) == 0 })
			stop(t, w, 5*time.Second)
			stop(t, w, 5*time.Second) // again does nothing
		}
		until(t, "no more goroutines than before", func() bool {
			var stacks strings.Builder
			if err := pprof.Lookup("goroutine").WriteTo(&stacks, 1); err != nil {
				t.Fatal(err)
			}
			return runtime.NumGoroutine() <= before || !strings.Contains(stacks.String(), "riverqueue") &&
				!strings.Contains(stacks.String(), "internal/jobs.(*Worker)")
		})
	}
	t.Run("sqlite", func(t *testing.T) { test(t, onSQLite(t)) }) // not side by side: both count
	t.Run("postgres", func(t *testing.T) { test(t, onPostgres(t)) })
}
