package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/tonghop/tonghop"
)

// Receive writes a parcel in the ledger whose bytes have the digest sha256
// (lower-case hex) and gives it the next receipt: TH-000001, TH-000002…,
// without gaps. The submission is received and not yet judged.
//
// It is a delivery of one (see [DB.Deliver]), or one more of the delivery that
// the parcel names, for which no task is added: the caller settles it at once.
func (db *DB) Receive(ctx context.Context, p tonghop.Parcel, sha256 string) (tonghop.Submission, error) {
	var sub tonghop.Submission
	err := db.write(ctx, fmt.Sprintf("receive %q", p.Name), func(tx *sql.Tx) error {
		subs, _, err := writeDelivery(ctx, tx, []tonghop.Parcel{p}, []string{sha256})
		if err != nil {
			return err
		}
		sub = subs[0]
		return nil
	})
	if err != nil {
		return tonghop.Submission{}, err
	}
	return sub, nil
}

// newSubmission is a parcel with the receipt of a number, a delivery of its
// own, as the ledger can hold it: its task carries these words too, and a queue
// is no better at holding what is no text.
func newSubmission(number int, p tonghop.Parcel, sha256 string) tonghop.Submission {
	receipt := fmt.Sprintf("TH-%06d", number)
	delivery := p.Delivery
	if delivery == "" {
		delivery = receipt
	}
	return tonghop.Submission{
		Receipt: receipt, Name: storable(p.Name), Door: p.Door, Sender: storable(p.Sender),
		SHA256: sha256, Size: int64(len(p.Bytes)), Received: p.Received.UTC(),
		Expect: p.Expect, State: tonghop.Received, Office: p.Office, Delivery: delivery,
	}
}

// insertSubmission writes a new submission, which came with the key.
func insertSubmission(ctx context.Context, tx *sql.Tx, number int, sub tonghop.Submission, key string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO submission (number, receipt, sha256, size, name, door, sender, received_at, expect, state,
			office, delivery, parcel_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		number, sub.Receipt, sub.SHA256, sub.Size, sub.Name, sub.Door, sub.Sender,
		sub.Received.Format(time.RFC3339Nano), sub.Expect.String(), string(sub.State),
		sub.Office, sub.Delivery, key)
	if err != nil {
		return fmt.Errorf("write submission: %w", err)
	}
	return nil
}

// Submission finds a submission by its receipt; ledger.unknown (receipt) if
// there is none.
func (db *DB) Submission(ctx context.Context, receipt string) (tonghop.Submission, error) {
	var sub tonghop.Submission
	err := db.read(ctx, "find submission", func(tx *sql.Tx) (err error) {
		sub, _, err = findSubmission(ctx, tx, receipt)
		return err
	})
	return sub, err
}

// submissionColumns are the columns that submissionLine.scan reads, of the
// table submission named s. What was written before there were deliveries is a
// delivery of its own.
const submissionColumns = `s.number, s.receipt, s.sha256, s.size, s.name, s.door, s.sender,
	s.received_at, s.expect, s.state, s.office,
	CASE WHEN s.delivery = '' THEN s.receipt ELSE s.delivery END`

// submissionLine reads one line of the table submission.
type submissionLine struct {
	number           int
	sub              tonghop.Submission
	received, expect string
}

// targets are where the columns of submissionColumns go.
func (l *submissionLine) targets() []any {
	s := &l.sub
	return []any{&l.number, &s.Receipt, &s.SHA256, &s.Size, &s.Name, &s.Door, &s.Sender,
		&l.received, &l.expect, &s.State, &s.Office, &s.Delivery}
}

// submission is the line as the noun.
func (l *submissionLine) submission() (tonghop.Submission, error) {
	var err error
	if l.sub.Received, err = time.Parse(time.RFC3339Nano, l.received); err != nil {
		return l.sub, fmt.Errorf("read time of %s: %w", l.sub.Receipt, err)
	}
	l.sub.Expect, err = readPeriod(l.expect)
	return l.sub, err
}

// findSubmission reads a submission and its number.
func findSubmission(ctx context.Context, tx *sql.Tx, receipt string) (tonghop.Submission, int, error) {
	var line submissionLine
	err := tx.QueryRowContext(ctx, `SELECT `+submissionColumns+` FROM submission s WHERE s.receipt = $1`,
		receipt).Scan(line.targets()...)
	if errors.Is(err, sql.ErrNoRows) {
		return tonghop.Submission{}, 0, tonghop.Fail("ledger.unknown", nil, "receipt", receipt)
	}
	if err != nil {
		return tonghop.Submission{}, 0, fmt.Errorf("read submission %s: %w", receipt, err)
	}
	sub, err := line.submission()
	return sub, line.number, err
}

// findParcel finds the submission of an arrival; sql.ErrNoRows if it is new.
func findParcel(ctx context.Context, tx *sql.Tx, key parcelKey) (tonghop.Submission, error) {
	var line submissionLine
	err := tx.QueryRowContext(ctx, `SELECT `+submissionColumns+` FROM submission s
		WHERE s.door = $1 AND s.parcel_key = $2 AND s.parcel_key <> ''`, key.door, key.key).Scan(line.targets()...)
	if err != nil {
		return tonghop.Submission{}, fmt.Errorf("find parcel: %w", err)
	}
	return line.submission()
}

// readPeriod reads a period as the ledger writes it: "" is none.
func readPeriod(s string) (tonghop.Period, error) {
	if s == "" {
		return tonghop.Period{}, nil
	}
	return tonghop.ParsePeriod(s)
}
