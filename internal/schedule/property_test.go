package schedule_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// world is two machines on one ledger, and the true time.
type world struct {
	t        *rapid.T
	db       *store.DB
	now      time.Time
	clock    *schedule.Clock
	machines [2]*machine
}

// pass lets time pass for both machines, or for one while the other sleeps.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	for _, m := range w.machines {
		m.pass(d)
	}
}

// step does something that happens to machines.
func (w *world) step() {
	i := rapid.IntRange(0, 1).Draw(w.t, "machine")
	m := w.machines[i]
	hours := func(least, most int) time.Duration {
		return time.Duration(rapid.IntRange(least*60, most*60).Draw(w.t, "minutes")) * time.Minute
	}
	switch what := rapid.IntRange(0, 9).Draw(w.t, "what"); what {
	case 0, 1, 2, 3:
		w.pass(hours(0, 20))
		m.tick(w.t, 0)
	case 4:
		w.pass(time.Duration(rapid.IntRange(1, 200).Draw(w.t, "seconds")) * time.Second)
		m.tick(w.t, 0)
	case 5: // a wrong clock, forwards or backwards
		m.wall = w.now.Add(hours(-5*24, 5*24))
		m.tick(w.t, time.Second)
	case 6: // a clock that is a little off
		m.wall = w.now.Add(time.Duration(rapid.IntRange(-600, 600).Draw(w.t, "off")) * time.Second)
		m.tick(w.t, 0)
	case 7: // a clock that is put right
		m.wall = w.now
		m.tick(w.t, 0)
	case 8: // started anew
		w.machines[i] = w.start(m.wall)
		w.machines[i].tick(w.t, time.Second)
	case 9: // dies at its work, and is started anew
		m.Ledger = &dying{w.db, rapid.IntRange(0, 5).Draw(w.t, "writes")}
		w.pass(hours(0, 40))
		_ = m.Tick(w.t.Context())
		w.machines[i] = w.start(m.wall)
	}
}

func (w *world) start(wall time.Time) *machine {
	m := start(w.db, w.clock, "2023-06-20")
	m.wall = wall
	return m
}

// Whatever happens to clocks and machines, no due time has two tasks, and once
// the clocks are right every due time since the schedule was first seen has
// its one run.
func TestProperty(t *testing.T) {
	db := open(t, sqliteFile(t))
	var tried atomic.Int64
	begin := time.Now()
	rapid.Check(t, func(rt *rapid.T) {
		if time.Since(begin) > 15*time.Second {
			return // enough, on a slow machine
		}
		n := tried.Add(1)
		list := []schedule.Schedule{
			{Name: fmt.Sprintf("pull-%d", n), Action: schedule.Pull, Expression: "0 */6 * * *"},
			{Name: fmt.Sprintf("close-%d", n), Action: schedule.Close, Expression: "30 3,15 * * *", Period: schedule.PreviousMonth},
		}
		w := &world{t: rt, db: db, now: at("2023-06-20 12:01"), clock: compile(t, list...)}
		w.machines = [2]*machine{w.start(w.now), w.start(w.now)}
		w.machines[0].tick(rt, 0)
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			w.step()
		}
		for _, m := range w.machines {
			m.wall = w.now
			m.tick(rt, 0)
		}
		w.pass(3 * time.Minute)
		for _, m := range w.machines {
			m.tick(rt, 0)
		}
		for _, s := range list {
			w.check(s.Name)
		}
	})
	t.Logf("%d worlds", tried.Load())
}

// check looks at what came of a schedule.
func (w *world) check(name string) {
	have := map[int64]store.Run{}
	for _, r := range runs(w.t, w.db, name) {
		have[r.Due.Unix()] = r
	}
	n := counted(w.t, w.db, name)
	for due, tasks := range n {
		if r := have[due]; tasks != 1 || r.State != store.RunClaimed {
			w.t.Fatalf("%s %s has %d tasks, run %+v", name, time.Unix(due, 0), tasks, r)
		}
	}
	for due := range w.clock.Due(name, at("2023-06-20 12:01"), w.now) {
		r, ok := have[due.Unix()]
		if !ok || (r.State == store.RunClaimed) != (n[due.Unix()] == 1) {
			w.t.Fatalf("%s %s: run %t %+v, %d tasks; it is %s", name, due, ok, r, n[due.Unix()], w.now)
		}
	}
}
