package pgtest_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// ask gives the one text that a query finds.
func ask(t *testing.T, url, query string) (string, error) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		return "", err
	}
	defer conn.Close(t.Context())
	var text string
	err = conn.QueryRow(t.Context(), query).Scan(&text)
	return text, err
}

func TestDatabase(t *testing.T) {
	var urls []string
	for range 2 {
		t.Run("one", func(t *testing.T) {
			url := pgtest.Database(t)
			urls = append(urls, url)
			if _, err := ask(t, url, `CREATE TABLE t (a TEXT); SELECT 'empty'`); err == nil {
				t.Error("two statements in one")
			}
			conn, err := pgx.Connect(t.Context(), url) // still there when the database is dropped
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Exec(t.Context(), `CREATE TABLE t (a TEXT)`); err != nil {
				t.Error(err)
			}
		})
	}
	for _, url := range urls {
		if _, err := ask(t, url, `SELECT 'here'`); err == nil || !strings.Contains(err.Error(), "does not exist") {
			t.Errorf("the database is still there: %v", err)
		}
	}
}

// The server sorts as people do, so that a test sees where bytes are meant.
func TestSorting(t *testing.T) {
	order, err := ask(t, pgtest.Database(t), `SELECT string_agg(x, ' ' ORDER BY x) FROM (VALUES ('b'), ('Z'), ('đ'), ('e')) v (x)`)
	if err != nil || order != "b đ e Z" {
		t.Errorf("sorted %q, %v", order, err)
	}
}

func TestStopAndStart(t *testing.T) {
	s := pgtest.Start(t)
	url := s.Database(t)
	for _, stop := range []func(testing.TB){s.Stop, s.Crash} {
		if _, err := ask(t, url, `SELECT 'on'`); err != nil {
			t.Fatal(err)
		}
		stop(t)
		if _, err := ask(t, url, `SELECT 'on'`); err == nil || s.Running() {
			t.Error("the server runs on")
		}
		s.Start(t)
	}
	if _, err := ask(t, url, `SELECT 'on'`); err != nil {
		t.Error(err)
	}
}

// A test binary that is killed leaves no server and no files.
func TestNothingIsLeft(t *testing.T) {
	const helper = "PGTEST_HELPER"
	if os.Getenv(helper) != "" {
		url := pgtest.Database(t)
		folder, err := ask(t, url, `SHOW data_directory`)
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString(folder + " " + url + "\n")
		p, err := os.FindProcess(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		p.Kill()
		select {}
	}
	url := pgtest.Database(t) // or skip
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run", "^TestNothingIsLeft$")
	child.Env = append(os.Environ(), helper+"=1")
	out, err := child.Output()
	folder, left, ok := strings.Cut(strings.TrimSpace(string(out)), " ")
	if err == nil || !ok {
		t.Fatalf("the helper was not killed: %v, said %q", err, out)
	}
	for wait := 0; ; wait++ {
		_, err := os.Stat(folder)
		if _, gone := ask(t, left, `SELECT 'on'`); os.IsNotExist(err) && gone != nil {
			break
		}
		if wait == 100 {
			t.Fatalf("%s is still there (%v)", folder, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	if _, err := ask(t, url, `SELECT 'on'`); err != nil {
		t.Errorf("our own server is gone, too: %v", err)
	}
}
