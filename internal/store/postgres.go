package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/tonghop/tonghop"
)

// How many connections a process holds at most if its URL does not say, and how
// many it may need for one thing: to migrate takes two, and a reader may write
// while it reads.
const (
	usualConns = 16
	leastConns = 4
)

// openPostgres opens the ledger in a database of a PostgreSQL server.
func openPostgres(ctx context.Context, address string, wait time.Duration) (*DB, error) {
	db := &DB{path: printable(address)}
	config, err := postgresConfig(address, wait)
	if err != nil {
		return nil, tonghop.Fail("ledger.address", err, "path", db.path)
	}
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, db.serverFailed(err)
	}
	db.sql = sql.OpenDB(postgresConnector{stdlib.GetPoolConnector(db.pool)})
	db.sql.SetMaxIdleConns(0) // the pool keeps them
	if err := db.migratePostgres(ctx, wait); err != nil {
		db.Close()
		switch {
		case tonghop.CodeOf(err) != "":
			return nil, err
		case ctx.Err() != nil:
			return nil, db.serverFailed(ctx.Err())
		case busy(err), clash(err):
			return nil, tonghop.Fail("ledger.locked", err, "path", db.path)
		}
		return nil, db.serverFailed(err)
	}
	return db, nil
}

// postgresConfig reads the URL; what it says goes before what is usual here.
// The reason why it cannot be read may hold a piece of a password, so it is
// not told.
func postgresConfig(address string, wait time.Duration) (*pgxpool.Config, error) {
	if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
		return nil, errors.New("neither a path nor a URL that begins with postgres://")
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, errors.New("the URL cannot be read")
	}
	if !strings.Contains(address, "pool_max_conns=") {
		config.MaxConns = usualConns
	}
	config.MaxConns = max(config.MaxConns, leastConns)
	if !strings.Contains(address, "connect_timeout=") {
		config.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	// A connection that died with its server is noticed before it is used.
	config.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return true }
	for name, value := range map[string]string{
		"application_name": "tonghop",
		"lock_timeout":     fmt.Sprint(wait.Milliseconds()),
		// What a machine had locked that lost its power is free again after a minute.
		"tcp_keepalives_idle":     "30",
		"tcp_keepalives_interval": "10",
		"tcp_keepalives_count":    "3",
	} {
		if _, said := config.ConnConfig.RuntimeParams[name]; !said {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	return config, nil
}

// migratePostgres brings the schema up to date, one program at a time. The pool
// is of no use if it fails.
func (db *DB) migratePostgres(ctx context.Context, wait time.Duration) error {
	const (
		lock = 0x746f6e67686f70 // any number that nobody else uses
		step = 50 * time.Millisecond
	)
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	var encoding string
	if err := conn.QueryRowContext(ctx, `SHOW server_encoding`).Scan(&encoding); err != nil {
		return fmt.Errorf("ask for the encoding: %w", err)
	}
	if encoding != "UTF8" {
		return tonghop.Fail("ledger.encoding", nil, "path", db.path, "encoding", encoding)
	}
	for locked, waited := false, time.Duration(0); !locked; waited += step {
		if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, lock).Scan(&locked); err != nil {
			return fmt.Errorf("lock the schema: %w", err)
		}
		if locked {
			break
		}
		if waited >= wait {
			return tonghop.Fail("ledger.locked", nil, "path", db.path)
		}
		pause(ctx, step)
	}
	if err := db.migrateOnce(ctx); err != nil {
		return err // the lock goes with the pool, which is closed then
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, lock); err != nil {
		return fmt.Errorf("unlock the schema: %w", err)
	}
	return nil
}

// postgresMigrations prepares the migrations for PostgreSQL.
func postgresMigrations(pool *sql.DB) (*goose.Provider, error) {
	list, err := database.NewStore(database.DialectPostgres, versionTable)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", versionTable, err)
	}
	return newMigrations(pool, postgresWords, list)
}

// postgresWords gives the columns the meaning that they have in SQLite: texts
// compare byte by byte, whatever the language of the database, and integers
// have 64 bits.
func postgresWords(migration []byte) []byte {
	migration = regexp.MustCompile(`\bTEXT\b`).ReplaceAll(migration, []byte(`TEXT COLLATE "C"`))
	return regexp.MustCompile(`\bINTEGER\b`).ReplaceAll(migration, []byte(`BIGINT`))
}

// The states of PostgreSQL that are told apart, by class or whole.
const (
	stateSerialization = "40001"
	stateDeadlock      = "40P01"
	stateLockTimeout   = "55P03"
)

// clash reports whether two writers got in each other's way, so that the one
// that lost may simply do it again.
func clash(err error) bool {
	state := sqlState(err)
	return state == stateSerialization || state == stateDeadlock
}

// busy reports whether another writer kept what was asked for too long.
func busy(err error) bool { return sqliteBusy(err) || sqlState(err) == stateLockTimeout }

// gone reports whether the server cannot be reached, or has just left.
func gone(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	switch state := sqlState(err); {
	case state != "":
		// connection exceptions, no more connections, shutdown or starting up
		return strings.HasPrefix(state, "08") || strings.HasPrefix(state, "53") || strings.HasPrefix(state, "57P")
	case errors.As(err, &connect), errors.As(err, &network):
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgconn.ErrConnClosed)
}

// sqlState is the code that PostgreSQL gave an error; "" if it is none of its.
func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// postgresConnector gives connections that go through [storable] and know
// [lines].
type postgresConnector struct{ driver.Connector }

// Connect takes a connection from the pool.
func (c postgresConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	std, ok := conn.(*stdlib.Conn)
	if !ok {
		conn.Close()
		return nil, fmt.Errorf("the pool gave a %T", conn)
	}
	return postgresConn{std}, nil
}

// postgresConn is one connection.
type postgresConn struct{ *stdlib.Conn }

// CheckNamedValue makes an argument storable; pgx takes it as it is.
func (c postgresConn) CheckNamedValue(v *driver.NamedValue) error {
	v.Value = storableValue(v.Value)
	return nil
}

// ExecContext runs a statement, or writes lines by COPY.
func (c postgresConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	l, ok := linesAmong(args)
	if !ok {
		return c.Conn.ExecContext(ctx, query, args)
	}
	conn := c.Conn.Conn()
	const inside = 'T'
	if status := conn.PgConn().TxStatus(); status != inside {
		return nil, fmt.Errorf("copy to %s: transaction is %q", l.table, status)
	}
	next, stop := iter.Pull(l.all)
	defer stop()
	n, err := conn.CopyFrom(ctx, pgx.Identifier{l.table}, l.columns, pgx.CopyFromFunc(func() ([]any, error) {
		line, ok := next()
		for i := range line {
			line[i] = storableValue(line[i])
		}
		if !ok {
			return nil, nil
		}
		return line, nil
	}))
	return driver.RowsAffected(n), err
}
