package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// Failure is a task that has failed and waits for its next attempt, or has been
// given up.
type Failure struct {
	Task     store.Task
	Attempts int    // how many have been made
	Error    string // of the last one
	At       time.Time
	GivenUp  bool
	Next     time.Time // when it is tried again; zero if it is given up
}

// Failures lists the tasks that have failed and are not done since, the oldest
// task first.
func (q *Queue) Failures(ctx context.Context) ([]Failure, error) {
	jobs, err := q.list(ctx, nil, river.NewJobListParams().
		States(append(waiting(), rivertype.JobStateDiscarded)...).Where("errors IS NOT NULL"))
	if err != nil {
		return nil, fmt.Errorf("list failures: %w", err)
	}
	var failures []Failure
	for _, job := range jobs {
		if len(job.Errors) == 0 {
			continue
		}
		t, err := task(job)
		if err != nil {
			t = store.Task{Kind: store.TaskKind(job.Kind)} // the error says which job
		}
		last := job.Errors[len(job.Errors)-1]
		f := Failure{Task: t, Attempts: job.Attempt, Error: last.Error, At: last.At, Next: job.ScheduledAt}
		if job.State == rivertype.JobStateDiscarded {
			f.GivenUp, f.Next = true, time.Time{}
		}
		failures = append(failures, f)
	}
	return failures, nil
}

// waiting are the states of a job that is not begun or is to be begun again.
func waiting() []rivertype.JobState {
	return []rivertype.JobState{rivertype.JobStateAvailable, rivertype.JobStateScheduled,
		rivertype.JobStateRetryable, rivertype.JobStatePending}
}

// unfinished are the states of a job that will still be done.
func unfinished() []rivertype.JobState { return append(waiting(), rivertype.JobStateRunning) }

// Waiting is how much of one kind is in one state.
type Waiting struct {
	Kind   store.TaskKind
	State  string // available, scheduled (put off), retryable (has failed), running
	Count  int
	Oldest time.Duration // how long ago the oldest of them was added
}

// Waiting counts what is not done, by kind and state.
func (q *Queue) Waiting(ctx context.Context) ([]Waiting, error) {
	rows, err := q.db.SQL().QueryContext(ctx, `SELECT kind, state, count(*), min(id) FROM river_job
		WHERE state NOT IN ('completed', 'cancelled', 'discarded') GROUP BY kind, state ORDER BY kind, state`)
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	defer rows.Close()
	var out []Waiting
	var oldest []int64
	for rows.Next() {
		var w Waiting
		var id int64
		if err := rows.Scan(&w.Kind, &w.State, &w.Count, &id); err != nil {
			return nil, fmt.Errorf("count jobs: %w", err)
		}
		out, oldest = append(out, w), append(oldest, id)
	}
	if err := rows.Err(); err != nil || len(out) == 0 {
		return nil, err
	}
	jobs, err := q.list(ctx, nil, river.NewJobListParams().IDs(oldest...))
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	for _, job := range jobs {
		if i := slices.Index(oldest, job.ID); i >= 0 {
			out[i].Oldest = max(time.Since(job.CreatedAt), 0)
		}
	}
	return out, nil
}

// Sweep sees to it that no work is forgotten: what was given up is tried once
// more, and each delivery among the received submissions that has no task in the
// queue, for whatever reason, gets one. It gives how many it put back or added.
// A delivery that somebody is just settling at the keyboard gets a task too,
// which finds nothing left to do.
func (q *Queue) Sweep(ctx context.Context, unsettled []tonghop.Submission) (int, error) {
	tx, err := q.db.SQL().BeginTx(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	defer tx.Rollback() // does nothing after the commit
	lost, err := q.list(ctx, tx, river.NewJobListParams().States(rivertype.JobStateDiscarded))
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	stranded, err := q.stranded(ctx, tx)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	lost = append(lost, stranded...)
	for _, job := range lost {
		if _, err := q.client.JobRetryTx(ctx, tx, job.ID); err != nil {
			return 0, fmt.Errorf("sweep job %d: %w", job.ID, err)
		}
	}
	swept := len(lost)
	if len(unsettled) > 0 {
		live, err := q.receipts(ctx, tx)
		if err != nil {
			return 0, fmt.Errorf("sweep: %w", err)
		}
		for _, t := range deliveries(unsettled) {
			if live[t.Receipts[0]] {
				continue
			}
			if err := q.Add(ctx, tx, t); err != nil {
				return 0, fmt.Errorf("sweep %s: %w", t.Receipts[0], err)
			}
			swept++
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	return swept, nil
}

// deliveries gives the task for each delivery of the submissions, in the order
// in which they came.
func deliveries(subs []tonghop.Submission) []store.Task {
	var tasks []store.Task
	at, before := map[string]int{}, map[string]int{}
	for _, s := range subs {
		name := s.Delivery
		if name == "" {
			name = s.Receipt
		}
		i, ok := at[name]
		if !ok {
			i = len(tasks)
			at[name] = i
			tasks = append(tasks, store.Task{Kind: store.TaskRead, Office: s.Office, Waiting: before[s.Office]})
			before[s.Office]++
		}
		tasks[i].Receipts = append(tasks[i].Receipts, s.Receipt)
		tasks[i].Names = append(tasks[i].Names, s.Name)
	}
	return tasks
}

// soon is how far ahead a task of a kind may be put off: further than anything
// that this program ever asks for, it was written by a clock that was wrong.
func soon(kind string) time.Duration {
	if kind == string(store.TaskEdition) {
		return 8 * 24 * time.Hour // a late return may wait for a week
	}
	return time.Hour
}

// stranded are the jobs that a wrong clock has put off for days or years. Its
// claim to lead the others, which would keep them all waiting, is given up too.
func (q *Queue) stranded(ctx context.Context, tx *sql.Tx) ([]*rivertype.JobRow, error) {
	now := time.Now()
	const form = "2006-01-02 15:04:05.000+00" // both databases compare it rightly with what River wrote
	if _, err := tx.ExecContext(ctx, `DELETE FROM river_leader WHERE expires_at > $1`, now.Add(time.Hour).UTC().Format(form)); err != nil {
		return nil, err
	}
	jobs, err := q.list(ctx, tx, river.NewJobListParams().States(waiting()...))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(jobs, func(job *rivertype.JobRow) bool {
		return job.ScheduledAt.Before(now.Add(soon(job.Kind)))
	}), nil
}

// receipts are those that some job will still read.
func (q *Queue) receipts(ctx context.Context, tx *sql.Tx) (map[string]bool, error) {
	jobs, err := q.list(ctx, tx, river.NewJobListParams().Kinds(string(store.TaskRead)).States(unfinished()...))
	if err != nil {
		return nil, err
	}
	live := map[string]bool{}
	for _, job := range jobs {
		t, err := task(job)
		if err != nil {
			continue // a job that nobody can read reads nothing
		}
		for _, r := range t.Receipts {
			live[r] = true
		}
	}
	return live, nil
}

// list gives all jobs that the parameters ask for, by number; tx may be nil.
func (q *Queue) list(ctx context.Context, tx *sql.Tx, params *river.JobListParams) ([]*rivertype.JobRow, error) {
	const page = 10_000 // the most that River gives
	var all []*rivertype.JobRow
	params = params.First(page)
	for {
		var res *river.JobListResult
		var err error
		if tx == nil {
			res, err = q.client.JobList(ctx, params)
		} else {
			res, err = q.client.JobListTx(ctx, tx, params)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, res.Jobs...)
		if len(res.Jobs) < page {
			return all, nil
		}
		params = params.After(res.LastCursor)
	}
}
