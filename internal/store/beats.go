package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// Beat is a sign of life of a worker process: a count that goes up while it
// lives. It carries no time, for the clocks of two servers differ; whoever
// watches a count that stands still goes by its own clock.
type Beat struct {
	Worker string
	Count  int64
}

// Beat counts one sign of life of a worker.
func (db *DB) Beat(ctx context.Context, worker string) error {
	return db.write(ctx, "count sign of life", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO beat (worker, count) VALUES ($1, 1)
			ON CONFLICT (worker) DO UPDATE SET count = beat.count + 1`, worker)
		if err != nil {
			return fmt.Errorf("write sign of life: %w", err)
		}
		return nil
	})
}

// Beats lists the workers that have not been forgotten, by name.
func (db *DB) Beats(ctx context.Context) ([]Beat, error) {
	var beats []Beat
	err := db.read(ctx, "list signs of life", func(tx *sql.Tx) error {
		beats = nil
		rows, err := tx.QueryContext(ctx, `SELECT worker, count FROM beat`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var b Beat
			if err := rows.Scan(&b.Worker, &b.Count); err != nil {
				return err
			}
			beats = append(beats, b)
		}
		return rows.Err()
	})
	// sorted here, the order is the same in every database, whatever its collation
	slices.SortFunc(beats, func(a, b Beat) int { return cmp.Compare(a.Worker, b.Worker) })
	return beats, err
}

// ForgetBeat forgets a worker that ended or was found dead.
func (db *DB) ForgetBeat(ctx context.Context, worker string) error {
	return db.write(ctx, "forget worker", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM beat WHERE worker = $1`, worker)
		return err
	})
}
