package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
)

// Deliver writes a delivery in the ledger: the parcels that came in together
// from one office, whose bytes have the digests (lower-case hex), each with the
// next receipt. All of them are written or none, and with them the task to read
// them (TaskRead).
//
// A parcel whose door and Key are in the ledger already is not written again:
// its submission comes back as it stands. If all are, nothing is written and no
// task is added; the new ones among them are a delivery of their own.
func (db *DB) Deliver(ctx context.Context, parcels []tonghop.Parcel, digests []string) ([]tonghop.Submission, error) {
	if len(parcels) == 0 {
		return nil, nil
	}
	what := fmt.Sprintf("deliver %q", parcels[0].Name)
	for _, p := range parcels {
		if p.Office != parcels[0].Office {
			return nil, fmt.Errorf("%s: parcels of the offices %q and %q", what, parcels[0].Office, p.Office)
		}
	}
	var subs []tonghop.Submission
	err := db.write(ctx, what, func(tx *sql.Tx) error {
		all, fresh, err := writeDelivery(ctx, tx, parcels, digests)
		if err != nil {
			return err
		}
		if subs = all; len(fresh) == 0 {
			return nil
		}
		task, err := readTask(ctx, tx, fresh)
		if err != nil {
			return err
		}
		return db.add(ctx, tx, task)
	})
	if err != nil {
		return nil, err
	}
	return subs, nil
}

// readTask is the task to read a new delivery.
func readTask(ctx context.Context, tx *sql.Tx, fresh []tonghop.Submission) (Task, error) {
	task := Task{Kind: TaskRead, Office: fresh[0].Office}
	for _, sub := range fresh {
		task.Receipts = append(task.Receipts, sub.Receipt)
		task.Names = append(task.Names, sub.Name)
	}
	if task.Office == "" {
		return task, nil
	}
	err := tx.QueryRowContext(ctx, `
		SELECT COUNT(DISTINCT delivery) FROM submission
		WHERE office = $1 AND state = 'received' AND delivery <> $2`, task.Office, fresh[0].Delivery).Scan(&task.Waiting)
	if err != nil {
		return Task{}, fmt.Errorf("count what waits: %w", err)
	}
	return task, nil
}

// parcelKey names one arrival, as the ledger writes it.
type parcelKey struct{ door, key string }

// keyOf names the arrival of a parcel. A key that no database can hold as it
// is, because some file name on some disk is no text, is written as its digest:
// two such keys may not be taken for one.
func keyOf(p tonghop.Parcel) parcelKey {
	if storable(p.Key) == p.Key {
		return parcelKey{p.Door, p.Key}
	}
	return parcelKey{p.Door, fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(p.Key)))}
}

// delivery is one on its way into the ledger.
type delivery struct {
	tx    *sql.Tx
	last  int                              // number given out last
	byKey map[parcelKey]tonghop.Submission // of this call
	fresh []tonghop.Submission             // newly written
}

// writeDelivery writes what is new among the parcels and gives back the
// submissions of all of them, and those that are new.
//
// The counter is locked first and until the end: keys are looked up when nobody
// else can be writing one, and a receipt becomes visible only after all the
// smaller ones.
func writeDelivery(ctx context.Context, tx *sql.Tx, parcels []tonghop.Parcel, digests []string) (all, fresh []tonghop.Submission, err error) {
	if len(parcels) != len(digests) {
		return nil, nil, fmt.Errorf("%d parcels with %d digests", len(parcels), len(digests))
	}
	d := &delivery{tx: tx, byKey: map[parcelKey]tonghop.Submission{}}
	err = tx.QueryRowContext(ctx,
		`UPDATE counter SET last = last WHERE name = 'receipt' RETURNING last`).Scan(&d.last)
	if err != nil {
		return nil, nil, fmt.Errorf("lock receipts: %w", err)
	}
	for i, p := range parcels {
		sub, err := d.take(ctx, p, digests[i])
		if err != nil {
			return nil, nil, err
		}
		all = append(all, sub)
	}
	if len(d.fresh) == 0 {
		return all, nil, nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE counter SET last = $1 WHERE name = 'receipt'`, d.last); err != nil {
		return nil, nil, fmt.Errorf("count receipts: %w", err)
	}
	return all, d.fresh, nil
}

// take finds the submission of a parcel that has come before, or writes one.
func (d *delivery) take(ctx context.Context, p tonghop.Parcel, digest string) (tonghop.Submission, error) {
	key := keyOf(p)
	if p.Key != "" {
		if sub, ok := d.byKey[key]; ok {
			return sub, nil
		}
		sub, err := findParcel(ctx, d.tx, key)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return sub, err
		}
	}
	d.last++
	sub := newSubmission(d.last, p, digest)
	if len(d.fresh) > 0 {
		sub.Delivery = d.fresh[0].Receipt
	}
	if err := insertSubmission(ctx, d.tx, d.last, sub, key.key); err != nil {
		return tonghop.Submission{}, err
	}
	d.fresh = append(d.fresh, sub)
	if p.Key != "" {
		d.byKey[key] = sub
	}
	return sub, nil
}

// Delivery gives the submissions that came in together with the one that has
// the receipt, in order; ledger.unknown (receipt) if there is none.
func (db *DB) Delivery(ctx context.Context, receipt string) ([]tonghop.Submission, error) {
	var subs []tonghop.Submission
	err := db.read(ctx, "find delivery", func(tx *sql.Tx) error {
		subs = nil
		sub, _, err := findSubmission(ctx, tx, receipt)
		if err != nil {
			return err
		}
		// what was written before there were deliveries is its own
		rows, err := tx.QueryContext(ctx, `SELECT `+submissionColumns+` FROM submission s
			WHERE s.delivery = $1 OR s.receipt = $1 ORDER BY s.number`, sub.Delivery)
		if err != nil {
			return fmt.Errorf("find submissions: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var line submissionLine
			if err := rows.Scan(line.targets()...); err != nil {
				return fmt.Errorf("read submission: %w", err)
			}
			sub, err := line.submission()
			if err != nil {
				return err
			}
			subs = append(subs, sub)
		}
		return rows.Err()
	})
	return subs, err
}
