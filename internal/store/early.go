package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tonghop/tonghop"
)

// Before tells what of a submission's office must be settled before it: the
// receipt of the earliest delivery that waits, and how many wait. Where no door
// vouched for an office nothing must.
func (db *DB) Before(ctx context.Context, sub tonghop.Submission) (receipt string, waiting int, err error) {
	if sub.Office == "" {
		return "", 0, nil
	}
	err = db.read(ctx, "look before "+sub.Receipt, func(tx *sql.Tx) error {
		_, number, err := findSubmission(ctx, tx, sub.Delivery)
		if err != nil {
			return err
		}
		receipt = ""
		err = tx.QueryRowContext(ctx, `
			SELECT COUNT(DISTINCT delivery) FROM submission
			WHERE office = $1 AND state = 'received' AND number < $2`, sub.Office, number).Scan(&waiting)
		if err != nil {
			return fmt.Errorf("count what waits: %w", err)
		}
		if waiting == 0 {
			return nil
		}
		err = tx.QueryRowContext(ctx, `
			SELECT delivery FROM submission
			WHERE office = $1 AND state = 'received' AND number < $2 ORDER BY number LIMIT 1`, sub.Office, number).Scan(&receipt)
		if err != nil {
			return fmt.Errorf("find what waits: %w", err)
		}
		return nil
	})
	return receipt, waiting, err
}
