package store_test

import (
	"path/filepath"
	"testing"

	"github.com/tonghop/tonghop/internal/store"
	"github.com/tonghop/tonghop/internal/store/storetest"
)

// openSQLite opens an empty ledger in a folder with an awkward name.
func openSQLite(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "sổ #1 100% ?x=y", "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestSQLite(t *testing.T) { storetest.Run(t, openSQLite) }
