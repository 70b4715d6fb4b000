package schedule_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// counting counts how often the mark is written.
type counting struct {
	*store.DB
	n int
}

func (c *counting) SaveSchedule(ctx context.Context, s store.Schedule) error {
	c.n++
	return c.DB.SaveSchedule(ctx, s)
}

// worked claims and finishes due times of a schedule, one a step.
func worked(t *testing.T, db *store.DB, name, from string, n int, step time.Duration) {
	t.Helper()
	for i := range n {
		due := at(from).Add(time.Duration(i) * step)
		r := store.Run{Schedule: name, Due: due, By: "w", Claimed: due}
		if won, err := db.ClaimRun(t.Context(), r); err != nil || !won {
			t.Fatal(won, err)
		}
		r.State, r.Finished, r.Outcome = store.RunDone, due.Add(time.Second), "collected"
		if err := db.FinishRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

// Finished pulls of more than two weeks ago are forgotten, but for the last
// ones; closings never are. It is done at the beginning and once a day.
func TestSweep(t *testing.T) {
	clock := compile(t, pulling("0 */6 * * *"), closing("0 0 * * *"))
	for _, c := range []struct {
		pulls, left int
	}{
		{40, 40}, {52, 52}, {57, 57}, {80, 57}, // those from 18/6 12:00 on are 57
	} {
		t.Run(fmt.Sprint(c.pulls), func(t *testing.T) {
			db := open(t, sqliteFile(t))
			last := at("2023-07-02 12:00")
			worked(t, db, "pull", last.Add(-time.Duration(c.pulls-1)*6*time.Hour).Format(time.RFC3339), c.pulls, 6*time.Hour)
			worked(t, db, "month", "2023-05-01", 63, 24*time.Hour)
			for _, s := range clock.Schedules() {
				err := db.SaveSchedule(t.Context(), store.Schedule{Name: s.Name, Expression: s.Expression, Since: at("2023-04-30"), Considered: last})
				if err != nil {
					t.Fatal(err)
				}
			}
			m := start(db, clock, "2023-07-02 12:00:00")
			m.tick(t, 0)
			if n := len(runs(t, db, "pull")); n != c.left {
				t.Errorf("%d pulls left, want %d", n, c.left)
			}
			if n := len(runs(t, db, "month")); n != 63 {
				t.Errorf("%d closings left", n)
			}
			m.until(t, "2023-07-03 11:59:00", time.Hour)
			m.until(t, "2023-07-03 12:01:00", time.Minute)
			if n := len(runs(t, db, "pull")); c.left == 57 && n != 57 { // four more, four fewer
				t.Errorf("%d pulls left a day later, want 57", n)
			}
		})
	}
	t.Run("few", func(t *testing.T) {
		db := open(t, sqliteFile(t))
		worked(t, db, "pull", "2023-01-01", 70, time.Minute)
		m := start(db, clock, "2023-07-02 12:00:00")
		m.tick(t, 0)
		if n := len(runs(t, db, "pull")); n != 50 {
			t.Errorf("%d pulls left, want the last 50", n)
		}
	})
}

// What was forgotten is not taken for missed when the mark was turned back by
// a clock that was slow for a while.
func TestSweptStays(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, pulling("0 0 * * *"))
	worked(t, db, "pull", "2023-03-01", 100, 24*time.Hour)
	err := db.SaveSchedule(t.Context(), store.Schedule{Name: "pull", Expression: "0 0 * * *", Since: at("2023-02-28"), Considered: at("2023-06-08 12:00")})
	if err != nil {
		t.Fatal(err)
	}
	m := start(db, clock, "2023-06-08 12:00:00")
	for _, wall := range []string{"2023-06-08 12:00:00", "2023-03-10 12:00:00", "2023-06-08 12:00:00"} {
		m.wall = at(wall)
		m.tick(t, 0)
		m.tick(t, 3*time.Minute) // steady by now
		if all := runs(t, db, "pull"); len(all) != 50 {
			t.Fatalf("%d runs at %s: %q", len(all), wall, told(all))
		}
	}
}

// A clock that runs in the future for a while makes nothing be forgotten that
// would then be taken for missed, or done again.
func TestSweepWrongClock(t *testing.T) {
	clock := compile(t, pulling("* * * * *"))
	for _, minutes := range []int{1, 16} { // three times it stays wrong, each time after a new start
		db := open(t, sqliteFile(t))
		worked(t, db, "pull", "2023-06-20 10:01", 120, time.Minute)
		err := db.SaveSchedule(t.Context(), store.Schedule{Name: "pull", Expression: "* * * * *", Since: at("2023-06-20 10:00"), Considered: at("2023-06-20 12:00")})
		if err != nil {
			t.Fatal(err)
		}
		right, wrong := at("2023-06-20 12:00"), at("2023-07-30 12:00")
		for range 3 {
			m := start(db, clock, wrong.Format(time.RFC3339))
			for range minutes {
				m.tick(t, time.Minute)
				for _, r := range runs(t, db, "pull") {
					if r.State == store.RunClaimed {
						r.State, r.Finished = store.RunDone, r.Claimed
						if err := db.FinishRun(t.Context(), r); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			right, wrong = right.Add(time.Duration(minutes)*time.Minute), m.wall
		}
		start(db, clock, right.Format(time.RFC3339)).tick(t, 0)
		for _, r := range runs(t, db, "pull") {
			if !r.Due.After(at("2023-06-20 12:00")) && r.State != store.RunDone {
				t.Errorf("after %d minutes: %s is taken for missed", 3*minutes, r.Due)
			}
		}
	}
}
