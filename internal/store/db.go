package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/tonghop/tonghop"
)

// lockWait is how long a writer waits for another one before it gives up.
const lockWait = time.Minute

// DB is the ledger. It may be used by many goroutines at once, by many
// processes on one machine where it lies in a file, and by many machines where
// it lies in PostgreSQL; writers wait for each other.
type DB struct {
	sql   *sql.DB
	pool  *pgxpool.Pool // nil on SQLite
	path  string        // as people are told: without any password
	queue Queue         // nil = nothing is queued
}

// Open opens the ledger, makes it if there is none, and brings an older one up
// to date. database is a path, of an SQLite file that is made with its folder,
// or the URL of a PostgreSQL database that is there: postgres://user@host/name.
//
// It fails with ledger.open (path), ledger.content (path) if the file is no
// ledger or a damaged one, ledger.address (path) if the URL cannot be used,
// ledger.server (path, reason) if the PostgreSQL server cannot be reached or
// refuses, ledger.encoding (path, encoding) if its database cannot hold every
// letter, ledger.locked (path) if another program keeps the ledger to itself,
// and ledger.newer (path, found, known) if a newer program has made it; such a
// ledger is left as it is. No error names a password.
func Open(ctx context.Context, database string) (*DB, error) {
	return open(ctx, database, lockWait)
}

// open is Open with the time that a writer waits for another.
func open(ctx context.Context, database string, wait time.Duration) (*DB, error) {
	if strings.Contains(database, "://") {
		return openPostgres(ctx, database, wait)
	}
	return openSQLite(ctx, database, wait)
}

// Close lets go of the ledger. It waits for whoever still reads or writes.
func (db *DB) Close() error {
	err := db.sql.Close()
	if db.pool != nil {
		db.pool.Close()
	}
	if err != nil {
		return fmt.Errorf("close ledger: %w", err)
	}
	return nil
}

// SQL is the database for what keeps tables of its own beside the ledger's, as
// the queue of jobs does.
func (db *DB) SQL() *sql.DB { return db.sql }

// Pool is the pool of connections to PostgreSQL that SQL draws from; nil on
// SQLite.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Ping proves that the ledger can be read now.
func (db *DB) Ping(ctx context.Context) error {
	return db.read(ctx, "look at the ledger", func(tx *sql.Tx) error {
		var receipts int64
		return tx.QueryRowContext(ctx, `SELECT last FROM counter WHERE name = 'receipt'`).Scan(&receipts)
	})
}

// Now is what the database's own clock shows, in UTC and to the millisecond.
// The ledger itself never goes by it; it is there to be compared with the clock
// of this machine.
func (db *DB) Now(ctx context.Context) (time.Time, error) {
	ask := `SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`
	if db.pool != nil {
		ask = `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
	}
	var text string
	err := db.read(ctx, "ask the database for the time", func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, ask).Scan(&text)
	})
	if err != nil {
		return time.Time{}, err
	}
	now, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the database's time: %w", err)
	}
	return now, nil
}

// write runs work in one transaction; an error undoes everything. What work
// reads can be changed by another writer until work has locked it, by an upsert
// or an UPDATE: so it locks first and reads then.
//
// Where two writers got in each other's way work is run again, so it begins by
// setting whatever it gives back.
func (db *DB) write(ctx context.Context, what string, work func(*sql.Tx) error) error {
	const tries = 8
	var err error
	for try := range tries {
		if err = db.transact(ctx, sql.TxOptions{Isolation: sql.LevelReadCommitted}, work); err == nil {
			return nil
		}
		if !clash(err) || ctx.Err() != nil {
			break
		}
		if try < tries-1 {
			pause(ctx, time.Duration(rand.Int64N(int64(10*time.Millisecond)<<try)))
		}
	}
	return db.fail(ctx, what, err)
}

// read runs work on one unchanging view of the ledger; writers go on.
func (db *DB) read(ctx context.Context, what string, work func(*sql.Tx) error) error {
	err := db.transact(ctx, sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, work)
	if err != nil {
		return db.fail(ctx, what, err)
	}
	return nil
}

// transact runs work in a transaction. SQLite has one way to isolate, which is
// at least what is asked for.
func (db *DB) transact(ctx context.Context, options sql.TxOptions, work func(*sql.Tx) error) error {
	tx, err := db.sql.BeginTx(ctx, &options)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// fail gives an error its code where it has one: a cancelled context and an
// Error stay what they are, waiting in vain for another writer is
// ledger.locked, a server that is gone is ledger.server, a file that is damaged
// ledger.content.
func (db *DB) fail(ctx context.Context, what string, err error) error {
	switch {
	case tonghop.CodeOf(err) != "":
	case ctx.Err() != nil:
		err = ctx.Err()
	case busy(err), clash(err):
		err = tonghop.Fail("ledger.locked", err, "path", db.path)
	case gone(err):
		err = db.serverFailed(err)
	case noLedger(err):
		err = tonghop.Fail("ledger.content", err, "path", db.path)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// pause waits, or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
