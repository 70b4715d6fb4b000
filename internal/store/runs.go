package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tonghop/tonghop"
)

// RunState is how far a due run has come.
type RunState string

// The states of a due run.
const (
	RunClaimed RunState = "claimed" // somebody has it; its task is in the queue
	RunDone    RunState = "done"
	RunFailed  RunState = "failed"  // given up; the outcome says why
	RunCovered RunState = "covered" // missed; the made-up run of a later due time did its work
)

// Run is one due time of one schedule. There is one line for each, claimed
// once, whatever the clocks and the number of servers. Its times are kept to
// the second and come back in UTC.
type Run struct {
	Schedule string
	Due      time.Time // to the second
	State    RunState
	MadeUp   bool   // it was missed and is made up for
	By       string // the worker that claimed it
	Claimed  time.Time
	Finished time.Time         // zero until it is done, failed or covered
	Outcome  string            // code of what came of it: "editions", "nothing", "collected"…
	Args     map[string]string // what the outcome names
}

// Schedule is what the ledger remembers of a schedule. Its times are kept to
// the second and come back in UTC.
type Schedule struct {
	Name       string
	Expression string    // cron expression in force
	Since      time.Time // when that expression was first seen: nothing is due before
	Considered time.Time // every due time up to here has a line in runs
}

// Schedules lists what is remembered, by name.
func (db *DB) Schedules(ctx context.Context) ([]Schedule, error) {
	var all []Schedule
	err := db.read(ctx, "list schedules", func(tx *sql.Tx) error {
		all = nil
		rows, err := tx.QueryContext(ctx, `SELECT name, expression, since, considered FROM schedule`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s Schedule
			var since, considered string
			if err := rows.Scan(&s.Name, &s.Expression, &since, &considered); err != nil {
				return err
			}
			if err := readTimes([]string{since, considered}, &s.Since, &s.Considered); err != nil {
				return fmt.Errorf("read schedule %s: %w", s.Name, err)
			}
			all = append(all, s)
		}
		return rows.Err()
	})
	slices.SortFunc(all, func(a, b Schedule) int { return cmp.Compare(a.Name, b.Name) })
	return all, err
}

// SaveSchedule remembers a schedule, a new one or a changed one. The last
// writer wins: a server that is behind may turn Considered back, which does no
// harm as long as the runs since then are remembered and cannot be claimed
// again.
func (db *DB) SaveSchedule(ctx context.Context, s Schedule) error {
	return db.write(ctx, "save schedule "+s.Name, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO schedule (name, expression, since, considered) VALUES ($1, $2, $3, $4)
			ON CONFLICT (name) DO UPDATE SET expression = excluded.expression,
				since = excluded.since, considered = excluded.considered`,
			s.Name, s.Expression, writeTime(s.Since), writeTime(s.Considered))
		return err
	})
}

// ClaimRun claims a due time: won is true for exactly one caller, whose run is
// written and whose task (TaskRun) is added in the same transaction. A run that
// comes with the state covered gets no task; one that comes without a state is
// claimed, and none can come done or failed.
func (db *DB) ClaimRun(ctx context.Context, r Run) (won bool, err error) {
	what := "claim run of " + r.Schedule
	r.State = cmp.Or(r.State, RunClaimed)
	if r.State != RunClaimed && r.State != RunCovered {
		return false, fmt.Errorf("%s: state %q is no claim", what, r.State)
	}
	args, err := json.Marshal(storableMap(r.Args))
	if err != nil {
		return false, fmt.Errorf("%s: write args: %w", what, err)
	}
	err = db.write(ctx, what, func(tx *sql.Tx) error {
		won = false
		// A second server waits here until the first has committed, and then
		// finds the line there.
		var due string
		err := tx.QueryRowContext(ctx, `
			INSERT INTO due_run (schedule, due, state, made_up, worker, claimed, finished, outcome, args)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (schedule, due) DO NOTHING RETURNING due`,
			r.Schedule, writeTime(r.Due), string(r.State), flag(r.MadeUp), r.By, writeTime(r.Claimed),
			writeTime(r.Finished), r.Outcome, string(args)).Scan(&due)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("write run: %w", err)
		}
		if won = true; r.State == RunCovered {
			return nil
		}
		return db.add(ctx, tx, Task{Kind: TaskRun, Schedule: r.Schedule, Due: r.Due.UTC().Truncate(time.Second)})
	})
	return won && err == nil, err
}

// FinishRun writes what came of a claimed run: State, Finished, Outcome, Args.
// A run that is finished keeps what it has. It fails with ledger.run (schedule,
// due) if there is no such run.
func (db *DB) FinishRun(ctx context.Context, r Run) error {
	what := "finish run of " + r.Schedule
	if !slices.Contains([]RunState{RunDone, RunFailed, RunCovered}, r.State) {
		return fmt.Errorf("%s: state %q is no end", what, r.State)
	}
	args, err := json.Marshal(storableMap(r.Args))
	if err != nil {
		return fmt.Errorf("%s: write args: %w", what, err)
	}
	return db.write(ctx, what, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE due_run SET state = $1, finished = $2, outcome = $3, args = $4
			WHERE schedule = $5 AND due = $6 AND state = 'claimed'`,
			string(r.State), writeTime(r.Finished), r.Outcome, string(args), r.Schedule, writeTime(r.Due))
		if err != nil {
			return fmt.Errorf("write outcome: %w", err)
		}
		_, err = findRun(ctx, tx, r.Schedule, r.Due)
		return err
	})
}

// Run finds one; ledger.run (schedule, due) if there is none.
func (db *DB) Run(ctx context.Context, schedule string, due time.Time) (Run, error) {
	var run Run
	err := db.read(ctx, "find run", func(tx *sql.Tx) (err error) {
		run, err = findRun(ctx, tx, schedule, due)
		return err
	})
	return run, err
}

// findRun does the work of Run inside a transaction.
func findRun(ctx context.Context, tx *sql.Tx, schedule string, due time.Time) (Run, error) {
	runs, err := readRuns(ctx, tx, `WHERE schedule = $1 AND due = $2`, schedule, writeTime(due))
	if err != nil {
		return Run{}, err
	}
	if len(runs) == 0 {
		return Run{}, tonghop.Fail("ledger.run", nil, "schedule", schedule, "due", writeTime(due))
	}
	return runs[0], nil
}

// Runs lists the latest runs of a schedule, the latest due time first, at most
// limit; 0 means all.
func (db *DB) Runs(ctx context.Context, schedule string, limit int) ([]Run, error) {
	rest, args := `WHERE schedule = $1 ORDER BY due DESC`, []any{schedule}
	if limit > 0 {
		rest, args = rest+` LIMIT $2`, append(args, limit)
	}
	var runs []Run
	err := db.read(ctx, "list runs", func(tx *sql.Tx) (err error) {
		runs, err = readRuns(ctx, tx, rest, args...)
		return err
	})
	return runs, err
}

// readRuns reads the runs that the rest of a query chooses.
func readRuns(ctx context.Context, tx *sql.Tx, rest string, params ...any) ([]Run, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT schedule, due, state, made_up, worker, claimed, finished, outcome, args FROM due_run `+rest, params...)
	if err != nil {
		return nil, fmt.Errorf("find runs: %w", err)
	}
	defer rows.Close()
	var runs []Run
	for rows.Next() {
		var r Run
		var madeUp int
		var due, claimed, finished, args string
		err := rows.Scan(&r.Schedule, &due, &r.State, &madeUp, &r.By, &claimed, &finished, &r.Outcome, &args)
		if err != nil {
			return nil, fmt.Errorf("read run: %w", err)
		}
		r.MadeUp = madeUp == 1
		if err := readTimes([]string{due, claimed, finished}, &r.Due, &r.Claimed, &r.Finished); err != nil {
			return nil, fmt.Errorf("read run of %s: %w", r.Schedule, err)
		}
		if err := json.Unmarshal([]byte(args), &r.Args); err != nil {
			return nil, fmt.Errorf("read args of a run of %s: %w", r.Schedule, err)
		}
		runs = append(runs, r)
	}
	return runs, rows.Err()
}

// PruneRuns forgets finished runs of a schedule that were due before a time.
func (db *DB) PruneRuns(ctx context.Context, schedule string, before time.Time) error {
	return db.write(ctx, "prune runs of "+schedule, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM due_run WHERE schedule = $1 AND due < $2 AND state <> 'claimed'`,
			schedule, writeTime(before))
		return err
	})
}
