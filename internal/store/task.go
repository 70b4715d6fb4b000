package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/tonghop/tonghop"
)

// TaskKind is a kind of work that waits in the queue.
type TaskKind string

// The kinds of work.
const (
	TaskRead    TaskKind = "read"    // read and settle a delivery: Receipts, Office
	TaskEdition TaskKind = "edition" // build the edition of a closed period: Period, Province
	TaskRun     TaskKind = "run"     // do what a schedule is for, once: Schedule, Due
)

// Task is a piece of work. It is added to the queue in the transaction that
// makes it necessary, so that there is never one without the other.
type Task struct {
	Kind     TaskKind
	Receipts []string // of one delivery, in order
	Names    []string // the names of its files, for whoever looks after the queue
	Office   string   // code; "" if no door vouched for one
	Waiting  int      // how many deliveries of the office wait already
	Period   tonghop.Period
	Province string
	Schedule string
	Due      time.Time
	After    time.Duration // not before this much time has passed
}

// Queue takes tasks inside a transaction of the ledger. It may fold a task into
// an equal one that waits, but never into one that somebody has begun: what is
// added then is about what that one may not have seen.
type Queue interface {
	Add(ctx context.Context, tx *sql.Tx, t Task) error
}

// SetQueue gives the ledger the queue for what it makes necessary. Without one
// deliveries are only written down, as the commands at the keyboard want it; no
// edition is asked for then, nor noted as asked for, or the next who has a queue
// would wait for it in vain. It is called once, before the ledger is used by
// several goroutines.
func (db *DB) SetQueue(q Queue) { db.queue = q }

// add adds a task to the queue, if there is one.
func (db *DB) add(ctx context.Context, tx *sql.Tx, t Task) error {
	if db.queue == nil {
		return nil
	}
	return db.queue.Add(ctx, tx, t)
}
