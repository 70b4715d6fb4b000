package jobs

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"github.com/tonghop/tonghop/internal/store"
)

// live gives a sign of life every so often.
func (w *Worker) live(ctx context.Context) {
	w.every(ctx, "worker cannot give a sign of life", func() error { return w.q.db.Beat(ctx, w.opts.ID) })
}

// watch puts the jobs of dead workers back.
func (w *Worker) watch(ctx context.Context) {
	var seen vigil
	w.every(ctx, "worker cannot look after the others", func() error {
		dead, err := w.look(ctx, &seen)
		if err != nil {
			seen = vigil{} // whoever could not look for a while knows nothing of it
			return err
		}
		if len(dead) == 0 {
			return nil
		}
		return w.rescue(ctx, dead)
	})
}

// every does something at the pace of the signs of life until the context ends,
// and says the first time that it goes wrong.
func (w *Worker) every(ctx context.Context, complaint string, do func() error) {
	tick := time.NewTicker(w.opts.Pace.Beat)
	defer tick.Stop()
	said := false
	for {
		err := do()
		if err != nil && ctx.Err() == nil && !said {
			w.log.WarnContext(ctx, complaint, slog.Any("error", err))
		}
		said = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// none is the count of a worker that gives no sign of life: it was struck dead
// before its first one, or has been forgotten since.
const none = -1

// vigil is what one worker has seen of the others, by its own clock.
type vigil struct {
	last  time.Time // when it looked last
	count map[string]int64
	since map[string]time.Time // how long the count has stood still
}

// dead notes the counts of the others and gives those that have stood still for
// too long. A watcher that has not looked for a while, because it or the
// database stood still, begins anew: nobody could give a sign that it would
// have seen.
func (v *vigil) dead(now time.Time, counts map[string]int64, gap, patience time.Duration) []string {
	if v.count == nil || now.Sub(v.last) > gap {
		v.count, v.since = map[string]int64{}, map[string]time.Time{}
	}
	v.last = now
	for name := range v.count {
		if _, ok := counts[name]; !ok {
			delete(v.count, name)
			delete(v.since, name)
		}
	}
	var dead []string
	for name, count := range counts {
		before, known := v.count[name]
		switch {
		case !known || before != count:
			v.count[name], v.since[name] = count, now
		case now.Sub(v.since[name]) >= patience:
			dead = append(dead, name)
		}
	}
	slices.Sort(dead)
	return dead
}

// look finds the dead among the workers that have a beat or a running job.
func (w *Worker) look(ctx context.Context, seen *vigil) ([]string, error) {
	counts := map[string]int64{}
	running, err := w.q.list(ctx, nil, river.NewJobListParams().States(rivertype.JobStateRunning))
	if err != nil {
		return nil, fmt.Errorf("list running jobs: %w", err)
	}
	for _, job := range running {
		counts[workedBy(job)] = none
	}
	beats, err := w.q.db.Beats(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range beats {
		counts[b.Worker] = b.Count
	}
	delete(counts, w.opts.ID)
	pace := w.opts.Pace
	return seen.dead(time.Now(), counts, max(3*pace.Beat, pace.Dead/2), pace.Dead), nil
}

// workedBy is the worker that has a running job.
func workedBy(job *rivertype.JobRow) string {
	if len(job.AttemptedBy) == 0 {
		return ""
	}
	return job.AttemptedBy[len(job.AttemptedBy)-1]
}

// rescue puts the running jobs of the dead back and forgets the dead. Of several
// workers that do so at once, each finds what the one before has left: the jobs
// are listed and put back in one transaction in which nobody else changes them.
func (w *Worker) rescue(ctx context.Context, dead []string) error {
	tx, err := w.q.db.SQL().BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("rescue jobs: %w", err)
	}
	defer tx.Rollback() // does nothing after the commit
	if !w.q.sqlite() {  // where a transaction has the database to itself
		if _, err := tx.ExecContext(ctx, `SELECT id FROM river_job WHERE state = 'running' ORDER BY id FOR UPDATE`); err != nil {
			return fmt.Errorf("rescue jobs: %w", err)
		}
	}
	jobs, err := w.q.list(ctx, tx, river.NewJobListParams().States(rivertype.JobStateRunning))
	if err != nil {
		return fmt.Errorf("rescue jobs: %w", err)
	}
	jobs = slices.DeleteFunc(jobs, func(job *rivertype.JobRow) bool { return !slices.Contains(dead, workedBy(job)) })
	if err := w.putBack(ctx, tx, jobs); err != nil {
		return fmt.Errorf("rescue jobs: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("rescue jobs: %w", err)
	}
	for _, job := range jobs {
		t, err := task(job)
		if err != nil {
			t.Kind = store.TaskKind(job.Kind)
		}
		w.log.WarnContext(ctx, "job rescued", append(attrs(t),
			slog.Int("attempt", job.Attempt), slog.String("from", workedBy(job)))...)
		w.observe(t.Kind, Rescued, 0)
	}
	for _, name := range dead {
		if err := w.q.db.ForgetBeat(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how often a job is put back to be begun at once. One that goes on
// killing its worker waits like one that fails, and is given up like it.
const atOnce = 3

// putBack makes running jobs available again.
func (w *Worker) putBack(ctx context.Context, tx *sql.Tx, jobs []*rivertype.JobRow) error {
	if len(jobs) == 0 {
		return nil
	}
	now := time.Now().UTC()
	var p riverdriver.JobRescueManyParams
	for _, job := range jobs {
		note, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: job.Attempt,
			Error: fmt.Sprintf("worker %s died", workedBy(job))})
		if err != nil {
			return fmt.Errorf("write what happened to job %d: %w", job.ID, err)
		}
		var meta struct {
			Rescued int `json:"river:rescue_count"`
		}
		if err := json.Unmarshal(job.Metadata, &meta); err != nil {
			return fmt.Errorf("read job %d: %w", job.ID, err)
		}
		state, at, final := rivertype.JobStateAvailable, job.ScheduledAt, (*time.Time)(nil) // its place in the line
		switch {
		case job.Attempt >= job.MaxAttempts:
			state, final = rivertype.JobStateDiscarded, &now
		case meta.Rescued >= atOnce:
			state, at = rivertype.JobStateRetryable, retry(w.opts.Pace.Retry).NextRetry(job)
		}
		p.ID = append(p.ID, job.ID)
		p.Error = append(p.Error, note)
		p.FinalizedAt = append(p.FinalizedAt, final)
		p.ScheduledAt = append(p.ScheduledAt, at)
		p.State = append(p.State, string(state))
	}
	_, err := w.q.driver.UnwrapExecutor(tx).JobRescueMany(ctx, &p)
	return err
}
