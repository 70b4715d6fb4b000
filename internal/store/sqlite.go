package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"modernc.org/sqlite"

	"github.com/tonghop/tonghop"
)

// openSQLite opens the ledger in a file.
func openSQLite(ctx context.Context, path string, wait time.Duration) (*DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	connector, err := sqlite.NewConnector(sqliteDSN(full, wait))
	if err != nil {
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	db := &DB{sql: sql.OpenDB(sqliteConnector{connector}), path: path}
	if err := db.migrateSQLite(ctx, wait); err != nil {
		db.sql.Close()
		switch {
		case tonghop.CodeOf(err) != "":
			return nil, err
		case busy(err):
			return nil, tonghop.Fail("ledger.locked", err, "path", path)
		case noLedger(err):
			return nil, tonghop.Fail("ledger.content", err, "path", path)
		}
		return nil, tonghop.Fail("ledger.open", err, "path", path)
	}
	return db, nil
}

// sqliteDSN names the file and how every connection to it behaves. Writers
// take their lock when they begin, so that none fails half-way; readers see
// one unchanging state meanwhile.
func sqliteDSN(path string, wait time.Duration) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	file := url.URL{Scheme: "file", Path: slashed}
	query := url.Values{
		"_txlock": {"immediate"},
		// A time is compared as text, so the queue's times are all of one clock.
		"_timezone": {"UTC"},
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()),
			"foreign_keys(1)",
			"journal_mode(WAL)",
			"synchronous(FULL)",
		},
	}
	return file.String() + "?" + query.Encode()
}

// sqliteBusy reports whether another writer kept the file to itself for too
// long.
func sqliteBusy(err error) bool {
	const busy, locked = 5, 6
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == busy || e.Code()&0xff == locked)
}

// noLedger reports whether the file is no database, or a damaged one.
func noLedger(err error) bool {
	const corrupt, notADatabase = 11, 26
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == corrupt || e.Code()&0xff == notADatabase)
}

// migrateSQLite brings the schema up to date. Two programs may open a new file
// at once; the one that comes second finds the work done and looks again. A
// busy file may say so at once, without waiting as it was told: then we wait.
func (db *DB) migrateSQLite(ctx context.Context, wait time.Duration) error {
	const (
		step  = 50 * time.Millisecond
		tries = 5 // of what is not busy but half made by another program
	)
	var err error
	for try, waited := 1, time.Duration(0); waited <= wait; waited += step {
		if err = db.migrateOnce(ctx); err == nil || ctx.Err() != nil || tonghop.CodeOf(err) != "" {
			return err
		}
		if !busy(err) {
			if try++; try > tries {
				return err
			}
		}
		pause(ctx, step)
	}
	return err
}

// sqliteMigrations prepares the migrations for SQLite: all tables STRICT, the
// list of applied migrations among them.
func sqliteMigrations(pool *sql.DB) (*goose.Provider, error) {
	standard, err := database.NewStore(database.DialectSQLite3, versionTable)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", versionTable, err)
	}
	return newMigrations(pool, sqliteWords, strictStore{standard})
}

// sqliteWords turns the token at the end of each table into STRICT.
func sqliteWords(migration []byte) []byte {
	return bytes.ReplaceAll(migration, []byte("/*strict*/"), []byte("STRICT"))
}

// strictStore keeps the list of applied migrations in a STRICT table, which
// knows no TIMESTAMP.
type strictStore struct{ database.Store }

// CreateVersionTable makes the list.
func (s strictStore) CreateVersionTable(ctx context.Context, db database.DBTxConn) error {
	_, err := db.ExecContext(ctx, `CREATE TABLE `+s.Tablename()+` (
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp     TEXT NOT NULL DEFAULT (datetime('now'))
	) STRICT`)
	return err
}

// GetMigration finds one applied migration.
func (s strictStore) GetMigration(ctx context.Context, db database.DBTxConn, version int64) (*database.GetMigrationResult, error) {
	var at string
	var applied int
	err := db.QueryRowContext(ctx, `SELECT tstamp, is_applied FROM `+s.Tablename()+
		` WHERE version_id = $1 ORDER BY id DESC LIMIT 1`, version).Scan(&at, &applied)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %d", database.ErrVersionNotFound, version)
	}
	if err != nil {
		return nil, err
	}
	when, err := time.Parse(time.DateTime, at)
	if err != nil {
		return nil, fmt.Errorf("read time of migration %d: %w", version, err)
	}
	return &database.GetMigrationResult{Timestamp: when, IsApplied: applied == 1}, nil
}

// sqliteConnector gives connections that go through [storable] and know [lines].
type sqliteConnector struct{ driver.Connector }

// Connect opens a connection.
func (c sqliteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(sqliteAble)
	if !ok {
		conn.Close()
		return nil, fmt.Errorf("the driver's %T lacks a method", conn)
	}
	return sqliteConn{able}, nil
}

// sqliteAble is everything that database/sql asks of a connection to SQLite.
type sqliteAble interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// sqliteConn is one connection.
type sqliteConn struct{ sqliteAble }

// CheckNamedValue makes an argument storable; the rest is as the driver does it.
func (c sqliteConn) CheckNamedValue(v *driver.NamedValue) error {
	if _, ok := v.Value.(lines); ok {
		return nil
	}
	v.Value = storableValue(v.Value)
	return driver.ErrSkip // to the usual checks
}

// ExecContext runs a statement, or writes lines: one by one through a prepared
// statement, which is the fastest way in. The driver starts a goroutine for
// every statement whose context can be cancelled, which costs as much as the
// statement itself, so the context is looked at here.
func (c sqliteConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	l, ok := linesAmong(args)
	if !ok {
		return c.sqliteAble.ExecContext(ctx, query, args)
	}
	prepared, err := c.PrepareContext(ctx, l.insert())
	if err != nil {
		return nil, err
	}
	defer prepared.Close()
	exec, ok := prepared.(driver.StmtExecContext)
	if !ok {
		return nil, fmt.Errorf("the driver's %T lacks a method", prepared)
	}
	quiet := context.WithoutCancel(ctx)
	values := make([]driver.NamedValue, len(l.columns))
	count := driver.RowsAffected(0)
	for line := range l.all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i, v := range line {
			plain, err := driver.DefaultParameterConverter.ConvertValue(storableValue(v))
			if err != nil {
				return nil, fmt.Errorf("write %s of %s: %w", l.columns[i], l.table, err)
			}
			values[i] = driver.NamedValue{Ordinal: i + 1, Value: plain}
		}
		if _, err := exec.ExecContext(quiet, values); err != nil {
			return nil, err
		}
		count++
	}
	return count, nil
}
