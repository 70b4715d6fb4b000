package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/tonghop/tonghop/internal/store"
)

// attempts is how often a task is tried before it is given up: with the usual
// waits, for about an hour and three quarters.
const attempts = 25

// Queue is the work that waits, in the ledger's own database. It may be used by
// many goroutines and processes at once.
type Queue struct {
	db     *store.DB
	driver riverdriver.Driver[*sql.Tx]
	client *river.Client[*sql.Tx] // adds and looks; it never works
}

var _ store.Queue = (*Queue)(nil)

// Open brings the tables of the queue up to date, in the ledger's database, and
// gives the queue. Several processes may open it at once; when the tables are up
// to date it only reads.
func Open(ctx context.Context, db *store.DB) (*Queue, error) {
	q := &Queue{db: db, driver: riverdatabasesql.New(db.SQL())}
	if q.sqlite() {
		q.driver = riversqlite.New(db.SQL())
	}
	if err := migrate(ctx, q.driver); err != nil {
		return nil, err
	}
	var err error
	q.client, err = river.NewClient(q.driver, &river.Config{
		Logger: slog.New(slog.DiscardHandler), // what goes wrong here comes back as an error
		// A client announces new jobs at most once in this time. A worker that
		// is not told of a job looks for it at its next poll.
		FetchCooldown: river.FetchCooldownMin,
	})
	if err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	return q, nil
}

// sqlite reports whether the ledger is in SQLite, which cannot tell a worker
// that there is something to do.
func (q *Queue) sqlite() bool { return q.db.Pool() == nil }

// Add adds a task inside a transaction of the ledger: it is there when the
// transaction is committed, and never was when it is not.
func (q *Queue) Add(ctx context.Context, tx *sql.Tx, t store.Task) error {
	args, err := argsOf(t)
	if err != nil {
		return err
	}
	opts := &river.InsertOpts{
		MaxAttempts: attempts,
		Priority:    priority(t),
		// Each kind has a queue of its own, so that a flood of reports delays
		// neither the clock nor an edition.
		Queue: string(t.Kind),
	}
	if t.After > 0 {
		opts.ScheduledAt = time.Now().Add(t.After)
	}
	if _, err := q.client.InsertTx(ctx, tx, args, opts); err != nil {
		return fmt.Errorf("add task %s: %w", t.Kind, err)
	}
	return nil
}

// priority is the place of a task among those of its kind, 1 (first) to 4: the
// more of an office's deliveries wait already, the more others go before the
// next one. So an office that sends a whole year at once delays no other.
func priority(t store.Task) int {
	switch {
	case t.Kind != store.TaskRead, t.Waiting <= 1:
		return 1
	case t.Waiting < 5:
		return 2
	case t.Waiting < 20:
		return 3
	}
	return 4
}
