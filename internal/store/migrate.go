package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/tonghop/tonghop"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versionTable is where the applied migrations are listed.
const versionTable = "schema_version"

// newMigrations prepares the migrations for one database, their text changed by
// dialect and the list of applied ones kept in list.
func newMigrations(pool *sql.DB, dialect func([]byte) []byte, list database.Store) (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open migrations: %w", err)
	}
	return goose.NewProvider(database.DialectCustom, pool, dialectFS{folder, dialect},
		goose.WithStore(list), goose.WithDisableGlobalRegistry(true))
}

// migrateOnce runs what is pending; it writes nothing if nothing is.
func (db *DB) migrateOnce(ctx context.Context) error {
	prepare := sqliteMigrations
	if db.pool != nil {
		prepare = postgresMigrations
	}
	provider, err := prepare(db.sql)
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

// dialectFS gives the migrations in the words of one database.
type dialectFS struct {
	fs.FS
	dialect func([]byte) []byte
}

// Open opens one migration.
func (d dialectFS) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(d.FS, name)
	if err != nil {
		return nil, err
	}
	return &dialectFile{bytes.NewReader(d.dialect(text)), info}, nil
}

// dialectFile is a migration in memory.
type dialectFile struct {
	*bytes.Reader
	info fs.FileInfo
}

// Stat describes the file as it is embedded.
func (f *dialectFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *dialectFile) Close() error { return nil }
