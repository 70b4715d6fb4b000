package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// parcel is a file that came through the folder of an office, under the key of
// its own name; "" = the door does not know the office.
func parcel(office, content string) tonghop.Parcel {
	return tonghop.Parcel{
		Door: "folder", Name: content + ".xlsx", Bytes: []byte(content), Office: office, Key: "key of " + content,
		Received: time.Date(2023, 7, 3, 8, 15, 0, 0, time.UTC), Expect: june(),
	}
}

// hand delivers parcels.
func hand(t testing.TB, db *store.DB, parcels ...tonghop.Parcel) []tonghop.Submission {
	t.Helper()
	subs, err := db.Deliver(t.Context(), parcels, digests(parcels))
	if err != nil {
		t.Fatal(err)
	}
	return subs
}

// digests are those of the parcels.
func digests(parcels []tonghop.Parcel) []string {
	all := make([]string, len(parcels))
	for i, p := range parcels {
		all[i] = digest(string(p.Bytes))
	}
	return all
}

// receipts tells of each submission its receipt, delivery and state.
func receipts(subs []tonghop.Submission) []string {
	var lines []string
	for _, s := range subs {
		lines = append(lines, fmt.Sprintf("%s of %s %s", s.Receipt, s.Delivery, s.State))
	}
	return lines
}

// deliveryWritten: the files of a delivery have receipts in order, are found
// through each other, and come back as they were given.
func deliveryWritten(t *testing.T, db *store.DB) {
	q := queued(t, db)
	send(t, db, "typed in", june())
	subs := hand(t, db, parcel("842", "a"), parcel("842", "b"))
	same(t, "what Deliver gave", subs[1], tonghop.Submission{
		Receipt: "TH-000003", Name: "b.xlsx", Door: "folder", SHA256: digest("b"), Size: 1, Expect: june(),
		Received: time.Date(2023, 7, 3, 8, 15, 0, 0, time.UTC), State: tonghop.Received,
		Office: "842", Delivery: "TH-000002",
	})
	hand(t, db, parcel("", "c"))
	for receipt, want := range map[string][]tonghop.Submission{"TH-000002": subs, "TH-000003": subs} {
		got, err := db.Delivery(t.Context(), receipt)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "the delivery of "+receipt, got, want)
	}
	alone, err := db.Delivery(t.Context(), "TH-000001")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "what was received alone", receipts(alone), []string{"TH-000001 of TH-000001 received"})
	_, err = db.Delivery(t.Context(), "TH-000099")
	code(t, err, "ledger.unknown")
	same(t, "tasks", q.lines(t), []string{
		`read [TH-000002 TH-000003] [a.xlsx b.xlsx] of "842", 0 waiting`,
		`read [TH-000004] [c.xlsx] of "", 0 waiting`,
	})
}

// deliveryWaits: a task says how many deliveries of its office wait before it.
func deliveryWaits(t *testing.T, db *store.DB) {
	q := queued(t, db)
	first := hand(t, db, parcel("842", "a"), parcel("842", "b"))
	hand(t, db, parcel("845", "c"))
	hand(t, db, parcel("842", "d"))
	settleSub(t, db, first[0], report("842", tonghop.Accepted))
	hand(t, db, parcel("842", "e"))
	settleSub(t, db, first[1], report("842", tonghop.Accepted))
	hand(t, db, parcel("842", "f"), parcel("842", "g"))
	hand(t, db, parcel("", "h"))
	hand(t, db, parcel("", "i"))
	same(t, "tasks", q.lines(t), []string{
		`read [TH-000001 TH-000002] [a.xlsx b.xlsx] of "842", 0 waiting`,
		`read [TH-000003] [c.xlsx] of "845", 0 waiting`,
		`read [TH-000004] [d.xlsx] of "842", 1 waiting`,
		`read [TH-000005] [e.xlsx] of "842", 2 waiting`,
		`read [TH-000006 TH-000007] [f.xlsx g.xlsx] of "842", 2 waiting`,
		`read [TH-000008] [h.xlsx] of "", 0 waiting`,
		`read [TH-000009] [i.xlsx] of "", 0 waiting`,
	})
}

// deliverySeenBefore: a key is taken once, and leaves no gap when it comes
// again.
func deliverySeenBefore(t *testing.T, db *store.DB) {
	q := queued(t, db)
	a, b := parcel("842", "a"), parcel("842", "b")
	subs := hand(t, db, a, b)
	settleSub(t, db, subs[0], report("842", tonghop.Held))
	known := []string{"TH-000001 of TH-000001 held", "TH-000002 of TH-000001 received"}
	same(t, "again", receipts(hand(t, db, a, b)), known)
	same(t, "some new", receipts(hand(t, db, parcel("842", "c"), b, parcel("842", "d"), a)), []string{
		"TH-000003 of TH-000003 received", known[1], "TH-000004 of TH-000003 received", known[0]})
	e := parcel("842", "e")
	same(t, "twice in one", receipts(hand(t, db, e, e)),
		[]string{"TH-000005 of TH-000005 received", "TH-000005 of TH-000005 received"})

	other, none := a, a
	other.Door, none.Key = "mailbox", ""
	same(t, "another door", receipts(hand(t, db, other)), []string{"TH-000006 of TH-000006 received"})
	same(t, "no keys", receipts(hand(t, db, none, none)),
		[]string{"TH-000007 of TH-000007 received", "TH-000008 of TH-000007 received"})
	odd, odder := parcel("842", "odd"), parcel("842", "odder")
	odd.Key, odder.Key = "b\xe1o c\xe1o.xlsx", "b\xe0o c\xe1o.xlsx" // as a file may be called on a Linux disk
	for range 2 {
		same(t, "keys that are no text", receipts(hand(t, db, odd, odder)),
			[]string{"TH-000009 of TH-000009 received", "TH-000010 of TH-000009 received"})
	}
	sub, err := db.Receive(t.Context(), a, digest("a"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "received alone", receipts([]tonghop.Submission{sub}), known[:1])
	same(t, "submissions", len(states(t, db, store.Filter{})), 10)
	same(t, "tasks", len(q.lines(t)), 6)
}

// deliveryUndone: without its task a delivery is not there, nor its receipts.
func deliveryUndone(t *testing.T, db *store.DB) {
	q := queued(t, db)
	q.fail = errQueue
	parcels := []tonghop.Parcel{parcel("842", "a"), parcel("842", "b")}
	if subs, err := db.Deliver(t.Context(), parcels, digests(parcels)); err == nil || subs != nil {
		t.Errorf("delivered without a task: %v, %v", subs, err)
	}
	q.fail = nil
	same(t, "submissions", states(t, db, store.Filter{}), nil)
	same(t, "tasks", q.lines(t), nil)
	same(t, "afterwards", receipts(hand(t, db, parcels...)),
		[]string{"TH-000001 of TH-000001 received", "TH-000002 of TH-000001 received"})
	same(t, "tasks afterwards", q.lines(t), []string{`read [TH-000001 TH-000002] [a.xlsx b.xlsx] of "842", 0 waiting`})
}

// deliveryNonsense: what is no delivery is refused whole.
func deliveryNonsense(t *testing.T, db *store.DB) {
	two := []tonghop.Parcel{parcel("842", "a"), parcel("845", "b")}
	if _, err := db.Deliver(t.Context(), two, digests(two)); err == nil {
		t.Error("two offices in one delivery")
	}
	if _, err := db.Deliver(t.Context(), two[:1], digests(two)); err == nil {
		t.Error("two digests for one parcel")
	}
	same(t, "nothing", hand(t, db), nil)
	same(t, "submissions", states(t, db, store.Filter{}), nil)
}

// deliveryAmongWriters: of many who hand in the same files at once, each in a
// mixture of its own, one writes each file down, and one task reads it.
func deliveryAmongWriters(t *testing.T, one, two *store.DB) {
	q := queued(t, one, two)
	const writers, files = 16, 10
	got := make([]map[string]string, writers) // receipt by name
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			got[w] = map[string]string{}
			order := rand.New(rand.NewPCG(1, uint64(w))).Perm(files)
			for some := range slices.Chunk(order, 4) {
				var parcels []tonghop.Parcel
				for _, n := range some {
					parcels = append(parcels, parcel("842", fmt.Sprint("file ", n)))
				}
				subs, err := either(w, one, two).Deliver(t.Context(), parcels, digests(parcels))
				if err != nil {
					t.Error(err)
					return
				}
				for i, s := range subs {
					got[w][parcels[i].Name] = s.Receipt
				}
			}
		})
	}
	wg.Wait()
	for w := range writers {
		same(t, fmt.Sprint("writer ", w), got[w], got[0])
	}
	var want []string
	for n := range files {
		want = append(want, fmt.Sprintf("TH-%06d received", n+1))
	}
	same(t, "submissions", states(t, one, store.Filter{}), want)
	read := 0
	for s, err := range one.Submissions(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		same(t, "receipt of "+s.Name, s.Receipt, got[0][s.Name])
		if s.Receipt == s.Delivery {
			read++
		}
	}
	same(t, "tasks", len(q.lines(t)), read)
}
