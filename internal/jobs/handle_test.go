package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// A task that fails is tried again, later each time; each failure has one line
// in the log.
func TestRetries(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		var j journal
		pace := quick()
		pace.Retry = []time.Duration{100 * time.Millisecond, 300 * time.Millisecond, 600 * time.Millisecond}
		outcomes := make(chan string, 10)
		start(t, q, WorkerOptions{Pace: pace, Log: j.log(),
			Observe: func(kind store.TaskKind, outcome string, _ time.Duration) { outcomes <- string(kind) + " " + outcome },
			Read: func(context.Context, []string) error {
				if y.note("try"); y.count() < 4 {
					return errors.New("the vault is away")
				}
				return nil
			}})
		add(t, q, read("TH-1"))
		until(t, "handled at the fourth attempt", func() bool { return y.count() == 4 && left(t, q) == 0 })
		_, times := y.all()
		for i, wait := range pace.Retry {
			if got := times[i+1].Sub(times[i]); got < wait*8/10 || got > wait+5*time.Second {
				t.Errorf("attempt %d came %v after the one before, want about %v", i+2, got, wait)
			}
		}
		for _, want := range []string{"read failed", "read failed", "read failed", "read done"} {
			if got := <-outcomes; got != want {
				t.Errorf("observed %q, want %q", got, want)
			}
		}
		if failed := j.lines("vault is away"); len(failed) != 3 || !strings.Contains(failed[1], "receipts=[TH-1]") || !strings.Contains(failed[1], "attempt=2") {
			t.Errorf("want one line for each of 3 failures, found %q", failed)
		}
		if done := j.lines("job done"); len(done) != 1 || !strings.Contains(done[0], "took=") {
			t.Errorf("want one line for what is done, found %q", done)
		}
	})
}

// The usual waits, and the hour and three quarters that a task has.
func TestUsualWaits(t *testing.T) {
	total := time.Duration(0)
	for attempt := 1; attempt < attempts; attempt++ {
		want := waits[min(attempt, len(waits))-1]
		next := retry(waits[:]).NextRetry(&rivertype.JobRow{Attempt: attempt})
		if got := time.Until(next); got < want*9/10-time.Second/10 || got > want*11/10 {
			t.Errorf("after attempt %d: %v, want about %v", attempt, got, want)
		}
		if next.Location() != time.UTC {
			t.Errorf("after attempt %d: a time in %v", attempt, next.Location())
		}
		total += want
	}
	if total < 90*time.Minute || total > 2*time.Hour {
		t.Errorf("a task is tried for %v", total)
	}
}

// A task whose turn has not come comes back, and that is no failure.
func TestLater(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		var j journal
		start(t, q, WorkerOptions{Log: j.log(), Pace: quick(), Read: func(context.Context, []string) error {
			if y.note("try"); y.count() < 4 {
				return fmt.Errorf("an earlier one first: %w", Later(time.Duration(y.count()-1)*100*time.Millisecond))
			}
			return nil
		}})
		add(t, q, read("TH-1"))
		until(t, "handled at its turn", func() bool { return y.count() == 4 && left(t, q) == 0 })
		if done := j.lines("job done"); len(done) != 1 || !strings.Contains(done[0], "attempt=1") {
			t.Errorf("putting off counts as an attempt: %q", done)
		}
		if bad := append(j.lines("job failed"), j.lines("Job errored")...); len(bad) > 0 {
			t.Errorf("putting off is no failure: %q", bad)
		}
	})
}

// A panic is a failure of its task, with the stack in the log; so is an attempt
// that takes too long.
func TestPanicAndTimeout(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		var j journal
		pace := quick()
		pace.Timeout = 100 * time.Millisecond
		pace.Retry = []time.Duration{time.Minute}
		start(t, q, WorkerOptions{Log: j.log(), Pace: pace, Read: func(ctx context.Context, receipts []string) error {
			y.note(receipts[0])
			switch receipts[0] {
			case "TH-1":
				panic("out of cheese")
			case "TH-2":
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}})
		add(t, q, read("TH-1"), read("TH-2"), read("TH-3"))
		var failures []Failure
		until(t, "two have failed and one is done", func() bool {
			var err error
			if failures, err = q.Failures(t.Context()); err != nil {
				t.Fatal(err)
			}
			return len(failures) == 2 && left(t, q) == 2
		})
		for i, want := range []string{"panic: out of cheese", "context deadline exceeded"} {
			f := failures[i]
			if f.Error != want || f.Attempts != 1 || f.GivenUp || f.Task.Receipts[0] != fmt.Sprintf("TH-%d", i+1) || f.Task.Names[0] != f.Task.Receipts[0]+".xlsx" {
				t.Errorf("failure %+v, want %q", f, want)
			}
			if next := time.Until(f.Next); next < 30*time.Second || next > 70*time.Second {
				t.Errorf("failure %d is tried again in %v, want in a minute", i, next)
			}
		}
		if lines := j.lines("job panicked"); len(lines) != 1 || !strings.Contains(lines[0], "handle_test.go") {
			t.Errorf("want the stack in the log: %q", lines)
		}
	})
}

// A job that nobody can read fails like any other one, and says so once.
func TestUnreadable(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var j journal
		add(t, q, store.Task{Kind: store.TaskEdition, Province: "84"}, read("TH-1"))
		set(t, q, `UPDATE river_job SET args = '{"period": "the rainy season"}' WHERE kind = 'edition'`)
		set(t, q, `UPDATE river_job SET args = '{"receipts": 7}' WHERE kind = 'read'`)
		pace := quick()
		pace.Retry = []time.Duration{time.Minute}
		start(t, q, WorkerOptions{Log: j.log(), Pace: pace,
			Read:    func(context.Context, []string) error { t.Error("read"); return nil },
			Edition: func(context.Context, tonghop.Period, string) error { t.Error("built"); return nil }})
		until(t, "both have failed", func() bool {
			failures, err := q.Failures(t.Context())
			return err == nil && len(failures) == 2 && failures[0].Task.Kind == store.TaskEdition && strings.Contains(failures[0].Error, "rainy")
		})
		if lines := append(j.lines("job failed"), j.lines("Job errored")...); len(lines) != 2 {
			t.Errorf("want one line for each, found %q", lines)
		}
	})
}

// What fails too often is given up, and a sweep gives it one more attempt: a
// delivery, an edition and a due run alike.
func TestGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		pace := quick()
		pace.Retry = []time.Duration{time.Millisecond}
		add(t, q, read("TH-1"))
		add(t, q, store.Task{Kind: store.TaskEdition, Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}, Province: "84"})
		add(t, q, store.Task{Kind: store.TaskRun, Schedule: "month", Due: time.Date(2023, 7, 4, 23, 0, 0, 0, time.UTC)})
		const before, kinds = attempts - 3, 3
		set(t, q, fmt.Sprintf(`UPDATE river_job SET attempt = %d`, before))
		var j journal
		try := func() error {
			if y.note("try"); y.count() <= kinds*(attempts-before) {
				return errors.New("no")
			}
			return nil
		}
		start(t, q, WorkerOptions{Pace: pace, Log: j.log(), Read: func(context.Context, []string) error { return try() },
			Edition: func(context.Context, tonghop.Period, string) error { return try() },
			Run:     func(context.Context, string, time.Time) error { return try() }})
		until(t, "given up", func() bool { return left(t, q) == 0 })
		failures, err := q.Failures(t.Context())
		if err != nil || len(failures) != kinds {
			t.Fatalf("failures %+v, %v", failures, err)
		}
		for _, f := range failures {
			if !f.GivenUp || f.Attempts != attempts || !f.Next.IsZero() {
				t.Errorf("failure %+v", f)
			}
		}
		unsettled := []tonghop.Submission{{Receipt: "TH-1", Delivery: "TH-1", State: tonghop.Received}}
		if n, err := q.Sweep(t.Context(), unsettled); n != kinds || err != nil {
			t.Fatalf("sweep added %d, %v", n, err)
		}
		until(t, "done at last", func() bool { return y.count() == kinds*(attempts-before+1) && left(t, q) == 0 })
		if failures, err := q.Failures(t.Context()); err != nil || len(failures) > 0 {
			t.Errorf("failures %+v, %v after it is done", failures, err)
		}
		if lines := append(j.lines("msg=\"job"), j.lines("Job errored")...); len(lines) != kinds*(attempts-before+1) || len(j.lines("job given up")) != kinds {
			t.Errorf("want a line for each attempt, found %q", lines)
		}
	})
}
