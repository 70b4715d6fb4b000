package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// onBoth runs a test on a ledger in each database.
func onBoth(t *testing.T, test func(t *testing.T, db *DB)) {
	for _, c := range []struct {
		name  string
		place func(testing.TB) string
	}{{"SQLite", place}, {"PostgreSQL", pgtest.Database}} {
		t.Run(c.name, func(t *testing.T) { test(t, mustOpen(t, c.place(t))) })
	}
}

// counters is a table that takes lines.
func counters() table { return newTable("counter", "name last") }

// numbered are lines for counters; after some of them something happens.
func numbered(n, after int, happens func()) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for i := range n {
			if i == after {
				happens()
			}
			if !yield([]any{tonghop.State(fmt.Sprintf("line %05d\x00", i)), i}) {
				return
			}
		}
	}
}

// count counts lines.
func count(t *testing.T, db *DB) int {
	t.Helper()
	var n int
	if err := db.sql.QueryRow(`SELECT count(*) FROM counter WHERE name LIKE 'line%'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLinesAreWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		for _, n := range []int{0, 1, 5000} {
			err := db.write(t.Context(), "write", func(tx *sql.Tx) error {
				if _, err := tx.Exec(`DELETE FROM counter WHERE name LIKE 'line%'`); err != nil {
					return err
				}
				return counters().write(t.Context(), tx, numbered(n, -1, nil))
			})
			if got := count(t, db); err != nil || got != n {
				t.Errorf("%d lines, want %d, %v", got, n, err)
			}
		}
		var name string
		if err := db.sql.QueryRow(`SELECT name FROM counter WHERE last = 4999`).Scan(&name); err != nil || name != "line 04999\ufffd" {
			t.Errorf("got %q, %v", name, err)
		}
	})
}

// Lines that cannot all be written leave nothing of the transaction, and the
// ledger goes on.
func TestLinesAreUndone(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		for name, lines := range map[string]func(cancel func()) iter.Seq[[]any]{
			"twice":     func(func()) iter.Seq[[]any] { return slices.Values([][]any{{"line", 1}, {"line", 2}}) },
			"nothing":   func(func()) iter.Seq[[]any] { return slices.Values([][]any{{"line", 1}, {"line 2", nil}}) },
			"no number": func(func()) iter.Seq[[]any] { return slices.Values([][]any{{"line", 1}, {"line 2", "x"}}) },
			"no value": func(func()) iter.Seq[[]any] {
				return slices.Values([][]any{{"line", 1}, {"line 2", struct{ x int }{}}})
			},
			"cancelled": func(cancel func()) iter.Seq[[]any] { return numbered(100000, 2000, cancel) },
		} {
			ctx, cancel := context.WithCancel(t.Context())
			err := db.write(ctx, "write", func(tx *sql.Tx) error {
				if err := counters().write(ctx, tx, numbered(10, -1, nil)); err != nil {
					return err
				}
				return counters().write(ctx, tx, lines(cancel))
			})
			cancel()
			if got := count(t, db); err == nil || got != 0 {
				t.Errorf("%s: %d lines are left, %v", name, got, err)
			}
		}
		if _, err := db.Receive(t.Context(), tonghop.Parcel{}, "aa"); err != nil {
			t.Error(err)
		}
	})
}

// Outside of a transaction COPY would write at once, and for good.
func TestCopyNeedsATransaction(t *testing.T) {
	db := mustOpen(t, pgtest.Database(t))
	l := lines{"counter", []string{"name", "last"}, numbered(3, -1, nil)}
	if _, err := db.sql.ExecContext(t.Context(), "counter", l); err == nil || count(t, db) != 0 {
		t.Errorf("copied, %v", err)
	}
}

// writeSingly is how lines would go into PostgreSQL without COPY.
func writeSingly(ctx context.Context, tx *sql.Tx, t table, all iter.Seq[[]any]) error {
	prepared, err := tx.PrepareContext(ctx, lines{t.name, t.columns, nil}.insert())
	if err != nil {
		return err
	}
	defer prepared.Close()
	for line := range all {
		if _, err := prepared.ExecContext(ctx, line...); err != nil {
			return err
		}
	}
	return nil
}

// BenchmarkLines writes the 6,000 facts of an office of 100 communes, and undoes
// it.
func BenchmarkLines(b *testing.B) {
	together := func(ctx context.Context, tx *sql.Tx, t table, all iter.Seq[[]any]) error {
		return t.write(ctx, tx, all)
	}
	for _, c := range []struct {
		name  string
		place func(testing.TB) string
		write func(context.Context, *sql.Tx, table, iter.Seq[[]any]) error
	}{
		{"SQLite", place, together},
		{"PostgreSQL", pgtest.Database, together},
		{"PostgreSQL-singly", pgtest.Database, writeSingly},
	} {
		b.Run(c.name, func(b *testing.B) {
			db := mustOpen(b, c.place(b))
			ret := bigReturn()
			bare := ret // the rows that the facts belong to
			bare.Rows = nil
			for _, row := range ret.Rows {
				row.Values = nil
				bare.Rows = append(bare.Rows, row)
			}
			settleBig(b, db, "a", bare)
			facts := newContentWriter(nil, 1).facts(func(yield func(int, []tonghop.Value) bool) {
				for i := 0; i < len(ret.Rows) && yield(i, ret.Rows[i].Values); i++ {
				}
			})
			undo := errors.New("undo")
			for b.Loop() {
				err := db.write(b.Context(), "write", func(tx *sql.Tx) error {
					return cmp.Or(c.write(b.Context(), tx, newTable("fact", factColumns), facts), undo)
				})
				if !errors.Is(err, undo) {
					b.Fatal(err)
				}
			}
		})
	}
}
