package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tonghop/tonghop"
)

// Reopen puts a settled submission back to received, to be read once more, and
// adds the task for it (TaskRead). What was made of it stays in the ledger and is
// no longer current. It keeps its receipt and with it its place: what came in
// later is not superseded by what is read now.
//
// Only a submission of which nothing was accepted can be reopened; else the
// error is ledger.settled (receipt, state).
func (db *DB) Reopen(ctx context.Context, receipt string) error {
	return db.write(ctx, "reopen "+receipt, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE submission SET name = name WHERE receipt = $1`, receipt); err != nil {
			return fmt.Errorf("lock %s: %w", receipt, err)
		}
		sub, number, err := findSubmission(ctx, tx, receipt)
		if err != nil {
			return err
		}
		if sub.State != tonghop.Held && sub.State != tonghop.Rejected {
			return tonghop.Fail("ledger.settled", nil, "receipt", receipt, "state", string(sub.State))
		}
		var accepted int
		err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM office_return
			WHERE submission = $1 AND state IN ('accepted', 'superseded')`, number).Scan(&accepted)
		if err != nil {
			return fmt.Errorf("look at %s: %w", receipt, err)
		}
		if accepted > 0 {
			return tonghop.Fail("ledger.settled", nil, "receipt", receipt, "state", string(sub.State))
		}
		for _, statement := range []string{
			`UPDATE office_return SET is_current = 0 WHERE submission = $1`,
			`UPDATE submission SET state = 'received' WHERE number = $1`,
		} {
			if _, err := tx.ExecContext(ctx, statement, number); err != nil {
				return fmt.Errorf("put back %s: %w", receipt, err)
			}
		}
		return db.add(ctx, tx, Task{Kind: TaskRead, Receipts: []string{receipt}, Names: []string{sub.Name}, Office: sub.Office})
	})
}

// nextPart is the place inside a submission of the first return that is written
// now: 0, unless it was settled before and reopened.
func nextPart(ctx context.Context, tx *sql.Tx, number int) (int, error) {
	var part int
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(part), -1) + 1 FROM office_return WHERE submission = $1`, number).Scan(&part)
	if err != nil {
		return 0, fmt.Errorf("count returns: %w", err)
	}
	return part, nil
}
