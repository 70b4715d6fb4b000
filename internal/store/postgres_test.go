package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// told is everything that an error tells to whoever takes it apart.
func told(err error) string {
	if err == nil {
		return ""
	}
	text := fmt.Sprintf("%v %+v", err, err)
	var e *tonghop.Error
	if errors.As(err, &e) {
		text += fmt.Sprint(e.Args)
	}
	return text + told(errors.Unwrap(err))
}

// altered is a URL of a database with something changed.
func altered(t *testing.T, address string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	return u.String()
}

func TestOpenRefusesPostgres(t *testing.T) {
	at := pgtest.Database(t)
	newer := mustOpen(t, at)
	if _, err := newer.sql.Exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (9999, true)`); err != nil {
		t.Fatal(err)
	}
	if _, err := newer.sql.Exec(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0`); err != nil {
		t.Fatal(err)
	}
	defer newer.sql.Exec(`DROP DATABASE latin`)
	const secret = "s3cr3t"
	for name, c := range map[string]struct{ address, code, shown string }{
		"newer":        {at, "ledger.newer", ""},
		"encoding":     {altered(t, at, func(u *url.URL) { u.Path = "/latin" }), "ledger.encoding", ""},
		"no database":  {altered(t, at, func(u *url.URL) { u.Path = "/nothing" }), "ledger.server", ""},
		"password":     {altered(t, at, func(u *url.URL) { u.User = url.UserPassword("tonghop", secret) }), "ledger.server", ""},
		"user":         {altered(t, at, func(u *url.URL) { u.User = url.UserPassword("nobody", secret) }), "ledger.server", ""},
		"port":         {"postgres://lan:" + secret + "@127.0.0.1:1/x", "ledger.server", "postgres://lan@127.0.0.1:1/x"},
		"socket":       {"postgres:///x?host=/nowhere&password=" + secret, "ledger.server", "postgres:///x?host=%2Fnowhere"},
		"no such kind": {"mysql://lan:" + secret + "@127.0.0.1/x", "ledger.address", "mysql://lan@127.0.0.1/x"},
		"not written":  {"postgres://lan:" + secret + "%zz@127.0.0.1:1/x", "ledger.address", ""},
		"a slash":      {"postgres://lan:" + secret + "/x@127.0.0.1:1/x", "ledger.address", "postgres://…"},
		"option":       {"postgres://lan:" + secret + "@127.0.0.1:1/x?sslmode=perhaps", "ledger.address", "postgres://lan@127.0.0.1:1/x?sslmode=perhaps"},
	} {
		db, err := Open(t.Context(), c.address)
		if tonghop.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
		if err == nil {
			db.Close()
			continue
		}
		u, _ := url.Parse(at)
		if password, _ := u.User.Password(); strings.Contains(told(err), secret) || strings.Contains(told(err), password) {
			t.Errorf("%s: a password is told: %s", name, told(err))
		}
		var e *tonghop.Error
		if c.shown != "" && errors.As(err, &e) && e.Args["path"] != c.shown {
			t.Errorf("%s: shown as %s, want %s", name, e.Args["path"], c.shown)
		}
	}
}

func TestManyOpenANewPostgres(t *testing.T) {
	at := pgtest.Database(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			db, err := Open(t.Context(), at)
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

// Texts compare byte by byte and integers have 64 bits, in every table of ours.
func TestPostgresColumns(t *testing.T) {
	db := mustOpen(t, pgtest.Database(t))
	rows, err := db.sql.Query(`SELECT table_name, column_name, data_type, COALESCE(collation_name, '')
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> $1`, versionTable)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns := 0
	for rows.Next() {
		var table, column, kind, collation string
		if err := rows.Scan(&table, &column, &kind, &collation); err != nil {
			t.Fatal(err)
		}
		columns++
		if !(kind == "text" && collation == "C" || kind == "bigint") {
			t.Errorf("%s.%s is %s, sorted by %q", table, column, kind, collation)
		}
	}
	if err := rows.Err(); err != nil || columns < 100 {
		t.Errorf("saw %d columns, %v", columns, err)
	}
}

func TestPostgresBehaves(t *testing.T) {
	address := altered(t, pgtest.Database(t), func(u *url.URL) { u.RawQuery += "&application_name=test&pool_max_conns=5" })
	db := mustOpen(t, address)
	if n := db.Pool().Config().MaxConns; n != 5 {
		t.Errorf("%d connections, want 5", n)
	}
	for setting, want := range map[string]string{
		"application_name": "test", "lock_timeout": "1min", "tcp_keepalives_idle": "30", "transaction_isolation": "read committed",
	} {
		var got string
		err := db.write(t.Context(), "ask", func(tx *sql.Tx) error { return tx.QueryRow("SHOW " + setting).Scan(&got) })
		if err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", setting, got, err, want)
		}
	}
	err := db.read(t.Context(), "look", func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM counter`)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a reader wrote: %v", err)
	}
}

func TestPostgresWaitingInVainIsLocked(t *testing.T) {
	at := pgtest.Database(t)
	other := mustOpen(t, at)
	db, err := open(t.Context(), at, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := other.sql.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`UPDATE counter SET last = last`); err != nil {
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

// Two writers that wait for each other are both done in the end: the one that
// the server stops is run again.
func TestClashIsRunAgain(t *testing.T) {
	db := mustOpen(t, pgtest.Database(t))
	lock := func(tx *sql.Tx, name string) error {
		_, err := tx.Exec(`INSERT INTO counter (name, last) VALUES ($1, 1)
			ON CONFLICT (name) DO UPDATE SET last = counter.last + 1`, name)
		return err
	}
	var met sync.WaitGroup // both have their first lock
	met.Add(2)
	var wg sync.WaitGroup
	var mu sync.Mutex
	runs := 0
	for _, names := range [][2]string{{"a", "b"}, {"b", "a"}} {
		wg.Go(func() {
			first := true
			err := db.write(t.Context(), "count", func(tx *sql.Tx) error {
				mu.Lock()
				runs++
				mu.Unlock()
				if err := lock(tx, names[0]); err != nil {
					return err
				}
				if first {
					first = false
					met.Done()
					met.Wait()
				}
				return lock(tx, names[1])
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if runs < 3 || runs > 6 { // the one that runs again may clash once more
		t.Errorf("%d runs, want 3 or a few more", runs)
	}
	for _, name := range []string{"a", "b"} {
		var last int
		if err := db.sql.QueryRow(`SELECT last FROM counter WHERE name = $1`, name).Scan(&last); err != nil || last != 2 {
			t.Errorf("%s is %d, %v; want 2", name, last, err)
		}
	}
}

// A server that ends takes nothing with it that was committed, and a ledger
// that was open all the time goes on at once when it is back.
func TestPostgresComesBack(t *testing.T) {
	server := pgtest.Start(t)
	db := mustOpen(t, server.Database(t))
	receive := func() (tonghop.Submission, error) { return db.Receive(t.Context(), tonghop.Parcel{}, "aa") }
	for n, stop := range []func(testing.TB){server.Crash, server.Stop} {
		tx, err := db.sql.BeginTx(t.Context(), nil) // begun and never ended
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`INSERT INTO counter (name, last) VALUES ('lost', 1)`); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			if _, err := receive(); tonghop.CodeOf(err) != "" {
				t.Fatal(err)
			}
		}
		stop(t)
		if err := db.Ping(t.Context()); tonghop.CodeOf(err) != "ledger.server" {
			t.Errorf("looked: %v, want ledger.server", err)
		}
		if _, err := receive(); tonghop.CodeOf(err) != "ledger.server" {
			t.Errorf("received: %v, want ledger.server", err)
		}
		if err := tx.Commit(); err == nil {
			t.Error("committed without a server")
		}
		server.Start(t)
		if sub, err := receive(); err != nil || sub.Receipt != fmt.Sprintf("TH-%06d", n+2) {
			t.Errorf("afterwards: %s, %v", sub.Receipt, err)
		}
	}
	var lost int
	if err := db.sql.QueryRow(`SELECT count(*) FROM counter WHERE name = 'lost'`).Scan(&lost); err != nil || lost != 0 {
		t.Errorf("%d lines of what was never committed, %v", lost, err)
	}
}

func TestNow(t *testing.T) {
	for name, place := range map[string]func(testing.TB) string{"SQLite": place, "PostgreSQL": pgtest.Database} {
		t.Run(name, func(t *testing.T) {
			db := mustOpen(t, place(t))
			now, err := db.Now(t.Context())
			if off := time.Since(now).Abs(); err != nil || off > time.Minute || now.Location() != time.UTC {
				t.Errorf("the database's clock shows %s, %v off, %v", now, off, err)
			}
			if err := db.Ping(t.Context()); err != nil {
				t.Error(err)
			}
			if (db.Pool() != nil) != (name == "PostgreSQL") || db.SQL() == nil {
				t.Error("wrong pool")
			}
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if err := db.Ping(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("looked with a cancelled context: %v", err)
			}
		})
	}
}
