//go:build !race

package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tonghop/tonghop/internal/fault"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// Whatever the point between arrival and edition at which the program is struck
// dead, another start brings everything to where an undisturbed run brings it:
// each file one receipt, one verdict and one letter, the same facts, one
// edition with the same figures, one finished run of the due time.
func TestStruckEverywhere(t *testing.T) {
	t.Parallel()
	calm := newRig(t, "").quick()
	calm.dropSamples()
	p := calm.start(ordinary, "")
	calm.until("every file is answered", 90*time.Second, calm.answered)
	p.stop()
	p = calm.start(closing, "")
	calm.until("the edition is there", 90*time.Second, func() bool { return calm.issued(1) })
	p.stop()
	facts, figures := calm.tonghop(after, "facts", "--period", june), calm.figures(1)
	calm.served = true

	strikes := map[string]bool{} // by spec: does it come while the month is closed?
	atClosing := false
	for _, at := range fault.Points() {
		atClosing = atClosing || at == fault.Closing
		strikes[string(at)] = atClosing
		if at == fault.RunClaimed || at == fault.Finished {
			strikes[string(at)] = true
			strikes[string(at)+":2"] = false
		}
	}
	strikes[string(fault.Kept)+":3"] = false
	strikes[string(fault.HandingOut)+":2"] = true // the note lies there, the workbook not yet
	databases(t, func(t *testing.T, database string) {
		for spec, atClosing := range strikes {
			t.Run(spec, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, "").quick()
				if database != "" {
					r.database = pgtest.Database(t)
				}
				r.dropSamples()
				r.strike(ordinary, spec, !atClosing, r.answered)
				r.strike(closing, spec, atClosing, func() bool { return r.issued(1) })
				r.settled()
				if got := r.tonghop(after, "facts", "--period", june); got != facts {
					t.Errorf("other facts: %s", cmp.Diff(facts, got))
				}
				if diff := cmp.Diff(figures, r.figures(1)); diff != "" {
					t.Errorf("other figures: %s", diff)
				}
			})
		}
	})
}

// strike lets a process work until it is struck, if it is to be, and then
// another one until the work is done.
func (r *rig) strike(clock, spec string, now bool, done func() bool) {
	r.t.Helper()
	if now {
		r.start(clock, spec).died()
	}
	p := r.start(clock, "")
	r.until("the work is done after "+spec, 120*time.Second, done)
	r.until("no job is left", 60*time.Second, func() bool { return r.idle() })
	p.stop()
}

// idle reports whether every run that was claimed is finished.
func (r *rig) idle() bool {
	for _, s := range r.runs(after) {
		for _, run := range s.Runs {
			// The pull of the last minute may just be under way.
			if run.State == "claimed" && s.Name != "pull" {
				return false
			}
		}
	}
	return true
}

// settled sees that the month ended as it should.
func (r *rig) settled() {
	r.t.Helper()
	db := r.ledger()
	r.whole(db)
	month := r.runs(after)["month"]
	if len(month.Runs) != 1 || month.Runs[0].State != "done" || month.Runs[0].Outcome != "editions" {
		r.t.Errorf("the closing: %+v", month.Runs)
	}
	if files := r.glob("out/*.xlsx"); len(files) != 1 {
		r.t.Errorf("editions: %v", files)
	}
	if files := r.glob("out/*.txt"); len(files) != 1 {
		r.t.Errorf("notes: %v", files)
	}
	editions, err := db.Editions(r.t.Context(), mustPeriod(r.t, june), "84", "xa-ntm")
	if err != nil || len(editions) != 1 || len(editions[0].Returns) != 4 {
		r.t.Errorf("editions in the ledger: %d, %v", len(editions), err)
	}
}
