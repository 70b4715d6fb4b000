package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/tonghop/tonghop"
)

// clashing is a queue that ends the first transaction as if another writer had
// got in its way.
type clashing struct {
	clashed bool
	added   []Task
}

// Add takes the task the second time.
func (c *clashing) Add(_ context.Context, _ *sql.Tx, t Task) error {
	if !c.clashed {
		c.clashed = true
		return &pgconn.PgError{Code: stateDeadlock, Message: "deadlock detected"}
	}
	c.added = append(c.added, t)
	return nil
}

// What is done again after two writers got in each other's way leaves nothing
// of the first time behind.
func TestDoneAgain(t *testing.T) {
	db := mustOpen(t, place(t))
	again := func(kind TaskKind, work func() error) {
		t.Helper()
		q := &clashing{}
		db.SetQueue(q)
		if err := work(); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if len(q.added) != 1 || q.added[0].Kind != kind {
			t.Errorf("%s: tasks %v", kind, q.added)
		}
	}
	var subs []tonghop.Submission
	again(TaskRead, func() (err error) {
		parcels := []tonghop.Parcel{{Name: "a", Key: "a"}, {Name: "b", Key: "b"}, {Name: "a", Key: "a"}}
		subs, err = db.Deliver(t.Context(), parcels, []string{"aa", "bb", "aa"})
		return err
	})
	if len(subs) != 3 || subs[1].Receipt != "TH-000002" || subs[2] != subs[0] {
		t.Errorf("delivered %v", subs)
	}
	june := tonghop.Period{Kind: tonghop.Month, Year: 2023, N: 6}
	again(TaskEdition, func() error { return db.ClosePeriod(t.Context(), Closing{Period: june, Province: "84"}) })
	if err := db.BeginEdition(t.Context(), june, "84"); err != nil {
		t.Fatal(err)
	}
	var out [][]tonghop.Return
	again(TaskEdition, func() (err error) {
		ret := tonghop.Return{Form: "xa-ntm", Office: tonghop.Unit{Code: "842"}, Province: "84", Period: june, State: tonghop.Accepted}
		judged := []Judged{{Submission: subs[0], Returns: []tonghop.Return{ret}}, {Submission: subs[1], Returns: []tonghop.Return{ret}}}
		out, err = db.SettleAll(t.Context(), judged, LatePolicy{})
		return err
	})
	if len(out) != 2 || out[0][0].Version != 1 || out[1][0].Version != 2 {
		t.Errorf("settled %v", out)
	}
	again(TaskRun, func() error {
		won, err := db.ClaimRun(t.Context(), Run{Schedule: "close-month", Due: time.Unix(0, 0)})
		if !won {
			t.Error("not won")
		}
		return err
	})
}

// A ledger from before there were deliveries is brought up to date: what it
// holds came in alone, from nobody that a door vouched for.
func TestBeforeDeliveries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	old, err := sql.Open("sqlite", sqliteDSN(path, time.Second))
	if err != nil {
		t.Fatal(err)
	}
	provider, err := sqliteMigrations(old)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO submission (number, receipt, sha256, size, name, door, sender, received_at, expect, state)
		VALUES (1, 'TH-000001', 'aa', 1, 'a.xlsx', 'command', '', '2023-07-03T01:15:00Z', '', 'received'),
			(2, 'TH-000002', 'bb', 1, 'b.xlsx', 'command', '', '2023-07-03T01:15:00Z', '', 'received')`,
		`UPDATE counter SET last = 2 WHERE name = 'receipt'`,
	} {
		if _, err := old.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}

	db := mustOpen(t, path)
	if _, err := db.Deliver(t.Context(), []tonghop.Parcel{{Name: "c.xlsx"}}, []string{"cc"}); err != nil {
		t.Fatal(err)
	}
	for _, receipt := range []string{"TH-000001", "TH-000002", "TH-000003"} {
		subs, err := db.Delivery(t.Context(), receipt)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range subs {
			got = append(got, s.Receipt, s.Delivery, s.Office)
		}
		if diff := cmp.Diff([]string{receipt, receipt, ""}, got); diff != "" {
			t.Errorf("delivery of %s (-want +got):\n%s", receipt, diff)
		}
	}
}
