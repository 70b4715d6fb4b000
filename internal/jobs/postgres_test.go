package jobs

import (
	"context"
	"testing"
	"time"

	"github.com/tonghop/tonghop/internal/store/pgtest"
)

// onPostgres is a new database on a real server.
func onPostgres(t *testing.T) database { return database{t, pgtest.Database(t)} }

// The server may go away and come back: what was running is not taken for dead,
// what waits is done, and new work is noticed as before.
func TestServerAway(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t)
	d := database{t, server.Database(t)}
	const dead, away = 2 * time.Second, 2500 * time.Millisecond
	var y tally
	var j journal
	begun, release := make(chan struct{}, 9), make(chan struct{})
	pace := quick()
	pace.Dead = dead
	for range 2 {
		_, q := d.open()
		start(t, q, WorkerOptions{Pace: pace, Log: j.log(), Readers: 1, Read: func(_ context.Context, receipts []string) error {
			if receipts[0] == "TH-1" {
				begun <- struct{}{}
				<-release
			}
			y.note(receipts[0])
			return nil
		}})
	}
	_, q := d.open()
	add(t, q, read("TH-1"))
	<-begun
	server.Crash(t)
	time.Sleep(away)
	server.Start(t)
	until(t, "the ledger answers", func() bool { return q.db.Ping(t.Context()) == nil })
	time.Sleep(dead)
	close(release)
	add(t, q, read("TH-2"))
	until(t, "both done", func() bool { return left(t, q) == 0 })
	if order, _ := y.all(); len(order) != 2 {
		t.Errorf("done %v", order)
	}
	if lines := j.lines("job rescued"); len(lines) > 0 {
		t.Errorf("taken for dead: %q", lines)
	}
	if lines := j.lines("sign of life"); len(lines) == 0 || len(lines) > 4 {
		t.Errorf("want one complaint of each worker, found %q", lines)
	}
}
