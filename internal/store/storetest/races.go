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

// races tests what two servers promise that have one ledger between them: each
// has opened it for itself, so that nothing but the database is between them.
func races(t *testing.T, place Place) {
	for _, r := range []struct {
		name string
		test func(t *testing.T, one, two *store.DB)
	}{
		{"two servers settle files of one office", serversOnOneOffice},
		{"two servers settle the same submission", serversOnOneSubmission},
		{"two servers lock the same offices in different order", serversInOtherOrder},
		{"two servers save editions", serversOnEditions},
		{"a reader on one server keeps its view while another settles", serverReads},
		{"two servers deliver the same files once", deliveryAmongWriters},
		{"two servers keep the order of an office's deliveries", officeAmongWriters},
		{"what two servers supersede by halves is superseded", halvesAtOnce},
		{"a return that comes while its edition is begun is not lost", lateWhileBegun},
		{"no late return is lost among many writers", lateAmongWriters},
		{"a due time has one winner among many servers", runsAmongWriters},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			at := place(t)
			r.test(t, open(t, at), open(t, at))
		})
	}
}

// both runs work on both servers at once, as often as there are workers on
// each, and waits until all have done it.
func both(one, two *store.DB, workers int, work func(db *store.DB, worker int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for w := range 2 * workers {
		wg.Go(func() {
			<-start
			work([]*store.DB{one, two}[w%2], w)
		})
	}
	close(start)
	wg.Wait()
}

// handIn receives and settles a file; it fails the test if either does.
func handIn(ctx context.Context, t testing.TB, db *store.DB, content string, returns ...tonghop.Return) {
	sub, err := db.Receive(ctx, tonghop.Parcel{Name: content}, digest(content))
	if err != nil {
		t.Errorf("receive %s: %v", content, err)
		return
	}
	if _, err := db.Settle(ctx, sub, returns); err != nil {
		t.Errorf("settle %s: %v", content, err)
	}
}

// checkSeries checks that versions are counted from 1 to n without gaps and
// that of the accepted ones the one that came in last stands, and that alone.
func checkSeries(t testing.TB, what string, returns []tonghop.Return, n int) {
	t.Helper()
	var want, got []string
	last := ""
	for _, r := range returns {
		last = max(last, r.Submission.Receipt)
	}
	for i, r := range returns {
		got = append(got, fmt.Sprintf("v%d %s %t", r.Version, r.State, r.Current))
		stands, state := r.Submission.Receipt == last, tonghop.Superseded
		if stands {
			state = tonghop.Accepted
		}
		want = append(want, fmt.Sprintf("v%d %s %t", i+1, state, stands))
	}
	same(t, what+": how many", len(returns), n)
	same(t, what, got, want)
}

// serversOnOneOffice: versions and receipts are counted without gaps, one
// accepted return stands, and whoever reads meanwhile sees nothing else.
func serversOnOneOffice(t *testing.T, one, two *store.DB) {
	const workers, each = 2, 6
	done := make(chan struct{})
	var reader sync.WaitGroup
	for _, db := range []*store.DB{one, two} {
		reader.Go(func() {
			for {
				view := loadAll(t, db, store.Filter{})
				checkSeries(t, "seen meanwhile", view, len(view))
				select {
				case <-done:
					return
				case <-time.After(time.Millisecond):
				}
			}
		})
	}
	both(one, two, workers, func(db *store.DB, w int) {
		for n := range each {
			handIn(t.Context(), t, db, fmt.Sprint("file ", w, n), report("842", tonghop.Accepted))
		}
	})
	close(done)
	reader.Wait()

	all := load(t, two, store.Filter{})
	checkSeries(t, "in the end", all, 2*workers*each)
	var receipts, want []string
	for i, r := range all {
		receipts = append(receipts, r.Submission.Receipt)
		want = append(want, fmt.Sprintf("TH-%06d", i+1))
	}
	slices.Sort(receipts)
	same(t, "receipts", receipts, want)
}

// loadAll is load for a goroutine beside the test.
func loadAll(t testing.TB, db *store.DB, f store.Filter) []tonghop.Return {
	var all []tonghop.Return
	for r, err := range db.Returns(t.Context(), f) {
		if err != nil {
			t.Errorf("read meanwhile: %v", err)
			break
		}
		all = append(all, r)
	}
	return all
}

// serversOnOneSubmission: one of them settles it, the others are told.
func serversOnOneSubmission(t *testing.T, one, two *store.DB) {
	const workers = 3
	for round := range 5 {
		sub := send(t, one, fmt.Sprint("file ", round), june())
		codes := make([]string, 2*workers)
		both(one, two, workers, func(db *store.DB, w int) {
			_, err := db.Settle(t.Context(), sub, []tonghop.Return{report("842", tonghop.Accepted)})
			codes[w] = tonghop.CodeOf(err)
			if err != nil && codes[w] == "" {
				t.Error(err)
			}
		})
		slices.Sort(codes)
		same(t, "codes", codes, append([]string{""}, slices.Repeat([]string{"ledger.settled"}, 2*workers-1)...))
	}
	checkSeries(t, "in the end", load(t, one, store.Filter{}), 5)
}

// serversInOtherOrder: nobody waits for somebody who waits for them, however
// the offices stand in the files and whoever supersedes whom.
func serversInOtherOrder(t *testing.T, one, two *store.DB) {
	const workers, each = 2, 4
	offices := []string{"842", "843", "844", "845"}
	both(one, two, workers, func(db *store.DB, w int) {
		for n := range each {
			var returns []tonghop.Return
			for i := range offices { // each worker begins with another office; odd ones go backwards
				at := (w + n + i) % len(offices)
				if w%2 == 1 {
					at = (w + n + len(offices) - i) % len(offices)
				}
				returns = append(returns, report(offices[at], tonghop.Accepted))
			}
			handIn(t.Context(), t, db, fmt.Sprint("file ", w, n), returns[:2+n%3]...)
		}
	})
	total := 0
	for _, office := range offices {
		var of []tonghop.Return
		for _, r := range load(t, one, store.Filter{}) {
			if r.Office.Code == office {
				of = append(of, r)
			}
		}
		checkSeries(t, office, of, len(of))
		total += len(of)
	}
	same(t, "returns in all", total, 2*workers*(2+3+4+2))
	standing := map[string]bool{} // receipts of which something stands
	for _, r := range load(t, two, store.Filter{Current: true}) {
		standing[r.Submission.Receipt] = true
	}
	for s, err := range two.Submissions(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		want := tonghop.Superseded
		if standing[s.Receipt] {
			want = tonghop.Accepted
		}
		same(t, s.Receipt, s.State, want)
	}
}

// serversOnEditions: the same inputs are one issue, others the next, without
// gaps.
func serversOnEditions(t *testing.T, one, two *store.DB) {
	const workers, rounds = 3, 5
	both(one, two, workers, func(db *store.DB, w int) {
		for n := range rounds {
			e := edition(fmt.Sprint("inputs ", n, w/4)) // four of six have the same
			if _, err := db.SaveEdition(t.Context(), e); err != nil {
				t.Error(err)
			}
		}
	})
	all := editions(t, two, june(), "84")
	seen := map[string]bool{}
	for i, e := range all {
		if e.Issue != i+1 || seen[e.Inputs] {
			t.Errorf("issue %d is %d, its inputs came before: %t", i+1, e.Issue, seen[e.Inputs])
		}
		seen[e.Inputs] = true
	}
	same(t, "issues", len(all), 2*rounds)
}

// serverReads: what one server settles while another reads is not in its view,
// also not in those returns that it has not come to yet.
func serverReads(t *testing.T, one, two *store.DB) {
	offices := []string{"842", "843", "844", "845"}
	for _, office := range offices {
		settle(t, one, office, report(office, tonghop.Accepted))
	}
	before := load(t, one, store.Filter{})
	var seen []tonghop.Return
	for r, err := range one.Returns(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(seen) == 0 {
			for _, office := range offices {
				settle(t, two, "later "+office, report(office, tonghop.Accepted))
			}
		}
		seen = append(seen, r)
	}
	same(t, "seen", seen, before)
	same(t, "afterwards", len(load(t, one, store.Filter{})), 2*len(offices))
}
