package jobs

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// Several processes may open a new database at once.
func TestOpenAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		var all sync.WaitGroup
		for range 4 {
			db, err := store.Open(t.Context(), d.place)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			all.Go(func() {
				if _, err := Open(t.Context(), db); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		at := time.Now()
		_, q := d.open()
		add(t, q, read("TH-1"))
		if took := time.Since(at); took > 10*time.Second {
			t.Errorf("opening what is up to date took %v", took)
		}
	})
}

func TestPriority(t *testing.T) {
	for waiting, want := range map[int]int{0: 1, 1: 1, 2: 2, 4: 2, 5: 3, 19: 3, 20: 4, 700: 4} {
		if got := priority(store.Task{Kind: store.TaskRead, Waiting: waiting}); got != want {
			t.Errorf("with %d waiting: %d, want %d", waiting, got, want)
		}
	}
	for _, kind := range []store.TaskKind{store.TaskEdition, store.TaskRun} {
		if got := priority(store.Task{Kind: kind, Waiting: 100}); got != 1 {
			t.Errorf("%s: %d, want 1", kind, got)
		}
	}
}

// A new task is taken at once: PostgreSQL tells the worker, on SQLite it looks
// often.
func TestNoticed(t *testing.T) {
	for _, c := range []struct {
		name string
		open func(*testing.T) database
		pace Pace
		most time.Duration
	}{
		{"sqlite", onSQLite, Pace{}, 2 * time.Second},
		{"postgres", onPostgres, Pace{Poll: 20 * time.Second}, 4 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, q := c.open(t).open()
			handled := make(chan time.Time)
			pace := c.pace.usual(q.sqlite())
			start(t, q, WorkerOptions{Pace: pace, Read: func(context.Context, []string) error {
				handled <- time.Now()
				return nil
			}})
			time.Sleep(300 * time.Millisecond) // it has looked once and found nothing
			var slowest time.Duration
			for i := range 5 {
				at := time.Now()
				add(t, q, read(fmt.Sprintf("TH-%d", i)))
				slowest = max(slowest, (<-handled).Sub(at))
			}
			t.Logf("the slowest of 5 was taken after %v", slowest)
			if slowest > c.most {
				t.Errorf("it was taken after %v, want %v at most", slowest, c.most)
			}
		})
	}
}

// A task with After waits so long.
func TestAfter(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		later := read("TH-1")
		later.After = time.Hour
		add(t, q, later)
		start(t, q, WorkerOptions{Read: func(_ context.Context, receipts []string) error {
			if receipts[0] == "TH-1" {
				t.Error("taken an hour too early")
			}
			return nil
		}})
		add(t, q, read("TH-2"))
		until(t, "only that one left", func() bool { return left(t, q) == 1 })
		waiting, err := q.Waiting(t.Context())
		if err != nil || len(waiting) != 1 || waiting[0].State != "scheduled" || waiting[0].Kind != store.TaskRead {
			t.Errorf("waiting %+v, %v", waiting, err)
		}
	})
}

// Counted is what waits, by kind and state, and since when.
func TestWaiting(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		if waiting, err := q.Waiting(t.Context()); err != nil || len(waiting) != 0 {
			t.Fatalf("waiting %+v, %v in a new queue", waiting, err)
		}
		add(t, q, read("TH-1"), read("TH-2"), store.Task{Kind: store.TaskRun, Schedule: "monthly"})
		time.Sleep(100 * time.Millisecond)
		waiting, err := q.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i := range waiting {
			if w := &waiting[i]; w.Oldest < 100*time.Millisecond || w.Oldest > 5*time.Second {
				t.Errorf("%+v", *w)
			} else {
				w.Oldest = 0
			}
		}
		want := []Waiting{{Kind: "read", State: "available", Count: 2}, {Kind: "run", State: "available", Count: 1}}
		if diff := cmp.Diff(want, waiting); diff != "" {
			t.Error(diff)
		}
	})
}

// A sweep adds a task for each delivery that has none.
func TestSweep(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		sub := func(receipt, delivery, office string) tonghop.Submission {
			return tonghop.Submission{Receipt: receipt, Delivery: delivery, Office: office, Name: receipt + ".xlsx", State: tonghop.Received}
		}
		unsettled := []tonghop.Submission{sub("TH-1", "TH-1", "a"), sub("TH-2", "TH-2", "b"), sub("TH-3", "TH-2", "b"), sub("TH-4", "", "")}
		add(t, q, store.Task{Kind: store.TaskRead, Receipts: []string{"TH-1"}})
		for _, want := range []int{2, 0} {
			if n, err := q.Sweep(t.Context(), unsettled); n != want || err != nil {
				t.Fatalf("sweep added %d, want %d; %v", n, want, err)
			}
		}
		var y tally
		start(t, q, WorkerOptions{Readers: 1, Read: func(_ context.Context, receipts []string) error {
			y.note(strings.Join(receipts, " "))
			return nil
		}})
		until(t, "all done", func() bool { return left(t, q) == 0 })
		got, _ := y.all()
		if diff := cmp.Diff([]string{"TH-1", "TH-2 TH-3", "TH-4"}, got); diff != "" {
			t.Error(diff)
		}
		if n, err := q.Sweep(t.Context(), nil); n != 0 || err != nil {
			t.Errorf("an empty sweep added %d, %v", n, err)
		}
	})
}

// A flood of one office that is found by a sweep waits behind the others, too.
func TestDeliveries(t *testing.T) {
	var subs []tonghop.Submission
	for _, r := range receipts("A", 7) {
		subs = append(subs, tonghop.Submission{Receipt: r, Delivery: r, Office: "a"})
	}
	subs = append(subs, tonghop.Submission{Receipt: "B", Delivery: "B", Office: "b"})
	tasks := deliveries(subs)
	if len(tasks) != 8 || priority(tasks[6]) != 3 || priority(tasks[7]) != 1 {
		t.Errorf("tasks %+v", tasks)
	}
}
