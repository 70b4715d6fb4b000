package store_test

import (
	"path/filepath"
	"testing"

	"github.com/tonghop/tonghop/internal/store/pgtest"
	"github.com/tonghop/tonghop/internal/store/storetest"
)

// sqlitePlace is a file in a folder with an awkward name.
func sqlitePlace(t testing.TB) string {
	return filepath.Join(t.TempDir(), "sổ #1 100% ?x=y", "ledger.db")
}

func TestSQLite(t *testing.T) { storetest.Run(t, sqlitePlace) }

func TestAlike(t *testing.T) { storetest.Alike(t, sqlitePlace, pgtest.Database) }

func TestPostgres(t *testing.T) {
	database := pgtest.Database(t)
	storetest.Run(t, func(t testing.TB) string { return pgtest.Schema(t, database) })
}
