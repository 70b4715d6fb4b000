package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
)

// migrate brings River's tables up to date. Two processes may be at it at once:
// each step is one transaction that also notes the step, so the one that comes
// second fails there, looks again and goes on from what the other has done.
func migrate(ctx context.Context, driver riverdriver.Driver[*sql.Tx]) error {
	const (
		tries = 40
		pause = 25 * time.Millisecond
	)
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("prepare the tables of the queue: %w", err)
	}
	for try := 1; ; try++ {
		if _, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err == nil {
			return nil
		}
		if try == tries {
			return fmt.Errorf("bring the tables of the queue up to date: %w", err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("bring the tables of the queue up to date: %w", ctx.Err())
		case <-time.After(pause + rand.N(pause)):
		}
	}
}
