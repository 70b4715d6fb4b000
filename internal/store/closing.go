package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tonghop/tonghop"
)

// LatePolicy says how long the next issue of a closed period waits after a late
// return is accepted, so that several of them make one issue.
type LatePolicy struct {
	Wait time.Duration
}

// Closing is a period that the calendar has closed for a province: from then on
// its edition follows what is accepted. Its times are kept to the second and
// come back in UTC.
type Closing struct {
	Period   tonghop.Period
	Province string    // code
	Due      time.Time // the due time that closed it
	Closed   time.Time // when that was done
	Asked    bool      // an edition is asked for and nobody has begun it
}

// ClosePeriod closes a period for a province and asks for its edition
// (TaskEdition, at once). Closing it again changes nothing but asks again, also
// where an edition is asked for already: that costs nothing but a look.
func (db *DB) ClosePeriod(ctx context.Context, c Closing) error {
	return db.write(ctx, fmt.Sprintf("close %s of %s", c.Period, c.Province), func(tx *sql.Tx) error {
		if err := lockClosings(ctx, tx, c.Province); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO closing (period, province, due, closed, asked) VALUES ($1, $2, $3, $4, 0)
			ON CONFLICT (period, province) DO NOTHING`,
			c.Period.String(), c.Province, writeTime(c.Due), writeTime(c.Closed))
		if err != nil {
			return fmt.Errorf("write closing: %w", err)
		}
		return db.ask(ctx, tx, c, 0)
	})
}

// BeginEdition notes that somebody begins to build the edition of a closed
// period: whatever is accepted from now on asks for another one. A period that
// is not closed is no error.
//
// No late return is lost, as long as the builder reads the returns after
// BeginEdition came back. Whoever accepts one holds the lock on the closings of
// its province from before it looks until it commits, and BeginEdition takes the
// same lock. So one of the two comes first:
//   - The return does: BeginEdition waits until it is committed, and the builder
//     reads it. That nobody asked again, because an edition was asked for
//     already, does no harm: it is this one.
//   - BeginEdition does: the other waits until that is committed, sees that no
//     edition is asked for, and asks.
//
// The same holds for a return that is accepted while its period is being
// closed: it is either committed before the closing, and so before its edition
// is built, or it sees the closing. A look at the column alone would not do in
// PostgreSQL, where a writer may see that an edition is asked for, find nothing
// to do, and commit its return after the edition was read. In SQLite writers
// come one after the other anyway.
func (db *DB) BeginEdition(ctx context.Context, period tonghop.Period, province string) error {
	return db.write(ctx, fmt.Sprintf("begin edition of %s of %s", period, province), func(tx *sql.Tx) error {
		if err := lockClosings(ctx, tx, province); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE closing SET asked = 0 WHERE period = $1 AND province = $2`,
			period.String(), province)
		if err != nil {
			return fmt.Errorf("write that it is begun: %w", err)
		}
		return nil
	})
}

// lockClosings keeps the closings of a province, also those still to be
// written, to this transaction until it ends.
func lockClosings(ctx context.Context, tx *sql.Tx, province string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO counter (name, last) VALUES ($1, 0)
		ON CONFLICT (name) DO UPDATE SET last = counter.last`, "closing/"+province)
	if err != nil {
		return fmt.Errorf("lock closings of %s: %w", province, err)
	}
	return nil
}

// ask asks for the edition of a closed period, if there is a queue.
func (db *DB) ask(ctx context.Context, tx *sql.Tx, c Closing, after time.Duration) error {
	if db.queue == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE closing SET asked = 1 WHERE period = $1 AND province = $2`,
		c.Period.String(), c.Province)
	if err != nil {
		return fmt.Errorf("write that %s is asked for: %w", c.Period, err)
	}
	return db.add(ctx, tx, Task{Kind: TaskEdition, Period: c.Period, Province: c.Province, After: after})
}

// askLate asks for the editions of closed periods in which the accepted among
// the returns show: as figures of the period, or as those of the period before.
func (db *DB) askLate(ctx context.Context, tx *sql.Tx, settled [][]tonghop.Return, late LatePolicy) error {
	accepted := map[string]map[string]bool{} // periods by province
	for _, returns := range settled {
		for _, r := range returns {
			if r.State != tonghop.Accepted {
				continue
			}
			if accepted[r.Province] == nil {
				accepted[r.Province] = map[string]bool{}
			}
			accepted[r.Province][r.Period.String()] = true
		}
	}
	if db.queue == nil || len(accepted) == 0 {
		return nil
	}
	provinces := slices.Sorted(maps.Keys(accepted))
	for _, province := range provinces {
		if err := lockClosings(ctx, tx, province); err != nil {
			return err
		}
	}
	for _, province := range provinces {
		closings, err := readClosings(ctx, tx, tonghop.Period{}, province)
		if err != nil {
			return err
		}
		for _, c := range closings {
			shows := accepted[province][c.Period.String()] || accepted[province][c.Period.Previous().String()]
			if c.Province != province || c.Asked || !shows {
				continue
			}
			if err := db.ask(ctx, tx, c, late.Wait); err != nil {
				return err
			}
		}
	}
	return nil
}

// Closings lists the closed periods, the latest due time first. Period and
// province narrow the list; zero and "" mean all.
func (db *DB) Closings(ctx context.Context, period tonghop.Period, province string) ([]Closing, error) {
	var closings []Closing
	err := db.read(ctx, "list closings", func(tx *sql.Tx) (err error) {
		closings, err = readClosings(ctx, tx, period, province)
		return err
	})
	return closings, err
}

// readClosings does the work of Closings inside a transaction.
func readClosings(ctx context.Context, tx *sql.Tx, period tonghop.Period, province string) ([]Closing, error) {
	w := &where{}
	if !period.IsZero() {
		w.add(`period = $`, period.String())
	}
	if province != "" {
		w.add(`province = $`, province)
	}
	rows, err := tx.QueryContext(ctx, `SELECT period, province, due, closed, asked FROM closing`+w.clause(), w.args...)
	if err != nil {
		return nil, fmt.Errorf("find closings: %w", err)
	}
	defer rows.Close()
	var closings []Closing
	for rows.Next() {
		var c Closing
		var name, due, closed string
		var asked int
		if err := rows.Scan(&name, &c.Province, &due, &closed, &asked); err != nil {
			return nil, fmt.Errorf("read closing: %w", err)
		}
		c.Asked = asked == 1
		if c.Period, err = readPeriod(name); err != nil {
			return nil, err
		}
		if err := readTimes([]string{due, closed}, &c.Due, &c.Closed); err != nil {
			return nil, fmt.Errorf("read closing of %s: %w", name, err)
		}
		closings = append(closings, c)
	}
	slices.SortFunc(closings, func(a, b Closing) int {
		return cmp.Or(b.Due.Compare(a.Due), cmp.Compare(a.Period.String(), b.Period.String()),
			cmp.Compare(a.Province, b.Province))
	})
	return closings, rows.Err()
}
