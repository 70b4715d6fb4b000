package jobs

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// A task is there when its transaction is committed, and never was otherwise.
func TestAddWithTheLedger(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		tx, err := q.db.SQL().BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := q.Add(t.Context(), tx, read("TH-1")); err != nil {
			t.Fatal(err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if n := left(t, q); n != 0 {
			t.Errorf("%d jobs after a rollback", n)
		}
		add(t, q, read("TH-1"), read("TH-1")) // the same again is a job of its own
		if n := left(t, q); n != 2 {
			t.Errorf("%d jobs after two commits", n)
		}
		in(t, q, func(tx *sql.Tx) error {
			if err := q.Add(t.Context(), tx, store.Task{Kind: "dance"}); err == nil {
				t.Error("a kind that there is not was added")
			}
			return nil
		})
	})
}

// Each task reaches its handler as it was added.
func TestEachKind(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		start(t, q, WorkerOptions{
			Read: func(_ context.Context, receipts []string) error {
				y.note(strings.Join(receipts, " "))
				return nil
			},
			Edition: func(_ context.Context, p tonghop.Period, province string) error {
				y.note(p.String() + " of " + province)
				return nil
			},
			Run: func(_ context.Context, schedule string, due time.Time) error {
				y.note(schedule + " at " + due.UTC().Format(time.RFC3339))
				return nil
			},
		})
		due := time.Date(2023, 7, 5, 8, 0, 0, 0, time.Local)
		add(t, q,
			store.Task{Kind: store.TaskRead, Receipts: []string{"TH-1", "TH-2"}},
			store.Task{Kind: store.TaskEdition, Period: tonghop.Period{Kind: tonghop.HalfYear, Year: 2023, N: 1}, Province: "84"},
			store.Task{Kind: store.TaskRun, Schedule: "monthly", Due: due})
		until(t, "all three handled", func() bool { return y.count() == 3 && left(t, q) == 0 })
		got, _ := y.all()
		slices.Sort(got)
		if diff := cmp.Diff([]string{"2023-H1 of 84", "TH-1 TH-2", "monthly at 2023-07-05T01:00:00Z"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

// Two workers on one database share the work; nothing is done twice.
func TestTwoWorkersShare(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		const n = 60
		_, q := d.open()
		for _, r := range receipts("TH", n) {
			add(t, q, read(r))
		}
		var mine, yours tally
		for _, y := range []*tally{&mine, &yours} {
			_, q := d.open()
			start(t, q, WorkerOptions{Readers: 2, Read: func(_ context.Context, receipts []string) error {
				y.note(receipts[0])
				time.Sleep(10 * time.Millisecond)
				return nil
			}})
		}
		until(t, "all done", func() bool { return left(t, q) == 0 })
		a, _ := mine.all()
		b, _ := yours.all()
		both := append(a, b...)
		slices.Sort(both)
		if diff := cmp.Diff(receipts("TH", n), both); diff != "" {
			t.Error(diff)
		}
		if len(a) == 0 || len(b) == 0 {
			t.Errorf("one worker did %d, the other %d", len(a), len(b))
		}
	})
}

// An office that sends sixty reports at once does not delay another one, nor
// the clock.
func TestFlood(t *testing.T) {
	onEach(t, func(t *testing.T, d database) {
		_, q := d.open()
		var y tally
		hold := make(chan struct{})
		var once sync.Once
		release := func() { once.Do(func() { close(hold) }) }
		defer release()
		start(t, q, WorkerOptions{Readers: 1,
			Read: func(_ context.Context, receipts []string) error {
				<-hold
				y.note(receipts[0])
				return nil
			},
			Run: func(context.Context, string, time.Time) error { y.note("clock"); return nil },
		})
		for i, r := range receipts("FLOOD", 60) {
			flood := read(r)
			flood.Waiting = i
			add(t, q, flood)
		}
		other := read("OTHER")
		other.Office = "84002"
		add(t, q, other, store.Task{Kind: store.TaskRun, Schedule: "monthly", Due: time.Now()})
		until(t, "the clock is not delayed", func() bool { return y.count() == 1 })
		release()
		until(t, "all done", func() bool { return left(t, q) == 0 })
		order, _ := y.all()
		if order[0] != "clock" || len(order) != 62 {
			t.Fatalf("%d done, %v first", len(order), order[0])
		}
		if at := slices.Index(order, "OTHER"); at > 4 {
			t.Errorf("the other office waited behind %d of the flood", at-1)
		}
	})
}
