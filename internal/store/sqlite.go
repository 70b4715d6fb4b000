package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"modernc.org/sqlite"
)

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
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()),
			"foreign_keys(1)",
			"journal_mode(WAL)",
			"synchronous(FULL)",
		},
	}
	return file.String() + "?" + query.Encode()
}

// busy reports whether another writer kept the file to itself for too long.
func busy(err error) bool {
	const sqliteBusy, sqliteLocked = 5, 6
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqliteBusy || e.Code()&0xff == sqliteLocked)
}

// sqliteMigrations prepares the migrations for SQLite: all tables STRICT, the
// list of applied migrations among them.
func sqliteMigrations(pool *sql.DB) (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open migrations: %w", err)
	}
	const table = "schema_version"
	standard, err := database.NewStore(database.DialectSQLite3, table)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	return goose.NewProvider(database.DialectCustom, pool, strictFS{folder},
		goose.WithStore(strictStore{standard}), goose.WithDisableGlobalRegistry(true))
}

// strictFS gives the migrations with the token at the end of each table turned
// into STRICT: the only thing in which their text differs from PostgreSQL's.
type strictFS struct{ fs.FS }

// Open opens one migration.
func (s strictFS) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(s.FS, name)
	if err != nil {
		return nil, err
	}
	text = bytes.ReplaceAll(text, []byte("/*strict*/"), []byte("STRICT"))
	return &strictFile{bytes.NewReader(text), info}, nil
}

// strictFile is a migration in memory.
type strictFile struct {
	*bytes.Reader
	info fs.FileInfo
}

// Stat describes the file as it is embedded.
func (f *strictFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *strictFile) Close() error { return nil }

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
