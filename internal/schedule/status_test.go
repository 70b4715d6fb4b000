package schedule_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// The status says what is next, what was last, what was missed and what is not
// finished, in the time of Việt Nam.
func TestStatus(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, schedule.Defaults()...)
	m := start(db, clock, "2023-05-20 12:01:00")
	status := func() []schedule.Status {
		t.Helper()
		all, err := m.Status(t.Context())
		if err != nil || len(all) != 3 {
			t.Fatal(all, err)
		}
		return all
	}
	if got := status()[1]; got.Last != nil || got.Missed != 0 || !got.Since.IsZero() || got.Next.Format(time.RFC3339) != "2023-06-05T06:00:00+07:00" {
		t.Errorf("before anything: %+v", got)
	}
	m.tick(t, 0)
	m.tick(t, 4*time.Minute)
	m = start(db, clock, "2023-07-06 12:02:00")
	m.tick(t, 0)
	r := runs(t, db, "month")[1]
	r.State, r.Outcome, r.Finished = store.RunDone, "editions", at("2023-07-06 12:02:30")
	if err := db.FinishRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	m.tick(t, 3*time.Minute)
	got := status()
	want := []schedule.Status{
		{Next: at("2023-07-06 12:10"), Last: &schedule.Last{Due: at("2023-07-06 12:05"), State: store.RunClaimed, Claimed: at("2023-07-06 12:05")},
			Missed: 47*288 - 1, Unfinished: 3},
		{Next: at("2023-08-05 06:00"), Last: &schedule.Last{Due: at("2023-07-05 06:00"), State: store.RunDone, MadeUp: true,
			Claimed: at("2023-07-06 12:02"), Outcome: "editions", Args: map[string]string{"period": "2023-06"}, Finished: at("2023-07-06 12:02:30")}, Missed: 2, Unfinished: 1},
		{Next: at("2023-10-05 06:00"), Last: &schedule.Last{Due: at("2023-07-05 06:00"), State: store.RunClaimed, MadeUp: true,
			Claimed: at("2023-07-06 12:02"), Args: map[string]string{"period": "2023-Q2"}}, Missed: 1, Unfinished: 1},
	}
	for i, s := range clock.Schedules() {
		want[i].Schedule, want[i].Since = s, at("2023-05-20 12:01")
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	raw, err := json.Marshal(got)
	if err != nil || strings.Contains(string(raw), `Z"`) && !strings.Contains(string(raw), "0001-01-01T00:00:00Z") || !strings.Contains(string(raw), `"2023-08-05T06:00:00+07:00"`) {
		t.Errorf("%s, %v", raw, err)
	}
	// A clock that has lost the time says when something is due next, not
	// before the schedule was there.
	m = start(db, clock, "1970-01-01 07:00:00")
	if next := status()[1].Next; !next.Equal(at("2023-06-05 06:00")) {
		t.Errorf("next in 1970: %s", next)
	}
}

// What came due while nobody kept the schedules is missed before anybody makes
// up for it, and no longer pending after that.
func TestStatusBeforeCatchUp(t *testing.T) {
	db := open(t, sqliteFile(t))
	clock := compile(t, schedule.Defaults()...)
	m := start(db, clock, "2023-05-20 12:01:00")
	m.tick(t, 0)
	m.tick(t, 4*time.Minute) // 12:05 has its run
	pending := func(wall string) (pending, missed []int) {
		t.Helper()
		m = start(db, clock, wall)
		all, err := m.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			pending, missed = append(pending, s.Pending), append(missed, s.Missed)
		}
		return pending, missed
	}
	for wall, want := range map[string][]int{
		"2023-05-20 12:06:00": {0, 0, 0},
		"2023-05-20 12:11:59": {0, 0, 0}, // 12:10 may still be on its way
		"2023-05-20 12:12:00": {1, 0, 0},
		"2023-07-06 12:02:00": {47*288 - 1, 2, 1},
		"1970-01-01 07:00:00": {0, 0, 0},
	} {
		if p, missed := pending(wall); cmp.Diff(want, p) != "" || cmp.Diff(want, missed) != "" {
			t.Errorf("at %s %v are pending and %v missed, want %v", wall, p, missed, want)
		}
	}
	m = start(db, clock, "2023-07-06 12:02:30")
	m.tick(t, 0)
	if p, missed := pending("2023-07-06 12:03:00"); cmp.Diff([]int{0, 0, 0}, p) != "" || cmp.Diff([]int{47*288 - 1, 2, 1}, missed) != "" {
		t.Errorf("afterwards %v are pending and %v missed", p, missed)
	}
	// By another expression nothing is due that was not due by the former one.
	other := compile(t, schedule.Schedule{Name: "month", Action: schedule.Close, Expression: "0 6 1 * *", Period: schedule.PreviousMonth})
	m = start(db, other, "2023-09-06 12:00:00")
	all, err := m.Status(t.Context())
	if err != nil || len(all) != 1 || all[0].Pending != 2 {
		t.Errorf("%+v, %v", all, err)
	}
}
