package main

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/jobs"
	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/templates"
)

// doors looks into every door, without taking anything.
func (d *checkup) doors(ctx context.Context) {
	register, err := templates.Units(templates.FS(d.a.config.Home))
	if err != nil {
		return // said already
	}
	offices := d.a.offices(register)
	for _, door := range d.a.config.Doors {
		serious := false
		for _, p := range d.a.folder(door, offices, slog.New(slog.DiscardHandler)).Check(ctx) {
			weight := weightWarn
			if p.Serious {
				weight, serious = weightBad, true
			}
			message, hint := d.a.letters.Error(p.Err)
			d.said = append(d.said, ailment{weight, d.a.letters.Word("doctor", "door"), message, hint})
		}
		if !serious {
			d.good("door", "door_ok", "name", door.Name, "path", door.Folder)
		}
	}
}

// alive is how long doctor watches for signs of life.
const alive = 3 * time.Second

// workers looks whether anybody works: a worker that is alive counts on.
func (d *checkup) workers(ctx context.Context, db *store.DB) {
	before, err := beats(ctx, db)
	if err != nil {
		d.bad("work", err)
		return
	}
	if len(before) > 0 {
		select {
		case <-ctx.Done():
			return
		case <-time.After(alive):
		}
	}
	after, err := beats(ctx, db)
	if err != nil {
		d.bad("work", err)
		return
	}
	var living []string
	for name, count := range after {
		if count > before[name] {
			living = append(living, name)
		}
	}
	if len(living) == 0 {
		d.warn("work", "work_none")
		return
	}
	d.good("work", "work_ok", "count", strconv.Itoa(len(living)), "names", strings.Join(living, ", "))
}

// beats are the counts of all workers.
func beats(ctx context.Context, db *store.DB) (map[string]int64, error) {
	list, err := db.Beats(ctx)
	counts := map[string]int64{}
	for _, b := range list {
		counts[b.Worker] = b.Count
	}
	return counts, err
}

// late is how long a file may wait for its verdict before somebody should look.
const late = 15 * time.Minute

// unread looks for files that wait for their verdict for long.
func (d *checkup) unread(ctx context.Context, db *store.DB) {
	count, oldest := 0, ""
	for sub, err := range db.Submissions(ctx, store.Filter{States: []tonghop.State{tonghop.Received}}) {
		if err != nil {
			d.bad("queue", err)
			return
		}
		if d.a.clock.now().Sub(sub.Received) > late {
			if count++; oldest == "" {
				oldest = sub.Receipt + " (" + sub.Name + ")"
			}
		}
	}
	if count > 0 {
		d.warn("queue", "unread", "count", strconv.Itoa(count), "oldest", oldest)
	}
}

// queue looks at jobs that failed.
func (d *checkup) queue(ctx context.Context, db *store.DB) {
	q, err := jobs.Open(ctx, db)
	if err != nil {
		d.bad("queue", err)
		return
	}
	failures, err := q.Failures(ctx)
	if err != nil {
		d.bad("queue", err)
		return
	}
	for _, f := range failures {
		t := f.Task
		what := strings.Join(append(append([]string{string(t.Kind)}, t.Receipts...), t.Names...), " ")
		switch t.Kind {
		case store.TaskEdition:
			what = strings.Join([]string{string(t.Kind), t.Period.String(), t.Province}, " ")
		case store.TaskRun:
			what = strings.Join([]string{string(t.Kind), t.Schedule, stamp(t.Due)}, " ")
		}
		code := "job_failing"
		if f.GivenUp {
			code = "job_given_up"
		}
		d.warn("queue", code, "what", what, "attempts", strconv.Itoa(f.Attempts), "error", f.Error, "next", stamp(f.Next))
	}
	if len(failures) == 0 {
		d.good("queue", "queue_ok")
	}
}

// runs looks at the schedules.
func (d *checkup) runs(ctx context.Context, db *store.DB) {
	clock, err := scheduleClock(d.a.config)
	if err != nil {
		return // said already
	}
	keeper := &schedule.Keeper{Ledger: db, Clock: clock, Now: d.a.clock.now}
	all, err := keeper.Status(ctx)
	if err != nil {
		d.bad("schedule", err)
		return
	}
	for _, s := range all {
		last := s.Last
		switch {
		case last == nil:
			d.good("schedule", "run_never", "name", s.Name, "next", stamp(s.Next))
		case last.State == store.RunFailed:
			d.warn("schedule", "run_failed", "name", s.Name, "due", stamp(last.Due), "detail", last.Args["detail"])
		case s.Unfinished > 0 && d.a.clock.now().Sub(last.Due) > late:
			d.warn("schedule", "run_unfinished", "name", s.Name, "due", stamp(last.Due), "count", strconv.Itoa(s.Unfinished))
		default:
			d.good("schedule", "run_ok", "name", s.Name, "due", stamp(last.Due), "next", stamp(s.Next), "missed", strconv.Itoa(s.Missed))
		}
	}
}
