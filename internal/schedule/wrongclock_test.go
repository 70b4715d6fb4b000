package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// A clock that jumps forward under a running program is waited for; what came
// due in between is claimed only when it stays.
func TestStepForward(t *testing.T) {
	clock := compile(t, closing("0 6 5 * *"))
	t.Run("stays", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		m := start(db, clock, "2023-06-20 12:00:00")
		m.tick(t, 0)
		m.wall = at("2023-07-06 12:00:00")
		m.tick(t, time.Second)
		m.tick(t, time.Minute)
		m.tick(t, 59*time.Second)
		expect(t, db, "month")
		if !strings.Contains(m.said.String(), "clock was set") {
			t.Errorf("said: %s", m.said)
		}
		m.tick(t, time.Second)
		expect(t, db, "month", "2023-07-05T06:00 claimed made up period=2023-06")
	})
	t.Run("is put right", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		m := start(db, clock, "2023-06-20 12:00:00")
		m.tick(t, 0)
		m.wall = at("2032-07-06 12:00:00")
		m.tick(t, time.Second)
		m.tick(t, time.Minute)
		m.wall = at("2023-06-20 12:01:02")
		m.tick(t, time.Second)
		m.until(t, "2023-07-05 06:00:00", time.Hour)
		expect(t, db, "month", "2023-07-05T06:00 claimed period=2023-06")
	})
	t.Run("little", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		m := start(db, clock, "2023-07-05 05:55:00")
		m.tick(t, 0)
		m.wall = m.wall.Add(9 * time.Minute)
		m.tick(t, time.Second)
		expect(t, db, "month", "2023-07-05T06:00 claimed made up period=2023-06")
	})
	t.Run("own monotonic clock", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		m := start(db, clock, "2023-06-20 12:00:00")
		m.Elapsed, m.Steady = nil, 50*time.Millisecond
		m.tick(t, 0)
		m.tick(t, 20*24*time.Hour)
		expect(t, db, "month")
		time.Sleep(60 * time.Millisecond)
		m.tick(t, 0)
		expect(t, db, "month", "2023-07-05T06:00 claimed made up period=2023-06")
	})
}

// A clock that is set back makes nothing be done again, and what comes due
// after it is done.
func TestStepBack(t *testing.T) {
	db := open(t, sqliteFile(t))
	m := start(db, compile(t, pulling("*/5 * * * *")), "2023-06-20 11:59:00")
	m.tick(t, 0)
	m.until(t, "2023-06-20 12:16:00", 30*time.Second)
	m.wall = at("2023-06-20 12:04:00")
	m.until(t, "2023-06-20 12:21:00", 30*time.Second)
	expect(t, db, "pull", "2023-06-20T12:00 claimed", "2023-06-20T12:05 claimed", "2023-06-20T12:10 claimed",
		"2023-06-20T12:15 claimed", "2023-06-20T12:20 claimed")
	if strings.Count(m.said.String(), "clock was set") != 1 {
		t.Errorf("said: %s", m.said)
	}
}

// Where the program ran in the future for a while, nothing of what comes after
// it is forgotten, even if it stops for some time before the mark is reached.
func TestMarkInFuture(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, pulling("*/5 * * * *"), closing("0 6 5 * *"))
	start(db, clock, "2023-06-20 12:01:00").tick(t, 0)
	start(db, clock, "2023-09-20 12:01:00").tick(t, 0) // 300 pulls are noted, back to 19/9
	m := start(db, clock, "2023-06-20 12:06:00")       // 12:05 came due in the meantime
	m.tick(t, 0)
	start(db, clock, "2023-06-21 00:01:00").tick(t, 0)
	all := told(runs(t, db, "pull"))
	if all[0] != "2023-06-20T12:05 claimed" || all[1] != "2023-06-20T12:10 covered by=21T00:00" || all[143] != "2023-06-21T00:00 claimed made up missed=142" {
		t.Errorf("pulls: %q", all[:3])
	}
	start(db, clock, "2023-09-19 11:31:00").tick(t, 0) // where pulls were noted long before
	if all = told(runs(t, db, "pull")); all[144] != "2023-09-18T10:00 covered by=19T11:30" || all[443] != "2023-09-19T10:55 covered by=19T11:30" {
		t.Errorf("pulls: %q … %q", all[144], all[443])
	}
	start(db, clock, "2023-10-06 12:01:00").tick(t, 0)
	expect(t, db, "month", "2023-07-05T06:00 claimed made up period=2023-06", "2023-08-05T06:00 claimed made up period=2023-07",
		"2023-09-05T06:00 claimed made up period=2023-08", "2023-10-05T06:00 claimed made up period=2023-09")
	if said := m.said.String(); strings.Count(said, "ledger has been ahead") != 2 { // once for each schedule
		t.Errorf("said: %s", said)
	}
}

// A machine that wakes up without knowing the time does nothing until it does.
func TestClockLost(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, closing("0 6 5 * *"))
	m := start(db, clock, "1970-01-01 07:00:00")
	m.tick(t, 0)
	if list, err := db.Schedules(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("remembered %v, %v", list, err)
	}
	start(db, clock, "2023-06-20 12:00:00").tick(t, 0)
	for _, wall := range []string{"1970-01-01 07:00:00", "2022-01-01 00:00:00"} { // before Since
		m = start(db, clock, wall)
		m.tick(t, 0)
		m.tick(t, 40*24*time.Hour)
		if !strings.Contains(m.said.String(), "nothing is due") {
			t.Errorf("said: %s", m.said)
		}
	}
	m.wall = at("2023-07-06 12:00:00")
	m.tick(t, time.Second)
	expect(t, db, "month")
	m.tick(t, 2*time.Minute)
	expect(t, db, "month", "2023-07-05T06:00 claimed made up period=2023-06")
	list, err := db.Schedules(t.Context())
	if err != nil || len(list) != 1 || !list[0].Since.Equal(at("2023-06-20 12:00")) {
		t.Errorf("remembered %v, %v", list, err)
	}
}

// Two servers whose clocks differ by some minutes neither do anything twice
// nor write the mark to and fro.
func TestClocksDiffer(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, pulling("*/5 * * * *"))
	saves := &counting{DB: db}
	ahead, behind := start(saves, clock, "2023-06-20 12:01:00"), start(saves, clock, "2023-06-20 11:54:00")
	for range 100 {
		ahead.tick(t, 30*time.Second)
		behind.tick(t, 30*time.Second)
	}
	all := runs(t, db, "pull")
	if len(all) != 10 || len(counted(t, db, "pull")) != 10 {
		t.Errorf("pulls: %q", told(all))
	}
	for _, r := range all {
		if r.MadeUp || r.State != store.RunClaimed {
			t.Errorf("%+v", r)
		}
	}
	if saves.n > 11 {
		t.Errorf("%d marks for 10 due times", saves.n)
	}
}
