package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/store"
)

// queue is a queue in a table of its own, in the database of the ledger: what
// is undone with the ledger's transaction is undone here too.
type queue struct {
	db     *store.DB
	served atomic.Int64 // order of arrival
	fail   error        // what Add says after it has added; nil = it takes everything
	held   atomic.Pointer[gate]
}

// gate keeps the next transaction that adds a task from going on.
type gate struct{ reached, open chan struct{} }

// errQueue is a queue that does not take a task.
var errQueue = errors.New("the queue is full")

// queued gives a ledger its queue, and the same to others that have it open.
func queued(t testing.TB, db *store.DB, others ...*store.DB) *queue {
	t.Helper()
	_, err := db.SQL().ExecContext(t.Context(), `CREATE TABLE test_task (n BIGINT NOT NULL, line TEXT NOT NULL)`)
	if err != nil {
		t.Fatal(err)
	}
	q := &queue{db: db}
	for _, db := range append(others, db) {
		db.SetQueue(q)
	}
	return q
}

// Add writes a task down.
func (q *queue) Add(ctx context.Context, tx *sql.Tx, task store.Task) error {
	if g := q.held.Swap(nil); g != nil {
		close(g.reached)
		<-g.open
	}
	n := q.served.Add(1)
	if _, err := tx.ExecContext(ctx, `INSERT INTO test_task (n, line) VALUES ($1, $2)`, n, line(task)); err != nil {
		return err
	}
	return q.fail
}

// meanwhile begins first, which adds a task, and does second while the
// transaction of first stands still just before its end. If second has to wait
// for first it may.
func (q *queue) meanwhile(t testing.TB, first, second func() error) {
	t.Helper()
	g := &gate{make(chan struct{}), make(chan struct{})}
	q.held.Store(g)
	firsts, seconds := make(chan error, 1), make(chan error, 1)
	go func() { firsts <- first() }()
	select {
	case <-g.reached:
	case err := <-firsts:
		t.Fatalf("the first added no task: %v", err)
	}
	go func() { seconds <- second() }()
	var err error
	select {
	case err = <-seconds:
		close(g.open)
	case <-time.After(300 * time.Millisecond):
		close(g.open)
		err = <-seconds
	}
	if err := errors.Join(<-firsts, err); err != nil {
		t.Fatal(err)
	}
}

// either is the one or the other of two servers.
func either(n int, one, two *store.DB) *store.DB {
	if n%2 == 0 {
		return one
	}
	return two
}

// line tells a task.
func line(t store.Task) string {
	switch t.Kind {
	case store.TaskRead:
		return fmt.Sprintf("read %v %v of %q, %d waiting", t.Receipts, t.Names, t.Office, t.Waiting)
	case store.TaskEdition:
		return fmt.Sprintf("edition %s %s after %s", t.Period, t.Province, t.After)
	case store.TaskRun:
		return fmt.Sprintf("run %s %s", t.Schedule, t.Due.Format(time.RFC3339Nano))
	}
	return "unknown " + string(t.Kind)
}

// lines gives what is in the queue, in the order in which it came.
func (q *queue) lines(t testing.TB) []string {
	t.Helper()
	rows, err := q.db.SQL().QueryContext(t.Context(), `SELECT line FROM test_task ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
