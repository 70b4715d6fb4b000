package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// place is a path for a ledger that is not there yet.
func place(t testing.TB) string { return filepath.Join(t.TempDir(), "home", "ledger.db") }

// mustOpen opens a ledger for the length of the test.
func mustOpen(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestEveryTableIsStrict(t *testing.T) {
	db := mustOpen(t, place(t))
	rows, err := db.sql.Query(`SELECT name, strict FROM pragma_table_list
		WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	tables := 0
	for rows.Next() {
		var name string
		var strict int
		if err := rows.Scan(&name, &strict); err != nil {
			t.Fatal(err)
		}
		if tables++; strict != 1 {
			t.Errorf("table %s is not strict", name)
		}
	}
	if err := rows.Err(); err != nil || tables < 11 {
		t.Errorf("saw %d tables, %v", tables, err)
	}
}

func TestConnectionsBehave(t *testing.T) {
	db := mustOpen(t, place(t))
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "60000", "synchronous": "2",
	} {
		var got string
		if err := db.sql.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", pragma, got, err, want)
		}
	}
}

func TestOpenAgainKeepsEverything(t *testing.T) {
	path := place(t)
	first, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := first.Receive(t.Context(), tonghop.Parcel{Name: "a.xlsx"}, "aa"); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	sub, err := mustOpen(t, path).Submission(t.Context(), "TH-000001")
	if err != nil || sub.Name != "a.xlsx" {
		t.Errorf("got %+v, %v", sub, err)
	}
}

func TestManyOpenANewLedgerAtOnce(t *testing.T) {
	path := place(t)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			db, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			if _, err := db.Receive(t.Context(), tonghop.Parcel{}, "aa"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestOpenRefuses(t *testing.T) {
	newer := place(t)
	db := mustOpen(t, newer)
	if _, err := db.sql.Exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
		t.Fatal(err)
	}
	db.Close()

	noLedger := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(noLedger, []byte("this is no ledger, and long enough to be looked at"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, code string }{
		{newer, "ledger.newer"},
		{noLedger, "ledger.content"},
		{t.TempDir(), "ledger.open"},
		{filepath.Join(noLedger, "ledger.db"), "ledger.open"},
	} {
		db, err := Open(t.Context(), c.path)
		if tonghop.CodeOf(err) != c.code {
			t.Errorf("open %s: got %v, want %s", c.path, err, c.code)
		}
		if err == nil {
			db.Close()
		}
	}
	_, err := Open(t.Context(), newer)
	var e *tonghop.Error
	if errors.As(err, &e) && (e.Args["found"] != "9999" || e.Args["known"] == "" || e.Args["path"] != newer) {
		t.Errorf("args of ledger.newer: %v", e.Args)
	}
}

func TestWaitingInVainIsLocked(t *testing.T) {
	path := place(t)
	mustOpen(t, path)
	db, err := open(t.Context(), path, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := sql.Open("sqlite", sqliteDSN(path, time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Receive(t.Context(), tonghop.Parcel{}, "aa"); tonghop.CodeOf(err) != "ledger.locked" {
		t.Errorf("got %v, want ledger.locked", err)
	}
	if _, err := db.Submission(t.Context(), "TH-000001"); tonghop.CodeOf(err) != "ledger.unknown" {
		t.Errorf("a reader waited for a writer: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if sub, err := db.Receive(t.Context(), tonghop.Parcel{}, "aa"); err != nil || sub.Receipt != "TH-000001" {
		t.Errorf("afterwards: %v, %v", sub.Receipt, err)
	}
}

func TestOpenALockedNewLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	other, err := sql.Open("sqlite", sqliteDSN(path, time.Second))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Exec(`CREATE TABLE held (x TEXT) STRICT`); err != nil {
		t.Fatal(err)
	}
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if _, err := open(ctx, path, 20*time.Millisecond); tonghop.CodeOf(err) != "ledger.locked" {
		t.Errorf("got %v, want ledger.locked", err)
	}
}

// A writer that fails half-way leaves nothing, not even a version counted.
func TestFailureLeavesNothing(t *testing.T) {
	db := mustOpen(t, place(t))
	sub, err := db.Receive(t.Context(), tonghop.Parcel{Name: "a.xlsx"}, "aa")
	if err != nil {
		t.Fatal(err)
	}
	ret := tonghop.Return{Form: "xa-ntm", Office: tonghop.Unit{Code: "842"}, State: tonghop.Accepted,
		Period:   tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6},
		Findings: []tonghop.Finding{{Rule: "VAL-001"}}}
	if _, err := db.sql.Exec(`CREATE TRIGGER stop BEFORE UPDATE OF state ON submission
		BEGIN SELECT RAISE(ABORT, 'power cut'); END`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Settle(t.Context(), sub, []tonghop.Return{ret}); err == nil {
		t.Fatal("settled")
	}
	for _, table := range []string{"series", "office_return", "finding"} {
		var n int
		if err := db.sql.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s has %d lines, %v", table, n, err)
		}
	}
	if _, err := db.sql.Exec(`DROP TRIGGER stop`); err != nil {
		t.Fatal(err)
	}
	out, err := db.Settle(t.Context(), sub, []tonghop.Return{ret})
	if err != nil || out[0].Version != 1 {
		t.Errorf("afterwards: %v, %v", out, err)
	}
}

// bigReturn is an office of 100 communes with 60 values each.
func bigReturn() tonghop.Return {
	ret := tonghop.Return{Form: "xa-ntm", State: tonghop.Accepted, Office: tonghop.Unit{Code: "842", Name: "Huyện Trà Cú"},
		Province: "84", Period: tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}}
	for r := range 100 {
		row := tonghop.Row{Unit: fmt.Sprint(29000 + r), Name: "Ngọc Biên", NameRef: tonghop.Ref{Sheet: "Biểu 03", Row: r, Col: 2}}
		for c := range 60 {
			row.Values = append(row.Values, tonghop.Value{Field: "17.10", Mark: tonghop.Met, Raw: "Đạt", Shown: "Đạt",
				Ref: tonghop.Ref{Sheet: "Biểu 03", Row: r, Col: c + 3}})
		}
		ret.Rows = append(ret.Rows, row)
	}
	return ret
}

// settleBig receives and settles a file.
func settleBig(b *testing.B, db *DB, content string, ret tonghop.Return) {
	b.Helper()
	sub, err := db.Receive(b.Context(), tonghop.Parcel{}, content)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := db.Settle(b.Context(), sub, []tonghop.Return{ret}); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkSettle(b *testing.B) {
	for name, place := range map[string]func(testing.TB) string{"SQLite": place, "PostgreSQL": pgtest.Database} {
		b.Run(name, func(b *testing.B) {
			db := mustOpen(b, place(b))
			ret, n := bigReturn(), 0
			for b.Loop() {
				n++
				settleBig(b, db, fmt.Sprint(n), ret)
			}
		})
	}
}

func BenchmarkReturns(b *testing.B) {
	for name, place := range map[string]func(testing.TB) string{"SQLite": place, "PostgreSQL": pgtest.Database} {
		b.Run(name, func(b *testing.B) {
			db := mustOpen(b, place(b))
			settleBig(b, db, "a", bigReturn())
			for b.Loop() {
				for _, err := range db.Returns(b.Context(), Filter{Current: true}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
