package schedule_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// expect compares the runs of a schedule, each a line, and asks for one task
// for each that was given to a worker.
func expect(t *testing.T, db *store.DB, name string, want ...string) {
	t.Helper()
	all := runs(t, db, name)
	if d := cmp.Diff(want, told(all)); d != "" {
		t.Errorf("runs of %s: %s", name, d)
	}
	n := counted(t, db, name)
	for _, r := range all {
		due, need := r.Due.Unix(), 1
		if r.State == store.RunCovered && r.Finished.Equal(r.Claimed) {
			need = 0
		}
		if n[due] != need {
			t.Errorf("%s has %d tasks, want %d", r.Due, n[due], need)
		}
		delete(n, due)
	}
	if len(n) > 0 {
		t.Errorf("tasks without runs: %v", n)
	}
}

// A machine that runs claims each due time when it comes, and not what was due
// before it was first switched on.
func TestTick(t *testing.T) {
	db := open(t, sqliteFile(t))
	m := start(db, compile(t, schedule.Defaults()...), "2023-07-05 05:51:30")
	m.until(t, "2023-07-05 06:10:30", 5*time.Second)
	expect(t, db, "pull", "2023-07-05T05:55 claimed", "2023-07-05T06:00 claimed", "2023-07-05T06:05 claimed", "2023-07-05T06:10 claimed")
	expect(t, db, "month", "2023-07-05T06:00 claimed period=2023-06")
	expect(t, db, "quarter", "2023-07-05T06:00 claimed period=2023-Q2")
	m = start(db, compile(t, schedule.Defaults()...), "2023-07-05 06:14:00")
	m.until(t, "2023-07-05 06:15:05", 5*time.Second)
	if all := runs(t, db, "pull"); len(all) != 5 || all[4].MadeUp || all[4].By != "w" || !all[4].Claimed.Equal(at("2023-07-05 06:15")) {
		t.Errorf("after a restart: %+v", all)
	}
}

// Every closing that was missed is made up for by itself, the oldest first;
// of missed pulls only the last.
func TestMissed(t *testing.T) {
	clock := compile(t, schedule.Defaults()...)
	t.Run("days", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		start(db, clock, "2023-05-20 12:00:00").tick(t, 0)
		start(db, clock, "2023-08-06 12:07:00").tick(t, 0)
		expect(t, db, "month", "2023-06-05T06:00 claimed made up period=2023-05",
			"2023-07-05T06:00 claimed made up period=2023-06", "2023-08-05T06:00 claimed made up period=2023-07")
		expect(t, db, "quarter", "2023-07-05T06:00 claimed made up period=2023-Q2")
		all := told(runs(t, db, "pull"))
		missed := int(at("2023-08-06 12:05").Sub(at("2023-05-20 12:00"))/(5*time.Minute)) - 1
		if len(all) != 301 || all[0] != "2023-08-05T11:05 covered by=06T12:05" || all[299] != "2023-08-06T12:00 covered by=06T12:05" ||
			missed != 22464 || all[300] != "2023-08-06T12:05 claimed made up missed=22464" {
			t.Errorf("%d pulls: %q … %q", len(all), all[0], all[len(all)-2:])
		}
	})
	t.Run("minutes", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		m := start(db, compile(t, pulling("*/5 * * * *"), closing("*/5 * * * *")), "2023-05-20 12:01:00")
		m.tick(t, 0)
		m.tick(t, 6*time.Minute)
		m.tick(t, 4*time.Minute)
		m.tick(t, 11*time.Minute)
		expect(t, db, "pull", "2023-05-20T12:05 claimed", "2023-05-20T12:10 claimed",
			"2023-05-20T12:15 covered by=20T12:20", "2023-05-20T12:20 claimed made up missed=1")
		expect(t, db, "month", "2023-05-20T12:05 claimed period=2023-04", "2023-05-20T12:10 claimed period=2023-04",
			"2023-05-20T12:15 claimed made up period=2023-04", "2023-05-20T12:20 claimed made up period=2023-04")
		m.tick(t, 5*time.Minute+time.Second)
		if all := told(runs(t, db, "pull")); all[4] != "2023-05-20T12:25 claimed made up" {
			t.Errorf("two minutes late: %s", all[4])
		}
	})
}

// However many closings were missed, one look makes up for all.
func TestManyMissed(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, closing("* * * * *"))
	start(db, clock, "2023-05-20 12:00:00").tick(t, 0)
	m := start(&dying{db, 700}, clock, "2023-05-21 06:00:30")
	if err := m.Tick(t.Context()); err == nil {
		t.Error("not dead")
	}
	if list, err := db.Schedules(t.Context()); err != nil || !list[0].Considered.Equal(at("2023-05-20 20:20")) {
		t.Errorf("remembered %v, %v", list, err)
	}
	start(db, compile(t, closing("0 6 5 * *")), "2023-05-21 06:00:40").tick(t, 0)
	if all, n := runs(t, db, "month"), counted(t, db, "month"); len(all) != 1080 || len(n) != 1080 || !all[1079].Due.Equal(at("2023-05-21 06:00")) {
		t.Errorf("%d runs, %d tasks", len(all), len(n))
	}
}

// What was missed more than 400 days ago is given up, but not on the word of
// a clock that was just switched on.
func TestTooOld(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, closing("0 6 5 */3 *"), pulling("0 0 1 * *"))
	start(db, clock, "2021-03-20 12:00:00").tick(t, 0)
	m := start(db, clock, "2023-03-20 12:00:00")
	m.tick(t, 0)
	m.tick(t, time.Minute)
	expect(t, db, "month")
	if !strings.Contains(m.said.String(), "waiting whether the clock is right") {
		t.Errorf("said: %s", m.said)
	}
	m.tick(t, 70*time.Second)
	expect(t, db, "month", "2021-04-05T06:00 covered period=2021-03 too_old", "2021-07-05T06:00 covered period=2021-06 too_old",
		"2021-10-05T06:00 covered period=2021-09 too_old", "2022-01-05T06:00 covered period=2021-12 too_old",
		"2022-04-05T06:00 claimed made up period=2022-03", "2022-07-05T06:00 claimed made up period=2022-06",
		"2022-10-05T06:00 claimed made up period=2022-09", "2023-01-05T06:00 claimed made up period=2022-12")
	if all := runs(t, db, "pull"); len(all) != 13 || all[12].Args[schedule.ArgMissed] != "12" {
		t.Errorf("pulls: %q", told(all))
	}
}

// A new expression counts from when it is first seen; what the old one had due
// until then is not lost.
func TestChangedExpression(t *testing.T) {
	db := open(t, sqliteFile(t))
	start(db, compile(t, closing("0 6 5 * *")), "2023-05-20 12:00:00").tick(t, 0)
	m := start(db, compile(t, closing("0  6 4 * * ")), "2023-07-20 12:00:00")
	m.tick(t, 0)
	m.until(t, "2023-08-06 12:00:00", time.Hour)
	want := []string{"2023-06-05T06:00 claimed made up period=2023-05", "2023-07-05T06:00 claimed made up period=2023-06",
		"2023-08-04T06:00 claimed period=2023-07"}
	expect(t, db, "month", want...)
	list, err := db.Schedules(t.Context())
	if err != nil || len(list) != 1 || list[0].Expression != "0 6 4 * *" || !list[0].Since.Equal(at("2023-07-20 12:00")) {
		t.Errorf("remembered: %+v, %v", list, err)
	}
	// Blanks are no change; an expression that nobody can read any more is one.
	start(db, compile(t, closing("0 6 4  * *")), "2023-08-20 12:00:00").tick(t, 0)
	list[0].Expression = "some other program's"
	if err := db.SaveSchedule(t.Context(), list[0]); err != nil {
		t.Fatal(err)
	}
	start(db, compile(t, closing("0 6 4 * *")), "2023-08-21 12:00:00").until(t, "2023-09-04 06:00:00", time.Hour)
	expect(t, db, "month", append(want, "2023-09-04T06:00 claimed period=2023-08")...)
}

// A program that dies between a claim and the mark goes on where it was.
func TestStruck(t *testing.T) {
	clock := compile(t, closing("0 6 5 * *"), pulling("0 0 * * *"))
	for _, spec := range []string{"run_claimed", "run_claimed:2", "run_claimed:3"} {
		t.Run(spec, func(t *testing.T) {
			db := open(t, sqliteFile(t))
			start(db, clock, "2023-05-20 12:00:00").tick(t, 0)
			struck := errors.New("struck")
			func() {
				defer func() {
					if r := recover(); r != struck {
						t.Errorf("not struck: %v", r)
					}
				}()
				m := start(db, clock, "2023-07-07 12:00:00")
				_ = m.Tick(fault.With(context.Background(), spec, func() { panic(struck) }))
			}()
			goneOn(t, db, clock, "2023-07-07 12:00:10")
		})
	}
	for _, writes := range []int{0, 1, 2, 3, 20, 48, 49, 50} {
		db := open(t, sqliteFile(t))
		start(db, clock, "2023-05-20 12:00:00").tick(t, 0)
		m := start(&dying{db, writes}, clock, "2023-07-07 12:00:00")
		if err := m.Tick(t.Context()); (err == nil) != (writes == 50) { // 2 closings, 48 pulls
			t.Errorf("after %d writes: %v", writes, err)
		}
		goneOn(t, db, clock, "2023-07-07 12:00:10")
	}
}

// goneOn starts a machine after another one died, and looks whether everything
// that it should have done is there.
func goneOn(t *testing.T, db *store.DB, clock *schedule.Clock, wall string) {
	t.Helper()
	m := start(db, clock, wall)
	m.tick(t, 0)
	m.tick(t, time.Second)
	expect(t, db, "month", "2023-06-05T06:00 claimed made up period=2023-05", "2023-07-05T06:00 claimed made up period=2023-06")
	pulls, tasks := runs(t, db, "pull"), counted(t, db, "pull")
	if len(pulls) != 48 || len(tasks) != 1 || tasks[at("2023-07-07").Unix()] != 1 {
		t.Errorf("%d pulls, tasks %v", len(pulls), tasks)
	}
}

// dying is a ledger that can be written a number of times.
type dying struct {
	*store.DB
	left int
}

func (d *dying) ClaimRun(ctx context.Context, r store.Run) (bool, error) {
	if d.left--; d.left < 0 {
		return false, errors.New("dead")
	}
	return d.DB.ClaimRun(ctx, r)
}

// broken is a ledger that fails for one schedule.
type broken struct {
	*store.DB
	name string
}

func (b broken) ClaimRun(ctx context.Context, r store.Run) (bool, error) {
	if r.Schedule == b.name {
		return false, errors.New("broken")
	}
	return b.DB.ClaimRun(ctx, r)
}

// What cannot be recorded is tried again, and holds up no other schedule.
func TestLedgerFails(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, schedule.Defaults()...)
	m := start(broken{db, "month"}, clock, "2023-07-05 05:59:00")
	m.tick(t, 0)
	m.pass(2 * time.Minute)
	if err := m.Tick(t.Context()); err == nil || !strings.Contains(err.Error(), "keep schedule month") {
		t.Errorf("error: %v", err)
	}
	expect(t, db, "quarter", "2023-07-05T06:00 claimed period=2023-Q2")
	expect(t, db, "month")
	m.Ledger = db
	m.tick(t, time.Second)
	expect(t, db, "month", "2023-07-05T06:00 claimed period=2023-06")
}

// Run claims what comes due until it is told to stop.
func TestRun(t *testing.T) {
	db := open(t, sqliteFile(t))
	ctx, stop := context.WithCancel(t.Context())
	begin := time.Now()
	wall := func() time.Time { return at("2023-07-05 05:59:59").Add(20 * time.Since(begin)) }
	k := &schedule.Keeper{Ledger: db, Clock: compile(t, schedule.Defaults()...), Now: wall, Poll: 10 * time.Millisecond,
		Elapsed: func() time.Duration { return 20 * time.Since(begin) }}
	done := make(chan error)
	go func() { done <- k.Run(ctx) }()
	for limit := time.After(20 * time.Second); len(runs(t, db, "month")) == 0; {
		select {
		case <-limit:
			t.Fatal("nothing claimed")
		case <-time.After(10 * time.Millisecond):
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	expect(t, db, "month", "2023-07-05T06:00 claimed period=2023-06")
}
