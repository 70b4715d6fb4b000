// Package pgtest runs a real PostgreSQL for tests.
//
// [Database] gives a test an empty database on a server that all tests of the
// binary share; [Start] gives it a server of its own, to be stopped and started
// again. A server belongs to a shell that ends it when its standard input
// closes: so nothing is left behind, however the test binary ends, and no test
// package needs a TestMain.
//
// A test skips where PostgreSQL is not installed, and fails if TONGHOP_MUST_RUN
// names postgres. Databases sort by the rules of Vietnamese, as a province's
// server may, and not byte by byte. Connections come over TCP with a password.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// shared is the server of this test binary. It must outlive every test and be
// found by all of them, which nothing but a variable of the package can do.
var shared = sync.OnceValues(func() (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	return newServer(bin)
})

// Database gives the URL of a new, empty database, which is dropped when the
// test is over, whoever still uses it.
func Database(t testing.TB) string {
	t.Helper()
	need(t)
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s.Database(t)
}

// Start starts a server for this test alone.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := need(t)
	s, err := newServer(bin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.remove(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// need skips a test where there is no PostgreSQL, or fails it where there must
// be one; otherwise it tells where the programs are.
func need(t testing.TB) string {
	t.Helper()
	bin, err := programs()
	if err == nil {
		return bin
	}
	if slices.Contains(strings.Split(os.Getenv("TONGHOP_MUST_RUN"), ","), "postgres") {
		t.Fatalf("%v, and TONGHOP_MUST_RUN names postgres", err)
	}
	t.Skip(err)
	return ""
}

// Database gives the URL of a new, empty database on this server, which is
// dropped when the test is over if the server runs then.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text()[:12])
	if err := s.command(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		if !s.Running() {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := s.command(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop a database: %v", err)
		}
	})
	return s.address(name)
}

// Schema gives the URL of a new, empty schema in a database of [Database],
// with which it goes. It costs a tenth of a database.
func Schema(t testing.TB, database string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text()[:12])
	conn, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatalf("make a schema: %v", err)
	}
	return database + "&search_path=" + name
}

// address is the URL of a database.
func (s *Server) address(name string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(owner, s.password),
		Host: fmt.Sprintf("127.0.0.1:%d", s.port), Path: "/" + name, RawQuery: "sslmode=disable"}
	return u.String()
}

// command runs one statement as the owner of the server.
func (s *Server) command(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.address("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, statement)
	return err
}
