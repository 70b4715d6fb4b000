package jobs

import (
	"testing"

	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// onPostgres is a new database on a real server.
func onPostgres(t *testing.T) database { return database{t, pgtest.Database(t)} }
