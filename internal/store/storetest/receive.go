package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/tonghop/tonghop"
	"github.com/tonghop/tonghop/internal/store"
)

// receiptsRise: the first parcel is TH-000001, the next the next.
func receiptsRise(t *testing.T, db *store.DB) {
	for n := 1; n <= 12; n++ {
		sub := send(t, db, fmt.Sprint("file ", n), june())
		if want := fmt.Sprintf("TH-%06d", n); sub.Receipt != want {
			t.Errorf("parcel %d got receipt %s, want %s", n, sub.Receipt, want)
		}
		if sub.State != tonghop.Received {
			t.Errorf("parcel %d is %s, want received", n, sub.State)
		}
	}
}

// receiptsAmongWriters: parcels at the same time get all the numbers, once.
func receiptsAmongWriters(t *testing.T, db *store.DB) {
	const writers, each = 8, 10
	var mu sync.Mutex
	var receipts []string
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				sub, err := db.Receive(t.Context(), tonghop.Parcel{Name: fmt.Sprint(w, n)}, digest(fmt.Sprint(w, n)))
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				receipts = append(receipts, sub.Receipt)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(receipts)
	for i, r := range receipts {
		if want := fmt.Sprintf("TH-%06d", i+1); r != want {
			t.Fatalf("receipt %d is %s, want %s", i, r, want)
		}
	}
	if len(receipts) != writers*each {
		t.Errorf("got %d receipts, want %d", len(receipts), writers*each)
	}
}

// receiptsAfterFailure: a cancelled writer takes no number with it.
func receiptsAfterFailure(t *testing.T, db *store.DB) {
	send(t, db, "first", june())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Receive(ctx, tonghop.Parcel{Name: "lost"}, digest("lost")); err == nil {
		t.Fatal("a cancelled context was not heeded")
	}
	if sub := send(t, db, "second", june()); sub.Receipt != "TH-000002" {
		t.Errorf("got receipt %s, want TH-000002", sub.Receipt)
	}
}

// submissionFound: everything of a submission comes back, times in UTC.
func submissionFound(t *testing.T, db *store.DB) {
	sent := send(t, db, "nộp 'tháng 6'", june())
	got, err := db.Submission(t.Context(), sent.Receipt)
	if err != nil {
		t.Fatal(err)
	}
	want := tonghop.Submission{
		Receipt: "TH-000001", Delivery: "TH-000001", Name: "huyện/nộp 'tháng 6'.xlsx", Door: "command", Sender: "lan@example.vn",
		SHA256: digest("nộp 'tháng 6'"), Size: int64(len("nộp 'tháng 6'")), Expect: june(), State: tonghop.Received,
		Received: time.Date(2023, 7, 3, 1, 15, 0, 123456789, time.UTC),
	}
	same(t, "the submission", got, want)
	same(t, "what Receive gave", sent, want)
	_, err = db.Submission(t.Context(), "TH-000099")
	code(t, err, "ledger.unknown")
}

// filterSubmissions: by period, province, form, receipt, state.
func filterSubmissions(t *testing.T, db *store.DB) {
	settleSub(t, db, send(t, db, "a", june()), report("842", tonghop.Accepted))
	settleSub(t, db, send(t, db, "b", june()), unplaced())
	other := report("845", tonghop.Held)
	other.Period, other.Province, other.Form = may(), "86", "huyen-ntm"
	settleSub(t, db, send(t, db, "c", june()), other)
	send(t, db, "d", may())

	for _, c := range []struct {
		name   string
		filter store.Filter
		want   []string
	}{
		{"all", store.Filter{}, []string{"TH-000001 accepted", "TH-000002 rejected", "TH-000003 held", "TH-000004 received"}},
		{"june", store.Filter{Period: june()}, []string{"TH-000001 accepted", "TH-000002 rejected", "TH-000003 held"}},
		{"may", store.Filter{Period: may()}, []string{"TH-000003 held", "TH-000004 received"}},
		{"province", store.Filter{Province: "86"}, []string{"TH-000003 held"}},
		{"form", store.Filter{Form: "xa-ntm"}, []string{"TH-000001 accepted"}},
		{"receipt", store.Filter{Receipt: "TH-000002"}, []string{"TH-000002 rejected"}},
		{"current", store.Filter{Current: true}, []string{"TH-000001 accepted", "TH-000002 rejected", "TH-000003 held"}},
		{"states", store.Filter{States: []tonghop.State{tonghop.Received, tonghop.Held}},
			[]string{"TH-000003 held", "TH-000004 received"}},
	} {
		same(t, c.name, states(t, db, c.filter), c.want)
	}
}
