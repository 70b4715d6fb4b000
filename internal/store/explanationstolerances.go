package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/tonghop/tonghop"
)

// Tolerances gives the tolerances of a province and a form, oldest first, also
// those that ended or were withdrawn; "" = of all.
func (db *DB) Tolerances(ctx context.Context, province, form string) (all []tonghop.Tolerance, err error) {
	w := &where{}
	if province != "" {
		w.add(`t.province = $`, province)
	}
	if form != "" {
		w.add(`t.form = $`, form)
	}
	err = db.read(ctx, "read tolerances", func(tx *sql.Tx) error {
		all = nil
		rows, err := tx.QueryContext(ctx, `SELECT t.number, t.explanation, t.form, t.version, t.province, t.office, t.unit, t.field, t.rule,
			t.kind, t.amount, t.approved_by, t.made, t.until_day, t.withdrawn_by, t.withdrawn, e.found, e.figure, e.words, e.period, e.cells
			FROM tolerance t JOIN explanation e ON e.number = t.explanation`+w.clause()+` ORDER BY t.number`, w.args...)
		if err != nil {
			return fmt.Errorf("find tolerances: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			t, err := scanTolerance(rows)
			if err != nil {
				return fmt.Errorf("read tolerance: %w", err)
			}
			all = append(all, t)
		}
		return rows.Err()
	})
	return all, err
}

func scanTolerance(rows *sql.Rows) (tonghop.Tolerance, error) {
	var t tonghop.Tolerance
	var made, withdrawn, period string
	err := rows.Scan(&t.Number, &t.Explanation, &t.Form, &t.Version, &t.Province, &t.Office, &t.Unit, &t.Field, &t.Rule, &t.Kind, &t.Amount,
		&t.By, &made, &t.Until, &t.WithdrawnBy, &withdrawn, &t.Value, &t.Figure, &t.Text, &period, &t.Cells)
	if err != nil {
		return t, err
	}
	if t.Period, err = readPeriod(period); err != nil {
		return t, err
	}
	return t, readTimes([]string{made, withdrawn}, &t.Made, &t.Withdrawn)
}

// Withdraw ends a tolerance now. It fails with tolerance.unknown (number) and
// tolerance.withdrawn (number, by).
func (db *DB) Withdraw(ctx context.Context, number int, d Decision) error {
	return db.write(ctx, fmt.Sprintf("withdraw tolerance %d", number), func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE tolerance SET withdrawn_by = $1, withdrawn = $2 WHERE number = $3 AND withdrawn = ''`,
			storable(d.By), writeTime(d.At), number)
		if err != nil {
			return fmt.Errorf("write that it is withdrawn: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n > 0 {
			return err
		}
		var by string
		err = tx.QueryRowContext(ctx, `SELECT withdrawn_by FROM tolerance WHERE number = $1`, number).Scan(&by)
		if errors.Is(err, sql.ErrNoRows) {
			return tonghop.Fail("tolerance.unknown", nil, "number", fmt.Sprint(number))
		}
		if err != nil {
			return fmt.Errorf("find tolerance: %w", err)
		}
		return tonghop.Fail("tolerance.withdrawn", nil, "number", fmt.Sprint(number), "by", by)
	})
}
