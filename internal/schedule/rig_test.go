package schedule_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/schedule"
	"github.com/tonghop/tonghop/internal/store"
)

// failer is a test, whether of the standard library or of rapid.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// tasks is a queue that writes every task into a table of its own, in the
// transaction that makes it necessary, without asking whether it has it.
type tasks struct{}

func (tasks) Add(ctx context.Context, tx *sql.Tx, t store.Task) error {
	if t.Kind != store.TaskRun {
		return fmt.Errorf("task of kind %s", t.Kind)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO task_seen (schedule, due) VALUES ($1, $2)`, t.Schedule, t.Due.UTC().Format(time.RFC3339))
	return err
}

// open opens a ledger whose tasks are counted.
func open(t testing.TB, database string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), database)
	if err != nil {
		t.Fatal(err)
	}
	db.SetQueue(tasks{})
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.SQL().Exec(`CREATE TABLE IF NOT EXISTS task_seen (schedule TEXT NOT NULL, due TEXT NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	return db
}

func sqliteFile(t testing.TB) string { return filepath.Join(t.TempDir(), "ledger.db") }

// counted tells how many tasks each due time of a schedule has.
func counted(t failer, db *store.DB, name string) map[int64]int {
	t.Helper()
	rows, err := db.SQL().Query(`SELECT due FROM task_seen WHERE schedule = $1`, name)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := map[int64]int{}
	for rows.Next() {
		var due string
		if err := rows.Scan(&due); err != nil {
			t.Fatal(err)
		}
		n[at(due).Unix()]++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

// runs lists the runs of a schedule, the earliest first.
func runs(t failer, db *store.DB, name string) []store.Run {
	t.Helper()
	all, err := db.Runs(context.Background(), name, 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}

// told is a run in one line.
func told(all []store.Run) []string {
	zone := time.FixedZone("", 7*3600)
	var out []string
	for _, r := range all {
		line := r.Due.In(zone).Format("2006-01-02T15:04") + " " + string(r.State)
		if r.MadeUp {
			line += " made up"
		}
		for _, k := range []string{schedule.ArgPeriod, schedule.ArgMissed} {
			if r.Args[k] != "" {
				line += " " + k + "=" + r.Args[k]
			}
		}
		if by := r.Args[schedule.ArgBy]; by != "" {
			line += " by=" + at(by).In(zone).Format("02T15:04")
		}
		if r.Outcome != "" && r.State == store.RunCovered && r.Outcome != schedule.OutcomeCovered {
			line += " " + r.Outcome
		}
		out = append(out, line)
	}
	return out
}

// machine is a computer with a wall clock that can be set, and a keeper on it.
type machine struct {
	*schedule.Keeper
	wall    time.Time
	elapsed time.Duration
	said    *bytes.Buffer
}

// start switches a machine on, with its wall clock at a time.
func start(ledger schedule.Ledger, clock *schedule.Clock, wall string) *machine {
	m := &machine{wall: at(wall), said: &bytes.Buffer{}}
	m.Keeper = &schedule.Keeper{
		Ledger: ledger, Clock: clock, Worker: "w",
		Now:     func() time.Time { return m.wall },
		Elapsed: func() time.Duration { return m.elapsed },
		Log:     slog.New(slog.NewTextHandler(m.said, nil)),
	}
	return m
}

// pass lets time pass.
func (m *machine) pass(d time.Duration) {
	m.wall = m.wall.Add(d)
	m.elapsed += d
}

// tick looks, after some time or at once.
func (m *machine) tick(t failer, after time.Duration) {
	t.Helper()
	m.pass(after)
	if err := m.Tick(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// until looks every so often until the wall clock shows a time.
func (m *machine) until(t failer, wall string, every time.Duration) {
	t.Helper()
	for end := at(wall); m.wall.Before(end); {
		m.tick(t, min(every, end.Sub(m.wall)))
	}
}
