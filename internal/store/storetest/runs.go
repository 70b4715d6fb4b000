package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// due is the n-th due time of the tests.
func due(n int) time.Time { return time.Date(2023, 7, n, 0, 30, 0, 0, time.UTC) }

// claim claims a run.
func claim(t testing.TB, db *store.DB, r store.Run) bool {
	t.Helper()
	won, err := db.ClaimRun(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return won
}

// runs lists runs of the schedule close-month.
func runs(t testing.TB, db *store.DB, limit int) []store.Run {
	t.Helper()
	all, err := db.Runs(t.Context(), "close-month", limit)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// runClaimedOnce: a due time has one line, whose first writer has it, with its
// task.
func runClaimedOnce(t *testing.T, db *store.DB) {
	q := queued(t, db)
	vietnam := time.FixedZone("", 7*3600)
	first := store.Run{Schedule: "close-month", Due: due(5).In(vietnam), MadeUp: true, By: "server 1",
		Claimed: due(5).Add(90*time.Second + 7*time.Millisecond).In(vietnam)}
	same(t, "the first", claim(t, db, first), true)
	second := first
	second.By = "server 2"
	same(t, "the second", claim(t, db, second), false)
	second.Schedule = "collect"
	same(t, "another schedule", claim(t, db, second), true)

	got, err := db.Run(t.Context(), "close-month", due(5).In(vietnam))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the run", got, store.Run{Schedule: "close-month", Due: due(5), State: store.RunClaimed, MadeUp: true,
		By: "server 1", Claimed: due(5).Add(90 * time.Second)})
	_, err = db.Run(t.Context(), "close-month", due(6))
	code(t, err, "ledger.run")
	same(t, "tasks", q.lines(t), []string{"run close-month 2023-07-05T00:30:00Z", "run collect 2023-07-05T00:30:00Z"})
}

// runCovered: what another run did the work of is written down and not done.
func runCovered(t *testing.T, db *store.DB) {
	q := queued(t, db)
	covered := store.Run{Schedule: "close-month", Due: due(5), State: store.RunCovered, By: "server 1", Claimed: due(6),
		Finished: due(7), Outcome: "covered", Args: map[string]string{"by": "2023-07-06"}}
	same(t, "won", claim(t, db, covered), true)
	same(t, "again", claim(t, db, covered), false)
	same(t, "runs", runs(t, db, 0), []store.Run{covered})
	same(t, "tasks", q.lines(t), nil)
	if _, err := db.ClaimRun(t.Context(), store.Run{Schedule: "close-month", Due: due(8), State: store.RunDone}); err == nil {
		t.Error("claimed what is done")
	}
}

// runUndone: a run without its task is not claimed.
func runUndone(t *testing.T, db *store.DB) {
	q := queued(t, db)
	run := store.Run{Schedule: "close-month", Due: due(5)}
	q.fail = errQueue
	if won, err := db.ClaimRun(t.Context(), run); won || err == nil {
		t.Errorf("claimed without a task: %v, %v", won, err)
	}
	q.fail = nil
	same(t, "runs", runs(t, db, 0), nil)
	same(t, "afterwards", claim(t, db, run), true)
	same(t, "tasks", q.lines(t), []string{"run close-month 2023-07-05T00:30:00Z"})
}

// runFinishedOnce: what came of a run is written once.
func runFinishedOnce(t *testing.T, db *store.DB) {
	claim(t, db, store.Run{Schedule: "close-month", Due: due(5), By: "server 1", Claimed: due(5)})
	end := store.Run{Schedule: "close-month", Due: due(5), State: store.RunDone, Finished: due(5).Add(time.Minute),
		Outcome: "editions", Args: map[string]string{"period": "2023-06", "số": "1"}}
	finish := func(r store.Run) error { return db.FinishRun(t.Context(), r) }
	if err := finish(end); err != nil {
		t.Fatal(err)
	}
	want := end
	want.By, want.Claimed = "server 1", due(5)
	same(t, "finished", runs(t, db, 0), []store.Run{want})

	late := store.Run{Schedule: "close-month", Due: due(5), State: store.RunFailed, Finished: due(9), Outcome: "given up"}
	if err := finish(late); err != nil {
		t.Fatal(err)
	}
	same(t, "finished again", runs(t, db, 0), []store.Run{want})
	same(t, "claimed again", claim(t, db, claimOf(late)), false)
	late.Due = due(6)
	code(t, finish(late), "ledger.run")
	late.State = store.RunClaimed
	if err := finish(late); err == nil {
		t.Error("a run that is claimed is no end")
	}
}

// claimOf is a run as somebody would claim it.
func claimOf(r store.Run) store.Run { return store.Run{Schedule: r.Schedule, Due: r.Due} }

// runsListed: the latest first, and no more than asked for; what is old and
// finished can be forgotten.
func runsListed(t *testing.T, db *store.DB) {
	for _, n := range []int{3, 1, 4, 2} {
		claim(t, db, store.Run{Schedule: "close-month", Due: due(n)})
		claim(t, db, store.Run{Schedule: "collect", Due: due(n), State: store.RunCovered})
	}
	days := func(limit int) []int {
		var days []int
		for _, r := range runs(t, db, limit) {
			days = append(days, r.Due.Day())
		}
		return days
	}
	same(t, "all", days(0), []int{4, 3, 2, 1})
	same(t, "two", days(2), []int{4, 3})
	for _, n := range []int{1, 3, 4} {
		err := db.FinishRun(t.Context(), store.Run{Schedule: "close-month", Due: due(n), State: store.RunFailed})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.PruneRuns(t.Context(), "close-month", due(4)); err != nil {
		t.Fatal(err)
	}
	same(t, "pruned", days(0), []int{4, 2})
	other, err := db.Runs(t.Context(), "collect", 0)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "of another schedule", len(other), 4)
}

// runsAmongWriters: among many servers each due time has one winner and one
// task.
func runsAmongWriters(t *testing.T, one, two *store.DB) {
	q := queued(t, one, two)
	const servers, times = 16, 5
	var won [times]atomic.Int64
	var wg sync.WaitGroup
	for s := range servers {
		wg.Go(func() {
			for i := range times {
				n := (i + s) % times
				mine, err := either(s, one, two).ClaimRun(t.Context(), store.Run{Schedule: "close-month", Due: due(n + 1), By: fmt.Sprint(s)})
				if err != nil {
					t.Error(err)
				}
				if mine {
					won[n].Add(1)
				}
			}
		})
	}
	wg.Wait()
	for n := range times {
		same(t, fmt.Sprint("winners of ", due(n+1)), won[n].Load(), 1)
	}
	same(t, "runs", len(runs(t, one, 0)), times)
	same(t, "tasks", len(q.lines(t)), times)
}

// schedulesRemembered: new ones and changed ones, by name.
func schedulesRemembered(t *testing.T, db *store.DB) {
	list := func() []store.Schedule {
		t.Helper()
		all, err := db.Schedules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	same(t, "none", list(), nil)
	month := store.Schedule{Name: "close-month", Expression: "30 7 5 * *", Since: due(1), Considered: due(5)}
	door := store.Schedule{Name: "Cửa", Expression: "*/5 * * * *", Since: due(2)}
	save := func(s store.Schedule) {
		t.Helper()
		if err := db.SaveSchedule(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	save(month)
	save(door)
	same(t, "two", list(), []store.Schedule{door, month})
	month.Expression, month.Since = "30 7 6 * *", due(6)
	month.Considered = due(6).Add(time.Nanosecond).In(time.FixedZone("", 7*3600))
	save(month)
	month.Considered = due(6)
	same(t, "changed", list(), []store.Schedule{door, month})
}
