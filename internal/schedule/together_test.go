package schedule_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// Servers that start at once after a stop over three due times share them:
// each is done once, on either database.
func TestTogether(t *testing.T) {
	for name, database := range map[string]func(testing.TB) string{"sqlite": sqliteFile, "postgres": pgtest.Database} {
		t.Run(name, func(t *testing.T) {
			const servers = 3
			where := database(t)
			clock := compile(t, schedule.Defaults()...)
			first := open(t, where)
			begin := start(first, clock, "2023-05-20 12:00:00")
			begin.tick(t, 0)
			var all [servers]*machine
			for i := range all {
				db, err := store.Open(t.Context(), where)
				if err != nil {
					t.Fatal(err)
				}
				defer db.Close()
				db.SetQueue(tasks{})
				all[i] = start(db, clock, fmt.Sprintf("2023-08-06 12:0%d:00", 6+i)) // their clocks differ, too
				all[i].Worker = fmt.Sprint("server ", i)
			}
			together(t, all[:], 4)
			expect(t, first, "month", "2023-06-05T06:00 claimed made up period=2023-05",
				"2023-07-05T06:00 claimed made up period=2023-06", "2023-08-05T06:00 claimed made up period=2023-07")
			expect(t, first, "quarter", "2023-07-05T06:00 claimed made up period=2023-Q2")
			pulls, n := runs(t, first, "pull"), counted(t, first, "pull")
			if len(pulls) < 301 || len(n) < 1 || len(n) > 2 { // by the clocks it became 12:10 or not
				t.Errorf("%d pulls, tasks %v", len(pulls), n)
			}
			for due, count := range n {
				if count != 1 {
					t.Errorf("pull of %s has %d tasks", time.Unix(due, 0), count)
				}
			}
		})
	}
}

// together lets machines look at the same moment, several times.
func together(t *testing.T, all []*machine, times int) {
	t.Helper()
	var wait sync.WaitGroup
	ready := make(chan struct{})
	for _, m := range all {
		wait.Go(func() {
			<-ready
			for range times {
				if err := m.Tick(context.Background()); err != nil {
					t.Error(err)
				}
				m.pass(30 * time.Second)
			}
		})
	}
	close(ready)
	wait.Wait()
}
