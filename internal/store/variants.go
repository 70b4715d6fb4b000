package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tonghop/tonghop"
)

// Variants lists the layouts about which people gave answers, of one office or
// of all for "", with every answer that was ever given, also withdrawn ones, in
// the order in which they came. Their times are kept to the second and come back
// in UTC. The variants come in the order of their first answers.
func (db *DB) Variants(ctx context.Context, office string) ([]tonghop.Variant, error) {
	var all []tonghop.Variant
	err := db.read(ctx, "list answers about layouts", func(tx *sql.Tx) error {
		all = nil
		rows, err := tx.QueryContext(ctx, `
			SELECT office, form, version, fingerprint, place, label, field, mark, by_whom, answered, receipt,
				sheet, cell_row, cell_col, withdrawn_by, withdrawn
			FROM variant_answer WHERE office = $1 OR $1 = '' ORDER BY number`, office)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			v, err := scanAnswer(rows)
			if err != nil {
				return err
			}
			if i := slices.IndexFunc(all, v.Same); i >= 0 {
				all[i].Answers = append(all[i].Answers, v.Answers...)
			} else {
				all = append(all, v)
			}
		}
		return rows.Err()
	})
	return all, err
}

// scanAnswer reads one line as a variant with one answer.
func scanAnswer(rows *sql.Rows) (tonghop.Variant, error) {
	var v tonghop.Variant
	var a tonghop.Answer
	var mark int
	var at, withdrawn string
	err := rows.Scan(&v.Office, &v.Form, &v.Version, &v.Fingerprint, &a.Place, &a.Label, &a.Field, &mark, &a.By, &at, &a.Receipt,
		&a.Ref.Sheet, &a.Ref.Row, &a.Ref.Col, &a.WithdrawnBy, &withdrawn)
	if err != nil {
		return v, err
	}
	if err := readTimes([]string{at, withdrawn}, &a.At, &a.WithdrawnAt); err != nil {
		return v, fmt.Errorf("read answer of %s: %w", v.Office, err)
	}
	a.Mark = mark == 1
	v.Answers = []tonghop.Answer{a}
	return v, nil
}

// KeepAnswer remembers an answer about a column of a variant, whose own Answers
// are not looked at. What counted for the column before is withdrawn by the same
// person at the same time. Nothing else in the ledger changes.
func (db *DB) KeepAnswer(ctx context.Context, v tonghop.Variant, a tonghop.Answer) error {
	what := "keep answer of " + v.Office
	if v.Office == "" || v.Form == "" || v.Fingerprint == "" || a.By == "" || a.At.IsZero() || !a.Open() {
		return fmt.Errorf("%s: no office, form, layout, person or time, or withdrawn already", what)
	}
	return db.write(ctx, what, func(tx *sql.Tx) error {
		number, err := nextAnswer(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := withdraw(ctx, tx, v, &a.Place, a.By, a.At); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO variant_answer (number, office, form, version, fingerprint, place, label, field, mark, by_whom, answered,
				receipt, sheet, cell_row, cell_col, withdrawn_by, withdrawn)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', '')`,
			number, v.Office, v.Form, v.Version, v.Fingerprint, a.Place, a.Label, a.Field, flag(a.Mark), a.By, writeTime(a.At),
			a.Receipt, a.Ref.Sheet, a.Ref.Row, a.Ref.Col)
		if err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
		return nil
	})
}

// WithdrawAnswers takes back the answers about a variant that count, or only the
// one about the column at a place. It fails with variants.nothing (id) if there
// is none.
func (db *DB) WithdrawAnswers(ctx context.Context, v tonghop.Variant, place *int, by string, at time.Time) error {
	if by == "" || at.IsZero() {
		return errors.New("withdraw answers: nobody does it, or at no time")
	}
	return db.write(ctx, "withdraw answers of "+v.Office, func(tx *sql.Tx) error {
		if _, err := nextAnswer(ctx, tx); err != nil {
			return err
		}
		n, err := withdraw(ctx, tx, v, place, by, at)
		if err == nil && n == 0 {
			return tonghop.Fail("variants.nothing", nil, "id", v.ID())
		}
		return err
	})
}

// nextAnswer locks the answers against other writers and gives the next number.
func nextAnswer(ctx context.Context, tx *sql.Tx) (number int64, err error) {
	err = tx.QueryRowContext(ctx, `
		INSERT INTO counter (name, last) VALUES ('answer', 1)
		ON CONFLICT (name) DO UPDATE SET last = counter.last + 1
		RETURNING last`).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("number answer: %w", err)
	}
	return number, nil
}

// withdraw marks answers as withdrawn and counts them; place nil is every column.
func withdraw(ctx context.Context, tx *sql.Tx, v tonghop.Variant, place *int, by string, at time.Time) (int64, error) {
	of := -1
	if place != nil {
		of = *place
	}
	done, err := tx.ExecContext(ctx, `
		UPDATE variant_answer SET withdrawn_by = $1, withdrawn = $2
		WHERE office = $3 AND form = $4 AND version = $5 AND fingerprint = $6 AND withdrawn_by = '' AND (place = $7 OR $7 < 0)`,
		by, writeTime(at), v.Office, v.Form, v.Version, v.Fingerprint, of)
	if err != nil {
		return 0, fmt.Errorf("withdraw: %w", err)
	}
	return done.RowsAffected()
}
