package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
)

// lastMost is how many periods back is looked for what an office reported last:
// a year of months.
const lastMost = 12

// Last gives what stood accepted, when the delivery of a receipt came in, of an
// office and a form for the nearest period before another one: of the same
// length, at most twelve back. Of the returns of that period it is the accepted
// one that came in last, before the delivery or with it, even if another has its
// place by now: so a file that is read again is compared with what it was
// compared with. A held or rejected one is none. Without a receipt it is what
// stands now.
//
// ok is false if there is none. An unknown receipt is ledger.unknown (receipt).
func (db *DB) Last(ctx context.Context, form, office string, period tonghop.Period, receipt string) (ret tonghop.Return, ok bool, err error) {
	err = db.read(ctx, "look for the last report of "+office, func(tx *sql.Tx) error {
		ok = false
		in, err := cameIn(ctx, tx, receipt)
		if err != nil {
			return err
		}
		for p, n := period.Previous(), 0; n < lastMost; p, n = p.Previous(), n+1 {
			found, err := acceptedBefore(ctx, tx, placeSeries(form, office, p), in)
			if err != nil {
				return err
			}
			if found == nil {
				continue
			}
			ret, ok = found.ret, true
			return fillOne(ctx, tx, found.number, found.part, &ret)
		}
		return nil
	})
	return ret, ok, err
}

// fillOne reads the content of one return.
func fillOne(ctx context.Context, tx *sql.Tx, number, part int, ret *tonghop.Return) error {
	reader, err := newContentReader(ctx, tx)
	if err != nil {
		return err
	}
	defer reader.close()
	if err := reader.fill(ctx, number, part, ret); err != nil {
		return fmt.Errorf("read %s: %w", ret.Submission.Receipt, err)
	}
	return nil
}

// came is when a delivery came in: the number of its first submission, beyond
// every number for one that is still to come.
type came struct {
	first    int64
	delivery string // receipt
}

// cameIn tells when the delivery came in that a receipt belongs to; "" = now.
func cameIn(ctx context.Context, tx *sql.Tx, receipt string) (came, error) {
	if receipt == "" {
		return came{first: 1<<62 - 1}, nil
	}
	sub, number, err := findSubmission(ctx, tx, receipt)
	if err != nil || sub.Delivery == "" {
		return came{first: int64(number)}, err
	}
	_, number, err = findSubmission(ctx, tx, sub.Delivery)
	return came{int64(number), sub.Delivery}, err
}

// acceptedBefore finds the head of the accepted return of a series that came in
// last before a delivery or with it; nil if there is none. What was superseded
// since was accepted then.
func acceptedBefore(ctx context.Context, tx *sql.Tx, series string, in came) (*head, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+submissionColumns+`, `+returnColumns+`
		FROM office_return r JOIN submission s ON s.number = r.submission
		WHERE r.series = $1 AND r.state IN ('accepted', 'superseded') AND (s.number < $2 OR s.delivery = $3 AND s.delivery <> '')
		ORDER BY s.number DESC, r.part DESC LIMIT 1`, series, in.first, in.delivery)
	if err != nil {
		return nil, fmt.Errorf("find accepted in %s: %w", series, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	h, err := scanHead(rows)
	if err != nil {
		return nil, fmt.Errorf("read head in %s: %w", series, err)
	}
	return &h, errors.Join(rows.Close(), rows.Err())
}
