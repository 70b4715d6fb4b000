package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// reasonOf is why a server could not be used.
func reasonOf(err error) string {
	var e *tonghop.Error
	if !errors.As(err, &e) || e.Code != "ledger.server" {
		return tonghop.CodeOf(err)
	}
	return e.Args["reason"]
}

// mute is a server that takes connections and never says anything.
func mute(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

// Whoever installs the program is told which of the many things it is that
// keeps it from its server.
func TestServerSaysWhy(t *testing.T) {
	at := pgtest.Database(t)
	admin := mustOpen(t, at)
	for _, statement := range []string{
		`CREATE ROLE poor LOGIN PASSWORD 'poor'`, `CREATE ROLE idle NOLOGIN PASSWORD 'idle'`,
	} {
		if _, err := admin.sql.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	defer admin.sql.Exec(`DROP ROLE poor`)
	defer admin.sql.Exec(`DROP ROLE idle`)
	fresh := pgtest.Database(t)
	as := func(address, name, password string) string {
		return altered(t, address, func(u *url.URL) { u.User = url.UserPassword(name, password) })
	}
	for name, c := range map[string]struct{ address, want string }{
		"password":      {as(at, "tonghop", "wrong"), "password"},
		"login":         {as(at, "idle", "idle"), "role"},
		"database":      {altered(t, at, func(u *url.URL) { u.Path = "/nothing" }), "database"},
		"rights":        {as(fresh, "poor", "poor"), "rights"},
		"tls":           {altered(t, at, func(u *url.URL) { u.RawQuery = "sslmode=require" }), "tls"},
		"no TLS wanted": {altered(t, as(at, "tonghop", "wrong"), func(u *url.URL) { u.RawQuery = "sslmode=prefer" }), "password"},
		"refused":       {"postgres://lan:x@127.0.0.1:1/x", "refused"},
		"socket":        {"postgres:///x?host=/nowhere", "refused"},
		"host":          {"postgres://lan:x@no-such-host.invalid/x?connect_timeout=5", "host"},
		"timeout":       {"postgres://lan:x@" + mute(t) + "/x?connect_timeout=1&sslmode=disable", "timeout"},
		"a blank":       {"postgres://u:pw@/x y?host=127.0.0.1&port=1", "ledger.address"},
		"no host":       {"postgres://u:pw@/x y", "ledger.address"},
		"no such kind":  {"mysql://lan:pw@127.0.0.1/x", "ledger.address"},
		"option":        {"postgres://lan:pw@127.0.0.1:1/x?sslmode=perhaps", "ledger.address"},
	} {
		db, err := Open(t.Context(), c.address)
		if err == nil {
			db.Close()
		}
		if got := reasonOf(err); got != c.want {
			t.Errorf("%s: %s, want %s (%v)", name, got, c.want, err)
		}
	}
}

// A server that has gone since says so too.
func TestReasonOfALostServer(t *testing.T) {
	server := pgtest.Start(t)
	db := mustOpen(t, server.Database(t))
	server.Stop(t)
	if err := db.Ping(t.Context()); reasonOf(err) != "refused" && reasonOf(err) != "lost" {
		t.Errorf("%v", err)
	}
}

// What is no ledger at all is told from a folder that may not be written.
func TestNoLedger(t *testing.T) {
	raw := make([]byte, 64<<10)
	rand.Read(raw)
	path := filepath.Join(t.TempDir(), "tonghop.db")
	if err := os.WriteFile(path, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); tonghop.CodeOf(err) != "ledger.content" {
		t.Errorf("random bytes: %v", err)
	}
	if left, err := os.ReadFile(path); err != nil || string(left) != string(raw) {
		t.Errorf("the file was changed: %v", err)
	}
}

// A ledger that is damaged while it is used is told as such.
func TestDamagedLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tonghop.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.SQL().Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(raw[4096:], strings.Repeat("\xff", len(raw)-4096))
	if err := os.WriteFile(path, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	if db, err := Open(context.Background(), path); err == nil {
		defer db.Close()
		err = db.read(t.Context(), "look", func(tx *sql.Tx) error {
			var n int
			return tx.QueryRow(`SELECT count(*) FROM submission`).Scan(&n)
		})
		if tonghop.CodeOf(err) != "ledger.content" {
			t.Errorf("damaged: %v", err)
		}
	} else if tonghop.CodeOf(err) != "ledger.content" {
		t.Errorf("damaged: %v", err)
	}
}
