package main

import (
	"context"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tonghop/tonghop/internal/pipeline"
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
			d.unmade(door, offices)
			d.good("door", "door_ok", "name", door.Name, "path", door.Folder)
		}
	}
}

// unmade names the subfolders that the configuration gives to an office and
// that are not there; however their accents are stored.
func (d *checkup) unmade(door templates.DoorConfig, offices *pipeline.Offices) {
	const mapped = "mapped:"
	named := map[string]string{}
	for name := range door.Offices {
		named[name] = mapped + name
	}
	meant, there := offices.Finder(named), map[string]bool{}
	entries, err := os.ReadDir(door.Folder)
	if err != nil {
		return // said already
	}
	for _, e := range entries {
		name, _ := meant(e.Name())
		there[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(door.Offices)) {
		if !there[mapped+name] {
			d.warn("door", "door_unmade", "name", door.Name, "folder", name, "code", door.Offices[name])
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
		if s.Pending > 0 {
			d.warn("schedule", "run_pending", "name", s.Name, "count", strconv.Itoa(s.Pending))
		}
		switch {
		case last == nil && s.Pending > 0: // said
		case last == nil:
			d.good("schedule", "run_never", "name", s.Name, "next", stamp(s.Next))
		case last.State == store.RunFailed:
			d.warn("schedule", "run_failed", "name", s.Name, "due", stamp(last.Due), "detail", brief(last.Args["detail"]))
		case s.Unfinished > 0 && d.a.clock.now().Sub(last.Claimed) > late:
			d.warn("schedule", "run_unfinished", "name", s.Name, "due", stamp(last.Due), "count", strconv.Itoa(s.Unfinished),
				"since", stamp(last.Claimed))
		default:
			d.good("schedule", "run_ok", "name", s.Name, "due", stamp(last.Due), "next", stamp(s.Next), "missed", strconv.Itoa(s.Missed))
		}
	}
}
