package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/tonghop/tonghop"
)

//go:embed migrations/*.sql
var migrations embed.FS

// lockWait is how long a writer waits for another one before it gives up.
const lockWait = 10 * time.Second

// DB is the ledger. It may be used by many goroutines and by many processes
// on one machine at once; writers wait for each other.
type DB struct {
	sql  *sql.DB
	path string
}

// Open opens the ledger in the file at path, makes it (and its folder) if
// there is none, and brings an older one up to date.
//
// It fails with ledger.open (path), ledger.locked (path) if another program
// keeps the file to itself, and ledger.newer (path, found, known) if a newer
// program has made the file; such a file is left as it is.
func Open(ctx context.Context, path string) (*DB, error) {
	return open(ctx, path, lockWait)
}

// open is Open with the time that a writer waits for another.
func open(ctx context.Context, path string, wait time.Duration) (*DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	pool, err := sql.Open("sqlite", sqliteDSN(full, wait))
	if err != nil {
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	db := &DB{sql: pool, path: path}
	if err := db.migrate(ctx, wait); err != nil {
		pool.Close()
		if tonghop.CodeOf(err) != "" {
			return nil, err
		}
		if busy(err) {
			return nil, tonghop.Fail("ledger.locked", err, "path", path)
		}
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	return db, nil
}

// Close lets go of the ledger.
func (db *DB) Close() error {
	if err := db.sql.Close(); err != nil {
		return fmt.Errorf("close ledger: %w", err)
	}
	return nil
}

// migrate brings the schema up to date. Two programs may open a new file at
// once; the one that comes second finds the work done and looks again. A busy
// file may say so at once, without waiting as it was told: then we wait.
func (db *DB) migrate(ctx context.Context, wait time.Duration) error {
	const (
		pause = 50 * time.Millisecond
		tries = 5 // of what is not busy but half made by another program
	)
	var err error
	for try, waited := 1, time.Duration(0); waited <= wait; waited += pause {
		if err = db.migrateOnce(ctx); err == nil || ctx.Err() != nil || tonghop.CodeOf(err) != "" {
			return err
		}
		if !busy(err) {
			if try++; try > tries {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
	return err
}

// migrateOnce runs what is pending; it writes nothing if nothing is.
func (db *DB) migrateOnce(ctx context.Context) error {
	provider, err := sqliteMigrations(db.sql)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	found, known, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if found > known {
		return tonghop.Fail("ledger.newer", nil, "path", db.path,
			"found", fmt.Sprint(found), "known", fmt.Sprint(known))
	}
	if found == known {
		return nil
	}
	if _, err := provider.Up(ctx); err != nil && !errors.Is(err, goose.ErrNoNextVersion) {
		return fmt.Errorf("bring schema up to date: %w", err)
	}
	return nil
}

// write runs work in one transaction that no other writer shares; an error
// undoes everything.
func (db *DB) write(ctx context.Context, what string, work func(*sql.Tx) error) error {
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return db.fail(ctx, what, err)
	}
	defer tx.Rollback() // does nothing after the commit
	if err := work(tx); err != nil {
		return db.fail(ctx, what, err)
	}
	if err := tx.Commit(); err != nil {
		return db.fail(ctx, what, err)
	}
	return nil
}

// read runs work on one unchanging view of the ledger; writers go on.
func (db *DB) read(ctx context.Context, what string, work func(*sql.Tx) error) error {
	tx, err := db.sql.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return db.fail(ctx, what, err)
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return db.fail(ctx, what, err)
	}
	return nil
}

// fail gives an error its code where it has one: a cancelled context and an
// Error stay what they are, waiting in vain for another writer is
// ledger.locked.
func (db *DB) fail(ctx context.Context, what string, err error) error {
	switch {
	case tonghop.CodeOf(err) != "":
	case ctx.Err() != nil:
		err = ctx.Err()
	case busy(err):
		err = tonghop.Fail("ledger.locked", err, "path", db.path)
	}
	return fmt.Errorf("%s: %w", what, err)
}
